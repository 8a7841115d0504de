"""Happenings that open or close a span: "after the fall of Girona", where another sentence dates the fall."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from svidok.claims.mentions.times.clauses import DatedClauses
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.naming import LONGEST, named, stems_of
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.scan import Expression

__all__ = ["anchored"]

NAME = re.compile(r"\s([^.,;:()\n]{3,60})")
WORD = re.compile(r"\S+")
ATTACHED = 6  # characters within which a day behind a name is its own: the fall of Saigon on 30 April


def anchored(
    text: str, lower: str, told: list[Resolved], clauses: DatedClauses, language: Language
) -> list[Resolved]:
    """The happenings behind "after", "since", "until", of which the text tells one day and no other."""
    found: list[Resolved] = []
    happening = language.cues.get("happening", frozenset())
    units = language.classes.get("unit", {}).keys() | language.classes.get("part", {}).keys()
    ended = language.cue_patterns.get("over")
    starts = [item.expression.start for item in told]
    ends = [item.expression.end for item in told]
    for cue, at, before in _cues(lower, language):
        behind = NAME.match(text, at)
        if behind is None or happening.isdisjoint(lower[at : behind.end()].split()[:LONGEST]):
            continue
        start = behind.start(1)
        words = named(behind[1].split()[:LONGEST], language)
        if happening.isdisjoint(word.lower() for word in words):
            continue
        end = start + [word.end() for word in WORD.finditer(behind[1])][len(words) - 1]
        here = bisect_left(starts, start)
        near = starts[here] if here < len(starts) else len(text)
        if near < end + ATTACHED or (here and cue < ends[here - 1] + 2):
            continue  # a day of its own, or part of "two days after the fall"
        beside = lower[max(0, cue - 12) : cue].split()[-1:]
        if not units.isdisjoint(beside) or (ended and ended.match(lower, end + 1)):
            continue  # "the day after the fall", "until the siege ended"
        days = {clause.moment for clause in clauses.naming(stems_of(words, language), start)}
        if len(days) == 1:
            found.append(_beside(start, end, days.pop(), before=before))
    return found


def _cues(lower: str, language: Language) -> Iterator[tuple[int, int, bool]]:
    """Where each "after" and "until" begins and ends, and whether it looks before the happening."""
    for name in ("anchored_after", "anchored_before"):
        for word in sorted(language.cues.get(name, frozenset())):
            at = lower.find(word)
            while at >= 0:
                end = at + len(word)
                if not lower[at - 1 : at].isalnum() and lower[end : end + 1].isspace():
                    yield at, end, name == "anchored_before"
                at = lower.find(word, end)


def _beside(start: int, end: int, day: Moment, *, before: bool) -> Resolved:
    told = day.bounds[0] if day.bounds is not None else None
    return Resolved(
        Expression(start, end, "happening", "happening", -1),
        "DATE",
        None,
        anchor=f"happening dated {day.value}",
        counted=(None, told) if before else (told, None),
    )
