"""Areas of control: who holds what, how wide the doubt is, and where the map stays empty."""

from __future__ import annotations

import json

import numpy as np
import pytest
from shapely.geometry import Point, shape

from svidok.ledger.areas import Area, AreaRules, areas_of, as_features
from svidok.ledger.hold import Town

SIDES = ("Ukraine", "Russia")


def grid(step: float = 0.2, size: int = 8) -> list[Town]:
    return [Town(f"{i},{j}", 49 + i * step, 33 + j * step * 1.5) for i in range(size) for j in range(size)]


def answer(towns: list[Town], border: float) -> np.ndarray:
    west = np.array([t.lon < border for t in towns], dtype=float)
    return np.stack([west * 0.95, (1 - west) * 0.95, np.full(len(towns), 0.05), np.zeros(len(towns))], axis=1)


def only(areas: tuple[Area, ...], kind: str, side: str | None = None) -> Area:
    return next(a for a in areas if a.kind == kind and (side is None or side in a.sides))


def test_two_sides_have_their_areas_and_the_doubt_lies_between_them() -> None:
    towns = grid()
    areas = areas_of(towns, answer(towns, 34.0), sides=SIDES)
    west, east = only(areas, "held", "Ukraine").shape, only(areas, "held", "Russia").shape
    assert west.contains(Point(33.2, 49.7))
    assert east.contains(Point(35.0, 49.7))
    assert only(areas, "doubt").shape.contains(Point(34.05, 49.7))
    front = only(areas, "front")
    assert front.sides == SIDES
    assert 33.9 < front.shape.centroid.x < 34.2
    assert front.km == pytest.approx(1.4 * 111.2, rel=0.05)


def test_an_area_is_measured_on_the_globe() -> None:
    towns = grid()
    (held,) = areas_of(towns, answer(towns, 99.0), sides=SIDES)
    wide = 2.1 * 111.32 * np.cos(np.radians(49.7))
    assert held.km2 == pytest.approx(wide * 1.4 * 111.2, rel=0.01)


def test_nothing_is_drawn_where_nothing_is_known() -> None:
    towns = grid()
    unknown = np.zeros((len(towns), 4))
    unknown[:, 3] = 1.0
    assert areas_of(towns, unknown, sides=SIDES) == ()
    assert areas_of([], np.zeros((0, 4)), sides=SIDES) == ()


def test_far_towns_are_not_bridged_and_a_lone_town_speaks_for_a_disc() -> None:
    towns = [Town("a", 49.0, 33.0), Town("b", 49.0, 36.0)]
    held = only(areas_of(towns, answer(towns, 99.0), sides=SIDES, rules=AreaRules(lone_km=5.0)), "held")
    assert not held.shape.contains(Point(34.5, 49.0))
    assert held.km2 == pytest.approx(2 * np.pi * 25, rel=0.02)


def test_two_towns_on_one_spot_are_one() -> None:
    towns = [Town("a", 49.0, 33.0), Town("a again", 49.0, 33.0)]
    areas = areas_of(towns, answer(towns, 99.0), sides=SIDES)
    assert [a.kind for a in areas] == ["held"]


def test_a_contested_town_is_its_own_area() -> None:
    towns = grid()
    told = answer(towns, 99.0)
    told[27] = (0.1, 0.0, 0.9, 0.0)
    areas = areas_of(towns, told, sides=SIDES)
    spot = Point(towns[27].lon, towns[27].lat)
    assert only(areas, "contested").shape.contains(spot)
    assert not only(areas, "held").shape.contains(spot)


def test_features_are_geojson_with_rings_turned_the_right_way() -> None:
    towns = grid()
    features = as_features(areas_of(towns, answer(towns, 34.0), sides=SIDES), "2022-03-20")
    back = json.loads(json.dumps(features))
    assert [f["properties"]["kind"] for f in back] == ["held", "held", "doubt", "front"]
    assert back[0]["properties"]["side"] == "Ukraine"
    assert back[3]["properties"]["between"] == ["Ukraine", "Russia"]
    for feature in back[:3]:
        made = shape(feature["geometry"])
        assert made.is_valid
        assert all(part.exterior.is_ccw for part in made.geoms)
