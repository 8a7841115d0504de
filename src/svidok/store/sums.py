"""Sums over whole tables, worked out once for each state of a chronicle.

Counts of one field under a filter need the numbers of the events that hold it, which the counts of other
fields under the same filter need too, and the values of each event, which no filter changes: both are kept.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Hashable
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import Connection, String, cast, func, select

from svidok.errors import InputError
from svidok.store import tables as t
from svidok.store.database import Database
from svidok.store.filters import conditions
from svidok.store.keep import mark
from svidok.store.memory import Memory
from svidok.store.views import Count, Filter

__all__ = ["Sums"]

T = TypeVar("T")
_ANSWERS = 1000
_PICKED = 8_000_000
"""How many answers, and how many numbers of events in all, are kept."""
_EVERYTHING = Filter()
_FACETS = ("side", "source", "speaker", "place", "dossier")


class Sums:
    """The sums of one chronicle; threads may share them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._answers = Memory[Any](_ANSWERS)
        self._picked = Memory["array[int]"](_PICKED, lambda numbers: len(numbers) + 1)

    def of(self, connection: Connection, asked: Hashable, ask: Callable[[], T]) -> T:
        """What was asked, from this state of the chronicle."""
        found: T = self._answers.recall((mark(connection), asked), ask)
        return found

    def counts(self, connection: Connection, field: str, wanted: Filter, limit: int) -> tuple[Count, ...]:
        """The commonest values of one field among events.

        Raises:
            InputError: events are not counted by that field.
        """
        if field != "type" and field not in _FACETS:
            raise InputError(
                f"events are not counted by {field!r}", remedy=f"type, {', '.join(_FACETS[:-1])} or dossier"
            )

        def count() -> tuple[Count, ...]:
            if wanted == _EVERYTHING:
                return _all_counts(connection, field, limit)
            values = self.of(connection, ("values", field), lambda: _values(connection, field))
            found = Counter(chain.from_iterable(map(values.__getitem__, self._numbers(connection, wanted))))
            best = sorted(found.items(), key=lambda one: (-one[1], one[0]))[:limit]
            return tuple(Count(value, number) for value, number in best)

        return self.of(connection, ("counts", field, wanted, limit), count)

    def _numbers(self, connection: Connection, wanted: Filter) -> array[int]:
        """The numbers of the events that hold a filter: brought as one text, since rows are dear."""
        listed = func.aggregate_strings(cast(t.events.c.number, String), " ")
        query = select(listed).where(*conditions("event", t.events, wanted, self._database))

        def pick() -> array[int]:
            told = connection.execute(query).scalar() or ""
            return array("q", map(int, told.split()))

        return self._picked.recall((mark(connection), wanted), pick)


def _all_counts(connection: Connection, field: str, limit: int) -> tuple[Count, ...]:
    """The commonest values of one field among all events, from an index."""
    f = t.facets.c
    value, where = (
        (t.events.c.type, []) if field == "type" else (f.value, [f.kind == "event", f.field == field])
    )
    query = select(value, func.count()).where(*where).group_by(value).order_by(func.count().desc(), value)
    return tuple(Count(*row) for row in connection.execute(query.limit(limit)).tuples())


def _values(connection: Connection, field: str) -> list[tuple[str, ...]]:
    """The values of each event by its number; equal ones share their memory."""
    e, f = t.events.c, t.facets.c
    query = select(f.ref, f.value).where(f.kind == "event", f.field == field).order_by(f.ref, f.value)
    if field == "type":
        query = select(e.number, e.type)
    top = connection.execute(select(func.max(e.number))).scalar() or 0
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    found: list[tuple[str, ...]] = [()] * (top + 1)
    for number, value in connection.execute(query).all():
        values = (*found[number], value)
        found[number] = known.setdefault(values, values)
    return found
