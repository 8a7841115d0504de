"""Expressions that belong together: ranges and lists share what only one of them says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from svidok.claims.mentions.times.forms import Value, normal
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.scan import Expression

__all__ = ["Link", "link", "merge", "share"]

DASH = re.compile(r"\s*[-–—−‑]{1,2}\s*")
BEHIND = re.compile(r"(?:\s?\([^()\n]{1,24}\))?,?\s(?:on\s)?")
WORDS = re.compile(r"\w+")
PARTS = ("year", "yy", "month")


@dataclass(frozen=True, slots=True)
class Link:
    """Two neighbouring expressions, by their places: ``kind`` is "range" or "list"."""

    left: int
    right: int
    kind: str


def link(text: str, expressions: list[Expression], language: Language) -> list[Link]:
    """The links between neighbours ("from A to B", "A–B", "A and B")."""
    ranges, lists = language.words("range"), language.words("list")
    openers = language.words("from")
    found = []
    for place in range(len(expressions) - 1):
        left, right = expressions[place], expressions[place + 1]
        gap = text[left.end : right.start]
        if len(gap) > 24 or "\n\n" in gap:
            continue
        words = normal(gap)
        if DASH.fullmatch(gap) or (gap == "/" and {left.make, right.make} == {"date"}):
            found.append(Link(place, place + 1, "range"))
            continue
        opened = bool(_last_words(text, left.start) & openers)
        if words in ranges and (opened or words not in lists):
            found.append(Link(place, place + 1, "range"))
        elif words in lists:
            found.append(Link(place, place + 1, "list"))
    return found


def merge(text: str, expressions: list[Expression], language: Language) -> list[Expression]:
    """Join a part of the day or a clock time and the date beside it into one expression.

    "9 a.m. Tuesday", "the night of 9 March", "May 8, 1:00AM" are one moment each.
    """
    joints = language.words("merge")
    merged: list[Expression] = []
    for expression in expressions:
        if merged and _joins(text, merged[-1], expression, joints):
            before = merged.pop()
            fields = {**before.fields, **expression.fields}
            if before.make == "relative" or expression.make == "relative":
                fields["base"] = (before if before.make == "relative" else expression).fields.get(
                    "base", "doc"
                )
            kinds = {before.make, expression.make}
            if "part" in fields and "hh" in fields:
                fields.setdefault("noon", fields["part"])  # two o'clock on Monday afternoon
            make = "date" if kinds == {"relative", "date"} else before.make
            if make in ("clock", "part"):
                make = expression.make
            expression = Expression(
                before.start, expression.end, make, f"{before.rule} {expression.rule}", before.group, fields
            )
        merged.append(expression)
    return merged


def _joins(text: str, left: Expression, right: Expression, joints: frozenset[str]) -> bool:
    gap = text[left.end : right.start]
    if len(gap) > 8 or "\n" in gap or normal(gap) not in joints:
        return False
    kinds = {left.make, right.make}
    dated = kinds & {"date", "today", "relative"}
    timed = kinds & {"clock", "part"}
    if kinds == {"clock", "part"}:
        return normal(gap) != "of"
    if kinds == {"date"}:  # Sunday, dawn of 25 June
        return "weekday" in left.fields and "month" not in left.fields and "day" in right.fields
    if kinds == {"relative", "date"} and left.make == "relative":  # this Sunday, March 8
        return "weekday" in left.fields and "day" in right.fields and "weekday" not in right.fields
    if not dated or not timed:
        return False
    other = left if left.make in dated else right
    if other.make == "date":
        return "day" in other.fields or "weekday" in other.fields
    return other.make == "today" or "weekday" in other.fields or other.fields.get("unit") == "day"


def share(text: str, expressions: list[Expression], links: list[Link]) -> list[Expression]:
    """Give each of a pair what it lacks and the other says: month and year of "14-24 August 1914"."""
    shared = _date_hours(text, expressions, links)
    for joined in reversed(links):
        left, right = shared[joined.left], shared[joined.right]
        if left.make in ("date", "year") and right.make in ("date", "year"):
            shared[joined.left] = _lend(left, right, backward=True)
    for joined in links:
        left, right = shared[joined.left], shared[joined.right]
        if left.make in ("date", "year") and right.make in ("date", "year") and left.group == right.group:
            shared[joined.right] = _lend(right, left, backward=False)
    for joined in links:
        right = shared[joined.right]
        undated = not right.fields.keys() & {"year", "yy"} and right.make == "date"
        if joined.kind == "range" and undated and shared[joined.left].make == "date":
            shared[joined.right] = replace(right, fields={**right.fields, "follows": 1})
    return shared


def _date_hours(text: str, expressions: list[Expression], links: list[Link]) -> list[Expression]:
    """Give an hour the date that stands a little behind it: "between 10:00 and 12:00 on 5 March"."""
    dated = list(expressions)
    joined = {link.left: link.right for link in links}
    for place in reversed(range(len(dated) - 1)):
        hour = dated[place]
        if hour.make != "clock":
            continue
        for other in dated[place + 1 : place + 3]:
            near = other is dated[place + 1] and joined.get(place) == place + 1
            gap = text[hour.end : other.start]
            if (
                other.make == "date"
                and other.fields.keys() & {"day", "weekday"}
                and (near or BEHIND.fullmatch(gap))
            ):
                lent = {k: v for k, v in other.fields.items() if k in (*PARTS, "day", "era", "weekday")}
                dated[place] = replace(hour, make="date", fields={**hour.fields, **lent})
                break
    return dated


def _lend(poor: Expression, rich: Expression, *, backward: bool) -> Expression:
    mine, theirs = poor.fields, rich.fields
    given: dict[str, Value] = {}
    if "day" in mine and "month" not in mine and "month" in theirs:
        given["month"] = theirs["month"]
    has_year = bool(mine.keys() & {"year", "yy", "year_back"})
    dated = bool(mine.keys() & {"month", "season", "holiday"}) or "month" in given
    if not has_year and dated and "year" in theirs:
        year = theirs["year"]
        month = mine.get("month", given.get("month"))
        other = theirs.get("month")
        if isinstance(month, int) and isinstance(other, int):
            if backward and month > other:
                year = str(int(year) - 1)
            elif not backward and month < other:
                year = str(int(year) + 1)
        given["year"] = year
        if "era" in theirs:
            given["era"] = theirs["era"]
    if not has_year and dated and backward and "year_story" in theirs and "year_story" not in mine:
        given["year_story"] = theirs["year_story"]
    if "year" in mine and "era" not in mine and "era" in theirs:
        given["era"] = theirs["era"]
    if not given:
        return poor
    return replace(poor, fields={**mine, **given, "shared": 1})


def _last_words(text: str, start: int) -> frozenset[str]:
    """The last word before an expression, and the last two: "from", "between the"."""
    words = WORDS.findall(text[max(0, start - 24) : start].lower())
    return frozenset({*words[-1:], " ".join(words[-2:])})
