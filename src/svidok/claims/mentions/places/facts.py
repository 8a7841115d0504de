"""What the atlas tells of an entry as numbers, read once: position, people, kind, country, region, war."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.layer import EXACT, VARIANT
from svidok.atlas.gazetteer.translit import skeleton
from svidok.atlas.gazetteer.wars import fought_over, front_at
from svidok.claims.mentions.places.beside import Floats

__all__ = ["COLUMN", "FEATURES", "KIND", "Fact", "Facts", "Integers", "Table"]

Integers = NDArray[np.int64]

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

_ROWS = 50_000  # entries of which facts are kept
_CHIEF, _FIRST_LEVEL, _SECOND_LEVEL, _CONTINENT = 1, 2, 3, 4  # ranks of capitals, regions and continents
_RANKS = {"PPLC": _CHIEF, "ADM1": _FIRST_LEVEL, "ADM2": _SECOND_LEVEL, "CONT": _CONTINENT, "HIST": 5}
_FRONT_KM = 30.0
_DISTRICT = 6  # letters of the codifier that name the district: "UA3208"


_LASTING = (
    "people",
    "country",
    "continent",
    "region",
    "county",
    "area",
    "water",
    "district",
    "capital",
    "chief",
    "uncounted",
    "approximate",
    "minor",
    "wide",
    "fought-over",
    "fought-long",
)
"""Features of an entry that no text changes, unless the month of a text tells where the front was."""

_LASTING_COLUMNS = [COLUMN[name] for name in _LASTING]


class Fact(NamedTuple):
    """What the atlas tells of an entry as numbers.

    ``size`` is log people; ``rank`` that of a capital, region or continent; ``country`` and ``region`` are
    numbers of ``region_id``; ``numbers`` are those of a row of ``Table`` from ``point`` to ``little``, then
    its features of ``_LASTING``.
    """

    size: float
    kind: int
    rank: int
    country: int
    region: int
    numbers: tuple[float, ...]


class Table(NamedTuple):
    """The facts of many entries, an array each.

    ``point`` is on the unit sphere; ``size`` log people, ``ranked`` log people as those of its name are
    ranked, ``little`` what a settlement lacks of 100,000 people; ``radius`` km; ``fixed`` holds the features
    by ``COLUMN``.
    """

    point: Floats
    size: Floats
    radius: Floats
    ranked: Floats
    little: Floats
    fixed: Floats
    kind: Integers
    rank: Integers
    country: Integers
    region: Integers


_NUMBERS = 7 + len(_LASTING)
_CODES = 4


class Facts:
    """Numbers about entries, read once from the atlas: position, people, kind, country, region."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._facts: dict[int, Fact] = {}
        self._numbers: Floats = np.zeros((1024, _NUMBERS))
        self._codes: Integers = np.zeros((1024, _CODES), dtype=np.int64)
        self._places: dict[int, int] = {}
        self._regions: dict[tuple[str, str], int] = {}
        self._borders: dict[int, frozenset[int]] = {}
        self._fought = fought_over()
        self._standings: dict[tuple[int, str], int] = {}

    def region_id(self, country: str, code: str) -> int:
        """A small number for a first-level region, the same for all its entries."""
        return self._regions.setdefault((country, code), len(self._regions) + 1)

    def standings(self, held: Iterable[tuple[int, int]], folded: str) -> list[int]:
        """The standings of a name of some entries: the main name in other letters is a variant of it.

        "Pavlograd" is the city of Pavlohrad and a hamlet alike.
        """
        return [how if how != EXACT else self._standing_of(number, folded) for number, how in held]

    def _standing_of(self, number: int, folded: str) -> int:
        found = self._standings.get((number, folded))
        if found is None:
            if len(self._standings) > _ROWS:
                self._standings.clear()
            found = self._standings[number, folded] = VARIANT if self._is_spelling(number, folded) else EXACT
        return found

    def _is_spelling(self, number: int, folded: str) -> bool:
        """Whether a name of a Ukrainian settlement is its main one in another transliteration."""
        outline = self.gazetteer.outline(number)
        if outline.country != "UA" or outline.kind != "settlement":
            return False
        layer, local = self.gazetteer.locate(number)
        return skeleton(folded) == skeleton(layer.name(local))

    def bordering(self, number: int) -> frozenset[int]:
        """The countries that border on a country, both by the numbers of ``region_id``."""
        found = self._borders.get(number)
        if found is None:
            code = next((code for (code, _), held in self._regions.items() if held == number), "")
            others = self.gazetteer.neighbours(code)
            found = self._borders[number] = frozenset(self.region_id(c, "") for c in others if c)
        return found

    def front(self, points: Floats, month: str) -> Floats | None:
        """How near points on the unit sphere lie to the front of a month, 1 to 0; None: it is not known."""
        held = front_at(month)
        if not held:
            return None
        lat, lon, weight = np.array(held).T
        lat, lon = np.radians(lat), np.radians(lon)
        spots = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        km = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * (points @ spots), 0.0))
        out: Floats = (np.exp(km / -_FRONT_KM) * weight).max(axis=1)
        return out

    def _standing(self, country: str) -> float:
        """How much a capital is named for its country: log people above a million."""
        state = self.gazetteer.country(country)
        return max(0.0, math.log10(state.population + 10.0) - 6.0) if state else 0.0

    def table(self, numbers: Sequence[int]) -> Table:
        """The facts of many entries, in their order."""
        places = self._places
        if len(places) + len(numbers) > _ROWS:
            places.clear()
        unseen = [number for number in dict.fromkeys(numbers) if number not in places]
        if unseen:
            self._file(unseen)
        at = [places[number] for number in numbers]
        found = self._numbers[at]
        size, radius, ranked, little = found[:, 3:7].T
        kind, rank, country, region = self._codes[at].T
        fixed: Floats = np.zeros((len(at), len(FEATURES)))
        fixed[:, _LASTING_COLUMNS] = found[:, 7:]
        return Table(found[:, :3], size, radius, ranked, little, fixed, kind, rank, country, region)

    def _file(self, numbers: Sequence[int]) -> None:
        """Write the facts of entries behind those that are there."""
        first = len(self._places)
        last = first + len(numbers)
        while last > len(self._numbers):
            self._numbers = np.concatenate([self._numbers, np.zeros_like(self._numbers)])
            self._codes = np.concatenate([self._codes, np.zeros_like(self._codes)])
        facts = [self.of(number) for number in numbers]
        self._numbers[first:last] = [fact.numbers for fact in facts]
        self._codes[first:last] = [fact[1:5] for fact in facts]
        self._places.update(zip(numbers, range(first, last), strict=True))

    def of(self, number: int) -> Fact:
        """The facts of one entry."""
        found = self._facts.get(number)
        if found is None:
            if len(self._facts) > _ROWS:
                self._facts.clear()
            found = self._facts[number] = self._read(number)
        return found

    def _read(self, number: int) -> Fact:
        kind, feature, lat, lon, radius, population, country, code, approximate = self.gazetteer.outline(
            number
        )
        lat, lon = math.radians(lat), math.radians(lon)
        rank = _RANKS.get(feature, 0)
        size = math.log10(population + 10.0)
        settled, region, state = kind == "settlement", kind == "region", kind == "country"
        imported = self.gazetteer.is_imported(number)
        minor = imported and not (settled or region or state)
        fought = (settled or rank == _FIRST_LEVEL) and (country, code, "") in self._fought
        numbers = (
            math.cos(lat) * math.cos(lon),
            math.cos(lat) * math.sin(lon),
            math.sin(lat),
            size,
            radius,
            _rank(kind, size),
            max(5.0 - size, 0.0) if settled else 0.0,
            size if settled or region else 0.0,
            state,
            rank == _CONTINENT,
            region and rank == _FIRST_LEVEL,
            region and rank == _SECOND_LEVEL,
            kind == "area",
            kind == "water",
            kind == "district",
            self._standing(country) if rank == _CHIEF else 0.0,
            rank == _CHIEF,
            settled and not population,
            approximate,
            minor,
            0.0 if state or settled or minor else math.log10(radius + 1.0),
            *(self._war(number, country, code) if fought else (0.0, 0.0)),
        )
        land = self.region_id(country, "") if country else 0
        return Fact(size, KIND[kind], rank, land, self.region_id(country, code) if code else 0, numbers)

    def _war(self, number: int, country: str, code: str) -> tuple[float, float]:
        """Whether ground war was fought about a settlement or region, and for how long (1: three years)."""
        layer, local = self.gazetteer.locate(number)
        parent = layer.parent(local)
        district = parent[:_DISTRICT] if parent.startswith(country) else ""
        months = self._fought.get((country, code, district), 0)
        return float(months > 0), math.log1p(months) / math.log1p(36.0)


def _rank(kind: str, people: float) -> float:
    """Log people by which the places of one name are ranked."""
    if kind == "settlement":
        return people
    return {"region": people - 0.5, "country": 7.5}.get(kind, 3.0)
