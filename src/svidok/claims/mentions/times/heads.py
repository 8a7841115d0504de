"""What stands above a text: its title, its imprint, the dateline of a report."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.result import number_of, year_of_two
from svidok.claims.mentions.times.scan import Expression
from svidok.claims.mentions.times.story import Story

__all__ = ["dateline", "head_end", "imprint"]

LINES, LENGTH = 4, 120  # of a head at most
CLOSED = re.compile(r"[.!?…:;][\"'”’»)]*\s*$")
TOWN = re.compile(
    r"(?:^|\n)[^\S\n]{0,8}[A-ZА-ЯІЇЄҐ][A-ZА-ЯІЇЄҐ .'’/-]{2,40}(?:, ?[^\W\d_][\w.'’ -]{1,30}){0,2},[^\S\n]$"
)
BEHIND = re.compile(r"\.?[^\S\n]?(?:\([^()\n]{2,40}\)[^\S\n]?)?(?:[—–―]|--?[^\S\n]|\.[^\S\n])|\.[^\S\n]")
MONTHS = 12
ISSUE = 10  # days at most from a report's dateline to its issue


def head_end(text: str) -> int:
    """Where the body begins behind a title and an imprint: short lines above an empty one; 0 without them.

    >>> head_end("Sedan, 1870\\nLondon 1898\\n\\nFrance declared war on the 19th of July.")
    25
    """
    body = at = lines = 0
    inside = told = False  # a block of lines; whether one lies above it
    while at < len(text):
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        row = text[at : min(stop, at + LENGTH + 1)]
        if row.strip():
            body, inside, lines = body if inside else at, True, lines + 1
            if lines > LINES or len(row) > LENGTH or CLOSED.search(row):
                return body if told else 0
        elif inside:
            inside, told = False, True
        at = stop + 1
    return 0


def imprint(text: str, expressions: Sequence[Expression]) -> tuple[frozenset[int], Moment | None]:
    """The dates of a head that the story does not begin with, and the imprint, which it does not pass.

    The story begins with the earliest year of the head: a later one is the end of a span ("1912-1913")
    or the year of print. A year that does not stand in the first line is the imprint.
    """
    body = head_end(text)
    told = [
        (year, e)
        for e in expressions
        if e.start < body and e.make in ("date", "year", "slashed") and "era" not in e.fields
        if (year := _year_of(e)) is not None
    ]
    if not told:
        return frozenset(), None
    first = min(told, key=lambda one: (one[0], number_of(one[1].fields.get("month")) or 0))
    title = text.find("\n", len(text) - len(text.lstrip()))
    last = max((one for one in told if one[1].start > title), key=lambda one: one[0], default=None)
    limit = None
    if last is not None:
        fields = last[1].fields
        months = [number_of(fields.get(name)) or 0 for name in ("month", "one", "two")]
        month = max(month for month in months if month <= MONTHS)
        limit = Moment(last[0], "month", month) if month else Moment(last[0])
    return frozenset(e.start for _, e in told if e is not first[1]), limit


def _year_of(expression: Expression) -> int | None:
    short = number_of(expression.fields.get("yy"))
    return number_of(expression.fields.get("year")) if short is None else year_of_two(short)


def dateline(text: str, expressions: Sequence[Expression], story: Story) -> Moment | None:
    """The day that a report was written, where it opens with its town and day: TEHRAN, May 25 - …

    It may be some days before that of its issue; a report that is not known to be issued tells its year.
    """
    for e in expressions:
        near = max(0, e.start - LENGTH)
        line = max(near, text.rfind("\n", near, e.start))
        if e.make != "date" or not TOWN.search(text, line, e.start) or not BEHIND.match(text, e.end):
            continue
        year, month, day = (number_of(e.fields.get(name)) for name in ("year", "month", "day"))
        weekday = number_of(e.fields.get("weekday"))
        moment: Moment | None = None
        if month is not None and day is not None:
            year = year if year is not None else story.year_for(month, day, "past")
            moment = Moment(year, "day", month, day)
        elif month is None and day is None and weekday is not None:
            moment = story.weekday(weekday, "past")
        if moment is None or moment.days is None:
            return None
        issued = story.written.days if story.written is not None else None
        return moment if issued is None or 0 <= issued[0] - moment.days[0] <= ISSUE else None
    return None
