"""The rules of each layer: what counts as found, and what counts as right."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svidok.scoring.pairing import jaccard, overlaps, pair
from svidok.scoring.tally import Counts, Scorecard, Share

__all__ = ["LAYERS", "score_attributions", "score_claims", "score_findings", "score_places", "score_times"]

Line = Mapping[str, Any]
EARTH_DIAMETER_KM = 12742.0
SAME_PLACE_KM = 25.0
RESOLVED_KM = 161.0
SHARED_DAYS = 0.5
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
EMPTY_WORDS = frozenset({"the", "a", "an", "of", "and", "in", "for", "'s", "s"})


def span(item: Line) -> tuple[int, int]:
    """The offsets of a mention."""
    return item["start"], item["end"]


def _sorted(items: Iterable[Line]) -> list[Line]:
    """A fixed order, whatever the order in the file."""
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True, ensure_ascii=False))


def _kept(pairs: int, gold: int, guesses: int) -> Counts:
    return Counts(pairs, guesses - pairs, gold - pairs)


def kilometres(one: Line, other: Line) -> float | None:
    """Great-circle distance in km between two located places, or None when one has no point.

    >>> round(kilometres({"lat": 50.45, "lon": 30.5}, {"lat": 50.0, "lon": 36.25}))
    412
    """
    corners = [place.get(axis) for place in (one, other) for axis in ("lat", "lon")]
    if any(x is None for x in corners):
        return None
    la, lo, lb, lp = (math.radians(x) for x in corners if x is not None)
    h = math.sin((lb - la) / 2) ** 2 + math.cos(la) * math.cos(lb) * math.sin((lp - lo) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def _near(one: Line, other: Line) -> bool:
    apart = kilometres(one, other)
    return apart is not None and apart <= RESOLVED_KM


# --- places ----------------------------------------------------------------------------------


def score_places(gold: Line, guess: Line) -> Scorecard:
    """Places of one document: recognition, resolution of what was recognised, and both together."""
    every = _sorted(gold["places"])
    asked = [place for place in every if not place.get("metonym")]
    guesses = _sorted(guess.get("places", []))
    pairs = pair(asked, guesses, lambda g, p: jaccard(span(g), span(p)))
    taken = {j for _, j in pairs}
    extra = sum(
        j not in taken and not any(overlaps(span(p), span(g)) for g in every) for j, p in enumerate(guesses)
    )
    pointed = sum(guesses[j].get("lat") is not None for _, j in pairs)
    right = sum(_near(asked[i], guesses[j]) for i, j in pairs)
    located = len(pair(asked, guesses, lambda g, p: jaccard(span(g), span(p)) * _near(g, p)))
    found = Counts(len(pairs), extra, len(asked) - len(pairs))
    both = Counts(located, len(pairs) - located + extra, len(asked) - located)
    return Scorecard(
        {"places": found, "places end-to-end": both},
        {
            "place within 161 km": Share(right, len(pairs)),
            "place resolved": Share(pointed, len(pairs)),
        },
    )


# --- times -----------------------------------------------------------------------------------


def _value(time: Line) -> str | None:
    """The TIMEX3 value in capitals; the hour of a dated time does not count (as in TempEval-3)."""
    value = time.get("value")
    return re.sub(r"^(\d{4}-\d\d-\d\d)T.*$", r"\1", value.strip().upper()) if value else None


def score_times(gold: Line, guess: Line) -> Scorecard:
    """Times of one document: relaxed, strict and value, and the bounds of what was found."""
    wanted, guesses = _sorted(gold["times"]), _sorted(guess.get("times", []))
    pairs = [
        (wanted[i], guesses[j]) for i, j in pair(wanted, guesses, lambda g, p: jaccard(span(g), span(p)))
    ]
    strict = len(pair(wanted, guesses, lambda g, p: float(span(g) == span(p))))
    value = len(pair(wanted, guesses, lambda g, p: jaccard(span(g), span(p)) * (_value(g) == _value(p))))
    bounds = [same_time(g, p) for g, p in pairs if g.get("earliest") or g.get("latest")]
    sizes = len(wanted), len(guesses)
    return Scorecard(
        {
            "times relaxed": _kept(len(pairs), *sizes),
            "times strict": _kept(strict, *sizes),
            "times value": _kept(value, *sizes),
        },
        {"time bounds": Share(sum(bounds), len(bounds))},
    )


def day_number(text: str, *, end: bool) -> int:
    """Days since 1970-01-01 of an ISO day, month or year (its last day when ``end``); years are astronomical.

    >>> day_number("1970-01-02T05:00", end=False), day_number("1970", end=True)
    (1, 364)
    >>> day_number("-0240", end=False)  # 241 BC
    -807186
    """
    m = re.match(r"(-?\d+)(?:-(\d\d))?(?:-(\d\d))?", text)
    if not m:
        raise ValueError(f"not an ISO day: {text!r}")
    year, month = int(m[1]), int(m[2] or (12 if end else 1))
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    last = 29 if leap and month == 2 else MONTH_DAYS[month - 1]
    day = int(m[3] or (last if end else 1))
    y = year - (month <= 2)  # days from civil, Howard Hinnant
    era, of_era = divmod(y, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def same_time(one: Line | None, other: Line | None) -> bool:
    """Whether two intervals agree: open on the same sides, and at least half of their days shared.

    >>> day = {"earliest": "2022-03-04", "latest": "2022-03-04"}
    >>> month = {"earliest": "2022-03-01", "latest": "2022-03-31"}
    >>> same_time(day, day), same_time(day, month), same_time(None, day), same_time(None, None)
    (True, False, False, True)
    """
    (a, b), (c, d) = [(t.get("earliest"), t.get("latest")) if t else (None, None) for t in (one, other)]
    if (a is None) != (c is None) or (b is None) != (d is None):
        return False
    try:
        low = [day_number(x, end=False) for x in (a, c) if x is not None]
        high = [day_number(x, end=True) for x in (b, d) if x is not None]
    except ValueError:
        return False
    if not low or not high:
        return len(set(low)) <= 1 and len(set(high)) <= 1
    shared, union = min(high) - max(low) + 1, max(high) - min(low) + 1
    return shared >= SHARED_DAYS * union


# --- attributions ----------------------------------------------------------------------------


def score_attributions(gold: Line, guess: Line) -> Scorecard:
    """Attributed content (spans shared by half or more), and whether its source is the right one."""
    wanted, guesses = _sorted(gold["attributions"]), _sorted(guess.get("attributions", []))

    def fit(g: Line, p: Line) -> float:
        shared = jaccard(g["content"], p["content"])
        return shared if shared >= 0.5 else 0.0

    pairs = [(wanted[i], guesses[j]) for i, j in pair(wanted, guesses, fit)]
    named = [(g, p) for g, p in pairs if g.get("source")]
    right = sum(bool(p.get("source")) and overlaps(g["source"], p["source"]) for g, p in named)
    return Scorecard(
        {"attributions": _kept(len(pairs), len(wanted), len(guesses))},
        {"attribution source": Share(right, len(named))},
    )


# --- claims ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Case:
    """Claims of one trigger that differ only in place: one happening in a reader's table."""

    type: str
    type_also: tuple[str, ...]
    trigger: tuple[int, int]
    evidence: tuple[tuple[int, int], ...]
    polarity: str
    modality: str
    speakers: tuple[str, ...]
    speaker_optional: bool
    time: Line | None
    time_optional: bool
    time_also: tuple[Line, ...]
    places: tuple[Line, ...]
    places_optional: tuple[Line, ...]
    quantities: tuple[Line, ...]
    quantities_optional: tuple[Line, ...]
    optional: bool


def _aliases(document: Line, text: str) -> dict[str, set[str]]:
    """The words that stand for a canonical name in this document: "the Kremlin" for "Russia"."""
    known: dict[str, set[str]] = defaultdict(set)
    for claim in document.get("claims", []):
        for actor in [*claim.get("actors", []), *claim.get("targets", [])]:
            if actor.get("name"):
                known[actor["name"]].add(text[slice(*span(actor))] or str(actor.get("text")))
    for item in document.get("attributions", []):
        if item.get("speaker") and item.get("source"):
            known[item["speaker"]].add(text[slice(*item["source"])])
    return known


def _cases(document: Line, text: str = "") -> list[_Case]:
    known = _aliases(document, text)
    groups: dict[str, list[Line]] = defaultdict(list)
    for claim in document.get("claims", []):
        bounds = [(claim.get("time") or {}).get(side) for side in ("earliest", "latest")]
        key = [claim.get(k) for k in ("type", "polarity", "modality", "speaker")]
        groups[json.dumps([list(claim["trigger"]), *key, bounds])].append(claim)
    places = document.get("places", [])
    return [_case(_sorted(claims), places, known) for _, claims in sorted(groups.items())]


def _case(claims: Sequence[Line], places: Sequence[Line], known: Mapping[str, set[str]]) -> _Case:
    first = claims[0]
    at, maybe = [
        {i: places[i] for c in claims for i in c.get(key, [])} for key in ("places", "places_optional")
    ]
    counts, maybe_counts = [
        {json.dumps(q, sort_keys=True): q for c in claims for q in c.get(key, [])}
        for key in ("quantities", "quantities_optional")
    ]
    return _Case(
        type=first["type"],
        type_also=tuple(first.get("type_also", [])),
        trigger=(first["trigger"][0], first["trigger"][1]),
        evidence=tuple((c.get("start", c["trigger"][0]), c.get("end", c["trigger"][1])) for c in claims),
        polarity=first.get("polarity") or "affirmed",
        modality=first.get("modality") or "asserted",
        speakers=tuple(
            name
            for speaker in [first.get("speaker"), *first.get("speaker_also", [])]
            if speaker
            for name in [speaker, *sorted(known.get(speaker, ()))]
        ),
        speaker_optional=bool(first.get("speaker_optional")),
        time=first.get("time"),
        time_optional=bool(first.get("time_optional")),
        time_also=tuple(first.get("time_also", [])),
        places=tuple(at.values()),
        places_optional=tuple(maybe.values()),
        quantities=tuple(counts[k] for k in sorted(counts)),
        quantities_optional=tuple(maybe_counts[k] for k in sorted(maybe_counts)),
        optional=all(c.get("optional", False) for c in claims),
    )


def _fit(gold: _Case, guess: _Case) -> float:
    """2 and more when the triggers overlap (the better the nearer), below 1 when only the evidence does."""
    if guess.type not in (gold.type, *gold.type_also):
        return 0.0
    agree = sum(check(gold, guess) for check in CHECKS.values()) + same_speaker(gold.speakers, guess.speakers)
    near = 1 / (1 + abs(gold.trigger[0] - guess.trigger[0]) + abs(gold.trigger[1] - guess.trigger[1]))
    if overlaps(gold.trigger, guess.trigger) or gold.trigger == guess.trigger:
        return 1 + agree + near
    shared = any(overlaps(a, b) for a in gold.evidence for b in guess.evidence)
    return (agree + near) / 10 + 0.01 if shared else 0.0


def same_places(gold: _Case, guess: _Case) -> bool:
    """Every place that is asked for is there, and none that is neither asked for nor allowed."""
    allowed = gold.places + gold.places_optional
    return all(any(_same_place(g, p) for p in guess.places) for g in gold.places) and all(
        any(_same_place(g, p) for g in allowed) for p in guess.places
    )


def _same_place(one: Line, other: Line) -> bool:
    apart = kilometres(one, other)
    if apart is not None and apart <= SAME_PLACE_KM:
        return True
    named = str(one.get("text")).casefold() == str(other.get("text")).casefold()
    return (overlaps(span(one), span(other)) or named) and (apart is None or apart <= RESOLVED_KM)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold())) - EMPTY_WORDS


def same_speaker(gold: Sequence[str], guess: Sequence[str]) -> bool:
    """Whether two speakers share a word that says something, or both are unknown.

    >>> same_speaker(["the mayor, Oleksandr Honcharenko"], ["Honcharenko"]), same_speaker(["the army"], [])
    (True, False)
    """
    if not gold or not guess:
        return not gold and not guess
    return any(_words(a) & _words(b) for a in gold for b in guess)


def same_quantities(gold: Sequence[Line], guess: Sequence[Line], optional: Sequence[Line] = ()) -> bool:
    """Whether both name the same numbers (low, high and bound) in any order; ``optional`` ones may be there.

    >>> five, nine = {"low": 5, "high": 5}, {"low": 9, "high": None, "bound": "at_least"}
    >>> same_quantities([five], [five]), same_quantities([five], [five, nine])
    (True, False)
    >>> same_quantities([five], [five, nine], [nine])
    True
    """
    asked, given, allowed = (Counter(map(_number, side)) for side in (gold, guess, optional))
    return not asked - given and not given - asked - allowed


def _number(quantity: Line) -> tuple[str, ...]:
    low, high, bound = quantity.get("low"), quantity.get("high"), quantity.get("bound") or "exact"
    low, high = (None if bound == "at_most" else low), (None if bound == "at_least" else high)
    return (*("" if x is None else f"{float(x):g}" for x in (low, high)), bound)


CHECKS: dict[str, Callable[[_Case, _Case], bool]] = {
    "claim polarity": lambda g, p: g.polarity == p.polarity,
    "claim modality": lambda g, p: g.modality == p.modality,
    "claim place": same_places,
    "claim time": lambda g, p: (
        any(same_time(time, p.time) for time in (g.time, *g.time_also))
        or (g.time_optional and p.time is None)
    ),
}


def score_claims(gold: Line, guess: Line) -> Scorecard:
    """Claims of one document: found overall and by type, and what is right about the found ones."""
    text = gold.get("text") or ""
    every, guesses = _cases(gold, text), _cases(guess, text)
    wanted = [case for case in every if not case.optional]
    matching = pair(wanted, guesses, _fit)
    pairs = [(wanted[i], guesses[j]) for i, j in matching]
    found = {j for _, j in matching}
    rest = [case for j, case in enumerate(guesses) if j not in found]
    forgiven = {j for _, j in pair([case for case in every if case.optional], rest, _fit)}
    guesses = [case for _, case in pairs] + [case for j, case in enumerate(rest) if j not in forgiven]
    counts = {"claims": _kept(len(pairs), len(wanted), len(guesses))}
    strict = len(pair(wanted, guesses, lambda g, p: float(_fit(g, p) >= 1)))
    counts["claims by trigger"] = _kept(strict, len(wanted), len(guesses))
    hits = Counter(g.type for g, _ in pairs)
    missed = Counter(case.type for case in wanted) - hits
    false = Counter(case.type for case in guesses) - Counter(p.type for _, p in pairs)
    for type_ in {*hits, *missed, *false}:
        counts[f"claims:{type_}"] = Counts(hits[type_], false[type_], missed[type_])
    right = {name: [check(g, p) for g, p in pairs] for name, check in CHECKS.items()}
    right["claim all right"] = [all(marks) for marks in zip(*right.values(), strict=True)]
    right["claim speaker"] = [
        same_speaker(g.speakers, p.speakers) or (g.speaker_optional and not p.speakers) for g, p in pairs
    ]
    numbered = [(g, p) for g, p in pairs if g.quantities or p.quantities]
    right["claim quantities"] = [
        same_quantities(g.quantities, p.quantities, g.quantities_optional) for g, p in numbered
    ]
    return Scorecard(counts, {name: Share(sum(marks), len(marks)) for name, marks in right.items()})


# --- findings --------------------------------------------------------------------------------


def score_findings(gold: Iterable[Line], guesses: Iterable[Line]) -> Scorecard:
    """Findings: of the same kind, and pointing at two of the gold's spans (or at its only one)."""
    wanted, offered = _sorted(gold), _sorted(guesses)

    def fit(g: Line, p: Line) -> float:
        if g["kind"] != p["kind"]:
            return 0.0
        hit = sum(
            any(a["id"] == b["id"] and overlaps(span(a), span(b)) for b in p["spans"]) for a in g["spans"]
        )
        return float(hit >= min(2, len(g["spans"])))

    return Scorecard({"findings": _kept(len(pair(wanted, offered, fit)), len(wanted), len(offered))})


LAYERS: dict[str, Callable[[Line, Line], Scorecard]] = {
    "places": score_places,
    "times": score_times,
    "attributions": score_attributions,
    "claims": score_claims,
}
