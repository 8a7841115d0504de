"""Fit how far claims can be trusted: a logistic model on the tune half of our gold and on judged claims.

    python benchmarks/fit_trust.py [--write]

Reads the tune half and the documents of ``readings.py`` with the pipeline's rules, matches the claims with
the gold as ``svidok score`` does and with what people judged, and fits weights with an L2 penalty (logistic
regression by Adam). A claim that a reader would make, but elsewhere, at another time or with another
standing, counts for less than one: what is wholly right shall come first. Prints for several thresholds
what share of the claims kept a reader would make, and what share of those is kept: for every part by
weights fitted on other documents (fold by fold; the held half is never fitted on); how well the order
tells claims that a reader would make, and those wholly right, from the others (area under the curve); then
how sure against how right on the held half. ``--write`` puts the weights into the data.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from readings import claim_of, documents_of, judged, parts
from strict import faults
from svidok.archive import read_jsonl
from svidok.claims.trust import Trust, load_trust
from svidok.pipeline import load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document, Reading
from svidok.scoring import load_lines
from svidok.scoring.claims import CHECKS, cases_of, fit
from svidok.scoring.pairing import pair

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/accuracy/gold"
DATA = ROOT / "src/svidok/atlas/data/trust.toml"
PENALTY = 5.0
PARTLY = 0.85  # what a claim counts that a reader would make, but not in all as it stands
STEPS = 500
RARE = 4  # a feature of fewer claims gets no weight
FOLDS = 5

Seen = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """The features of a claim that was made; whether a reader would make it, and wholly so; its document."""

    seen: Seen
    right: bool
    whole: bool
    document: str


class Recorder(Trust):
    """Keeps every claim and what it saw of each."""

    __slots__ = ("log",)

    def __init__(self, words: Any) -> None:
        super().__init__({}, words, -1.0)
        object.__setattr__(self, "log", [])

    def probability(self, seen: Seen) -> float:
        """One for all."""
        self.log.append(dict(seen))
        return 1.0


def main() -> None:
    """Fit, print, and write when asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--write", action="store_true", help="write the weights into the package's data")
    parser.add_argument("--least", type=float, default=0.5, help="leave out claims below this probability")
    parser.add_argument("--penalty", type=float, default=PENALTY, help="the L2 penalty")
    parser.add_argument(
        "--without", nargs="*", default=[], metavar="SET", help="sets of judged claims to leave unseen"
    )
    options = parser.parse_args()
    recorder = Recorder(load_trust().words)
    tools = replace(load_tools(), trust=recorder)
    examples = {half: list(_of_gold(half, tools, recorder)) for half in ("tune", "held")}
    sets = [part for part in parts() if part not in options.without]
    examples.update({part: list(_of_readings(part, tools, recorder)) for part in sets})
    fitting = [one for part, own in examples.items() if part != "held" for one in own]
    model = _fitted(fitting, options.penalty, recorder.words)
    folds = [
        _fitted([one for one in fitting if _fold(one) != fold], options.penalty, recorder.words)
        for fold in range(FOLDS)
    ]
    for part, own in examples.items():
        _show(part, own, [model if part == "held" else folds[_fold(one)] for one in own])
    judged_ones = [one for part in sets for one in examples[part]]
    _order("judged", judged_ones, [folds[_fold(one)] for one in judged_ones])
    _order("tune", examples["tune"], [folds[_fold(one)] for one in examples["tune"]])
    _calibration(examples["held"], model)
    if options.write:
        _write(model, options.least)


def _read(
    documents: Iterable[Document], tools: Any, recorder: Recorder
) -> Iterator[tuple[Reading, dict[tuple[str, tuple[int, int]], Seen]]]:
    for document in documents:
        recorder.log.clear()
        for reading in read_all([document], tools):
            yield (
                reading,
                {
                    (claim.type, claim.trigger): seen
                    for claim, seen in zip(reading.claims, recorder.log, strict=True)
                },
            )


def _of_gold(half: str, tools: Any, recorder: Recorder) -> Iterator[Example]:
    """Claims that the gold has or has not; those that it leaves to the reader are passed over."""
    gold = {line["id"]: line for line in load_lines(GOLD / f"{half}.jsonl")}
    documents = [item for item in read_jsonl(GOLD / f"{half}.jsonl") if isinstance(item, Document)]
    for reading, log in _read(documents, tools, recorder):
        line = gold[reading.document.id]
        every = cases_of(line, line["text"])
        made = cases_of(reading_to_dict(reading), line["text"])
        wanted = [case for case in every if not case.optional]
        found = {j: wanted[i] for i, j in pair(wanted, made, fit)}
        rest = [j for j in range(len(made)) if j not in found]
        maybe = [case for case in every if case.optional]
        forgiven = {rest[j] for _, j in pair(maybe, [made[j] for j in rest], fit)}
        for j, case in enumerate(made):
            if j not in forgiven:
                whole = j in found and all(check(found[j], case) for check in CHECKS.values())
                yield Example(log[case.type, case.trigger], j in found, whole, reading.document.id)


def _of_readings(part: str, tools: Any, recorder: Recorder) -> Iterator[Example]:
    for reading, log in _read(documents_of(part), tools, recorder):
        for one in judged(part):
            if one.document != reading.document.id or one.verdict == "weak":
                continue
            claim = claim_of(reading, one.trigger, one.type)
            if claim is not None:
                right = one.verdict == "ok" and claim.type in one.types
                whole = right and not faults(one, claim, reading)
                yield Example(log[claim.type, claim.trigger], right, whole, reading.document.id)


def _fold(one: Example) -> int:
    return int(hashlib.sha256(one.document.encode()).hexdigest(), 16) % FOLDS


def _fitted(examples: Sequence[Example], penalty: float, words: Any) -> Trust:
    counts = Counter(name for one in examples for name, value in one.seen.items() if value)
    known = {name: k for k, name in enumerate(sorted(name for name, n in counts.items() if n >= RARE))}
    rows, columns, values = [], [], []
    for row, one in enumerate(examples):
        for name, value in one.seen.items():
            if value and name in known:
                rows.append(row)
                columns.append(known[name])
                values.append(value)
    of, at, value = np.array(rows), np.array(columns), np.array(values)
    goal = np.array([one.right * (1.0 if one.whole else PARTLY) for one in examples])
    w: Any = np.zeros(len(known))
    mean, square = np.zeros_like(w), np.zeros_like(w)
    for step in range(1, STEPS + 1):
        chance = 1 / (1 + np.exp(-np.clip(np.bincount(of, value * w[at], minlength=len(goal)), -30, 30)))
        slope = np.bincount(at, value * (goal - chance)[of], minlength=len(w)) - penalty * w
        mean, square = 0.9 * mean + 0.1 * slope, 0.999 * square + 0.001 * slope**2
        w += 0.03 / (1 + step / 200) * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    return Trust({name: round(float(w[k]), 3) for name, k in known.items() if abs(w[k]) >= 0.01}, words)


def _show(part: str, own: Sequence[Example], models: Sequence[Trust]) -> None:
    chance = np.array([model.probability(one.seen) for one, model in zip(own, models, strict=True)])
    good = np.array([one.right for one in own])
    shown = []
    for least in (0.0, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = chance >= least
        shown.append(f"{least:.1f}: {good[kept].mean():.3f} {(good & kept).sum() / max(1, good.sum()):.3f}")
    print(f"{part:9} claims {len(own):4}  least: right of kept, kept of right   {'   '.join(shown)}")


def _order(part: str, own: Sequence[Example], models: Sequence[Trust]) -> None:
    chance = np.array([model.probability(one.seen) for one, model in zip(own, models, strict=True)])
    right, whole = np.array([one.right for one in own]), np.array([one.whole for one in own])
    areas = _area(chance, right), _area(chance, whole)
    print(f"{part:9} area under the curve  right {areas[0]:.3f}  wholly right {areas[1]:.3f}")
    for least in (0.0, 0.4, 0.5, 0.6, 0.7, 0.8):
        kept = chance >= least
        shares = right[kept].mean(), whole[kept].mean(), (whole & kept).sum() / max(1, whole.sum())
        told = f"right {shares[0]:.3f}  wholly right {shares[1]:.3f}  of those kept {shares[2]:.3f}"
        print(f"  at {least:.1f}  {told}")


def _area(chance: Any, good: Any) -> float:
    """The chance that a good one is put before another: the area under the curve, ties aside."""
    ranks = np.empty(len(chance))
    ranks[chance.argsort(kind="stable")] = np.arange(1, len(chance) + 1)
    n, m = int(good.sum()), int((~good).sum())
    return float((ranks[good].sum() - n * (n + 1) / 2) / max(1, n * m))


def _calibration(own: Sequence[Example], model: Trust) -> None:
    chance = np.array([model.probability(one.seen) for one in own])
    good = np.array([one.right for one in own])
    for low in range(10):
        inside = (chance >= low / 10) & (chance < (low + 1) / 10)
        if inside.any():
            print(f"held at {low / 10:.1f}  claims {inside.sum():4}  right {good[inside].mean():.2f}")


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
