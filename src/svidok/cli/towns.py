"""The towns of ``svidok control``: a table of points, and who held them on the first day."""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from svidok.cli import batch
from svidok.errors import BadData, UnreadableInput

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer
    from svidok.ledger.hold import Town
    from svidok.records import Reading

__all__ = ["commonest_country", "home_of", "read_towns", "sides_of"]


def read_towns(
    path: Path, gazetteer: Gazetteer, *, initial: str | None, polygons: Sequence[str], strict: bool
) -> list[Town]:
    """The towns of a table, with who held them first and what they lie in.

    Args:
        path: CSV with the columns name, lat, lon and, where known, initial.
        gazetteer: tells the containers of a point.
        initial: who holds towns of which neither the table nor a polygon tells it.
        polygons: FILE.geojson=SIDE, the first that holds a town counts.
        strict: whether a broken line is an error rather than a complaint.

    Raises:
        UnreadableInput: there is no such table, or a polygon file is no GeoJSON.
        BadData: no town is left, or a line is broken and ``strict``.
    """
    from svidok.ledger.hold import Town

    areas = [_polygon(given) for given in polygons]
    out = []
    for number, row in enumerate(_rows(path), start=2):
        try:
            name, lat, lon = row["name"].strip(), float(row["lat"]), float(row["lon"])
            if not name or not (-90 <= lat <= 90 and -180 <= lon <= 180):
                raise ValueError("a name, a latitude within 90 and a longitude within 180 degrees")
        except (AttributeError, TypeError, ValueError) as error:
            broken = BadData(
                f"a town needs name, lat and lon ({error})", where=f"{path}:{number}", remedy="mend that line"
            )
            if strict:
                raise broken from error
            batch.complain(broken)
            continue
        holder = (row.get("initial") or "").strip() or _inside(areas, lat, lon) or initial
        around = gazetteer.nearest(lat, lon)
        out.append(Town(name, lat, lon, _known(holder), tuple(around[0][0].containers) if around else ()))
    if not out:
        raise BadData("the table of places holds no town", where=str(path), remedy="give name,lat,lon rows")
    return out


def home_of(towns: Sequence[Town], initial: str | None) -> str | None:
    """The home side, which retakes: the declared holder of all other towns, else of most towns at first."""
    if declared := _known(initial):
        return declared
    held = [t.initial for t in towns if t.initial and t.initial != "contested"]
    return max(sorted(set(held)), key=held.count) if held else None


def commonest_country(towns: Sequence[Town]) -> str | None:
    """The country that more than half of the towns lie in: the theatre, when none is named."""
    countries = Counter(t.within[-1] for t in towns if t.within)
    for country, number in countries.most_common(1):
        return country if number * 2 > len(towns) else None
    return None


def sides_of(towns: Sequence[Town], readings: Sequence[Reading]) -> tuple[str, ...]:
    """The sides that hold towns at first, and the one or two that most claims say take or leave places."""
    found = sorted({t.initial for t in towns if t.initial and t.initial != "contested"})
    counts: Counter[str] = Counter()
    for reading in readings:
        for claim in reading.claims:
            if claim.type in {"capture", "withdraw", "battle", "move"}:
                counts.update(actor.side for actor in claim.actors if actor.side)
    for side in sorted(counts, key=lambda s: (-counts[s], s)):
        if len(found) >= 2:
            break
        if side not in found:
            found.append(side)
    return tuple(found)


def _known(holder: str | None) -> str | None:
    """A holder as the actors' data names it, whatever its case; "unknown" is none.

    >>> _known("russia"), _known("Contested"), _known("unknown")
    ('Russia', 'contested', None)
    """
    if holder is None or holder.casefold() in {"", "unknown"}:
        return None
    if holder.casefold() == "contested":
        return "contested"
    from svidok.atlas.actors import load_actors

    found = load_actors().match(holder)
    return (found.side or found.name) if found else holder


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.is_file():
        raise UnreadableInput("the table of places does not exist", where=str(path), remedy="check the path")
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = sorted({"name", "lat", "lon"} - set(reader.fieldnames or ()))
        if missing:
            raise BadData(
                f"the table of places lacks {', '.join(missing)}",
                where=f"{path}:1",
                remedy="name that column",
            )
        yield from reader


def _polygon(given: str) -> tuple[Any, str]:
    from shapely import make_valid, prepare
    from shapely.errors import GEOSException
    from shapely.geometry import shape
    from shapely.ops import unary_union

    name, _, side = given.rpartition("=")
    if not name or not side:
        raise typer.BadParameter(f"--initial-polygon {given}: write FILE.geojson=SIDE")
    try:
        data = json.loads(Path(name).read_text(encoding="utf-8"))
        features = data.get("features", [data])
        area = unary_union([make_valid(shape(f.get("geometry") or f)) for f in features])
    except (OSError, ValueError, KeyError, AttributeError, TypeError, GEOSException) as error:
        raise UnreadableInput(f"not a GeoJSON file: {error}", where=name, remedy="check the file") from error
    prepare(area)
    return area, _known(side) or side


def _inside(areas: Sequence[tuple[Any, str]], lat: float, lon: float) -> str | None:
    from shapely.geometry import Point

    return next((side for area, side in areas if area.contains(Point(lon, lat))), None)
