"""Different counts for one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.apart import places_apart
from svidok.events.atoms import place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.elsewhere import elsewhere
from svidok.events.findings.facts import Fact
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import capitalised, number, subject
from svidok.events.findings.scope import of_two_wholes
from svidok.events.findings.similar import (
    alike,
    contrasted,
    disjoint,
    in_other_lands,
    same_spot,
    spots_apart,
)
from svidok.events.findings.vocabulary import counts_on, objects_of, pattern
from svidok.records import Finding, Place, Quantity

__all__ = ["candidates", "check", "clash", "counted_range", "other_counts", "partial", "same_thing"]

_TOWNS = frozenset({"settlement", "facility"})
_SKIPPED = frozenset(
    {"share", "duration", "money", "time", "age", "temperature", "rank", "ordinal", "percent"}
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Counts of one thing in one happening that cannot all be true."""
    for a, b, q, r in candidates(dossier):
        crew = _one_crew(a, b, q, r)
        if not (
            crew or _one_happening(a, b) or same_happening(a, b, "quantity", reports=len(dossier.readings))
        ):
            continue
        left, right = number(q), number(r)
        yield Finding(
            "quantity",
            "medium",
            f"{capitalised(subject(a, b))} is told with {left} in one place and with {right} in another.",
            (dossier.words(a, left), dossier.words(b, right)),
            f"{abs((q.low or q.high or 0) - (r.low or r.high or 0)):.15g}",
        )


def candidates(dossier: Dossier) -> Iterator[tuple[Fact, Fact, Quantity, Quantity]]:
    """Pairs of facts told as done whose counts of one thing exclude each other."""
    for a, b in dossier.pairs:
        if not (a.quantities and b.quantities and a.real and b.real):
            continue
        if (a.sentence == b.sentence and a.document == b.document) or (
            disjoint(a, b) and a.dated and b.dated
        ):
            continue
        if spots_apart(a, b) is not None or in_other_lands(a, b):
            continue
        if _updates(a) or _updates(b) or contrasted(a, b):
            continue
        if _grows(a, b) or _spread(a) != _spread(b):
            continue
        found = _worst(a, b)
        if found is None or ((_other_spots(a, b) or elsewhere(a, b)) and not _one_crew(a, b, *found)):
            continue
        if of_two_wholes(a, found[0], b, found[1]):
            continue
        if not (_of_unit(a, found[0], b) or _of_unit(b, found[1], a)):
            yield a, b, *found


_ITS_OWN = re.compile(
    r"\b(?:of|from)\s+(?:her|its)\s+(?:[\w’'-]+\s+)?(?:crew|company|hands|complement|passengers|garrison|men)\b"
)


def _one_crew(a: Fact, b: Fact, q: Quantity, r: Quantity) -> bool:
    """Whether one report counts what befell "her crew" twice, on one day, wherever the sentence plays."""
    if a.document != b.document or a.low is None or (a.low, a.high) != (b.low, b.high) or q.fate != r.fate:
        return False
    return all(_ITS_OWN.search(f.text, max(0, n.start - f.start)) for f, n in ((a, q), (b, r)))


_UNIT = re.compile(
    r"\s+(?:men\s+)?(?:of|from)\s+(?:the|our)\s+(?P<unit>(?:\d+(?:st|nd|rd|th)|[^\W\d_a-z][\w’'-]+)(?:\s+[^\W\d_a-z][\w’'-]+)?)\s+"
    r"(?:[Bb]rigade|[Rr]egiment|[Bb]attalion|[Dd]ivision|[Cc]ompany|[Ss]quadron|[Cc]orps)\b"
)


def _of_unit(fact: Fact, q: Quantity, other: Fact) -> bool:
    """Whether a count is only of one unit's men, whom the other account does not name."""
    unit = _UNIT.match(fact.text, max(0, q.end - fact.start))
    return unit is not None and unit["unit"] not in other.text


UPDATE_REACH = 60
"""Characters between a count and a word that makes it a newer one."""


def _updates(fact: Fact) -> bool:
    """Whether a fact says that it gives a newer count."""
    words = [
        (m.start() + fact.start, m.end() + fact.start)
        for m in pattern("patterns", "update").finditer(fact.text)
    ]
    return any(
        q.start - UPDATE_REACH <= end and start <= q.end + UPDATE_REACH
        for start, end in words
        for q in fact.quantities
    )


def _grows(a: Fact, b: Fact) -> bool:
    """Whether both count from one day on, told on two days, or only one does and the other counts a span."""
    since = [counts_on(f.text) for f in (a, b)]
    if all(since):
        return a.published != b.published
    return any(since) and pattern("patterns", "daily").search((b if since[0] else a).text) is not None


def _other_spots(a: Fact, b: Fact) -> bool:
    """Whether both name a town or village, neither one of the other's, and they share no proper name."""
    regions = [{place_key(p) for p in f.places if p.kind == "region"} for f in (a, b)]
    if regions[0] and regions[1] and not regions[0] & regions[1]:
        return True
    if same_spot(a, b) or a.anchors & b.anchors:
        return False
    return all(any(s.place is None or s.place.kind in _TOWNS for s in f.sites) for f in (a, b))


def _spread(fact: Fact) -> bool:
    """Whether a fact tells of two towns or more far apart: its counts are of all of them."""
    spots = [
        p
        for p in fact.places
        if p.lat is not None and p.kind in {"settlement", "facility"} and not _goal(fact, p)
    ]
    return any(places_apart(p, q)[0] == "apart" for p in spots for q in spots)


_GOAL = re.compile(
    r"\b(?:bound|heading|headed|leaving|left|leave|made) for (?:the )?$|\b(?:to|towards?|into) (?:the )?$"
)


def _goal(fact: Fact, place: Place) -> bool:
    """Whether a place is only where those counted go: "left Harasta, bound for Idlib"."""
    return _GOAL.search(fact.text[: max(0, place.start - fact.start)]) is not None


def _one_happening(a: Fact, b: Fact) -> bool:
    if (
        not a.concepts & b.concepts
        or spots_apart(a, b) is not None
        or (disjoint(a, b) and a.dated and b.dated)
    ):
        return False
    if a.sides and b.sides and not a.sides & b.sides and a.target_sides and b.target_sides:
        return False
    score = alike(a, b)
    dated = a.dated and b.dated and not disjoint(a, b)
    placed = same_spot(a, b)
    known = a.low is not None and b.low is not None
    if placed and known and a.low == b.low and a.high == b.high and a.anchors & b.anchors:
        return score >= 0.2
    if placed and (dated or known or a.objects & b.objects):
        return score >= 0.34
    if placed or a.anchors & b.anchors:
        return score >= 0.5
    return dated and score >= 0.7


def _worst(a: Fact, b: Fact) -> tuple[Quantity, Quantity] | None:
    """The clash of the most central counts, if no count of the same thing agrees."""
    clashes = []
    for q in a.quantities:
        for r in b.quantities:
            if not same_thing(q, r) or _total(a, q) != _total(b, r):
                continue
            if None not in (a.high, b.high) and a.low is None and b.low is None and a.high != b.high:
                continue
            if _total(a, q) and (a.high is None or b.high is None or a.high != b.high):
                continue
            if not clash(q, r):
                return None
            if not (partial(a, q) or partial(b, r)):
                clashes.append((q, r))
    return clashes[0] if clashes else None


def other_counts(a: Fact, b: Fact) -> bool:
    """Whether two facts count people of one fate differently: with other dates, other happenings.

    A town shelled twice has two tolls; one happening told with two dates has, mostly, one.
    """
    pairs = [
        (q, r)
        for q in a.quantities
        for r in b.quantities
        if q.kind == r.kind == "people" and _deadly(a, q) and _deadly(b, r)
    ]
    return bool(pairs) and all(clash(q, r) for q, r in pairs)


def _deadly(fact: Fact, q: Quantity) -> bool:
    """Whether a count is of the killed or wounded, by its fate or by all that its fact tells."""
    return not partial(fact, q) and (q.fate in {"killed", "wounded"} or "kill" in fact.concepts)


def _total(fact: Fact, q: Quantity) -> bool:
    """Whether a count is of all the war so far."""
    return bool(q.cumulative) and counts_on(fact.text)


def _fate(q: Quantity) -> str | None:
    """ "Lost their lives" is killed; a thing that is lost is destroyed."""
    if q.fate == "lost" and q.kind == "people" and q.what in {None, "person"}:
        return "killed"
    return "destroyed" if q.fate == "lost" and q.kind in {"equipment", "places"} else q.fate


def same_thing(q: Quantity, r: Quantity) -> bool:
    """Whether two counts are of one kind of thing that met one fate."""
    if q.kind != r.kind or (q.kind or "") in _SKIPPED:
        return False
    if q.fate and r.fate and _fate(q) != _fate(r):
        return False
    if _kin(q) != _kin(r) and not _kin(q) & _kin(r) and not _any_kin(q, r):
        return False
    if q.kind is None and q.what != r.what and not (objects_of(q.text) and objects_of(r.text)):
        return False
    if q.what == r.what:
        return q.what is not None
    people = {"person", "people", "civilian", "man", "resident", "victim", None}
    return bool(q.fate and r.fate) and q.kind == "people" and q.what in people and r.what in people


def _any_kin(q: Quantity, r: Quantity) -> bool:
    """Whether counts of one fate need no further words in common: things, of which one names an owner."""
    return q.kind == "equipment" and bool(q.fate) and _fate(q) == _fate(r) and not (_kin(q) and _kin(r))


def _kin(q: Quantity) -> frozenset[str]:
    """What narrows a count: the sex, age, or nation that its words name ("11 Americans", "nine women")."""
    from svidok.atlas.actors import load_actors

    words = re.findall(r"[^\W\d_][\w’'-]+", q.text)
    narrow = {m.group(0).casefold() for m in pattern("counts", "narrow").finditer(q.text)}
    narrow = {w for w in narrow if not pattern("counts", "roles").fullmatch(w)}
    if q.fate in {"captured", "rescued"} or q.what == "soldier":
        narrow -= {"men", "man"}
    owners = (load_actors().demonym(w) for w in words if w[0].isupper())
    return frozenset(narrow | {o.name for o in owners if o is not None})


def clash(q: Quantity, r: Quantity) -> bool:
    """Whether two counts of one thing exclude each other, roundness and bounds allowed for.

    "At least 60" agrees with 112; "about 91,000" with 90,000; 94 not with 60.
    """
    (low_q, high_q), (low_r, high_r) = counted_range(q), counted_range(r)
    return high_q < low_r or high_r < low_q


def counted_range(q: Quantity) -> tuple[float, float]:
    """The least and the most that a count can mean, roundness and bounds allowed for."""
    low = q.low if q.low is not None else float("-inf")
    high = q.high if q.high is not None else float("inf")
    if q.bound == "at_least":
        high = float("inf")
    elif q.bound == "at_most":
        low = float("-inf")
    elif q.bound == "about" or (q.bound == "exact" and low == high and _round(low)):
        slack = 0.15 if q.bound == "about" else 0.05
        low, high = low * (1 - slack), high * (1 + slack)
    return low, high


def _round(value: float) -> bool:
    """A count with one or two leading digits and zeros after, 1000 or more, is likely rounded."""
    return value >= 1000 and value % 10 ** (len(str(int(value))) - 2) == 0


def partial(fact: Fact, q: Quantity) -> bool:
    """Whether a count is of a part only ("among them 23 children")."""
    before = fact.text[: max(0, q.start - fact.start)][-40:]
    after = fact.text[max(0, q.end - fact.start) :]
    return pattern("patterns", "part_before").search(before) is not None or _OF_THEM.match(after) is not None


_OF_THEM = re.compile(
    r"\s*(?:(?:more|others?|of (?:them|whom|these|those))\b|"
    r"[^.;:]{0,40}?\b(?:from|of) (?:this|our|the) (?:parish|village|town|street|school|family|county)\b)",
    re.IGNORECASE,
)
