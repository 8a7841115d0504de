"""A part of the dead or hurt that is greater than all of them: 17 killed, among them 21 women."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.lending import YEAR
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.quantity import counted_range
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import number
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Quantity

__all__ = ["check"]


def check(dossier: Dossier) -> Iterator[Finding]:
    """Counts of a part that are greater than the count of the whole, near by or in another report."""
    yield from _elsewhere(dossier)
    for reading in dossier.readings:
        facts = dossier.of_document(reading.document.id)
        yield from _shares(dossier, facts)
        for before, here in [*((f, f) for f in facts), *pairwise(facts)]:
            if before.real and here.real and here.sentence - before.sentence <= 1:
                yield from _too_great(dossier, before, here)
        for index, here in enumerate(facts):
            for before in facts[max(0, index - 2) : index + 1]:
                yield from _alone(dossier, before, here)


def _elsewhere(dossier: Dossier) -> Iterator[Finding]:
    """Parts that one report counts of the dead whom another counts in all."""
    for one, two in dossier.pairs:
        if one.document == two.document or "kill" not in _shared(one, two) or not (one.real and two.real):
            continue
        found = [*_too_great(dossier, one, two), *_too_great(dossier, two, one)]
        if found and same_happening(one, two, "quantity", reports=len(dossier.readings)):
            yield from found


def _too_great(dossier: Dossier, before: Fact, here: Fact) -> Iterator[Finding]:
    wholes = [q for q in before.quantities if _whole(before, q)]
    if len(wholes) != 1:
        return
    (whole,) = wholes
    for part in (*here.quantities, *_nameless(here)):
        if before.document == here.document and part.start <= whole.end:
            continue
        if part.kind != "people" or not _of_them(here, part):
            continue
        if part.fate not in {None, whole.fate} or counted_range(part)[0] <= counted_range(whole)[1]:
            continue
        left, right = number(whole), number(part)
        yield Finding(
            "whole_part",
            "medium",
            f"A part is greater than its whole: {right} among {left}.",
            (dossier.words(before, left), dossier.words(here, right)),
            f"{(part.low or 0) - (whole.high or 0):.15g}",
        )


_THOSE = re.compile(
    rf"\b[Oo]f (?:these|those|them|whom|the)(?:\s+(?P<all>{CARDINAL}))?(?:\s+[a-z]+)?,?\s+"
    rf"(?:(?:some|about|only|just|exactly)\s+)?(?P<part>{CARDINAL})\s+(?:(?:were|was|had|have|are|died|went|came|fell|got)\b|"
    r"[a-z]+ed\b)",
    re.IGNORECASE,
)
""" "Of those, 310 had blast wounds"."""
_REST = re.compile(
    rf"\b(?:and|while)\s+(?:the\s+)?(?:other|others|remaining|rest,?)\s+(?P<rest>{CARDINAL})\b", re.IGNORECASE
)
""" "And the other 21": those who are left of all."""


def _shares(dossier: Dossier, facts: Sequence[Fact]) -> Iterator[Finding]:
    """A part of those just counted that is greater than all, or with the rest more or fewer than all."""
    for before, here in pairwise(facts):
        match = _THOSE.search(here.text)
        counted = [q for q in before.quantities if q.kind in _COUNTED and q.high is not None]
        if match is None or here.sentence != before.sentence + 1 or len(counted) != 1:
            continue
        if _more_numbers(before, counted[0]):
            continue
        (whole,) = counted
        part, rest = cardinal(match["part"]), _REST.search(here.text, match.end())
        if rest and _NUMBER.search(here.text, match.end(), rest.start("rest")):
            continue
        left = cardinal(rest["rest"]) if rest else None
        low, high = counted_range(whole)
        if part is None or (part <= high and (left is None or low <= part + left <= high)):
            continue
        told = match["part"] if left is None else f"{match['part']} and {left}"
        yield Finding(
            "whole_part",
            "medium",
            f"A part is greater than its whole: {told} among {number(whole)}."
            if part > high
            else f"The parts do not add up to their whole: {told} of {number(whole)}.",
            (dossier.words(before, number(whole)), dossier.words(here, told)),
            f"{part + (left or 0) - (whole.high or 0):.15g}",
        )


_NUMBER = re.compile(rf"\b{CARDINAL}\b", re.IGNORECASE)


def _more_numbers(fact: Fact, whole: Quantity) -> bool:
    """Whether a sentence counts more than one thing, of which "those" can be any."""
    numbers = [
        m for m in _NUMBER.finditer(fact.text) if not whole.start <= fact.start + m.start() < whole.end
    ]
    dates = [t for t in (fact.time,) if t is not None]
    return any(
        (cardinal(m.group(0)) or 0) > (whole.high or 0)
        and not any(t[0] <= fact.start + m.start() < t[1] for t in dates)
        and not YEAR.fullmatch(m.group(0))
        for m in numbers
    )


_COUNTED = frozenset({"people", "equipment", "places", "units"})


def _shared(a: Fact, b: Fact) -> frozenset[str]:
    return a.concepts & b.concepts - a.denied - b.denied


_ALL = re.compile(r"\b(?:altogether|in all|in total|a total of|all told|since|overall)\b", re.IGNORECASE)
_ALONE = re.compile(
    rf"\b(?:in|on|during|over|for|at)\s+(?:[\w’']+\s+){{1,5}}?alone,?\s+(?:[a-z]+\s+){{0,3}}?(?P<number>{CARDINAL})\b",
    re.IGNORECASE,
)
"""A part of the time or of the place, and what it counts: "in March alone 9,150"."""


def _alone(dossier: Dossier, before: Fact, here: Fact) -> Iterator[Finding]:
    """ "In March alone 9,150", of a total that is told to be 6,400."""
    if not (before.real and here.real) or not _ALL.search(before.text):
        return
    for match in _ALONE.finditer(here.text):
        part = cardinal(match.group("number"))
        for whole in before.quantities:
            if part is None or whole.end > here.start + match.start() or whole.kind not in _COUNTED:
                continue
            if not here.concepts & before.concepts or part <= counted_range(whole)[1]:
                continue
            left, right = number(whole), match.group("number")
            yield Finding(
                "cumulative",
                "medium",
                f"A part is greater than the total: {right} alone, of {left} in all.",
                (dossier.words(before, left), dossier.words(here, right)),
                f"{part - (whole.high or 0):.15g}",
            )


def _whole(fact: Fact, q: Quantity) -> bool:
    return (
        q.kind == "people"
        and q.fate in {"killed", "wounded"}
        and q.high is not None
        and not _of_them(fact, q)
    )


@lru_cache(maxsize=1)
def _narrowed() -> re.Pattern[str]:
    narrow = pattern("counts", "narrow").pattern
    return re.compile(
        rf"\b(?P<number>{CARDINAL})\s+(?:were|was|are|being|had been)\s+{narrow}", re.IGNORECASE
    )


def _nameless(fact: Fact) -> Iterator[Quantity]:
    """Counts whose noun stands behind the verb: "of those killed there 107 were women"."""
    for match in _narrowed().finditer(fact.text):
        start, end = (fact.start + at for at in match.span("number"))
        count = cardinal(match["number"])
        if count is not None and not any(q.start < end and start < q.end for q in fact.quantities):
            yield Quantity(start, end, match["number"], None, "people", count, count)


AMONG_REACH = 80
"""Characters before a count in which it is made a part of another."""


def _of_them(fact: Fact, q: Quantity) -> bool:
    """Whether the words right before a count make it a part of what was counted: "among the dead were"."""
    before = fact.text[max(0, q.start - fact.start - AMONG_REACH) : q.start - fact.start].rstrip()
    return pattern("tolls", "among").search(before) is not None
