"""One place spelt several ways in one report, and one name that means two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from svidok.events.apart import places_apart
from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.given_names import misnamed
from svidok.events.findings.persons import misspelt_officers, misspelt_persons, misspelt_titles
from svidok.events.findings.similar import alike, disjoint, one_person
from svidok.events.findings.sites import NAME
from svidok.events.findings.spellings import spellings
from svidok.records import Finding, Offsets, Place, Reading

__all__ = ["check"]

_NAMESAKES = re.compile(
    r"\b(?:namesakes?|of the same name|same-named|not to be confused|the other (?:one|town|village)|"
    r"both (?:towns|villages))\b",
    re.IGNORECASE,
)
_SPOTS = frozenset({"settlement", "district", "facility"})
_HOME = re.compile(
    rf"(?<![\w-])(?P<name>{NAME})(?:(?:,|\s+\()?\s+in\s+(?:the\s+)?|,\s+|\s+\()(?P<home>{NAME})\s+"
    r"(?P<kind>[Rr]egion|[Pp]rovince|[Oo]blast|[Gg]overnorate|[Dd]istrict|[Cc]ounty|[Ss]tate|[Pp]refecture)\b"
)
_HOME_OF = re.compile(
    rf"(?<![\w-])(?P<name>{NAME})(?:,|\s+\()?\s+in\s+(?:the\s+)?(?P<kind>region|province|oblast|"
    rf"governorate|district|"
    rf"county|state|prefecture)\s+of\s+(?P<home>{NAME})"
)
_HOME_ASIDE = re.compile(
    rf"(?<![\w-])(?P<name>{NAME}),\s+(?:an?|the|some)\s[^.;:]{{3,70}}?\s(?:in|of)\s+(?:the\s+)?(?P<home>{NAME})\s+"
    r"(?P<kind>region|province|oblast|governorate|district|county|state|prefecture)\b"
)
""" "Andriivka, a few streets of brick in Donetsk region"."""
_SIDE = re.compile(r"(?:North|South|East|West|Centr)\w*")
"""What names a land only by its side: "Northern Province"."""
_OPENING = re.compile(r"^(?:In|At|Near|From|To|Around|Outside|And|But)\s+")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Spellings and homonyms inside each report; a name that two reports of one happening spell apart."""
    yield from misspelt_officers(dossier)
    yield from misnamed(dossier)
    for reading in dossier.readings:
        yield from spellings(dossier, reading)
        yield from misspelt_persons(dossier, reading)
        yield from misspelt_titles(dossier, reading)
        if not _NAMESAKES.search(reading.document.text):
            homes = list(_told_homes(dossier, _homes(reading)))
            yield from homes or _homonyms(dossier, reading)
    yield from _homes_apart(dossier)


_Homes = dict[str, dict[str, tuple[str, Offsets, str]]]
"""For each name and kind of land, each land that it is told to lie in: report, words, the land's name."""


def _homes(reading: Reading) -> _Homes:
    """ "Tripoli in Libya", "Tripoli, a port in the north of Lebanon": where a report says that names lie."""
    text, id = reading.document.text, reading.document.id
    homes: _Homes = {}
    for match in (*_HOME.finditer(text), *_HOME_OF.finditer(text), *_HOME_ASIDE.finditer(text)):
        name = fold(_OPENING.sub("", match.group("name")))
        kind = match.group("kind").casefold()
        if _SIDE.fullmatch(match["home"]):
            continue
        told = (id, (match.start("name"), match.end("home")), match.group("home"))
        lands = {
            p.country for p in reading.places if p.start < match.end("kind") and match.start("home") < p.end
        }
        for land in sorted(x for x in lands if x):
            homes.setdefault(f"{name}|country", {}).setdefault(f"country:{land}", told)
        homes.setdefault(f"{name}|{kind}", {}).setdefault(fold(match.group("home")), told)
    for spot, home in pairwise(sorted(reading.places, key=lambda p: p.start)):
        if home.kind != "country" or spot.kind not in _SPOTS or fold(spot.text) == fold(home.text):
            continue
        if re.fullmatch(r"\s*(?:,|\(|,?\s*in|,?\s*in the)\s*", text[spot.end : home.start]):
            told = (id, (spot.start, home.end), home.text)
            homes.setdefault(f"{fold(spot.text)}|country", {}).setdefault(place_key(home), told)
    return homes


def _told_homes(dossier: Dossier, homes: _Homes) -> Iterator[Finding]:
    """One name whose containers the text tells apart."""
    for name in sorted(homes):
        told_apart = sorted(homes[name].values())
        if len(told_apart) < 2:
            continue
        one, two = told_apart[:2]
        called = name.split("|")[0].title()
        yield Finding(
            "identity",
            "low",
            f"The name {called} stands for two places: one in {one[2]}, one in {two[2]}.",
            (dossier.quote(one[0], one[1], one[2]), dossier.quote(two[0], two[1], two[2])),
        )


def _homes_apart(dossier: Dossier) -> Iterator[Finding]:
    """One happening at a place of one name, which two reports put in two lands."""
    homes = {r.document.id: _homes(r) for r in dossier.readings}
    for a, b in dossier.pairs:
        if a.document == b.document or not (a.dated and b.dated) or disjoint(a, b):
            continue
        if not (a.concepts & b.concepts and a.real and b.real) or _counts_apart(a, b):
            continue
        if not (one_person(a, b) or a.objects & b.objects or alike(a, b) >= ONE_SCENE):
            continue
        for name in sorted(homes[a.document].keys() & homes[b.document].keys()):
            mine, theirs = homes[a.document][name], homes[b.document][name]
            inside = all(
                any(f.start <= told[1][0] < f.end for told in lands.values())
                for f, lands in ((a, mine), (b, theirs))
            )
            if inside and not mine.keys() & theirs.keys():
                yield from _told_homes(dossier, {name: {**mine, **theirs}})


ONE_SCENE = 0.5
"""How alike two stretches are at least, when no person and no thing tells that they are of one happening."""


def _counts_apart(a: Fact, b: Fact) -> bool:
    """Whether two facts count one kind of thing otherwise: they are then of two happenings."""
    return any(
        q.what == p.what and q.low is not None and p.low is not None and q.low != p.low
        for q in a.quantities
        for p in b.quantities
    )


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


def _home(place: Place) -> str:
    return ", ".join(place.within[:2]) or place.country or "an unknown region"
