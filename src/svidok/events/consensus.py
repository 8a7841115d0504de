"""What the witnesses of one event agree on, by stated rules, with nothing of any claim lost.

Method of the counts: low, best and high as in the UCDP Georeferenced Event Dataset (R. Sundberg and
E. Melander, 2013), except that "best" is the count of most witnesses, never an average.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from svidok.events.apart import DURATIVE
from svidok.events.atoms import Atom, place_key
from svidok.events.days import iso_day
from svidok.records import Estimate, Place, TimeSpan

__all__ = ["best_place", "best_time", "estimates"]


def _voice(atom: Atom, groups: Mapping[str, str]) -> str:
    return atom.claim.speaker or groups.get(atom.document, atom.document)


def best_time(atoms: Sequence[Atom]) -> tuple[TimeSpan | None, str | None]:
    """The interval of an event and the rule that chose it.

    Claims that tell their day themselves are asked first, then those that took it over, then their scene.
    Lasting happenings take the hull of the dates. Others take what all dated claims leave possible;
    if they leave nothing, the interval that most claims give, the narrower and earlier first.
    """
    dated = [a for a in atoms if a.when != (None, None)]
    told = [a for a in dated if a.day_told]
    own = told or [a for a in dated if a.claim.time is not None] or dated
    if not own:
        return None, None
    lows = [a.low for a in own if a.low is not None]
    highs = [a.high for a in own if a.high is not None]
    spans = {(a.low, a.high) for a in own}
    if len(spans) == 1:
        return own[0].claim.time, "all dated claims agree"
    if own[0].family in DURATIVE:
        return _span(
            min(lows) if lows else None, max(highs) if highs else None
        ), "from first to last dated claim"
    low, high = (max(lows) if lows else None), (min(highs) if highs else None)
    if low is None or high is None or low <= high:
        return _span(low, high), "what all dated claims leave possible"
    votes = Counter((a.low, a.high) for a in own)
    chosen = min(votes, key=lambda s: (-votes[s], _width(s), s[0] or 0, s[1] or 0))
    return _span(*chosen), "the interval that most claims give"


def _width(span: tuple[int | None, int | None]) -> int:
    return 10**9 if span[0] is None or span[1] is None else span[1] - span[0]


def _span(low: int | None, high: int | None) -> TimeSpan:
    earliest = iso_day(low) if low is not None else None
    latest = iso_day(high) if high is not None else None
    edtf = earliest if earliest == latest else f"{earliest or '..'}/{latest or '..'}"
    return TimeSpan(earliest, latest, edtf)


def best_place(atoms: Sequence[Atom], groups: Mapping[str, str]) -> Place | None:
    """The place that most voices give, the better resolved and the smaller first."""
    votes: dict[str, set[str]] = defaultdict(set)
    examples: dict[str, Place] = {}
    for atom in atoms:
        if atom.place is None:
            continue
        key = place_key(atom.place)
        votes[key].add(_voice(atom, groups))
        held = examples.get(key)
        examples[key] = atom.place if held is None else max(held, atom.place, key=_quality)
    if not examples:
        return None
    key = min(votes, key=lambda k: (examples[k].lat is None, _size(examples[k]), -len(votes[k]), k))
    return examples[key]


def _quality(place: Place) -> tuple[float, int, str, int]:
    return place.confidence, -len(place.text), place.text, -place.start


def _size(place: Place) -> int:
    return {"country": 3, "region": 2, "district": 1, "area": 1, "water": 1}.get(place.kind or "", 0)


def estimates(atoms: Sequence[Atom], groups: Mapping[str, str]) -> tuple[Estimate, ...]:
    """Low, best and high for each thing counted, and the rule that chose "best"."""
    counted: dict[tuple[str | None, str | None], list[tuple[Atom, float | None, float | None]]] = defaultdict(
        list
    )
    for atom in atoms:
        for q in atom.claim.quantities:
            if q.kind in {"distance", "area", "share", "duration"} or (q.low is None and q.high is None):
                continue
            counted[q.what, q.fate].append((atom, q.low, q.high))
    out = []
    for (what, fate), rows in sorted(counted.items(), key=lambda item: (item[0][0] or "", item[0][1] or "")):
        lows = [low for _, low, _ in rows if low is not None]
        highs = [high for _, _, high in rows if high is not None]
        backing: dict[float, set[str]] = defaultdict(set)
        for atom, low, high in rows:
            if low is not None and low == high:
                backing[low].add(_voice(atom, groups))
        best: float | None = None
        rule = "no exact count is given"
        if backing:
            most = max(len(v) for v in backing.values())
            leaders = sorted(n for n, v in backing.items() if len(v) == most)
            if len(leaders) == 1:
                best, rule = (
                    leaders[0],
                    "the only exact count" if len(backing) == 1 else "the count of most voices",
                )
            else:
                best, rule = _latest(rows, set(leaders)), "voices are tied: the latest report"
        out.append(
            Estimate(
                what,
                fate,
                min(lows, default=None),
                best,
                max([*lows, *highs], default=None) if highs else None,
                rule,
            )
        )
    return tuple(out)


def _latest(rows: Sequence[tuple[Atom, float | None, float | None]], leaders: set[float]) -> float:
    dated = [
        (a.published or -(10**9), low)
        for a, low, high in rows
        if low is not None and low == high and low in leaders
    ]
    return max(dated)[1]
