"""A part dated outside its whole: a battle over before its parts end, a truce with a day too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from svidok.events.atoms import fold
from svidok.events.days import interval
from svidok.events.distance import great_circle_km
from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.facts import Fact, dates_in, sentence_fact, telling
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Place, Time

__all__ = ["check"]

_WHOLE = re.compile(
    r"\b(battle|siege|truce|cease-?fire|war|offensive|operation|campaign|uprising|occupation|blockade|"
    r"armistice|"
    r"bombardment|pause|invasion|revolt|rebellion|conflict|mission|talks|evacuation|intifada|genocide|"
    r"storm|storming|assault|airlift|"
    r"retreat|landings?|mutiny|curfew|lull|exodus|march|blitz|raid|trial|conference|summit|strike|"
    r"purge|famine)\b",
    re.IGNORECASE,
)
NEAR_SENTENCES = 8
"""How far apart a nameless "the siege" and the siege it means can stand."""
_NAMED = re.compile(
    r"\b(?P<before>[A-Z][\w’-]+)\s+(?:battle|siege|offensive|campaign)\b|"
    r"\b(?:[Bb]attle|[Ss]iege)\s+(?:of|for)\s+(?:the\s+)?(?P<after>[A-Z][\w’-]+)"
)
_BATTLES = re.compile(r"\b(?:battles|fights|clashes|series of|fighting)\b", re.IGNORECASE)
_PLANNED = re.compile(
    r"\b(?:will|would|could|might|(?-i:may)|should|plans? to|planned to|is to|are to|if)\b", re.IGNORECASE
)
_FROM_TO = re.compile(
    r"\b(?:lasted|ran|runs|is to run|raged|went on|dragged on|took place|was fought|held|continued|stretched|"
    r"was waged)\b",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:ended|was over|finished|concluded|came to an end|expired|drew to a close|culminated|broken off|"
    r"called off|was lifted|lasted until|"
    r"ran until|ceased|broke down|collapsed)\b",
    re.IGNORECASE,
)
_BEGAN = re.compile(
    r"\b(?:began|started|broke out|was launched|opened|came into force|took effect|entered into force)\b",
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


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts said to lie within a whole, or in its theatre, but dated outside it."""
    wholes = [
        whole
        for reading in dossier.readings
        for number, sentence in enumerate(reading.sentences)
        if _WHOLE.search(sentence.text)
        for whole in _wholes(dossier, sentence_fact(dossier.views[reading.document.id][number], number))
    ]
    if not wholes:
        return
    inside: dict[str, list[Fact]] = {}
    for fact in dossier.facts:
        if fact.dated and pattern("patterns", "inside").search(fact.text):
            for noun in sorted({_flat(m.group(1)) for m in _WHOLE.finditer(fact.text)}):
                inside.setdefault(noun, []).append(fact)
    for whole in wholes:
        worst: dict[str, tuple[int, Fact]] = {}
        own = dossier.of_document(whole.fact.document)
        elsewhere = (f for f in inside.get(_flat(whole.noun), ()) if f.document != whole.fact.document)
        for fact in (*own, *elsewhere):
            if fact.document == whole.fact.document and fact.sentence == whole.fact.sentence:
                continue
            if not fact.dated or not fact.real:
                continue
            days = _outside(whole, fact)
            where = _where(whole, fact)
            if days and (where not in worst or days > worst[where][0]) and _is_part(dossier, whole, fact):
                worst[where] = days, fact
        for where in sorted(worst):
            days, fact = worst[where]
            yield _finding(dossier, whole, fact, days)


def _where(whole: Whole, fact: Fact) -> str:
    """The name of the place of a part, or "" where it is that of the whole: each place is told of once."""
    names = (fold(p.name or p.text) for p in fact.places if p.kind not in {"region", "country"})
    return next((n for n in names if n not in whole.names), "")


def _flat(noun: str) -> str:
    return re.sub(r"\W", "", noun.casefold())


def _wholes(dossier: Dossier, fact: Fact) -> Iterator[Whole]:
    """Wholes with bounds that one fact gives: from-to, ended, or began."""
    nouns = list(_WHOLE.finditer(fact.text))
    if not nouns or _PLANNED.search(fact.text):
        return
    dates = dates_in(dossier.views[fact.document][fact.sentence], fact.start, fact.end)
    noun = nouns[0]
    if not dates or fact.text[: noun.start()].count(",") > 2:
        return
    inside = pattern("patterns", "inside").search(fact.text[: noun.end()])
    if inside and inside.start() < noun.start() and noun.start() - inside.end() < 40:
        return
    low, high = _bounds(fact, noun, telling(dates))
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


def _bounds(fact: Fact, noun: re.Match[str], dates: list[Time]) -> tuple[int | None, int | None]:
    after = fact.text[noun.end() :]
    first, last = dates[0], dates[-1]
    spans = [interval(t.earliest, t.latest) for t in dates]
    if _FROM_TO.search(after):
        if len(dates) == 1 and spans[0][0] != spans[0][1]:
            return spans[0]
        if len(dates) == 2 and re.search(
            r"\b(to|until|till|and|through|[–—-])\b|[–—]", _between(fact, first, last)
        ):
            return spans[0][0], spans[1][1]
    ended, began = _ENDED.search(after), _BEGAN.search(after)
    if ended and began and len(dates) == 2:
        return (spans[0][0], spans[1][1]) if began.start() < ended.start() else (spans[1][0], spans[0][1])
    if len(dates) == 1 and ended and not began and dates[0].start > fact.start + noun.start():
        return None, spans[0][1]
    if len(dates) == 1 and began and not ended and dates[0].start > fact.start + noun.start():
        return spans[0][0], None
    return None, None


def _between(fact: Fact, first: Time, last: Time) -> str:
    return fact.text[first.end - fact.start : last.start - fact.start]


def _called(fact: Fact, noun: re.Match[str]) -> tuple[Place | None, frozenset[str]]:
    """The place that a whole is named after, and the words of its name."""
    at = fact.start + noun.start()
    near = [p for p in fact.places if -40 <= p.start - at <= 60]
    place = min(near, key=lambda p: abs(p.start - at), default=None)
    return place, frozenset(fold(w) for p in near for w in (p.text, p.name or "") if w)


def _outside(whole: Whole, fact: Fact) -> int:
    if whole.high is not None and fact.low is not None and fact.low > whole.high:
        return fact.low - whole.high
    if whole.low is not None and fact.high is not None and fact.high < whole.low:
        return whole.low - fact.high
    return 0


def _is_part(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    sentence = dossier.sentence(fact)
    if _another_since(dossier, whole, fact):
        return False
    if _said_inside(whole, fact) or _said_before(whole, fact, sentence.text[: fact.start - sentence.start]):
        return True
    if pattern("patterns", "outside").search(sentence.text) and _WHOLE.search(sentence.text):
        return False
    if fact.document != whole.fact.document or whole.noun not in {"battle", "siege"}:
        return False
    return _listed_part(dossier, whole, fact) or _near_part(whole, fact)


NEAR_KM = 40.0
"""How far from a city the fights for its suburbs belong to the battle for it."""
NEAR_DAYS = 5


def _near_part(whole: Whole, fact: Fact) -> bool:
    """A taking of a town beside the city, days after the battle for the city is said to have ended."""
    if whole.place is None or whole.place.kind != "settlement" or fact.spot is None or whole.high is None:
        return False
    if not fact.types & {"battle", "capture", "siege"} or (fact.low or 0) - whole.high < NEAR_DAYS:
        return False
    if None in (whole.place.lat, whole.place.lon, fact.spot.lat, fact.spot.lon):
        return False
    km = great_circle_km(whole.place.lat, whole.place.lon, fact.spot.lat, fact.spot.lon)  # type: ignore[arg-type]
    return 3.0 < km <= NEAR_KM


def _another_since(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    """Whether the report has gone on to another of the kind ("a new truce") before the fact."""
    if fact.document != whole.fact.document:
        return False
    between = dossier.by_document[fact.document].sentences[whole.fact.sentence + 1 : fact.sentence + 1]
    noun = re.compile(rf"\b(?:new|another|second|fresh|next|other)\s+(?:[\w-]+\s+){{0,2}}?{whole.noun}", re.I)
    return any(noun.search(s.text) for s in between)


def _said_before(whole: Whole, fact: Fact, opening: str) -> bool:
    """Whether the sentence that a clause goes on began with "During the siege"."""
    match = pattern("patterns", "inside").match(opening)
    noun = _WHOLE.search(opening[match.end() : match.end() + 40]) if match else None
    if noun is None or _flat(noun.group(1)) != _flat(whole.noun) or fact.document != whole.fact.document:
        return False
    return abs(fact.sentence - whole.fact.sentence) <= NEAR_SENTENCES


def _said_inside(whole: Whole, fact: Fact) -> bool:
    """ "During the siege", "in the final phase of the battle", "one of its decisive fights"."""
    for match in pattern("patterns", "inside").finditer(fact.text):
        tail = fact.text[match.end() : match.end() + 60]
        if match.group(0).casefold() in {"one of its", "throughout"}:
            return match.group(0).casefold() == "one of its" and fact.sentence == whole.fact.sentence + 1
        noun = _WHOLE.search(tail)
        if noun and not _one_rank(_rank(tail, noun.start()), _rank(whole.fact.text, whole.at)):
            return False
        if noun and _flat(noun.group(1)) == _flat(whole.noun):
            named = {
                fold(p.text)
                for p in fact.places
                if p.start >= fact.start + match.end() and p.start - fact.start - match.end() < 70
            }
            other = _NAMED.search(fact.text)
            name = fold((other.group("before") or other.group("after")).split()[-1]) if other else None
            if fact.document != whole.fact.document:
                return bool(named & whole.names) or name in whole.names
            if name is not None and whole.names:
                return any(name in known for known in whole.names) or name in fold(whole.fact.text)
            return abs(fact.sentence - whole.fact.sentence) <= NEAR_SENTENCES
        if re.match(r"\s+(?:it|its|this)\b", tail):
            return fact.sentence == whole.fact.sentence + 1 and fact.document == whole.fact.document
    return False


def _one_rank(one: str, two: str) -> bool:
    return not one or not two or one == two


def _rank(text: str, at: int) -> str:
    """The ordinal in front of a noun ("the second Chechen war"), or ""."""
    before = text[max(0, at - 40) : at].casefold()
    found = re.findall(r"\b(first|second|third|fourth|fifth|last|former|latter|1st|2nd|3rd)\b", before)
    return found[-1] if found else ""


def _listed_part(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    """A fight at a place that the report lists, beside the whole, among its battles."""
    if not fact.concepts & {"fight", "siege", "withdraw"} or not fact.places:
        return False
    names = {fold(p.name or p.text) for p in fact.places if p.kind not in {"region", "country"}}
    reading = dossier.by_document[fact.document]
    if fact.document != whole.fact.document:
        return False
    for sentence in reading.sentences[max(0, whole.fact.sentence - 2) : whole.fact.sentence + 3]:
        listed = [p for p in reading.places if sentence.start <= p.start and p.end <= sentence.end]
        if (
            len(listed) >= 3
            and _BATTLES.search(sentence.text)
            and names & {fold(p.name or p.text) for p in listed}
        ):
            return True
    return False


def _finding(dossier: Dossier, whole: Whole, fact: Fact, days: int) -> Finding:
    name = f"the {whole.noun} of {place_name(whole.place)}" if whole.place else f"the {whole.noun}"
    when = date_words(dossier, fact)
    side = (
        "after its end"
        if whole.high is not None and fact.low is not None and fact.low > whole.high
        else "before its beginning"
    )
    return Finding(
        "whole_part",
        "medium",
        f"A part of {name} is dated to {when}, {side} ({whole.words}).",
        (dossier.words(whole.fact, whole.words), dossier.words(fact, when)),
        days_apart(days),
    )
