"""Lasting happenings with what a text tells of their beginning and their end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.days import interval
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, dates_in, telling
from svidok.events.findings.vocabulary import pattern, plain_words, tables
from svidok.records import Place, Time

__all__ = ["Whole", "flat", "named_wholes", "whole_nouns", "wholes_of"]


@lru_cache(maxsize=1)
def whole_nouns() -> re.Pattern[str]:
    """The nouns of happenings that last."""
    return re.compile(rf"\b({'|'.join(tables()['wholes']['nouns'])})\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def named_wholes() -> re.Pattern[str]:
    """A whole with its name: "the Warsaw Rising", "the siege of Leningrad"."""
    nouns = "|".join(tables()["wholes"]["nouns"])
    return re.compile(
        rf"\b(?P<before>[A-Z][\w’-]+)\s+(?i:{nouns})\b|"
        rf"\b(?i:{nouns})\s+(?:of|for|at)\s+(?:the\s+)?(?P<after>[A-Z][\w’-]+)"
    )


_PLANNED = re.compile(
    r"\b(?:will|would|could|might|(?-i:may)|should|plans? to|planned to|is to|are to|if)\b", re.IGNORECASE
)


_FROM_TO = re.compile(
    r"\b(?:lasted|ran|runs|is to run|raged|went on|dragged on|took place|was fought|held|continued|stretched|"
    r"was waged)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Whole:
    """A lasting happening with what the text tells of its beginning and its end."""

    noun: str
    place: Place | None
    names: frozenset[str]
    low: int | None
    high: int | None
    fact: Fact
    words: str
    exact: bool
    at: int = 0


def flat(noun: str) -> str:
    """The noun that stands for all that mean one kind of whole.

    >>> flat("Rising"), flat("cease-fire"), flat("investment")
    ('uprising', 'ceasefire', 'siege')
    """
    plain = re.sub(r"\W", "", noun.casefold())
    return next((group[0] for group in tables()["wholes"]["same"] if plain in group), plain)


def wholes_of(dossier: Dossier, fact: Fact, since: int = 0) -> Iterator[Whole]:
    """Wholes with bounds that one fact gives: from-to, ended, or began.

    ``since`` is where, in its text, the sentence begins that gives them.
    """
    nouns = list(whole_nouns().finditer(fact.text))
    if not nouns or _PLANNED.search(fact.text):
        return
    dates = dates_in(dossier.views[fact.document][fact.sentence], fact.start, fact.end)
    noun = nouns[0]
    if not dates or fact.text[: noun.start()].count(",") > 2:
        return
    inside = pattern("patterns", "inside").search(fact.text[: noun.end()])
    if inside and inside.start() < noun.start() and noun.start() - inside.end() < 40:
        return
    low, high = _bounds(fact, noun, telling(dates), since)
    if low is None and high is None:
        return
    place, names = _called(fact, noun)
    words = " ".join(fact.text[dates[0].start - fact.start : dates[-1].end - fact.start].split())
    yield Whole(
        noun.group(1).casefold(),
        place,
        names,
        low,
        high,
        fact,
        words,
        low is not None and high is not None,
        noun.start(),
    )


def _bounds(fact: Fact, noun: re.Match[str], dates: list[Time], since: int) -> tuple[int | None, int | None]:
    after = fact.text[max(noun.end(), since) :]
    first, last = dates[0], dates[-1]
    spans = [interval(t.earliest, t.latest) for t in dates]
    if _FROM_TO.search(after):
        if len(dates) == 1 and spans[0][0] != spans[0][1]:
            return spans[0]
        if len(dates) == 2 and re.search(
            r"\b(to|until|till|and|through|[–—-])\b|[–—]", _between(fact, first, last)
        ):
            return spans[0][0], spans[1][1]
    ended, began = pattern("wholes", "ended").search(after), pattern("wholes", "began").search(after)
    if ended and began and len(dates) == 2:
        return (spans[0][0], spans[1][1]) if began.start() < ended.start() else (spans[1][0], spans[0][1])
    if len(dates) == 1 and ended and not began and dates[0].start > fact.start + noun.start():
        return None, spans[0][1]
    if len(dates) == 1 and began and not ended and dates[0].start > fact.start + noun.start():
        return spans[0][0], None
    if len(dates) == 1 and _opens_clause(fact, noun, dates[0]):
        if began and not ended and _LINKED.match(after[: began.start()]):
            return spans[0][0], None
        if ended and not began and _LINKED.match(after[: ended.start()]):
            return None, spans[0][1]
    return None, None


_LEADS = re.compile(
    r"(?:\s*,)?\s*(?:(?:on|at) which\s+|when\s+|that\s+|came\s+)?(?:the|our|their|a)?\s*"
    r"(?:[A-Z][\w’-]+\s+){0,3}"
)


_LINKED = re.compile(
    r"(?:\s+(?:of|for|at|on|against)\s+(?:the\s+)?[A-Z][\w’-]+)?\s+(?:had\s+|has\s+|was\s+|at last\s+)*$"
)


def _opens_clause(fact: Fact, noun: re.Match[str], date: Time) -> bool:
    """Whether a date stands right before a whole: "1 August 1944, on which the Warsaw Rising began"."""
    gap = fact.text[date.end - fact.start : noun.start()]
    return date.end - fact.start <= noun.start() and _LEADS.fullmatch(gap) is not None


def _between(fact: Fact, first: Time, last: Time) -> str:
    return fact.text[first.end - fact.start : last.start - fact.start]


def _called(fact: Fact, noun: re.Match[str]) -> tuple[Place | None, frozenset[str]]:
    """The place that a whole is named after, and the words of its name."""
    at = fact.start + noun.start()
    near = [p for p in fact.places if -40 <= p.start - at <= 60]
    place = min(near, key=lambda p: abs(p.start - at), default=None)
    names = {fold(w) for p in near for w in (p.text, p.name or "") if w}
    for title in named_wholes().finditer(fact.text):
        if title.start() <= noun.start() <= title.end():
            names |= {fold(title["before"] or title["after"])} - plain_words()
    return place, frozenset(names)
