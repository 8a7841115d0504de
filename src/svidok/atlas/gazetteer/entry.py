"""One entry of the atlas, and distances on the globe."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from svidok.records import PlaceKind

__all__ = ["KINDS", "Entry", "Outline", "distance_km"]

KINDS: tuple[PlaceKind, ...] = ("settlement", "district", "region", "country", "facility", "water", "area")


class Outline(NamedTuple):
    """What weighing needs of a place: fields as in ``Entry``; ``admin1`` is the code of its region."""

    kind: PlaceKind
    feature: str
    lat: float
    lon: float
    radius_km: float
    population: int
    country: str
    admin1: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A place that the atlas knows.

    ``key`` is stable across builds ("gn:703448", "UA32…", "region:UA.13"); ``lat``/``lon`` in
    degrees; ``radius_km`` holds the place (for a village known only by its community: the
    community); ``containers`` are names from small to large, ``parents`` their keys; ``approximate``
    is True when the point is that of the container.
    """

    key: str
    name: str
    kind: PlaceKind
    feature: str
    lat: float
    lon: float
    radius_km: float
    population: int
    country: str | None
    geonameid: int | None
    parents: tuple[str, ...] = ()
    containers: tuple[str, ...] = ()
    approximate: bool = False

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return (self.lat, self.lon)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in kilometres between two (lat, lon) points in degrees.

    On the sphere of mean radius 6371 km; within 0.6 % of the ellipsoid. For relations stated in
    the text the geodesic of WGS 84 is used instead.

    >>> round(distance_km((50.4547, 30.5238), (49.98177, 36.25475)))
    411
    """
    (lat1, lon1), (lat2, lon2) = a, b
    p1, p2 = math.radians(lat1), math.radians(lat2)
    h = (
        math.sin((p2 - p1) / 2) ** 2
        + math.cos(p1) * math.cos(p2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    )
    return 12742.0 * math.asin(min(1.0, math.sqrt(h)))
