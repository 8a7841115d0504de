"""``svidok build``: read what was added, and join all claims into events, findings and ledgers."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli import batch
from svidok.cli.opened import BY, WHERE, opened

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok build`` to the application."""

    @app.command(
        epilog="Examples:  svidok build kyiv.svidok   |   svidok build kyiv.svidok --jobs 2   |   "
        "svidok build kyiv.svidok --all"
    )
    def build(
        where: str = WHERE,
        everything: bool = typer.Option(
            False, "--all", help="Read every report again, not only those that were not read yet."
        ),
        jobs: int = typer.Option(1, "--jobs", min=1, help="Processes that read."),
        sources: Path = typer.Option(
            None, "--sources", help="Your table of sources (CSV or TOML): kind, grade, credibility, side."
        ),
        by: str = BY,
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print nothing but errors."),
    ) -> None:
        """Read the reports that were not read yet, and bring events, findings and ledgers up to date.

        It can be interrupted at any moment: what was read stays, and the next build goes on from there.
        Judgements of reviewers are never lost, whatever is built. A table of sources is kept with the
        reports; those whose side or kind it changes are read again.
        """
        from svidok.archive import read_sources

        table = read_sources(sources) if sources is not None else None
        with opened(where, by=by) as chronicle, batch.progress("Building", quiet=quiet) as tell:
            status = chronicle.build(everything=everything, jobs=jobs, sources=table, tell=tell)
        if not quiet:
            counts = (
                batch.counted(status.documents, "report"),
                batch.counted(status.claims, "claim"),
                batch.counted(status.events, "event"),
                batch.counted(status.findings, "finding"),
            )
            typer.echo(f"{', '.join(counts)}. Next:  svidok status {where}")
