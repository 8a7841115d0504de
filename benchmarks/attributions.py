"""Attributions on PolNeAR's development part: figures by halves, and the fit of the weights.

    python benchmarks/attributions.py            # content F1 and source by halves, cross-fitted
    python benchmarks/attributions.py --fit      # fit on all documents and write the weights file

Needs the gold corpora in ``../shared``. Documents with even index make one half, odd the other; each
half is scored with weights fitted to the other one.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from svidok.archive import segment
from svidok.atlas.speech import load_speech
from svidok.claims.attributions import candidates
from svidok.claims.attributions.weights import features, likelihood, nearby
from svidok.claims.mentions.tokens import tokens_of
from svidok.claims.parse import Parser
from svidok.records import Document

CORPORA = Path(__file__).resolve().parents[1] / "../shared/eval/corpora"
WEIGHTS = Path(__file__).resolve().parents[1] / "src/svidok/atlas/data/speech/en.weights.toml"
RIDGE = 10.0
LEAST = 0.37


@dataclass
class Case:
    """One document: its candidates' features, offsets, and its gold."""

    names: list[list[str]]
    contents: list[tuple[int, int]]
    sources: list[tuple[int, int] | None]
    gold: list[dict]


def read_cases() -> list[Case]:
    """Every document of the corpus with its candidates."""
    gold: dict[str, list[dict]] = {}
    for line in (CORPORA / "polnear.attributions.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        gold.setdefault(row["id"], []).append(row)
    parser, speech, cases = Parser(), load_speech(), []
    for line in (CORPORA / "polnear.docs.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        sentences = segment(Document(id=row["id"], sha256="", text=row["text"]))
        tokens = [tokens_of(one) for one in parser.parse(sentences)]
        found, quotes, _ = candidates(tokens, speech)
        cases.append(
            Case(
                [features(s, tokens[s.number], nearby(found, k), quotes) for k, s in enumerate(found)],
                [s.content or s.cue for s in found],
                [s.source for s in found],
                gold.get(row["id"], []),
            )
        )
    return cases


def match(case: Case, kept: list[int]) -> dict[int, dict]:
    """Candidate -> the gold attribution that it gets, one to one, by the shared scorer's rule."""
    taken: dict[int, dict] = {}
    for g in case.gold:
        a, b = g["content"]
        best, at = 0.0, -1
        for i in kept:
            x, y = case.contents[i]
            shared = max(0, min(b, y) - max(a, x)) / max(b - a, y - x, 1)
            if i not in taken and shared > best:
                best, at = shared, i
        if best >= 0.5:
            taken[at] = g
    return taken


def fit(cases: list[Case]) -> dict[str, float]:
    """Ridge-penalised logistic regression by Newton's method."""
    rows = [(names, i in hits) for c in cases for hits in [match(c, list(range(len(c.names))))]
            for i, names in enumerate(c.names)]  # fmt: skip
    index = {name: k for k, name in enumerate(sorted({n for names, _ in rows for n in names}))}
    x = np.zeros((len(rows), len(index) + 1))
    x[:, -1] = 1.0
    for r, (names, _) in enumerate(rows):
        x[r, [index[n] for n in names]] = 1.0
    y = np.array([hit for _, hit in rows], float)
    w = np.zeros(x.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = x.T @ (x * (p * (1 - p) + 1e-6)[:, None]) + RIDGE * np.eye(len(w))
        w -= np.linalg.solve(hessian, x.T @ (p - y) + RIDGE * w)
    return {"bias": float(w[-1])} | {name: float(w[k]) for name, k in index.items()}


def score(cases: list[Case], weights: dict[str, float]) -> str:
    """Content precision, recall, F1 and the share of right sources."""
    hit = given = wanted = right = sourced = 0
    for c in cases:
        kept = [i for i, names in enumerate(c.names) if likelihood(names, weights) >= LEAST]
        pairs = match(c, kept)
        hit, given, wanted = hit + len(pairs), given + len(kept), wanted + len(c.gold)
        for i, g in pairs.items():
            if g["source"]:
                sourced += 1
                s = c.sources[i]
                right += bool(s and s[0] < g["source"][1] and g["source"][0] < s[1])
    p, r = hit / given, hit / wanted
    return f"P {p:.3f}  R {r:.3f}  F1 {2 * p * r / (p + r):.3f}  source {right / sourced:.3f}  gold {wanted}"


def main() -> None:
    """Print the figures, or fit and write the weights."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--fit", action="store_true", help="fit on all documents and write the weights")
    options = ask.parse_args()
    cases = read_cases()
    even, odd = cases[::2], cases[1::2]
    print("even, weights of odd ", score(even, fit(odd)))
    print("odd, weights of even ", score(odd, fit(even)))
    if options.fit:
        weights = fit(cases)
        print("all, own weights     ", score(cases, weights))
        lines = [
            f"{json.dumps(name)} = {value:.3f}" for name, value in sorted(weights.items()) if name != "bias"
        ]
        head = (
            "# Weights of the attribution model, fitted to the development part of PolNeAR\n"
            "# by benchmarks/attributions.py --fit; claims/attributions/weights.py tells what they mean.\n"
        )
        body = f"schema = 1\nbias = {weights['bias']:.3f}\nleast = {LEAST}\n\n[weights]\n"
        WEIGHTS.write_text(head + body + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
