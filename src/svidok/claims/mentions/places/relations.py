"""Places that the text gives by another place: "30 km north-west of X", "near X", "between A and B".

The area meant gets a centre and a radius that hold what was said: a stated distance with a direction
is laid off on the ellipsoid (WGS 84, Karney's method in pyproj), one without a direction is a circle
around the place that reaches as far. Great regions keep their own centre; only the relation is noted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from svidok.records import Place

if TYPE_CHECKING:
    from pyproj import Geod

__all__ = ["relate"]

_BEARING = {
    "north": 0.0,
    "north-east": 45.0,
    "east": 90.0,
    "south-east": 135.0,
    "south": 180.0,
    "south-west": 225.0,
    "west": 270.0,
    "north-west": 315.0,
}
_POINT = r"(north|south)(?:ern)?[- ]?(east|west)?(?:ern|ward|wards)?|(east|west)(?:ern|ward|wards)?"
_UNIT = {"km": 1.0, "kilomet": 1.0, "mi": 1.609344, "mile": 1.609344, "m": 0.001, "met": 0.001}
_OF = (
    r"(?:of|from|off|outside)\s+(?:the\s+)?"
    r"(?:(?:city|town|village|capital|centre|center|outskirts|border)\s+(?:of\s+)?)?"
)
_DISTANCE = re.compile(
    r"(\d+(?:[.,]\d+)?)(?:\s*(?:to|-|–)\s*(\d+(?:[.,]\d+)?))?[\s-]*"
    rf"(km|kilomet\w*|miles?|mi|met(?:er|re)s?|m)\b\.?\s+"
    rf"(?:away\s+)?(?:(?:to\s+the\s+|due\s+)?(?:{_POINT})\s+)?(?:away\s+)?{_OF}$",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_DIRECTION = re.compile(rf"\b(?:to\s+the\s+)?(?:{_POINT})\s+{_OF}$", re.IGNORECASE)
_PART = re.compile(
    r"\b(north|south)(?:ern|[- ]?(east|west)(?:ern)?)\s+$|\b(east|west)ern\s+$|\b(central)\s+$", re.IGNORECASE
)
_NEAR = re.compile(
    r"\b(near|close to|outside|around|in the (?:vicinity|area|direction) of|not far from|on the outskirts of|"
    r"outskirts of|on the approaches to|approaches to|in the suburbs of|suburbs of|surrounding|towards?)\s+"
    r"(?:the\s+)?(?:(?:city|town|village|settlement)\s+of\s+)?$",
    re.IGNORECASE,
)
_LINE = re.compile(
    r"\b([Aa]long|border with|(?:(?:west|east|left|right|north|south)(?:ern)?[- ])?banks? of|"
    r"shores? of|coast of|mouth of)\s+(?:the\s+)?(?:[Rr]iver\s+)?$"
)
_BETWEEN = re.compile(r"\bbetween\s+(?:the\s+)?$", re.IGNORECASE)
_ROAD_FROM = re.compile(
    r"\b(?:road|highway|motorway|route|railway|line|way)\s+from\s+(?:the\s+)?$", re.IGNORECASE
)
_BORDER = re.compile(r"\bborders?\s+(?:with|of|between)\s+(?:the\s+)?$", re.IGNORECASE)
_MEETING = re.compile(
    r"\b(?:borders?|borderlands?|frontiers?|boundary|crossings?|checkpoints?|posts?|fence|line|strip|zone|road|"
    r"railway|highway)\b[^.!?\n]*$",
    re.IGNORECASE,
)
_BORDER_AFTER = re.compile(r"(?:[’']s)?\s+border(?:s|lands?)?\b", re.IGNORECASE)
_THERE = re.compile(r"\s(?:in|near|at|outside|around)\s(?:the\s)?")
_ROADS = ("-", "–", "—")
_JOINT = 20  # letters between two names that are joined, with spaces to spare
_ROAD_AFTER = re.compile(r"\s+(?:road|highway|motorway|railway|rail line|line|route)\b", re.IGNORECASE)
_TOWARDS_AFTER = re.compile(r"\s+(direction|axis)\b", re.IGNORECASE)
_SMALL_KM = 60.0
_FRONT_KM = 20.0  # of a stretch of front that is called by a town
Borders = Callable[[str, str], tuple[float, float, float] | None]
"""Two country codes to the centre (degrees) and radius (km) of the land along their border."""
_LAST = re.compile(r"\s+(?:eht\s+)?([\w-]+)", re.IGNORECASE)  # read backwards
_HINTS = re.compile(
    r"(?:of|from|off|outside|near|to|around|towards?|surrounding|along|with|between|river|city|town|village|capital|"
    r"cent(?:re|er|ral)|border|(?:north|south)[\w-]*|(?:east|west)[\w-]*)$",
    re.IGNORECASE,
)


def relate(text: str, places: Sequence[Place], borders: Borders | None = None) -> tuple[Place, ...]:
    """Read the words around each place into a relation and the area that it gives.

    Args:
        text: the document's text.
        places: resolved places in text order.
        borders: gives the stretch of land where two countries meet, where known.

    Returns:
        The places; those with a relation describe the area meant, not the place named.
    """
    out = list(places)
    for number, place in enumerate(out):
        if place.lat is None or place.relation is not None:
            continue
        before = text[max(0, place.start - 90) : place.start]
        after = out[number + 1] if number + 1 < len(out) else None
        if after is not None and after.lat is not None:
            joint = text[place.end : after.start]
            line = _LINE.search(before) if _runs_through(place) and _THERE.fullmatch(joint) else None
            if line:
                out[number] = _stretch(place, after, " ".join(line.group(1).lower().split()))
                continue
            join = joint.strip() if len(joint) < _JOINT else ""
            between = join in ("and", "and the", "&") and bool(_BETWEEN.search(before))
            between = between or (join == "to" and bool(_ROAD_FROM.search(before)))
            road = join in _ROADS and _ROAD_AFTER.match(text, after.end)
            if between and place.kind == after.kind == "country":
                land = borders(place.country or "", after.country or "") if borders is not None else None
                if not _MEETING.search(text, max(0, place.start - 60), place.start):
                    continue  # what is between two states is seldom on the ground: talks, trade, a war
                if land is not None:
                    words = f"border between {place.text} and {after.text}"
                    out[number], out[number + 1] = (
                        replace(_area(one, words, *land), kind="area") for one in (place, after)
                    )
                    continue
            if between or road:
                relation = f"between {place.text} and {after.text}"
                both = _between(place, after)
                if both[2] > _SMALL_KM * 2:
                    out[number], out[number + 1] = (
                        replace(place, relation=relation),
                        replace(after, relation=relation),
                    )
                    continue
                out[number] = _area(place, relation, *both)
                out[number + 1] = _area(after, relation, *both)
                continue
        if borders is not None and place.kind == "country":
            met = _border(text, out, number, before, borders)
            if met is not None:
                out[number] = met
                continue
        front = _TOWARDS_AFTER.match(text, place.end) if place.kind == "settlement" else None
        if front is not None and place.lat is not None and place.lon is not None:
            around = (place.radius_km or 1.0) + _FRONT_KM
            out[number] = _area(place, front.group(1).lower(), place.lat, place.lon, round(around, 1))
            continue
        last = _LAST.match(before[::-1])
        if last is None or not _HINTS.match(last.group(1)[::-1]):
            continue
        found = _read(before, place)
        if found is not None:
            out[number] = found
    return tuple(out)


def _runs_through(place: Place) -> bool:
    return place.kind == "water" and (place.radius_km or 0.0) > _SMALL_KM


def _stretch(place: Place, there: Place, relation: str) -> Place:
    """The part of a long river or great sea where the text says ("along the Dnipro near Kherson")."""
    assert there.lat is not None and there.lon is not None
    return _area(place, f"{relation}, {there.text}", there.lat, there.lon, (there.radius_km or 1.0) + 10.0)


def _border(text: str, places: Sequence[Place], number: int, before: str, borders: Borders) -> Place | None:
    """The land along a border: of the country named with the one named beside it or most in the text."""
    place = places[number]
    if not (_BORDER.search(before) or _BORDER_AFTER.match(text, place.end)) or place.country is None:
        return None
    counts: dict[str, int] = {}
    names: dict[str, str] = {}
    for other in places:
        if other.country and other.kind == "country":
            names.setdefault(other.country, other.text)
        if other.country and other.country != place.country:
            beside = 1000 if 0 < other.start - place.end < 12 or 0 < place.start - other.end < 12 else 1
            counts[other.country] = counts.get(other.country, 0) + beside
    for country in sorted(counts, key=lambda code: (-counts[code], code)):
        found = borders(place.country, country)
        if found is not None:
            return replace(_area(place, f"border with {names.get(country, country)}", *found), kind="area")
    return None


_COMPASS = ("north", "south", "east", "west")
_ABOUT = (
    *("near", "close to", "outside", "around", "vicinity", "area", "direction", "far from", "outskirts"),
    *("approaches", "suburbs", "surrounding", "toward"),
)
_LINES = ("along", "border with", "bank", "shore", "coast", "mouth")
"""Words without which no direction, nearness or line is told: a search for the end of a text is slow."""


def _has(words: Sequence[str], lowered: str) -> bool:
    for word in words:  # noqa: SIM110 - a generator would cost more than the search that it spares
        if word in lowered:
            return True
    return False


def _read(before: str, place: Place) -> Place | None:
    assert place.lat is not None and place.lon is not None
    own = place.radius_km or 1.0
    lowered = before.lower()
    compass = _has(_COMPASS, lowered)
    match = _DISTANCE.search(before) if _DIGIT.search(before) else None
    if match:
        far = _kilometres(match)
        bearing = _bearing(match.group(4), match.group(5), match.group(6))
        relation = " ".join(match.group().split())
        if own > _SMALL_KM:
            return _area(place, relation, place.lat, place.lon, own + far)
        if bearing is None:
            return _area(place, relation, place.lat, place.lon, round(far * 1.1 + own, 1))
        lat, lon = _lay_off(place.lat, place.lon, bearing, far)
        return _area(place, relation, lat, lon, round(max(far * 0.4, 2.0) + min(own, far * 0.5), 1))
    match = _DIRECTION.search(before) if compass else None
    if match:
        relation = " ".join(match.group().split())
        bearing = _bearing(match.group(1), match.group(2), match.group(3))
        if own > _SMALL_KM or bearing is None:
            return replace(place, relation=relation)
        far = own + 5.0
        lat, lon = _lay_off(place.lat, place.lon, bearing, far)
        return _area(place, relation, lat, lon, round(far + 5.0, 1))
    match = _NEAR.search(before) if _has(_ABOUT, lowered) else None
    if match:
        relation = " ".join(match.group(1).lower().split())
        if own > _SMALL_KM:
            return replace(place, relation=relation)
        if "outskirts" in relation or "suburbs" in relation:
            return _area(place, relation, place.lat, place.lon, round(own * 1.2 + 5.0, 1))
        return _area(place, relation, place.lat, place.lon, round(own * 1.5 + 10.0, 1))
    match = _LINE.search(before) if _has(_LINES, lowered) else None
    if match:
        return replace(place, relation=" ".join(match.group(1).lower().split()))
    match = _PART.search(before) if compass or "central" in lowered else None
    if match:
        return replace(place, relation=match.group().strip().lower())
    return None


def _area(place: Place, relation: str, lat: float, lon: float, radius_km: float) -> Place:
    return replace(
        place,
        relation=relation,
        lat=round(lat, 5),
        lon=round(lon, 5),
        radius_km=radius_km,
        kind=place.kind if place.kind in ("region", "country", "water") else "area",
        why=f"{place.why or ''}; {relation}: an area of {radius_km:g} km".lstrip("; "),
    )


def _kilometres(match: re.Match[str]) -> float:
    values = [float(value.replace(",", ".")) for value in match.group(1, 2) if value]
    unit = match.group(3).lower()
    factor = next(
        _UNIT[name] for name in ("kilomet", "km", "mile", "mi", "met", "m") if unit.startswith(name)
    )
    return sum(values) / len(values) * factor


def _bearing(first: str | None, second: str | None, alone: str | None) -> float | None:
    name = "-".join(part.lower() for part in (first, second, alone) if part)
    return _BEARING.get(name)


@cache
def _ellipsoid() -> Geod:
    from pyproj import Geod

    return Geod(ellps="WGS84")


def _lay_off(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    end_lon, end_lat, _ = _ellipsoid().fwd(lon, lat, bearing, km * 1000.0)
    return float(end_lat), float(end_lon)


def _between(one: Place, two: Place) -> tuple[float, float, float]:
    """The middle of the geodesic, and half its length as the radius."""
    assert one.lat is not None and one.lon is not None and two.lat is not None and two.lon is not None
    geod = _ellipsoid()
    azimuth, _, metres = geod.inv(one.lon, one.lat, two.lon, two.lat)
    lon, lat, _ = geod.fwd(one.lon, one.lat, azimuth, metres / 2.0)
    return float(lat), float(lon), round(metres / 2000.0 + min(one.radius_km or 1.0, two.radius_km or 1.0), 1)
