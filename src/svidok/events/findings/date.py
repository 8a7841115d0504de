"""Different dates for one happening."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.say import date_words, days_apart, subject
from svidok.events.findings.similar import alike, apart_days, contrasted, same_spot, spots_apart
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding

__all__ = ["check"]

_SINGULAR = frozenset(
    {"kill", "capture", "destroy", "deal", "fire", "withdraw", "found", "detain", "declare", "release"}
)
_RECURRING = frozenset({"fire", "fight", "kill", "hurt"})
_TITLED = re.compile(
    r"\b(massacre|battle|siege|fall|bombing|liberation|agreement|treaty|uprising|landings?|genocide)\b", re.I
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts of one happening whose dates do not touch."""
    for a, b in dossier.pairs:
        days = apart_days(a, b)
        if not days or not (a.dated and b.dated) or not (a.real and b.real):
            continue
        if not _one_happening(a, b, days) or _phase(a) != _phase(b):
            continue
        left, right = date_words(dossier, a), date_words(dossier, b)
        yield Finding(
            "date",
            "high" if days > 300 else "medium",
            f"{_cap(subject(a, b))} is dated to {left} in one place and to {right} in another.",
            (dossier.words(a, left), dossier.words(b, right)),
            days_apart(days),
        )


def _one_happening(a: Fact, b: Fact, days: int) -> bool:
    shared = a.concepts & b.concepts
    if not shared or spots_apart(a, b) is not None or contrasted(a, b):
        return False
    titled = _titles(a) & _titles(b)
    if titled:
        return True
    if not shared & _SINGULAR:
        return False
    score = alike(a, b)
    names = a.anchors & b.anchors
    if same_spot(a, b):
        if shared & _RECURRING and not shared - _RECURRING:
            return (score >= 0.6 and len(a.tokens & b.tokens) >= 3) or (bool(names) and score >= 0.45)
        if "capture" in shared:
            agree = not (a.sides and b.sides) or bool(a.sides & b.sides)
            return agree and score >= 0.5 and _retake(a) == _retake(b)
        return score >= 0.5
    return bool(names) and score >= 0.6 and len(a.tokens & b.tokens) >= 3


def _titles(fact: Fact) -> frozenset[str]:
    """Named happenings of a fact: "massacre srebrenica", however worded."""
    words = {m.group(1).casefold().rstrip("s") for m in _TITLED.finditer(fact.text)}
    if not words or len(fact.places) > 2:
        return frozenset()
    out = set()
    for place in fact.places:
        if place.kind in {"country", "region"}:
            continue
        name = re.escape(place.text)
        for word in words:
            near = re.search(
                rf"\b{name}\W+{word}|{word}s?\s+(?:of|at|in|for)\s+(?:the\s+)?{name}", fact.text, re.I
            )
            if near:
                out.add(f"{word} {fold(place.name or place.text)}")
    return frozenset(out)


def _retake(fact: Fact) -> bool:
    return pattern("patterns", "regain").search(fact.text) is not None


def _phase(fact: Fact) -> str:
    start = pattern("patterns", "start").search(fact.text)
    end = pattern("patterns", "end").search(fact.text)
    return "both" if start and end else "start" if start else "end" if end else ""


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
