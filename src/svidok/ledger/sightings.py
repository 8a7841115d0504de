"""What claims tell about who holds which place on which day: the evidence of the control model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from svidok.events.atoms import finest, fold
from svidok.events.days import first_day, interval
from svidok.ledger.vocabulary import compiled, table
from svidok.records import Claim, Place, Reading

__all__ = ["TELLINGS", "Sighting", "sightings"]

TELLINGS = frozenset({"holds", "leaves", "fights", "enters", "shells", "warns"})
"""What a type of claim can tell about the hold of its place; see ``atlas/data/control.toml``."""

_FILE = "atlas/data/control.toml"
_DONE = frozenset({"asserted", "reported", "announced"})
_NAMED_AREAS = frozenset({"region", "district"})
_OF_AREAS = frozenset({"capture", "withdraw"})
"""Types of claim that tell of an area as a whole; fighting or a base in a region is somewhere in it."""

_WIDEST_KM = 30.0


@dataclass(frozen=True, slots=True)
class Sighting:
    """One claim's word on the hold of one place on one day.

    ``holds`` the side said to hold it, or None; ``fights`` that it is fought over; ``against`` the side
    that shells it and so hardly holds it. ``strength`` between 0 and 1; ``names`` its folded names when
    it is an area rather than a point.
    """

    claim: str
    day: int
    lat: float | None
    lon: float | None
    radius_km: float
    names: frozenset[str]
    holds: str | None
    fights: bool
    against: str | None
    strength: float


@dataclass(frozen=True, slots=True)
class _Word:
    """What one claim says of its place: at most one of the three, and how strongly."""

    holds: str | None = None
    fights: bool = False
    against: str | None = None
    strength: float = 0.0


def sightings(readings: Iterable[Reading], *, sides: Sequence[str], home: str | None) -> list[Sighting]:
    """Every claim that tells who holds, takes, leaves or fights for a place, in order of day.

    Args:
        readings: in any order.
        sides: the two or more sides that can hold places.
        home: the side that retakes ("liberated" without an actor is by this side), or None.
    """
    out: list[Sighting] = []
    for reading in readings:
        published = first_day(reading.document.published)
        for claim in reading.claims:
            out.extend(_of_claim(reading, claim, published, sides, home))
    return sorted(out, key=lambda s: (s.day, s.claim, sorted(s.names), s.lat or 0.0, s.lon or 0.0))


def _of_claim(
    reading: Reading, claim: Claim, published: int | None, sides: Sequence[str], home: str | None
) -> Iterator[Sighting]:
    if claim.modality not in _DONE or claim.polarity == "negated":
        return
    day = _day(claim, published)
    if day is None:
        return
    text = reading.document.text
    if claim.time is None and _is_background(claim, text):
        return
    told = _told(claim, text[claim.start : claim.end], sides, home)
    for place in finest([reading.places[i] for i in claim.places]):
        area = _is_named_area(place) and claim.type not in _OF_AREAS
        word = _held_by_name(place, text, sides, home) if told is None or area else told
        if word is not None and (found := _located(claim, day, place, word)) is not None:
            yield found


def _day(claim: Claim, published: int | None) -> int | None:
    low, high = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    told = high if high is not None else low
    if told is None:
        return published
    return min(told, published) if published is not None else told


def _told(claim: Claim, words: str, sides: Sequence[str], home: str | None) -> _Word | None:
    """What a claim tells of its place by its type and its actor."""
    entry = table("types", _FILE).get(claim.type)
    if entry is None:
        return None
    tells, weight = entry["tells"], entry["weight"] * _share(claim)
    actor = next((a.side for a in claim.actors if a.side in sides), None)
    others = [s for s in sides if s != actor]
    if tells == "fights" and compiled(_FILE, "over").search(words):
        return None
    if tells == "fights" and compiled(_FILE, "afar").search(words):
        tells, weight = "shells", weight * 0.6
    if tells == "holds":
        back = claim.type == "capture" and compiled(_FILE, "regain").search(words)
        holder = actor or (home if back else None)
        return _Word(holds=holder, strength=weight) if holder else None
    if tells == "leaves":
        if actor is None:
            return None
        holder = others[0] if len(others) == 1 else home if actor != home else None
        return _Word(holds=holder, strength=weight) if holder else None
    if tells == "fights" or (tells == "enters" and actor is not None and actor != home):
        return _Word(fights=True, strength=weight)
    if tells == "shells" and actor is not None:
        return _Word(against=actor, strength=weight)
    if tells == "warns" and home is not None and len(sides) == 2:
        return _Word(against=next(s for s in sides if s != home), strength=weight)
    return None


def _share(claim: Claim) -> float:
    """What is left of a claim's weight by how it was told."""
    heard: float = table("hearsay", _FILE) if claim.speaker else 1.0
    dated: float = table("undated", _FILE) if claim.time is None else 1.0
    return heard * dated


def _is_background(claim: Claim, text: str) -> bool:
    """Whether a clause is opened by a word that makes it the background of another."""
    lead = max(0, claim.start - 12)
    found = compiled(_FILE, "background").finditer(text, lead, claim.trigger[0])
    return any(m.start() >= claim.start or not text[m.end() : claim.start].strip() for m in found)


def _held_by_name(place: Place, text: str, sides: Sequence[str], home: str | None) -> _Word | None:
    """A place named as occupied is held by the side that is not at home, where there is but one such."""
    strangers = [s for s in sides if s != home]
    if home is None or len(strangers) != 1:
        return None
    before = text[max(0, place.start - 40) : place.start].rstrip()
    for name, holder in (("occupied", strangers[0]), ("freed", home)):
        if any(m.end() == len(before) for m in compiled(_FILE, name).finditer(before)):
            return _Word(holds=holder, strength=table(name, _FILE)["weight"])
    return None


def _is_named_area(place: Place) -> bool:
    return place.kind in _NAMED_AREAS and not place.relation


def _located(claim: Claim, day: int, place: Place, word: _Word) -> Sighting | None:
    """The word at its place: a point with its radius, or a region or district by name."""
    named = _is_named_area(place)
    radius = place.radius_km or 5.0
    if place.kind == "country" or (place.lat is None and not named):
        return None
    if named and word.holds is None:
        return None
    if not named and place.kind != "settlement" and radius > _WIDEST_KM:
        return None
    names = frozenset(fold(n) for n in (place.name, place.text) if n) if named else frozenset()
    return Sighting(
        claim.id, day, place.lat, place.lon, radius, names,
        word.holds, word.fights, word.against, word.strength,
    )  # fmt: skip
