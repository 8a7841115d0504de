"""Where a clause puts what it tells, by its words: the town by name, and the spot in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sites import NAME
from svidok.events.findings.vocabulary import plain_words, tables, titles

__all__ = ["Whereabouts", "only_passed", "told_at"]

_AT = r"(?:in(?: front of)?|at|near|outside|inside|on|above|below|before|behind|by|under|beside|off|around)"
_INTO = r"(?:of|at|in|near|outside|above|below|behind|called|from|to|on)"


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Names of places, folded, and the nouns of the spots there; ``apart`` those told to lie elsewhere."""

    names: frozenset[str]
    spots: frozenset[str]
    apart: frozenset[str]


@lru_cache(maxsize=1)
def _phrase() -> re.Pattern[str]:
    """ "In the farmhouse of the widow Nel at Rietkuil": a preposition, words, and names joined by others."""
    return re.compile(
        rf"\b(?P<at>{_AT})\s+(?P<words>(?:[a-zà-ž][\w’'-]*\s+){{0,7}}?)(?P<name>{NAME})"
        rf"(?P<more>(?:\s+(?:farm|house|street|bridge|church|mill))?(?:,?\s+{_INTO}\s+(?:the\s+)?{NAME})*)"
    )


_NOT_THERE = re.compile(
    r"(?:\b(?:born|raised|baptised|educated|buried|brought|taken|carried|moved|served|battle|siege|arrived)\s+"
    r"(?:[a-z]+\s+){0,4})$"
)
_BATTLE = re.compile(r"\b(?:battle|siege|campaign|offensive|retreat|road|way)\b")
_PASSED = re.compile(
    r"\b(?:left|leaving|quit|from|fled|"
    r"(?:battle|siege|campaign|offensive|retreat|fall|relief) of)\s+(?:the\s+)?$"
)
_ELSEWHERE = re.compile(
    rf"\b(?:leagues?|miles?|km|kilomet(?:re|er)s?|hours?['’]?|days?['’]?s?|(?:ride|march|walk|journey|drive)|far|away)\s+"
    rf"(?:[a-z]+\s+){{0,2}}?from\s+(?:[a-z]+\s+){{0,4}}(?P<name>{NAME})"
)


@lru_cache(maxsize=8192)
def told_at(fact: Fact) -> Whereabouts:
    """Where a fact puts what it tells."""
    names: set[str] = set()
    spots: set[str] = set()
    for match in _phrase().finditer(fact.text):
        if _NOT_THERE.search(fact.text[: match.start()]) or _BATTLE.search(match["words"]):
            continue
        found = [match["name"], *re.findall(NAME, match["more"])]
        told = [n for n in found if not _other(n, fact)]
        if told:
            names.add(fold(told[-1]))
            spots |= _spots(match["words"] + match["more"])
    for match in _spot().finditer(fact.text):
        spots |= _spots(match["words"])
    apart = frozenset(fold(m["name"]) for m in _ELSEWHERE.finditer(fact.text))
    return Whereabouts(frozenset(names) - apart, frozenset(spots), apart)


@lru_cache(maxsize=1)
def _spot() -> re.Pattern[str]:
    """ "In front of the pharmacy": a spot without a name."""
    nouns = "|".join(sorted(_kinds()))
    return re.compile(
        rf"\b{_AT}\s+(?:the|an?|his|her|its|their|our)\s+(?P<words>(?:[a-z-]+\s+){{0,2}}?(?:{nouns}))\b"
    )


def only_passed(fact: Fact) -> bool:
    """Whether every place that a fact names is one that was left, or gave a battle its name."""
    before = (fact.text[: max(0, s.start - fact.start)] for s in fact.sites)
    return bool(fact.sites) and all(_PASSED.search(words) for words in before)


def _other(name: str, fact: Fact) -> bool:
    """Whether a name is of a day or a person and no place's."""
    words = [fold(w) for w in name.split()]
    return words[0] in plain_words() or words[0] in titles() or bool({stem(w) for w in words} & fact.people)


def _spots(words: str) -> frozenset[str]:
    """The kinds of spot that words name: "the steps of the parish church" is a church."""
    kinds = _kinds()
    return frozenset(kinds[w] for w in re.findall(r"[a-z]+", words) if w in kinds)


@lru_cache(maxsize=1)
def _kinds() -> dict[str, str]:
    """Nouns of spots, each with the first noun of its group."""
    return {noun: group[0] for group in tables()["spots"]["groups"] for noun in group}
