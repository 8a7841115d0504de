"""The entries of a diary or a log: lines that open with their day, and what the next ones lend them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from svidok.claims.mentions.times.result import number_of
from svidok.claims.mentions.times.scan import Expression

__all__ = ["LINE_START", "entries", "lend_years"]

LINE_START = re.compile(r"(?:^|\n)[^\S\n]{0,4}[-–—•*\[(]?[^\S\n]?$")
CLOSES = re.compile(r"(?:,? ?\d{1,2}[:.]\d\d)?(?:, ?[^\W\d_]{1,12})?[^\S\n]*(?:[.:\])]|\n|$)")
FEW = 3  # lines that open with their day and make a diary of a text


def entries(text: str, expressions: Sequence[Expression]) -> tuple[Expression, ...]:
    """The days that open the entries of a diary, in order; none where fewer than three lines do.

    >>> entries("", [])
    ()
    """
    days = [
        e
        for e in expressions
        if e.make == "date"
        and {"month", "day"} <= e.fields.keys()
        and LINE_START.search(text, max(0, e.start - 12), e.start)
        and (text[e.end - 1] == "." or CLOSES.match(text, e.end))
    ]
    return tuple(days) if len(days) >= FEW else ()


def lend_years(text: str, expressions: Sequence[Expression]) -> list[Expression]:
    """Give the entries of a diary the years that follow from those of other entries.

    An entry of 26 November that stands before one of 1 January 1995 is of 1994. Where the entries run
    backward or no entry tells a year, nothing is lent.
    """
    days = entries(text, expressions)
    keys = [(number_of(e.fields["month"]) or 0, number_of(e.fields["day"]) or 0) for e in days]
    told = [number_of(e.fields.get("year")) for e in days]
    turns = [first > then for first, then in pairwise(keys)]
    known = next((place for place, year in enumerate(told) if year is not None), None)
    if known is None or sum(turns) * FEW > len(days):
        return list(expressions)
    first = (told[known] or 0) - sum(turns[:known])
    years = [first + sum(turns[:place]) for place in range(len(days))]
    if any(year not in (None, due) for year, due in zip(told, years, strict=True)):
        return list(expressions)
    lent = {e.start: year for e, year, own in zip(days, years, told, strict=True) if own is None}
    return [
        replace(e, fields={**e.fields, "year": lent[e.start], "shared": 1}) if e.start in lent else e
        for e in expressions
    ]
