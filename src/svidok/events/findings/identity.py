"""One place spelt several ways in one report, and one name that means two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.judge import places_apart
from svidok.records import Finding, Place, Reading

__all__ = ["check"]

_NAMESAKES = re.compile(
    r"\b(?:namesakes?|of the same name|same-named|not to be confused|the other (?:one|town|village)|both (?:towns|villages))\b",
    re.IGNORECASE,
)
_SPOTS = frozenset({"settlement", "district", "facility"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Spellings and homonyms inside each report."""
    for reading in dossier.readings:
        yield from _spellings(dossier, reading)
        if _NAMESAKES.search(reading.document.text):
            continue
        told = list(_told_homes(dossier, reading))
        yield from told or _homonyms(dossier, reading)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())


def _spellings(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    by_key: dict[str, dict[str, Place]] = {}
    for place in sorted(reading.places, key=lambda p: p.start):
        if place.kind in _SPOTS and (place.key or place.geonameid) and not place.relation:
            by_key.setdefault(place_key(place), {}).setdefault(_plain(place.text), place)
    for key in sorted(by_key):
        forms = list(by_key[key].values())
        if len(forms) < 2 or not _variants(reading, forms):
            continue
        names = ", ".join(p.text for p in forms)
        yield Finding(
            "identity",
            "low",
            f"One place is spelt in {len(forms)} ways: {names}.",
            tuple(dossier.quote(reading.document.id, (p.start, p.end), p.text) for p in forms),
        )


def _variants(reading: Reading, forms: list[Place]) -> bool:
    """Spellings of one name, not a name with and without its kind ("Kyiv", "city of Kyiv")."""
    plain = [_plain(p.text) for p in forms]
    if any(a != b and (a in b or b in a) for a in plain for b in plain):
        return False
    text = reading.document.text
    for one in forms:
        for two in forms:
            if (
                one.start < two.start
                and re.match(r"\s*[(/]", text[one.end : one.end + 3])
                and two.start - one.end < 25
            ):
                return False
    return True


def _homonyms(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    by_name: dict[str, list[Place]] = {}
    for place in sorted(reading.places, key=lambda p: p.start):
        if place.kind in _SPOTS and place.lat is not None and not place.relation and place.confidence >= 0.3:
            by_name.setdefault(fold(place.text), []).append(place)
    for name in sorted(by_name):
        places = by_name[name]
        first = places[0]
        other = next((p for p in places[1:] if place_key(p) != place_key(first)), None)
        if other is None or places_apart(first, other)[0] != "apart":
            continue
        yield Finding(
            "identity",
            "low",
            f"The name {first.text} stands for two places: one in {_home(first)}, one in {_home(other)}.",
            (
                dossier.quote(reading.document.id, (first.start, first.end), _home(first)),
                dossier.quote(reading.document.id, (other.start, other.end), _home(other)),
            ),
        )


def _told_homes(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """ "Tripoli in Libya" and "Tripoli in Lebanon": one name whose containers the text tells apart."""
    text = reading.document.text
    ordered = sorted(reading.places, key=lambda p: p.start)
    homes: dict[str, dict[str, tuple[Place, Place]]] = {}
    for spot, home in pairwise(ordered):
        if (
            home.kind not in {"country", "region"}
            or spot.kind not in _SPOTS
            or fold(spot.text) == fold(home.text)
        ):
            continue
        if not re.fullmatch(
            r"\s*(?:,|\(|in|in the|in the region of|,? in (?:the )?\w+)\s*", text[spot.end : home.start]
        ):
            continue
        homes.setdefault(fold(spot.text), {}).setdefault(f"{home.kind}:{place_key(home)}", (spot, home))
    for name in sorted(homes):
        told = [homes[name][k] for k in sorted(homes[name], key=lambda k: homes[name][k][0].start)]
        kinds = {home.kind for _, home in told}
        if len(told) < 2 or len(kinds) > 1:
            continue
        (one, first), (two, second) = told[:2]
        yield Finding(
            "identity",
            "low",
            f"The name {one.text} stands for two places: one in {first.text}, one in {second.text}.",
            (
                dossier.quote(reading.document.id, (one.start, first.end), first.text),
                dossier.quote(reading.document.id, (two.start, second.end), second.text),
            ),
        )


def _home(place: Place) -> str:
    return ", ".join(place.within[:2]) or place.country or "an unknown region"
