"""Which settlements lie near one another, and how far a report speaks for its surroundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from svidok.events.atoms import fold
from svidok.ledger.sightings import Sighting

__all__ = ["KM_A_DEGREE", "Floats", "Heard", "Rows", "Town", "heard_by_day", "neighbours"]

Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]
KM_A_DEGREE = 111.2
_POINT_KM = 5.0
_FADED = 0.15


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement of the theatre: its point in degrees, who held it first, and its containers' names."""

    name: str
    lat: float
    lon: float
    initial: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """One sighting with the rows of the towns that it speaks for and how strongly (0..1)."""

    rows: Rows
    pull: Floats
    sighting: Sighting


def neighbours(towns: Sequence[Town], *, most: int, within_km: float) -> tuple[Rows, Floats]:
    """The nearest towns of each town and their weights, which sum to 1 (0 where it has none).

    Args:
        towns: in the order of the rows.
        most: neighbours of a town.
        within_km: how far apart they may be; less where towns stand thick.

    Returns:
        Two arrays of shape (most, towns): rows and weights, the nearest first.
    """
    from shapely import STRtree, points

    lat = np.array([t.lat for t in towns])
    lon = np.array([t.lon for t in towns])
    squeeze = np.cos(np.radians(lat.mean())) if len(towns) else 1.0
    flat = np.stack([lon * squeeze * KM_A_DEGREE, lat * KM_A_DEGREE], axis=1)
    made = points(flat)
    area = float(np.prod(np.ptp(flat, axis=0))) if len(towns) else 0.0
    crowd = np.sqrt(4.0 * most * area / (np.pi * max(1, len(towns))))
    distance = float(np.clip(crowd, 10.0, within_km))
    left, right = STRtree(made).query(made, predicate="dwithin", distance=distance)
    keep = left != right
    left, right = left[keep], right[keep]
    apart = np.hypot(*(flat[left] - flat[right]).T)
    order = np.lexsort((right, apart, left))
    left, right, apart = left[order], right[order], apart[order]
    rank = np.arange(len(left)) - np.searchsorted(left, left, side="left")
    chosen = rank < most
    near = np.zeros((len(towns), most), dtype=np.intp)
    weight = np.zeros((len(towns), most))
    near[left[chosen], rank[chosen]] = right[chosen]
    weight[left[chosen], rank[chosen]] = np.exp(-apart[chosen] / 20.0)
    total = weight.sum(axis=1, keepdims=True)
    shares = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    return np.ascontiguousarray(near.T), np.ascontiguousarray(shares.T)


def heard_by_day(
    towns: Sequence[Town], seen: Sequence[Sighting], *, reach_km: float, region: float
) -> dict[int, list[Heard]]:
    """For each day its sightings in a fixed order, each with the towns it speaks for.

    Args:
        towns: in the order of the rows.
        seen: in any order.
        reach_km: how far a sighting of a point speaks for other places (it fades as a Gaussian).
        region: how strongly a sighting of a region speaks for each of its towns.
    """
    lat = np.array([t.lat for t in towns])
    lon = np.array([t.lon for t in towns])
    by_lat = np.argsort(lat, kind="stable")
    ordered = lat[by_lat]
    members: dict[str, set[int]] = defaultdict(set)
    for row, town in enumerate(towns):
        for name in town.within:
            members[fold(name)].add(row)
    out: dict[int, list[Heard]] = defaultdict(list)
    for sighting in sorted(seen, key=lambda s: (s.day, s.claim, sorted(s.names), s.lat or 0.0, s.lon or 0.0)):
        if sighting.names:
            inside = sorted(set().union(*(members.get(n, ()) for n in sighting.names)))
            rows = np.array(inside, dtype=np.intp)
            pull = np.full(len(rows), region)
        elif sighting.lat is None or sighting.lon is None:
            continue
        else:
            band = (_POINT_KM + 1.4 * reach_km) / KM_A_DEGREE
            low, high = np.searchsorted(ordered, (sighting.lat - band, sighting.lat + band))
            rows = by_lat[low:high]
            east = (lon[rows] - sighting.lon) * np.cos(np.radians(sighting.lat)) * KM_A_DEGREE
            apart = np.hypot(east, (lat[rows] - sighting.lat) * KM_A_DEGREE)
            beyond = np.maximum(0.0, apart - min(sighting.radius_km, _POINT_KM))
            strength = np.exp(-((beyond / reach_km) ** 2))
            loud = strength > _FADED
            rows, pull = rows[loud], strength[loud]
        if len(rows):
            out[sighting.day].append(Heard(rows, pull, sighting))
    return dict(out)
