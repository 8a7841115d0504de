"""``svidok extract``: the exchange format, a JSON object a line and a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import typer

from svidok.cli import batch
from svidok.errors import UnreadableInput
from svidok.records import Document

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add ``svidok extract`` to the application."""

    @app.command(
        epilog="Examples:  svidok extract article.txt > claims.jsonl   |   "
        "svidok extract --jsonl docs.jsonl -o claims.jsonl --resume"
    )
    def extract(
        paths: list[str] = typer.Argument(
            None, help="Files, folders or addresses of reports; - for standard input.", show_default=False
        ),
        jsonl: Path = typer.Option(None, "--jsonl", help="JSON Lines of documents (id, text, ...)."),
        output: Path = typer.Option(
            None, "-o", "--output", help="Where to write; standard output if absent."
        ),
        given_places: bool = typer.Option(
            False, "--given-places", help="Resolve exactly the spans of each document's given_places."
        ),
        near: str = typer.Option(None, "--near", help="The theatre of the reports, such as Ukraine."),
        column: list[str] = typer.Option(
            None, "--column", help="A table's column: text=HEADER, published=HEADER…", show_default=False
        ),
        strict: bool = typer.Option(False, "--strict", help="Stop at the first input that cannot be read."),
        resume: bool = typer.Option(
            False, "--resume", help="Go on where an interrupted run left the output."
        ),
        model: str = typer.Option(None, "--model", help="An installed spaCy model by name."),
        jobs: int = typer.Option(1, "--jobs", min=1, help="Processes on this machine."),
        quiet: bool = typer.Option(False, "-q", "--quiet", help="No progress."),
    ) -> None:
        """Extract places, times, attributions and claims as JSON Lines (format svidok/1)."""
        from svidok.pipeline import PARSED_LANGUAGES
        from svidok.publish.exchange import json_line, reading_to_dict
        from svidok.runner import Settings, read_documents

        batch.require_input(paths, jsonl)
        if resume and output is None:
            raise typer.BadParameter("--resume needs -o FILE")
        done = _ids_done(output) if resume and output.exists() else set()
        documents = batch.documents_of(
            paths or (),
            columns=batch.columns_of(column),
            jsonl=jsonl,
            strict=strict,
            given_places=given_places,
        )
        waiting = _unless(documents, done)
        first = next(waiting, None)
        if first is None:
            batch.ended(len(done))
            return
        settings = Settings(model, near)
        tools = batch.tools_of(model=model, near=near, quiet=quiet) if jobs == 1 else None
        readings = read_documents(_chain(first, waiting), settings=settings, jobs=jobs, tools=tools)
        unparsed = []
        with _opened(output, append=resume) as out, batch.progress("Reading", quiet=quiet) as tell:
            for count, reading in enumerate(readings, start=1):
                out.write(json_line(reading_to_dict(reading)) + "\n")
                tell(batch.counted(count, "report"))
                if reading.document.language not in PARSED_LANGUAGES:
                    unparsed.append(reading.document)
        batch.tell_unparsed(unparsed)


def _chain(first: Document, rest: Iterator[Document]) -> Iterator[Document]:
    yield first
    yield from rest


def _unless(documents: Iterator[Document], done: set[str]) -> Iterator[Document]:
    return (document for document in documents if document.id not in done)


def _opened(output: Path | None, *, append: bool) -> AbstractContextManager[TextIO]:
    if output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8")
        return nullcontext(sys.stdout)
    try:
        return output.open("a" if append else "w", encoding="utf-8")
    except OSError as error:
        raise UnreadableInput(
            f"cannot be written: {error.strerror}", where=str(output), remedy="choose another -o"
        ) from error


def _ids_done(output: Path) -> set[str]:
    """The ids of the complete lines of an interrupted output; a torn last line is cut off."""
    kept = 0
    ids: set[str] = set()
    with output.open("rb") as lines:
        for line in lines:
            try:
                ids.add(json.loads(line)["id"])
            except (ValueError, KeyError, TypeError):
                break
            if not line.endswith(b"\n"):
                break
            kept += len(line)
    with output.open("rb+") as lines:
        lines.truncate(kept)
    return ids
