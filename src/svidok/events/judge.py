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
from svidok.events.apart import ONCE, gap_days, places_apart, reach_days, width_days
from svidok.events.atoms import Atom, named_place, other_names, place_key
from svidok.events.evidence import at_home, copied, counts_alike, evidence, later_done, overlap, shared_words
from svidok.records import Quantity, Verdict

__all__ = ["Opinion", "conflict_of", "judge", "load_weights"]

_FILE = "atlas/data/judge.toml"

_WIDE = frozenset({"country", "region", "district"})
_UNREAL = frozenset({"planned", "requested", "possible"})


@dataclass(frozen=True, slots=True)
class Opinion:
    """A verdict on two atoms, how strong the evidence is (points), and why."""

    verdict: Verdict
    points: float
    reasons: tuple[str, ...]


NAMED = 3.0
"""Points that two claims have at least that call one happening by one name, where nothing conflicts."""

FOUGHT = 1.0
"""Points at least of a fight told at the place of a battle that the same report calls by its name."""


def judge(a: Atom, b: Atom) -> Opinion:
    """Whether two atoms tell of one happening.

    Source of the method: the criteria by which events are coded as one in ACLED (same day, place,
    type and actors), with uncertainty of place and time in place of fixed tolerances; how much each
    counts is fitted on judged pairs (``atlas/data/judge.toml``, made by ``benchmarks/fit_pairs.py``).
    """
    conflict = conflict_of(a, b)
    if conflict is not None:
        return Opinion("different", -10.0, (conflict,))
    model = load_weights()["within" if a.document == b.document else "across"]
    points = model["bias"]
    for name, value in evidence(a, b).items():
        points += model.get(name, 0.0) * value
    if a.names & b.names:
        points = max(points, NAMED)
    elif _of_named(a, b) or _of_named(b, a):
        points = max(points, FOUGHT)
    if points >= 0.0 and _anchored(a, b):
        return Opinion("same", round(points, 6), _reasons(a, b))
    return Opinion("unsure", round(points, 6), ("too little speaks for one happening",))


@lru_cache(maxsize=1)
def load_weights() -> dict[str, dict[str, float]]:
    """How much each observation counts, in log-odds, with a ``bias``: between reports (``across``), where
    one place and one day mean much, and in one report (``within``), which seldom tells a thing twice.

    Raises:
        BadData: the file holds what is no number.
    """
    tables = tomllib.loads((files("svidok") / _FILE).read_text(encoding="utf-8"))
    try:
        return {
            part: {str(name): float(value) for name, value in tables[part].items()}
            for part in ("across", "within")
        }
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise BadData(
            f"not a model: {error!r}", where=_FILE, remedy="make it with benchmarks/fit_pairs.py"
        ) from error


def _anchored(a: Atom, b: Atom) -> bool:
    """Whether anything but likeness ties two atoms: a place, a name, a thing, a scene or a copy."""
    if a.family == "statement":
        return copied(a, b)
    how = places_apart(a.place, b.place)[0] if a.place and b.place else "none"
    near = a.document == b.document and abs(a.sentence - b.sentence) <= 1
    return (
        how in {"same", "near", "within"}
        or bool(a.names & b.names or a.anchors & b.anchors or a.spots & b.spots)
        or near
        or at_home(a, b)
        or copied(a, b)
        or _told_alike(a, b)
    )


ALIKE = 0.2
"""Wording from which one count of one fate ties two claims that name no place."""


def _told_alike(a: Atom, b: Atom) -> bool:
    """Whether both speak of one thing on one day, or give one count, in words that are partly the same; or
    tell of one day in words half of which are the same."""
    likeness = max(overlap(a.words, b.words), shared_words(a, b))
    if a.when == b.when and None not in a.when:
        return likeness >= (ALIKE if a.things & b.things else 0.5)
    unplaced = a.lent_place or b.lent_place or None in (a.place, b.place)
    return bool(counts_alike(a, b)["counts"]) and unplaced and likeness >= ALIKE


def _of_named(named: Atom, fight: Atom) -> bool:
    """Whether one is the battle of a town by its name, and the other a fight that the report tells there.

    A report that writes of "the battle of Makariv" and of "fights at Makariv" means one battle, unless it
    dates them apart; a place that only the scene lends says nothing.
    """
    if named.document != fight.document or named.family != fight.family or fight.names:
        return False
    return not fight.lent_place and fight.place is not None and named_place(named) == place_key(fight.place)


def _one_of_several(whole: Atom, part: Atom) -> bool:
    """The taking of thirty towns, by their names or by their region, is not the taking of one of them."""
    if part.place is None or part.lent_place:
        return False
    if whole.place is None:
        return bool(whole.others)
    wide = whole.place.kind in _WIDE and part.place.kind not in _WIDE
    return wide and any(q.kind == "places" and (q.low or 0) > 1 for q in whole.claim.quantities)


def _two_totals(a: Atom, b: Atom) -> bool:
    """Two totals so far that differ are of two days, not two accounts of one."""
    totals = [[q for q in x.claim.quantities if q.cumulative] for x in (a, b)]
    pairs = [(q, r) for q in totals[0] for r in totals[1] if (q.what, q.fate) == (r.what, r.fate)]
    return bool(pairs) and all(q.low != r.low for q, r in pairs)


def conflict_of(a: Atom, b: Atom) -> str | None:
    """What makes one happening impossible, in plain words, or None."""
    if a.kin != b.kin:
        return f"types differ: {a.claim.type}, {b.claim.type}"
    if (a.claim.modality in _UNREAL) != (b.claim.modality in _UNREAL):
        return "one is only planned, asked for or feared"
    if other_names(a.names, b.names):
        return f"two names: {min(a.names)}, {min(b.names)}"
    if _one_of_several(a, b) or _one_of_several(b, a):
        return "one counts several places, the other is at one"
    if _two_totals(a, b):
        return "two totals so far, of two days"
    if a.place is not None and b.place is not None:
        how, km = places_apart(a.place, b.place)
        if how == "apart" and not (a.lent_place or b.lent_place):
            return f"{km or 0:.0f} km apart, beyond their uncertainties"
        if how == "beside" and not (a.lent_place or b.lent_place) and a.family in ONCE:
            return f"two places {km or 0:.0f} km apart"
    gap = gap_days(a, b)
    if gap and later_done(a, b):
        return "not done by then, done later"
    if gap is not None and gap > (reach_days(a, b) if not (a.lent_time or b.lent_time) else 45):
        return f"{gap} days apart"
    if a.sides and b.sides and not a.sides & b.sides and a.family in {"capture", "withdraw"}:
        return "another side acts"
    return None


def _reasons(a: Atom, b: Atom) -> tuple[str, ...]:
    """Why, in words a reader can check."""
    reasons = [
        f"both {a.claim.type}" if a.claim.type == b.claim.type else f"{a.claim.type} and {b.claim.type}"
    ]
    named = sorted(a.names & b.names)
    if named:
        reasons.append(f"both call it {named[0]}")
    wording = overlap(a.words, b.words)
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
    width = max(width_days(a), width_days(b))
    return "same day" if width <= 1 else "times overlap" if width <= 10 else "times can overlap"
