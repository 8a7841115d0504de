"""How likely a claim is right, from what can be seen of it: a small logistic model, fitted on gold.

The rules that make claims do not know how sure they are. This stage does: it looks at a claim's type,
standing and arguments, and at the register of its sentence (argument, wish and slogan speak of "we", "must"
and "never"; reports of numbers, days and places), and sets ``confidence`` to the probability that a careful
reader would make the same claim. Claims below ``least`` are left out. Weights are data, made by
``benchmarks/fit_trust.py``.
"""

from __future__ import annotations

import functools
import math
import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from svidok.errors import BadData
from svidok.records import Claim, Sentence

__all__ = ["Trust", "features", "load_trust", "register", "weigh"]


@dataclass(frozen=True, slots=True)
class Trust:
    """Weights by feature, words by list, and the least probability a claim is kept with."""

    weights: Mapping[str, float]
    words: Mapping[str, re.Pattern[str]]
    least: float = 0.0

    def probability(self, seen: Mapping[str, float]) -> float:
        """The logistic of the weighted features, 0..1; features without a weight count nothing.

        >>> Trust({"number": 2.0}, {}).probability({"number": 1.0, "other": 5.0})
        0.8807970779778823
        """
        total = sum(self.weights.get(name, 0.0) * value for name, value in sorted(seen.items()))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@functools.cache
def load_trust() -> Trust:
    """The packaged model.

    Raises:
        BadData: ``trust.toml`` lacks its tables, or a weight is not a number.
    """
    where = "atlas/data/trust.toml"
    table = tomllib.loads(
        resources.files("svidok.atlas").joinpath("data/trust.toml").read_text(encoding="utf-8")
    )
    try:
        weights = {str(name): float(value) for name, value in table["weights"].items()}
        words = {name: _pattern(listed) for name, listed in table["words"].items()}
        return Trust(weights, words, float(table["least"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadData(
            f"not a trust model: {error!r}", where=where, remedy="make it with benchmarks/fit_trust.py"
        ) from error


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


def weigh(
    claims: Sequence[Claim],
    text: str,
    sentences: Sequence[Sentence],
    trust: Trust,
    signs: Mapping[str, Iterable[str]] | None = None,
) -> tuple[Claim, ...]:
    """Set each claim's confidence to its probability of being right; leave out what is below ``least``.

    Args:
        claims: the claims of one document, in any order; the order is kept.
        text: the document's text, which all offsets index.
        sentences: its sentences in order, with their roles.
        trust: the model.
        signs: what the grammar shows of each claim, by its id (:mod:`svidok.claims.signs`).
    """
    starts = [sentence.start for sentence in sentences]
    whole = register(text, trust)
    kept = []
    for claim in claims:
        index = bisect_right(starts, claim.trigger[0]) - 1
        sentence = sentences[index] if index >= 0 else None
        seen = {**dict.fromkeys((signs or {}).get(claim.id, ()), 1.0), **whole}
        probability = trust.probability({**features(claim, text, sentence, trust), **seen})
        if probability >= trust.least:
            kept.append(replace(claim, confidence=round(probability, 3)))
    return tuple(kept)


def register(text: str, trust: Trust) -> dict[str, float]:
    """How much the whole text argues, per hundred words, at most 1."""
    size = max(20, text.count(" ") + 1) / 100
    return {
        f"text {name}": min(1.0, len(pattern.findall(text)) / size / 10)
        for name, pattern in trust.words.items()
        if name in ("argument", "persons")
    }


def features(claim: Claim, text: str, sentence: Sentence | None, trust: Trust) -> dict[str, float]:
    """What can be seen of one claim: names to numbers between 0 and 2, most of them 0 or 1.

    >>> claim = Claim("c", "d", 0, 14, (5, 8), "battle")
    >>> seen = features(claim, "They hit back!", None, Trust({}, {}))
    >>> seen["type battle"], seen["exclaimed"], seen["place"]
    (1.0, 1.0, 0.0)
    """
    start, end = (sentence.start, sentence.end) if sentence else (claim.start, claim.end)
    around = text[start:end]
    trigger = text[slice(*claim.trigger)].lower()
    before = text[max(start, claim.trigger[0] - 12) : claim.trigger[0]].lower().split()
    seen = {
        "always": True,
        f"type {claim.type}": True,
        f"modality {claim.modality}": True,
        f"role {sentence.role if sentence else 'body'}": True,
        "negated": claim.polarity == "negated",
        "speaker": claim.speaker is not None,
        "place": bool(claim.places) and not claim.places_inherited,
        "place inherited": bool(claim.places) and claim.places_inherited,
        "day": claim.time is not None and not claim.time.inherited,
        "day inherited": claim.time is not None and claim.time.inherited,
        "number": bool(claim.quantities),
        "actor": bool(claim.actors),
        "target": bool(claim.targets),
        "digits": any(map(str.isdigit, around)),
        "question": "?" in around,
        "exclaimed": "!" in around,
        "after to": before[-1:] == ["to"],
        "after article": before[-1:] in (["a"], ["an"], ["the"]),
        "trigger -ing": trigger.endswith("ing"),
        "trigger -ed": trigger.endswith("ed"),
        "trigger several words": " " in trigger,
    }
    numbers = {name: float(value) for name, value in seen.items()}
    numbers["length"] = min(end - start, 400) / 200
    for name, pattern in trust.words.items():
        if name == "saying":
            numbers[name] = float(claim.type == "statement" and pattern.fullmatch(trigger) is not None)
        else:
            numbers[name] = min(4, len(pattern.findall(around))) / 2
    return numbers
