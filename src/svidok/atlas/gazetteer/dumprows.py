"""One row of a GeoNames dump, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from svidok.atlas.gazetteer.tables import data_rows
from svidok.errors import BadDump

__all__ = ["Row", "kinds_of_features", "parse_row"]

_COLUMNS = 19


@dataclass(frozen=True, slots=True)
class Row:
    """What the atlas keeps of a row; ``lat``/``lon`` in degrees."""

    geonameid: int
    name: str
    alternates: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    kind: str
    radius_km: float
    country: str
    admin1: str
    admin2: str
    population: int
    modified: str


@cache
def kinds_of_features() -> dict[str, tuple[str, float]]:
    """Feature code to kind and radius, from the data file; others are left out."""
    return {row["feature"]: (row["kind"], float(row["radius_km"])) for row in data_rows("features.csv")}


def parse_row(raw: bytes, where: str) -> Row | None:
    """Read one line of a dump; None when its kind of feature is not kept.

    Args:
        raw: the line, UTF-8, 19 columns by tabs.
        where: file and line, for messages.

    Raises:
        BadDump: not UTF-8, not 19 columns, no numbers where there must be, or coordinates out of range.

    >>> line = "1,Bucha,Bucha,Буча,50.5,30.2,P,PPL,UA,,13,,,,100,,1,,2022-01-01".replace(",", chr(9))
    >>> parse_row(line.encode(), "UA.txt:1").alternates
    ('Буча',)
    """
    try:
        cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
    except UnicodeDecodeError as error:
        raise BadDump("the row is not UTF-8", where=where, remedy="download the dump again") from error
    if len(cells) != _COLUMNS:
        raise BadDump(
            f"a row of a dump has {_COLUMNS} columns, this one {len(cells)}",
            where=where,
            remedy="download the dump again",
        )
    try:
        geonameid, lat, lon = int(cells[0]), float(cells[4]), float(cells[5])
        population = int(cells[14] or 0)
        if cells[18]:
            date.fromisoformat(cells[18])
    except ValueError as error:
        raise BadDump(
            f"a number or the date is broken ({error})", where=where, remedy="download the dump again"
        ) from error
    if not (-90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0):
        raise BadDump(
            f"coordinates out of range: {lat}, {lon}", where=where, remedy="download the dump again"
        )
    if cells[7] == "ADM1":
        kind, radius = "region", 100.0
    else:
        kept = kinds_of_features().get(cells[7])
        if kept is None or not cells[1]:
            return None
        kind, radius = kept
    alternates = tuple(name for name in cells[3].split(",") if name)
    return Row(
        geonameid,
        cells[1],
        alternates,
        lat,
        lon,
        cells[7],
        kind,
        radius,
        cells[8][:2],
        cells[10],
        cells[11],
        max(0, population),
        cells[18],
    )
