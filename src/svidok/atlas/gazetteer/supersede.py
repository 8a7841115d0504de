"""Villages of the codifier give way to the same villages in a dump, which have a point and an id."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from svidok.atlas.gazetteer.atlas import Gazetteer
from svidok.atlas.gazetteer.entry import distance_km
from svidok.atlas.gazetteer.spool import Spool

__all__ = ["superseded"]

_REACH_KM = 12.0
_COUNTRY = b"UA"  # the only country whose codifier is part of the atlas


def superseded(spool: Spool, base: Gazetteer) -> list[str]:
    """Keys of villages of the codifier that the rows of an import hold too, with points and ids.

    A row takes the place of the village of its name (any spelling) in its first-level region
    whose area it lies in; each entry is taken once, the nearest pair first. The spellings of the village
    in other systems and languages stay with the row.
    """
    wanted = _villages(base)
    names = _names(spool)
    lat, lon, admin, kind = (spool.column(name) for name in ("lat", "lon", "admin1", "kind"))
    pairs: list[tuple[float, int, str]] = []
    for key, village in wanted.items():
        spelt = (spelling for spelling, _ in village.spellings if not spelling.startswith("~"))
        for number in sorted({n for spelling in spelt for n in names.get(spelling, ())}):
            if kind[number] == 0 and spool.text(int(admin[number])) == village.admin1:
                far = distance_km(village.point, (float(lat[number]), float(lon[number])))
                if far <= village.radius_km + _REACH_KM:
                    pairs.append((far, number, key))
    taken: dict[int, str] = {}
    hidden: set[str] = set()
    for _, number, key in sorted(pairs):
        if number not in taken and key not in hidden:
            taken[number] = wanted[key].parent
            hidden.add(key)
            more = (item for item in wanted[key].spellings if number not in names.get(item[0], ()))
            spool.name_also(number, more)
    spool.move_into(taken)
    return sorted(hidden)


def _names(spool: Spool) -> dict[str, list[int]]:
    """Folded names of the Ukrainian settlements of an import."""
    postings = spool.column("posting")
    if not len(postings):
        return {}
    entries = (postings >> 2).astype(np.int64)
    ukrainian = spool.column("country")[entries] == int.from_bytes(_COUNTRY, "big")
    names: dict[str, list[int]] = {}
    for at, number in zip(
        spool.column("where")[ukrainian].tolist(), entries[ukrainian].tolist(), strict=True
    ):
        names.setdefault(spool.text(at), []).append(number)
    return names


@dataclass(frozen=True, slots=True)
class _Village:
    point: tuple[float, float]
    radius_km: float
    admin1: str
    parent: str
    spellings: list[tuple[str, int]]


def _villages(base: Gazetteer) -> dict[str, _Village]:
    """Settlements of the atlas that have no GeoNames id, by key."""
    layer = base.layers[0]
    spellings = layer.spellings(lambda n: layer.kind[n] == 0 and not layer.geonameid[n])
    return {
        layer.key(n): _Village(
            (layer.lat[n], layer.lon[n]), layer.radius[n], layer.admin1(n), layer.parent(n), names
        )
        for n, names in spellings.items()
    }
