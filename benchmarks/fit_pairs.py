"""Fit the judge of pairs (``svidok/atlas/data/judge.toml``) on the judged pairs of ``tests/events/pairs``.

    python benchmarks/fit_pairs.py [--write]

Pairs of two reports and pairs within one report are weighed apart. Few pairs are judged, so the weights are
drawn towards what plain sense says (``ACROSS``, ``WITHIN``) and move away from it only as far as the pairs
ask. Prints precision and recall on documents left out, at several limits; then what joining does on either
half of the pairs with weights that were fitted on the other half.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from events import REPORTS, claim_of, half_of, judged_sets, show_tally, sides_of, tally_pairs
from svidok.events import judge as rules
from svidok.events.atoms import Atom, expand
from svidok.events.battles import told_on
from svidok.events.evidence import evidence
from svidok.events.scenes import situated
from svidok.records import Reading

DATA = Path(rules.__file__).parents[1] / "atlas" / "data" / "judge.toml"
BOTH: Mapping[str, float] = {
    "place within": 0.3,
    "place beside": -0.5,
    "place unknown": -0.5,
    "wide within": -0.5,
    "next day": -1.0,
    "days off": -0.5,
    "one deed": 0.3,
    "other deeds": -0.7,
    "two deeds": -1.5,
    "other things counted": -1.0,
    "other victims": -1.5,
    "once": 1.2,
    "named": 2.0,
    "other names": -1.0,
    "one thing": 2.5,
    "anchors": 0.8,
    "other anchors": -0.5,
    "one person": 1.0,
    "other people": -1.0,
    "things": 0.8,
    "other things": -1.5,
    "echoed": 0.7,
    "new words": -0.5,
    "retaken": -3.0,
    "wording": 3.0,
    "own words": 1.0,
    "shared words": 0.2,
    "copied": 2.0,
    "counts": 1.2,
    "other counts undated": -1.5,
    "sides": 0.5,
    "other sides": -0.7,
    "targets": 0.4,
    "same type": 0.5,
    "spot named": 1.5,
    "kin": -0.5,
    "bias": -5.0,
}
ACROSS: Mapping[str, float] = {
    **BOTH,
    "place same": 2.5,
    "place same lent": 1.8,
    "place near": 1.5,
    "place near lent": 1.0,
    "wide same": 0.8,
    "wide same lent": 0.5,
    "same day": 2.0,
    "same day lent": 1.4,
    "same days": 1.2,
    "same days lent": 0.8,
    "next day lent": 0.0,
    "at home": 1.5,
    "told together": 0.3,
    "told at once": 0.7,
    "same month": 0.5,
    "same month lent": 0.2,
    "seldom": 0.7,
    "both regain": 1.0,
    "later done": -2.0,
}
"""What plain sense says of two reports, in log-odds."""
WITHIN: Mapping[str, float] = {
    **BOTH,
    "place same": 1.0,
    "place same lent": 0.5,
    "place near": 0.5,
    "wide same": 0.3,
    "same day": 1.0,
    "same day lent": 0.5,
    "same days": 0.5,
    "restated": 2.5,
    "points back": 2.0,
    "one list": 2.0,
    "by way": 2.5,
    "one trigger": 5.0,
    "next sentence": 0.7,
    "one paragraph": 0.0,
    "denied": 1.0,
    "two voices": 1.0,
    "a step": -1.0,
    "two acts": -2.0,
    "other acts": -1.5,
    "bias": -3.5,
}
"""What it says of two places of one report, where day and place are mostly those of the scene."""
PENALTY = 2.0
EAGERNESS: Mapping[str, float] = {"across": 0.4, "within": 0.5}
"""Log-odds added to even: most judged pairs were chosen because they are hard, and most of those are two."""
FOLDS = 5


def main() -> None:
    """Fit, print what it does on left-out documents, and write the weights when asked to."""
    sets = list(judged_sets())
    rows = [row for name, readings, lines in sets for row in _of_set(name, readings, lines)]
    _show_left_out(rows)
    for half in (0, 1):
        _show_joined(half, sets, _fit_both([row for row in rows if row.half != half]))
    if "--write" in sys.argv:
        lines = ["# Made by benchmarks/fit_pairs.py."]
        for part, weights in _fit_both(rows).items():
            lines += ["", f"[{part}]"]
            lines += [f"{json.dumps(name)} = {weight:.3f}" for name, weight in weights.items()]
        DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Row:
    """One judged pair: whether it is one happening, what is seen of it, and where it stands."""

    same: bool
    seen: Mapping[str, float]
    possible: bool
    within: bool
    document: str
    home: str
    half: int


def _show_left_out(rows: list[Row]) -> None:
    folds = {d: i % FOLDS for i, d in enumerate(sorted({row.document for row in rows}))}
    chances = [0.0] * len(rows)
    for number in range(FOLDS):
        learnt = _fit_both([row for row in rows if folds[row.document] != number])
        for i, row in enumerate(rows):
            if folds[row.document] == number:
                chances[i] = _chance(row, learnt)
    for limit in (0.4, 0.5, 0.6, 0.7):
        for part in ("all", *sorted({row.home for row in rows})):
            own = [(row, c) for row, c in zip(rows, chances, strict=True) if part in ("all", row.home)]
            joined = [row.same for row, c in own if c >= limit and row.possible]
            precision = sum(joined) / max(1, len(joined))
            recall = sum(joined) / max(1, sum(row.same for row, _ in own))
            print(f"left out  limit {limit:.1f}  {part:16}  precision {precision:.2f}  recall {recall:.2f}")


Model = dict[str, dict[str, float]]


def _show_joined(half: int, sets: Any, weights: Model) -> None:
    """How one half of the pairs is joined by weights learnt on the other."""
    packaged, rules.load_weights = rules.load_weights, lambda: weights  # type: ignore[assignment]
    try:
        total: Counter[str] = Counter()
        for name, readings, lines in sets:
            tally = tally_pairs(readings, [line for line in lines if half_of(line) == half])
            show_tally(f"half {half} {name}", tally)
            total += tally if name in REPORTS else Counter()
        show_tally(f"half {half} reports", total)
    finally:
        rules.load_weights = packaged


def _of_set(name: str, readings: tuple[Reading, ...], lines: list[str]) -> Iterator[Row]:
    atoms: dict[str, list[Atom]] = {}
    for atom in told_on(situated(expand(readings), readings), readings):
        atoms.setdefault(atom.claim.id, []).append(atom)
    for line in lines:
        verdict = json.loads(line)["verdict"]
        one, two = (claim_of(readings, side) for side in sides_of(line))
        if verdict == "unsure" or one is None or two is None or one.id == two.id:
            continue
        judged = [(rules.judge(a, b), a, b) for a in atoms[one.id] for b in atoms[two.id]]
        opinion, a, b = max(judged, key=lambda j: (j[0].verdict != "different", j[0].points))
        possible = opinion.verdict != "different"
        within = a.document == b.document
        yield Row(verdict == "same", evidence(a, b), possible, within, a.document, name, half_of(line))


def _fit_both(rows: list[Row]) -> Model:
    parts = {"across": ACROSS, "within": WITHIN}
    model = {
        part: _fit([row for row in rows if row.within == (part == "within")], prior)
        for part, prior in parts.items()
    }
    for part, more in EAGERNESS.items():
        model[part]["bias"] += more
    return model


def _fit(rows: list[Row], plain: Mapping[str, float]) -> dict[str, float]:
    names = sorted({name for row in rows for name in row.seen} | set(plain) - {"bias"})
    x = np.array([[row.seen.get(name, 0.0) for name in names] + [1.0] for row in rows])
    y = np.array([float(row.same) for row in rows])
    prior = np.array([plain.get(name, 0.0) for name in (*names, "bias")])
    ridge = np.array([PENALTY] * len(names) + [0.3])
    weights = prior.copy()

    def loss(tried: Any) -> float:
        p = np.clip(_chances(x, tried), 1e-12, 1 - 1e-12)
        unlike = -(y * np.log(p) + (1 - y) * np.log(1 - p)).sum()
        return float(unlike + (ridge * (tried - prior) ** 2).sum() / 2)

    for _ in range(60):  # Newton's steps, halved while they overshoot
        p = _chances(x, weights)
        slope = x.T @ (p - y) + ridge * (weights - prior)
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope)
        while loss(weights - step) > loss(weights) and abs(step).max() > 1e-9:
            step = step / 2
        weights -= step
    return dict(zip(("bias", *names), (float(weights[-1]), *map(float, weights[:-1])), strict=True))


def _chance(row: Row, model: Model) -> float:
    weights = model["within" if row.within else "across"]
    points = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in row.seen.items())
    return float(1 / (1 + np.exp(-points)))


def _chances(x: Any, weights: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))


if __name__ == "__main__":
    main()
