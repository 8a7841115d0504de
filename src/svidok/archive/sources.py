"""What a user says of the sources: kind, Admiralty grade, credibility and side, from a table of theirs.

Nothing here is guessed: a report that no line of the table means keeps what it came with.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import urlsplit

from svidok.errors import InputError, UnreadableInput
from svidok.records import Document, Source

__all__ = ["SourceTable", "read_sources"]

FIELDS = ("source", "pattern", "kind", "grade", "credibility", "side")
GRADES = "ABCDEF"
CREDIBILITY = "123456"


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the table: whom it means, and what it says of them."""

    source: str | None
    pattern: str | None
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SourceTable:
    """What a table says of sources, by exact name first, then by the first pattern that fits."""

    lines: tuple[_Line, ...]

    def source_of(self, document: Document) -> Source | None:
        """The source of a document with what the table says of it.

        >>> table = SourceTable((_Line("AP", None, {"grade": "A"}),))
        >>> table.source_of(Document("d", "", "", source=Source("ap")))
        Source(name='ap', kind=None, grade='A', side=None, credibility=None)
        """
        name = document.source.name if document.source else None
        line = next((one for one in self.lines if one.source and name and _same(one.source, name)), None)
        line = line or next((one for one in self.lines if one.pattern and _fits(one.pattern, document)), None)
        if line is None:
            return document.source
        held = document.source or Source(_host(document) or document.path or document.id)
        return replace(held, **line.said)

    def apply(self, documents: Iterable[Document]) -> Iterator[Document]:
        """Documents with their sources as the table tells them, in order."""
        for document in documents:
            yield replace(document, source=self.source_of(document))


def read_sources(path: Path) -> SourceTable:
    """Read a table of sources: CSV with a header, or TOML with ``[[source]]`` tables.

    Args:
        path: each line names a ``source`` exactly (case aside) or gives a ``pattern`` with ``*`` and
            ``?`` that its name, the host of its address or the file name of its report fits; then
            any of ``kind``, ``grade`` (A-F), ``credibility`` (1-6) and ``side``.

    Raises:
        InputError: the file cannot be read, or a line of it is wrong; the message gives the line.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"the table of sources cannot be read: {error}", where=str(path), remedy="give a CSV or TOML file"
        ) from error
    rows = _of_toml(text, path) if path.suffix.casefold() == ".toml" else _of_csv(text, path)
    lines: list[_Line] = []
    seen: dict[str, str] = {}
    for where, row in rows:
        line = _line(row, where)
        key = f"source {line.source.casefold()}" if line.source else f"pattern {line.pattern}"
        if key in seen:
            raise InputError(
                f"{key!r} is told of twice, first in {seen[key]}", where=where, remedy="keep one line of it"
            )
        seen[key] = where
        lines.append(line)
    if not lines:
        raise InputError("the table tells of no source", where=str(path), remedy="give it a line a source")
    return SourceTable(tuple(lines))


def _of_csv(text: str, path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    reader = csv.DictReader(text.splitlines())
    _known(reader.fieldnames or (), f"{path}:1")
    for row in reader:
        where = f"{path}:{reader.line_num}"
        if None in row or None in row.values():
            raise InputError(
                "the line has more or fewer cells than the header", where=where, remedy="mend the line"
            )
        if any(value.strip() for value in row.values()):
            yield where, row


def _of_toml(text: str, path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"no TOML: {error}", where=str(path), remedy="mend the file") from error
    rows = table.get("source")
    if not isinstance(rows, list) or set(table) != {"source"}:
        raise InputError("there are no [[source]] tables, or other ones", where=str(path), remedy="see docs")
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.strip() == "[[source]]"]
    for row, start in zip(rows, starts, strict=False):
        _known(row, f"{path}:{start}")
        yield f"{path}:{start}", {name: str(value) for name, value in row.items()}


def _known(names: Iterable[str], where: str) -> None:
    given = list(names)
    strange = sorted(set(given) - set(FIELDS))
    if strange or not {"source", "pattern"} & set(given):
        told = f"unknown column {strange[0]!r}" if strange else "neither a source nor a pattern column"
        raise InputError(told, where=where, remedy=f"the columns are {', '.join(FIELDS)}")


def _line(row: Mapping[str, str], where: str) -> _Line:
    told = {name: value.strip() for name, value in row.items() if value and value.strip()}
    source, pattern = told.pop("source", None), told.pop("pattern", None)
    if (source is None) == (pattern is None):
        raise InputError(
            "the line needs either a source or a pattern", where=where, remedy="give one of them"
        )
    for name, letters in (("grade", GRADES), ("credibility", CREDIBILITY)):
        if name in told:
            told[name] = told[name].upper()
            if told[name] not in list(letters):
                raise InputError(
                    f"{told[name]!r} is no {name}",
                    where=where,
                    remedy=f"{name} is one of {', '.join(letters)}",
                )
    return _Line(source, pattern, told)


def _same(one: str, two: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(two.split()).casefold()


def _fits(pattern: str, document: Document) -> bool:
    names = [document.source.name if document.source else None, _host(document)]
    names.append(Path(document.path).name if document.path else None)
    return any(fnmatchcase(name.casefold(), pattern.casefold()) for name in names if name)


def _host(document: Document) -> str | None:
    return urlsplit(document.url).hostname if document.url else None
