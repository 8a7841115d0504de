"""A reference table as rows that reports can be compared with."""

from __future__ import annotations

import csv
import io
import json
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
    """A named reference table: its rows in the order of their days, and the rows that could not be read."""

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
    rows, unread = [], []
    for number, record in records:
        row = _row(number, record, columns)
        if row is None:
            unread.append(f"row {number}: no day in {record.get(columns.columns.get('date', ''), '')!r}")
        else:
            rows.append(row)
    if not rows:
        raise InputError(
            "no row has a date that can be read",
            where=str(path),
            remedy="give days as 2022-03-04, 2022-03 or 04/03/2022 (day first)",
        )
    counting = columns.constants.get("counting", "total")
    ordered = tuple(sorted(rows, key=lambda r: (r.first, r.last, r.number)))
    return Table(
        name, columns.kind, _summed(ordered) if counting == "change" else ordered, counting, tuple(unread)
    )


def _records(path: Path) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableInput(
            f"cannot be read: {error}", where=str(path), remedy="give a CSV file in UTF-8"
        ) from error
    if path.suffix.casefold() == ".json":
        return _of_json(text, path)
    reader = csv.reader(io.StringIO(text))
    lines = [(reader.line_num, line) for line in reader if any(cell.strip() for cell in line)]
    if len(lines) < 2:
        raise UnreadableInput("holds no table", where=str(path), remedy="give a header and at least one row")
    header = [cell.strip() for cell in lines[0][1]]
    return header, [
        (at, dict(zip(header, (c.strip() for c in line), strict=False))) for at, line in lines[1:]
    ]


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


def _row(number: int, record: Mapping[str, str], columns: Columns) -> Row | None:
    def cell(name: str) -> str | None:
        column = columns.columns.get(name)
        found = record.get(column, "") if column else columns.constants.get(name, "")
        return found.strip() or None

    first = _day(cell("date"), last=False)
    if first is None:
        return None
    last = _day(cell("until"), last=True) or _day(cell("date"), last=True) or first
    lat, lon = _number(cell("lat")), _number(cell("lon"))
    return Row(
        number=number,
        first=first,
        last=max(first, last),
        place=cell("place"),
        lat=lat,
        lon=lon if lat is not None else None,
        what=cell("what"),
        side=cell("side"),
        fate=cell("fate"),
        holder=cell("holder"),
        outcome=cell("outcome"),
        counts=tuple(_counts(columns, cell)),
    )


def _counts(columns: Columns, cell: Any) -> Iterator[tuple[str, float, float]]:
    if columns.kind == "events":
        for fate in ("killed", "wounded", "missing", "displaced"):
            value = _number(cell(fate))
            if value is not None:
                yield fate, value, value
    elif columns.kind == "losses":
        low, high = _number(cell("low")), _number(cell("high"))
        value = _number(cell("value"))
        if value is not None or low is not None or high is not None:
            bottom = low if low is not None else value if value is not None else high
            top = high if high is not None else value if value is not None else low
            yield cell("what") or "", float(bottom or 0.0), float(top or 0.0)
        for name in columns.columns:
            if name not in schema()["losses"]["fields"]:
                counted = _number(cell(name))
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
        return float(text.replace(",", "").replace(" ", "")) if text else None
    except ValueError:
        return None


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
