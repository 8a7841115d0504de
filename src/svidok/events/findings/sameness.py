"""How likely two facts tell of one happening, leaving aside the point on which they differ.

A small logistic model. What it looks at are plain observations (shared place, day, names, things, words,
sides, counts); their weights are data (``atlas/data/sameness.toml``), made by ``benchmarks/fit_findings.py``
from planted dossiers and from ordinary reports. Each check leaves out what it is about: the check of
dates does not look at days, that of places not at places.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from svidok.errors import BadData
from svidok.events.findings.facts import Fact
from svidok.events.findings.similar import (
    alike,
    another_one,
    contrasted,
    disjoint,
    same_spot,
    spots_apart,
)
from svidok.records import Quantity

__all__ = ["MOST", "Sameness", "chance", "evidence", "load_sameness", "reachable", "same_happening"]

_FILE = "atlas/data/sameness.toml"
_FEW = 4
MOST = {
    "names": 2.0,
    "things": 2.0,
    "concepts": 3.0,
    "types": 2.0,
    "lent": 2.0,
    "counts": 2.0,
    "counts differ": 2.0,
    "report names": 3.0,
}
"""The most that an observation can be, where that is not 1."""
_LEFT_OUT = {
    "date": ("day",),
    "quantity": ("counts differ",),
    "place": ("spot", "no spot", "wide spot", "beside"),
    "polarity": (),
    "actor": ("sides",),
    "cumulative": ("day", "counts"),
}


@dataclass(frozen=True, slots=True)
class Sameness:
    """Weights by observation, and for each kind of finding its bias and the least chance it asks for."""

    weights: Mapping[str, float]
    bias: Mapping[str, float]
    least: Mapping[str, float]


@lru_cache(maxsize=1)
def load_sameness() -> Sameness:
    """The packaged model.

    Raises:
        BadData: ``sameness.toml`` lacks a table or holds what is no number.
    """
    table = tomllib.loads((files("svidok") / _FILE).read_text(encoding="utf-8"))
    try:
        parts = [{str(k): float(v) for k, v in table[name].items()} for name in ("weights", "bias", "least")]
        return Sameness(*parts)
    except (KeyError, TypeError, ValueError) as error:
        raise BadData(
            f"not a model of sameness: {error!r}",
            where=_FILE,
            remedy="make it with benchmarks/fit_findings.py",
        ) from error


def same_happening(a: Fact, b: Fact, kind: str, *, reports: int = 1) -> bool:
    """Whether two facts are likely enough accounts of one happening for a finding of this kind.

    ``reports`` is how many are compared with one another, see ``chance``.
    """
    if a.document != b.document and not reachable(kind, reports):
        return False
    return chance(a, b, kind, reports=reports) >= load_sameness().least[kind]


@lru_cache(maxsize=64)
def reachable(kind: str, reports: int) -> bool:
    """Whether any two reports of so many could be alike enough: beyond some number only rules decide.

    >>> reachable("place", 3), reachable("place", 10_000)
    (True, False)
    """
    model = load_sameness()
    best = model.bias[kind] + sum(
        weight * MOST.get(name, 1.0)
        for name, weight in model.weights.items()
        if weight > 0 and not name.startswith(_LEFT_OUT[kind])
    )
    return _likely(best + 1e-9 - _crowd(reports)) >= model.least[kind]


def chance(a: Fact, b: Fact, kind: str, *, reports: int = 1) -> float:
    """The probability, 0..1, that two facts tell of one happening, for a finding of this kind.

    The more ``reports`` are compared with one another, the more pairs look alike by chance: the odds
    that hold for a few reports (the model is fitted on some three) are divided among the rest.
    """
    model = load_sameness()
    seen = evidence(a, b, kind)
    total = model.bias[kind] + sum(model.weights.get(n, 0.0) * v for n, v in sorted(seen.items()))
    if a.document != b.document:
        total -= _crowd(reports)
    return _likely(total)


def _crowd(reports: int) -> float:
    return math.log(max(1.0, reports / _FEW))


def _likely(total: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def evidence(a: Fact, b: Fact, kind: str) -> dict[str, float]:
    """What is seen of two facts, without what a finding of this kind is about."""
    seen = {**_wording(a, b), **_where(a, b), **_when(a, b), **_who(a, b), **_counts(a, b)}
    return {n: v for n, v in seen.items() if v and not n.startswith(_LEFT_OUT[kind])}


def _wording(a: Fact, b: Fact) -> dict[str, float]:
    own = a.own & b.own
    smaller = min(len(a.own), len(b.own))
    return {
        "alike": alike(a, b),
        "own words": len(own) / max(3.0, smaller),
        "many words": min(4, len(own)) / 4,
        "names": min(2, len(a.anchors & b.anchors)),
        "other names": float(bool(a.anchors and b.anchors and not a.anchors & b.anchors)),
        "things": min(2, len(a.objects & b.objects)),
        "other things": float(bool(a.objects and b.objects and not a.objects & b.objects)),
        "concepts": min(3, len(a.concepts & b.concepts)),
        "no concept": float(not a.concepts & b.concepts),
        "types": min(2, len(a.types & b.types)),
        "other types": float(bool(a.types and b.types and not a.types & b.types)),
        "retake": float(a.retakes != b.retakes),
        "phase": float(a.phase != b.phase),
        "contrast": float(contrasted(a, b)),
        "another": float(another_one(a, b)),
        "one report": float(a.document == b.document),
        "next sentence": float(a.document == b.document and abs(a.sentence - b.sentence) == 1),
        "lent": float(a.lent) + float(b.lent),
        **(_reports(a, b) if a.document != b.document else {}),
    }


def _reports(a: Fact, b: Fact) -> dict[str, float]:
    """How much the whole reports have in common."""
    return {
        "report names": min(3, len(a.report_names & b.report_names)),
        "report words": min(1.0, len(a.report_words & b.report_words) / MANY_WORDS),
    }


MANY_WORDS = 10
"""Words that two reports share from which more tell nothing more."""


def _where(a: Fact, b: Fact) -> dict[str, float]:
    spot = same_spot(a, b)
    narrow = spot and any(p.kind not in {"region", "country"} for p in (*a.places, *b.places))
    return {
        "spot": float(spot and narrow),
        "wide spot": float(spot and not narrow),
        "no spot": float(not spot and not ((a.places or a.sites) and (b.places or b.sites))),
        "beside": float(not spot and spots_apart(a, b) is not None),
        "spots other": float(not spot and bool(a.keys and b.keys)),
    }


def _when(a: Fact, b: Fact) -> dict[str, float]:
    known = a.low is not None and b.low is not None
    same = known and (a.low, a.high) == (b.low, b.high)
    day = same and a.low == a.high
    return {
        "day": float(day and a.dated and b.dated),
        "day lent": float(day and not (a.dated and b.dated)),
        "day span": float(same and not day),
        "day apart": float(disjoint(a, b)),
        "day unknown": float(not known),
    }


def _who(a: Fact, b: Fact) -> dict[str, float]:
    return {
        "sides": float(bool(a.sides & b.sides)),
        "sides other": float(bool(a.sides and b.sides and not a.sides & b.sides)),
        "targets": float(bool(a.target_sides & b.target_sides)),
        "targets other": float(
            bool(a.target_sides and b.target_sides and not a.target_sides & b.target_sides)
        ),
        "voices": float(bool(a.speaker and b.speaker and a.speaker != b.speaker)),
    }


def _counts(a: Fact, b: Fact) -> dict[str, float]:
    same, differ = 0, 0
    for q in a.quantities:
        for r in b.quantities:
            if q.kind == r.kind and q.what == r.what and _exact(q) and _exact(r):
                same += q.low == r.low
                differ += q.low != r.low and q.fate == r.fate
    return {"counts": min(2, same), "counts differ": min(2, differ) if not same else 0.0}


def _exact(q: Quantity) -> bool:
    return q.low is not None and q.low == q.high and q.kind in {"people", "equipment", None}
