"""Two lengths of one thing that is spoken of as "the" thing: a convoy of 64 km, and of 27."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.quantity import counted_range
from svidok.events.findings.say import number, where
from svidok.events.findings.similar import contrasted, spots_apart
from svidok.events.findings.vocabulary import objects_of, pattern, tables
from svidok.records import Finding, Quantity

__all__ = ["check"]

REACH = 2
"""Stretches back to which a length without its thing can belong: "it stretches for 50 km"."""
NEAR_DAYS = 45
"""Reports farther apart than this, in what they date or in publication, may mean another thing."""


@dataclass(frozen=True, slots=True)
class _Extent:
    """A thing, its length in the words of the text, and the fact that gives it."""

    thing: str
    length: Quantity
    fact: Fact


def check(dossier: Dossier) -> Iterator[Finding]:
    """Lengths of one thing that exclude each other; each is held against the one that most facts give."""
    told = [e for r in dossier.readings for e in _extents(dossier.of_document(r.document.id))]
    for thing in sorted({e.thing for e in told}):
        of_thing = [e for e in told if e.thing == thing]
        votes = Counter(_point(e.length) for e in of_thing)
        usual = max(
            of_thing, key=lambda e: (votes[_point(e.length)], e.length.bound == "exact", not _mile(e.length))
        )
        seen: set[int] = set()
        for other in of_thing:
            if _point(other.length) not in seen and _apart(usual.length, other.length) and _one(usual, other):
                seen.add(_point(other.length))
                yield _finding(dossier, usual, other)


def _mile(q: Quantity) -> bool:
    return (q.what or q.unit or "").startswith("mi")


def _point(q: Quantity) -> int:
    """A length in whole km, as it is told."""
    return round((q.low or 0.0) * (KM_IN_MILE if _mile(q) else 1.0))


def _extents(facts: Sequence[Fact]) -> Iterator[_Extent]:
    for index, fact in enumerate(facts):
        for q in fact.quantities:
            if q.kind != "distance" or q.low is None or not fact.real:
                continue
            thing = _measured(fact, q, facts[max(0, index - REACH) : index])
            if thing is not None:
                yield _Extent(thing, q, fact)


def _measured(fact: Fact, q: Quantity, before: Sequence[Fact]) -> str | None:
    """The thing whose length a quantity is, by the words on either side of it."""
    start, end = q.start - fact.start, q.end - fact.start
    if start < 0 or _long().search(fact.text[max(0, start - 40) : start]) or _after().match(fact.text, end):
        own = objects_of(fact.text) or frozenset(o for f in before for o in f.objects)
        return next(iter(sorted(own & _things())), None)
    return None


@lru_cache(maxsize=1)
def _things() -> frozenset[str]:
    return frozenset(tables()["extents"]["things"])


@lru_cache(maxsize=1)
def _long() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(tables()['extents']['before'])})\s+(?:\w+\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?:{'|'.join(tables()['extents']['after'])})\b", re.IGNORECASE)


KM_IN_MILE = 1.609344
MILE_SLACK = 0.1
"""A length in miles is told in kilometres, or the other way, in round numbers."""


def _km(q: Quantity) -> tuple[float, float]:
    """The least and the most that a length can mean, in km."""
    low, high = counted_range(q)
    if _mile(q):
        return low * KM_IN_MILE * (1 - MILE_SLACK), high * KM_IN_MILE * (1 + MILE_SLACK)
    return low, high


def _apart(q: Quantity, r: Quantity) -> bool:
    (low_q, high_q), (low_r, high_r) = _km(q), _km(r)
    return high_q < low_r or high_r < low_q


def _one(a: _Extent, b: _Extent) -> bool:
    """Whether nothing tells that two things of one kind are meant, or that one length was put right."""
    if any(pattern("patterns", "update").search(e.fact.text) for e in (a, b)):
        return False
    if contrasted(a.fact, b.fact) or spots_apart(a.fact, b.fact) is not None:
        return False
    if a.fact.keys and b.fact.keys and not a.fact.keys & b.fact.keys and a.fact.document != b.fact.document:
        return False
    days = [f.low if f.dated and f.low is not None else f.published for f in (a.fact, b.fact)]
    return None in days or abs((days[0] or 0) - (days[1] or 0)) <= NEAR_DAYS


def _finding(dossier: Dossier, usual: _Extent, other: _Extent) -> Finding:
    place = where(usual.fact) or where(other.fact)
    left, right = number(usual.length), number(other.length)
    return Finding(
        "quantity",
        "medium",
        f"The {usual.thing}{f' at {place}' if place else ''} is told with {left} in one place and with "
        f"{right} in another.",
        (dossier.words(usual.fact, left), dossier.words(other.fact, right)),
        f"{abs((usual.length.low or 0) - (other.length.low or 0)):.15g} {usual.length.what or ''}".strip(),
    )
