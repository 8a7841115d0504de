"""What reading only sentences that can hold a claim saves, and what it loses.

    python benchmarks/triage.py [FILE.jsonl ...]

Reads the documents (our own gold by default) twice, with and without triage, and prints the share of
sentences left unparsed, the share of claims lost, and the time of both; and what a perfect triage, one that
knew beforehand which sentences give a claim, would leave unparsed: no other can save more.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from svidok.archive import read_jsonl, segment
from svidok.pipeline import load_tools, read_all, triage_of
from svidok.records import Document, Reading

GOLD = Path(__file__).resolve().parents[1] / "tests/accuracy/gold"


def main() -> None:
    """Read twice, compare, print."""
    paths = [Path(name) for name in sys.argv[1:]] or [GOLD / "tune.jsonl", GOLD / "held.jsonl"]
    tools = load_tools()
    triage = triage_of(tools)
    list(read_all([Document(id="warm", sha256="", text="Troops left Kyiv.", language="en")], tools))
    for path in paths:
        documents = [item for item in read_jsonl(path) if isinstance(item, Document)]
        texts = [sentence.text for document in documents for sentence in segment(document)]
        kept = sum(map(triage.may_hold, texts))
        whole, slow = _timed(lambda given=documents: list(read_all(given, tools)))
        part, fast = _timed(lambda given=documents: list(read_all(given, tools, triage=triage)))
        before, after = _claims(whole), _claims(part)
        print(
            f"{path.name}: {len(texts)} sentences, {1 - kept / len(texts):.1%} left unparsed "
            f"({_empty(whole):.1%} have no claim); "
            f"claims {len(before)}, lost {len(before - after) / max(1, len(before)):.2%}, "
            f"new {len(after - before)}; "
            f"{slow:.1f} s against {fast:.1f} s"
        )


def _timed(work: Callable[[], list[Reading]]) -> tuple[list[Reading], float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


def _claims(readings: list[Reading]) -> set[tuple[str, str, tuple[int, int]]]:
    return {(r.document.id, claim.type, claim.trigger) for r in readings for claim in r.claims}


def _empty(readings: list[Reading]) -> float:
    """The share of sentences in which no claim stands."""
    marks = [
        any(sentence.start <= claim.trigger[0] < sentence.end for claim in reading.claims)
        for reading in readings
        for sentence in reading.sentences
    ]
    return 1 - sum(marks) / max(1, len(marks))


if __name__ == "__main__":
    main()
