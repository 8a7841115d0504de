"""What claims tell about who holds which place on which day: the evidence of the control model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from svidok.events.atoms import finest, fold
from svidok.events.days import first_day, interval
from svidok.records import Claim, Place, Reading

__all__ = ["Sighting", "sightings"]

_REGAIN = re.compile(
    r"\b(?:liberat|recaptur|retak|retook|regain|freed|de-?occup|won back|took back|returned to)", re.I
)
_DONE = frozenset({"asserted", "reported", "announced"})
_PLAIN = {
    "capture": 0.93,
    "withdraw": 0.85,
    "battle": 0.5,
    "siege": 0.6,
    "move": 0.5,
    "strike": 0.3,
    "air_strike": 0.3,
}
_WIDE = frozenset({"region", "area", "district"})


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


def sightings(readings: Iterable[Reading], *, sides: Sequence[str], home: str | None) -> list[Sighting]:
    """Every claim that tells who holds, takes, leaves or fights for a place, in order of day.

    Args:
        readings: in any order.
        sides: the two or more sides that can hold places.
        home: the side that retakes ("liberated" without an actor is by this side), or None.
    """
    out = []
    for reading in readings:
        published = first_day(reading.document.published)
        for claim in reading.claims:
            if claim.type not in _PLAIN or claim.modality not in _DONE or claim.polarity == "negated":
                continue
            day = _day(claim, published)
            if day is None:
                continue
            words = reading.document.text[claim.start : claim.end]
            for place in finest([reading.places[i] for i in claim.places]):
                found = _of(claim, place, day, words, sides, home)
                if found is not None:
                    out.append(found)
    return sorted(out, key=lambda s: (s.day, s.claim, sorted(s.names), s.lat or 0.0, s.lon or 0.0))


def _day(claim: Claim, published: int | None) -> int | None:
    low, high = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    told = high if high is not None else low
    if told is None:
        return published
    return min(told, published) if published is not None else told


def _of(
    claim: Claim, place: Place, day: int, words: str, sides: Sequence[str], home: str | None
) -> Sighting | None:
    actors = [a.side for a in claim.actors if a.side in sides]
    actor = actors[0] if actors else None
    strength = _PLAIN[claim.type] * (0.8 if claim.speaker else 1.0)
    holds: str | None = None
    against: str | None = None
    fights = False
    if claim.type == "capture":
        holds = actor or (home if _REGAIN.search(words) else None)
        if _REGAIN.search(words) and actor is not None and actor != home and home is not None:
            holds = actor
    elif claim.type == "withdraw":
        rest = [s for s in sides if s != actor]
        holds = rest[0] if actor and len(rest) == 1 else home if actor and actor != home else None
    elif claim.type in {"battle", "siege"}:
        fights = True
    elif claim.type == "move":
        fights = actor is not None and actor != home
    else:
        against = actor
    if holds is None and against is None and not fights:
        return None
    wide = place.kind in _WIDE
    names = frozenset(fold(n) for n in (place.name, place.text) if n) if wide else frozenset()
    if place.kind == "country" or (place.lat is None and not wide):
        return None
    if wide and (fights or against):
        return None
    return Sighting(
        claim.id, day, place.lat, place.lon, place.radius_km or 5.0, names, holds, fights, against, strength
    )
