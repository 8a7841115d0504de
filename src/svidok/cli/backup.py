"""``svidok backup``: a whole copy while others work."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli.opened import WHERE, opened
from svidok.errors import Refused

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok backup`` to the application."""

    @app.command(
        epilog="Examples:  svidok backup kyiv.svidok kyiv-2022-05-01.svidok   |   "
        "svidok backup postgresql://olena@localhost/kyiv kyiv.svidok"
    )
    def backup(
        where: str = WHERE,
        copy: Path = typer.Argument(..., help="The .svidok file to write; it must not be there yet."),
    ) -> None:
        """Write a consistent copy to one file, also from a PostgreSQL server, while others go on working."""
        if copy.exists():
            raise Refused("there is a file already", where=str(copy), remedy="choose another name")
        with opened(where) as chronicle:
            chronicle.backup(copy)
            folder = chronicle.store.settings().get("originals")
        with opened(str(copy)) as made:
            status = made.status()
        typer.echo(f"{copy}: {status.documents} reports, {status.acts} log entries")
        if folder:
            typer.echo(f"The originals lie in {folder}: copy that folder too.")
