"""Fit the model of sameness that findings use (``svidok/atlas/data/sameness.toml``).

    python benchmarks/fit_findings.py [--leave SET] [--folds SETS] [--write]

Learns from the planted dossiers in ``tests/events/planted`` (the pair of facts that carries the planted
clash is right, every other pair that clashes on the same point is wrong) and, where ``../shared`` stands
beside the checkout, from ordinary reports, in which what looks like a clash hardly ever is one.
``--leave 6`` leaves out the sixth set and prints what the model does on it; ``--folds 12,13,14`` leaves
out each of these in turn and counts what is found of all that has a pair.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from events import documents, dossiers
from svidok.events import reconcile
from svidok.events.findings import actor, date, place, polarity, quantity, sameness
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.dossier import dossiers as grouped
from svidok.events.findings.facts import Fact
from svidok.records import Document

DATA = Path(sameness.__file__).parents[2] / "atlas" / "data" / "sameness.toml"
SHARED = Path(__file__).resolve().parents[2] / "shared"
ORDINARY = ("wikiwars", "timebank", "trnews", "gwn")
CHECKS: dict[str, Any] = {
    "date": date,
    "quantity": quantity,
    "place": place,
    "polarity": polarity,
    "actor": actor,
}
PENALTY = 1.5
STEPS = 6000
ROUNDS = 4
ORDINARY_WEIGHT = 0.25
FALSE_SHARE = 0.004
"""Of consistent dossiers, how many may raise a false alarm of one kind."""
FLOOR = 0.45
"""The least chance that any kind asks for: in sets left out, what lies below is mostly false."""
ORDINARY_SPARE = 3
"""How many ordinary reports may have a finding of one kind."""


@dataclass
class Example:
    """One pair of facts that clash, for a finding of one kind, with what the model sees of it."""

    dossier: str
    set: str
    kind: str
    seen: dict[str, float]
    right: bool | None
    weight: float


def main() -> None:
    """Fit, print what it does, and write the weights when asked to."""
    leave = sys.argv[sys.argv.index("--leave") + 1] if "--leave" in sys.argv else None
    rows = list(dossiers())
    examples, groups = [], {}
    for row, dossier in zip(rows, _read(rows), strict=True):
        groups[row["dossier"]] = row
        examples += list(_examples(row, dossier))
    for dossier in _ordinary():
        examples += list(_negatives(dossier))
    inside = [e for e in examples if leave is None or not e.set.endswith(f"-{leave}")]
    names = sorted({n for e in inside for n in e.seen})
    weights, bias = _fit(inside, names)
    least = {k: _least(k, inside, weights, bias, groups) for k in CHECKS}
    for title, part in (("fitted on", inside), ("left out", [e for e in examples if e not in inside])):
        if part:
            _show(title, part, weights, bias, least, groups)
    for name in sorted(weights, key=lambda n: -abs(weights[n])):
        print(f"  {name:18} {weights[name]:+.2f}")
    if "--folds" in sys.argv:
        _folds(sys.argv[sys.argv.index("--folds") + 1].split(","), examples, groups)
    if "--write" in sys.argv:
        _write(weights, bias, least)


def _folds(sets: Sequence[str], examples: Sequence[Example], groups: dict[str, Any]) -> None:
    """What the model does on sets that it was not fitted on, one left out at a time."""
    pairs, hits, false, even = 0, 0, 0, 0
    for name in sets:
        out = [e for e in examples if e.set.endswith(f"-{name}")]
        inside = [e for e in examples if not e.set.endswith(f"-{name}")]
        weights, bias = _fit(inside, sorted({n for e in inside for n in e.seen}))
        alarms = set()
        for kind in CHECKS:
            least = _least(kind, inside, weights, bias, groups)
            for dossier, top in _tops(kind, out, weights, bias).items():
                row = groups[dossier]
                if row["contradicts"] and row["kind"] == kind:
                    pairs, hits = pairs + 1, hits + (top >= least)
                elif not row["contradicts"] and top >= least:
                    alarms.add(dossier)
        false += len(alarms)
        even += sum(not r["contradicts"] and r["set"].endswith(f"-{name}") for r in groups.values())
    print(f"left out {','.join(sets)}: found {hits} of {pairs} with a pair, false alarms {false} of {even}")


def _read(rows: Sequence[dict[str, Any]]) -> Iterator[Dossier]:
    from svidok import pipeline

    tools = pipeline.load_tools()
    readings = {r.document.id: r for r in pipeline.read_all([d for x in rows for d in documents(x)], tools)}
    for row in rows:
        own = [readings[d["id"]] for d in row["documents"]]
        yield grouped(own, reconcile(own), tools.gazetteer)[0]


def _ordinary() -> Iterator[Dossier]:
    from svidok import pipeline

    found = []
    for name in ORDINARY:
        path = SHARED / "eval" / "corpora" / f"{name}.docs.jsonl"
        for number, line in enumerate(path.read_text("utf-8").splitlines() if path.exists() else ()):
            row = json.loads(line)
            day = str(row.get("published") or "")
            key = f"{name}/{number}"
            published = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
            found.append(Document(key, key, row["text"], language="en", published=published, dossier=key))
    if found:
        tools = pipeline.load_tools()
        for reading in pipeline.read_all(found, tools):
            yield grouped([reading], reconcile([reading]), tools.gazetteer)[0]


def _examples(row: dict[str, Any], dossier: Dossier) -> Iterator[Example]:
    spots = _spots(row)
    for kind, check in CHECKS.items():
        for a, b, *_ in check.candidates(dossier):
            right: bool | None = False
            if row["contradicts"] and row["kind"] == kind:
                right = _covers(a, b, spots) if spots else None
            elif row["contradicts"] and _covers(a, b, spots):
                continue  # the planted clash, seen by the check of another kind
            yield Example(row["dossier"], row["set"], kind, sameness.evidence(a, b, kind), right, 1.0)


def _negatives(dossier: Dossier) -> Iterator[Example]:
    name = dossier.readings[0].document.id
    for kind, check in CHECKS.items():
        for a, b, *_ in check.candidates(dossier):
            yield Example(name, "ordinary", kind, sameness.evidence(a, b, kind), False, ORDINARY_WEIGHT)


def _spots(row: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Where the words that clash stand; none where some of them are told in other words."""
    out = []
    for words in row.get("clash", ()):
        home = next((d for d in row["documents"] if words in d["text"]), None)
        if home is None:
            return []
        at = home["text"].index(words)
        out.append((home["id"], at, at + len(words)))
    return out


def _covers(a: Fact, b: Fact, spots: Sequence[tuple[str, int, int]]) -> bool:
    def touches(fact: Fact, spot: tuple[str, int, int]) -> bool:
        return fact.document == spot[0] and fact.start < spot[2] and spot[1] < fact.end

    return len(spots) == 2 and any(touches(x, spots[0]) and touches(y, spots[1]) for x, y in ((a, b), (b, a)))


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Any:
    kinds = list(CHECKS)
    return np.array(
        [[e.seen.get(n, 0.0) for n in names] + [float(e.kind == k) for k in kinds] for e in examples]
    )


def _fit(examples: Sequence[Example], names: Sequence[str]) -> tuple[dict[str, float], dict[str, float]]:
    model = sameness.load_sameness()
    weights, bias = dict(model.weights), dict(model.bias)
    for _ in range(ROUNDS):
        chosen = _chosen(examples, weights, bias)
        x = _matrix(chosen, names)
        y = np.array([float(bool(e.right)) for e in chosen])
        share = np.array([e.weight for e in chosen])
        fitted = _descend(x, y, share, len(names))
        weights = {n: round(float(w), 3) for n, w in zip(names, fitted, strict=False)}
        bias = {k: round(float(fitted[len(names) + i]), 3) for i, k in enumerate(CHECKS)}
    return weights, bias


def _chosen(examples: Sequence[Example], weights: dict[str, float], bias: dict[str, float]) -> list[Example]:
    """Where the pair that clashes is not marked, the likeliest of a dossier is taken for it."""
    best: dict[str, Example] = {}
    for e in examples:
        if e.right is None:
            held = best.get(e.dossier)
            if held is None or _score(e, weights, bias) > _score(held, weights, bias):
                best[e.dossier] = e
    picked = {id(e) for e in best.values()}
    return [
        Example(e.dossier, e.set, e.kind, e.seen, True, e.weight) if id(e) in picked else e
        for e in examples
        if e.right is not None or id(e) in picked
    ]


def _descend(x: Any, y: Any, share: Any, penalised: int) -> Any:
    weights = np.zeros(x.shape[1])
    ridge = np.array([PENALTY] * penalised + [0.05] * (x.shape[1] - penalised))
    for _ in range(60):  # Newton's steps
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (share * (p - y)) + ridge * weights
        curve = (x * (share * p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        weights -= np.linalg.solve(curve, slope)
    return weights


def _score(e: Example, weights: dict[str, float], bias: dict[str, float]) -> float:
    return bias[e.kind] + sum(weights.get(n, 0.0) * v for n, v in e.seen.items())


def _chance(e: Example, weights: dict[str, float], bias: dict[str, float]) -> float:
    return float(1 / (1 + np.exp(-_score(e, weights, bias))))


def _tops(kind: str, examples: Sequence[Example], weights: Any, bias: Any) -> dict[str, float]:
    """The highest chance of each dossier's pairs of one kind."""
    tops: dict[str, float] = {}
    for e in examples:
        if e.kind == kind:
            tops[e.dossier] = max(tops.get(e.dossier, 0.0), _chance(e, weights, bias))
    return tops


def _least(kind: str, examples: Sequence[Example], weights: Any, bias: Any, groups: Any) -> float:
    tops = _tops(kind, examples, weights, bias)
    even = sum(1 for row in groups.values() if not row["contradicts"])
    wrong = sorted((t for d, t in tops.items() if d in groups and not groups[d]["contradicts"]), reverse=True)
    plain = sorted((t for d, t in tops.items() if d not in groups), reverse=True)
    limit = FLOOR
    for chances, spare in ((wrong, int(FALSE_SHARE * even)), (plain, ORDINARY_SPARE)):
        limit = max(limit, chances[spare] + 0.01 if len(chances) > spare else 0.0)
    return round(limit, 2)


def _show(title: str, examples: Sequence[Example], weights: Any, bias: Any, least: Any, groups: Any) -> None:
    for kind in CHECKS:
        tops = _tops(kind, examples, weights, bias)
        sets = {e.set for e in examples}
        clash = [r for r in groups.values() if r["kind"] == kind and r["contradicts"] and r["set"] in sets]
        even = [r for r in groups.values() if not r["contradicts"] and r["set"] in sets]
        hit = sum(tops.get(r["dossier"], 0.0) >= least[kind] for r in clash)
        false = sum(tops.get(r["dossier"], 0.0) >= least[kind] for r in even)
        real = sum(t >= least[kind] for d, t in tops.items() if d not in groups)
        reach = sum(r["dossier"] in tops for r in clash)
        print(
            f"{title:10} {kind:9} least {least[kind]:.2f}  found {hit} of {len(clash)} (pairs for {reach})  "
            f"false {false} of {len(even)}  ordinary {real}"
        )


def _write(weights: dict[str, float], bias: dict[str, float], least: dict[str, float]) -> None:
    lines = ["# Made by benchmarks/fit_findings.py."]
    for name, table in (("bias", bias), ("least", least), ("weights", weights)):
        lines += ["", f"[{name}]", *(f"{json.dumps(k)} = {v}" for k, v in sorted(table.items()))]
    DATA.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
