"""Claims seen in their scene: what a clause leaves unsaid, the sentences before it may have told.

"Five people were killed" names no place and no day; the sentence before did. Joining claims needs the
scene; the claims themselves stay as the text gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from svidok.events.atoms import Atom, is_firm
from svidok.events.findings.facts import Fact, facts_of, stem
from svidok.events.findings.vocabulary import pattern
from svidok.records import Place, Reading

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
    """What stands around one claim: its fact, its paragraph, and the last place and day told before it."""

    fact: Fact
    block: int
    trigger: str
    regains: bool
    place: Place | None
    low: int | None
    high: int | None


def _scenes(reading: Reading) -> dict[str, _Scene]:
    out: dict[str, _Scene] = {}
    last: Fact | None = None
    dated: Fact | None = None
    facts = facts_of(reading)
    triggers = {c.id: reading.document.text[c.trigger[0] : c.trigger[1]] for c in reading.claims}
    opening = next((f for f in facts if f.spot is not None), None)
    heading: Fact | None = None
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
                    pattern("order", "regain").search(triggers[claim]) is not None,
                    place.spot if place else None,
                    when.low if when else None,
                    when.high if when else None,
                ),
            )
    return out


REACH = 3
"""Sentences of one paragraph over which a scene is thought to last."""


def _reached(reading: Reading, fact: Fact, other: Fact | None) -> Fact | None:
    if other is None:
        return None
    here, there = reading.sentences[fact.sentence], reading.sentences[other.sentence]
    near = abs(fact.sentence - other.sentence) <= REACH
    return other if near and (here.block == there.block or here.role in {"title", "heading"}) else None


def _situated(atom: Atom, scene: _Scene) -> Atom:
    fact, place, low, high = scene.fact, atom.place, atom.low, atom.high
    lent_place, lent_time = atom.lent_place, False
    if place is None:
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
        spots=fact.keys,
        own=fact.own,
        sentence=fact.sentence,
        block=scene.block,
        trigger=scene.trigger,
        regains=scene.regains,
        lent_place=lent_place,
        lent_time=lent_time,
        firm=atom.firm or (not lent_place and is_firm(place, (low, high))),
    )
