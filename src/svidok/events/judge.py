"""The judge: do two claims tell of one happening? Same, different or unsure, with reasons.

The weights are plain evidence points, not probabilities: a hard conflict (type, place, time,
side) makes "different" at once; "same" needs place or name and time together; all else is unsure.
"""

from __future__ import annotations

from dataclasses import dataclass

from svidok.events.atoms import Atom, fold, place_key
from svidok.events.distance import great_circle_km
from svidok.records import Place, Verdict

__all__ = ["DURATIVE", "Opinion", "gap_days", "judge", "places_apart"]

DURATIVE = frozenset({"fight", "siege", "displace", "deprive", "negotiate", "aid", "prepare", "protest"})
"""Families whose happenings last: two dated mentions days apart may be one."""

ONCE = frozenset({"capture", "withdraw", "siege"})
"""Families of which one place seldom sees two by one side in a short while."""

TOLD_TOGETHER_DAYS = 45
"""Reports this close in publication, that date nothing, can tell of one taking of a town."""

_UNREAL = frozenset({"planned", "requested", "possible"})
_DONE = frozenset({"asserted", "reported", "announced"})
_SLACK_KM = 5.0
_AREA_KM = {"country": 500.0, "region": 120.0, "district": 40.0, "water": 60.0, "area": 30.0}


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict on two atoms, how strong the evidence is (points), and why."""

    verdict: Verdict
    points: float
    reasons: tuple[str, ...]


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


def _told_together(a: Atom, b: Atom) -> bool:
    """Whether two claims of which one has no date stand close enough to mean one happening."""
    if a.claim.polarity != b.claim.polarity:
        return False
    if a.document == b.document:
        return a.family in ONCE or a.family in {"fight", "harm"}
    if a.family not in ONCE or a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= TOLD_TOGETHER_DAYS


def _width(atom: Atom) -> float:
    return float("inf") if atom.low is None or atom.high is None else atom.high - atom.low


def _tolerance(a: Atom, b: Atom) -> int:
    """Days that two dates may differ: 1 where a post's own date stands in for the day."""
    inherited = any(x.claim.time is not None and x.claim.time.inherited for x in (a, b))
    return 1 if inherited else 0


def _different(reason: str) -> Opinion:
    return Opinion("different", -10.0, (reason,))


def judge(a: Atom, b: Atom) -> Opinion:
    """Whether two atoms tell of one happening.

    Source of the method: the criteria by which events are coded as one in ACLED (same day, place,
    type and actors), with uncertainty of place and time in place of fixed tolerances.
    """
    if a.family != b.family:
        return _different(f"types differ: {a.claim.type}, {b.claim.type}")
    if (a.claim.modality in _UNREAL) != (b.claim.modality in _UNREAL):
        return _different("one is only planned, asked for or feared")
    reasons = [
        f"both {a.claim.type}" if a.claim.type == b.claim.type else f"{a.claim.type} and {b.claim.type}"
    ]
    points = 1.0 if a.claim.type == b.claim.type else 0.5
    wording = _overlap(a.words, b.words)
    named = a.names & b.names
    if named:
        points += 3
        reasons.append(f"both call it {sorted(named)[0]}")
    elif a.names and b.names:
        points -= 1
    if wording >= 0.5:
        points += 1 + 2 * wording
        reasons.append(f"wording {wording:.0%} alike")
    place = _place(a, b)
    if place.verdict == "different":
        return place
    points += place.points
    reasons += place.reasons
    time = _time(a, b, named=bool(named))
    if time.verdict == "different":
        return time
    points += time.points
    reasons += time.reasons
    side = _side(a, b)
    if side.verdict == "different":
        return side
    points += side.points
    reasons += side.reasons
    counts = _counts(a, b)
    points += counts.points
    reasons += counts.reasons
    copied = wording >= 0.85 and len(a.words) >= 6 and place.points >= 0 and time.points >= 0
    anchored = (place.points >= 2 and time.points >= 1.5) or (bool(named) and place.points >= 0) or copied
    if not anchored and place.points >= 3 and gap_days(a, b) is None and _told_together(a, b):
        anchored = True
        reasons.append("one report" if a.document == b.document else "told in the same weeks")
    named_apart = bool(a.names and b.names) and not named and place.points < 3
    if named_apart or (a.family == "statement" and not copied):
        anchored = False
    verdict: Verdict = "same" if anchored and points >= 4 else "unsure"
    return Opinion(verdict, points, tuple(reasons))


def _place(a: Atom, b: Atom) -> Opinion:
    if a.place is None or b.place is None:
        return Opinion("unsure", 0.0, ("a place is not given",))
    how, km = places_apart(a.place, b.place)
    if how == "same":
        wide = a.place.kind in {"region", "country"}
        return Opinion("unsure" if wide else "same", 1.0 if wide else 3.0, ("same place",))
    if how == "near":
        return Opinion("same", 2.0, (f"{km or 0:.0f} km apart, within their uncertainties",))
    if how == "beside":
        return Opinion("unsure", 0.0, (f"two places {km or 0:.0f} km apart",))
    if how == "within":
        return Opinion("unsure", 0.0, ("one place lies in the other",))
    if how == "unknown":
        return Opinion("unsure", -1.0, ("a place is not resolved",))
    return _different(f"{km or 0:.0f} km apart, beyond their uncertainties")


def _time(a: Atom, b: Atom, *, named: bool) -> Opinion:
    gap = gap_days(a, b)
    if gap is None:
        return Opinion("unsure", 0.0, ("a time is not given",))
    tolerance = _tolerance(a, b)
    if a.family in DURATIVE:
        tolerance = max(tolerance, 180 if named else 7)
    if gap > tolerance:
        return _different(f"{gap} days apart")
    width = max(_width(a), _width(b))
    if width <= 1 and gap == 0:
        return Opinion("same", 3.0, ("same day",))
    if width <= 10 or gap > 0:
        return Opinion("same", 2.0, ("times overlap" if gap == 0 else f"{gap} days apart, one spell",))
    if _width(a) == _width(b) and a.low == b.low:
        return Opinion("unsure", 1.0, ("same span of time",))
    return Opinion("unsure", 0.5, ("times can overlap",))


def _side(a: Atom, b: Atom) -> Opinion:
    if a.sides and b.sides:
        if a.sides & b.sides:
            return Opinion("same", 1.0, ("same side acts",))
        if a.family in {"capture", "withdraw"}:
            return _different("another side acts")
        if a.family != "fight":
            return Opinion("unsure", -1.0, ("another side is said to act",))
    return Opinion("unsure", 0.0, ())


def _counts(a: Atom, b: Atom) -> Opinion:
    points, reasons = 0.0, []
    for q in a.claim.quantities:
        for r in b.claim.quantities:
            if q.what != r.what or q.fate != r.fate or q.low is None or r.low is None:
                continue
            if q.low == r.low and q.high == r.high:
                points += 1
                reasons.append(f"same count: {q.text}")
            elif max(q.low, r.low) > 3 * max(1.0, min(q.low, r.low)):
                points -= 0.5
    return Opinion("unsure", max(-1.0, min(2.0, points)), tuple(reasons[:2]))


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
