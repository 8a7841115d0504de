"""``svidok status``: what a chronicle holds and what waits."""

from __future__ import annotations

import json

import typer

from svidok.cli import batch
from svidok.cli.opened import WHERE, opened

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok status`` to the application."""

    @app.command(epilog="Examples:  svidok status kyiv.svidok   |   svidok status kyiv.svidok --json")
    def status(
        where: str = WHERE,
        as_json: bool = typer.Option(False, "--json", help="Print it as JSON."),
    ) -> None:
        """Tell what a chronicle holds, what waits for reading and review, and the head of its log."""
        import msgspec

        with opened(where) as chronicle:
            now = chronicle.status()
            settings = dict(chronicle.store.settings())
        if as_json:
            typer.echo(
                json.dumps({**msgspec.to_builtins(now), "settings": settings}, ensure_ascii=False, indent=2)
            )
            return
        rows = dict(now.rows)
        lines = [
            ("chronicle", settings.get("title") or now.path),
            ("kept in", f"{now.path} ({now.backend}, tables of version {now.schema})"),
            ("reports", f"{now.documents}" + (f", {now.unread} not read yet" if now.unread else "")),
            ("claims", f"{now.claims} in {batch.counted(now.sentences, 'sentence')}"),
            ("events", f"{now.events}" + (f", {now.earliest} to {now.latest}" if now.earliest else "")),
            ("findings", str(now.findings)),
            (
                "ledger",
                ", ".join(f"{view.replace('_', ' ')} {count}" for view, count in rows.items()) or "empty",
            ),
            (
                "reviewed",
                f"{now.reviewed}, {now.waiting} wait"
                + (f", {now.disputed} disputed" if now.disputed else ""),
            ),
            ("log", f"{batch.counted(now.acts, 'entry').replace('entrys', 'entries')}, head {now.head[:16]}"),
            ("built", now.built or "never"),
        ]
        for name, told in lines:
            typer.echo(f"{name:10}{told}")
        if now.orphaned:
            typer.echo(
                f"{now.orphaned} judgements stand on what this build no longer makes. "
                f"See:  svidok review log {where} --orphans"
            )
        if now.unread or now.stale:
            typer.echo(f"Events are not up to date. Next:  svidok build {where}")
        elif now.waiting:
            typer.echo(f"Next:  svidok review queue {where}")
