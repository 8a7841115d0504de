"""Two holders of one place at one time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import stem
from svidok.events.findings.holding import HELD_AFTER_DAYS, PART, Hold, emptied, holds_of
from svidok.events.findings.vocabulary import vague_actors
from svidok.records import Finding, Quotation

__all__ = ["check", "takings"]

_TAKES = re.compile(
    r"\b(?:took|captured|seized|entered and took|occupied|liberated|recaptured|retook|overran|freed|regained|"
    r"capture of|(?:full |complete )?control (?:of|over))\s+(?:the\s+)?(?:\w+\s+){0,3}?$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_MEN = frozenset(stem(word) for word in ("soldier", "man", "men", "troop", "fighter", "single", "one"))
"""What those who are gone are called, whoever they were."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Holds of one place by different sides whose days are the same."""
    taken: dict[int, list[Hold]] = {}
    for hold in takings(dossier):
        taken.setdefault(id(hold.fact), []).append(hold)
    told_of = [h for f in dossier.facts for h in (*holds_of(dossier, f), *taken.get(id(f), ()))]
    gone = [h for f in dossier.facts for h in emptied(dossier, f)]
    yield from _not_gone(dossier, told_of, gone)
    by_place: dict[str, list[Hold]] = {}
    for hold in (*told_of, *_ours_then(told_of, gone)):
        for key in sorted(hold.site.keys):
            by_place.setdefault(key, []).append(hold)
    told: set[tuple[tuple[str, int], tuple[str, int]]] = set()
    for key in sorted(by_place):
        holds = sorted(by_place[key], key=lambda h: (h.low, h.high, h.fact.document, h.fact.start, h.name))
        for index, one in enumerate(holds):
            for two in holds[index + 1 : index + 60]:
                pair = ((one.fact.document, one.fact.start), (two.fact.document, two.fact.start))
                if pair not in told and _clash(dossier, one, two):
                    told.add(pair)
                    yield _finding(one, two, dossier)


def _not_gone(dossier: Dossier, holds: Sequence[Hold], gone: Sequence[Hold]) -> Iterator[Finding]:
    """Those who hold a place on a day on which it is told to be empty of them."""
    for none in gone:
        held = next((h for h in holds if _still_in(dossier, none, h)), None)
        if held is not None:
            yield Finding(
                "control",
                "high",
                f"{held.site.name} is said to be held by {held.name}, and to be empty of them then.",
                (dossier.words(held.fact, f"held by {held.name}"), dossier.words(none.fact, "empty of them")),
            )


def _still_in(dossier: Dossier, none: Hold, held: Hold) -> bool:
    """Whether those who are told to be gone are told to hold the place, by name or by their own voice."""
    if none.fact.document == held.fact.document or not none.site.keys & held.site.keys:
        return False
    if none.part or held.part or none.low > held.high or held.low > none.high:
        return False
    if none.side and held.side:
        return none.side == held.side
    source = dossier.by_document[held.fact.document].document.source
    voice = frozenset(stem(w) for w in _WORD.findall(source.name)) if source else frozenset()
    named = none.who - _MEN
    return bool(named and (named <= voice or (named & held.who) - vague_actors()))


def _ours_then(holds: Sequence[Hold], gone: Sequence[Hold]) -> Iterator[Hold]:
    """A place that is "ours" is so on the day on which the same report tells that the others were gone."""
    for none in gone:
        for held in holds:
            if held.ours and held.fact.document == none.fact.document and held.site.keys & none.site.keys:
                yield replace(held, low=none.low, high=none.high, fact=none.fact)


def _clash(dossier: Dossier, one: Hold, two: Hold) -> bool:
    if one.part != two.part or (one.part and one.fact.objects != two.fact.objects):
        return False
    if one.side and two.side:
        differ = one.side != two.side
    elif one.camp and two.camp:
        differ = one.camp != two.camp
    elif one.side or two.side:  # "the army" can be that of the side that the other names
        named, nameless = (one, two) if one.side else (two, one)
        theirs = named.state and not nameless.who - vague_actors()
        differ = not theirs and not one.who & two.who and bool(one.who) and bool(two.who)
        differ = differ or (nameless.ours and named.side in _told_of(dossier, nameless, named))
    else:
        differ = not one.who & two.who and bool(one.who) and bool(two.who)
    return differ and one.low <= two.high and two.low <= one.high


def _told_of(dossier: Dossier, ours: Hold, theirs: Hold) -> frozenset[str]:
    """The sides that one who says "we" speaks of as others, held against what another report tells."""
    if ours.fact.document == theirs.fact.document:
        return frozenset()
    return frozenset(a.side for a in dossier.by_document[ours.fact.document].actors if a.side)


def takings(dossier: Dossier) -> Iterator[Hold]:
    """What one side took on a day it holds for the next two, unless another takes it meanwhile."""
    found = []
    for fact in dossier.facts:
        if not fact.real or not fact.dated or fact.low is None or fact.low != fact.high:
            continue
        for claim in (dossier.claims[c] for c in fact.claims):
            sides = sorted({a.side for a in claim.actors if a.side})
            if claim.type != "capture" or claim.polarity == "negated" or len(sides) != 1:
                continue
            for site in fact.sites:
                taken = fact.text[max(0, site.start - fact.start - 40) : site.start - fact.start]
                if site.place is not None and _TAKES.search(taken) and not PART.search(taken):
                    days = (fact.low + 1, fact.low + HELD_AFTER_DAYS)
                    found.append(Hold(site, sides[0], sides[0], frozenset(), *days, fact, frozenset()))
    near: dict[str, list[Hold]] = {}
    for hold in found:
        for key in hold.site.keys:
            near.setdefault(key, []).append(hold)
    for hold in found:
        others = (o for key in hold.site.keys for o in near[key] if o.side != hold.side)
        if not any(hold.low - 1 <= o.low - 1 <= hold.high for o in others):
            yield hold


def _finding(one: Hold, two: Hold, dossier: Dossier) -> Finding:
    def words(hold: Hold) -> Quotation:
        return dossier.words(hold.fact, f"held by {hold.name}")

    return Finding(
        "control",
        "high",
        f"{one.site.name} is said to be held by {one.name} and by {two.name} at the same time.",
        (words(one), words(two)),
    )
