"""``svidok report``: the main job, reports in and one page to check out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import typer

from svidok.cli import batch

if TYPE_CHECKING:
    from svidok.ledger import Ledger
    from svidok.records import Event, Finding, Reading

__all__ = ["register"]


class _Parts(TypedDict):
    readings: Sequence[Reading]
    events: Sequence[Event]
    findings: Sequence[Finding]
    ledger: Ledger


def register(app: typer.Typer) -> None:
    """Add ``svidok report`` to the application."""

    @app.command(
        epilog="Examples:  svidok report article.txt -o report.html   |   "
        "svidok report dispatches/ --near Ukraine"
    )
    def report(
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        output: Path = typer.Option(Path("report.html"), "-o", "--output", help="The page to write."),
        data: Path = typer.Option(
            None, "--data", help="Folder for the tables and the originals; beside the page by default."
        ),
        page_only: bool = typer.Option(False, "--page-only", help="Write the page and nothing else."),
        title: str = typer.Option(None, "--title", help="Title of the page."),
        retrieved: str = typer.Option(
            None, "--retrieved", help="When the reports were fetched, such as 2022-04-27T10:00Z."
        ),
        known_by: str = typer.Option(
            None, "--known-by", help="Use only reports published by this day: what was known then."
        ),
        sources: Path = typer.Option(
            None, "--sources", help="Your table of sources (CSV or TOML): kind, grade, credibility, side."
        ),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="Print nothing but errors."),
    ) -> None:
        """Read reports and write one self-contained page with everything that can be checked."""
        from svidok import publish
        from svidok.pipeline import assemble_chronicle, read_all

        batch.require_input(paths, jsonl)
        folder = data or output.with_suffix("")
        originals = None if page_only else folder / "originals"
        documents = batch.told_apart(
            batch.documents_of(
                paths or (),
                columns=batch.columns_of(column),
                jsonl=jsonl,
                strict=strict,
                originals=originals,
                retrieved=retrieved,
                sources=sources,
            )
        )
        documents = batch.horizon(documents, known_by)
        batch.ended(len(documents))
        batch.tell_unparsed(documents)
        tools = batch.tools_of(model=model, near=near, quiet=quiet)
        readings = []
        with batch.progress("Reading", quiet=quiet) as tell:
            for count, reading in enumerate(read_all(documents, tools), start=1):
                readings.append(reading)
                tell(f"{count} of {len(documents)} reports")
        with batch.progress("Joining claims into events", quiet=quiet):
            made = assemble_chronicle(readings, tools)
        output.parent.mkdir(parents=True, exist_ok=True)
        parts: _Parts = {
            "readings": made.readings,
            "events": made.events,
            "findings": made.findings,
            "ledger": made.ledger,
        }
        publish.write_report(output, title=title or _title_of(readings), known_by=known_by, **parts)
        if not page_only:
            publish.write_jsonl(folder, **parts)
            publish.write_csv(folder, **parts)
        if not quiet:
            claims = sum(len(reading.claims) for reading in made.readings)
            counts = (
                batch.counted(len(documents), "report"),
                batch.counted(claims, "claim"),
                batch.counted(len(made.events), "event"),
                batch.counted(len(made.findings), "finding"),
            )
            typer.echo(f"{', '.join(counts)}: {output}")


def _title_of(readings: Sequence[Reading]) -> str:
    if len(readings) > 1:
        return f"A chronicle of {len(readings)} reports"
    titles = [s.text for s in readings[0].sentences if s.role == "title"]
    return readings[0].document.title or " ".join(" ".join(titles).split()) or "A chronicle of one report"
