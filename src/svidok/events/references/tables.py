"""A reference table as rows that reports can be compared with."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from svidok.errors import InputError, UnreadableInput
from svidok.events.atoms import fold
from svidok.events.days import first_day, last_day
from svidok.events.references.mapping import Mapping as Columns
from svidok.events.references.mapping import resolve, schema

__all__ = ["Row", "Table", "read_table", "same_thing"]

FATES = ("killed", "wounded", "missing", "displaced")

_SLASHED = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file (the header is line 1), its days, place, and what it says.

    ``counts`` are low and high by what is counted, or by fate in a table of events.
    """

    number: int
    first: int
    last: int
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    what: str | None = None
    side: str | None = None
    fate: str | None = None
    holder: str | None = None
    outcome: str | None = None
    counts: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A named reference table: its rows in the order of their days, and the rows and cells not read."""

    name: str
    kind: str
    rows: tuple[Row, ...]
    counting: str = "total"
    unread: tuple[str, ...] = ()

    @property
    def first(self) -> int:
        """The first day that the table tells of."""
        return min(r.first for r in self.rows)

    @property
    def last(self) -> int:
        """The last day that the table tells of."""
        return max(r.last for r in self.rows)

    def says(self, row: Row) -> str:
        """How a finding names a row."""
        return f"{self.name}, row {row.number}"


def read_table(path: Path, name: str, mapping: Columns) -> Table:
    """A CSV file, or a JSON list of objects, as a reference table.

    Args:
        path: the file; its encoding is UTF-8.
        name: what findings call it.
        mapping: its kind, and the columns that are not found by their usual names.

    Raises:
        UnreadableInput: the file cannot be read as a table.
        InputError: columns are missing, or no row could be read.
    """
    header, records = _records(path)
    columns = resolve(mapping, header, where=str(path))
    rows: list[Row] = []
    unread: list[str] = []
    for number, record in records:
        cells = _Cells(record, columns)
        fault = _fault(cells)
        if fault is None:
            rows.append(_row(number, cells))
        unread.extend(f"row {number}: {told}" for told in ((fault,) if fault else _no_numbers(cells)))
    if not rows:
        raise InputError(
            f"no row can be read; the first, {unread[0]}",
            where=str(path),
            remedy="give days as 2022-03-04, 2022-03 or 04/03/2022 (day first)",
        )
    counting = columns.constants.get("counting", "total")
    ordered = tuple(sorted(rows, key=lambda r: (r.first, r.last, r.number)))
    return Table(
        name, columns.kind, _summed(ordered) if counting == "change" else ordered, counting, tuple(unread)
    )


def _records(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    text = _text(path)
    if path.suffix.casefold() == ".json":
        return _of_json(text, path)
    head = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count))
    try:
        lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    except csv.Error as error:
        raise UnreadableInput(
            f"broken CSV: {error}", where=f"{path}:{reader.line_num}", remedy="check the quotes of the line"
        ) from error
    if len(lines) < 2:
        raise UnreadableInput("holds no table", where=str(path), remedy="give a header and at least one row")
    header = [cell.strip() for cell in lines[0][1]]
    twice = next((name for name in header if name and header.count(name) > 1), None)
    if twice:
        raise UnreadableInput(
            f"two columns are called {twice!r}", where=str(path), remedy="give each column its own name"
        )
    return header, [
        (at, dict(zip(header, (c.strip() for c in line), strict=False))) for at, line in lines[1:]
    ]


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise UnreadableInput(
            f"the file cannot be read: {error.strerror or error}", where=str(path), remedy="check the path"
        ) from error
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise UnreadableInput(
            "the table is not in UTF-8",
            where=f"{path}:{line}",
            remedy="save it as CSV in UTF-8",
        ) from error


def _of_json(text: str, path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        listed: Any = json.loads(text)
    except json.JSONDecodeError as error:
        raise UnreadableInput(f"not JSON: {error}", where=str(path), remedy="check the export") from error
    if not isinstance(listed, list) or not listed or not all(isinstance(x, dict) for x in listed):
        raise UnreadableInput("is no list of objects", where=str(path), remedy="give [{...}, {...}]")
    header = list(dict.fromkeys(str(k) for record in listed for k in record))
    return header, [
        (number, {str(k): "" if v is None else str(v) for k, v in record.items()})
        for number, record in enumerate(listed, start=1)
    ]


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one row by the fields that they fill."""

    record: Mapping[str, str]
    columns: Columns

    def of(self, field: str) -> str | None:
        column = self.columns.columns.get(field)
        found = self.record.get(column, "") if column else self.columns.constants.get(field, "")
        return found.strip() or None


def _fault(cells: _Cells) -> str | None:
    """Why a row can be compared with nothing, or None."""
    for name in ("date", "until"):
        if _day(cells.of(name), last=False) is None and (name == "date" or cells.of(name)):
            return f"no day in {cells.of(name) or ''!r}"
    first, last = _day(cells.of("date"), last=False), _day(cells.of("until"), last=True)
    if first is not None and last is not None and last < first:
        return f"it ends ({cells.of('until')}) before it begins ({cells.of('date')})"
    for name, most in (("lat", 90), ("lon", 180)):
        value = _number(cells.of(name))
        if cells.of(name) and (value is None or abs(value) > most):
            return f"{cells.of(name)!r} is no {name} (a number of degrees, at most {most} either way)"
    if "place|lat" in schema()[cells.columns.kind]["needs"] and not _somewhere(cells):
        return "neither a place nor both coordinates"
    return None


def _somewhere(cells: _Cells) -> bool:
    return cells.of("place") is not None or (cells.of("lat") is not None and cells.of("lon") is not None)


def _no_numbers(cells: _Cells) -> Iterator[str]:
    """What is said of cells that should count and do not; the rest of the row is read."""
    for name in _counting(cells.columns):
        text = cells.of(name)
        if text and _number(text) is None and text.casefold() not in schema()["numbers"]["none"]:
            yield f"no number in {text!r} ({name})"


def _counting(columns: Columns) -> Iterator[str]:
    """The fields of a table that hold numbers of something."""
    if columns.kind == "events":
        yield from FATES
    elif columns.kind == "losses":
        yield from ("value", "low", "high")
        yield from (name for name in columns.columns if name not in schema()["losses"]["fields"])


def _row(number: int, cells: _Cells) -> Row:
    first = _day(cells.of("date"), last=False) or 0
    last = _day(cells.of("until"), last=True) or _day(cells.of("date"), last=True) or first
    lat, lon = _number(cells.of("lat")), _number(cells.of("lon"))
    return Row(
        number=number,
        first=first,
        last=max(first, last),
        place=cells.of("place"),
        lat=lat,
        lon=lon if lat is not None else None,
        what=cells.of("what"),
        side=cells.of("side"),
        fate=cells.of("fate"),
        holder=cells.of("holder"),
        outcome=cells.of("outcome"),
        counts=tuple(_counts(cells)),
    )


def _counts(cells: _Cells) -> Iterator[tuple[str, float, float]]:
    if cells.columns.kind == "losses":
        low, high = _number(cells.of("low")), _number(cells.of("high"))
        value = _number(cells.of("value"))
        if value is not None or low is not None or high is not None:
            bottom = low if low is not None else value if value is not None else high
            top = high if high is not None else value if value is not None else low
            yield cells.of("what") or "", float(bottom or 0.0), float(top or 0.0)
    for name in _counting(cells.columns):
        counted = _number(cells.of(name)) if name not in {"value", "low", "high"} else None
        if counted is not None:
            yield name, counted, counted


def _day(text: str | None, *, last: bool) -> int | None:
    if text is None:
        return None
    slashed = _SLASHED.match(text)
    iso = f"{slashed[3]}-{int(slashed[2]):02d}-{int(slashed[1]):02d}" if slashed else text.replace(" ", "T")
    return last_day(iso) if last else first_day(iso)


def _number(text: str | None) -> float | None:
    try:
        number = float(text.replace(",", "").replace(" ", "")) if text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _summed(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Changes from row to row added up to totals, for each side and thing whatever befell it."""
    total: dict[tuple[str | None, str], float] = {}
    out: dict[tuple[int, str | None, str], Row] = {}
    for row in rows:
        for what, low, _ in row.counts:
            key = (row.side, what)
            total[key] = total.get(key, 0.0) + low
            out[row.first, row.side, what] = Row(
                row.number, row.first, row.first, what=what, side=row.side,
                counts=((what, total[key], total[key]),),
            )  # fmt: skip
    return tuple(out[k] for k in sorted(out, key=lambda k: (k[0], str(k[1]), k[2])))


@lru_cache(maxsize=4096)
def same_thing(ours: str, theirs: str) -> bool:
    """Whether a table's word for what is counted means what a quantity of ours counts.

    >>> same_thing("tank", "Tanks"), same_thing("soldier", "personnel"), same_thing("tank", "trucks")
    (True, True, False)
    """
    left, right = fold(ours), fold(theirs)
    if left == right or right in {f"{left}s", f"{left}es"}:
        return True
    return right in schema()["things"].get(ours, ()) or theirs in schema()["things"].get(ours, ())
