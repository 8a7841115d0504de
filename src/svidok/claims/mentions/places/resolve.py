"""Which place of that name is meant: candidates weighed by what else the document names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svidok.atlas.gazetteer import Entry, Gazetteer, distance_km
from svidok.claims.mentions.places.mention import Mention

__all__ = ["resolve"]


@dataclass(slots=True)
class _Choice:
    number: int
    entry: Entry
    base: float
    score: float = 0.0


def _base(entry: Entry, standing: int) -> float:
    people = math.log10(entry.population + 10)
    if entry.kind == "country":
        score = 9.0
    elif entry.feature == "CONT":
        score = 9.0
    elif entry.kind == "region":
        score = 3.5 + 0.5 * people if entry.feature == "ADM1" else 1.5 + 0.5 * people
    elif entry.kind == "settlement":
        score = people + (1.0 if entry.feature == "PPLC" else 0.0)
    elif entry.kind == "district":
        score = 2.5
    else:
        score = 5.5
    return score - (0.0, 1.2, 2.0)[standing]


def resolve(mentions: Sequence[Mention], *, gazetteer: Gazetteer, near: Entry | None = None) -> None:
    """Choose an entry for every mention, from the surest to the least sure, in place."""
    choices: dict[str, list[_Choice]] = {}
    for mention in mentions:
        if mention.folded not in choices:
            choices[mention.folded] = [
                _Choice(number, gazetteer.entry_at(number), _base(gazetteer.entry_at(number), how))
                for number, how in mention.numbers[:120]
            ]
    best: dict[str, Entry] = {}
    for _ in range(3):
        context = list(best.items())
        for folded, found in choices.items():
            if not found:
                continue
            for choice in found:
                choice.score = choice.base + _support(choice.entry, folded, context, near)
            best[folded] = max(found, key=lambda c: (c.score, -c.number)).entry
    for mention in mentions:
        found = choices[mention.folded]
        if not found:
            continue
        top = sorted(found, key=lambda c: (-c.score, c.number))
        mention.chosen = top[0].number
        weights = [math.exp(c.score - top[0].score) for c in top]
        mention.confidence = 1.0 / sum(weights)


def _support(entry: Entry, folded: str, context: list[tuple[str, Entry]], near: Entry | None) -> float:
    score = 0.0
    for other, place in context:
        if other == folded:
            continue
        if place.key in entry.parents:
            score += 1.0 if place.kind == "country" else 1.8
        elif entry.kind == "settlement" and place.kind == "settlement":
            far = distance_km(entry.point, place.point)
            if far < 300:
                score += 1.0 * math.exp(-far / 100)
        elif place.country and place.country == entry.country:
            score += 0.3
    if near is not None and (near.key in entry.parents or near.key == entry.key):
        score += 3.0
    return min(score, 5.0)
