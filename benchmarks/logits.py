"""Fitting the models of choice of :mod:`svidok.claims.logit`: a conditional logit with an L2 penalty."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from svidok.claims.logit import Logit

__all__ = ["Option", "Question", "fit_logit", "write_logit"]

RARE = 6  # a feature of fewer candidates gets no weight


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: the features of its members (their mean counts), and whether it is right."""

    members: tuple[frozenset[str], ...]
    right: bool


@dataclass(frozen=True, slots=True)
class Question:
    """Options that compete with one another and with "none"; ``none`` tells whether that is right too."""

    options: tuple[Option, ...]
    none: bool
    weight: float = 1.0


def fit_logit(
    questions: Sequence[Question],
    *,
    penalty: float,
    steps: int = 600,
    rare: int = RARE,
    heavier: Callable[[str], float] = lambda _: 1.0,
) -> Logit:
    """Weights by Adam on the conditional likelihood; the target is shared by all answers that are right.

    ``heavier`` tells how many times the penalty a feature pays.
    """
    counts = Counter(
        name for one in questions for option in one.options for names in option.members for name in names
    )
    known = {name: k for k, name in enumerate(sorted(name for name, n in counts.items() if n >= rare))}
    columns, rows, values, owner, target, weight = [], [], [], [], [], []
    row = 0
    for number, question in enumerate(questions):
        right = sum(option.right for option in question.options) + question.none
        for option in question.options:
            for names in option.members:
                at = [known[name] for name in sorted(names) if name in known]
                columns += at
                rows += [row] * len(at)
                values += [1 / len(option.members)] * len(at)
            owner.append(number)
            target.append(1 / right if option.right else 0.0)
            weight.append(question.weight)
            row += 1
    at, of, value = np.array(columns), np.array(rows), np.array(values)
    owners, goal, weights = np.array(owner), np.array(target), np.array(weight)
    w: Any = np.zeros(len(known))
    paid = penalty * np.array([heavier(name) for name in known])
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, steps + 1):
        score = np.exp(np.clip(np.bincount(of, value * w[at], minlength=row), -30, 30))
        chance = score / (1 + np.bincount(owners, score, minlength=len(questions)))[owners]
        slope = np.bincount(at, value * ((goal - chance) * weights)[of], minlength=len(w)) - paid * w
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        rate = 0.03 / (1 + step / 200)
        w += rate * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Logit({name: round(float(w[k]), 3) for name, k in known.items() if abs(w[k]) >= 0.01})


def write_logit(
    model: Logit, path: Path, maker: str, *, pairs: Mapping[str, Mapping[str, float]] | None = None
) -> None:
    """Put a model's weights, and those of pairs of features, into the package's data; its maker is named."""
    lines = [f"# Made by benchmarks/{maker}.", f"least = {model.least}", "", "[weights]"]
    lines += [f"{json.dumps(name)} = {weight}" for name, weight in sorted(model.weights.items())]
    for one, row in sorted((pairs or {}).items()):
        lines += ["", f"[pairs.{json.dumps(one)}]"]
        lines += [f"{json.dumps(other)} = {weight}" for other, weight in sorted(row.items())]
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
