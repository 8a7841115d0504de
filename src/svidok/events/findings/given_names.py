"""One person of one fate, day and office whom two reports call by two given names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.similar import same_spot
from svidok.events.findings.spellings import sound
from svidok.events.findings.vocabulary import plain_words, tables, titles
from svidok.records import Finding, Offsets

__all__ = ["misnamed"]

_PART = r"[^\W\d_a-z][^\W\d_]+(?:[’'-][^\W\d_]+)*"
_PERSON = re.compile(
    rf"(?<![\w-])(?=(?P<first>{_PART})\s+(?P<last>{_PART})(?![\w-]))|"
    rf"(?<![\w-])(?P<family>{_PART}),\s+(?P<given>{_PART})(?=\s*[,.;:(])"
)
_NUMBER = re.compile(r"(?<![\d,.])\d{4,7}(?![\d,.]\d)")
_KIN = re.compile(
    r"\b(?:sons?|daughters?|wife|husband|brothers?|sisters?|cousins?|father|mother|nephew|niece|uncle|aunt|twins?|"
    r"grand\w+)\b",
    re.IGNORECASE,
)
BESIDE = 45
"""Characters before and behind a name in which a person's rank, number and office stand."""
TIES = 2
"""Proper names, besides those of the person and the place, that two reports of one person share at least."""


@dataclass(frozen=True, slots=True)
class _Person:
    """A person as a report names him: folded names, and the words of his rank, number and office."""

    given: str
    family: str
    span: Offsets
    offices: frozenset[str]
    numbers: frozenset[str]
    kin: bool


def misnamed(dossier: Dossier) -> Iterator[Finding]:
    """Persons of one family name, office, fate and day whose given names are two, beginning alike."""
    told: set[tuple[str, str]] = set()
    words = {
        r.document.id: frozenset(fold(w) for w in re.findall(r"\w+", r.document.text))
        for r in dossier.readings
    }
    for a, b in dossier.pairs:
        if a.document == b.document or not (a.concepts & b.concepts and a.low is not None and a.low == b.low):
            continue
        for one in _persons(a):
            for two in _persons(b):
                names = (one.given, two.given)
                if names in told or one.family != two.family or not _other_given(*names):
                    continue
                if one.given in words[b.document] or two.given in words[a.document]:
                    continue  # a report that knows both tells of two
                if not _one_man(a, b, one, two):
                    continue
                told.add(names)
                quotes = (dossier.quote(f.document, p.span, None) for f, p in ((a, one), (b, two)))
                left, right = quotes
                yield Finding(
                    "identity",
                    "low",
                    f"One person is named {left.text} in one place and {right.text} in another.",
                    (left, right),
                )


def _one_man(a: Fact, b: Fact, one: _Person, two: _Person) -> bool:
    """Whether two of one family name are one person: by a number, or by office, place and names beside."""
    if one.kin != two.kin:
        return False
    if one.numbers and two.numbers:
        return bool(one.numbers & two.numbers)
    if not one.offices & two.offices:
        return False
    own = {stem(n) for n in (one.given, two.given, one.family)}
    return same_spot(a, b) or len((a.anchors & b.anchors) - own) >= TIES


def _other_given(one: str, two: str) -> bool:
    """Whether two given names begin alike and are yet two names, no short forms or spellings of one.

    >>> _other_given("thomas", "tobias"), _other_given("thomas", "thos"), _other_given("john", "jack")
    (True, False, False)
    """
    if one[0] != two[0] or one == two or sound(one) == sound(two):
        return False
    shorter, longer = sorted((one, two), key=len)
    if len(shorter) < 3 or longer.startswith(shorter) or _within(shorter, longer):
        return False
    return not any(one in names and two in names for names in _forms())


def _within(shorter: str, longer: str) -> bool:
    """Whether the letters of one name stand in another in their order: "Thos" for Thomas."""
    rest = iter(longer)
    return all(letter in rest for letter in shorter)


@lru_cache(maxsize=1)
def _forms() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(names) for names in tables()["persons"]["forms"])


@lru_cache(maxsize=4096)
def _persons(fact: Fact) -> tuple[_Person, ...]:
    """The persons whom a fact names by given and family name."""
    out = []
    known = plain_words() | titles()
    for match in _PERSON.finditer(fact.text):
        turned = match["family"] is not None
        first, last = ("given", "family") if turned else ("first", "last")
        given, family = fold(match[first]), fold(match[last])
        if {given, family} & known or given in _ranks() or family in _ranks():
            continue
        start, end = min(match.start(first), match.start(last)), max(match.end(first), match.end(last))
        before, behind = fact.text[max(0, start - BESIDE) : start], fact.text[end : end + BESIDE]
        apposed = re.split(r"[.;:]", behind)[0] if behind[:1] in ",( " else ""
        near = re.split(r"[.;:](?=\s+[^\W\d_]{4})", before)[-1]
        kin = (
            _KIN.search(apposed[:18]) is not None
            or re.search(rf"{_KIN.pattern}\s+$", before, re.I) is not None
        )
        out.append(
            _Person(
                given,
                family,
                (fact.start + start, fact.start + end),
                _offices(near) | _offices(apposed),
                frozenset(_NUMBER.findall(near)),
                kin,
            )
        )
    return tuple(out)


def _offices(words: str) -> frozenset[str]:
    """Words of rank and office, ranks in full."""
    found = (fold(w) for w in re.findall(r"[^\W\d_]{2,}", words))
    return frozenset(
        _ranks().get(w, stem(w)) for w in found if w not in plain_words() and not _KIN.fullmatch(w)
    )


@lru_cache(maxsize=1)
def _ranks() -> dict[str, str]:
    """Ranks and their short forms, each with the rank in full."""
    return {form: forms[0] for forms in tables()["persons"]["ranks"] for form in forms}
