"""How far apart two atoms stand in place and in time, and how far one happening can reach."""

from __future__ import annotations

from svidok.events.atoms import Atom, fold, place_key
from svidok.events.distance import great_circle_km
from svidok.records import Place

__all__ = [
    "DISPUTED_DAYS",
    "DURATIVE",
    "MOVABLE",
    "ONCE",
    "gap_days",
    "one_thing",
    "places_apart",
    "reach_days",
    "width_days",
]

DURATIVE = frozenset({"fight", "siege", "displace", "deprive", "negotiate", "aid", "prepare", "protest"})
"""Families whose happenings last: two dated mentions days apart may be one."""

ONCE = frozenset({"capture", "withdraw", "siege"})
"""Families of which one place seldom sees two by one side in a short while."""

MOVABLE = DURATIVE | ONCE | {"move"}
"""Families of which two mentions some days apart can be one happening."""

_DONE = frozenset({"asserted", "reported", "announced"})
_SLACK_KM = 5.0
_AREA_KM = {"country": 500.0, "region": 120.0, "district": 40.0, "water": 60.0, "area": 30.0}


def radius_of(place: Place) -> float:
    """The uncertainty of a place in km: its own, or the usual size of its kind."""
    usual = _AREA_KM.get(place.kind or "", 3.0)
    return max(place.radius_km or 0.0, usual if place.radius_km is None else 0.0)


def places_apart(a: Place, b: Place) -> tuple[str, float | None]:
    """How two places stand, and km between them.

    "same", "near" (one point within the other's uncertainty), "beside" (two towns, each with its own
    name), "within" (a part of the other), "apart" or "unknown".
    """
    if place_key(a) == place_key(b):
        return "same", 0.0
    if _contains(a, b) or _contains(b, a):
        return "within", None
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        names = {fold(a.name or a.text)} & {fold(b.name or b.text)}
        return ("same", None) if names else ("unknown", None)
    km = great_circle_km(a.lat, a.lon, b.lat, b.lon)
    if a.kind in {"region", "country"} and b.kind in {"region", "country"}:
        return "apart", km
    if km <= radius_of(a) + radius_of(b) + _SLACK_KM:
        if a.kind == b.kind == "settlement" and not a.relation and not b.relation:
            return "beside", km
        small = max(radius_of(a), radius_of(b)) <= 30
        return ("near" if small else "within"), km
    return "apart", km


def _contains(outer: Place, inner: Place) -> bool:
    if outer.kind not in {"region", "country", "district", "area"}:
        return False
    names = {fold(n) for n in (outer.name, outer.text) if n}
    return bool(names & {fold(w) for w in inner.within})


def gap_days(a: Atom, b: Atom) -> int | None:
    """Days between two intervals: 0 when they overlap, None when either is quite unknown.

    What a report tells as done was done by the day of its publication.
    """
    a_high, b_high = _done_by(a), _done_by(b)
    if a_high is not None and b.low is not None and a_high < b.low:
        return b.low - a_high
    if b_high is not None and a.low is not None and b_high < a.low:
        return a.low - b_high
    if a.when == (None, None) or b.when == (None, None):
        return None
    return 0


def _done_by(atom: Atom) -> int | None:
    if atom.high is None and atom.claim.modality in _DONE and atom.claim.polarity == "affirmed":
        return atom.published
    return atom.high


def width_days(atom: Atom) -> float:
    """Days from the first to the last that an atom can mean; infinite when a side is open."""
    return float("inf") if atom.low is None or atom.high is None else atom.high - atom.low


NEXT_DAY = 1
"""Witnesses date one happening to the eve or the morrow; how much that counts is weighed."""
DISPUTED_DAYS = 7
"""Days by which witnesses may differ on a taking of one town by one side, or on one named thing."""


def reach_days(a: Atom, b: Atom) -> int:
    """Days that two dates may differ and still be of one happening."""
    reach = NEXT_DAY
    same_place = a.place is not None and b.place is not None and place_key(a.place) == place_key(b.place)
    if a.family in DURATIVE:
        reach = max(reach, 180 if a.names & b.names else 7)
    once = same_place and (a.family in ONCE or a.family == "move")
    if once or one_thing(a, b):
        reach = max(reach, DISPUTED_DAYS)
    return reach


def one_thing(a: Atom, b: Atom) -> bool:
    """Whether both speak of one thing by its name or number: the An-225, the Nova bridge."""
    shared = a.anchors & b.anchors
    return any(c.isdigit() for name in shared for c in name) or bool(shared and a.things & b.things)
