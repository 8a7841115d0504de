"""How well the control model tells who held which town on which day, against three baselines.

    python benchmarks/control.py [REPORTS.jsonl]

Needs ``../shared`` beside the checkout: dated short reports and who held which town day by day in 2022.
Figures: macro-F1 over the classes contested and Russian-held, Brier score, and how often a cell that is
given 0.9 or more is wrong. The first day of every town is given to all as its initial holder.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from svidok.events.days import first_day, iso_day
from svidok.ledger.hold import Town, hold_states
from svidok.ledger.sightings import Sighting, sightings
from svidok.records import Document, Reading, Source

SHARED = Path(__file__).resolve().parents[2] / "shared"
SIDES = ("Ukraine", "Russia")
CLASSES = {"ukraine": 0, "russia": 1, "contested": 2}


def truth(path: Path) -> dict[tuple[str, float, float], dict[str, int]]:
    """For each town its class on each day."""
    out: dict[tuple[str, float, float], dict[str, int]] = defaultdict(dict)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["status"] in CLASSES:
                try:
                    key = (row["name"], float(row["lat"]), float(row["lon"]))
                except ValueError:
                    continue
                out[key][row["date"]] = CLASSES[row["status"]]
    return out


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
    wanted = np.eye(3)[gold]
    sure = told[:, :3].max(axis=1) >= 0.9
    wrong = float((best[sure] != gold[sure]).mean()) if sure.any() else 0.0
    return {
        "macro-F1": float(np.mean(f1)),
        "F1 Russian-held": f1[0],
        "F1 contested": f1[1],
        "Brier": float(((told[:, :3] - wanted) ** 2).sum(axis=1).mean()),
        "accuracy": float((best == gold).mean()),
        "sure and wrong": wrong,
    }


def main(reports: Path) -> None:
    """Print the figures of the model and of the baselines on the same town-days."""
    told = truth(SHARED / "data" / "control" / "wikipedia_daily_2022.csv")
    readings, gazetteer = readings_of(reports)
    seen = sightings(readings, sides=SIDES, home="Ukraine")
    print(f"{len(readings)} reports, {len(seen)} sightings, {len(told)} towns")
    towns, firsts = [], []
    for (name, lat, lon), days in told.items():
        start = min(days)
        towns.append(Town(name, lat, lon, (*SIDES, "contested")[days[start]], within_of(gazetteer, lat, lon)))
        firsts.append(start)
    for label, table in {
        "model": model_table(towns, firsts, seen),
        "all held by the state": lambda row, day, last: (1.0, 0.0, 0.0, 0.0),
        "the first day lasts": lambda row, day, last: _one(told, row, min),
        "last claim on this town": last_claim(towns, seen, told),
    }.items():
        gold, answers = [], []
        for row, (key, days) in enumerate(told.items()):
            for day in sorted(days)[1:]:
                gold.append(days[day])
                answers.append(table(row, day, key))
        figures = scores(np.array(gold), np.array(answers))
        print(f"{label:26}" + "  ".join(f"{k} {v:.3f}" for k, v in figures.items()))


def within_of(gazetteer: object, lat: float, lon: float) -> tuple[str, ...]:
    """The containers of the settlement nearest to a point."""
    found = gazetteer.nearest(lat, lon)  # type: ignore[attr-defined]
    return tuple(found[0][0].containers) if found else ()


def _one(told: dict[tuple[str, float, float], dict[str, int]], row: int, pick: object) -> tuple[float, ...]:
    days = list(told.values())[row]
    return tuple(np.eye(4)[days[min(days)]].tolist())


def model_table(towns: list[Town], firsts: list[str], seen: list[Sighting]) -> object:
    """The model's answers, looked up by row and day; a town enters on its own first day."""
    first, last = first_day("2022-02-25") or 0, first_day("2022-12-31") or 0
    table: dict[tuple[int, str], tuple[float, ...]] = {}
    starts = [first_day(s) or 0 for s in firsts]
    for day, answer, _ in hold_states(towns, seen, sides=SIDES, first=first, last=last, entered=starts):
        for row in range(len(towns)):
            table[row, iso_day(day)] = tuple(answer[row].tolist())
    return lambda row, day, key: table[row, day]


def last_claim(towns: list[Town], seen: list[Sighting], told: object) -> object:
    """The baseline that believes the last claim on the very town, else its first day."""
    table: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for sighting in seen:
        if sighting.lat is None or sighting.lon is None or sighting.names:
            continue
        for row, town in enumerate(towns):
            if abs(town.lat - sighting.lat) < 0.04 and abs(town.lon - sighting.lon) < 0.06:
                column = (
                    2 if sighting.fights else SIDES.index(sighting.holds) if sighting.holds in SIDES else None
                )
                if column is not None:
                    table[row].append((iso_day(sighting.day), column))

    def answer(row: int, day: str, key: object) -> tuple[float, ...]:
        known = [c for d, c in table[row] if d <= day]
        column = known[-1] if known else (*SIDES, "contested").index(towns[row].initial or "Ukraine")
        return tuple(np.eye(4)[column].tolist())

    return answer


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "input" / "warline.jsonl")
