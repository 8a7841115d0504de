"""What is known of a text's expressions before they are read one by one."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence

from svidok.claims.mentions.times.entries import LINE_START
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.result import number_of
from svidok.claims.mentions.times.scan import Expression

__all__ = ["asides", "slashed_order", "ticker"]

CLOCK = re.compile(r"(?:[01]\d|2[0-3])[:.][0-5]\d(?![:.]?\d)")


def asides(expressions: list[Expression], far: int = 3) -> frozenset[int]:
    """Starts of years told in passing: far from the years before and after, which are near each other.

    A day is told in passing only between days.

    >>> asides([])
    frozenset()
    """
    dated = [
        (e.start, int(str(e.fields["year"])), "day" in e.fields)
        for e in expressions
        if "year" in e.fields
        and "era" not in e.fields
        and e.make in ("date", "year")
        and "shared" not in e.fields
    ]
    found: set[int] = set()
    for length in (1, 2):
        for place in range(1, len(dated) - length):
            (_, before, one), (_, after, other) = dated[place - 1], dated[place + length]
            inside = dated[place : place + length]
            if abs(before - after) <= far and all(
                abs(year - before) > far and abs(year - after) > far and (not day or (one and other))
                for _, year, day in inside
            ):
                found.update(start for start, _, _ in inside)
    return frozenset(found)


def ticker(text: str, expressions: Sequence[Expression]) -> frozenset[int]:
    """Starts of the hours that open the lines of a running report: 05:40 …, 06:10 ….

    They go one way, and do not begin at 00:00 as the places in a video do. A line that tells a day of
    its own is left out: what it reports happened then.

    >>> ticker("", [])
    frozenset()
    """
    opening = [
        e
        for e in expressions
        if e.make == "clock"
        and LINE_START.search(text, max(0, e.start - 12), e.start)
        and CLOCK.match(text, e.start)
    ]
    hours = [text[e.start : e.start + 5] for e in opening]
    if len(hours) < 2 or hours[0] == "00:00" or hours not in (sorted(hours), sorted(hours, reverse=True)):
        return frozenset()
    dated = [e.start for e in expressions if e.make in ("date", "today", "relative", "shift")]
    lines = [(e.start, text.find("\n", e.start) % (len(text) + 1)) for e in opening]
    return frozenset(start for start, end in lines if bisect(dated, end) == bisect(dated, start))


def slashed_order(expressions: Sequence[Expression], language: Language) -> str | None:
    """Whether the day or the month comes first in a text's slashed dates, where some of them tell."""
    pairs = [
        (number_of(e.fields.get("one")) or 0, number_of(e.fields.get("two")) or 0)
        for e in expressions
        if e.make == "slashed"
    ]
    day = any(one > 12 >= two for one, two in pairs) or (bool(pairs) and language.code != "en")
    month = any(two > 12 >= one for one, two in pairs)
    return None if day == month else "day" if day else "month"
