"""Totals of losses that reports give, against a table of losses by day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from svidok.events.atoms import fold
from svidok.events.days import iso_day
from svidok.events.findings.cumulative import Total, totals
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.quantity import counted_range
from svidok.events.findings.say import number
from svidok.events.references.answer import Answer
from svidok.events.references.tables import Row, Table, same_thing
from svidok.records import Quantity

__all__ = ["check"]

STALE_DAYS = 45
"""For how many days the last row of a thing is good."""
NEXT_ROWS = 1
"""A report may count up to the day before or after the row's."""

_LOST = frozenset({"killed", "wounded", "missing", "captured", "lost", "destroyed", "damaged"})

_ALIVE = frozenset({"wounded", "missing", "captured"})
"""Fates that a table of the dead does not count, unless a column is called so."""

Series = tuple[list[int], list[tuple[Row, float, float]]]


def check(dossier: Dossier, table: Table) -> Iterator[Answer]:
    """Every total so far that a report gives, against the table's rows of its day."""
    series = _series(table)
    for fact in dossier.facts:
        sides = {fold(s) for s in (*fact.target_sides, *fact.sides)}
        for total in totals(dossier, fact):
            yield from _answer(dossier, total, series, sides)


def _series(table: Table) -> dict[tuple[str | None, str], Series]:
    out: dict[tuple[str | None, str], Series] = {}
    for row in table.rows:
        for what, low, high in row.counts:
            days, values = out.setdefault((row.side, what), ([], []))
            days.append(row.first)
            values.append((row, low, high))
    return out


def _answer(
    dossier: Dossier, total: Total, series: dict[tuple[str | None, str], Series], sides: set[str]
) -> Iterator[Answer]:
    q = total.quantity
    found: list[tuple[Row, float, float]] = []
    for (side, what), (days, values) in series.items():
        if what and not same_thing(q.what or "", what) and q.fate != fold(what):
            continue
        if what and q.fate in _ALIVE and fold(what) != q.fate:
            continue
        if side is not None and sides and fold(side) not in sides:
            continue
        at = bisect_right(days, total.day)
        near = range(max(0, at - 1 - NEXT_ROWS), min(len(days), at + NEXT_ROWS))
        found += [values[i] for i in near if abs(days[i] - total.day) <= STALE_DAYS]
    span = dossier.quote(total.fact.document, (q.start, q.end), number(q))
    day = iso_day(total.day)
    if not found and q.kind != "equipment" and q.fate not in _LOST:
        return
    if not found:
        yield Answer(
            "beyond",
            "quantity",
            f"The reference has no count of {q.what or 'this'} for {day}; a report gives {number(q)}.",
            (span,),
            (),
            total.day,
            total.day,
        )
        return
    low, high = min(v[1] for v in found), max(v[2] for v in found)
    numbers = tuple(sorted({v[0].number for v in found}))
    said = f"{low:.15g}" if low == high else f"{low:.15g} to {high:.15g}"
    if _within(q, low, high):
        yield Answer(
            "agrees", "quantity", f"{number(q)} by {day}: the reference says {said}.", (span,), numbers,
            total.day, total.day,
        )  # fmt: skip
        return
    yield Answer(
        "against",
        "quantity",
        f"{number(q)} by {day} is not what the reference says: {said}.",
        (span,),
        numbers,
        total.day,
        total.day,
        f"{_apart(q, low, high):.15g}",
    )


def _within(q: Quantity, low: float, high: float) -> bool:
    first, last = counted_range(q)
    return first <= high and low <= last


def _apart(q: Quantity, low: float, high: float) -> float:
    first, last = counted_range(q)
    return first - high if first > high else low - last
