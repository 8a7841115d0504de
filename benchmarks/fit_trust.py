"""Fit how far claims can be trusted: a logistic model on the tune half of our own gold.

    python benchmarks/fit_trust.py [--write]

Reads the tune half with the pipeline's rules, matches its claims with the gold as ``svidok score`` does,
and fits weights by gradient descent with an L2 penalty (logistic regression). Prints precision, recall and
calibration on the held half at several thresholds. ``--write`` puts the weights into the package's data.
"""

from __future__ import annotations

import argparse
import json
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from svidok.archive import read_jsonl
from svidok.claims.trust import Trust, features, load_trust, register
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import cases_of, fit
from svidok.scoring.pairing import pair

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data/trust.toml"
PENALTY = 2.0
STEPS = 4000


def main() -> None:
    """Fit, print, and write when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    parser.add_argument("--least", type=float, default=0.4, help="leave out claims below this probability")
    parser.add_argument(
        "--also", type=Path, action="append", default=[], help="more gold to print figures of"
    )
    options = parser.parse_args()
    tools = load_tools()
    if "trust" in type(tools).__dataclass_fields__:
        tools = replace(tools, trust=None)
    trust = load_trust()
    seen, right, _ = _examples(GOLD / "tune.jsonl", tools, trust)
    names = sorted({name for one in seen for name in one})
    weights = dict(zip(names, _fitted(_matrix(seen, names), np.array(right, float)), strict=True))
    fitted = Trust({name: round(float(w), 3) for name, w in weights.items() if abs(w) >= 0.005}, trust.words)
    for path in (GOLD / "tune.jsonl", GOLD / "held.jsonl", *options.also):
        _show(path.stem, *_examples(path, tools, trust), fitted)
    if options.write:
        _write(fitted, options.least)


def _examples(path: Path, tools: Any, trust: Trust) -> tuple[list[dict[str, float]], list[bool], int]:
    """Features of every claim made, whether the gold has it, and how many claims the gold asks for."""
    gold = {line["id"]: line for line in load_lines(path)}
    documents = [item for item in read_jsonl(path) if isinstance(item, Document)]
    seen: list[dict[str, float]] = []
    right: list[bool] = []
    asked = 0
    for reading in read_all(documents, tools):
        line = gold[reading.document.id]
        every = cases_of(line, line["text"])
        wanted = [case for case in every if not case.optional]
        asked += len(wanted)
        made = cases_of(reading_to_dict(reading), line["text"])
        found = {j for _, j in pair(wanted, made, fit)}
        rest = [j for j in range(len(made)) if j not in found]
        maybe = [case for case in every if case.optional]
        forgiven = {rest[j] for _, j in pair(maybe, [made[j] for j in rest], fit)}
        for j, case in enumerate(made):
            if j not in forgiven:
                seen.append(_seen(reading, case.type, case.trigger, trust))
                right.append(j in found)
    return seen, right, asked


def _seen(reading: Reading, type_: str, trigger: tuple[int, int], trust: Trust) -> dict[str, float]:
    claim = next(c for c in reading.claims if c.type == type_ and c.trigger == trigger)
    sentence = next((s for s in reading.sentences if s.start <= trigger[0] < s.end), None)
    text = reading.document.text
    return {**features(claim, text, sentence, trust), **register(text, trust)}


def _matrix(seen: list[dict[str, float]], names: list[str]) -> Any:
    return np.array([[one.get(name, 0.0) for name in names] for one in seen])


def _fitted(x: Any, y: Any) -> Any:
    weights = np.zeros(x.shape[1])
    for step in range(STEPS):
        slope = x.T @ (1 / (1 + np.exp(-x @ weights)) - y) + PENALTY * weights
        weights -= 0.01 * slope / (1 + step / 800)
    return weights


def _show(name: str, seen: list[dict[str, float]], right: list[bool], asked: int, trust: Trust) -> None:
    chance = np.array([trust.probability(one) for one in seen])
    good = np.array(right)
    for least in (0.0, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5):
        kept = chance >= least
        hits = int((good & kept).sum())
        p, r = hits / max(1, kept.sum()), hits / asked
        print(f"{name:14} least {least:.2f}  P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r):.3f}")
    for low in range(10):
        inside = (chance >= low / 10) & (chance < (low + 1) / 10)
        if inside.any():
            print(f"{name:14} {low / 10:.1f}  claims {inside.sum():4}  right {good[inside].mean():.2f}")


def _write(trust: Trust, least: float) -> None:
    words = tomllib.loads(DATA.read_text(encoding="utf-8"))["words"]
    lines = [
        "# Made by benchmarks/fit_trust.py; the words are chosen by hand.",
        f"least = {least}",
        "",
        "[words]",
    ]
    for name, listed in words.items():
        lines += [f"{name} = [", *(f"  {json.dumps(word)}," for word in listed), "]"]
    lines += ["", "[weights]", *(f"{json.dumps(k)} = {v}" for k, v in sorted(trust.weights.items())), ""]
    DATA.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
