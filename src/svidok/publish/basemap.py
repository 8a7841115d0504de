"""The offline base map: outlines of Natural Earth, cut to what a report needs."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

__all__ = ["Box", "base_map", "bounds_of", "decode", "encode"]

Box = tuple[float, float, float, float]
"""West, south, east, north, in degrees."""

_FOLDER = Path(__file__).with_name("data") / "outlines"


def decode(text: str) -> list[tuple[int, int]]:
    """Points, in steps of the file's quantum, of a delta-coded line (Google's polyline algorithm).

    >>> decode(encode([(10, 20), (11, 18)]))
    [(10, 20), (11, 18)]
    """
    values = []
    value = shift = 0
    for letter in text:
        bits = ord(letter) - 63
        value |= (bits & 31) << shift
        shift += 5
        if bits < 32:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points = []
    x = y = 0
    for dx, dy in zip(values[::2], values[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x, y))
    return points


def encode(points: Iterable[tuple[int, int]]) -> str:
    """Points as delta-coded text: the way back of `decode`."""
    letters = []
    x0 = y0 = 0
    for x, y in points:
        for step in (x - x0, y - y0):
            value = step << 1 if step >= 0 else ~(step << 1)
            while value >= 32:
                letters.append(chr((32 | value & 31) + 63))
                value >>= 5
            letters.append(chr(value + 63))
        x0, y0 = x, y
    return "".join(letters)


def bounds_of(points: Iterable[tuple[float, float]], *, margin: float = 1.0) -> Box | None:
    """The box round points (longitude, latitude), widened by its own size, at least by some degrees.

    >>> bounds_of([(30.0, 50.0)])
    (24.0, 46.0, 36.0, 54.0)
    """
    spots = list(points)
    if not spots:
        return None
    west, east = min(x for x, _ in spots), max(x for x, _ in spots)
    south, north = min(y for _, y in spots), max(y for _, y in spots)
    wide, high = max(6.0, (east - west) * margin), max(4.0, (north - south) * margin)
    return (
        max(-180.0, west - wide),
        max(-85.0, south - high),
        min(180.0, east + wide),
        min(85.0, north + high),
    )


def base_map(box: Box | None, *, towns: int = 160) -> dict[str, Any]:
    """What the page draws under its places: land, borders, regions, names, cut to a box.

    Args:
        box: west, south, east, north in degrees; None keeps the whole world.
        towns: how many of the largest towns in the box to name.
    Returns:
        plain data; lines are delta-coded text, longitude first, in steps of ``1 / quantum`` degrees.
        Outside the box land is kept in coarse outline, so that the page can zoom out to the world.
    """
    outlines = _outlines()
    quantum = outlines["quantum"]
    cut: dict[str, Any] = {"source": outlines["source"], "quantum": quantum}
    cut["land"] = [land for rings in outlines["land"] if (land := list(_rings(rings, box, quantum)))]
    for key in ("borders", "open"):
        cut[key] = [line for text in outlines[key] if (line := _thinned(text, box, quantum))]
    cut["regions"] = [line for text in outlines["regions"] for line in _clipped(text, box, quantum)]
    cut["countries"] = outlines["country_labels"]
    cut["regionNames"] = [row for row in outlines["region_labels"] if _inside(row[1], row[2], box)]
    cut["towns"] = [row for row in _towns() if _inside(row[1], row[2], box)][:towns]
    return cut


@cache
def _outlines() -> Any:
    return json.loads((_FOLDER / "outlines.json").read_text(encoding="utf-8"))


@cache
def _towns() -> tuple[tuple[str, float, float, int], ...]:
    with (_FOLDER / "towns.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["name"], float(row["lon"]), float(row["lat"]), int(row["population"]))
            for row in csv.DictReader(file)
        )


def _inside(x: float, y: float, box: Box | None) -> bool:
    return box is None or (box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _rings(rings: list[str], box: Box | None, quantum: int) -> Iterator[str]:
    """Rings of land; small far islands are left out."""
    for text in rings:
        thin = _thinned(text, box, quantum, least=8)
        if thin:
            yield thin


def _thinned(text: str, box: Box | None, quantum: int, *, least: int = 2) -> str | None:
    """A line, fine in the box, with every eighth point elsewhere; None when too little is left."""
    if box is None:
        return text
    points = decode(text)
    last = len(points) - 1
    kept = [
        (x, y)
        for number, (x, y) in enumerate(points)
        if number % 8 == 0 or number == last or _inside(x / quantum, y / quantum, box)
    ]
    return encode(kept) if len(kept) >= least or len(kept) == len(points) else None


def _clipped(text: str, box: Box | None, quantum: int) -> Iterator[str]:
    """The stretches of a line that lie in the box (with one point beyond each end)."""
    if box is None:
        yield text
        return
    run: list[tuple[int, int]] = []
    points = decode(text)
    flags = [_inside(x / quantum, y / quantum, box) for x, y in points]
    for number, point in enumerate(points):
        if any(flags[max(0, number - 1) : number + 2]):
            run.append(point)
        elif run:
            yield encode(run)
            run = []
    if len(run) > 1:
        yield encode(run)
