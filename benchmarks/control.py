"""How well the control model tells who held which town on which day, against three baselines; and how fast.

    python benchmarks/control.py [REPORTS.jsonl]            accuracy, on both halves of the towns
    python benchmarks/control.py --choose [REPORTS.jsonl]   choose rates on one half, measure on the other
    python benchmarks/control.py --speed [TOWNS] [CLAIMS]   33,681 towns x 365 days, made-up evidence

Accuracy needs ``../shared`` beside the checkout: dated short reports and who held which town day by day in
2022. The first day of every town is given to all as its initial holder. Towns are cut in two halves by a hash
of their name. The rates that ship were chosen with both halves in sight; what choosing blindly is worth is
what ``--choose`` prints: the rates that are best on one half, measured on the other, both ways.
Figures: macro-F1 over the classes contested and Russian-held, Brier score, and how often a cell that is
given 0.9 or more is wrong; the same over the cells that were contested or Russian-held.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from svidok.events.days import first_day
from svidok.ledger.hold import HoldModel, Town, hold_states
from svidok.ledger.sightings import Sighting, sightings
from svidok.records import Document, Reading, Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
SIDES = ("Ukraine", "Russia")
CLASSES = {"ukraine": 0, "russia": 1, "contested": 2}
FIRST, LAST = first_day("2022-02-25") or 0, first_day("2022-12-31") or 0

Truth = dict[tuple[str, float, float], dict[int, int]]
Answer = Callable[[int, int], Sequence[float]]
"""Row of a town and day to the probabilities of the two sides, contested and unknown."""


def truth(path: Path) -> Truth:
    """For each town its class on each day."""
    out: Truth = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            day = first_day(row["date"])
            if row["status"] not in CLASSES or day is None or not row["lat"] or not row["lon"]:
                continue
            out[row["name"], float(row["lat"]), float(row["lon"])][day] = CLASSES[row["status"]]
    return dict(out)


def first_half(name: str) -> bool:
    """Whether a town is in the half that rates may be chosen on."""
    return hashlib.sha256(name.encode()).digest()[0] % 2 == 0


def readings_of(path: Path) -> tuple[list[Reading], object]:
    """The reports, read by the pipeline, and its gazetteer."""
    from svidok import pipeline

    tools = pipeline.load_tools(near="Ukraine")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    documents = [
        Document(
            r["id"], r["id"], "\n\n".join(x for x in (r.get("title"), r["text"]) if x),
            source=Source(r["source"]), language="en", published=r["published"],
        )
        for r in rows
    ]  # fmt: skip
    return list(pipeline.read_all(documents, tools)), tools.gazetteer


def scores(gold: npt.NDArray[np.int64], told: npt.NDArray[np.float64]) -> dict[str, float]:
    """Macro-F1 over Russian-held and contested, Brier score, accuracy, wrong share of sure cells."""
    best = told[:, :3].argmax(axis=1)
    best = np.where(told[:, 3] > told[:, :3].max(axis=1), 0, best)
    f1 = []
    for klass in (1, 2):
        hit = float(((gold == klass) & (best == klass)).sum())
        f1.append(2 * hit / max(1.0, float((gold == klass).sum() + (best == klass).sum())))
    brier = ((told[:, :3] - np.eye(3)[gold]) ** 2).sum(axis=1)
    sure = told[:, :3].max(axis=1) >= 0.9
    lost = gold > 0
    return {
        "macro-F1": float(np.mean(f1)),
        "F1 Russian-held": f1[0],
        "F1 contested": f1[1],
        "Brier": float(brier.mean()),
        "accuracy": float((best == gold).mean()),
        "sure and wrong": float((best[sure] != gold[sure]).mean()) if sure.any() else 0.0,
        "| such cells: accuracy": float((best[lost] == gold[lost]).mean()),
        "Brier of such": float(brier[lost].mean()),
        "sure and wrong of such": float((best[sure & lost] != gold[sure & lost]).mean())
        if (sure & lost).any()
        else 0.0,
    }


def judged(told: Truth, answer: Answer, wanted: Callable[[str], bool]) -> dict[str, float]:
    """The figures of one way to answer over the towns that are wanted, each from its second day."""
    gold, answers = [], []
    for row, (key, days) in enumerate(told.items()):
        if wanted(key[0]):
            for day in sorted(days)[1:]:
                gold.append(days[day])
                answers.append(answer(row, day))
    return scores(np.array(gold), np.array(answers))


def main(reports: Path, *, choose: bool) -> None:
    """Print the figures of the model and of the baselines on the same town-days."""
    told = truth(SHARED / "data" / "control" / "wikipedia_daily_2022.csv")
    readings, gazetteer = readings_of(reports)
    seen = sightings(readings, sides=SIDES, home="Ukraine")
    towns = [
        Town(name, lat, lon, (*SIDES, "contested")[days[min(days)]], within_of(gazetteer, lat, lon))
        for (name, lat, lon), days in told.items()
    ]
    starts = [min(days) for days in told.values()]
    print(f"{len(readings)} reports, {len(seen)} sightings, {len(told)} towns")
    if choose:
        return choice(told, towns, starts, seen)
    eye = np.eye(4)
    firsts = [days[min(days)] for days in told.values()]
    ways: dict[str, Answer] = {
        "model": model_answer(towns, starts, seen, HoldModel()),
        "all held by the state": lambda row, day: (1.0, 0.0, 0.0, 0.0),
        "the first day lasts": lambda row, day: eye[firsts[row]],
        "last claim on this town": last_claim(towns, seen, firsts),
    }
    halves = {
        "first half": first_half,
        "second half": lambda name: not first_half(name),
        "all": lambda name: True,
    }
    for half, wanted in halves.items():
        print(f"\n{half}: {sum(wanted(t.name) for t in towns)} towns")
        for label, answer in ways.items():
            figures = judged(told, answer, wanted)
            print(f"  {label:26}" + "  ".join(f"{k} {v:.3f}" for k, v in figures.items()))


def choice(told: Truth, towns: Sequence[Town], starts: Sequence[int], seen: Sequence[Sighting]) -> None:
    """Choose rates on each half of the towns (macro-F1 less Brier score) and measure them on the other."""
    grid = {
        "settle": (0.008, 0.010, 0.013, 0.016, 0.02, 0.025),
        "lean": (0.001, 0.003, 0.006),
        "stir": (0.0003, 0.0006, 0.001),
        "reach": (8.0, 12.0, 16.0, 20.0),
    }
    halves = (first_half, lambda name: not first_half(name))
    tried = []
    for values in itertools.product(*grid.values()):
        rates = dict(zip(grid, values, strict=True))
        answer = model_answer(towns, starts, seen, replace(HoldModel(), **rates))
        tried.append((rates, tuple(judged(told, answer, half) for half in halves)))
    for own, other, name in ((0, 1, "first"), (1, 0, "second")):
        rates, figures = max(tried, key=lambda t: t[1][own]["macro-F1"] - t[1][own]["Brier"])
        shown = "  ".join(f"{k} {figures[other][k]:.3f}" for k in ("macro-F1", "Brier", "sure and wrong"))
        print(f"chosen on the {name} half: {rates}; on the other: {shown}")


def within_of(gazetteer: object, lat: float, lon: float) -> tuple[str, ...]:
    """The containers of the settlement nearest to a point."""
    found = gazetteer.nearest(lat, lon)  # type: ignore[attr-defined]
    return tuple(found[0][0].containers) if found else ()


def model_answer(
    towns: Sequence[Town], starts: Sequence[int], seen: Sequence[Sighting], model: HoldModel
) -> Answer:
    """The model's answers; a town enters on its own first day."""
    days: Mapping[int, npt.NDArray[np.float64]] = {
        day: answer
        for day, answer, _ in hold_states(
            towns, seen, sides=SIDES, first=FIRST, last=LAST, entered=starts, model=model
        )
    }
    return lambda row, day: days[day][row]


def last_claim(towns: Sequence[Town], seen: Sequence[Sighting], firsts: Sequence[int]) -> Answer:
    """The baseline that believes the last claim on the very town, else its first day."""
    table: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for sighting in seen:
        if sighting.lat is None or sighting.lon is None or sighting.names:
            continue
        for row, town in enumerate(towns):
            if abs(town.lat - sighting.lat) < 0.04 and abs(town.lon - sighting.lon) < 0.06:
                if sighting.fights:
                    table[row].append((sighting.day, 2))
                elif sighting.holds in SIDES:
                    table[row].append((sighting.day, SIDES.index(sighting.holds)))

    def answer(row: int, day: int) -> Sequence[float]:
        known = [c for d, c in table[row] if d <= day]
        return np.eye(4)[known[-1] if known else firsts[row]]

    return answer


def speed(count: int, claims: int) -> None:
    """Time the model over a year of made-up towns and evidence in the box of Ukraine."""
    chance = np.random.default_rng(1)
    lat, lon = chance.uniform(44.5, 52.3, count), chance.uniform(22.2, 40.1, count)
    towns = [
        Town(f"t{i}", float(lat[i]), float(lon[i]), SIDES[int(lon[i] > 37)], (f"region {i % 25}",))
        for i in range(count)
    ]
    seen = []
    for number in range(claims):
        at, kind = int(chance.integers(count)), number % 3
        side = SIDES[number // 3 % 2]
        holds, against = (side if kind == 0 else None), ("Russia" if kind == 2 else None)
        day, spot = FIRST + int(chance.integers(365)), (float(lat[at]), float(lon[at]))
        seen.append(Sighting(f"c{number}", day, *spot, 5.0, frozenset(), holds, kind == 1, against, 0.8))
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in hold_states(towns, seen, sides=SIDES, first=FIRST, last=FIRST + 364):
        pass
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{count:,} towns x 365 days, {claims:,} claims: {wall:.1f} s ({cpu:.1f} of CPU), {peak:.2f} GB")


if __name__ == "__main__":
    given = [a for a in sys.argv[1:] if not a.startswith("--")]
    if "--speed" in sys.argv:
        speed(*(int(a) for a in (given + ["33681", "20000"][len(given) :])))
    else:
        main(Path(given[0]) if given else SHARED / "input" / "warline.jsonl", choose="--choose" in sys.argv)
