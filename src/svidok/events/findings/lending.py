"""Days that a stretch of text has from elsewhere: from the heading of a diary, from the years of its war."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from svidok.events.atoms import fold
from svidok.events.days import first_day, iso_day
from svidok.events.findings.facts import Fact, stem
from svidok.records import Reading, Time

__all__ = ["YEAR", "headed", "of_their_war", "pointing_back", "told_when", "until_then", "with_years"]

YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
"""A year as a report writes it."""
_MONTH = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|March|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|"
    r"Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b"
)
_HEADS = re.compile(r"\s*[.:–—]")
LOOKS_BACK = 2
"""Years between what the other reports tell and a report that must be looking back on it."""


_NO_YEAR = re.compile(r"XXXX(?P<day>-\d\d-\d\d)(?!\d)")
_PROPER = re.compile(r"(?<=[\w,;] )[^\W\d_a-z][\w’'-]{2,}")
MANY = 12
"""From so many reports on, those without a day of their own are not taken to tell of the others' year."""


def with_years(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Give days without a year, in a report that has no date of its own, the year of the other reports.

    A letter or diary of unknown date tells "11 March"; the report beside it, which speaks of the same name,
    tells of 1902. Of several years the one is taken that brings the day nearest to a day told.
    """
    undated = [r.document.id for r in readings if r.document.published is None]
    if not undated or not 1 < len(readings) <= MANY:
        return tuple(readings)
    days = {r.document.id: [first_day(t.earliest) for t in r.times] for r in readings}
    names = {r.document.id: frozenset(fold(w) for w in _PROPER.findall(r.document.text)) for r in readings}
    out = []
    for reading in readings:
        if (id := reading.document.id) in undated:
            kin = [name for name in days if name != id and names[name] & names[id]]
            known = [day for name in kin for day in days[name] if day is not None]
            reading = replace(reading, times=tuple(_in_year(t, known) for t in reading.times))
        out.append(reading)
    return tuple(out)


def _in_year(time: Time, days: Sequence[int]) -> Time:
    """A day without a year, in the year that brings it near to a day told."""
    match = _NO_YEAR.match(time.value or "") if time.earliest is None and time.latest is None else None
    if match is None:
        return time
    moved = [first_day(f"{year}{match['day']}") for year in sorted({iso_day(d)[:4] for d in days})]
    near = [(min(abs(day - d) for d in days), day) for day in moved if day is not None]
    if not near or min(near)[0] > NEAR_DAYS:
        return time
    day = iso_day(min(near)[1])
    return replace(time, earliest=day, latest=day)


NEAR_DAYS = 100
"""Days from a day told within which a day of an undated report is thought to be of its year."""


def headed(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Give what a diary's entry tells the day that heads the entry: "29 May 1982. Guards are digging in"."""
    text = reading.document.text
    out: list[Fact] = []
    head: Fact | None = None
    for fact in facts:
        own = fact.dated and fact.time is not None
        if own and fact.time is not None and fact.time[0] - fact.start <= 1:
            head = fact if _HEADS.match(text, fact.time[1]) and fact.low == fact.high else None
        elif (
            head is not None
            and reading.sentences[fact.sentence].block != reading.sentences[head.sentence].block
        ):
            head = None
        elif head is not None and not own:
            fact = replace(fact, low=head.low, high=head.high, dated=True, time=head.time)
        out.append(fact)
    return out


_WAS_ON = re.compile(
    r"\W*(?:(?:All |Some of )?(?:this|that|it)|The (?:day|date)|These things)\s+"
    r"(?:was|were|happened|took place|befell us|occurred)\s+(?:all\s+)?(?:on\s+|in\s+)?(?:the\s+)?"
    r"(?:(?:morning|evening|afternoon|night|early hours)\s+of\s+)?",
    re.IGNORECASE,
)


_THAT_DAY = re.compile(
    r"(?:on )?(?:that|the same|that same|the very) (?:day|night|evening|morning|afternoon)", re.IGNORECASE
)


def pointing_back(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Leave "that day", and the hours of it, without a day where nothing before tells one.

    That of the report was taken for it; a witness who is heard speaks of another.
    """
    out: list[Fact] = []
    known = False
    taken: int | None = None
    for fact in facts:
        if fact.dated and fact.time is not None and fact.low is not None:
            words = reading.document.text[fact.time[0] : fact.time[1]]
            near = fact.published is not None and abs(fact.low - fact.published) <= 1
            if not known and near and (fact.low == taken or _THAT_DAY.fullmatch(words)):
                taken = fact.low
                fact = replace(fact, low=None, high=None, dated=False, time=None)
            known = known or fact.dated
        out.append(fact)
    return out


def told_when(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """Give a sentence the day that the next one tells of it: "We signed at noon. It was 15 February"."""
    out = list(facts)
    for index, (last, then) in enumerate(pairwise(facts)):
        match = _WAS_ON.match(then.text)
        if match is None or not then.dated or then.time is None or then.sentence - last.sentence != 1:
            continue
        blocks = [reading.sentences[f.sentence].block for f in (last, then)]
        if blocks[0] != blocks[1] or then.time[0] - (then.start + match.end()) > WEEKDAY_REACH:
            continue
        for at in range(index, -1, -1):
            if facts[at].sentence != last.sentence:
                break
            if facts[at].concepts and not facts[at].dated:
                out[at] = replace(facts[at], low=then.low, high=then.high, dated=True, time=then.time)
    return out


WEEKDAY_REACH = 12
"""Characters between "it was" and the date in which a weekday can stand."""
_NOT_UNTIL = re.compile(
    r"(?:\bnot\b|n[’']t\b|\bonly\b)(?:(?!\b(?:again|seen|heard)\b)[^.;:]){0,80}?\b(?:until|till|before)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
UNTIL_REACH = 110


def until_then(reading: Reading, facts: Sequence[Fact]) -> list[Fact]:
    """What was not done until a day was done on that day: "did not leave until 5 April"."""
    text = reading.document.text
    out = []
    for fact in facts:
        if fact.dated and fact.time is not None and fact.high is not None:
            lead = text[max(fact.start, fact.time[0] - UNTIL_REACH) : fact.time[0]]
            if _NOT_UNTIL.search(lead):
                fact = replace(
                    fact, low=fact.high, negated=False, denied=frozenset(), denied_words=frozenset()
                )
        out.append(fact)
    return out


def of_their_war(readings: Sequence[Reading], facts: Mapping[str, Sequence[Fact]]) -> dict[str, list[Fact]]:
    """Give days without a year, in a report that looks back years later, the years of the other reports.

    Such a report names no year near that of its own publication; it must speak of a place or name of
    theirs. Of several years the one nearest to what they tell is taken.
    """
    out = {name: list(told) for name, told in facts.items()}
    lows = ((f.low, name) for name, told in facts.items() for f in told if f.dated and f.low is not None)
    newest = {name: low for low, name in sorted(lows)}
    last = sorted(((low, name) for name, low in newest.items()), reverse=True)[:2]
    for reading in readings:
        printed, text = reading.document.published, reading.document.text
        named = {int(y) for y in YEAR.findall(text)}
        if not printed or any(y >= int(printed[:4]) - 1 for y in named):
            continue
        latest = next((low for low, name in last if name != reading.document.id), None)
        if latest is None or int(printed[:4]) - int(iso_day(latest)[:4]) < LOOKS_BACK:
            continue
        mine = out[reading.document.id]
        theirs = [f for name, told in facts.items() if name != reading.document.id for f in told if f.dated]
        if not (named or _kin(mine, theirs)):
            continue
        days = [f.low for f in theirs if f.low is not None]
        years = {int(iso_day(d)[:4]) for d in days} | named
        out[reading.document.id] = [_moved(f, text, int(printed[:4]), years, days) for f in mine]
    return out


def _kin(mine: Sequence[Fact], theirs: Sequence[Fact]) -> bool:
    """Whether two reports speak of one place or name, or of one day of the year."""
    names = frozenset().union(*(_names(f) for f in mine))
    days = set().union(*(_day_of(f) for f in mine if f.dated))
    return any(names & _names(f) or _day_of(f) & days for f in theirs)


def _day_of(fact: Fact) -> set[str]:
    """The day of the year that a fact tells, if it tells one."""
    one = fact.low is not None and fact.low == fact.high
    return {iso_day(fact.low)[-5:]} if one and fact.low is not None else set()


def _names(fact: Fact) -> frozenset[str]:
    words = (w for s in fact.sites for w in fold(s.name).split())
    return fact.keys | fact.anchors | frozenset(stem(w) for w in words)


def _moved(fact: Fact, text: str, printed: int, years: set[int], days: Sequence[int]) -> Fact:
    """A fact whose day or month has no year of its own, in the year that is nearest to the days told."""
    if fact.time is None or fact.low is None or fact.high is None or fact.high - fact.low > A_MONTH:
        return fact
    words = text[fact.time[0] : fact.time[1]]
    here = iso_day(fact.low)
    if YEAR.search(words) or not _MONTH.search(words) or int(here[:4]) < printed - 1:
        return fact
    if fact.low != fact.high and not _THAT.search(text[: fact.time[1]], max(0, fact.time[0] - 6)):
        return fact
    moved = [d for d in (first_day(f"{year}{here[-6:]}") for year in sorted(years)) if d is not None]
    if not moved:
        return fact
    day = min(moved, key=lambda d: (min(abs(d - other) for other in days), d))
    return replace(fact, low=day, high=day + fact.high - fact.low)


A_MONTH = 30
_THAT = re.compile(r"\b(?:that|the same)\b", re.IGNORECASE)
"""What points a month without a year back to the war: "that September"."""
