"""The judge: do two claims tell of one happening? Same, different or unsure, with reasons.

A hard conflict (type, place, time, side) makes "different" at once. What speaks for one happening is
weighed by a small logistic model whose weights are data; "same" needs even odds and a tie (a place, a
name, a thing or a scene); all else is unsure.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from svidok.errors import BadData
from svidok.events.atoms import Atom, fold, other_names, place_key
from svidok.events.distance import great_circle_km
from svidok.records import Place, Quantity, Verdict

__all__ = [
    "DURATIVE",
    "MOVABLE",
    "Opinion",
    "conflict_of",
    "evidence",
    "gap_days",
    "judge",
    "load_weights",
    "places_apart",
    "reach_days",
]

_FILE = "atlas/data/judge.toml"

DURATIVE = frozenset({"fight", "siege", "displace", "deprive", "negotiate", "aid", "prepare", "protest"})
"""Families whose happenings last: two dated mentions days apart may be one."""

ONCE = frozenset({"capture", "withdraw", "siege"})
"""Families of which one place seldom sees two by one side in a short while."""

MOVABLE = DURATIVE | ONCE | {"move"}
"""Families of which two mentions some days apart can be one happening."""

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


def _width(atom: Atom) -> float:
    return float("inf") if atom.low is None or atom.high is None else atom.high - atom.low


def _tolerance(a: Atom, b: Atom) -> int:
    """Days that two dates may differ: 1 where a post's own date stands in for the day."""
    inherited = any(x.claim.time is not None and x.claim.time.inherited for x in (a, b))
    return 1 if inherited else 0


NAMED = 3.0
"""Points that two claims have at least that call one happening by one name, where nothing conflicts."""


def judge(a: Atom, b: Atom) -> Opinion:
    """Whether two atoms tell of one happening.

    Source of the method: the criteria by which events are coded as one in ACLED (same day, place,
    type and actors), with uncertainty of place and time in place of fixed tolerances; how much each
    counts is fitted on judged pairs (``atlas/data/judge.toml``, made by ``benchmarks/fit_pairs.py``).
    """
    conflict = conflict_of(a, b)
    if conflict is not None:
        return Opinion("different", -10.0, (conflict,))
    model = load_weights()
    points = model["bias"]
    for name, value in evidence(a, b).items():
        points += model.get(name, 0.0) * value
    if a.names & b.names:
        points = max(points, NAMED)
    if points >= 0.0 and _anchored(a, b):
        return Opinion("same", round(points, 6), _reasons(a, b))
    return Opinion("unsure", round(points, 6), ("too little speaks for one happening",))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, float]:
    """How much each observation counts, in log-odds; ``bias`` with them.

    Raises:
        BadData: the file holds what is no number.
    """
    table = tomllib.loads((files("svidok") / _FILE).read_text(encoding="utf-8"))
    try:
        weights = {str(name): float(value) for name, value in table["weights"].items()}
        return {**weights, "bias": float(table["bias"]) - float(table["caution"])}
    except (KeyError, TypeError, ValueError) as error:
        raise BadData(
            f"not a model: {error!r}", where=_FILE, remedy="make it with benchmarks/fit_pairs.py"
        ) from error


def _anchored(a: Atom, b: Atom) -> bool:
    """Whether anything but likeness ties two atoms: a place, a name, a thing, a scene or a copy."""
    if a.family == "statement":
        return _copied(a, b)
    how = places_apart(a.place, b.place)[0] if a.place and b.place else "none"
    near = a.document == b.document and abs(a.sentence - b.sentence) <= 1
    return (
        how in {"same", "near", "within"}
        or bool(a.names & b.names or a.anchors & b.anchors or a.spots & b.spots)
        or near
        or _copied(a, b)
        or _told_alike(a, b)
    )


ALIKE = 0.2
"""Wording from which one count of one fate ties two claims that name no place."""


def _told_alike(a: Atom, b: Atom) -> bool:
    """Whether both speak of one thing on one day, or give one count, in words that are partly the same."""
    likeness = max(_overlap(a.words, b.words), _shared_words(a, b))
    if a.things & b.things and a.when == b.when and None not in a.when:
        return likeness >= ALIKE
    unplaced = a.lent_place or b.lent_place or None in (a.place, b.place)
    return bool(_seen_counts(a, b)["counts"]) and unplaced and likeness >= ALIKE


def _later_done(a: Atom, b: Atom) -> bool:
    """Whether what had not happened by the one report is told as done by a later one."""
    if a.claim.polarity == b.claim.polarity or a.claim.polarity != "negated" or a.published is None:
        return False
    return (
        b.published is not None and b.published > a.published and (b.low is None or b.low >= a.published - 1)
    )


def _two_totals(a: Atom, b: Atom) -> bool:
    """Two totals so far that differ are of two days, not two accounts of one."""
    totals = [[q for q in x.claim.quantities if q.cumulative] for x in (a, b)]
    pairs = [(q, r) for q in totals[0] for r in totals[1] if (q.what, q.fate) == (r.what, r.fate)]
    return bool(pairs) and all(q.low != r.low for q, r in pairs)


def _copied(a: Atom, b: Atom) -> bool:
    return len(a.words) >= 6 and _overlap(a.words, b.words) >= 0.85


def conflict_of(a: Atom, b: Atom) -> str | None:
    """What makes one happening impossible, in plain words, or None."""
    if a.family != b.family:
        return f"types differ: {a.claim.type}, {b.claim.type}"
    if (a.claim.modality in _UNREAL) != (b.claim.modality in _UNREAL):
        return "one is only planned, asked for or feared"
    if other_names(a.names, b.names):
        return f"two names: {min(a.names)}, {min(b.names)}"
    if _two_totals(a, b):
        return "two totals so far, of two days"
    if a.place is not None and b.place is not None:
        how, km = places_apart(a.place, b.place)
        if how == "apart" and not (a.lent_place or b.lent_place):
            return f"{km or 0:.0f} km apart, beyond their uncertainties"
        if how == "beside" and not (a.lent_place or b.lent_place) and a.family in ONCE:
            return f"two places {km or 0:.0f} km apart"
    gap = gap_days(a, b)
    if gap is not None and gap > (reach_days(a, b) if not (a.lent_time or b.lent_time) else 45):
        return f"{gap} days apart"
    if a.sides and b.sides and not a.sides & b.sides and a.family in {"capture", "withdraw"}:
        return "another side acts"
    return None


def _two_acts(a: Atom, b: Atom) -> bool:
    """One sentence that tells of a killing and a torture tells of two, unless it names them as one."""
    if a.document != b.document or a.sentence < 0 or a.sentence != b.sentence or a.names & b.names:
        return False
    (start, end), (other, last) = a.claim.trigger, b.claim.trigger
    return a.trigger != b.trigger and (end <= other or last <= start)


def _other_acts(a: Atom, b: Atom) -> bool:
    """In one report, another verb and another doer: "the Red Cross delivered", then "volunteers serve"."""
    if a.document != b.document or a.trigger == b.trigger:
        return False
    doers = [{fold(actor.name or actor.text) for actor in x.claim.actors} for x in (a, b)]
    return bool(doers[0] and doers[1]) and not doers[0] & doers[1]


DISPUTED_DAYS = 7
"""Days by which witnesses may differ on a taking of one town by one side, or on one named thing."""


def reach_days(a: Atom, b: Atom) -> int:
    """Days that two dates may differ and still be of one happening."""
    reach = _tolerance(a, b)
    same_place = a.place is not None and b.place is not None and place_key(a.place) == place_key(b.place)
    if a.family in DURATIVE:
        reach = max(reach, 180 if a.names & b.names else 7)
    once = same_place and (a.family in ONCE or a.family == "move")
    if once or _one_thing(a, b):
        reach = max(reach, DISPUTED_DAYS)
    return reach


def _one_thing(a: Atom, b: Atom) -> bool:
    """Whether both speak of one thing by its name or number: the An-225, the Nova bridge."""
    shared = a.anchors & b.anchors
    return any(c.isdigit() for name in shared for c in name) or bool(shared and a.things & b.things)


def evidence(a: Atom, b: Atom) -> dict[str, float]:
    """What is seen of two atoms that could be of one happening, by name."""
    apart = not (a.document == b.document and a.sentence == b.sentence >= 0)
    wording = _overlap(a.words, b.words) if apart else 0.0
    own = _shared_words(a, b)
    seen = {
        "same type": float(a.claim.type == b.claim.type),
        "wording": wording,
        "copied": float(apart and _copied(a, b)),
        "own words": own if apart else 0.0,
        "named": float(bool(a.names & b.names)),
        "other names": float(bool(a.names and b.names and not a.names & b.names)),
        "anchors": min(2, len(a.anchors & b.anchors)),
        "one thing": float(_one_thing(a, b)),
        "things": min(2, len(a.things & b.things)),
        "one report": float(a.document == b.document),
        "near in report": float(a.document == b.document and abs(a.sentence - b.sentence) <= 1),
        "retaken": float(a.family == "capture" and a.regains != b.regains),
        "two acts": float(_two_acts(a, b)),
        "other acts": float(_other_acts(a, b)),
        "one paragraph": float(a.document == b.document and a.block == b.block >= 0),
        "lent place": float(a.lent_place) + float(b.lent_place),
        "lent time": float(a.lent_time) + float(b.lent_time),
        "trigger": float(bool(a.trigger) and a.trigger == b.trigger),
        "one fate": float(bool(_fates(a) & _fates(b))),
        "other fates": float(bool(_fates(a) and _fates(b) and not _fates(a) & _fates(b))),
        "once": float(a.family in ONCE),
        "polarity": float(a.claim.polarity != b.claim.polarity),
        "later done": float(_later_done(a, b) or _later_done(b, a)),
        "sides": float(bool(a.sides & b.sides)),
        "other sides": float(bool(a.sides and b.sides and not a.sides & b.sides)),
        "targets": float(bool(a.target_sides & b.target_sides)),
        **_seen_place(a, b),
        **_seen_time(a, b),
        **_seen_counts(a, b),
    }
    return {name: value for name, value in seen.items() if value}


def _shared_words(a: Atom, b: Atom) -> float:
    """How much of the smaller stretch's own content words stand in the other, 0..1."""
    return len(a.own & b.own) / max(3.0, min(len(a.own), len(b.own)))


def _fates(atom: Atom) -> frozenset[tuple[str | None, str | None]]:
    return frozenset((q.fate, q.kind) for q in atom.claim.quantities if q.fate)


def _seen_place(a: Atom, b: Atom) -> dict[str, float]:
    named = {"spot named": 1.0} if a.spots & b.spots else {}
    if a.place is None or b.place is None:
        return {"no place": 1.0, **named}
    how, _ = places_apart(a.place, b.place)
    if how in {"apart", "unknown", "beside"} and named:
        return {f"place {how}": 1.0, **named}
    wide = a.place.kind in {"region", "country"} or b.place.kind in {"region", "country"}
    return {f"wide {how}" if wide else f"place {how}": 1.0}


def _seen_time(a: Atom, b: Atom) -> dict[str, float]:
    gap = gap_days(a, b)
    if gap is None:
        told = a.published is not None and b.published is not None
        near = told and abs((a.published or 0) - (b.published or 0)) <= TOLD_TOGETHER_DAYS
        return {"no time": 1.0, "told together": float(near)}
    if gap > 0:
        return {"days off": min(7, gap) / 7}
    width = max(_width(a), _width(b))
    return {
        "same day": float(width <= 1),
        "same days": float(1 < width <= 10),
        "can overlap": float(width > 10),
    }


def _seen_counts(a: Atom, b: Atom) -> dict[str, float]:
    same, other = 0, 0
    for q in a.claim.quantities:
        for r in b.claim.quantities:
            if q.what == r.what and q.fate == r.fate and q.low is not None and r.low is not None:
                alike = q.low == r.low and q.high == r.high
                same += alike
                other += not alike
    differ = other > 0 and not same
    return {
        "counts": min(2, same),
        "other counts": float(differ),
        "other counts undated": float(differ and gap_days(a, b) is None),
    }


def _reasons(a: Atom, b: Atom) -> tuple[str, ...]:
    """Why, in words a reader can check."""
    reasons = [
        f"both {a.claim.type}" if a.claim.type == b.claim.type else f"{a.claim.type} and {b.claim.type}"
    ]
    named = sorted(a.names & b.names)
    if named:
        reasons.append(f"both call it {named[0]}")
    wording = _overlap(a.words, b.words)
    if wording >= 0.5:
        reasons.append(f"wording {wording:.0%} alike")
    shared = sorted(a.anchors & b.anchors) or sorted(a.things & b.things)
    if shared:
        reasons.append(f"both speak of {', '.join(shared[:3])}")
    reasons += [_place_reason(a, b), _time_reason(a, b)]
    if a.sides & b.sides:
        reasons.append("same side acts")
    counts = [q.text for q in a.claim.quantities for r in b.claim.quantities if _equal(q, r)]
    if counts:
        reasons.append(f"same count: {counts[0]}")
    if a.lent_place or b.lent_place or a.lent_time or b.lent_time:
        reasons.append("place or time from the sentence before")
    return tuple(reasons)


def _equal(q: Quantity, r: Quantity) -> bool:
    return (q.what, q.fate, q.low, q.high) == (r.what, r.fate, r.low, r.high) and q.low is not None


def _place_reason(a: Atom, b: Atom) -> str:
    if a.place is None or b.place is None:
        return "a place is not given"
    how, km = places_apart(a.place, b.place)
    return {
        "same": "same place",
        "near": f"{km or 0:.0f} km apart, within their uncertainties",
        "beside": f"two places {km or 0:.0f} km apart",
        "within": "one place lies in the other",
    }.get(how, "a place is not resolved")


def _time_reason(a: Atom, b: Atom) -> str:
    gap = gap_days(a, b)
    if gap is None:
        return "a time is not given"
    if gap:
        return f"{gap} days apart, one spell"
    width = max(_width(a), _width(b))
    return "same day" if width <= 1 else "times overlap" if width <= 10 else "times can overlap"


def _overlap(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / len(a | b) if a and b else 0.0
