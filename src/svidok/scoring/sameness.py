"""When two places, times, speakers or numbers are the same."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from svidok.scoring.pairing import overlaps

__all__ = [
    "RESOLVED_KM",
    "day_number",
    "in_order",
    "kilometres",
    "near",
    "same_place",
    "same_quantities",
    "same_speaker",
    "same_time",
    "span",
]

Line = Mapping[str, Any]
EARTH_DIAMETER_KM = 12742.0
SAME_PLACE_KM = 25.0
RESOLVED_KM = 161.0
SHARED_DAYS = 0.5
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
EMPTY_WORDS = frozenset({"the", "a", "an", "of", "and", "in", "for", "'s", "s"})


def span(item: Line) -> tuple[int, int]:
    """The offsets of a mention."""
    return item["start"], item["end"]


def in_order(items: Iterable[Line]) -> list[Line]:
    """A fixed order, whatever the order in the file."""
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))


def kilometres(one: Line, other: Line) -> float | None:
    """Great-circle distance in km between two located places, or None when one has no point.

    >>> round(kilometres({"lat": 50.45, "lon": 30.5}, {"lat": 50.0, "lon": 36.25}))
    412
    """
    corners = [place.get(axis) for place in (one, other) for axis in ("lat", "lon")]
    if any(x is None for x in corners):
        return None
    la, lo, lb, lp = (math.radians(x) for x in corners if x is not None)
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def near(one: Line, other: Line) -> bool:
    apart = kilometres(one, other)
    return apart is not None and apart <= RESOLVED_KM


def same_place(one: Line, other: Line) -> bool:
    apart = kilometres(one, other)
    if apart is not None and apart <= SAME_PLACE_KM:
        return True
    named = str(one.get("text")).casefold() == str(other.get("text")).casefold()
    return (overlaps(span(one), span(other)) or named) and (apart is None or apart <= RESOLVED_KM)


def day_number(text: str, *, end: bool) -> int:
    """Days since 1970-01-01 of an ISO day, month or year (its last day when ``end``); years are astronomical.

    >>> day_number("1970-01-02T05:00", end=False), day_number("1970", end=True)
    (1, 364)
    >>> day_number("-0240", end=False)  # 241 BC
    -807186
    """
    m = re.match(r"(-?\d+)(?:-(\d\d))?(?:-(\d\d))?", text)
    if not m:
        raise ValueError(f"not an ISO day: {text!r}")
    year, month = int(m[1]), int(m[2] or (12 if end else 1))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 29 if leap and month == 2 else MONTH_DAYS[month - 1]
    day = int(m[3] or (last if end else 1))
    y = year - (month <= 2)  # days from civil, Howard Hinnant
    era, of_era = divmod(y, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def same_time(one: Line | None, other: Line | None) -> bool:
    """Whether two intervals agree: open on the same sides, and at least half of their days shared.

    >>> day = {"earliest": "2022-03-04", "latest": "2022-03-04"}
    >>> month = {"earliest": "2022-03-01", "latest": "2022-03-31"}
    >>> same_time(day, day), same_time(day, month), same_time(None, day), same_time(None, None)
    (True, False, False, True)
    """
    (a, b), (c, d) = [(t.get("earliest"), t.get("latest")) if t else (None, None) for t in (one, other)]
    if (a is None) != (c is None) or (b is None) != (d is None):
        return False
    try:
        low = [day_number(x, end=False) for x in (a, c) if x is not None]
        high = [day_number(x, end=True) for x in (b, d) if x is not None]
    except ValueError:
        return False
    if not low or not high:
        return len(set(low)) <= 1 and len(set(high)) <= 1
    shared, union = min(high) - max(low) + 1, max(high) - min(low) + 1
    return shared >= SHARED_DAYS * union


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - EMPTY_WORDS


def same_speaker(gold: Sequence[str], guess: Sequence[str]) -> bool:
    """Whether two speakers share a word that says something, or both are unknown.

    >>> same_speaker(["the mayor, Oleksandr Honcharenko"], ["Honcharenko"]), same_speaker(["the army"], [])
    (True, False)
    """
    if not gold or not guess:
        return not gold and not guess
    return any(_words(a) & _words(b) for a in gold for b in guess)


def same_quantities(gold: Sequence[Line], guess: Sequence[Line], optional: Sequence[Line] = ()) -> bool:
    """Whether both name the same numbers (low, high and bound) in any order; ``optional`` ones may be there.

    >>> five, nine = {"low": 5, "high": 5}, {"low": 9, "high": None, "bound": "at_least"}
    >>> same_quantities([five], [five]), same_quantities([five], [five, nine])
    (True, False)
    >>> same_quantities([five], [five, nine], [nine])
    True
    """
    asked, given, allowed = (Counter(map(_number, side)) for side in (gold, guess, optional))
    return not asked - given and not given - asked - allowed


def _number(quantity: Line) -> tuple[str, ...]:
    low, high, bound = quantity.get("low"), quantity.get("high"), quantity.get("bound") or "exact"
    low, high = (None if bound == "at_most" else low), (None if bound == "at_least" else high)
    return (*("" if x is None else f"{float(x):g}" for x in (low, high)), bound)
