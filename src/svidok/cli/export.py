"""``svidok export``: the events of reports in the format of another tool."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from svidok.cli import batch
from svidok.errors import UnreadableInput

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok export`` to the application."""

    @app.command(
        epilog="Examples:  svidok export geojson dispatches/ -o events.geojson   |   "
        "svidok export acled article.pdf --near Ukraine > events.csv   |   svidok export --formats"
    )
    def export(
        format: str = typer.Argument(None, help="The format; --formats lists them.", show_default=False),
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        output: Path = typer.Option(None, "-o", "--output", help="The file to write; standard output else."),
        formats: bool = typer.Option(False, "--formats", help="List the formats and who reads them."),
        title: str = typer.Option(None, "--title", help="Title, in formats that have one."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print nothing but errors."),
    ) -> None:
        """Write what reports say has happened in another tool's format.

        What is denied, planned, feared or demanded is left out of formats that have no place to say so, and
        so is what a format cannot hold; how many, and why, is told on standard error.
        """
        from svidok.publish.exports import FORMATS, Edition
        from svidok.publish.exports import export as write

        if formats:
            for entry in FORMATS.values():
                typer.echo(f"{entry.key:12} {entry.title}: {entry.readers}")
            return
        if format not in FORMATS:
            raise typer.BadParameter(f"choose one of {', '.join(FORMATS)}", param_hint="FORMAT")
        batch.require_input(paths, jsonl)
        from svidok.pipeline import chronicle

        documents = batch.told_apart(
            batch.documents_of(paths or (), columns=batch.columns_of(column), jsonl=jsonl, strict=strict)
        )
        batch.ended(len(documents))
        batch.tell_unparsed(documents)
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        with batch.progress("Reading", quiet=quiet):
            chronicle_made = chronicle(documents, tools)
        named = title or f"A chronicle of {batch.counted(len(documents), 'report')}"
        made = write(
            format,
            Edition(
                chronicle_made.readings,
                chronicle_made.events,
                chronicle_made.findings,
                chronicle_made.ledger,
                named,
            ),
        )
        _write(made.data, output)
        if not quiet:
            typer.echo(f"svidok: {batch.counted(made.rows, 'row')} written", err=True)
            for reason, number in made.left_out:
                typer.echo(f"svidok: {number} left out: {reason}", err=True)


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(data)
    except OSError as error:
        raise UnreadableInput(
            f"cannot be written: {error.strerror}", where=str(output), remedy="choose another -o"
        ) from error
