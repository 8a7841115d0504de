"""Two places for one happening."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache

from svidok.events.apart import places_apart
from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import where
from svidok.events.findings.similar import (
    alike,
    contrasted,
    disjoint,
    namesakes,
    one_day,
    one_person,
    spots_apart,
)
from svidok.events.findings.sites import Site
from svidok.events.findings.spellings import unlike
from svidok.events.findings.vocabulary import pattern
from svidok.events.findings.whereabouts import Whereabouts, only_passed, told_at
from svidok.records import Finding

__all__ = ["candidates", "check"]

LEAST_KM = 25.0


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts of one happening, by name and day, that stand at places far apart."""
    for a, b, km in candidates(dossier):
        if not (_one_happening(a, b) or same_happening(a, b, "place", reports=len(dossier.readings))):
            continue
        left, right = where(a) or "?", where(b) or "?"
        yield Finding(
            "place",
            "medium",
            f"One happening is put at {left} in one place and at {right} in another.",
            (dossier.words(a, left), dossier.words(b, right)),
            None if math.isnan(km) else f"{km:.0f} km",
        )
    for a, b in _elsewhere(dossier):
        left, right = (", ".join(sorted(told_at(f).names)).title() for f in (a, b))
        yield Finding(
            "place",
            "medium",
            f"One happening is put at {left} in one place and at {right} in another.",
            (dossier.words(a, left), dossier.words(b, right)),
        )


def _elsewhere(dossier: Dossier) -> Iterator[tuple[Fact, Fact]]:
    """Pairs that tell of one deed on one day, each at a spot and place of its own name, near or far."""
    for a, b in dossier.pairs:
        if a.document == b.document or not (a.real and b.real and one_day(a, b)):
            continue
        if (_one_fate(a, b) or _one_deed(a, b)) and _two_spots(told_at(a), told_at(b)):
            yield a, b


_FATES = frozenset({"kill", "loss", "hurt", "detain", "capture", "deal", "release", "found"})


def _one_fate(a: Fact, b: Fact) -> bool:
    """Whether one thing befell one person in both; the wounded can die elsewhere."""
    shared = (a.concepts & b.concepts) - a.denied - b.denied
    if not (a.people & b.people and shared & _FATES) or namesakes(a, b):
        return False
    if contrasted(a, b) and not shared & {"kill", "loss"}:  # nobody dies twice
        return False
    return shared != {"loss"} or ("hurt" in a.concepts) == ("hurt" in b.concepts)


def _one_deed(a: Fact, b: Fact) -> bool:
    """Whether two stretches tell of one deed in the same words, on a thing that they point at as known."""
    shared = a.own & b.own
    if contrasted(a, b) or not (a.concepts & b.concepts) - a.denied - b.denied or len(shared) < DEED_WORDS:
        return False
    return alike(a, b) >= SAME_DEED and all(_KNOWN.match(f.text) for f in (a, b))


DEED_WORDS, SAME_DEED = 3, 0.5
"""Content words that two stretches share, and how alike they are, when they tell of one deed."""
_KNOWN = re.compile(r"\W*(?:On [^,]{3,30}?,?\s+)?(?:[Tt]he|[Hh]is|[Hh]er|[Oo]ur|[Ww]e|[Tt]heir|[Mm]y)\s")


def _two_spots(one: Whereabouts, two: Whereabouts) -> bool:
    """Whether each names a place of its own, and the spots differ, or one place lies away from the other."""
    if not (one.names and two.names) or any(p in q or q in p for p in one.names for q in two.names):
        return False
    if any(
        name in other
        for mine, theirs in ((one, two), (two, one))
        for name in mine.names
        for other in theirs.apart
    ):
        return True
    return bool(one.spots and two.spots and not one.spots & two.spots)


def candidates(dossier: Dossier) -> Iterator[tuple[Fact, Fact, float]]:
    """Pairs of facts told as done at places far apart, and the km between them."""
    for a, b in dossier.pairs:
        if not (a.real and b.real) or disjoint(a, b) or not (_few(a) and _few(b)):
            continue
        if only_passed(a) or only_passed(b) or (one_person(a, b) and _until(a) != _until(b)):
            continue
        if a.document == b.document and a.sentence == b.sentence:
            continue
        km = _km(a, b) if _one_matter(a, b) else None
        if km is not None and not (_beside(dossier, a, b) or _beside(dossier, b, a)):
            yield a, b, km


def _until(fact: Fact) -> bool:
    """Whether only the last of its days is told: he "lived until 1891"."""
    return fact.dated and fact.low is None


def _beside(dossier: Dossier, a: Fact, b: Fact) -> bool:
    """Whether the sentence of one clause names the place of the other, and so tells both apart."""
    if a.document == b.document:
        return False
    names = (re.escape(fold(s.name)) for s in b.sites)
    whole, own = fold(dossier.sentence(a).text), fold(a.text)
    named = (re.compile(rf"(?<!\w){name}(?!\w)") for name in names)
    return any(name.search(whole) and not name.search(own) for name in named)


def _one_matter(a: Fact, b: Fact) -> bool:
    """Whether something besides the verb and the day ties two facts: a name, a thing or a count."""
    if a.objects and b.objects:
        return bool(a.objects & b.objects)
    counts = {(q.what, q.low) for q in a.quantities} & {(q.what, q.low) for q in b.quantities}
    if counts or a.anchors & b.anchors or len(a.own & b.own) >= NAMELESS_WORDS:
        return True
    return _one_death(a, b) or (one_day(a, b) and len(a.report_names & b.report_names) >= NAMES_OF_REPORTS)


NAMES_OF_REPORTS = 2
"""Names that two reports share, from which what both tell of one day can be one happening."""


def _one_death(a: Fact, b: Fact) -> bool:
    """Whether each tells how one person died on one day, and no two names tell two persons."""
    if not (one_day(a, b) and "kill" in a.concepts & b.concepts):
        return False
    return bool(a.people & b.people) or bool(_HIM.search(a.text) and _HIM.search(b.text))


_HIM = re.compile(r"\b(?:he|she) (?:was|had been|fell|died|met|is)\b", re.IGNORECASE)


NAMELESS_WORDS = 4
"""Content words that two facts share, from which they can be one happening without a name."""


def _km(a: Fact, b: Fact) -> float | None:
    """Km between the places of two facts when they are far apart; of one person's death, two towns are.

    Not a number where a gazetteer knows only one of two names that are quite unlike.
    """
    km = spots_apart(a, b)
    if km is not None:
        return km if km >= LEAST_KM else None
    if _named_apart(a, b):
        return math.nan
    if not (one_person(a, b) and "kill" in a.concepts & b.concepts and a.spot and b.spot):
        return None
    how, near = places_apart(a.spot, b.spot)
    return near if how == "beside" else None


def _named_apart(a: Fact, b: Fact) -> bool:
    """Whether each stands at one place by its name, of which one is on no map, and the names are unlike."""
    if len(a.sites) != 1 or len(b.sites) != 1:
        return False
    one, two = a.sites[0], b.sites[0]
    if (
        (one.located and two.located)
        or one.keys & two.keys
        or any(s.place and s.place.kind in _WIDE for s in (one, two))
    ):
        return False
    if _roughly(a, one) or _roughly(b, two):
        return False
    return unlike(fold(one.name), fold(two.name))


def _roughly(fact: Fact, site: Site) -> bool:
    """Whether a name only tells the ground about: "near Aleppo", "in the Aleppo countryside"."""
    start, end = site.start - fact.start, site.end - fact.start
    if start < 0:
        return True
    return bool(_around().search(fact.text[:start]) or _area().match(fact.text, end))


@lru_cache(maxsize=1)
def _around() -> re.Pattern[str]:
    return re.compile(rf"{pattern('places', 'around').pattern}\s+(?:the\s+)?$", re.IGNORECASE)


@lru_cache(maxsize=1)
def _area() -> re.Pattern[str]:
    return re.compile(rf"['’]?s?\s+{pattern('places', 'area').pattern}", re.IGNORECASE)


_WIDE = frozenset({"region", "country", "water"})


def _few(fact: Fact) -> bool:
    return sum(p.kind != "country" for p in fact.places) <= 2


def _one_happening(a: Fact, b: Fact) -> bool:
    if a.document == b.document and a.sentence == b.sentence:
        return False
    if (
        not (a.concepts & b.concepts) - a.denied - b.denied
        or contrasted(a, b)
        or not (a.dated and b.dated)
        or disjoint(a, b)
    ):
        return False
    if _width(a) > 31 or _width(b) > 31 or len(a.places) > 2 or len(b.places) > 2:
        return False
    names = a.anchors & b.anchors
    counts = {(q.what, q.low) for q in a.quantities if q.low == q.high and q.low} & {
        (q.what, q.low) for q in b.quantities if q.low == q.high and q.low
    }
    score = alike(a, b)
    return (score >= 0.5 and (bool(names) or bool(counts))) or score >= 0.75


def _width(fact: Fact) -> float:
    return float("inf") if fact.low is None or fact.high is None else fact.high - fact.low
