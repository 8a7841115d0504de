"""Where a stretch of text plays, by name: resolved places, and names that stand where a place would.

No gazetteer knows every village. A name after "in", "near", "entered" or "captured" is a place
whether it resolves or not, and two accounts that name it speak of one spot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold, place_key
from svidok.events.findings.numbers import cardinal
from svidok.events.findings.vocabulary import (
    concepts_of_words,
    either,
    objects_of,
    plain_words,
    tables,
    titles,
)
from svidok.records import Offsets, Place, Reading

__all__ = ["NAME", "Site", "names_weapon", "people_noun", "resolved", "sites_of"]

_PART = r"[^\W\d_a-z][\w’'ʼ]*(?:-[^\W\d_][\w’'ʼ]*)*"
_LINK = r"(?:de|la|le|el|al|az|ez|e|on|upon|sur|del|di|da|bin|abu|am|an der)"
NAME = rf"(?:(?:al|el|ad|as|ash|at|az|an|en|et|er|es)-)?{_PART}(?:[ -](?:{_LINK}[ -])?{_PART}){{0,3}}"
"""A proper name of one to four words, with the particles that names of places have."""


_BUILDING = re.compile(
    r"(?:['’]s?)?\s+(?:Church|Hospital|School|Cathedral|Mosque|Monastery|University|Hotel|Theatre|"
    r"Theater|Station|Shrine|"
    r"Bridge|Prison|Barracks|Square|Street|Avenue)\b"
)


_PERSONAL = re.compile(
    r"(?:,[^,]{0,60},)?\s+(?:who\b|(?:was|were|is|had been|has been)\s+(?:\w+ly\s+)?(?:shot|killed|murdered|"
    r"born|"
    r"wounded|arrested|detained|buried|appointed|elected|released|abducted|executed|sentenced|assassinated|injured|"
    r"poisoned|jailed)\b)"
)


@dataclass(frozen=True, slots=True)
class Site:
    """One place by its words: the keys by which it can be recognised, and its mention if resolved."""

    start: int
    end: int
    name: str
    keys: frozenset[str]
    place: Place | None

    @property
    def located(self) -> bool:
        """Whether a map holds it."""
        return self.place is not None and self.place.lat is not None


@lru_cache(maxsize=1)
def _locative() -> re.Pattern[str]:
    words = either(tables()["sites"]["before"]).pattern
    kinds = "|".join(tables()["sites"]["kinds"])
    return re.compile(
        rf"(?i:{words})\s+(?:the\s+)?(?:(?:[a-z-]+\s+)?(?:{kinds})\s+(?:of\s+)?)?(?P<name>{NAME})"
    )


@lru_cache(maxsize=1)
def _subject() -> re.Pattern[str]:
    words = either(tables()["sites"]["after"]).pattern
    kinds = "|".join(tables()["sites"]["kinds"])
    return re.compile(rf"(?<![\w-])(?P<name>{NAME})(?:'s)?\s+(?:(?:{kinds})\s+)?(?:\w+ly\s+)?(?i:{words})")


def sites_of(reading: Reading, start: int, end: int) -> tuple[Site, ...]:
    """The sites named between two offsets, in order; countries are no sites."""
    found: list[Site] = []
    taken: list[tuple[int, int]] = [
        (a.start, a.end) for a in reading.actors if start <= a.start < end and (a.side or a.kind == "leader")
    ]
    days = [(t.start, t.end) for t in reading.times if start <= t.start < end]
    taken += days
    text = reading.document.text
    for place in reading.places:
        if start <= place.start and place.end <= end and not place.metonym:
            taken.append((place.start, place.end))
            if (
                place.kind != "country"
                and not _on_the_way(text, place)
                and not names_weapon(text, place)
                and not _BUILDING.match(text, place.end)
                and not objects_of(place.text)
            ):
                found.append(resolved(place))
    for match in _NUMBERED.finditer(text, start, end):
        if not any(match.start() < b and a < match.end() for a, b in taken):
            taken.append(match.span())
            name = " ".join(match.group().split())
            found.append(Site(*match.span(), name, frozenset({f"n:{fold(name)}"}), None))
    for expression in (_locative(), _subject()):
        for match in expression.finditer(text, start, end):
            span = _short_of(days, text, _past(days, text, match.span("name")))
            words = text[span[0] : span[1]]
            if any(span[0] < b and a < span[1] for a, b in taken) or not _is_name(words):
                continue
            if _PERSONAL.match(text, span[1]):
                continue
            taken.append(span)
            found.append(Site(span[0], span[1], words, frozenset({f"n:{fold(words)}"}), None))
    return tuple(sorted(found, key=lambda s: (s.start, s.end)))


_NUMBERED = re.compile(r"\b(?:Hill|Height|Point|Ridge|Knoll|Objective)\s+\d{2,4}(?:\.\d)?\b")
"""Heights that the map calls by their number: "Hill 717"."""


def _past(days: Sequence[Offsets], text: str, span: Offsets) -> Offsets:
    """The rest of a name that runs on from a date: "On 30 June Gao was"."""
    for _, end in (d for d in days if d[0] <= span[0] < d[1] < span[1]):
        return end + len(text[end : span[1]]) - len(text[end : span[1]].lstrip()), span[1]
    return span


_TRAILING = re.compile(rf"[\s,]+(?:{_LINK})$")


def _short_of(days: Sequence[Offsets], text: str, span: Offsets) -> Offsets:
    """The part of a name before a date that it runs on into: "reached Gao on Tuesday"."""
    for start, _ in (d for d in days if span[0] < d[0] < span[1]):
        return span[0], span[0] + len(_TRAILING.sub("", text[span[0] : start].rstrip()))
    return span


_WEAPON = re.compile(
    r"\s+(?:helicopters?|tanks?|missiles?|rockets?|jets?|drones?|fighters?|bombers?|aircraft|planes?|guns?|"
    r"howitzers?|launchers?|torpedo(?:es)?|rifles?|bombs?|shells?|carriers?|batter(?:y|ies)|"
    r"battalions?|authorities|government|regime|junta)\b"
)


_KINDS_OF_ARMY = frozenset(
    {"Imperial", "Royal", "National", "Federal", "Republican", "Union", "Allied", "Loyal"}
)
_NOUN = re.compile(r"\s+[a-z]+s?\b")


def names_weapon(text: str, place: Place) -> bool:
    """Whether the name of a place only names a make of weapon: "two Black Hawk helicopters"."""
    if place.kind in {"country", "region"}:
        return False
    return _WEAPON.match(text, place.end) is not None or (
        fold(place.text) in tables()["sites"]["crowns"] and _NOUN.match(text, place.end) is not None
    )


_WAY = re.compile(
    r"\b(?:roads?|routes?|highway|railway|line|way|bus|train)\s+(?:from|between)\s+", re.IGNORECASE
)
WAY_REACH = 50


def _on_the_way(text: str, place: Place) -> bool:
    """Whether a place is only an end of a road: "at X, on the road from A to B"."""
    before = text[max(0, place.start - WAY_REACH) : place.start]
    roads = list(_WAY.finditer(before))
    return (
        bool(roads) and re.fullmatch(r"(?:[\w’'-]+\s+(?:to|and)\s+)?", before[roads[-1].end() :]) is not None
    )


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Nouns for people and things, which begin sentences but name no place."""
    from svidok.atlas.actors import load_actors

    return frozenset(load_actors().nouns.kinds) | frozenset(tables()["sites"]["no"])


@lru_cache(maxsize=4096)
def people_noun(word: str) -> bool:
    """Whether a word names people by what they are.

    >>> people_noun("boys"), people_noun("shelling")
    (True, False)
    """
    from svidok.atlas.actors import load_actors

    kinds = load_actors().nouns.kinds
    plain = fold(word)
    return any(form in kinds for form in (plain, plain.removesuffix("s"), plain.removesuffix("es")))


def resolved(place: Place) -> Site:
    """A mention of a place as a site."""
    keys = {place_key(place), f"n:{fold(place.text)}"}
    if place.name and place.kind not in {"region", "area", "district"}:
        keys.add(f"n:{fold(place.name)}")
    if place.kind == "region":
        keys = {place_key(place)}
    return Site(place.start, place.end, place.name or place.text, frozenset(keys), place)


def _is_name(words: str) -> bool:
    first = fold(words).split()[0]
    if words.isupper() and len(words) <= 6:
        return False
    if first in titles() or first in _common() or fold(words) in _common():
        return False
    if cardinal(first) is not None or re.search(r"(?:ists|ians|icans|ites)$", fold(words)):
        return False
    return first not in plain_words() and len(first) > 2 and not concepts_of_words(words.split()[0])
