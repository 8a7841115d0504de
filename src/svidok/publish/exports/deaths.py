"""Low, best and high of the people killed in one event, from its counts; nothing is averaged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from svidok.ledger.rows import Count

__all__ = ["Deaths", "deaths_of"]

_TOTALS = frozenset((None, "person", "people", "man", "woman", "child", "body", "victim"))
_CIVILIANS = frozenset(("civilian", "resident", "child", "woman"))


@dataclass(frozen=True, slots=True)
class Deaths:
    """Bounds of a number of deaths; an open or unchosen side is None. ``civilians`` is of that the best."""

    low: int | None
    best: int | None
    high: int | None
    civilians: int | None


def deaths_of(counts: Iterable[Count]) -> Deaths | None:
    """The deaths that an event's counts tell of, None when they tell of none.

    Counts of unlike people (civilians, soldiers) are parts and are added; a count of people in general is
    the whole, and the larger of the two stands. A side that any part leaves open stays open.

    >>> soldiers = Count("soldier", "people", "killed", 2, 4, None)
    >>> deaths_of([Count("civilian", "people", "killed", 3, 3, 3), soldiers])
    Deaths(low=5, best=None, high=7, civilians=3)
    """
    killed = [count for count in counts if count.fate == "killed"]
    if not killed:
        return None
    parts = [count for count in killed if count.what not in _TOTALS]
    totals = [count for count in killed if count.what in _TOTALS]

    def side(name: str) -> int | None:
        own = [getattr(count, name) for count in parts]
        whole = [getattr(count, name) for count in totals]
        known = [value for value in whole if value is not None]
        if own and None not in own:
            known.append(sum(own))
        open_ended = None in whole or (not totals and None in own)
        return None if open_ended or not known else int(max(known))

    civil = [count.best or count.low for count in killed if count.what in _CIVILIANS]
    known_civil = [number for number in civil if number is not None]
    civilians = int(sum(known_civil)) if civil and len(civil) == len(known_civil) else None
    return Deaths(side("low"), side("best"), side("high"), civilians)
