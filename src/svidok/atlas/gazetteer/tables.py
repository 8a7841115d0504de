"""The project's own tables of places, and what every table's rows share."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources

from svidok.atlas.gazetteer.entry import KINDS
from svidok.errors import BadData

__all__ = ["KIND", "data_rows", "number_in", "settlement_radius", "spoken"]

KIND: dict[str, int] = {name: number for number, name in enumerate(KINDS)}
"""Kind of place to its number in the atlas file."""

_LOWER_LATIN = re.compile(r"[a-z ]")


def data_rows(name: str) -> Iterator[dict[str, str]]:
    """Rows of one data file of the atlas, ``name`` relative to ``atlas/data/places``."""
    text = (resources.files("svidok.atlas.data") / "places" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def number_in(row: dict[str, str], column: str, name: str) -> float:
    """The number in a column of a row of the file ``name``.

    Raises:
        BadData: the column is missing or holds no number.
    """
    try:
        return float(row[column])
    except (KeyError, ValueError) as error:
        raise BadData(f"column {column} of {row.get('name')!r} is no number", where=name) from error


def spoken(name: str) -> bool:
    """Whether an alternate name is one that people write (not a machine romanisation or a code)."""
    return (
        bool(name)
        and not _LOWER_LATIN.match(name)
        and not (name.isascii() and name.isupper() and len(name) <= 4)
    )


def settlement_radius(population: int) -> float:
    """Radius in km that holds most of a settlement of so many people (about 2,000 a km²)."""
    across: float = 1.5 * (max(population, 200) / 6300.0) ** 0.5
    return round(max(1.0, min(30.0, across)), 1)
