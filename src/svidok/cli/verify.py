"""``svidok verify``: hash everything again."""

from __future__ import annotations

import typer

from svidok.cli import batch
from svidok.cli.opened import WHERE, opened

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok verify`` to the application."""

    @app.command(
        epilog="Examples:  svidok verify kyiv.svidok   |   svidok verify kyiv.svidok --head 3e439d60e953900d"
    )
    def verify(
        where: str = WHERE,
        head: str = typer.Option(
            None,
            "--head",
            help="The head of the log as `svidok status` once gave it: is it still in the log?",
        ),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print faults only."),
    ) -> None:
        """Hash originals, texts, spans, custody and the audit log again; status 1 when anything is wrong."""
        with opened(where) as chronicle, batch.progress("Checking", quiet=quiet) as tell:
            faults = list(chronicle.verify(tell=tell))
            status = chronicle.status()
            if head is not None and not chronicle.store.has_head(head):
                typer.echo(f"audit {head}: no entry has this hash: the log was cut off or written anew")
                raise typer.Exit(1)
        for fault in faults:
            typer.echo(f"{fault.kind} {fault.target}: {fault.message}")
        if faults:
            typer.echo(
                f"{batch.counted(len(faults), 'fault')}. Take a backup before anything else.", err=True
            )
            raise typer.Exit(1)
        if not quiet:
            kept = f"{batch.counted(status.documents, 'report')}, {status.acts} log entries"
            typer.echo(f"{kept}: everything is as it was stored. Head of the log: {status.head}")
