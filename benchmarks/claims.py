"""Claims on the public corpora, by halves, and where they go wrong.

    python benchmarks/claims.py                          # case2021, evloc, plover, polnear
    python benchmarks/claims.py case2021 --misses 20     # with examples that are not right
    python benchmarks/claims.py evloc --limit 600

Reads the development parts in ../shared/eval/corpora through the whole pipeline and scores them with
../shared/eval/score.py: all documents, those of even index, and those of odd index.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from svidok.pipeline import Tools, load_tools, read_all
from svidok.publish.exchange import reading_to_dict
from svidok.records import Document

SHARED = Path(__file__).resolve().parents[1] / "../shared/eval"
CORPORA = {"case2021": "label", "evloc": "eventplace", "plover": "records", "polnear": "attributions"}


def main() -> None:
    """Read, score, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", nargs="*", help=f"of {', '.join(CORPORA)}; all by default")
    parser.add_argument("--limit", type=int, help="read only about this many documents, evenly spread")
    parser.add_argument("--misses", type=int, default=0, help="show this many documents that are not right")
    options = parser.parse_args()
    if not SHARED.is_dir():
        sys.exit(f"{SHARED} is absent: there is nothing to measure on")
    scorer, tools = _scorer(), load_tools()
    for name in options.corpora or CORPORA:
        _measure(name, scorer, tools, limit=options.limit, misses=options.misses)


def _measure(name: str, scorer: ModuleType, tools: Tools, *, limit: int | None, misses: int) -> None:
    rows = scorer.rows(SHARED / "corpora" / f"{name}.docs.jsonl")
    if limit:
        rows = rows[:: max(1, len(rows) // limit)]
    gold = scorer.by_id(scorer.rows(SHARED / "corpora" / f"{name}.{CORPORA[name]}.jsonl"))
    documents = [
        Document(id=row["id"], sha256="", text=row["text"], language="en", published=row["published"])
        for row in rows
    ]
    start = time.perf_counter()
    read = {reading.document.id: reading_to_dict(reading) for reading in read_all(documents, tools)}
    seconds = time.perf_counter() - start
    measure = scorer.KINDS[CORPORA[name]]
    print(f"{name}: {len(rows)} documents in {seconds:.0f} s")
    for label, part in (("all", rows), ("even", rows[::2]), ("odd", rows[1::2])):
        print(f"  {label:5}", json.dumps(_rounded(measure(part, gold, read))))
    for row in rows:
        if misses <= 0:
            break
        if not _right(measure([row], gold, read)):
            misses -= 1
            print(f"  - {row['id']} {gold.get(row['id'])}\n    {row['text'][:300]!r}")
            for claim in read[row["id"]]["claims"]:
                print(f"      {claim['type']} {claim.get('acled')} {claim.get('plover')} {claim['why']}")


def _right(figures: dict[str, Any]) -> bool:
    """Whether one document has nothing wrong by any figure that has a value."""
    values = [v for v in _flat(figures) if isinstance(v, float)]
    return all(value == 1.0 for value in values)


def _flat(figures: dict[str, Any]) -> list[Any]:
    return [x for value in figures.values() for x in (_flat(value) if isinstance(value, dict) else [value])]


def _rounded(figures: Any) -> Any:
    if isinstance(figures, dict):
        return {key: _rounded(value) for key, value in figures.items()}
    return round(figures, 3) if isinstance(figures, float) else figures


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", SHARED / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    main()
