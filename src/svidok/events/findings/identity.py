"""One place spelt several ways in one report, and one name that means two places."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise

from svidok.events.apart import places_apart
from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.similar import disjoint, same_spot
from svidok.events.findings.sites import NAME, Site, sites_of
from svidok.events.findings.vocabulary import titles
from svidok.records import Finding, Place, Reading

__all__ = ["check", "skeleton"]

_NAMESAKES = re.compile(
    r"\b(?:namesakes?|of the same name|same-named|not to be confused|the other (?:one|town|village)|"
    r"both (?:towns|villages))\b",
    re.IGNORECASE,
)
_SPOTS = frozenset({"settlement", "district", "facility"})
_SPELT = _SPOTS | {"area"}
ONE_NAME = 50
"""How alike, of 100, two spellings of one name are at least: Artemivsk was renamed Bakhmut, not misspelt."""
PART_LETTERS = 2
"""A name that is longer than another by more letters than this, and holds it, is another name."""
_HOME = re.compile(
    rf"(?<![\w-])(?P<name>{NAME})(?:,|\s+\()?\s+in\s+(?:the\s+)?(?P<home>{NAME})\s+"
    r"(?P<kind>[Rr]egion|[Pp]rovince|[Oo]blast|[Gg]overnorate|[Dd]istrict|[Cc]ounty|[Ss]tate|[Pp]refecture)\b"
)
_HOME_OF = re.compile(
    rf"(?<![\w-])(?P<name>{NAME})(?:,|\s+\()?\s+in\s+(?:the\s+)?(?P<kind>region|province|oblast|"
    rf"governorate|district|"
    rf"county|state|prefecture)\s+of\s+(?P<home>{NAME})"
)
_OPENING = re.compile(r"^(?:In|At|Near|From|To|Around|Outside|And|But)\s+")
_ARTICLE = re.compile(r"\b(?:al|el|ad|as|ash|at|az|ar|an|en|ez|es|e)[- ]", re.IGNORECASE)


def skeleton(name: str) -> str:
    """The consonants of a name, by which transliterations of one name are alike.

    >>> skeleton("Severodonetsk") == skeleton("Sievierodonetsk"), skeleton("Gostomel") == skeleton("Hostómel")
    (True, True)
    """
    plain = (
        _ARTICLE.sub("", fold(name).replace("-", "- "))
        .replace("kh", "h")
        .replace("ph", "f")
        .replace("dj", "j")
    )
    letters = re.sub(r"[^\w]|[aeiouyjw'_\d]", "", plain).translate(str.maketrans("gqv", "hkv"))
    return re.sub(r"(.)\1+", r"\1", letters)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Spellings and homonyms inside each report; a name that two reports of one happening spell apart."""
    yield from _ranked(dossier)
    for reading in dossier.readings:
        yield from _spellings(dossier, reading)
        yield from _persons(dossier, reading)
        if not _NAMESAKES.search(reading.document.text):
            told = list(_told_homes(dossier, reading))
            yield from told or _homonyms(dossier, reading)


def _plain(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", fold(text))


def _spellings(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    groups: dict[str, dict[str, Site]] = {}
    for site in _named(reading):
        groups.setdefault(_sameness(site), {}).setdefault(_plain(_text(reading, site)), site)
    resolved = {
        skeleton(_text(reading, s)): k
        for k, forms in groups.items()
        for s in forms.values()
        if s.place and s.place.key and s.place.kind != "region"
    }
    merged: dict[str, dict[str, Site]] = {}
    for key in sorted(groups):
        for form, site in groups[key].items():
            bones = skeleton(_text(reading, site))
            home = (
                key
                if site.place and site.place.key and site.place.kind != "region"
                else resolved.get(bones, f"bones:{bones}")
            )
            merged.setdefault(home, {}).setdefault(form, site)
    for key in sorted(merged):
        forms = sorted(merged[key].values(), key=lambda s: s.start)
        if len(forms) < 2 or not _variants(reading, forms):
            continue
        names = [_text(reading, s) for s in forms]
        yield Finding(
            "identity",
            "low",
            f"One name is spelt in {len(forms)} ways: {', '.join(names)}.",
            tuple(
                dossier.quote(reading.document.id, (s.start, s.end), n)
                for s, n in zip(forms, names, strict=True)
            ),
        )


_PERSON = re.compile(r"(?<![\w-])(?=(?P<first>[^\W\d_a-z]\w+)\s+(?P<last>[^\W\d_a-z][\w-]{4,})(?![\w-]))")
ONE_PERSON = 80
"""How alike, of 100, two family names after one given name are at least, to be one name misspelt."""


def _persons(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """A person of one given name whose family name is written in two ways."""
    from rapidfuzz import fuzz

    known = [(a.start, a.end) for a in reading.actors if a.kind == "person"]
    written: dict[str, dict[str, tuple[int, int]]] = {}
    for match in _PERSON.finditer(reading.document.text):
        first = fold(match.group("first"))
        if first not in titles():
            span = (match.start("first"), match.end("last"))
            written.setdefault(first, {}).setdefault(match.group("last"), span)
    for first in sorted(written):
        for (one, here), (two, there) in combinations(sorted(written[first].items()), 2):
            a, b = fold(one), fold(two)
            if a[0] != b[0] or a.startswith(b) or b.startswith(a) or fuzz.ratio(a, b) < ONE_PERSON:
                continue
            if not any(s < span[1] and span[0] < e for span in (here, there) for s, e in known):
                continue
            quotes = (dossier.quote(reading.document.id, span, None) for span in sorted((here, there)))
            names = tuple(replace(q, says=q.text) for q in quotes)
            message = f"One name is spelt in 2 ways: {names[0].text}, {names[1].text}."
            yield Finding("identity", "low", message, names)


_RANKED = re.compile(
    r"(?<![\w-])(?P<title>[^\W\d_a-z]\w+)\s+(?P<first>[^\W\d_a-z]\w+)\s+(?P<last>[^\W\d_a-z][\w-]{3,})(?![\w-])"
)
ONE_GIVEN = 75
"""How alike, of 100, two given names before one family name are at least, to be one name misspelt."""


def _ranked(dossier: Dossier) -> Iterator[Finding]:
    """A person of one rank, in one happening, whose name two reports write in two ways."""
    from rapidfuzz import fuzz

    for a, b in dossier.pairs:
        if a.document == b.document or not a.concepts & b.concepts or not same_spot(a, b):
            continue
        if not (a.dated and b.dated) or disjoint(a, b):
            continue
        for one in _RANKED.finditer(a.text):
            for two in _RANKED.finditer(b.text):
                if fold(one["title"]) != fold(two["title"]) or fold(one["title"]) not in titles():
                    continue
                given, family = (fuzz.ratio(fold(one[part]), fold(two[part])) for part in ("first", "last"))
                bones = skeleton(one["last"]) == skeleton(two["last"])
                near = (given == 100 and (bones or family >= ONE_PERSON) and family < 100) or (
                    family == 100 and ONE_GIVEN <= given < 100
                )
                if not near or any(_initial(one[p]) != _initial(two[p]) for p in ("first", "last")):
                    continue
                quotes = (
                    dossier.quote(f.document, (f.start + m.start("first"), f.start + m.end()), None)
                    for f, m in ((a, one), (b, two))
                )
                names = tuple(replace(q, says=q.text) for q in quotes)
                message = f"One name is spelt in 2 ways: {names[0].text}, {names[1].text}."
                yield Finding("identity", "low", message, names)


def _named(reading: Reading) -> list[Site]:
    sites = sites_of(reading, 0, len(reading.document.text))
    spots = [
        s
        for s in sites
        if s.place is None or (s.place.kind in _SPELT and not s.place.relation) or not s.place.key
    ]
    bones = {skeleton(_text(reading, s)) for s in spots if s.place is not None}
    lands = (s for s in sites if s.place is not None and s.place.kind == "region" and s not in spots)
    return spots + [s for s in lands if skeleton(_text(reading, s)) in bones and _bare(reading, s)]


def _bare(reading: Reading, site: Site) -> bool:
    """Whether the name of a region stands without a word for one, so that its town can be meant."""
    around = reading.document.text[max(0, site.start - 14) : site.end + 14]
    return (
        re.search(r"\b(?:[Rr]egion|[Pp]rovince|[Oo]blast|[Gg]overnorate|[Ss]tate|[Dd]istrict)\b", around)
        is None
    )


def _text(reading: Reading, site: Site) -> str:
    """The words of a site, with the rest of a name that was cut short ("Deir" of "Deir ez-Zor")."""
    match = re.compile(NAME).match(reading.document.text, site.start)
    end = (
        match.end()
        if match and match.end() > site.end and (site.place is None or not site.place.key)
        else site.end
    )
    return reading.document.text[site.start : end]


def _sameness(site: Site) -> str:
    return place_key(site.place) if site.place is not None and site.place.key else f"n:{fold(site.name)}"


def _variants(reading: Reading, forms: list[Site]) -> bool:
    """Spellings of one name: neither parts of one another, nor an alias given in brackets."""
    from rapidfuzz import fuzz

    if len({_letters(_text(reading, s)) for s in forms}) < 2:
        return False
    if len({_text(reading, s)[0] < "\u0250" for s in forms}) > 1:
        return False
    plain = [_plain(_text(reading, s)) for s in forms]
    if any(a in b and len(b) - len(a) > PART_LETTERS for a in plain for b in plain):
        return False
    if any(len(p) < 4 for p in plain):
        return False
    known = len({s.place.key for s in forms if s.place and s.place.key}) == 1 and all(
        s.place and s.place.key for s in forms
    )
    if not known and any(
        not _boned(p, a) or _initial(a) != _initial(b) or fuzz.ratio(fold(a), fold(b)) < 60
        for p in plain
        for a in plain
        for b in plain
    ):
        return False
    if min(fuzz.ratio(a, b) for a in plain for b in plain) < ONE_NAME:
        return False
    text = reading.document.text
    return not any(
        one.start < two.start and two.start - one.end < ALIAS_REACH and _ALIAS.match(text, one.end)
        for one in forms
        for two in forms
    )


ALIAS_REACH = 45
"""Characters within which a text gives a place its other name."""
_ALIAS = re.compile(
    r"\s*,?\s*(?:[(/]|(?:or|also|formerly|alias|today|now|then)\b|(?:that|which|as it|it) (?:is|was)\b|"
    r"(?:(?:is|was|to be) (?:also )?)?(?:called|known|written|spelt|spelled)\b|in (?:its )?[A-Z]\w+an\b)"
)


def _least(one: str, two: str) -> float:
    """How alike, of 100, two spellings are at least: less where four consonants are the same."""
    bones = skeleton(one)
    return ONE_NAME if len(bones) >= 4 and bones == skeleton(two) else 60


SHORT_NAME = 90
"""How alike, of 100, spellings with two consonants are at least."""


def _boned(one: str, two: str) -> bool:
    """Whether a name has consonants enough to be known by them: three, or two in spellings all but equal."""
    from rapidfuzz import fuzz

    bones = len(skeleton(one))
    return bones >= 3 or (bones == 2 and fuzz.ratio(one, two) >= SHORT_NAME)


def _initial(name: str) -> str:
    """The first sound of a name, spellings of one sound alike.

    >>> _initial("Gostomel") == _initial("Hostomel"), _initial("Wonsan") == _initial("Unsan")
    (True, False)
    """
    plain = _ARTICLE.sub("", fold(name)).strip("- ")
    first = plain[:1].translate(str.maketrans("gqcvjiye", "hkkwyyyy"))
    return "y" if first in "aou" and plain[:2] in {"ie", "ye", "je"} else first


def _told_homes(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """ "Tripoli in Libya" and "Tripoli in Lebanon": one name whose containers the text tells apart."""
    text = reading.document.text
    homes: dict[str, dict[str, tuple[int, int, str]]] = {}
    for match in (*_HOME.finditer(text), *_HOME_OF.finditer(text)):
        name = fold(_OPENING.sub("", match.group("name")))
        kind = match.group("kind").casefold()
        told = (match.start("name"), match.end("home"), match.group("home"))
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
            told = (spot.start, home.end, home.text)
            homes.setdefault(f"{fold(spot.text)}|country", {}).setdefault(place_key(home), told)
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
            (
                dossier.quote(reading.document.id, one[:2], one[2]),
                dossier.quote(reading.document.id, two[:2], two[2]),
            ),
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
