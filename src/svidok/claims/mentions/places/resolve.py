"""Which place of that name is meant: all names of a document decide together.

Every name has its candidates; each candidate is weighed by what it is (people, kind, fit of the
name) and by what the other names make likely (containers beside it or anywhere, near neighbours,
one country). Beliefs are passed around a few times (mean-field conditional random field); the
weights were fitted by maximum likelihood (benchmarks/fit_places.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from svidok.claims.mentions.places.facts import FEATURES, Facts
from svidok.claims.mentions.places.groups import group_mentions
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.scene import Floats, Scene

__all__ = ["ROUNDS", "resolve", "weight_vector"]

ROUNDS = 3


def weight_vector(table: Mapping[str, float]) -> Floats:
    """Weights in the order of the features."""
    return np.array([float(table.get(name, 0.0)) for name in FEATURES])


def resolve(
    text: str,
    mentions: Sequence[Mention],
    *,
    facts: Facts,
    weights: Floats,
    theatre: int | None = None,
    demonyms: Mapping[str, int] | None = None,
    month: str | None = None,
) -> Scene:
    """Choose an entry for every mention that has candidates, in place; returns the scene."""
    groups = group_mentions(mentions, text)
    scene = Scene(text, groups, facts, theatre=theatre, demonyms=demonyms, month=month)
    if not scene.size:
        return scene
    belief = scene.start(weights)
    features = scene.fixed
    for _ in range(ROUNDS if len(groups) > 1 else 1):
        features = scene.step(belief)
        belief = scene.believe(features, weights)
    scene.features = features
    for best in scene.best(belief):
        for mention in groups[scene.owner[best]].mentions:
            mention.chosen = scene.numbers[best]
            mention.confidence = float(belief[best])
            mention.candidate = best
    return scene
