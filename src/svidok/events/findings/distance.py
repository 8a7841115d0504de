"""A stated distance or direction against the map."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from math import cos, radians, sqrt

from svidok.events.atoms import fold
from svidok.events.distance import bearing, geodesic_km
from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.numbers import cardinal
from svidok.events.findings.stated import told
from svidok.records import Finding, Place, Reading, Sentence

__all__ = ["check", "plausible"]

_NAMES = (
    ("north", 0), ("northeast", 45), ("east", 90), ("southeast", 135), ("south", 180), ("southwest", 225),
    ("west", 270), ("northwest", 315),
)  # fmt: skip
_DEGREES = dict(_NAMES)
_ENDS = frozenset({"settlement", "district", "facility"})
DWARFED = 100
"""A namesake with less than a hundredth of the people of the town that is meant is not thought of."""
OPPOSITE, OPPOSITE_KM = 135.0, 1.4
"""Degrees from which a direction is all but the opposite, and how far beyond the slack it then tells."""
NEAR_KM = 800.0
"""Namesakes farther than this from the other end are not thought of."""


@dataclass(frozen=True, slots=True)
class _End:
    """One end of a stated distance: its mention, and every point that its name can mean."""

    place: Place
    points: tuple[tuple[float, float, float], ...]
    resolved: bool


def plausible(stated: float, geodesic: float, slack: float) -> bool:
    """Whether a stated distance can be meant as the crow flies or by road.

    Roads are rarely more than 1.7 times as long as the geodesic, and never shorter by more than
    rounding and the size of the places; ``slack`` (km) is both places' extent.

    >>> plausible(21, 20.5, 5), plausible(120, 20.5, 5), plausible(210, 45, 5)
    (True, False, False)
    """
    return stated * 1.15 + slack >= geodesic and stated <= geodesic * 1.7 + slack


def check(dossier: Dossier) -> Iterator[Finding]:
    """Distances and directions between two places of the text that the map does not bear out."""
    for reading in dossier.readings:
        for number, sentence in enumerate(reading.sentences):
            for match, said, origin in told(reading, number):
                ends = _end(dossier, said), _end(dossier, origin)
                if ends[0] is not None and ends[1] is not None:
                    yield from _compare(dossier, reading, sentence, match, ends[0], ends[1])


def _end(dossier: Dossier, place: Place) -> _End | None:
    """Every point that a name can mean: the one it was resolved to, and its namesakes.

    The point of "12 miles north of Basra" is that of the area; the end meant here is Basra itself.
    """
    points: dict[tuple[float, float], float] = {}
    entries = dossier.gazetteer.lookup(place.text) if dossier.gazetteer is not None else ()
    meant = next((e for e in entries if e.key == place.key and e.kind in _ENDS), None)
    if place.kind in _ENDS and place.lat is not None and place.lon is not None and not place.relation:
        points[place.lat, place.lon] = place.radius_km or 3.0
    elif place.relation and meant is not None:
        points[meant.point] = meant.radius_km
    resolved = bool(points)
    for entry in entries:
        sure = resolved and place.country is not None and place.confidence >= 0.8
        dwarfed = resolved and meant is not None and entry.population * DWARFED < meant.population
        if entry.kind in _ENDS and not dwarfed and not (sure and entry.country != place.country):
            points.setdefault(entry.point, entry.radius_km)
    if not points or place.kind in {"country", "water"}:
        return None
    return _End(place, tuple((lat, lon, radius) for (lat, lon), radius in points.items()), resolved)


def _compare(
    dossier: Dossier, reading: Reading, sentence: Sentence, match: re.Match[str], said: _End, origin: _End
) -> Iterator[Finding]:
    if fold(said.place.text) == fold(origin.place.text):
        return
    direction = match.groupdict().get("direction")
    stated = _kilometres(reading, sentence, match)
    options = []
    for number, (lat, lon, radius) in enumerate(said.points):
        for number2, (lat2, lon2, radius2) in enumerate(origin.points):
            if number and number2 and said.resolved and origin.resolved:
                continue
            km = geodesic_km(lat2, lon2, lat, lon)
            slack = 6.0 + min(radius, 25.0) + min(radius2, 25.0)
            looking = bearing(lat2, lon2, lat, lon)
            fits = stated is None or plausible(stated, km, slack)
            turned = _turn(direction, looking) if direction else 0.0
            if km <= 2 * slack and not (km > OPPOSITE_KM * slack and turned >= OPPOSITE):
                turned = 0.0
            if fits and turned <= 100 and not _elsewhere(stated, direction, km, looking, slack):
                return
            options.append((km, looking, fits, turned))
    known = said.resolved and origin.resolved
    near = [o for index, o in enumerate(options) if o[0] <= NEAR_KM or (known and index == 0)]
    if not near:
        return
    km, looking, fits, turned = min(near, key=lambda o: (not o[2], abs(o[0] - (stated or 0.0))))
    one, two = place_name(said.place), place_name(origin.place)
    words = _stated(match, direction)
    if fits and turned > 100:
        message = f"{one} is said to lie {words} {two}; on the map it lies to the {_compass(looking)}."
        apart = f"{turned:.0f} degrees"
    else:
        message = f"{one} is said to lie {words} {two}; on the map they are {km:.0f} km apart."
        apart = f"{abs((stated or 0.0) - km):.0f} km"
    span = (sentence.start + match.start(), sentence.start + match.end())
    document = reading.document.id
    yield Finding(
        "distance",
        "medium",
        message,
        (
            dossier.quote(document, (said.place.start, said.place.end), one),
            dossier.quote(document, span, words),
            dossier.quote(document, (origin.place.start, origin.place.end), two),
        ),
        apart,
        f"the map: {km:.0f} km as the crow flies between {one} and {two}",
    )


def _stated(match: re.Match[str], direction: str | None) -> str:
    """The distance and direction as a message gives them: "25 km north of", "40 km from"."""
    found = match.groupdict()
    far = f"{' '.join(found['number'].split())} {found['unit']}" if found.get("number") else ""
    return f"{far} {direction.casefold()} of".strip() if direction else f"{far} from"


def _elsewhere(stated: float | None, direction: str | None, km: float, looking: float, slack: float) -> bool:
    """Whether the point that a distance and a direction name together is far from the true one.

    >>> _elsewhere(19, "north", 54, 165, 37), _elsewhere(19, "north", 25, 20, 15)
    (True, False)
    """
    if stated is None or direction is None:
        return False
    turned = radians(_turn(direction, looking))
    off = sqrt(max(0.0, stated**2 + km**2 - 2 * stated * km * cos(turned)))
    return off > 1.2 * slack + 0.5 * max(stated, km)


def _kilometres(reading: Reading, sentence: Sentence, match: re.Match[str]) -> float | None:
    words = match.groupdict().get("number")
    if not words:
        return None
    at = sentence.start + match.start("number")
    for quantity in reading.quantities:
        if quantity.start <= at < quantity.end and quantity.kind == "distance" and quantity.low is not None:
            mile = (quantity.unit or quantity.what or "").casefold().startswith("mi")
            return quantity.low * (1.609344 if mile else 1.0)
    whole = cardinal(words)
    try:
        value = float(whole) if whole is not None else float(words.replace(",", ""))
    except ValueError:
        return None
    return value * (1.609344 if match.group("unit").casefold().startswith("mi") else 1.0)


def _turn(direction: str, looking: float) -> float:
    key = re.sub(r"due|ern|[- ]", "", direction.casefold())
    if key not in _DEGREES:
        return 0.0
    return abs((looking - _DEGREES[key] + 180) % 360 - 180)


def _compass(degrees: float) -> str:
    return min(_NAMES, key=lambda name: abs((degrees - name[1] + 180) % 360 - 180))[0]
