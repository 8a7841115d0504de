"""Accuracy floors: measure the pipeline on our gold, and keep what was reached.

    python tests/accuracy/floors.py show                 figures now, beside their floors
    python tests/accuracy/floors.py record "why"         raise floors to the figures (rounded down to 0.01)
    python tests/accuracy/floors.py record --lower "why"  also let floors fall: only with a reason that stands up

``floors.toml`` is a ledger: entries are only ever added. Each holds the SHA-256 of both halves of the
gold, the floors, the reason, and a seal over itself and the entry before, so a figure changed by hand is seen.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import math
import sys
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
LEDGER = HERE / "floors.toml"
SPLITS = ("tune", "held")
PARTS = (*SPLITS, "findings")
FIGURES = (
    "claims P", "claims R", "claims F1", "claims by trigger F1", "claims right F1", "claim polarity",
    "claim modality", "claim place", "claim time", "claim speaker", "claim quantities", "claim actors",
    "claim targets", "places F1",
    "places end-to-end F1", "times relaxed F1", "times value F1",
    "attributions F1", "attribution source",
)  # fmt: skip


def gold_digests() -> dict[str, str]:
    """SHA-256 of the bytes of each half of the gold, and of the dossiers with their findings."""
    both = [(HERE / "gold" / name).read_bytes() for name in ("dossiers.jsonl", "findings.jsonl")]
    halves = {
        split: hashlib.sha256((HERE / "gold" / f"{split}.jsonl").read_bytes()).hexdigest() for split in SPLITS
    }
    return {**halves, "findings": hashlib.sha256(b"".join(both)).hexdigest()}


def load_ledger() -> list[dict[str, Any]]:
    """The entries, oldest first; none when there is no ledger yet."""
    return tomllib.loads(LEDGER.read_text(encoding="utf-8")).get("entry", []) if LEDGER.exists() else []


def seal_of(entry: dict[str, Any], before: str) -> str:
    """Hash of an entry without its seal, chained to the seal before."""
    body = {key: value for key, value in entry.items() if key != "seal"}
    return hashlib.sha256((before + json.dumps(body, sort_keys=True)).encode()).hexdigest()[:16]


def broken_seals(entries: list[dict[str, Any]]) -> list[int]:
    """Numbers (from 1) of the entries whose seal does not fit."""
    seals = ["", *(entry.get("seal", "") for entry in entries)]
    return [n for n, entry in enumerate(entries, 1) if entry.get("seal") != seal_of(entry, seals[n - 1])]


def silent_falls(entries: list[dict[str, Any]]) -> list[str]:
    """Floors that fell from one entry to the next on the same gold, without ``lowered = true``."""
    return [
        f"{part} {name}"
        for old, new in itertools.pairwise(entries)
        if not new["lowered"]
        for part, floors in old["floors"].items()
        if new["gold"].get(part) == old["gold"].get(part)
        for name, floor in floors.items()
        if new["floors"][part].get(name, 0.0) < floor
    ]


def measure() -> dict[str, dict[str, float]]:
    """Run the real pipeline over both halves and the dossiers, and score it."""
    from svidok.archive import read_jsonl
    from svidok.pipeline import chronicle, load_tools, read_all
    from svidok.publish.exchange import finding_to_dict, reading_to_dict
    from svidok.records import Document
    from svidok.scoring import load_lines, score

    tools = load_tools()
    figures = {}
    for split in SPLITS:
        path = HERE / "gold" / f"{split}.jsonl"
        documents = [item for item in read_jsonl(path) if isinstance(item, Document)]
        card = score(load_lines(path), [reading_to_dict(reading) for reading in read_all(documents, tools)])
        figures[split] = {name: card.figure(name) for name in FIGURES}
    dossiers = [item for item in read_jsonl(HERE / "gold" / "dossiers.jsonl") if isinstance(item, Document)]
    found = [finding_to_dict(finding) for finding in chronicle(dossiers, tools).findings]
    card = score(load_lines(HERE / "gold" / "findings.jsonl"), found)
    figures["findings"] = {name: card.figure(name) for name in ("findings P", "findings R", "findings F1")}
    return figures


def record(why: str, *, lower: bool) -> None:
    """Add an entry with today's figures; on unchanged gold a floor falls only when ``lower``."""
    entries, gold = load_ledger(), gold_digests()
    last: dict[str, Any] = entries[-1] if entries else {"gold": {}, "floors": {}}
    kept = {
        part: floors
        for part, floors in last["floors"].items()
        if last["gold"].get(part) == gold[part] and not lower
    }
    floors = {
        part: {
            name: max(math.floor(value * 100) / 100, kept.get(part, {}).get(name, 0.0))
            for name, value in figures.items()
        }
        for part, figures in measure().items()
    }
    entry: dict[str, Any] = {"why": why, "lowered": lower, "gold": gold, "floors": floors}
    entry["seal"] = seal_of(entry, entries[-1]["seal"] if entries else "")
    tables = [
        f"[[entry]]\nwhy = {json.dumps(why)}\nlowered = {str(lower).lower()}\nseal = {json.dumps(entry['seal'])}\n"
    ]
    tables += ["[entry.gold]\n" + "".join(f"{k} = {json.dumps(v)}\n" for k, v in gold.items())]
    tables += [
        f"[entry.floors.{s}]\n" + "".join(f"{json.dumps(k)} = {v}\n" for k, v in floors[s].items())
        for s in PARTS
    ]
    with LEDGER.open("a", encoding="utf-8") as file:
        file.write("\n".join(["", *tables]) if entries else "\n".join(tables))


def show() -> None:
    """Print figures beside floors."""
    entries = load_ledger()
    for split, figures in measure().items():
        for name, value in figures.items():
            floor = entries[-1]["floors"].get(split, {}).get(name) if entries else None
            mark = "" if floor is None or value >= floor else "  BELOW"
            print(f"{split:8} {name:24} {value:.4f}  floor {floor}{mark}")


def main(arguments: list[str]) -> int:
    if arguments == ["show"]:
        show()
        return 0
    words = [word for word in arguments[1:] if word != "--lower"]
    if arguments[:1] == ["record"] and len(words) == 1 and words[0].strip():
        record(words[0], lower="--lower" in arguments)
        return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
