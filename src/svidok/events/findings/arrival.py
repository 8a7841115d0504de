"""The first of a force to come to a place on one day, and the same force told of there before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.say import date_words, days_apart, where
from svidok.events.findings.vocabulary import pattern, plain_words
from svidok.records import Finding

__all__ = ["check"]

LONG_BEFORE = 200
"""Days before a first coming beyond which another stay of the same force is meant."""
_CAPITAL = re.compile(r"(?<![.!?]\s)(?<!^)(?<![\w-])[^\W\d_a-z][^\W\d_]+")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Comings that are told as the first, though the same force is told of at the place before."""
    firsts = [f for f in dossier.facts if _first(f)]
    for first in firsts:
        for early in dossier.facts:
            if _before(first, early):
                when, then = date_words(dossier, first), date_words(dossier, early)
                yield Finding(
                    "order",
                    "medium",
                    f"The first to come to {where(first) or 'the place'} are told to have come on {when}, "
                    f"but are told of there on {then}.",
                    (dossier.words(early, then), dossier.words(first, when)),
                    days_apart((first.low or 0) - (early.high or 0)),
                )


def _first(fact: Fact) -> bool:
    return (
        not fact.negated and fact.dated and fact.low is not None and fact.low == fact.high
        and bool(fact.sites) and any(
            pattern("order", name).search(fact.text) for name in ("first_coming", "not_before")
        )
    )  # fmt: skip


def _before(first: Fact, early: Fact) -> bool:
    """Whether a fact tells of the same force at the same place before it is said to have come."""
    if not early.real or not early.dated or early.high is None or early.low is None or first.low is None:
        return False
    if not 0 < first.low - early.high <= LONG_BEFORE or not _there(first, early):
        return False
    if pattern("order", "vanguard").search(early.text):
        return False
    return bool(_force(first) & _force(early))


def _there(first: Fact, early: Fact) -> bool:
    """Whether a fact plays at the place that was come to, or names it."""
    names = (re.escape(fold(s.name)) for s in first.sites)
    return bool(first.keys & early.keys) or any(
        re.search(rf"(?<!\w){n}(?!\w)", fold(early.text)) for n in names
    )


def _force(fact: Fact) -> frozenset[str]:
    """The stems of the names that a fact gives, without those of its places and of months and days."""
    spots = {w for s in fact.sites if s.place is not None for w in fold(s.name).split()} | {
        w for p in fact.places for w in fold(p.text).split()
    }
    words = (m.group(0) for m in _CAPITAL.finditer(fact.text))
    return frozenset(stem(w) for w in words if fold(w) not in spots and fold(w) not in plain_words())
