"""The words by which findings compare reports, compiled once from ``atlas/data/findings.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from svidok.errors import BadData

__all__ = [
    "camp",
    "concept_spans",
    "concepts_of_type",
    "concepts_of_words",
    "counts_on",
    "either",
    "order_pairs",
    "pattern",
    "plain_words",
    "tables",
    "titles",
    "vague_actors",
]

_FILE = "atlas/data/findings.toml"


@lru_cache(maxsize=1)
def tables() -> dict[str, Any]:
    """The whole file as it stands."""
    return tomllib.loads((files("svidok") / _FILE).read_text(encoding="utf-8"))


def either(listed: Sequence[str]) -> re.Pattern[str]:
    """A pattern that matches any of these as whole words, case ignored; the longest first."""
    try:
        ordered = sorted(listed, key=lambda w: (-len(w), w))
        return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", re.IGNORECASE)
    except re.error as error:
        raise BadData(f"not a regular expression: {error}", where=_FILE, remedy="mend the file") from error


@lru_cache(maxsize=64)
def pattern(table: str, name: str) -> re.Pattern[str]:
    """One list of words as a pattern.

    Raises:
        BadData: the list is missing.

    >>> bool(pattern("patterns", "nobody").search("Nobody was hurt"))
    True
    """
    try:
        return either(tables()[table][name])
    except KeyError as error:
        raise BadData(f"no list {table}.{name}", where=_FILE, remedy="mend the file") from error


@lru_cache(maxsize=1)
def _concepts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    idioms = tables()["idioms"]
    return tuple(
        (name, either([*listed, *idioms.get(name, ())]))
        for name, listed in sorted(tables()["concepts"].items())
    )


@lru_cache(maxsize=65536)
def concepts_of_words(words: str) -> frozenset[str]:
    """The families of happenings that a stretch of text can tell of.

    >>> sorted(concepts_of_words("The massacre at the market"))
    ['kill']
    """
    return frozenset(name for name, listed in _concepts() if listed.search(words))


def concept_spans(words: str, family: str) -> list[tuple[int, int]]:
    """Where a stretch of text names happenings of one family.

    >>> concept_spans("Two died and six were killed", "kill")
    [(4, 8), (22, 28)]
    """
    return [m.span() for name, listed in _concepts() if name == family for m in listed.finditer(words)]


def concepts_of_type(code: str) -> frozenset[str]:
    """The families that a claim type belongs to."""
    return frozenset(tables()["types"].get(code, ()))


@dataclass(frozen=True, slots=True)
class OrderPair:
    """What must come first, what can only come then, and how the breach is called.

    ``person`` tells that both befall one person, who can be known by name wherever it happens.
    """

    first: re.Pattern[str]
    then: re.Pattern[str]
    what: str
    same_actor: bool
    within_days: int
    person: bool


@lru_cache(maxsize=1)
def order_pairs() -> tuple[OrderPair, ...]:
    """Every pair of happenings with only one order."""
    return tuple(
        OrderPair(
            either([p["first"]]),
            either([p["then"]]),
            p["what"],
            p.get("same_actor", False),
            p.get("within_days", 0),
            p.get("person", False),
        )
        for p in tables()["order"]["pairs"]
    )


@lru_cache(maxsize=65536)
def another(words: str) -> bool:
    """Whether a stretch of text says that it tells of another happening of its kind.

    >>> another("a second strike hit the depot"), another("the third general to die")
    (True, False)
    """
    words = _ONLY_ONE.sub(" ", words)
    for mark in pattern("patterns", "again").finditer(words):
        if concepts_of_words(words[max(0, mark.start() - 30) : mark.end() + 25]):
            return True
    return _another().search(words) is not None


@lru_cache(maxsize=65536)
def counts_on(words: str) -> bool:
    """Whether a stretch of text counts from some day on, and does not only compare with what was since.

    >>> counts_on("since 1 March 40 died"), counts_on("the biggest raid since March killed 40")
    (True, False)
    """
    return pattern("patterns", "since").search(_COMPARED.sub(" ", words)) is not None


_COMPARED = re.compile(
    r"\b(?:first|last|only|worst|most|[a-z]{3,}est)\b[^.;,]{0,40}?\bsince\s+(?:the\s+)?[\w’'-]+",
    re.IGNORECASE,
)
_ONLY_ONE = re.compile(
    r"\bfor the first time\b|\b(?:any|no) other\b|\bon the (?:very )?first (?:day|night)\b", re.IGNORECASE
)
"""What happens for the first time, "on the first day" or "on any other day" is not another one."""


@lru_cache(maxsize=1)
def _another() -> re.Pattern[str]:
    marks = "|".join(tables()["patterns"]["contrast"])
    nouns = "|".join(tables()["counted"]["words"])
    return re.compile(rf"\b(?:{marks})\s+(?:[\w-]+\s+){{0,2}}?(?:{nouns})\b", re.IGNORECASE)


@lru_cache(maxsize=65536)
def objects_of(words: str) -> frozenset[str]:
    """The things, by their folded nouns, that a stretch of text speaks of.

    >>> sorted(objects_of("Planes hit the bridges"))
    ['bridge', 'plane']
    """
    found = (_single(m.group(0)) for m in pattern("objects", "words").finditer(words))
    return frozenset(_same_things().get(noun, noun) for noun in found)


@lru_cache(maxsize=1)
def _same_things() -> dict[str, str]:
    """Nouns by which two reports call one thing, and the first of each group that stands for all."""
    return {noun: group[0] for group in tables()["objects"]["same"] for noun in group[1:]}


def _single(word: str) -> str:
    word = word.casefold()
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "sses", "buses")):
        return word[:-2]
    return (
        word[:-1]
        if word.endswith("s") and not word.endswith(("ss", "us", "headquarters", "barracks"))
        else word
    )


@lru_cache(maxsize=1)
def vague_actors() -> frozenset[str]:
    """Stems of words that name nobody: men, troops, occupiers."""
    from svidok.events.findings.facts import stem

    return frozenset(stem(word) for word in tables()["actors"]["vague"])


def camp(words: str) -> str | None:
    """Whether words name a government's people ("state"), those who fight it ("rebels") or a militia.

    >>> camp("opposition fighters"), camp("the national army"), camp("the men")
    ('rebels', 'state', None)
    """
    return next((c for c in ("rebels", "state", "militia") if pattern("camps", c).search(words)), None)


@lru_cache(maxsize=1)
def plain_words() -> frozenset[str]:
    """Words that say nothing of which happening is meant: function words, months, weekdays..."""
    return frozenset(w for line in tables()["plain"].values() for w in line.split())


@lru_cache(maxsize=1)
def titles() -> frozenset[str]:
    """Words of titles and offices, which are no names."""
    return frozenset(tables()["titles"]["words"].split())
