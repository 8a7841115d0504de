"""``svidok init``: a new, empty chronicle."""

from __future__ import annotations

from pathlib import Path

import typer

from svidok.cli.opened import BY, WHERE

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok init`` to the application."""

    @app.command(
        epilog="Examples:  svidok init kyiv.svidok   |   "
        "svidok init kyiv.svidok --near Ukraine --title 'Kyiv, 2022'   |   "
        "svidok init postgresql://olena@localhost/kyiv"
    )
    def init(
        where: str = WHERE,
        title: str = typer.Option(
            None, "--title", help="What the chronicle is called where it is published."
        ),
        near: str = typer.Option(None, "--near", help="The theatre of its reports, such as Ukraine."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        originals: Path = typer.Option(
            None, "--originals", help="A folder for original files, in place of the chronicle itself."
        ),
        by: str = BY,
    ) -> None:
        """Make a new, empty chronicle on disk, or in an empty PostgreSQL database."""
        from svidok.chronicle import create_chronicle

        with create_chronicle(
            where, title=title, near=near, model=model, originals=originals, by=by
        ) as chronicle:
            place = chronicle.status().path
        shown = where if "://" not in where else place
        typer.echo(f"{shown} is made. Next:  svidok add {shown} PATH…")
