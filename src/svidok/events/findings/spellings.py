"""One name of a place that is spelt several ways in a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from svidok.events.atoms import fold, place_key
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.sites import NAME, Site, sites_of
from svidok.records import Finding, Reading

__all__ = ["initial", "skeleton", "sound", "spellings", "unlike"]

_SPELT = frozenset({"settlement", "district", "facility", "area"})
ONE_NAME = 54
"""How alike, of 100, two spellings of one name are at least: Stalingrad was renamed, not misspelt."""
PART_LETTERS = 2
"""A name that is longer than another by more letters than this, and holds it, is another name."""
_ARTICLE = re.compile(r"\b(?:al|el|ad|as|ash|at|az|ar|an|en|ez|es|e)[- ]", re.IGNORECASE)


def unlike(one: str, two: str) -> bool:
    """Whether two folded names share no word and are no transliterations of one.

    >>> unlike("dmenisi", "eredvi"), unlike("urum", "urum al-kubra")
    (True, False)
    """
    return not set(one.split()) & set(two.split()) and skeleton(one) != skeleton(two)


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
            not _boned(p, a) or initial(a) != initial(b) or fuzz.ratio(fold(a), fold(b)) < 60
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


def initial(name: str) -> str:
    """The first sound of a name, spellings of one sound alike.

    >>> initial("Gostomel") == initial("Hostomel"), initial("Wonsan") == initial("Unsan")
    (True, False)
    """
    plain = _ARTICLE.sub("", fold(name)).strip("- ")
    first = plain[:1].translate(str.maketrans("gqcvjiye", "hkkwyyyy"))
    return "y" if first in "aou" and plain[:2] in {"ie", "ye", "je"} else first
