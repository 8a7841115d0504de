"""Accuracy, speed and memory of places on the gold corpora of ``../shared/eval``, when present.

    python benchmarks/places.py                     all corpora, with and without given spans
    python benchmarks/places.py --half 1            only the documents that the weights were not fitted on
    python benchmarks/places.py --dump UA.zip       with an imported GeoNames dump (in a folder of its own)
    python benchmarks/places.py --speed             on texts not read before, and on the same ones again
    python benchmarks/places.py --reliability       how often a confidence is right

A document belongs to half 0 or 1 by its place in the sorted list of ids; ``fit_places.py`` and
``fit_recognition.py`` fit on half 0 (or on all with ``--all``, as the released weights are).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import resource
import sys
import tempfile
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from svidok.atlas.gazetteer import distance_km, open_gazetteer
from svidok.claims.mentions.places import find_places
from svidok.cli import collect_seldom

EVAL = Path(__file__).resolve().parents[2] / "shared" / "eval"
CORPORA = ("trnews", "gwn", "geovirus", "lgl", "cir")


def rows(path: Path) -> list[dict[str, Any]]:
    """Rows of a JSON Lines file (split at line feeds only: texts hold other separators)."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def scorer() -> ModuleType:
    """The scorer beside the corpora."""
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def documents(corpus: str, half: int | None) -> list[dict[str, Any]]:
    """Documents of one corpus, all or one half."""
    found = sorted(rows(EVAL / "corpora" / f"{corpus}.docs.jsonl"), key=lambda d: str(d["id"]))
    return [d for place, d in enumerate(found) if half is None or place % 2 == half]


def day_of(document: dict[str, Any]) -> str | None:
    """The day that a document appeared, where the corpus gives a whole one."""
    day = document.get("published") or ""
    return day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None


def predict(
    docs: list[dict[str, Any]], gazetteer: Any, *, given: bool, near: str | None
) -> tuple[dict[str, Any], float]:
    """Places by document id, and megabytes of text a second of processor time."""
    out: dict[str, Any] = {}
    size, spent = 0, 0.0
    for document in docs:
        spans = document.get("given_places") if given else None
        start = time.process_time()
        found = find_places(
            document["text"], gazetteer=gazetteer, near=near, given=spans, published=day_of(document)
        )
        spent += time.process_time() - start
        size += len(document["text"].encode())
        kept = ("start", "end", "lat", "lon", "geonameid", "confidence")
        places = [{name: getattr(place, name) for name in kept} for place in found]
        out[document["id"]] = {"places": places, "claims": []}
    return out, size / 1e6 / max(spent, 1e-9)


def speeds(corpora: list[str], gazetteer: Any) -> None:
    """Print megabytes of text a second of processor time: from cold, on new texts once warm, and anew."""
    first, second = ([d for name in corpora for d in documents(name, half)] for half in (0, 1))
    for what, docs in (("cold", first), ("warm, new texts", second), ("warm, the same texts", second)):
        print(f"{what:21} {predict(docs, gazetteer, given=False, near=None)[1]:.2f} MB/s")


def reliability(pred: dict[str, Any], gold: dict[str, Any], table: dict[int, list[int]]) -> None:
    """Count, by tenth of confidence, how many recognised places lie within 161 km of the gold point."""
    for name, rows_ in gold.items():
        for row in rows_:
            if row["ignore"] or row["lat"] is None:
                continue
            for place in pred.get(name, {}).get("places", ()):
                if place["lat"] is not None and place["start"] < row["end"] and row["start"] < place["end"]:
                    cell = table.setdefault(min(9, int(place["confidence"] * 10)), [0, 0])
                    cell[0] += distance_km((place["lat"], place["lon"]), (row["lat"], row["lon"])) <= 161
                    cell[1] += 1
                    break


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--half", type=int, choices=(0, 1), default=None)
    parser.add_argument("--near", default=None)
    parser.add_argument("--dump", type=Path, default=None)
    parser.add_argument("--reliability", action="store_true")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("corpora", nargs="*", default=list(CORPORA))
    arguments = parser.parse_args()
    if not EVAL.exists():
        sys.exit("the corpora of ../shared/eval are absent; nothing to measure")
    if arguments.dump:
        from svidok.atlas.gazetteer.dumps import import_dump

        os.environ["SVIDOK_DATA"] = tempfile.mkdtemp(prefix="svidok-benchmark-")
        print(import_dump(arguments.dump))
    collect_seldom()  # as the commands do
    open_gazetteer()
    start = time.perf_counter()
    gazetteer = open_gazetteer()
    print(f"atlas: {gazetteer.describe()}; opened in {time.perf_counter() - start:.3f} s")
    if arguments.speed:
        speeds(arguments.corpora, gazetteer)
        return
    score = scorer()
    table: dict[int, list[int]] = {}
    for corpus in arguments.corpora:
        docs = documents(corpus, arguments.half)
        if corpus == "cir":
            gold = score.by_id(rows(EVAL / "corpora" / "cir.position.jsonl"))
            pred, speed = predict(docs, gazetteer, given=False, near=arguments.near)
            figure = score.score_position(docs, gold, pred)["any place within 25 km"]
            print(
                f"{corpus:9} any place within 25 km {figure:.3f}  ({len(docs)} documents, {speed:.2f} MB/s)"
            )
            continue
        gold = score.by_id(rows(EVAL / "corpora" / f"{corpus}.places.jsonl"))
        pred, speed = predict(docs, gazetteer, given=False, near=arguments.near)
        found = score.score_places(docs, gold, pred)
        reliability(pred, gold, table)
        given, _ = predict(docs, gazetteer, given=True, near=arguments.near)
        spans = score.score_places(docs, gold, given)
        recognition = found["recognition"]
        print(
            f"{corpus:9} recognition P {recognition['P']:.3f} R {recognition['R']:.3f} "
            f"F1 {recognition['F1']:.3f}  "
            f"within 161 km of recognised {found['acc@161km of recognised']:.3f}  "
            f"end to end {found['end-to-end F1@161km']:.3f}  given spans within 161 km "
            f"{spans['acc@161km of recognised']:.3f}, "
            f"exact id {spans['exact geonameid of recognised'] or 0:.3f}  "
            f"({len(docs)} documents, {speed:.2f} MB/s)"
        )
    if arguments.reliability:
        print("confidence  right  places")
        for tenth in sorted(table):
            right, count = table[tenth]
            print(f"{tenth / 10:.1f}-{tenth / 10 + 0.1:.1f}     {right / count:.2f}   {count}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
