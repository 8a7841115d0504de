"""Whether two facts can be accounts of one happening, leaving aside the point on which they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from svidok.events.apart import places_apart
from svidok.events.atoms import fold, place_key
from svidok.events.findings.facts import Fact
from svidok.events.findings.vocabulary import objects_of
from svidok.records import Place

__all__ = [
    "alike",
    "another_one",
    "apart_days",
    "clearly_apart",
    "disjoint",
    "in_other_lands",
    "namesakes",
    "one_day",
    "one_person",
    "other_scope",
    "pairs",
    "same_spot",
    "spots_apart",
]

LENT_DAYS = 7
"""Days by which two facts may differ that have their day only from their report or scene."""
FEW_FACTS = 120
"""Up to so many facts, what is denied is held against all that uses the same verb, wherever it plays."""
CROWD = 60
"""Blocks with more facts than this are not compared all with all, only with their nearest."""


def apart_days(a: Fact, b: Fact) -> int:
    """Days between two intervals, 0 when they touch or either is open on that side."""
    if a.high is not None and b.low is not None and a.high < b.low:
        return b.low - a.high
    if b.high is not None and a.low is not None and b.high < a.low:
        return a.low - b.high
    return 0


def disjoint(a: Fact, b: Fact) -> bool:
    """Whether both facts are dated and their intervals do not touch."""
    return apart_days(a, b) > 0


def clearly_apart(a: Fact, b: Fact) -> bool:
    """Whether two facts are dated apart by their words, or long apart by those of their reports."""
    days = apart_days(a, b)
    return days > (0 if a.dated and b.dated else LENT_DAYS)


def same_spot(a: Fact, b: Fact) -> bool:
    """Whether two facts name one place (or near points) among their places."""
    if a.keys & b.keys:
        return True
    return any(
        places_apart(p, q)[0] in {"same", "near"}
        for p in a.places
        for q in b.places
        if (p.kind != "country" and q.kind != "country") or (p.radius_km or 999.0) < 60
    )


def spots_apart(a: Fact, b: Fact) -> float | None:
    """Km between the nearest places of two facts when all of them are plainly different, else None."""
    nearest: float | None = None
    if a.keys & b.keys:
        return None
    for p in a.narrow:
        for q in b.narrow:
            how, km = places_apart(p, q)
            if how != "apart" or km is None or _one_ship(p, q):
                return None
            nearest = km if nearest is None else min(nearest, km)
    return nearest


def in_other_lands(a: Fact, b: Fact) -> bool:
    """Whether two facts tell each of its own land to which their town of one name belongs."""
    return bool(a.narrow and b.narrow) and all(
        _tells_land(fact, place, other)
        for one, two in ((p, q) for p in a.narrow for q in b.narrow)
        for fact, place, other in ((a, one, two), (b, two, one))
    )


def _tells_land(fact: Fact, place: Place, other: Place) -> bool:
    """Whether a fact's words name a land of a place that is none of the other's."""
    words = fold(fact.text)
    firsts = (fold(land).split()[0] for land in place.within if land not in other.within)
    return any(first in words and first not in fold(place.text) for first in firsts)


def _one_ship(p: Place, q: Place) -> bool:
    """Whether two mentions are one name that names a thing (a ship, a general), wherever each was put."""
    return fold(p.text) == fold(q.text) and bool(objects_of(p.text))


def alike(a: Fact, b: Fact) -> float:
    """How much of the smaller fact's content stands in the other, 0 to 1; proper names weigh double.

    Of two sentences of one scene only their own words count. A thing that both speak of (a bridge, a
    convoy) adds a fifth.
    """

    def weight(tokens: frozenset[str], names: frozenset[str]) -> float:
        return len(tokens) + len(tokens & names)

    names = a.anchors | b.anchors
    one_scene = a.document == b.document and a.scene == b.scene
    left, right = (a.own, b.own) if one_scene else (a.tokens, b.tokens)
    smaller = min(weight(left, names), weight(right, names))
    thing = 0.2 if a.objects & b.objects and not one_scene else 0.0
    return min(1.0, thing + weight(left & right, names) / max(3.0, smaller))


def contrasted(a: Fact, b: Fact) -> bool:
    """Whether either says that it is another one of its kind, or only one speaks of a whole region."""
    return other_scope(a, b) or another_one(a, b)


def other_scope(a: Fact, b: Fact) -> bool:
    """Whether only one speaks of a whole region, or counts over a month where the other tells of a day."""
    return a.region_wide != b.region_wide or a.of_spell != b.of_spell


def another_one(a: Fact, b: Fact) -> bool:
    """Whether either says that it tells of another happening of its kind."""
    return a.another or b.another


def one_day(a: Fact, b: Fact) -> bool:
    """Whether the words of both date them to one and the same day."""
    return a.dated and b.dated and a.low is not None and a.low == a.high == b.low == b.high


def one_person(a: Fact, b: Fact) -> bool:
    """Whether both facts befell a person of one name."""
    return bool(a.people & b.people)


def namesakes(a: Fact, b: Fact) -> bool:
    """Whether two facts tell of two persons of one family name: "Patrick Pearse" and "Pearse, Willie"."""
    for family in a.anchors & b.anchors:
        one, two = a.given.get(family), b.given.get(family)
        if one and two and not any(p.startswith(q) or q.startswith(p) for p in one for q in two):
            return True
    return False


def _keys(fact: Fact) -> list[str]:
    """Blocks: one place, one proper name, one day or one thing on one day; or near in one report."""
    keys = [f"@{place_key(p)}" for p in fact.places if _local(p)]
    keys += [f"@{k}" for k in sorted(fact.keys)]
    keys += [f"{c}|@{place_key(p)}" for c in sorted(fact.concepts) for p in fact.places if _local(p)]
    keys += [f"{c}|@{k}" for c in sorted(fact.concepts) for k in sorted(fact.keys)]
    keys += [f"not|{k}|{w}" for k in sorted(fact.keys) for w in sorted(fact.denied_words or fact.tokens)]
    near = (fact.sentence // 3, (fact.sentence + 1) // 3)
    keys += [f"{c}|~{fact.document}:{n}" for c in sorted(fact.concepts) for n in sorted(set(near))]
    keys += [f"#{a}" for a in sorted(fact.anchors)]
    keys += [f"{o}|{c}" for o in sorted(fact.objects) for c in sorted(fact.concepts)]
    if fact.low is not None and fact.high is not None and fact.high - fact.low <= 1:
        keys.append(f"={fact.low}")
        keys += [f"{c}|={fact.low}" for c in sorted(fact.concepts)]
    return keys


def _local(place: Place) -> bool:
    return place.kind not in {"country"}


def pairs(facts: Sequence[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that share a concept and a place or a proper name, each once, in a fixed order."""
    blocks: dict[str, list[int]] = {}
    few = len(facts) <= FEW_FACTS
    denied = frozenset().union(*(f.denied_words for f in facts)) if few else frozenset()
    for index, fact in enumerate(facts):
        for word in sorted(denied & (fact.tokens | fact.denied_words)):
            blocks.setdefault(f"!{word}", []).append(index)
        for key in _keys(fact):
            blocks.setdefault(key, []).append(index)
    seen: set[int] = set()
    for key in sorted(blocks):
        members = sorted(set(blocks[key]))
        if len(members) > CROWD:
            near = ((i, j) for at, i in enumerate(members) for j in members[at + 1 : at + 6])
        else:
            near = combinations(members, 2)  # type: ignore[assignment]
        for i, j in near:
            pair = i * len(facts) + j
            if pair not in seen:
                seen.add(pair)
                yield facts[i], facts[j]
