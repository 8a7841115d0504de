"""``svidok publish``: what was reviewed, redacted, in everyone's formats, with a manifest."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli import batch
from svidok.cli.opened import BY, WHERE, opened

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok publish`` to the application."""

    @app.command(
        epilog="Examples:  svidok publish kyiv.svidok site/   |   "
        "svidok publish kyiv.svidok site/ --profile strict --format geojson --format acled   |   "
        "svidok publish kyiv.svidok draft/ --unreviewed"
    )
    def publish(
        where: str = WHERE,
        folder: Path = typer.Argument(..., help="A new or empty folder."),
        profile: str = typer.Option(
            "standard", "--profile", help="What is withheld: none, standard (private names, homes) or strict."
        ),
        unreviewed: bool = typer.Option(
            False, "--unreviewed", help="Also what nobody has judged yet; what is rejected never."
        ),
        full_texts: bool = typer.Option(
            False, "--full-texts", help="Whole reports, not only the sentences that claims rest on."
        ),
        format: list[str] = typer.Option(None, "--format", help="Only these formats; all by default."),
        by: str = BY,
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print nothing but errors."),
    ) -> None:
        """Write a page that opens from disk, tables and other tools' formats of what was reviewed.

        withheld.json lists what was withheld and left out, manifest.json every file with its SHA-256. No list
        knows every name: read the page before you pass it on.
        """
        with opened(where, by=by) as chronicle, batch.progress("Publishing", quiet=quiet) as tell:
            made = chronicle.publish(
                folder,
                profile=profile,
                unreviewed=unreviewed,
                full_texts=full_texts,
                formats=format or None,
                tell=tell,
            )
        if quiet:
            return
        counts = f"{batch.counted(made.events, 'event')}, {batch.counted(made.claims, 'claim')}"
        typer.echo(f"{folder / 'index.html'}: {counts} of {batch.counted(made.documents, 'report')}")
        for kind, number in made.withheld.items():
            typer.echo(f"withheld: {batch.counted(number, kind)}")
        for reason, number in made.left_out.items():
            typer.echo(f"left out: {number} {reason}")
        typer.echo(f"manifest {made.manifest}. Read the page before you pass it on.")
