"""A part dated outside its whole: a battle over before its parts end, a truce with a day too many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from svidok.events.atoms import fold, place_key
from svidok.events.distance import great_circle_km
from svidok.events.findings.dossier import Dossier, place_name
from svidok.events.findings.facts import Fact, sentence_fact
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.vocabulary import pattern, tables
from svidok.events.findings.wholes import Whole, flat, named_wholes, whole_nouns, wholes_of
from svidok.records import Finding, Reading

__all__ = ["check"]


NEAR_SENTENCES = 8
"""How far apart a nameless "the siege" and the siege it means can stand."""


_BATTLES = re.compile(r"\b(?:battles|fights|clashes|series of|fighting)\b", re.IGNORECASE)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Facts said to lie within a whole, or in its theatre, but dated outside it."""
    wholes = [
        whole
        for reading in dossier.readings
        for number in range(len(reading.sentences))
        for told, since in _tells_of_whole(dossier, reading, number)
        for whole in wholes_of(dossier, told, since)
    ]
    if not wholes:
        return
    inside: dict[str, list[Fact]] = {}
    for fact in dossier.facts:
        told = _with_head(dossier, fact) if fact.dated and fact.real else fact
        if fact.dated and (pattern("patterns", "inside").search(told.text) or _in_whole().search(told.text)):
            for noun in sorted({flat(m.group(1)) for m in whole_nouns().finditer(told.text)}):
                inside.setdefault(noun, []).append(fact)
    for whole in wholes:
        worst: dict[str, tuple[int, Fact]] = {}
        own = dossier.of_document(whole.fact.document)
        elsewhere = (f for f in inside.get(flat(whole.noun), ()) if f.document != whole.fact.document)
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


def _tells_of_whole(dossier: Dossier, reading: Reading, number: int) -> Iterator[tuple[Fact, int]]:
    """A sentence that names a whole, or with where it begins one that goes on: "It began on 5 April"."""
    here = reading.sentences[number]
    view = dossier.views[reading.document.id][number]
    if whole_nouns().search(here.text):
        yield sentence_fact(view, number), 0
    elif number and view.times and _GOES_ON.match(here.text):
        before = reading.sentences[number - 1]
        if before.block == here.block and whole_nouns().search(before.text):
            head = sentence_fact(dossier.views[reading.document.id][number - 1], number - 1)
            yield _joined(dossier, head, sentence_fact(view, number)), here.start - head.start


def _joined(dossier: Dossier, head: Fact, fact: Fact) -> Fact:
    """A fact with the words and places of the one before it."""
    text = dossier.by_document[fact.document].document.text[head.start : fact.end]
    return replace(fact, start=head.start, text=text, places=(*head.places, *fact.places))


def _where(whole: Whole, fact: Fact) -> str:
    """The name of the place of a part, or "" where it is that of the whole: each place is told of once."""
    names = (fold(p.name or p.text) for p in fact.places if p.kind not in {"region", "country"})
    return next((n for n in names if n not in whole.names), "")


def _outside(whole: Whole, fact: Fact) -> int:
    if whole.high is not None and fact.low is not None and fact.low > whole.high:
        return fact.low - whole.high
    if whole.low is not None and fact.high is not None and fact.high < whole.low:
        return whole.low - fact.high
    return 0


_GOES_ON = re.compile(r"\W*(?:It|This|That|They|He|She|These|Those)\b")


def _with_head(dossier: Dossier, fact: Fact) -> Fact:
    """A fact that goes on with the sentence before ("It was fought on 19 February"), together with that."""
    own = dossier.of_document(fact.document)
    index = own.index(fact) if _GOES_ON.match(fact.text) else 0
    head = own[index - 1] if index else fact
    blocks = dossier.by_document[fact.document].sentences
    if head.dated or fact.sentence - head.sentence != 1:
        return fact
    if blocks[head.sentence].block != blocks[fact.sentence].block:
        return fact
    return _joined(dossier, head, fact)


@lru_cache(maxsize=1)
def _in_whole() -> re.Pattern[str]:
    """What makes a part right before a whole: "in the siege", "the siege saw its", "the siege's last"."""
    nouns = "|".join(tables()["wholes"]["nouns"])
    return re.compile(
        rf"\b[Ii]n\s+(?:the\s+)?(?:[A-Z][\w’-]+\s+){{0,2}}(?=(?i:{nouns})\b)|"
        rf"(?=\b(?i:{nouns})(?:\s+(?:of|for)\s+[\w’ -]{{1,30}}?)?\s+(?:saw|knew|had)\s+(?:its|their)\b)|"
        rf"(?=\b(?i:{nouns})['’]s\s+(?:first|last|only|final|worst|[a-z]+est)\b)"
    )


def _is_part(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    sentence = dossier.sentence(fact)
    if _another_since(dossier, whole, fact):
        return False
    if _said_inside(dossier, whole, _with_head(dossier, fact)) or _said_before(
        whole, fact, sentence.text[: fact.start - sentence.start]
    ):
        return True
    if pattern("patterns", "outside").search(sentence.text) and whole_nouns().search(sentence.text):
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
    noun = whole_nouns().search(opening[match.end() : match.end() + 40]) if match else None
    if noun is None or flat(noun.group(1)) != flat(whole.noun) or fact.document != whole.fact.document:
        return False
    return abs(fact.sentence - whole.fact.sentence) <= NEAR_SENTENCES


def _said_inside(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    """ "During the siege", "in the final phase of the battle", "one of its decisive fights"."""
    for match in (*pattern("patterns", "inside").finditer(fact.text), *_in_whole().finditer(fact.text)):
        tail = fact.text[match.end() : match.end() + 60]
        if match.group(0).casefold() in {"one of its", "throughout"}:
            return match.group(0).casefold() == "one of its" and fact.sentence == whole.fact.sentence + 1
        noun = whole_nouns().search(tail)
        if noun and not _one_rank(_rank(tail, noun.start()), _rank(whole.fact.text, whole.at)):
            return False
        if noun and flat(noun.group(1)) == flat(whole.noun):
            named = {
                fold(p.text)
                for p in fact.places
                if p.start >= fact.start + match.end() and p.start - fact.start - match.end() < 70
            }
            other = named_wholes().search(fact.text)
            name = fold((other.group("before") or other.group("after")).split()[-1]) if other else None
            if fact.document != whole.fact.document:
                if named & whole.names or name in whole.names:
                    return True
                if not whole.names:
                    return _nameless(dossier, whole, fact, named | ({name} if name else set()))
                return name is None and _one_ground(dossier, whole, fact)
            if name is not None and whole.names:
                return any(name in known for known in whole.names) or name in fold(whole.fact.text)
            return abs(fact.sentence - whole.fact.sentence) <= NEAR_SENTENCES
        if re.match(r"\s+(?:it|its|this)\b", tail):
            return fact.sentence == whole.fact.sentence + 1 and fact.document == whole.fact.document
    return False


NAMELESS_DAYS = 45
"""Days outside a whole without a name within which what another report tells can be thought its part."""


def _nameless(dossier: Dossier, whole: Whole, fact: Fact, names: set[str]) -> bool:
    """Whether a whole that its report does not name is the one that a part of another report names.

    Its report must speak of that name, or the part must lie close to the whole.
    """
    text = fold(dossier.by_document[whole.fact.document].document.text)
    if any(re.search(rf"(?<!\w){re.escape(n)}(?!\w)", text) for n in sorted(names)):
        return True
    return _outside(whole, fact) <= NAMELESS_DAYS


GROUND_KM = 60.0
"""How far from the place of a whole a report plays that speaks of it without its name."""


def _one_ground(dossier: Dossier, whole: Whole, fact: Fact) -> bool:
    """Whether the report of a part that names no whole plays at the place of the whole, or beside it."""
    if whole.place is None or whole.place.kind != "settlement":
        return False
    spots = (
        p for p in dossier.by_document[fact.document].places if p.kind not in {"region", "country", "water"}
    )
    for spot in spots:
        if place_key(spot) == place_key(whole.place):
            return True
        if None in (spot.lat, spot.lon, whole.place.lat, whole.place.lon):
            continue
        if great_circle_km(spot.lat, spot.lon, whole.place.lat, whole.place.lon) <= GROUND_KM:  # type: ignore[arg-type]
            return True
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
