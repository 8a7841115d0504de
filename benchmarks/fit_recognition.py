"""Fit the weights of toponym recognition by penalised logistic regression on gold corpora.

    python benchmarks/fit_recognition.py --corpora ../shared/eval/corpora

Uses every other document of each corpus (even places in the sorted list of ids). What overlaps a gold
mark that the corpus tells to ignore is left out. Prints the weights as TOML.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from svidok.atlas.gazetteer import distance_km, open_gazetteer
from svidok.claims.mentions.places.find import tools_for
from svidok.claims.mentions.places.recognise import Recogniser

_LEAST = 3
_IMPORTANCE = {"trnews": 1.0, "gwn": 1.0, "geovirus": 1.0, "lgl": 0.5}


_PRIOR = {
    "u-list:1": 1.5,
    "u-list:2": 2.5,
    "u-spelt:edit": 1.5,
    "u-spelt:skeleton": 1.5,
    "list:2": 1.0,
    "person-elsewhere": -2.0,
    "left-refused": -3.0,
    "left:title": -3.0,
    "left:given": -3.0,
    "left:initial": -2.0,
    "row:most": 1.5,
    "row:some": 0.5,
    "cyrillic": 0.8,
    "u-row:most": 4.5,
    "in-body": -3.5,
    "listed:body": -6.0,
    "listed:feast": -6.0,
    "listed:leader": -2.0,
    "right:honour": -6.0,
    "u-head": 4.0,
    "u-held": 2.5,
    "u-in-war": 0.8,
    "u-place-word": 2.0,
    "u-spelt:held": 2.0,
    "u-spelt:region": 5.0,
    "u-told": 2.5,
    "u-works": 2.5,
    "u-works-abroad": -6.0,
    "small-telling": 2.5,
    "whole": 1.0,
    "whole-line": 1.2,
}
"""What weights are drawn to when the corpora say little; by our own judgement."""


_FIXED = (
    *("cyrillic", "u-row:most", "in-body", "listed:body", "listed:feast", "listed:leader"),
    *("right:honour", "u-head", "u-held", "u-in-war", "u-place-word", "u-told", "whole-line"),
    *("u-spelt:held", "u-spelt:region", "u-works", "u-works-abroad", "small-telling", "whole"),
)
"""Weights that are set, not fitted: the corpora are English, hold few lists with unknown villages, and mark
places in the names of bodies."""


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _examples(
    corpora: Path, name: str, half: int | None, recogniser: Any
) -> list[tuple[list[str], int, float]]:
    gold: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(corpora / f"{name}.places.jsonl"):
        gold.setdefault(row["id"], []).append(row)
    out = []
    for place, document in enumerate(
        sorted(_rows(corpora / f"{name}.docs.jsonl"), key=lambda d: str(d["id"]))
    ):
        if half is not None and place % 2 != half:
            continue
        for draft in recogniser.drafts(document["text"]):
            start, end = draft.mention.start, draft.mention.end
            marks = [g for g in gold.get(document["id"], ()) if g["start"] < end and start < g["end"]]
            if any(not g["ignore"] for g in marks):
                out.append((draft.names, 1, _IMPORTANCE[name]))
            elif not marks:
                out.append((draft.names, 0, _IMPORTANCE[name]))
    return out


def _incidents(corpora: Path, half: int | None, recogniser: Any) -> list[tuple[list[str], int, float]]:
    """Incident reports with one verified position: a name that has an entry there is a place."""
    gold = {row["id"]: row for row in _rows(corpora / "cir.position.jsonl")}
    gazetteer = recogniser.gazetteer
    out = []
    for place, document in enumerate(sorted(_rows(corpora / "cir.docs.jsonl"), key=lambda d: str(d["id"]))):
        if half is not None and place % 2 != half:
            continue
        spot = (gold[document["id"]]["lat"], gold[document["id"]]["lon"])
        for draft in recogniser.drafts(document["text"]):
            entries = [gazetteer.entry_at(number) for number, _ in draft.mention.numbers]
            if any(distance_km(entry.point, spot) <= 30 for entry in entries):
                out.append((draft.names, 1, 0.6))
            elif entries and not any(entry.country in ("UA", "RU", "BY") for entry in entries):
                out.append((draft.names, 0, 0.6))
    return out


def _fit(
    rows: list[list[int]], labels: np.ndarray, weight: np.ndarray, prior: np.ndarray, penalty: np.ndarray
) -> np.ndarray:
    """Logistic regression by Adam on a sparse design of binary features."""
    index = np.concatenate([np.array(r, dtype=np.int64) for r in rows])
    owner = np.repeat(np.arange(len(rows)), [len(r) for r in rows])
    size = len(prior)
    theta = prior.copy()
    first, second = np.zeros(size), np.zeros(size)
    for turn in range(1, 1501):
        score = np.bincount(owner, weights=theta[index], minlength=len(rows))
        miss = (labels - 1.0 / (1.0 + np.exp(-score))) * weight
        slope = np.bincount(index, weights=miss[owner], minlength=size) - penalty * (theta - prior)
        first = 0.9 * first + 0.1 * slope
        second = 0.999 * second + 0.001 * slope**2
        theta += 0.02 * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.999**turn)) + 1e-8)
    return theta


def main() -> None:
    """Fit in two passes (the second knows what the first found elsewhere in the document) and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--corpora", type=Path, default=Path(__file__).resolve().parents[2] / "shared/eval/corpora"
    )
    parser.add_argument("--all", action="store_true", help="use all documents, not every other")
    parser.add_argument("--half", type=int, choices=(0, 1), default=0, help="which half to use")
    parser.add_argument("--penalty", type=float, default=1.5)
    arguments = parser.parse_args()
    gazetteer = open_gazetteer()
    recogniser = tools_for(gazetteer).recogniser
    first: dict[str, float] = {}
    half = None if arguments.all else arguments.half
    for table in ("first", "recognition"):
        examples = []
        for name in _IMPORTANCE:
            examples += _examples(arguments.corpora, name, half, recogniser)
        examples += _incidents(arguments.corpora, half, recogniser)
        weights = fit(examples, arguments.penalty, table == "first")
        first = first or weights
        recogniser = Recogniser(gazetteer, weights, first)
        print(f"[{table}]")
        for feature, value in weights.items():
            if abs(value) >= 0.02:
                print(f'"{feature}" = {value:.2f}')


def fit(examples: list[tuple[list[str], int, float]], penalty: float, first: bool) -> dict[str, float]:
    """Weights by feature; the first pass does not look elsewhere in the document."""
    counts: dict[str, int] = {}
    for names, _, _ in examples:
        for feature in set(names):
            if not (first and feature.endswith("-elsewhere")):
                counts[feature] = counts.get(feature, 0) + 1
    rare = {feature for feature in _PRIOR if not (first and feature.endswith("-elsewhere"))}
    kept = sorted({feature for feature, count in counts.items() if count >= _LEAST} | rare)
    number = {feature: place for place, feature in enumerate(kept)}
    rows = [[number[n] for n in set(names) if n in number] for names, _, _ in examples]
    labels = np.array([label for _, label, _ in examples], dtype=float)
    weight = np.array([importance for _, _, importance in examples])
    strength = np.array([penalty * (1.0 if "+" in f or "pair" in f or "word:" in f else 0.3) for f in kept])
    kept_prior = np.array([_PRIOR.get(f, 0.0) for f in kept])
    theta = _fit(rows, labels, weight, kept_prior, strength)
    for feature in _FIXED:
        theta[number[feature]] = _PRIOR[feature]
    score = np.array([sum(theta[i] for i in row) for row in rows])
    hit, found, real = ((score > 0) & (labels > 0)).sum(), (score > 0).sum(), (labels > 0).sum()
    print(f"# {len(rows)} examples, {len(kept)} features, P {hit / found:.3f} R {hit / real:.3f}")
    return dict(zip(kept, theta.tolist(), strict=True))


if __name__ == "__main__":
    main()
