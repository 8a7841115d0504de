"""Claims seen in their scene: what a clause leaves unsaid, the sentences before it may have told.

"Five people were killed" names no place and no day; the sentence before did. Joining claims needs the
scene; the claims themselves stay as the text gives them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from svidok.events.atoms import Atom, place_key
from svidok.events.findings.facts import Fact, facts_of, stem
from svidok.events.findings.vocabulary import concepts_of_words, pattern
from svidok.records import Offsets, Place, Reading

__all__ = ["situated"]


def situated(atoms: Sequence[Atom], readings: Iterable[Reading]) -> tuple[Atom, ...]:
    """Atoms with the things and names that their stretch of text speaks of, and with a place and a day
    lent by the scene where their own words give none; in the same order.

    Args:
        atoms: from ``expand`` over the same readings.
        readings: the readings, with their sentences; a reading without sentences lends nothing.
    """
    scenes: dict[str, _Scene] = {}
    for reading in readings:
        if reading.sentences and reading.claims:
            scenes.update(_scenes(reading))
    return tuple(_situated(a, scenes[a.claim.id]) if a.claim.id in scenes else a for a in atoms)


@dataclass(frozen=True, slots=True)
class _Scene:
    """What stands around one claim: its fact, its paragraph, the last place and day told before it, and
    the home of its report."""

    fact: Fact
    block: int
    trigger: str
    deeds: frozenset[str]
    regains: bool
    place: Place | None
    low: int | None
    high: int | None
    home: Place | None
    heading: bool
    back: bool
    by_way: Offsets | None


def _scenes(reading: Reading) -> dict[str, _Scene]:
    out: dict[str, _Scene] = {}
    last: Fact | None = None
    dated: Fact | None = None
    facts = facts_of(reading)
    spans = {c.id: c.trigger for c in reading.claims}
    triggers = {c.id: reading.document.text[c.trigger[0] : c.trigger[1]] for c in reading.claims}
    opening = next((f for f in facts if f.spot is not None), None)
    heading: Fact | None = None
    home = _home(reading, facts)
    for fact in facts:
        sentence = reading.sentences[fact.sentence]
        title = sentence.role in {"title", "heading"}
        if sentence.role == "heading":
            heading = fact if fact.spot is not None and len(fact.places) == 1 else None
        if fact.spot is not None and not fact.lent:
            last = fact
        if fact.low is not None or fact.high is not None:
            dated = fact
        place = _reached(reading, fact, opening if title else last) or heading
        when = _reached(reading, fact, dated)
        for claim in fact.claims:
            out.setdefault(
                claim,
                _Scene(
                    fact,
                    sentence.block,
                    stem(triggers[claim].split()[-1]) if triggers[claim].split() else "",
                    concepts_of_words(triggers[claim]),
                    pattern("order", "regain").search(triggers[claim]) is not None,
                    place.spot if place else None,
                    when.low if when else None,
                    when.high if when else None,
                    home,
                    sentence.role in {"title", "heading"},
                    _points_back(reading.document.text, spans[claim]),
                    _by_way(reading.document.text, spans[claim], [spans[c] for c in fact.claims]),
                ),
            )
    return out


BEFORE, AFTER = 30, 20
"""Characters before and after a trigger in which a word stands for what was told before."""


def _points_back(text: str, trigger: Offsets) -> bool:
    """Whether what it happened to is only pointed at: "it was destroyed", "all of them died"."""
    start, end = trigger
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER].lstrip()
    subject = [m.end() for m in pattern("patterns", "it_was").finditer(before)]
    return len(before) in subject or pattern("patterns", "of_it").match(after) is not None


def _by_way(text: str, trigger: Offsets, others: Sequence[Offsets]) -> Offsets | None:
    """The trigger by which a deed was done: "destroyed in an air strike"."""
    after = (o for o in sorted(others) if o[0] >= trigger[1])
    nearest = next(after, None)
    if nearest is None:
        return None
    return nearest if pattern("patterns", "by_way").fullmatch(text[trigger[1] : nearest[0]].strip()) else None


HOME_SHARE = 0.5
"""The part of a report's placed sentences that name one place, from which the report is about it."""


def _home(reading: Reading, facts: Sequence[Fact]) -> Place | None:
    """The one place that a report is about: the one that its title names, or most of its sentences."""
    told = [f.spot for f in facts if f.spot is not None and not f.lent]
    for fact in facts:
        title = reading.sentences[fact.sentence].role == "title"
        if title and fact.spot is not None and len(fact.places) == 1 and not fact.spot.relation:
            return fact.spot
    if not told:
        return None
    ((key, times),) = Counter(place_key(p) for p in told).most_common(1)
    return (
        next(p for p in told if place_key(p) == key)
        if times > 1 and times / len(told) >= HOME_SHARE
        else None
    )


REACH = 3
"""Sentences of one paragraph over which a scene is thought to last."""


def _reached(reading: Reading, fact: Fact, other: Fact | None) -> Fact | None:
    if other is None:
        return None
    here, there = reading.sentences[fact.sentence], reading.sentences[other.sentence]
    near = abs(fact.sentence - other.sentence) <= REACH
    return other if near and (here.block == there.block or here.role in {"title", "heading"}) else None


def _spots(atom: Atom, fact: Fact) -> frozenset[str]:
    """The keys of all places that a stretch names; of a list of places, each happening has only its own."""
    if atom.place is None and atom.others:
        return frozenset()
    if atom.place is None or atom.lent_place or len(atom.claim.places) - len(atom.others) <= 1:
        return fact.keys
    own = place_key(atom.place)
    return frozenset(
        k for site in fact.sites if site.place and place_key(site.place) == own for k in site.keys
    )


def _situated(atom: Atom, scene: _Scene) -> Atom:
    fact, place, low, high = scene.fact, atom.place, atom.low, atom.high
    lent_place, lent_time = atom.lent_place, False
    if place is None and not atom.others:
        place = fact.spot or scene.place
        lent_place = place is not None
    if (low, high) == (None, None):
        low, high = (
            (fact.low, fact.high) if (fact.low, fact.high) != (None, None) else (scene.low, scene.high)
        )
        lent_time = (low, high) != (None, None)
    return replace(
        atom,
        place=place,
        low=low,
        high=high,
        things=fact.objects,
        anchors=fact.anchors,
        spots=_spots(atom, fact),
        own=fact.own,
        sentence=fact.sentence,
        block=scene.block,
        trigger=scene.trigger,
        deeds=scene.deeds,
        home=scene.home,
        people=fact.people,
        heading=scene.heading,
        back=scene.back,
        by_way=scene.by_way,
        regains=scene.regains,
        lent_place=lent_place,
        lent_time=lent_time,
    )
