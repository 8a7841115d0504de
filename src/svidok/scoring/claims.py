"""Claims: which match, and what is right about those that do."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from svidok.scoring.pairing import overlaps, pair
from svidok.scoring.sameness import in_order, same_place, same_quantities, same_speaker, same_time, span
from svidok.scoring.tally import Counts, Scorecard, Share

__all__ = ["CHECKS", "Case", "cases_of", "fit", "same_places", "score_claims"]

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
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
    actors: tuple[tuple[int, int], ...]
    targets: tuple[tuple[int, int], ...]
    optional: bool
    confidence: float | None


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


def cases_of(document: Line, text: str = "") -> list[Case]:
    known = _aliases(document, text)
    groups: dict[str, list[Line]] = defaultdict(list)
    for claim in document.get("claims", []):
        bounds = [(claim.get("time") or {}).get(side) for side in ("earliest", "latest")]
        key = [claim.get(k) for k in ("type", "polarity", "modality", "speaker")]
        groups[json.dumps([list(claim["trigger"]), *key, bounds])].append(claim)
    places = document.get("places", [])
    return [_case(in_order(claims), places, known) for _, claims in sorted(groups.items())]


def _case(claims: Sequence[Line], places: Sequence[Line], known: Mapping[str, set[str]]) -> Case:
    first = claims[0]
    at, maybe = [
        {i: places[i] for c in claims for i in c.get(key, [])} for key in ("places", "places_optional")
    ]
    actors, targets = [
        tuple(sorted({span(one) for c in claims for one in c.get(key, [])})) for key in ("actors", "targets")
    ]
    counts, maybe_counts = [
        {json.dumps(q, sort_keys=True): q for c in claims for q in c.get(key, [])}
        for key in ("quantities", "quantities_optional")
    ]
    return Case(
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
        actors=actors,
        targets=targets,
        optional=all(c.get("optional", False) for c in claims),
        confidence=max((c["confidence"] for c in claims if c.get("confidence") is not None), default=None),
    )


def fit(gold: Case, guess: Case) -> float:
    """2 and more when the triggers overlap (the better the nearer), below 1 when only the evidence does."""
    if guess.type not in (gold.type, *gold.type_also):
        return 0.0
    agree = sum(check(gold, guess) for check in CHECKS.values()) + same_speaker(gold.speakers, guess.speakers)
    near = 1 / (1 + abs(gold.trigger[0] - guess.trigger[0]) + abs(gold.trigger[1] - guess.trigger[1]))
    if overlaps(gold.trigger, guess.trigger) or gold.trigger == guess.trigger:
        return 1 + agree + near
    shared = any(overlaps(a, b) for a in gold.evidence for b in guess.evidence)
    return (agree + near) / 10 + 0.01 if shared else 0.0


def same_places(gold: Case, guess: Case) -> bool:
    """Every place that is asked for is there, and none that is neither asked for nor allowed."""
    allowed = gold.places + gold.places_optional
    return all(any(same_place(g, p) for p in guess.places) for g in gold.places) and all(
        any(same_place(g, p) for g in allowed) for p in guess.places
    )


CHECKS: dict[str, Callable[[Case, Case], bool]] = {
    "claim polarity": lambda g, p: g.polarity == p.polarity,
    "claim modality": lambda g, p: g.modality == p.modality,
    "claim place": same_places,
    "claim time": lambda g, p: (
        any(same_time(time, p.time) for time in (g.time, *g.time_also))
        or (g.time_optional and p.time is None)
    ),
}


ROLES: dict[str, Callable[[Case], tuple[tuple[int, int], ...]]] = {
    "claim actors": lambda case: case.actors,
    "claim targets": lambda case: case.targets,
}
"""Who acts and who suffers, where the gold says so: one of its words is among those predicted."""


def score_claims(gold: Line, guess: Line) -> Scorecard:
    """Claims of one document: found overall and by type, and what is right about the found ones."""
    text = gold.get("text") or ""
    every, guesses = cases_of(gold, text), cases_of(guess, text)
    wanted = [case for case in every if not case.optional]
    matching = pair(wanted, guesses, fit)
    pairs = [(wanted[i], guesses[j]) for i, j in matching]
    found = {j for _, j in matching}
    rest = [case for j, case in enumerate(guesses) if j not in found]
    forgiven = {j for _, j in pair([case for case in every if case.optional], rest, fit)}
    guesses = [case for _, case in pairs] + [case for j, case in enumerate(rest) if j not in forgiven]
    counts = {"claims": Counts(len(pairs), len(guesses) - len(pairs), len(wanted) - len(pairs))}
    strict = len(pair(wanted, guesses, lambda g, p: float(fit(g, p) >= 1)))
    whole = len(pair(wanted, guesses, lambda g, p: fit(g, p) * all(check(g, p) for check in CHECKS.values())))
    counts["claims right"] = Counts(whole, len(guesses) - whole, len(wanted) - whole)
    counts["claims by trigger"] = Counts(strict, len(guesses) - strict, len(wanted) - strict)
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
    for role, spans_of in ROLES.items():
        told = [(spans_of(g), spans_of(p)) for g, p in pairs if spans_of(g)]
        right[role] = [any(overlaps(a, b) for a in asked for b in given) for asked, given in told]
    shares = {name: Share(sum(marks), len(marks)) for name, marks in right.items()}
    return Scorecard(counts, shares | _calibration(guesses, len(pairs)))


def _calibration(guesses: Sequence[Case], matched: int) -> dict[str, Share]:
    """How many of the claims of each tenth of confidence were matched; the matched come first."""
    tenths: dict[str, Share] = {}
    for j, case in enumerate(guesses):
        if case.confidence is not None:
            name = f"confidence {min(int(case.confidence * 10), 9) / 10:.1f}"
            tenths[name] = tenths.get(name, Share()) + Share(int(j < matched), 1)
    return tenths
