"""How well contradictions are found, and how joining claims grows with their number.

    python benchmarks/events.py planted           # recall and false alarms on the planted dossiers
    python benchmarks/events.py unread            # the same on dossiers that no check was mended by: totals
    python benchmarks/events.py pairs [-v]        # precision and recall on judged pairs of claims
    python benchmarks/events.py growth [MOST]     # seconds and memory for 10^4, 10^5 ... MOST claims

The planted dossiers lie in ``tests/events/planted``: each file holds one dossier a line, ``clashing*``
with exactly one contradiction, ``consistent*`` with none though they look alike. Every dossier is read
by the real pipeline, from its text.

The judged pairs lie in ``tests/events/pairs``: two triggers each, and whether a reader takes them to tell of
one happening. ``dispatches.jsonl`` points into ``examples/kyiv-2022``; ``planted.jsonl`` into the planted
dossiers (in those that clash on a count, a denial or an author, the pair that carries the clash);
``warline.jsonl`` points by offset and hash into reports that are not ours to copy, and is passed over when
they are not beside the checkout; ``readings.jsonl`` points into the texts of ``benchmarks/readings``, on
many wars: a part drawn evenly over what the judge made of them, a part at random. The two ``-near`` files
hold pairs of the same reports that were chosen because the judge was in two minds about them or joined
them: they are harder than what reports bring, and most of them are two happenings. The ``-kin`` files hold
attacks on civilians beside the dead.
"""

from __future__ import annotations

import hashlib
import json
import math
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from svidok.records import Claim, Document, Place, Reading, Source, TimeSpan

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "tests" / "events" / "pairs"
EXAMPLES = ROOT / "examples" / "kyiv-2022"
WARLINE = ROOT.parent / "shared" / "input" / "warline.jsonl"
READINGS = ROOT / "benchmarks" / "readings"
PLANTED = Path(__file__).resolve().parents[1] / "tests" / "events" / "planted"
UNREAD = PLANTED.parent / "unread"


def dossiers(folder: Path = PLANTED) -> Iterator[dict[str, Any]]:
    """Every planted dossier, with the name of its file under ``set``."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield {**json.loads(line), "set": path.stem}


def documents(dossier: dict[str, Any]) -> list[Document]:
    """The documents of one dossier."""
    return [
        Document(
            row["id"],
            row["id"],
            row["text"],
            source=Source(row["source"]) if row["source"] else None,
            title=row["title"],
            language="en",
            published=row["published"],
            dossier=dossier["dossier"],
        )
        for row in dossier["documents"]
    ]


def planted(*, verbose: bool = False, folder: Path = PLANTED) -> dict[str, dict[str, float]]:
    """Recall (any finding; one of the planted kind) and false alarms, for each file of dossiers."""
    from svidok import pipeline
    from svidok.events import find_findings, reconcile

    tools = pipeline.load_tools()
    rows = list(dossiers(folder))
    readings = {r.document.id: r for r in pipeline.read_all([d for x in rows for d in documents(x)], tools)}
    out: dict[str, dict[str, float]] = {}
    kinds: dict[str, Counter[str]] = {"all": Counter(), "found": Counter()}
    for row in rows:
        own = [readings[d["id"]] for d in row["documents"]]
        found = find_findings(own, reconcile(own), gazetteer=tools.gazetteer)
        score = out.setdefault(row["set"], {"dossiers": 0, "any": 0, "kind": 0})
        score["dossiers"] += 1
        score["any"] += bool(found)
        score["kind"] += any(f.kind == row["kind"] for f in found)
        if row["contradicts"]:
            kinds["all"][row["kind"]] += 1
            kinds["found"][row["kind"]] += bool(found)
        if verbose and bool(found) != row["contradicts"]:
            print("missed" if row["contradicts"] else "false", row["dossier"], [f.message for f in found])
    for name, score in out.items():
        rate = score["any"] / score["dossiers"]
        word = "recall" if name.startswith("clashing") else "false alarms"
        print(
            f"{name:16} {word} {rate:.2f} ({score['any']:.0f} of {score['dossiers']:.0f}), "
            f"of the kind {score['kind']:.0f}"
        )
    print("  ".join(f"{k} {kinds['found'][k]}/{n}" for k, n in sorted(kinds["all"].items())))
    return out


REPORTS = ("dispatches", "warline")
"""The sets of judged pairs that were drawn from reports without regard to what the judge makes of them."""


def pairs(*, verbose: bool = False) -> dict[str, float]:
    """Precision and recall of joining on the judged pairs whose claims were both read."""
    total: Counter[str] = Counter()
    reports: Counter[str] = Counter()
    for name, readings, lines in judged_sets():
        tally = tally_pairs(readings, lines, verbose=verbose)
        total += tally
        reports += tally if name in REPORTS else Counter()
        show_tally(name, tally)
    show_tally("reports", reports)
    show_tally("all", total)
    return {
        "precision": _rate(total, "same same", "different same"),
        "recall": _rate(total, "same same", "same apart"),
    }


def half_of(line: str) -> int:
    """Which half, 0 or 1, a judged pair stands in, by the reports that it compares."""
    names = sorted(str(side.get("document") or side.get("id")) for side in sides_of(line))
    return hashlib.sha256(" ".join(names).encode()).digest()[0] % 2


def judged_sets() -> Iterator[tuple[str, tuple[Reading, ...], list[str]]]:
    """Each set of judged pairs by name: the readings that it points into, and its lines."""
    from svidok import pipeline
    from svidok.archive import read_jsonl, read_paths

    near = pipeline.load_tools(near="Ukraine")
    sets: list[tuple[str, Any, Any]] = [
        ("dispatches", read_paths([EXAMPLES]), near),
        ("planted", (d for row in dossiers() for d in documents(row)), pipeline.load_tools()),
        ("readings", read_paths(sorted(p for p in READINGS.iterdir() if p.is_dir())), pipeline.load_tools()),
    ]
    if WARLINE.exists():
        sets.append(("warline", read_jsonl(WARLINE), near))
    else:
        print("warline: passed over, ../shared is not there")
    for name, found, tools in sets:
        files = sorted(PAIRS.glob(f"{name}*.jsonl"))
        judged = {path.stem: path.read_text(encoding="utf-8").splitlines() for path in files}
        sides = [side for lines in judged.values() for line in lines for side in sides_of(line)]
        wanted = {side.get("id") or side["document"] for side in sides}
        kept = [
            d
            for d in found
            if isinstance(d, Document)
            and (name == "dispatches" or d.id in wanted or Path(d.path or "").name in wanted)
        ]
        readings = tuple(pipeline.read_all(kept, tools))
        for stem, lines in sorted(judged.items()):
            yield stem, readings, lines


def sides_of(line: str) -> list[dict[str, Any]]:
    """Both sides of a judged pair."""
    row = json.loads(line)
    return [row["a"], row["b"]]


def tally_pairs(readings: tuple[Reading, ...], lines: list[str], *, verbose: bool = False) -> Counter[str]:
    """How often a verdict ("same", "different", "unsure") met a joined or a parted pair."""
    from svidok.events import reconcile

    homes: dict[str, set[str]] = {}
    for event in reconcile(readings):
        for claim in event.claims:
            homes.setdefault(claim, set()).add(event.id)
    tally: Counter[str] = Counter()
    for line in lines:
        verdict = json.loads(line)["verdict"]
        one, two = (claim_of(readings, side) for side in sides_of(line))
        if one is None or two is None or one.id == two.id:
            tally[f"{verdict} unread"] += 1
            continue
        answer = "same" if homes[one.id] & homes[two.id] else "apart"
        tally[f"{verdict} {answer}"] += 1
        if verbose and (verdict, answer) in {("same", "apart"), ("different", "same")}:
            print(f"{verdict} but {answer}:", *(_words(readings, c) for c in (one, two)), sep="\n    ")
    return tally


def claim_of(readings: tuple[Reading, ...], side: dict[str, Any]) -> Claim | None:
    """The claim that a judged side means: of its type where there is one, at its trigger."""
    for reading in readings:
        document = reading.document
        name = Path(document.path).name if document.path else document.id
        if side.get("document", name) != name or ("id" in side and side["id"] != document.id):
            continue
        end = side.get("end", side["start"] + len(side.get("words", "")))
        words = document.text[side["start"] : end]
        sound = (
            words == side["words"]
            if "words" in side
            else hashlib.sha256(words.encode()).hexdigest()[:16] == side["sha256"]
        )
        here = [c for c in reading.claims if c.trigger[0] < end and side["start"] < c.trigger[1]]
        here = [c for c in here if c.type != "statement"]
        if sound and here:
            return min(here, key=lambda c: (c.type != side["type"], c.trigger, c.type))
    return None


def _words(readings: tuple[Reading, ...], claim: Claim) -> str:
    text = next(r.document.text for r in readings if r.document.id == claim.document)
    return f"{claim.type}: {' '.join(text[max(0, claim.trigger[0] - 80) : claim.trigger[1] + 80].split())}"


def _rate(tally: Counter[str], good: str, bad: str) -> float:
    return tally[good] / max(1, tally[good] + tally[bad])


def show_tally(name: str, tally: Counter[str]) -> None:
    unread = sum(n for key, n in tally.items() if key.endswith("unread"))
    print(
        f"{name:18} {sum(tally.values())} pairs, {unread} unread  "
        f"precision {_rate(tally, 'same same', 'different same'):.2f}  "
        f"recall {_rate(tally, 'same same', 'same apart'):.2f}  "
        f"same {tally['same same']} joined, {tally['same apart']} apart; "
        f"different {tally['different same']} joined, {tally['different apart']} apart; "
        f"unsure {tally['unsure same']} joined, {tally['unsure apart']} apart"
    )


TYPES = ("battle", "strike", "capture", "withdraw", "casualties", "destroy")


def synthetic(count: int) -> list[Reading]:
    """Readings with ``count`` claims: a made-up war of 400 towns and two years, five accounts a happening."""
    state = 12345

    def draw(limit: int) -> int:
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        return (state >> 33) % limit

    readings = []
    towns = 400 + count // 500
    for number in range(count // 5):
        town, day, kind = draw(towns), draw(730), TYPES[draw(len(TYPES))]
        lat, lon = 44 + (town * 7919 % 8000) / 1000, 22 + (town * 104729 % 18000) / 1000
        month = f"20{22 + day // 365}-{1 + day % 365 // 31:02d}-{1 + day % 28:02d}"
        for witness in range(5):
            words = f"Report {number} of witness {witness} on {kind} at town {town}, line {draw(1000)}."
            doc = f"d{number}-{witness}"
            place = Place(
                10, 14, "town", f"Town {town}", f"t:{town}", None, lat, lon, "settlement", None, 2.0
            )
            time_ = TimeSpan(month, month, month)
            claim = Claim(f"c{number}-{witness}", doc, 0, len(words), (0, 6), kind, places=(0,), time=time_)
            document = Document(doc, doc, words, source=Source(f"s{draw(3000)}"))
            readings.append(Reading(document, (), (place,), claims=(claim,)))
    return readings


def growth(most: int = 1_000_000) -> None:
    """Seconds, events and peak memory as the number of claims grows, and the exponent of growth."""
    from svidok.events import reconcile

    seen: list[tuple[int, float]] = []
    count = 10_000
    while count <= most:
        readings = synthetic(count)
        start, used = time.perf_counter(), time.process_time()
        events = reconcile(readings)
        seconds, used = time.perf_counter() - start, time.process_time() - used
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{count:>9} claims  {seconds:8.1f} s  ({used:.1f} s of processor)  {len(events)} events  "
            f"{peak:.2f} GB at most",
            flush=True,
        )
        seen.append((count, used))
        count *= 10
    if len(seen) > 1:
        (n1, t1), (n2, t2) = seen[0], seen[-1]
        print(f"growth exponent of processor time {math.log(t2 / t1) / math.log(n2 / n1):.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["growth"]:
        growth(int(float(sys.argv[2])) if len(sys.argv) > 2 else 1_000_000)
    elif sys.argv[1:2] == ["pairs"]:
        pairs(verbose="-v" in sys.argv)
    elif sys.argv[1:2] == ["unread"]:
        planted(folder=UNREAD)
    else:
        planted(verbose="-v" in sys.argv)
