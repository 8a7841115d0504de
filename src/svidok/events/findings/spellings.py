"""One name of a place or a person that is spelt several ways in a report, or of one officer in two."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.similar import disjoint, same_spot
from svidok.events.findings.sites import NAME, Site, sites_of
from svidok.events.findings.vocabulary import titles
from svidok.records import Finding, Offsets, Reading

__all__ = ["misspelt_officers", "misspelt_persons", "skeleton", "sound", "spellings"]

_SPELT = frozenset({"settlement", "district", "facility", "area"})
ONE_NAME = 50
"""How alike, of 100, two spellings of one name are at least: Artemivsk was renamed Bakhmut, not misspelt."""
PART_LETTERS = 2
"""A name that is longer than another by more letters than this, and holds it, is another name."""
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


_VOWELS = (("aw", "o"), ("au", "o"), ("ou", "o"), ("oo", "o"), ("u", "o"), ("w", "o"))
_SOUNDS = (
    ("ei", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("ey", "i"),
    ("ij", "i"),
    ("y", "i"),
    ("ee", "i"),
    ("e", "a"),
)


@lru_cache(maxsize=16384)
def sound(name: str) -> str:
    """A name by its sound: articles dropped, and the ways to write one vowel made alike.

    >>> sound("Deir ez-Zor") == sound("Dayr az-Zawr"), sound("Otaybah") == sound("Uteibeh")
    (True, True)
    >>> sound("Umar") == sound("Omar"), sound("Samara") == sound("Samarra")
    (True, True)
    """
    plain = _ARTICLE.sub("", fold(name).replace("-", "- ")).replace("kh", "h").replace("dj", "j")
    for written, said in (*_VOWELS, *_SOUNDS):
        plain = plain.replace(written, said)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[^\w]|_|(?<=a)h$", "", plain))


def _plain(text: str) -> str:
    return re.sub(r"[^\w]", "", text.casefold())


def _letters(text: str) -> str:
    return re.sub(r"[^\w]", "", fold(text))


def spellings(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
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


_PERSON = re.compile(
    r"(?<![\w-])(?=(?P<first>[^\W\d_a-z]\w+)\s+"
    r"(?P<last>(?:(?:al|el|ad|ar|as|ash|at|an|az)-)?[^\W\d_a-z][\w-]{4,})(?![\w-]))"
)
ONE_PERSON = 80
"""How alike, of 100, two family names after one given name are at least, to be one name misspelt."""


def misspelt_persons(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    """A person of one given name whose family name is written in two ways."""
    text = reading.document.text
    known = [(a.start, a.end) for a in reading.actors if a.kind == "person"]
    written: dict[tuple[str, str], Offsets] = {}
    for match in _PERSON.finditer(text):
        name = match.group("first"), match.group("last")
        if fold(name[0]) not in titles():
            written.setdefault(name, (match.start("first"), match.end("last")))
    for (one, here), (two, there) in combinations(sorted(written.items()), 2):
        if not _misspelt(one, two, said_same=True):
            continue  # nothing that the text says between them could make them one
        said_same = _SAME_MAN.search(text, *sorted((min(here[1], there[1]), max(here[0], there[0]))))
        if not _misspelt(one, two, said_same=said_same is not None):
            continue
        if not any(s < span[1] and span[0] < e for span in (here, there) for s, e in known):
            continue
        quotes = (dossier.quote(reading.document.id, span, None) for span in sorted((here, there)))
        names = tuple(replace(q, says=q.text) for q in quotes)
        message = f"One name is spelt in 2 ways: {names[0].text}, {names[1].text}."
        yield Finding("identity", "low", message, names)


_SAME_MAN = re.compile(
    r"\b(?:the|this|that) (?:very )?same\b|\bthe said\b|\b(?:he|she) (?:is|was) also\b", re.IGNORECASE
)
"""What tells between two names that one person bears both."""
SAID_SAME = 60
"""How alike, of 100, two family names are at least of one whom the report calls the same."""


def _misspelt(one: tuple[str, str], two: tuple[str, str], *, said_same: bool) -> bool:
    """Whether two given names with their family names are one person's, written in two ways.

    >>> _misspelt(("Umar", "Shishani"), ("Omar", "Shishany"), said_same=False)
    True
    >>> _misspelt(("Anton", "Petrov"), ("Anton", "Petrenko"), said_same=False)
    False
    """
    from rapidfuzz import fuzz

    given, family = (tuple(fold(n[part]) for n in (one, two)) for part in (0, 1))
    if given[0] != given[1] and sound(given[0]) != sound(given[1]):
        return False
    a, b = family
    if a == b or a.startswith(b) or b.startswith(a) or _initial(a) != _initial(b):
        return False
    return sound(a) == sound(b) or fuzz.ratio(a, b) >= (SAID_SAME if said_same else ONE_PERSON)


_RANKED = re.compile(
    r"(?<![\w-])(?P<title>[^\W\d_a-z]\w+)\s+(?P<first>[^\W\d_a-z]\w+)\s+(?P<last>[^\W\d_a-z][\w-]{3,})(?![\w-])"
)
ONE_GIVEN = 75
"""How alike, of 100, two given names before one family name are at least, to be one name misspelt."""


def misspelt_officers(dossier: Dossier) -> Iterator[Finding]:
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
    if (
        not known
        and len({sound(a) for a in plain}) > 1
        and any(
            not _boned(p, a) or _initial(a) != _initial(b) or fuzz.ratio(fold(a), fold(b)) < 60
            for p in plain
            for a in plain
            for b in plain
        )
    ):
        return False
    if min(fuzz.ratio(sound(a), sound(b)) for a in plain for b in plain) < ONE_NAME:
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
