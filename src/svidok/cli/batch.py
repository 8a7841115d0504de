"""What the commands share: reading a batch of paths, telling what failed, showing progress."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from svidok.errors import InputError, UnreadableInput
from svidok.records import Document

if TYPE_CHECKING:
    from svidok.pipeline import Tools

__all__ = [
    "columns_of",
    "complain",
    "counted",
    "documents_of",
    "ended",
    "horizon",
    "progress",
    "require_input",
    "tell_unparsed",
    "text_of",
    "told_apart",
    "tools_of",
]


def complain(error: Exception) -> None:
    """Say on standard error what could not be read; the batch goes on."""
    typer.echo(f"svidok: {error}", err=True)


def documents_of(
    paths: Iterable[Path | str],
    *,
    jsonl: Path | None,
    strict: bool,
    given_places: bool = False,
    originals: Path | None = None,
    retrieved: str | None = None,
    columns: Mapping[str, str] | None = None,
    sources: Path | None = None,
) -> Iterator[Document]:
    """Documents from paths, addresses and a JSON Lines file, in order; failures are told and passed over.

    The original bytes are kept in the folder ``originals``, when given; ``columns`` maps the fields of a
    post to the headers of a table, ``sources`` is a table of what the user says of the sources.

    Raises:
        InputError: the first failure, when ``strict``; the table of sources cannot be used.
    """
    from svidok.archive import Originals, Web, read_path, read_paths, read_sources

    kept = None if originals is None else Originals(originals)
    table = None if sources is None else read_sources(sources)

    def each() -> Iterator[Document | InputError]:
        yield from read_paths(
            paths,
            retrieved=retrieved,
            originals=kept,
            columns=columns,
            stdin=typer.get_binary_stream("stdin"),
            web=Web(),
        )
        if jsonl is not None:
            yield from read_path(jsonl, kind="jsonl", retrieved=retrieved, originals=kept)

    for item in each():
        if isinstance(item, InputError):
            if strict:
                raise item
            complain(item)
            continue
        if item.published is None and item.published_from == "published":
            complain(_no_day(item))
        told = item if table is None else replace(item, source=table.source_of(item))
        yield told if given_places else replace(told, given_places=None)


def _no_day(document: Document) -> InputError:
    """What is said of a report whose published day was given and cannot be taken; it is read all the same."""
    readings = " or ".join(document.published_readings)
    return InputError(
        f'"published" is no one day: it may be {readings}' if readings else '"published" is no full date',
        where=document.path,
        remedy="write it as 2022-03-07; without it the report has no day",
    )


def columns_of(given: Iterable[str] | None) -> dict[str, str]:
    """The columns that ``--column field=HEADER`` names.

    Raises:
        BadParameter: one is not of that form.

    >>> columns_of(["text=Message body"])
    {'text': 'Message body'}
    """
    columns = {}
    for item in given or ():
        field, equals, header = item.partition("=")
        if not equals or not field or not header:
            raise typer.BadParameter(f"{item!r} is not of the form text=HEADER", param_hint="--column")
        columns[field.strip()] = header
    return columns


def horizon(documents: Iterable[Document], day: str | None) -> list[Document]:
    """The reports published by a day (all of them when None); those of no known day are told of.

    Raises:
        BadParameter: that is no day.
    """
    if day is None:
        return list(documents)
    from svidok.archive.horizon import known_by

    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise typer.BadParameter(f"--known-by {day}: give a day, as 2022-03-05") from error
    kept, unsure = known_by(documents, day)
    for left_out in unsure:
        complain(left_out)
    return kept


def counted(number: int, noun: str) -> str:
    """A number with its noun.

    >>> counted(1, "report"), counted(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def require_input(paths: Iterable[Path | str] | None, jsonl: Path | None) -> None:
    """Refuse a command that names nothing to read.

    Raises:
        BadParameter: there is neither a path nor a JSON Lines file.
    """
    if not paths and jsonl is None:
        raise typer.BadParameter("give a path or --jsonl FILE")


def text_of(given: str) -> str:
    """The text that an argument stands for: a file's, standard input's for "-", or the argument itself.

    Raises:
        UnreadableInput: the file is no UTF-8 text.
    """
    if given == "-":
        return typer.get_text_stream("stdin").read()
    if "\n" in given or len(given.encode("utf-8", "replace")) > 255 or not Path(given).is_file():
        return given
    try:
        return Path(given).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            "it cannot be read as UTF-8 text", where=given, remedy="give a text file"
        ) from error


def told_apart(documents: Iterable[Document]) -> list[Document]:
    """Documents with ids of their own: a second text under one id gets "~2" behind it, and a word."""
    seen: Counter[str] = Counter()
    apart = []
    for document in documents:
        seen[document.id] += 1
        if seen[document.id] > 1:
            own = f"{document.id}~{seen[document.id]}"
            complain(InputError(f"a second text under the id {document.id!r} is called {own!r} here"))
            document = replace(document, id=own)
        apart.append(document)
    return apart


def tell_unparsed(documents: Iterable[Document]) -> None:
    """Say on standard error which reports give no claims because they are not in English."""
    from svidok.pipeline import PARSED_LANGUAGES

    languages = Counter(d.language for d in documents if d.language not in PARSED_LANGUAGES)
    for language, number in sorted(languages.items(), key=str):
        typer.echo(
            f"svidok: {counted(number, 'report')} in {language!r}: places and times are read, "
            "claims need English so far",
            err=True,
        )


def ended(count: int) -> None:
    """Leave with status 2 when nothing at all could be read."""
    if count == 0:
        typer.echo("svidok: nothing could be read", err=True)
        raise typer.Exit(2)


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Callable[[str], None]]:
    """A one-line counter on the terminal's standard error; silent when piped or quiet."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status(label) as status:
        yield lambda text: status.update(f"{label}: {text}")


def tools_of(*, model: str | None, near: str | None, quiet: bool = False) -> Tools:
    """Load the tools; the first time, this compiles the gazetteer."""
    from svidok.pipeline import load_tools

    with progress("Loading the model and the gazetteer", quiet=quiet):
        return load_tools(model=model, near=near)
