"""Why a stretch was taken for a place, and why for this one: the reasons in words."""

from __future__ import annotations

from svidok.atlas.gazetteer import Gazetteer
from svidok.claims.mentions.places.facts import FEATURES
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.recognise import Recogniser
from svidok.claims.mentions.places.scene import Floats, Scene

__all__ = ["brief", "explain"]


def brief(mention: Mention, gazetteer: Gazetteer) -> str:
    """One line: how it was found and among how many."""
    if mention.chosen is None:
        return "recognised by its words; the atlas does not hold it"
    entry = gazetteer.entry_at(mention.chosen)
    count = len(mention.numbers)
    where = ", ".join(entry.containers) or "the world"
    many = "the only one of its name" if count == 1 else f"one of {count} of its name"
    return f"{entry.name} in {where} ({many})"


def explain(
    mention: Mention, scene: Scene, recogniser: Recogniser, weights: Floats, gazetteer: Gazetteer
) -> str:
    """All that weighed: features of the words with their log odds, then the best candidates and why."""
    lines = []
    if mention.reasons:
        weighed = [(recogniser.weights.final.get(name, 0.0), name) for name in mention.reasons]
        told = [f"{name} {value:+.1f}" for value, name in sorted(weighed, reverse=True) if abs(value) >= 0.15]
        lines.append(f"a place? log odds {mention.score:+.1f}: " + (", ".join(told) or "nothing either way"))
    if mention.candidate is not None and len(scene.features):
        place = scene.owner[mention.candidate]
        own = [number for number in range(scene.size) if scene.owner[number] == place]
        score = scene.features @ weights
        own.sort(key=lambda number: (-float(score[number]), number))
        for number in own[:3]:
            entry = gazetteer.entry_at(scene.numbers[number])
            parts = scene.features[number] * weights
            told = [
                f"{name} {part:+.1f}"
                for part, name in sorted(
                    zip(parts.tolist(), FEATURES, strict=True), key=lambda item: -abs(item[0])
                )[:5]
                if abs(part) >= 0.05
            ]
            where = ", ".join(entry.containers) or entry.kind
            lines.append(f"{entry.name} ({where}) {float(score[number]):+.1f}: {', '.join(told)}")
    return "\n".join(lines)
