"""A total so far that falls as time goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.events.atoms import fold, place_key, words
from svidok.events.days import first_day, interval
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, is_date
from svidok.events.findings.quantity import partial
from svidok.events.findings.say import date_words, number
from svidok.events.findings.similar import alike, same_spot, spots_apart
from svidok.events.findings.vocabulary import counts_on, pattern
from svidok.records import Finding, Quantity, Time

__all__ = ["Total", "check", "totals"]


@dataclass(frozen=True, slots=True)
class Total:
    """A total so far, the day it holds for, and its words."""

    quantity: Quantity
    day: int
    fact: Fact


def check(dossier: Dossier) -> Iterator[Finding]:
    """Totals of one thing that are lower on a later day."""
    told = [t for f in dossier.facts for t in totals(dossier, f)]
    by_thing: dict[tuple[str | None, str | None], list[Total]] = {}
    for total in told:
        by_thing.setdefault((total.quantity.what, total.quantity.kind), []).append(total)
    for key in sorted(by_thing, key=str):
        ordered = sorted(
            by_thing[key], key=lambda t: (t.day, t.fact.document, t.fact.start, t.quantity.start)
        )
        for index, early in enumerate(ordered):
            for late in ordered[index + 1 : index + 40]:
                if late.day > early.day and _falls(early, late) and _one_count(dossier, early, late):
                    yield _finding(dossier, early, late)
                    break


def totals(dossier: Dossier, fact: Fact) -> Iterator[Total]:
    """The totals so far that a fact gives, with the day each holds for."""
    if not fact.real or pattern("patterns", "revised").search(fact.text):
        return
    said = counts_on(fact.text)
    for q in fact.quantities:
        if q.kind not in {"people", "equipment", "places", "events", None} or (
            q.cumulative is False and not said
        ):
            continue
        if not (q.cumulative or said) or _of_a_day(fact, said=said):
            continue
        day = _as_of(dossier, fact)
        if day is not None:
            yield Total(q, day, fact)


def _of_a_day(fact: Fact, *, said: bool) -> bool:
    """Whether a fact counts what a day or a week brought; "today" can be only the day of the telling."""
    spans = (m.group(0) for m in pattern("patterns", "daily").finditer(fact.text))
    return any(not (said and pattern("patterns", "told_on").fullmatch(span)) for span in spans)


_AS_OF = re.compile(
    r"\b(?:as of|as at|by|until|till|up to|to|through|on)\s+(?:the\s+)?(?:(?:morning|evening|end) of\s+)?$",
    re.I,
)
_SINCE = re.compile(
    r"\b(?:since|from|after|starting)\s+(?:the\s+)?(?:(?:same|very)\s+(?:day|date|start),?\s+)?(?:the\s+)?$|"
    r"\bsince\s+[^,.;:]{3,50}?\s(?:on\s+)?(?:the\s+)?$",
    re.I,
)
""" "Since 1 March", and "since the siege closed round us on 1 March"."""


def _as_of(dossier: Dossier, fact: Fact) -> int | None:
    """The day for which a total holds: "as of", "by", "until" a date, else the only date, else that of
    publication."""
    text = dossier.by_document[fact.document].document.text
    found: list[int] = []
    for time, before in _dates(dossier, fact):
        high = interval(time.earliest, time.latest)[1]
        if _SINCE.search(before):
            continue
        opening = text[time.start : time.start + 8].casefold()
        if high is None:
            high = first_day(time.latest)
        if high is not None and (
            _AS_OF.search(before) or opening.startswith(("as of", "by ", "until", "up to"))
        ):
            found.insert(0, high)
        elif high is not None:
            found.append(high)
    return found[0] if found else fact.published


def _falls(early: Total, late: Total) -> bool:
    low = early.quantity.low
    high = late.quantity.high
    if low is None or high is None or late.quantity.bound == "at_least":
        return False
    slack = 0.9 if "about" in (early.quantity.bound, late.quantity.bound) else 0.999
    return high < low * slack


def _one_count(dossier: Dossier, early: Total, late: Total) -> bool:
    a, b = early.fact, late.fact
    if (early.quantity.fate or late.quantity.fate) and early.quantity.fate != late.quantity.fate:
        return False
    if (spots_apart(a, b) is not None and not _one_name(a, b)) or (
        a.target_sides and b.target_sides and not a.target_sides & b.target_sides
    ):
        return False
    if _other_extent(a, b):
        return False
    if a.speaker and b.speaker and not words(a.speaker) & words(b.speaker):
        return False
    if partial(a, early.quantity) or partial(b, late.quantity) or _other_counters(dossier, a, b):
        return False
    if late.day - early.day > LONGEST and not same_spot(a, b) and not a.anchors & b.anchors:
        return False
    if bool(_OF_ONE.search(a.text)) != bool(_OF_ONE.search(b.text)):
        return False
    begun = [_begun(dossier, f) for f in (a, b)]
    if None not in begun and begun[0] != begun[1]:
        return False
    likeness = alike(a, b)
    placed = same_spot(a, b) or bool(_lands(a) & _lands(b)) or None not in begun
    return likeness >= 0.5 or (likeness >= 0.3 and placed and bool(a.concepts & b.concepts))


def _other_extent(a: Fact, b: Fact) -> bool:
    """Whether one total is of a land or region, and the other of a town of another name or of its town."""
    own = [[p.kind in _WIDE for p in f.narrow if f.start <= p.start < f.end] for f in (a, b)]
    wide = [all(kinds) for kinds in own if kinds]
    if len(wide) == 2 and wide[0] != wide[1] and not _one_name(a, b):
        return True
    of_land, of_town = (
        [pattern("scopes", name).search(f.text) is not None for f in (a, b)] for name in ("lands", "towns")
    )
    return of_land[0] != of_land[1] and of_town[0] != of_town[1] and of_land[0] != of_town[0]


_WIDE = frozenset({"country", "region"})


def _one_name(a: Fact, b: Fact) -> bool:
    """Whether both totals are of one land by its name, wherever each was put: "Gaza", "the Gaza Strip"."""
    return bool(_first_words(a) & _first_words(b))


def _first_words(fact: Fact) -> frozenset[str]:
    return frozenset(fold(p.text).split()[0] for p in fact.narrow if len(p.text) >= NAME_LENGTH)


NAME_LENGTH = 4
_OF_ONE = re.compile(
    r"\b(?:toll|deaths?|dead|killed|wounded|injured|victims)\s+(?:from|in|of|by)\s+(?:the|an?|that|this|[A-Z]\w+['’]s)\s+"
    r"(?:[\w-]+\s+){0,3}?(?:strikes?|attacks?|bombings?|blasts?|explosions?|raids?|shelling|crash|massacre|fire)\b",
    re.IGNORECASE,
)
"""The toll of one blow, which is no part of a count that goes on."""
SINCE_REACH = 64
"""Characters before a date in which "since" or "as of" stands."""
LONGEST = 400
"""Days between two totals of which nothing but their words tells that they are of one war."""


def _begun(dossier: Dossier, fact: Fact) -> int | None:
    """The day from which a total counts ("since 10 May"), if the words give one day."""
    for time, before in _dates(dossier, fact):
        exact = any(c.isdigit() for c in time.text)
        if exact and (_SINCE.search(before) or time.text.casefold().startswith("since ")):
            return first_day(time.earliest)
    return None


def _dates(dossier: Dossier, fact: Fact) -> Iterator[tuple[Time, str]]:
    """The dates of a fact's sentence, each with the words of the sentence just before it."""
    reading = dossier.by_document[fact.document]
    sentence = dossier.sentence(fact)
    for time in reading.times:
        if sentence.start <= time.start and time.end <= sentence.end and is_date(time):
            yield time, reading.document.text[max(sentence.start, time.start - SINCE_REACH) : time.start]


_THEY = re.compile(r"\b(?:they|it|he|she|we)\b", re.IGNORECASE)


def _other_counters(dossier: Dossier, a: Fact, b: Fact) -> bool:
    """Whether what was done is the work of one organisation in one, and in the other not told to be."""
    work = [
        {
            x.name or x.text
            for c in f.claims
            for x in dossier.claims[c].actors
            if x.kind == "organisation" and not _THEY.fullmatch(x.text)
        }
        for f in (a, b)
    ]
    if work[0] and work[1]:
        return not work[0] & work[1]
    silent = b if work[0] else a
    return bool(work[0] or work[1]) and _THEY.search(silent.text) is None


def _lands(fact: Fact) -> frozenset[str]:
    return frozenset(place_key(p) for p in fact.places if p.kind == "country")


def _finding(dossier: Dossier, early: Total, late: Total) -> Finding:
    left, right = number(early.quantity), number(late.quantity)
    return Finding(
        "cumulative",
        "medium",
        f"A total that can only grow falls: {left} ({date_words(dossier, early.fact)}), then {right} "
        f"({date_words(dossier, late.fact)}).",
        (dossier.words(early.fact, left), dossier.words(late.fact, right)),
        f"{(early.quantity.low or 0) - (late.quantity.high or 0):.15g}",
    )
