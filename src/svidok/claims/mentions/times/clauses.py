"""Clauses that date a happening: "The invasion began on February 24", "Girona fell on 5 February".

Only what the text itself says is used: a happening is dated by a sentence that names it and says that
it began, ended or took place on a day.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.naming import stems
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.story import SENTENCE_END

__all__ = ["Dated", "DatedClauses"]

NEAR = 50  # dated clauses on either side that a happening is held against
REACH = 90  # characters of the clause that are looked at
CLAUSE = re.compile(r",?\s+([^.,;:()\n]{6,90})")


@dataclass(frozen=True, slots=True)
class Dated:
    """A clause that ends in a day: the stems of its words, and where it stands.

    ``begins``: it says that something began or took place; ``close``: the stems of the last words
    before that, or before the day ("his capture on March 26"), ``last`` those of the very last;
    ``opens``: the day opens the sentence, and the clause stands behind it.
    """

    left: int
    at: int
    moment: Moment
    stems: frozenset[str]
    close: frozenset[str]
    last: frozenset[str]
    begins: bool
    opens: bool = False

    def fits(self, name: frozenset[str], at: int) -> int:
        """How many stems of a happening named at ``at`` this clause shares; 0 where it does not date it."""
        shared = name & self.stems
        own = self.left <= at < self.at  # the day stands behind, in the same clause
        if len(shared) * 3 < len(name) * 2 or (own and not self.begins):
            return 0
        near = self.close if self.begins or len(shared) > 1 else self.last
        return len(shared) if shared & near else 0


class DatedClauses:
    """The dated clauses of a text, in order; looked for when they are first asked for."""

    def __init__(self, text: str, lower: str, resolved: list[Resolved], language: Language) -> None:
        self._read = partial(_clauses, text, lower, resolved, language)

    @cached_property
    def clauses(self) -> list[Dated]:
        return list(self._read())

    @cached_property
    def places(self) -> list[int]:
        return [clause.at for clause in self.clauses]

    def fitting(self, name: frozenset[str], at: int) -> list[Dated]:
        """The clauses that date a happening named at ``at``, the best and nearest first."""
        here = bisect(self.places, at)
        near_by = self.clauses[max(0, here - NEAR) : here + NEAR]
        opening = {clause.moment for clause in near_by if clause.opens and name <= clause.stems}
        ranked = [
            (-clause.fits(name, at), abs(clause.at - at), place, clause)
            for place, clause in enumerate(near_by)
            # a day that opens its sentence dates more than one thing: all must fit, and no other day
            if clause.fits(name, at) and (not clause.opens or (name <= clause.stems and len(opening) == 1))
        ]
        return [clause for *_, clause in sorted(ranked, key=lambda found: found[:3])]

    def naming(self, name: frozenset[str], at: int) -> list[Dated]:
        """The clauses that name all of a happening, and say of that very thing that it took place."""
        return [
            clause
            for clause in self.fitting(name, at)
            if name <= (clause.close if clause.begins and not clause.opens else clause.last)
        ]


def _clauses(text: str, lower: str, resolved: list[Resolved], language: Language) -> Iterator[Dated]:
    begin = language.cue_patterns.get("begin")
    for place, item in enumerate(resolved):
        if item.moment is None or item.moment.days is None or item.moment.grain != "day":
            continue
        start = item.expression.start
        left = max(0, start - REACH)
        for mark in SENTENCE_END.finditer(text, left, start + 1):
            left = mark.end()
        words = lower[left:start]
        began = [found.end() for found in begin.finditer(words)] if begin else []
        begins = bool(began) and len(words) - began[-1] <= 12
        said = words[: began[-1]] if begins else words
        told = stems(words, language)
        if not told:  # "On", "By the": the day opens its sentence
            following = resolved[place + 1].expression.start if place + 1 < len(resolved) else len(lower)
            yield from _told_after(lower, item, following, language)
            continue
        close = stems(" ".join(said.split()[-5:]), language)
        last = stems(" ".join(words.split()[-2:]), language)
        yield Dated(left, start, item.moment, told, close, last, begins)


def _told_after(lower: str, item: Resolved, following: int, language: Language) -> Iterator[Dated]:
    """The clause behind a day that opens its sentence: "On 2 April troops landed on the islands"."""
    assert item.moment is not None
    end = item.expression.end
    found = CLAUSE.match(lower, end, min(following, end + REACH))
    if found is None or " " not in found[1].strip():
        return
    told = stems(found[1], language)
    yield Dated(end, end, item.moment, told, told, told, begins=True, opens=True)
