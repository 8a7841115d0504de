"""The rules of the other layers: what counts as found, and what counts as right."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from svidok.scoring.claims import score_claims
from svidok.scoring.pairing import jaccard, overlaps, pair
from svidok.scoring.sameness import in_order, near, same_time, span
from svidok.scoring.tally import Counts, Scorecard, Share

__all__ = ["LAYERS", "score_attributions", "score_findings", "score_places", "score_times"]

Line = Mapping[str, Any]


def _kept(pairs: int, gold: int, guesses: int) -> Counts:
    return Counts(pairs, guesses - pairs, gold - pairs)


def score_places(gold: Line, guess: Line) -> Scorecard:
    """Places of one document: recognition, resolution of what was recognised, and both together."""
    every = in_order(gold["places"])
    asked = [place for place in every if not place.get("metonym")]
    guesses = in_order(guess.get("places", []))
    pairs = pair(asked, guesses, lambda g, p: jaccard(span(g), span(p)))
    taken = {j for _, j in pairs}
    extra = sum(
        j not in taken and not any(overlaps(span(p), span(g)) for g in every) for j, p in enumerate(guesses)
    )
    pointed = sum(guesses[j].get("lat") is not None for _, j in pairs)
    right = sum(near(asked[i], guesses[j]) for i, j in pairs)
    located = len(pair(asked, guesses, lambda g, p: jaccard(span(g), span(p)) * near(g, p)))
    found = Counts(len(pairs), extra, len(asked) - len(pairs))
    both = Counts(located, len(pairs) - located + extra, len(asked) - located)
    return Scorecard(
        {"places": found, "places end-to-end": both},
        {
            "place within 161 km": Share(right, len(pairs)),
            "place resolved": Share(pointed, len(pairs)),
        },
    )


def _value(time: Line) -> str | None:
    """The TIMEX3 value in capitals; the hour of a dated time does not count (as in TempEval-3)."""
    value = time.get("value")
    return re.sub(r"^(\d{4}-\d\d-\d\d)T.*$", r"\1", value.strip().upper()) if value else None


def score_times(gold: Line, guess: Line) -> Scorecard:
    """Times of one document: relaxed, strict and value, and the bounds of what was found."""
    wanted, guesses = in_order(gold["times"]), in_order(guess.get("times", []))
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


def score_attributions(gold: Line, guess: Line) -> Scorecard:
    """Attributed content (spans shared by half or more), and whether its source is the right one."""
    wanted, guesses = in_order(gold["attributions"]), in_order(guess.get("attributions", []))

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


def score_findings(gold: Iterable[Line], guesses: Iterable[Line]) -> Scorecard:
    """Findings: of the same kind, and pointing at two of the gold's spans (or at its only one)."""
    wanted, offered = in_order(gold), in_order(guesses)

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
