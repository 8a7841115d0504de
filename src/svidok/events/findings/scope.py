"""Of what a count is: of all that a happening brought, of what one witness saw of it, or of a stock.

A witness who counts the dead of one lane says nothing of all the dead; how many people shelter in a camp
changes from week to week; "killed or wounded" adds up two fates. Such counts exclude no other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from svidok.events.findings.facts import Fact
from svidok.events.findings.similar import disjoint
from svidok.events.findings.vocabulary import pattern, tables
from svidok.records import Quantity

__all__ = ["of_two_wholes"]

_STOPS = re.compile(r"[.;:—–!?]|,\s+(?:and|but|while|whereas|where|who|which)\b")
REACH = 80
"""Characters on either side of a count in which its clause tells of what part it is."""
STOCK_DAYS = 400
"""Days between two reports beyond which what they tell of the past is not known to be of two days."""


def of_two_wholes(a: Fact, q: Quantity, b: Fact, r: Quantity) -> bool:
    """Whether two counts that differ can both be true, since they are not of one whole.

    Args:
        a: the fact of the count ``q``.
        b: the fact of the count ``r``.
    """
    if (_witness(a, q) and _fewer(q, r)) or (_witness(b, r) and _fewer(r, q)):
        return True
    if _part(a, q) != _part(b, r) or _fates(a, q) != _fates(b, r):
        return True
    return _stock(a, q) and _stock(b, r) and _two_days(a, b)


def _fewer(q: Quantity, r: Quantity) -> bool:
    return (q.low or 0.0) <= (r.high if r.high is not None else float("inf"))


def _clause(fact: Fact, q: Quantity) -> tuple[str, str]:
    """The words before and behind a count in its clause."""
    start, end = max(0, q.start - fact.start), max(0, q.end - fact.start)
    before = _STOPS.split(fact.text[max(0, start - REACH) : start])[-1] or ""
    return before, _STOPS.split(fact.text[end : end + REACH])[0] or ""


def _witness(fact: Fact, q: Quantity) -> bool:
    """Whether somebody counts only what he saw himself: "I counted nine bodies"."""
    found = list(pattern("scopes", "witness").finditer(_clause(fact, q)[0]))
    return bool(found) and len(_clause(fact, q)[0]) - found[-1].end() <= WITNESS_REACH


WITNESS_REACH = 24
"""Characters between "I counted" and the count: "I counted with my brother nine bodies"."""


def _part(fact: Fact, q: Quantity) -> frozenset[str]:
    """The parts of a place or force that a count is of: "in our lane", "my battalion"."""
    clause = " ".join((*_clause(fact, q)[:1], q.text, _clause(fact, q)[1]))
    return frozenset(m["part"].casefold().removesuffix("s") for m in _parts().finditer(clause)) | frozenset(
        {"alone"} if _ALONE.search(clause) else ()
    )


_ALONE = re.compile(r"\b(?:in|on|from|at|of)\s+(?:[\w’'-]+\s+){1,5}alone\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _parts() -> re.Pattern[str]:
    nouns = "|".join(tables()["scopes"]["parts"])
    return re.compile(
        r"\b(?:our|my|one|this|a single|the next|the other)\s+(?:own\s+|(?!own)[\w-]+\s+)?"
        rf"(?P<part>{nouns})\b(?!['’]s)",
        re.IGNORECASE,
    )


def _fates(fact: Fact, q: Quantity) -> bool:
    """Whether a count adds up two fates: "burned or damaged", "killed and wounded"."""
    return pattern("scopes", "two_fates").search(f"{q.text}{_clause(fact, q)[1]}") is not None


def _stock(fact: Fact, q: Quantity) -> bool:
    """Whether a count is of those who are somewhere at a time, which changes: "now shelters 17,500"."""
    if q.kind not in {"people", "units"} or q.fate in {"killed", "wounded"}:
        return False
    before, after = _clause(fact, q)
    holds = any(not before[m.end() :].strip(" ,") for m in pattern("scopes", "holds").finditer(before))
    held = pattern("scopes", "held").search(after)
    return holds or (held is not None and held.start() <= HELD_REACH)


HELD_REACH = 40
"""Characters behind a count in which it is told that those counted are staying."""


def _two_days(a: Fact, b: Fact) -> bool:
    """Whether two facts tell of two days: by their words, else by the days of their reports."""
    if a.dated and b.dated:
        return disjoint(a, b)
    if a.published is None or b.published is None:
        return False
    return 0 < abs(a.published - b.published) <= STOCK_DAYS
