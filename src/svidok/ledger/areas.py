"""Areas held by each side on a day, the front between them, and the band of doubt, from towns' probabilities.

Towns are joined to their neighbours by a Delaunay triangulation; along each edge a probability runs
straight from one town to the other. A side's area is where its probability is at least ``sure``; the band of
doubt is what lies between towns and belongs to no side with that sureness; the front is where two sides are
equally probable. Triangles with an edge longer than ``bridge_km`` are no evidence for what lies inside them:
there, and round towns of which nothing is known, the map stays empty. A town without near neighbours
speaks for a disc of ``lone_km`` round it.

All is reckoned in metres on a Lambert azimuthal equal-area plane centred on the towns and given back in
degrees (WGS 84), rings oriented as GeoJSON wants them (RFC 7946).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

from svidok.ledger.nearness import Floats, Town

__all__ = ["Area", "AreaRules", "areas_of", "as_features"]

_STRAIGHT_M = 3000.0
"""A line of the plane is broken this often, lest the straight lines of degrees part from it by a metre."""

_Triangles = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class AreaRules:
    """``sure`` probability that makes a place held; distances in km."""

    sure: float = 0.7
    bridge_km: float = 40.0
    lone_km: float = 5.0


@dataclass(frozen=True, slots=True)
class Area:
    """One area of one day: ``kind`` held, contested, doubt or front; ``sides`` its one, none, or two.

    ``shape`` is a shapely geometry in degrees, ``km2`` its geodesic area (of a front: 0), ``km`` the
    geodesic length of a front.
    """

    kind: str
    sides: tuple[str, ...]
    shape: Any
    km2: float = 0.0
    km: float = 0.0


def areas_of(
    towns: Sequence[Town], answer: Floats, *, sides: Sequence[str], rules: AreaRules | None = None
) -> tuple[Area, ...]:
    """The areas of one day.

    Args:
        towns: the settlements, in the order of the answer's rows.
        answer: probabilities as ``hold_states`` gives them: a column a side, then contested and unknown.
        sides: the names of the first columns.
        rules: sureness and distances.

    Returns:
        Held areas in the order of the sides, then the contested area, the band of doubt and the fronts;
        those that are empty are left out. Areas of two sides share at most their edges, give or take
        the rounding of coordinates to ten centimetres.
    """
    from shapely import difference, union_all

    rules = rules or AreaRules()
    if not towns:
        return ()
    plane = _Plane(towns)
    points, values = _merged(plane.points(towns), answer)
    triangles = _triangles(points, rules.bridge_km * 1000)
    lone = _discs(points, triangles, rules.lone_km * 1000)
    count = len(sides)

    def region(field: Floats, least: float) -> Any:
        discs = (disc for row, disc in lone.items() if field[row] >= least)
        return union_all([*_cut(points, triangles, field, least), *discs])

    held = [region(values[:, column], rules.sure) for column in range(count)]
    contested = region(values[:, count], 0.5)
    known = region(1.0 - values[:, count + 1], 0.5)
    doubt = difference(known, union_all([*held, contested]))
    made: list[tuple[str, tuple[str, ...], Any]] = [
        ("held", (side,), shape) for side, shape in zip(sides, held, strict=True)
    ]
    made += [("contested", (), contested), ("doubt", (), doubt)]
    for one, two in combinations(range(count), 2):
        line = _front(points, triangles, values[:, one], values[:, two])
        made.append(("front", (sides[one], sides[two]), line))
    return tuple(plane.area(*each) for each in made if not each[2].is_empty)


def as_features(areas: Sequence[Area], day: str) -> list[dict[str, Any]]:
    """Areas as GeoJSON features with their day."""
    from shapely.geometry import mapping

    features = []
    for area in areas:
        size = {"length_km": round(area.km, 1)} if area.kind == "front" else {"area_km2": round(area.km2, 1)}
        side = {"side": area.sides[0]} if area.kind == "held" else {}
        between = {"between": list(area.sides)} if area.kind == "front" else {}
        features.append(
            {
                "type": "Feature",
                "properties": {"date": day, "kind": area.kind, **side, **between, **size},
                "geometry": mapping(area.shape),
            }
        )
    return features


class _Plane:
    """The way between degrees and metres on an equal-area plane centred on the towns."""

    def __init__(self, towns: Sequence[Town]) -> None:
        from pyproj import Geod, Transformer

        lat = np.radians([t.lat for t in towns])
        lon = np.radians([t.lon for t in towns])
        x, y = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean()
        middle = (float(np.degrees(np.arctan2(y, x))), float(np.degrees(lat.mean())))
        crs = f"+proj=laea +lon_0={middle[0]:.6f} +lat_0={middle[1]:.6f} +datum=WGS84 +units=m"
        self._there = Transformer.from_crs("EPSG:4326", crs, always_xy=True)
        self._back = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
        self._globe = Geod(ellps="WGS84")

    def points(self, towns: Sequence[Town]) -> Floats:
        x, y = self._there.transform([t.lon for t in towns], [t.lat for t in towns])
        return np.stack([np.asarray(x), np.asarray(y)], axis=1).round(2)

    def area(self, kind: str, sides: tuple[str, ...], shape: Any) -> Area:
        """A shape of the plane as an area in degrees, valid and with its rings turned the right way."""
        from shapely import make_valid, orient_polygons, segmentize, set_precision, transform

        fine = segmentize(shape, _STRAIGHT_M)
        round_globe = transform(fine, lambda xy: np.stack(self._back.transform(*xy.T), axis=1))
        rounded = set_precision(make_valid(round_globe), 1e-6, mode="pointwise")
        if kind != "front":
            rounded = make_valid(rounded, method="structure", keep_collapsed=False)
        tidy = make_valid(rounded)
        if kind == "front":
            return Area(kind, sides, tidy, km=self._globe.geometry_length(tidy) / 1000)
        tidy = orient_polygons(_polygons(tidy), exterior_cw=False)
        return Area(kind, sides, tidy, km2=abs(self._globe.geometry_area_perimeter(tidy)[0]) / 1e6)


def _polygons(shape: Any) -> Any:
    """Only what has an area, as one multi-polygon."""
    from shapely import MultiPolygon, get_parts

    return MultiPolygon([p for p in get_parts(get_parts(shape)) if p.geom_type == "Polygon" and p.area > 0])


def _merged(points: Floats, answer: Floats) -> tuple[Floats, Floats]:
    """Towns on one and the same spot made one, with the mean of their probabilities."""
    spots, row = np.unique(points, axis=0, return_inverse=True)
    total = np.zeros((len(spots), answer.shape[1]))
    np.add.at(total, row.ravel(), answer)
    return spots, total / np.bincount(row.ravel())[:, None]


def _triangles(points: Floats, longest: float) -> _Triangles:
    """The Delaunay triangles without an edge longer than so many metres, as sorted rows of points."""
    from shapely import MultiPoint, delaunay_triangles, get_coordinates, get_parts

    if len(points) < 3:
        return np.zeros((0, 3), dtype=np.intp)
    corners = get_coordinates(get_parts(delaunay_triangles(MultiPoint(points)))).reshape(-1, 4, 2)[:, :3]
    rows = {(x, y): i for i, (x, y) in enumerate(points.tolist())}
    made = np.array([[rows[x, y] for x, y in t] for t in corners.tolist()], dtype=np.intp).reshape(-1, 3)
    made = np.sort(made, axis=1)
    edges = points[made] - points[np.roll(made, 1, axis=1)]
    return made[np.hypot(edges[..., 0], edges[..., 1]).max(axis=1) <= longest] if len(made) else made


def _cut(points: Floats, triangles: _Triangles, field: Floats, least: float) -> Iterator[Any]:
    """The parts of triangles where a field that runs straight between corners is at least so much."""
    from shapely import Polygon, coverage_union_all, polygons

    over = field[triangles] >= least
    whole = over.all(axis=1)
    yield coverage_union_all(polygons(points[triangles[whole]]))
    for corners in triangles[over.any(axis=1) & ~whole].tolist():
        ring = []
        for one, two in zip(corners, [*corners[1:], corners[0]], strict=True):
            if field[one] >= least:
                ring.append(points[one])
            if (field[one] >= least) != (field[two] >= least):
                ring.append(_crossing(points, field, one, two, least))
        if len(ring) >= 3:
            yield Polygon(ring)


def _crossing(points: Floats, field: Floats, one: int, two: int, least: float) -> Floats:
    """Where a field crosses a value on an edge; the same point from both ends."""
    one, two = min(one, two), max(one, two)
    share = (least - field[one]) / (field[two] - field[one])
    spot: Floats = points[one] + share * (points[two] - points[one])
    return spot


def _discs(points: Floats, triangles: _Triangles, radius: float) -> dict[int, Any]:
    """A disc round each town that is in no triangle, kept apart from the triangles and from one another."""
    from shapely import MultiPoint, Point, STRtree, difference, polygons, union_all

    lone = np.setdiff1d(np.arange(len(points)), triangles).tolist()
    if not lone:
        return {}
    covered = union_all(polygons(points[triangles])) if len(triangles) else MultiPoint()
    tree = STRtree([Point(xy) for xy in points.tolist()])
    discs = {}
    for row in lone:
        spot = Point(points[row])
        others = tree.query_nearest(spot, exclusive=True, return_distance=True)[1]
        reach = min(radius, float(others.min()) / 2) if len(others) else radius
        discs[row] = difference(spot.buffer(reach, quad_segs=8), covered)
    return discs


def _front(points: Floats, triangles: _Triangles, one: Floats, two: Floats) -> Any:
    """Where two sides are equally probable, between towns that one or the other probably holds."""
    from shapely import LineString, line_merge, union_all

    gap = one - two
    best = np.maximum(one, two)[triangles].max(axis=1)
    mixed = (gap[triangles] >= 0).any(axis=1) & (gap[triangles] < 0).any(axis=1) & (best >= 0.5)
    lines: dict[tuple[float, ...], Any] = {}
    for corners in triangles[mixed].tolist():
        ends = [
            _crossing(points, gap, a, b, 0.0)
            for a, b in combinations(corners, 2)
            if (gap[a] >= 0) != (gap[b] >= 0)
        ]
        if len(ends) == 2 and not np.array_equal(ends[0], ends[1]):
            lines[tuple(np.concatenate(ends).tolist())] = LineString(ends)
    return line_merge(union_all(list(lines.values())))
