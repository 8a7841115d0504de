"""What the atlas tells of an entry as numbers, read once: position, people, kind, country, region, war."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.wars import fought_over, front_at
from svidok.claims.mentions.places.beside import Floats

__all__ = ["COLUMN", "FEATURES", "KIND", "Facts"]

FEATURES = (
    "people",
    "country",
    "continent",
    "region",
    "county",
    "area",
    "water",
    "district",
    "capital",
    "alternate",
    "alternate-small",
    "variant",
    "short",
    "approximate",
    "share",
    "seat",
    "adjacent",
    "led",
    "not-adjacent",
    "reverse",
    "near",
    "nearer",
    "nearest",
    "region-named",
    "country-named",
    "border-named",
    "border-mass",
    "region-mass",
    "country-mass",
    "inside",
    "theatre",
    "first-of-name",
    "wide",
    "minor",
    "comma-container",
    "fought-over",
    "fought-long",
    "uncounted",
    "chief",
    "own-country",
    "as-container",
    "of-body",
    "like-listed",
    "told-near",
    "told-water",
    "front",
    "front-over",
    "front-long",
    "chief-abroad",
    "same",
    "own-people",
)
"""What is measured of every candidate, in the order of the weights."""

COLUMN = {name: place for place, name in enumerate(FEATURES)}
"""Where each feature stands."""

KIND = {name: number for number, name in enumerate(KINDS)}
"""Kind of place to the number that the atlas files it under."""

_WIDTH = 16  # numbers of a row
_ROWS = 50_000  # rows that are kept
_CHIEF, _FIRST_LEVEL, _SECOND_LEVEL, _CONTINENT = 1, 2, 3, 4  # ranks of capitals, regions and continents
_FRONT_KM = 30.0
_DISTRICT = 6  # letters of the codifier that name the district: "UA3208"


class Facts:
    """Numbers about entries, read once from the atlas: position, people, kind, country, region."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._rows: dict[int, tuple[float, ...]] = {}
        self._table: Floats = np.zeros((1024, _WIDTH + len(FEATURES)))
        self._places: dict[int, int] = {}
        self._regions: dict[tuple[str, str], int] = {}
        self._borders: dict[int, frozenset[int]] = {}
        self._fought = fought_over()

    def region_id(self, country: str, code: str) -> int:
        """A small number for a first-level region, the same for all its entries."""
        return self._regions.setdefault((country, code), len(self._regions) + 1)

    def bordering(self, number: int) -> frozenset[int]:
        """The countries that border on a country, both by the numbers of ``region_id``."""
        found = self._borders.get(number)
        if found is None:
            code = next((code for (code, _), held in self._regions.items() if held == number), "")
            others = self.gazetteer.neighbours(code)
            found = self._borders[number] = frozenset(self.region_id(c, "") for c in others if c)
        return found

    def front(self, rows: Floats, month: str) -> Floats | None:
        """How near places (rows of ``row``) lie to the front of a month, 1 to 0; None: it is not known."""
        held = front_at(month)
        if not held:
            return None
        lat, lon, weight = np.array(held).T
        lat, lon = np.radians(lat), np.radians(lon)
        spots = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        km = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * (rows[:, :3] @ spots), 0.0))
        out: Floats = (np.exp(km / -_FRONT_KM) * weight).max(axis=1)
        return out

    def _standing(self, country: str) -> float:
        """How much a capital is named for its country: log people above a million."""
        state = self.gazetteer.country(country)
        return max(0.0, math.log10(state.population + 10.0) - 6.0) if state else 0.0

    def rows(self, numbers: Sequence[int]) -> tuple[Floats, Floats]:
        """The rows of many entries, one below the other; and their features that no text changes."""
        places = self._places
        if len(places) + len(numbers) > _ROWS:
            places.clear()
        for number in numbers:
            if number not in places:
                if len(places) == len(self._table):
                    self._table = np.concatenate([self._table, np.zeros_like(self._table)])
                row = self.row(number)
                self._table[len(places)] = (*row, *_lasting(row))
                places[number] = len(places)
        out: Floats = self._table[[places[number] for number in numbers]]
        return out[:, :_WIDTH], out[:, _WIDTH:]

    def row(self, number: int) -> tuple[float, ...]:
        """x, y, z, log people, kind, feature class, country, region, approximate, radius,
        capital, imported, fought over, fought over for long, of a number of people not known, log people as
        those of its name are ranked."""
        found = self._rows.get(number)
        if found is None:
            if len(self._rows) > _ROWS:
                self._rows.clear()
            found = self._rows[number] = self._read(number)
        return found

    def _read(self, number: int) -> tuple[float, ...]:
        layer, local = self.gazetteer.locate(number)
        lat, lon = math.radians(layer.lat[local]), math.radians(layer.lon[local])
        feature = layer.feature(local)
        rank = {"PPLC": 1, "ADM1": 2, "ADM2": 3, "CONT": 4, "HIST": 5}.get(feature, 0)
        country, code = layer.country(local), layer.admin1(local)
        settled = layer.kind[local] == KIND["settlement"]
        fought = (settled or rank == _FIRST_LEVEL) and (country, code, "") in self._fought
        uncounted = settled and not layer.population[local]
        return (
            math.cos(lat) * math.cos(lon),
            math.cos(lat) * math.sin(lon),
            math.sin(lat),
            math.log10(layer.population[local] + 10.0),
            layer.kind[local],
            rank,
            self.region_id(country, "") if country else 0,
            self.region_id(country, code) if code else 0,
            layer.approximate[local],
            layer.radius[local],
            self._standing(country) if rank == 1 else 0.0,
            float(layer is not self.gazetteer.layers[0]),
            *(self._war(country, code, layer.parent(local)) if fought else (0.0, 0.0)),
            float(uncounted),
            _rank(KINDS[layer.kind[local]], math.log10(layer.population[local] + 10.0)),
        )

    def _war(self, country: str, code: str, parent: str) -> tuple[float, float]:
        """Whether ground war was fought about a settlement or region, and for how long (1: three years)."""
        district = parent[:_DISTRICT] if parent.startswith(country) else ""
        months = self._fought.get((country, code, district), 0)
        return float(months > 0), math.log1p(months) / math.log1p(36.0)


def _rank(kind: str, people: float) -> float:
    """Log people by which the places of one name are ranked."""
    if kind == "settlement":
        return people
    return {"region": people - 0.5, "country": 7.5}.get(kind, 3.0)


def _lasting(row: tuple[float, ...]) -> list[float]:
    """Features of an entry that no text changes, from its row."""
    people, kind, rank = row[3], row[4], row[5]
    settled, region, country = (kind == KIND[name] for name in ("settlement", "region", "country"))
    minor = row[11] > 0 and not (settled or region or country)
    out = [0.0] * len(FEATURES)
    for name, value in (
        ("people", people if settled or region else 0.0),
        ("country", country),
        ("continent", rank == _CONTINENT),
        ("region", region and rank == _FIRST_LEVEL),
        ("county", region and rank == _SECOND_LEVEL),
        ("area", kind == KIND["area"]),
        ("water", kind == KIND["water"]),
        ("district", kind == KIND["district"]),
        ("capital", row[10]),
        ("chief", rank == _CHIEF),
        ("uncounted", row[14]),
        ("approximate", row[8]),
        ("minor", minor),
        ("wide", 0.0 if country or settled or minor else math.log10(row[9] + 1.0)),
    ):
        out[COLUMN[name]] = float(value)
    return out
