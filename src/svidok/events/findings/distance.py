"""A stated distance or direction against the map."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.atoms import place_key
from svidok.events.distance import bearing, geodesic_km
from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.records import Finding, Place, Reading, Sentence

__all__ = ["check", "plausible"]

_UNIT = r"(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)"
_DIRECTION = r"(?P<direction>(?:due\s+)?(?:north|south|east|west)(?:[- ]?(?:north|south))?(?:[- ]?(?:east|west))?(?:ern)?)"
_STATED = re.compile(
    rf"\b(?P<number>{CARDINAL})[ -]?{_UNIT}\b(?:\s+(?:away|distant|by road|as the crow flies))?"
    rf"(?:\s*(?:to the\s+)?{_DIRECTION})?\s+(?:away\s+)?(?P<link>of|from|to|away from|outside|off)\b",
    re.IGNORECASE,
)
_AWAY = re.compile(
    rf"\b(?:is|are|lies|lay|stands?|was)\s+(?:only|just|about|some|roughly|barely|around|approximately|nearly)?\s*"
    rf"(?P<number>{CARDINAL})\s?{_UNIT}\s+away\b",
    re.IGNORECASE,
)
_DEGREES = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
    "northwest": 315,
}
_ENDS = frozenset({"settlement", "district", "facility"})


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
        for sentence in reading.sentences:
            for match in _STATED.finditer(sentence.text):
                ends = _ends(reading, sentence, match)
                if ends is not None:
                    yield from _compare(dossier, reading, sentence, match, *ends)
            for match in _AWAY.finditer(sentence.text):
                if _STATED.search(sentence.text, match.start()):
                    continue
                ends = _around(reading, sentence, match)
                if ends is not None:
                    yield from _compare(dossier, reading, sentence, match, *ends)


def _points(reading: Reading, sentence: Sentence) -> list[Place]:
    return sorted(
        (
            p
            for p in reading.places
            if sentence.start <= p.start
            and p.end <= sentence.end
            and p.kind in _ENDS
            and p.lat is not None
            and p.lon is not None
        ),
        key=lambda p: p.start,
    )


def _ends(reading: Reading, sentence: Sentence, match: re.Match[str]) -> tuple[Place, Place] | None:
    """The place the distance is measured from (after the words) and the one it is said of (before)."""
    points = _points(reading, sentence)
    after = [p for p in points if 0 <= p.start - sentence.start - match.end() <= 30]
    before = [p for p in points if p.end - sentence.start <= match.start()]
    if not after or not before:
        return None
    origin = after[0]
    between = sentence.text[match.end() : origin.start - sentence.start]
    if re.search(r"[,;.]", between) or len(between.split()) > 4:
        return None
    said = before[-1]
    if re.search(r"[;]", sentence.text[said.end - sentence.start : match.start()]):
        return None
    return said, origin


def _around(reading: Reading, sentence: Sentence, match: re.Match[str]) -> tuple[Place, Place] | None:
    points = _points(reading, sentence)
    distinct = {place_key(p): p for p in points}
    if len(distinct) != 2:
        return None
    one, two = distinct.values()
    return one, two


def _compare(
    dossier: Dossier, reading: Reading, sentence: Sentence, match: re.Match[str], said: Place, origin: Place
) -> Iterator[Finding]:
    if place_key(said) == place_key(origin) or said.relation or origin.relation:
        return
    value = cardinal(match.group("number"))
    if value is None:
        try:
            number = float(match.group("number").replace(",", ""))
        except ValueError:
            return
    else:
        number = float(value)
    km = number * (1.609344 if match.group("unit").casefold().startswith("mi") else 1.0)
    assert said.lat is not None and said.lon is not None and origin.lat is not None and origin.lon is not None
    true = geodesic_km(origin.lat, origin.lon, said.lat, said.lon)
    slack = 6.0 + (said.radius_km or 3.0) + (origin.radius_km or 3.0)
    words = " ".join(match.group(0).split())
    span = (sentence.start + match.start(), sentence.start + match.end())
    names = f"{place_name(said)} and {place_name(origin)}"
    reference = f"the map: {true:.0f} km as the crow flies between {names}"
    spans = (
        dossier.quote(reading.document.id, (said.start, said.end), None),
        dossier.quote(reading.document.id, span, words),
        dossier.quote(reading.document.id, (origin.start, origin.end), None),
    )
    if min(said.confidence, origin.confidence) < 0.3:
        return
    if not plausible(km, true, slack):
        yield Finding(
            "distance",
            "medium",
            f"{names} are said to be {words.rsplit(' ', 1)[0]} apart; on the map they are {true:.0f} km apart.",
            spans,
            f"{abs(km - true):.0f} km",
            reference,
        )
        return
    direction = match.groupdict().get("direction")
    if direction and true > 2 * slack:
        key = direction.casefold().replace("due", "").replace("ern", "").replace("-", "").replace(" ", "")
        if key in _DEGREES:
            looking = bearing(origin.lat, origin.lon, said.lat, said.lon)
            off = abs((looking - _DEGREES[key] + 180) % 360 - 180)
            if off > 100:
                yield Finding(
                    "distance",
                    "medium",
                    f"{place_name(said)} is said to lie {direction.casefold()} of {place_name(origin)}; on the map it lies "
                    f"to the {_compass(looking)}.",
                    spans,
                    f"{off:.0f} degrees",
                    reference,
                )


def _compass(degrees: float) -> str:
    return min(_DEGREES, key=lambda name: abs((degrees - _DEGREES[name] + 180) % 360 - 180))
