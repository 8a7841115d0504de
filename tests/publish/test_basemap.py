"""The base map: small, and with the borders that the United Nations recognise."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svidok.publish import basemap
from svidok.publish.basemap import base_map, bounds_of, decode, encode

FOLDER = Path(basemap.__file__).with_name("data") / "outlines"

pairs = st.lists(st.tuples(st.integers(-36000, 36000), st.integers(-18000, 18000)), min_size=1, max_size=30)


@given(pairs)
def test_lines_come_back_as_they_were(points: list[tuple[int, int]]) -> None:
    assert decode(encode(points)) == points


def test_the_extract_is_small_and_names_its_sources() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 500_000
    words = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "Natural Earth" in words
    assert "public domain" in words
    assert "GeoNames" in words


def crosses(lines: list[str], quantum: int, box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return any(
        west <= x / quantum <= east and south <= y / quantum <= north
        for line in lines
        for x, y in decode(line)
    )


def test_no_border_runs_between_crimea_and_ukraine() -> None:
    whole = base_map(None)
    isthmus = (33.3, 45.9, 34.9, 46.25)
    assert not crosses(whole["borders"] + whole["open"], whole["quantum"], isthmus)
    assert crosses(whole["regions"], whole["quantum"], isthmus), "Crimea is a region like the others"


def test_no_border_runs_through_donbas() -> None:
    whole = base_map(None)
    assert not crosses(whole["borders"] + whole["open"], whole["quantum"], (36.9, 47.2, 37.9, 48.9))


def inside(point: tuple[float, float], rings: list[list[str]], quantum: int) -> bool:
    x, y = point[0] * quantum, point[1] * quantum
    crossings = 0
    for land in rings:
        for ring in land:
            points = decode(ring)
            for (x0, y0), (x1, y1) in zip(points, points[1:] + points[:1], strict=True):
                if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
                    crossings += 1
    return crossings % 2 == 1


@pytest.mark.parametrize(
    ("name", "point", "land"),
    [
        ("Kyiv", (30.5, 50.4), True), ("Simferopol", (34.1, 44.95), True), ("Golan", (35.78, 33.0), True),
        ("Abyei", (28.5, 9.8), True), ("Caspian Sea", (51.0, 41.0), False), ("Black Sea", (34.0, 43.5), False),
        ("Khartoum", (32.5, 15.6), True),
    ],
)  # fmt: skip
def test_land_is_land(name: str, point: tuple[float, float], land: bool) -> None:
    whole = base_map(None)
    assert inside(point, whole["land"], whole["quantum"]) is land


def test_a_cut_map_is_smaller_and_keeps_land_in_the_box() -> None:
    box = bounds_of([(30.5, 50.4), (31.3, 51.5)])
    cut, whole = base_map(box), base_map(None)
    assert sum(map(len, cut["regions"])) < sum(map(len, whole["regions"])) / 4
    assert inside((30.5, 50.4), cut["land"], cut["quantum"])
    assert any(name == "Kyiv" for name, *_ in cut["towns"])
    assert len(cut["towns"]) <= 160


def test_no_places_no_box() -> None:
    assert bounds_of([]) is None


def test_towns_are_in_order_of_their_size() -> None:
    with (FOLDER / "towns.csv").open(encoding="utf-8", newline="") as file:
        people = [int(row["population"]) for row in csv.DictReader(file)]
    assert people == sorted(people, reverse=True)
