"""``svidok user``: who may log in to the pages."""

from __future__ import annotations

import sys
from enum import StrEnum

import typer

__all__ = ["register"]


class _Role(StrEnum):
    viewer = "viewer"
    contributor = "contributor"
    reviewer = "reviewer"
    admin = "admin"


def register(app: typer.Typer) -> None:
    """Add ``svidok user`` to the application."""

    @app.command(
        epilog="Examples:  svidok user kyiv.svidok olena --role reviewer   |   svidok user kyiv.svidok"
    )
    def user(
        chronicle: str = typer.Argument(help="The chronicle: a .svidok file, or a postgresql:// address."),
        name: str = typer.Argument(None, help="Whom to make or change; without a name all are listed."),
        role: _Role = typer.Option(_Role.viewer, "--role", help="What they may do."),
        off: bool = typer.Option(False, "--off", help="They may no longer log in."),
        password_stdin: bool = typer.Option(
            False, "--password-stdin", help="Read the password from standard input and do not ask."
        ),
    ) -> None:
        """List who may log in to the pages, or make or change one."""
        import getpass

        from svidok.chronicle import now
        from svidok.errors import InputError
        from svidok.store import open_store

        store = open_store(chronicle)
        try:
            if name is None:
                for known in store.users():
                    typer.echo("\t".join((known.name, known.role, "may log in" if known.active else "off")))
                return
            password = None
            if password_stdin:
                password = sys.stdin.readline().rstrip("\n")
            elif not off:
                password = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
            if password is not None and len(password) < 10:
                raise InputError("a password needs at least 10 characters", where=name)
            store.save_user(
                name,
                role=role.value,
                password=password,
                active=not off,
                who=getpass.getuser(),
                at=now(),
            )
            typer.echo(f"{name}: {role.value}{', off' if off else ''}")
        finally:
            store.close()
