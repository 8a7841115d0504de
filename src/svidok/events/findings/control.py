"""Two holders of one place at one time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.facts import Fact
from svidok.events.findings.vocabulary import pattern
from svidok.records import Actor, Finding, Offsets, Place, Quotation

__all__ = ["Hold", "check", "holds_of"]

_CLAUSE = re.compile(r"(?:[,;]\s+(?:and|but|while)\b|\bwhile\b|;)")


@dataclass(frozen=True, slots=True)
class Hold:
    """One side holding one place at one time, as one stretch of text tells it."""

    place: Place
    side: str
    low: int | None
    high: int | None
    fact: Fact
    span: Offsets


def check(dossier: Dossier) -> Iterator[Finding]:
    """Holds of one place by different sides whose days are the same."""
    by_place: dict[str, list[Hold]] = {}
    for fact in dossier.facts:
        for hold in holds_of(dossier, fact):
            by_place.setdefault(place_key(hold.place), []).append(hold)
    for key in sorted(by_place):
        holds = by_place[key]
        for index, one in enumerate(holds):
            for two in holds[index + 1 :]:
                if one.side != two.side and _same_days(one, two):
                    yield _finding(one, two, dossier)


def _same_days(one: Hold, two: Hold) -> bool:
    if None in (one.low, one.high, two.low, two.high):
        return False
    assert one.low is not None and one.high is not None and two.low is not None and two.high is not None
    if one.high - one.low > 2 or two.high - two.low > 2:
        return False
    return one.low <= two.high and two.low <= one.high


def holds_of(dossier: Dossier, fact: Fact) -> Iterator[Hold]:
    """Who holds what, from the ways to say so: "X is held by A", "A controls X"."""
    if fact.negated or not fact.places or fact.modality in {"planned", "possible", "requested"}:
        return
    reading = dossier.by_document[fact.document]
    actors = sorted(
        (a for a in reading.actors if fact.start <= a.start and a.end <= fact.end and (a.side or a.name)),
        key=lambda a: a.start,
    )
    low, high = fact.low, fact.high
    if low is None and high is None:
        low = high = fact.published
    low = high if low is None else low
    for verb in pattern("control", "held").finditer(fact.text):
        at = fact.start + verb.start()
        holder = next((a for a in actors if 0 <= a.start - fact.start - verb.end() <= 30), None)
        place = _nearest(fact, at, before=True)
        if holder and place:
            yield Hold(place, _side(holder), low, high, fact, (place.start, holder.end))
    for verb in pattern("control", "holds").finditer(fact.text):
        if fact.text[verb.end() : verb.end() + 4].strip().startswith("by"):
            continue
        at = fact.start + verb.end()
        holder = next((a for a in reversed(actors) if 0 <= fact.start + verb.start() - a.end <= 45), None)
        place = next((p for p in fact.places if 0 <= p.start - at <= 40), None)
        if holder is None and re.search(r"\bthat (?:it|they)\s*$", fact.text[: verb.start()]):
            holder = actors[0] if actors else None
        if holder and place:
            yield Hold(place, _side(holder), low, high, fact, (holder.start, place.end))


def _nearest(fact: Fact, at: int, *, before: bool) -> Place | None:
    earlier = [p for p in fact.places if p.end <= at and at - p.end <= 60]
    return earlier[-1] if earlier and before else None


def _side(actor: Actor) -> str:
    return actor.side or fold(actor.name or actor.text)


def _finding(one: Hold, two: Hold, dossier: Dossier) -> Finding:
    name = place_name(one.place)

    def words(hold: Hold) -> Quotation:
        return dossier.words(hold.fact, f"held by {hold.side}")

    return Finding(
        "control",
        "high",
        f"{name} is said to be held by {one.side} and by {two.side} at the same time.",
        (words(one), words(two)),
    )
