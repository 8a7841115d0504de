"""Fit the judge of pairs (``svidok/atlas/data/judge.toml``) on the judged pairs of ``tests/events/pairs``.

    python benchmarks/fit_pairs.py [--write]

Few pairs are judged, so the weights are drawn towards what plain sense says (``PRIOR``) and move away from
it only as far as the pairs ask. Prints precision and recall on documents left out, at several limits; then
what joining does on either half of the pairs with weights that were fitted on the other half.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from events import REPORTS, claim_of, half_of, judged_sets, show_tally, sides_of, tally_pairs
from svidok.events import judge as rules
from svidok.events.atoms import Atom, expand
from svidok.events.evidence import evidence
from svidok.events.scenes import situated
from svidok.records import Reading

DATA = Path(rules.__file__).parents[1] / "atlas" / "data" / "judge.toml"
PRIOR = {
    "place same": 2.5,
    "place near": 1.5,
    "place within": 0.3,
    "wide same": 0.8,
    "wide within": -0.5,
    "place beside": -0.5,
    "place unknown": -0.5,
    "same day": 2.0,
    "same days": 1.2,
    "next day": -1.0,
    "next day lent": 1.0,
    "days off lent": 0.0,
    "at home": 1.5,
    "one deed": 0.3,
    "other deeds": -0.7,
    "two deeds": -1.5,
    "other things counted": -1.0,
    "other victims": -1.5,
    "told together": 0.7,
    "once": 1.2,
    "named": 2.0,
    "other names": -1.0,
    "one thing": 2.5,
    "anchors": 0.8,
    "things": 0.8,
    "two acts": -2.0,
    "retaken": -3.0,
    "wording": 3.0,
    "own words": 1.5,
    "copied": 2.0,
    "counts": 1.2,
    "sides": 0.5,
    "other sides": -0.7,
    "targets": 0.4,
    "one report": -0.5,
    "near in report": 1.2,
    "lent place": -0.4,
    "lent time": -0.4,
    "same type": 0.5,
    "days off": -0.5,
    "later done": -2.0,
    "other acts": -1.5,
    "spot named": 1.5,
    "other counts undated": -1.5,
}
BIAS = -5.0
PENALTY = 2.0
CAUTION = 0.0
"""Log-odds that a pair must have beyond even: a wrong joining costs more than a missed one."""
FOLDS = 5


def main() -> None:
    """Fit, print what it does on left-out documents, and write the weights when asked to."""
    sets = list(judged_sets())
    rows = [row for name, readings, lines in sets for row in _of_set(name, readings, lines)]
    names = sorted({name for row in rows for name in row[1]} | set(PRIOR))
    x = np.array([[row[1].get(n, 0.0) for n in names] + [1.0] for row in rows])
    y = np.array([float(row[0]) for row in rows])
    possible = np.array([row[2] for row in rows])
    home = np.array([row[4] for row in rows])
    folds = {d: i % FOLDS for i, d in enumerate(sorted({row[3] for row in rows}))}
    fold = np.array([folds[row[3]] for row in rows])
    left_out = np.zeros(len(rows))
    for number in range(FOLDS):
        inside = fold != number
        left_out[~inside] = _chances(x[~inside], _fit(x[inside], y[inside], names))
    weights = _fit(x, y, names)
    for title, chances in (("left out", left_out), ("fitted", _chances(x, weights))):
        for limit in (0.4, 0.5, 0.6, 0.7):
            for part in ("all", *sorted(set(home))):
                own = home == part if part != "all" else np.ones(len(rows), dtype=bool)
                joined = (chances >= limit) & possible & own
                p, r = y[joined].mean() if joined.any() else 0.0, y[joined].sum() / y[own].sum()
                print(f"{title:9} limit {limit:.1f}  {part:10}  precision {p:.2f}  recall {r:.2f}")
    half = np.array([row[5] for row in rows])
    for part in (0, 1):
        learnt = _fit(x[half != part], y[half != part], names)
        _show_joined(part, sets, dict(zip([*names, "bias"], map(float, learnt), strict=True)))
    if "--write" in sys.argv:
        lines = ["# Made by benchmarks/fit_pairs.py.", f"bias = {weights[-1]:.3f}", f"caution = {CAUTION}"]
        lines += ["", "[weights]"]
        lines += [f"{json.dumps(n)} = {w:.3f}" for n, w in zip(names, weights[:-1], strict=True)]
        DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")


Row = tuple[bool, dict[str, float], bool, str, str, int]
"""Whether a pair is one happening, what is seen of it, whether it is possible, its document, set and half."""


def _show_joined(part: int, sets: Any, weights: dict[str, float]) -> None:
    """How one half of the pairs is joined by weights learnt on the other."""
    packaged, rules.load_weights = rules.load_weights, lambda: weights  # type: ignore[assignment]
    try:
        total: Counter[str] = Counter()
        for name, readings, lines in sets:
            tally = tally_pairs(readings, [line for line in lines if half_of(line) == part])
            show_tally(f"half {part} {name}", tally)
            total += tally if name in REPORTS else Counter()
        show_tally(f"half {part} reports", total)
    finally:
        rules.load_weights = packaged


def _of_set(name: str, readings: tuple[Reading, ...], lines: list[str]) -> Iterator[Row]:
    atoms: dict[str, list[Atom]] = {}
    for atom in situated(expand(readings), readings):
        atoms.setdefault(atom.claim.id, []).append(atom)
    for line in lines:
        verdict = json.loads(line)["verdict"]
        one, two = (claim_of(readings, side) for side in sides_of(line))
        if verdict == "unsure" or one is None or two is None or one.id == two.id:
            continue
        judged = [(rules.judge(a, b), a, b) for a in atoms[one.id] for b in atoms[two.id]]
        opinion, a, b = max(judged, key=lambda j: (j[0].verdict != "different", j[0].points))
        possible = opinion.verdict != "different"
        yield verdict == "same", evidence(a, b), possible, a.document, name, half_of(line)


def _fit(x: Any, y: Any, names: list[str]) -> Any:
    prior = np.array([PRIOR.get(n, 0.0) for n in names] + [BIAS])
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
    return weights


def _chances(x: Any, weights: Any) -> Any:
    return 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))


if __name__ == "__main__":
    main()
