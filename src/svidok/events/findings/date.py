"""Different dates for one happening."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.days import iso_day
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.quantity import other_counts
from svidok.events.findings.sameness import same_happening
from svidok.events.findings.say import capitalised, date_words, dates_apart, subject
from svidok.events.findings.similar import (
    alike,
    another_one,
    apart_days,
    contrasted,
    namesakes,
    same_spot,
    spots_apart,
)
from svidok.events.findings.stages import later_death, of_later_stage, of_stage_before
from svidok.events.findings.vocabulary import concepts_of_words, pattern
from svidok.records import Finding

__all__ = ["candidates", "check", "falls"]

_SINGULAR = frozenset(
    {"kill", "capture", "destroy", "deal", "fire", "withdraw", "found", "detain", "declare", "release"}
)
TITLE_REACH = 45
_ONCE = frozenset(
    {"ambush", "storm", "raid", "coup", "mutiny", "landing", "hijack", "kidnap", "uprising", "duel"}
)
_CONCLUDED = re.compile(
    r"\b(?:sign\w*|agree\w*|accords?|treat(?:y|ies)|truces?|cease-?fires?|armistice|pacts?)\b", re.IGNORECASE
)
_RECURRING = frozenset({"fire", "fight", "kill", "hurt"})
_KIND = (
    "massacres?|battle|siege|fall|bombing|liberation|agreement|treaty|uprising|landings?|genocide|accords?"
)
_NO_NAME = r"(?!(?:The|An?|This|That|These|Those|Its|His|Her|Their|Our|In|At|On|After|Before|During)\b)"
_PROPER = _NO_NAME + r"[^\W\d_a-z][\w’'ʼ-]+(?:[ -][^\W\d_a-z][\w’'ʼ-]+)?"
_NAMED = re.compile(
    rf"(?P<name1>{_PROPER})\s+(?P<kind1>{_KIND})\b|"
    rf"\b(?P<kind2>[Mm]assacres?|[Bb]attle|[Ss]iege|[Ff]all|[Bb]ombing|[Ll]iberation|[Uu]prising|"
    rf"[Tt]reaty|[Gg]enocide)"
    rf"\s+(?:of|at|in|for)\s+(?:the\s+)?(?P<name2>{_PROPER})"
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts of one happening whose dates do not touch."""
    for a, b in candidates(dossier):
        if not (
            (a.phase == b.phase and _one_happening(a, b))
            or same_happening(a, b, "date", reports=len(dossier.readings))
        ):
            continue
        days = apart_days(a, b)
        left, right = date_words(dossier, a), date_words(dossier, b)
        yield Finding(
            "date",
            "high" if days > 300 else "medium",
            f"{capitalised(subject(a, b))} is dated to {left} in one place and to {right} in another.",
            (dossier.words(a, left), dossier.words(b, right)),
            dates_apart(a, b),
        )


def candidates(dossier: Dossier) -> Iterator[tuple[Fact, Fact]]:
    """Pairs of facts that are told as done on days that do not touch, in one phase of what they tell."""
    for a, b in dossier.pairs:
        if not (a.dated and b.dated and a.real and b.real):
            continue
        days = apart_days(a, b)
        if not days:
            continue
        if (a.document, a.sentence) == (b.document, b.sentence) or {a.phase, b.phase} == {"start", "end"}:
            continue
        if _from(dossier, a) or _from(dossier, b) or spots_apart(a, b) is not None:
            continue
        if days in _CALENDARS and any(pattern("patterns", "calendars").search(f.text) for f in (a, b)):
            continue
        if _one_day_of_year(dossier, a, b):
            continue
        if (days == 1 and (_NIGHT.search(a.text) or _NIGHT.search(b.text))) or _stands(a, b):
            continue
        if other_counts(a, b) or _of_period(a) or _of_period(b) or another_one(a, b):
            continue
        told = [f.concepts - f.denied - _behind(f) - _of_other_day(f) - {"loss"} for f in (a, b)]
        shared = told[0] & told[1]
        if not shared or _plays_behind(a, b) or _plays_behind(b, a):
            continue
        if (
            of_later_stage(a, shared)
            or of_later_stage(b, shared)
            or _unsure(dossier, a)
            or _unsure(dossier, b)
        ):
            continue
        if shared & _PERSONAL and namesakes(a, b):
            continue
        if shared <= {"kill", "hurt", "loss"} and later_death(a) != later_death(b):
            continue
        if "capture" in shared and a.retakes != b.retakes:
            continue
        if a.phase != b.phase and shared <= _LASTING:
            continue
        if shared <= _RECURRING and (_of_heading(a) or _of_heading(b)):
            continue
        yield a, b


_RUNS_ON = re.compile(r"\s*(?:to|and|or|[–—/-])\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?[A-Z]")
"""How a date goes on behind what was read of it: "Thursday and Friday, 5 to 6 November"."""
_TO_NEXT_DAY = re.compile(r"\s+(?:to|and|or)\s+(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
LONGEST = 7
"""Days of a date that goes on behind what was read, from which it was misread."""


def _unsure(dossier: Dossier, fact: Fact) -> bool:
    """Whether more days are told than were read, or the day is that of a later stage told just before."""
    reading = dossier.by_document[fact.document]
    text, wide = reading.document.text, (fact.high or 0) - (fact.low or 0) > LONGEST
    if fact.time is not None and _TO_NEXT_DAY.match(text, fact.time[1]):
        return True
    if fact.time is not None and wide and _RUNS_ON.match(text, fact.time[1]):
        return True
    before = reading.sentences[fact.sentence - 1].text if fact.sentence else ""
    after = reading.sentences[fact.sentence + 1].text if fact.sentence + 1 < len(reading.sentences) else ""
    stepped = fact.lent and _STEP.match(fact.text) is not None
    return stepped or _NOT_FIRST.match(after) is not None or of_stage_before(before, fact)


_STEP = re.compile(
    r"\W*(?:An?|One|Two|Three|Four|Five|Six|Some|Several|\d+)\s+(?:\w+\s+)?(?:days?|weeks?|months?|years?|hours?)\s+"
    r"(?:before|earlier|later|after(?:wards)?)\b"
)
"""How a sentence opens that steps from the happening before it to another."""
_NOT_FIRST = re.compile(
    r"\W*(?:It|This|That)\s+(?:is|was|had been|has been|made)\s+(?:already\s+)?the\s+"
    r"(?:second|third|fourth|fifth|sixth|latest|\d+(?:nd|rd|th))\b"
)
"""How the next sentence tells that a happening was not the first of its kind."""


def _of_heading(fact: Fact) -> bool:
    """Whether the day of a fact is that of the diary's entry that it stands in."""
    return fact.time is not None and fact.time[1] <= fact.start


_CALENDARS = range(10, 14)
"""Days by which the Julian calendar has been behind the Gregorian since 1582."""
_YEAR = re.compile(r"\d{4}|['’]\d\d\b")


def _one_day_of_year(dossier: Dossier, a: Fact, b: Fact) -> bool:
    """Whether both give one day of the year, and one leaves the year to the reader, who may be wrong."""
    if a.low is None or b.low is None or iso_day(a.low)[-5:] != iso_day(b.low)[-5:]:
        return False
    return not (_YEAR.search(date_words(dossier, a)) and _YEAR.search(date_words(dossier, b)))


_WHY = re.compile(r"\b(?:because|for the reason that|since|as)\b(?=[^.;]{0,40}\bhad\b)", re.IGNORECASE)


def _behind(fact: Fact) -> frozenset[str]:
    """The families of what a sentence tells only as the cause of what it dates: "in answer to the raid"."""
    why = _why(fact)
    if why is None:
        return frozenset()
    return concepts_of_words(fact.text[why.end() :]) - concepts_of_words(fact.text[: why.start()])


_OWNED = re.compile(
    r"\b(?:[A-Z][a-z]+day|yesterday|(?:last|that) (?:night|week|month))['’]s\s+"
    r"(?P<what>(?:[\w-]+\s+){0,2}[\w-]+)"
)


def _of_other_day(fact: Fact) -> frozenset[str]:
    """The families of what has a day of its own, which is not that of its sentence: "Sunday's air strike"."""
    owned = [
        m for m in _OWNED.finditer(fact.text) if fact.time is None or fact.start + m.start() != fact.time[0]
    ]
    rest = fact.text
    for match in owned:
        rest = rest.replace(match.group(), " ")
    return concepts_of_words(" ".join(m["what"] for m in owned)) - concepts_of_words(rest)


def _why(fact: Fact) -> re.Match[str] | None:
    """The words in a dated sentence behind which it tells the cause."""
    why = pattern("order", "answers").search(fact.text) or _WHY.search(fact.text)
    late = why is None or fact.time is None or fact.time[0] - fact.start >= why.start()
    return None if late else why


def _plays_behind(fact: Fact, other: Fact) -> bool:
    """Whether a sentence names the place of another account only where it tells the cause."""
    why = _why(fact)
    shared = [s for s in fact.sites if s.keys & other.keys] if why else []
    return bool(shared) and why is not None and all(s.start - fact.start >= why.end() for s in shared)


_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)


def _from(dossier: Dossier, fact: Fact) -> bool:
    """Whether the date of a fact only begins a time ("since Easter Monday")."""
    if fact.time is None or fact.phase == "start":
        return False
    text = dossier.by_document[fact.document].document.text
    return _SINCE.search(text, max(0, fact.time[0] - 12), fact.time[0]) is not None


_NIGHT = re.compile(r"\b(?:overnight|night|midnight|evening|dawn|small hours)\b", re.IGNORECASE)


def _stands(a: Fact, b: Fact) -> bool:
    """Whether either only tells a state: what stands destroyed, who holds a place."""
    if _STATE.search(a.text) or _STATE.search(b.text):
        return True
    return "capture" in a.concepts & b.concepts and (_holding(a) or _holding(b))


_PERSONAL = frozenset({"kill", "hurt", "detain", "release"})
"""What befalls persons, whom their given names tell apart."""
_LASTING = frozenset({"fight", "siege", "deal", "displace", "protest"})
"""What lasts: its end and a day of it are two dates."""


def _of_period(fact: Fact) -> bool:
    """Whether a fact counts what happened in a span of days: the next report counts the next span."""
    if pattern("patterns", "period").search(fact.text):
        return True
    return bool(fact.quantities) and pattern("patterns", "daily").search(fact.text) is not None


_STATE = re.compile(
    r"\b(?:the|an?|this|that|of|under|over|their|its)\s+(?:destroyed|damaged|ruined|wrecked|burnt|burned|blown-up)\s"
)
"""Something that stands destroyed: the date of such a sentence is not that of its destruction."""


def _one_happening(a: Fact, b: Fact) -> bool:
    shared = (a.concepts & b.concepts) - a.denied - b.denied
    if a.sides and b.sides and not a.sides & b.sides and "capture" not in shared:
        return False
    if not shared or spots_apart(a, b) is not None or contrasted(a, b):
        return False
    if _titles(a) & _titles(b) or _deaths(a) & _deaths(b):
        return True
    if (
        "kill" in shared
        and (_titles(a) or _titles(b))
        and _bracketed(a)
        and _bracketed(b)
        and same_spot(a, b)
    ):
        return True
    score = alike(a, b)
    names = a.anchors & b.anchors
    if same_spot(a, b) and names & {stem(o) for o in a.objects & b.objects}:
        return score >= 0.6
    if falls(a) & falls(b):
        return a.retakes == b.retakes and (not (a.sides and b.sides) or bool(a.sides & b.sides))
    single = _SINGULAR | ({"fight"} if a.tokens & b.tokens & _ONCE else set())
    if not shared & single:
        return False
    if shared & _SINGULAR == {"deal"} and not (_CONCLUDED.search(a.text) and _CONCLUDED.search(b.text)):
        return False
    if same_spot(a, b):
        if shared & _RECURRING and not shared - _RECURRING:
            return (score >= 0.6 and len(a.tokens & b.tokens) >= 3) or (bool(names) and score >= 0.45)
        if _holding(a) or _holding(b):
            return False
        if "capture" in a.types & b.types:
            agree = not (a.sides and b.sides) or bool(a.sides & b.sides)
            return agree and a.retakes == b.retakes and _taker(a, b)
        if "destroy" in shared and a.objects & b.objects:
            return score >= 0.3
        return score >= 0.5
    return bool(names) and score >= 0.6 and len(a.tokens & b.tokens) >= 3


def _bracketed(fact: Fact) -> bool:
    """Whether the date stands in brackets after a name: "Guernica (Spain, 1937)"."""
    if fact.time is None:
        return False
    before = fact.text[: fact.time[0] - fact.start]
    return before.rfind("(") > before.rfind(")")


def _titles(fact: Fact) -> frozenset[str]:
    """Named happenings of a fact: "massacre srebrenica", however worded."""
    out = set()
    for match in _NAMED.finditer(fact.text):
        kind = (match.group("kind1") or match.group("kind2")).casefold().rstrip("s")
        name = match.group("name1") or match.group("name2")
        place = next((p for p in fact.places if fold(p.text) == fold(name)), None)
        if fact.time is None or not _beside(fact, match):
            continue
        out.add(f"{kind} {fold(place.name or place.text) if place else fold(name)}")
    return frozenset(out)


_DIES = re.compile(
    r"[,\s]+(?:\w+ly\s+)?(?:was|were|had been|is|has been)?\s*(?:\w+ly\s+)?"
    r"(?:killed|shot|executed|murdered|assassinated|hanged|beheaded|died|fell|perished)\b"
)


def _deaths(fact: Fact) -> frozenset[str]:
    """The names of persons of whom a fact tells that they died: nobody dies twice."""
    out = set()
    for name in fact.people if "kill" in fact.concepts - fact.denied else ():
        for match in re.finditer(r"[^\W\d_][\w’'-]+", fact.text):
            if stem(match.group(0)) == name and _DIES.match(fact.text, match.end()):
                out.add(name)
    return frozenset(out)


def falls(fact: Fact) -> frozenset[str]:
    """The keys of places that a fact says fell or were taken, with the garrison or without."""
    if "capture" not in fact.concepts - fact.denied:
        return frozenset()
    out: frozenset[str] = frozenset()
    for site in fact.sites:
        start, end = site.start - fact.start, site.end - fact.start
        before = fact.text[max(0, start - TAKING_REACH) : max(0, start)]
        if start >= 0 and (_fell().match(fact.text, end) or _took().search(before)):
            out |= site.keys
    return out


TAKING_REACH = 60
"""Characters before the name of a place in which its taking is told."""


@lru_cache(maxsize=1)
def _fell() -> re.Pattern[str]:
    suffers = pattern("takings", "suffers").pattern
    return re.compile(
        rf"\s+(?:itself\s+|finally\s+|then\s+|at last\s+|had\s+|has\s+)?{suffers}", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _took() -> re.Pattern[str]:
    took = pattern("takings", "took").pattern
    return re.compile(rf"{took}\s+(?:the\s+)?(?:\w+\s+(?:of\s+)?){{0,2}}$", re.IGNORECASE)


_FLAG = re.compile(r"\bflags?\b", re.IGNORECASE)
_RAISED = re.compile(
    r"\b(?:rais|hoist|plant|put up|went up|lower|haul|came down|struck|pulled down)\w*", re.IGNORECASE
)
"""A flag over a town tells who holds it that day; only its raising tells when it was taken."""


def _holding(fact: Fact) -> bool:
    """Whether a fact tells a state ("is held by"), which lasts, and not the moment of a capture."""
    if falls(fact):
        return False
    if _FLAG.search(fact.text) and not _RAISED.search(fact.text):
        return True
    if pattern("control", "held").search(fact.text):
        return True
    active = pattern("control", "holds").finditer(fact.text)
    return any(0 <= s.start - fact.start - verb.end() <= 25 for verb in active for s in fact.sites)


def _beside(fact: Fact, match: re.Match[str]) -> bool:
    """Whether the date stands close enough to a name to be its date."""
    assert fact.time is not None
    start, end = fact.time[0] - fact.start, fact.time[1] - fact.start
    return 0 <= start - match.end() <= TITLE_REACH or 0 <= match.start() - end <= TITLE_REACH


def _taker(a: Fact, b: Fact) -> bool:
    """Whether the same force can be meant: no two takers of different name."""
    if a.sides & b.sides:
        return True
    generic = {"troop", "force", "soldier", "army", "unit", "militar", "fighter"}
    return bool(a.tokens & b.tokens) or bool(a.tokens & generic and b.tokens & generic) or alike(a, b) >= 0.4
