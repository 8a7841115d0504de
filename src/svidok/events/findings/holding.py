"""Who holds which place when, read from the ways to say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.atlas.actors import load_actors
from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sites import Site, resolved
from svidok.events.findings.vocabulary import camp, pattern, plain_words, tables, vague_actors
from svidok.records import Actor, Reading

__all__ = ["HELD_AFTER_DAYS", "PART", "Hold", "emptied", "holds_of"]

_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)
PART = re.compile(
    r"\b(?:part|parts|half|centre|center|districts?|quarters?|outskirts|suburbs?|edge|side|bank|"
    r"neighbou?rhoods?|streets?|"
    r"portion|third|west|east|north|south|per cent|percent|%|most|much|some|eastern|western|northern|"
    r"southern|airport|"
    r"station|bridge|plant|road)\b",
    re.IGNORECASE,
)
"""Words for a part of a place."""
_ALL_PARTS = re.compile(
    r"\b(?:every|each|all|both|the whole of|the entire)\s+(?:the\s+)?[\w-]+", re.IGNORECASE
)
OPEN_DAYS = 14
"""For how long a hold "since" a day is believed when no other day is given."""
HELD_AFTER_DAYS = 2
"""For how many days a place that was taken is believed to be held, when nothing else is told."""
REACH = 60
"""Characters between a verb of holding and a word that points back to the place held."""
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|get|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_TURNED = re.compile(r"\b(?:fell|passed|came|taken|brought|put|placed)\b", re.IGNORECASE)
_NOT = re.compile(r"(?:\b(?:not|never|no longer)|n[’']t)\s+(?:[\w-]+\s+){0,3}$", re.IGNORECASE)
_HOLDER = re.compile(
    r"\s*([^,.;:()]{2,60}?)(?=\s+(?:on|since|from|at|in|until|for|as|after|before|when|while|with|again)\b|[,.;:()]|$)"
)
_OURS = re.compile(r"\b(?:our|ours|we|us)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Hold:
    """One side holding one place at one time, as one stretch of text tells it.

    ``who`` are the stems of the holder's own words, ``side`` its side where known, ``state`` whether
    that is a state or its forces; ``camp`` whether it is the government's or that of those who fight it;
    ``ours`` whether the holder is whoever speaks.
    """

    site: Site
    name: str
    side: str | None
    who: frozenset[str]
    low: int
    high: int
    fact: Fact
    part: frozenset[str]
    state: bool = False
    camp: str | None = None
    ours: bool = False


def holds_of(dossier: Dossier, fact: Fact) -> Iterator[Hold]:
    """Who holds what: "X is held by A", "A controls X", "under A's control", "the town is ours"."""
    if fact.modality in {"planned", "possible", "requested"}:
        return
    days = _days(dossier, fact)
    if days is None:
        return
    text = fact.text
    for verb in pattern("control", "held").finditer(text):
        if _OWNED.search(verb.group()) and not fact.dated:
            continue  # to whom it belongs by right, not on a day
        until = days[1] + (HELD_AFTER_DAYS if _TURNED.search(verb.group(0)) else 0)  # from that day on
        words = _HOLDER.match(text[verb.end() :])
        if words:
            found = words.group(1), verb.end() + words.start(1)
            yield from _by(dossier, fact, verb.start(), found, (days[0], until))
    for expression in (*_nominal(), pattern("control", "hands")):
        for verb in expression.finditer(text):
            yield from _by(dossier, fact, verb.start(), (verb.group("who"), verb.start("who")), days)
    for verb in _has().finditer(text):
        had = next((s for s in fact.sites if s.start - fact.start == verb.end()), None)
        if had is not None:
            yield _hold(dossier, fact, had, (verb.group("who"), verb.start("who")), days, "")
    for verb in _where().finditer(text):
        before = [s for s in _sites(fact) if s.start - fact.start < verb.start()]
        if before:
            yield _hold(
                dossier, fact, before[-1], (verb.group("who"), verb.start("who")), days, text[: verb.start()]
            )
    for verb in pattern("control", "holds").finditer(text):
        passive = text[verb.end() : verb.end() + 4].strip().startswith("by") or (
            not verb.group(0).split()[0].endswith("ing") and _PASSIVE.search(text[: verb.start()])
        )
        site = None if passive else _after(dossier, fact, verb.end())
        holder = _subject(dossier, fact, verb.start())
        if site and holder and not _WANTED.search(holder[0]) and not _NOT.search(text[: verb.start()]):
            yield _hold(dossier, fact, site[0], holder, days, text[verb.end() : site[1]])


def _by(dossier: Dossier, fact: Fact, at: int, who: tuple[str, int], days: tuple[int, int]) -> Iterator[Hold]:
    """The hold of which the place stands before the verb, and the holder after it."""
    site = _before(dossier, fact, at)
    if site is not None and not _NOT.search(fact.text[:at]):
        yield _hold(dossier, fact, site, who, days, fact.text[:at])


@lru_cache(maxsize=1)
def _nominal() -> tuple[re.Pattern[str], ...]:
    """ "Under the army's control", "in our hands", "is ours"."""
    return tuple(re.compile(words) for words in tables()["control"]["nominal"])


@lru_cache(maxsize=1)
def _where() -> re.Pattern[str]:
    """ "In the town, where their units are in full control"."""
    return re.compile(tables()["control"]["where"])


@lru_cache(maxsize=1)
def _has() -> re.Pattern[str]:
    """ "We have" right before the name of a place."""
    return re.compile(tables()["control"]["has"])


@lru_cache(maxsize=1)
def _empty() -> tuple[re.Pattern[str], ...]:
    """ "Not one soldier of theirs is left in"."""
    return tuple(re.compile(words, re.IGNORECASE) for words in tables()["control"]["empty"])


def emptied(dossier: Dossier, fact: Fact) -> Iterator[Hold]:
    """Of whom a place is told to be empty: not who holds it, but who does not."""
    for words in _empty():
        for told in words.finditer(fact.text):
            site = _after(dossier, fact, told.end()) or _after(dossier, fact, max(0, told.end() - 1))
            days = _days(dossier, fact)
            if site is not None and days is not None:
                who = told.group("who"), told.start("who")
                yield _hold(dossier, fact, site[0], who, days, fact.text[told.end() : site[1]])


def _hold(
    dossier: Dossier, fact: Fact, site: Site, holder: tuple[str, int], days: tuple[int, int], around: str
) -> Hold:
    words, at = holder
    reading = dossier.by_document[fact.document]
    start, end = fact.start + at, fact.start + at + len(words)
    if words.casefold() == "their":  # those told of before
        start, end = 0, fact.start
    actors = [a for a in reading.actors if a.start < end and start < a.end and (a.side or a.name)]
    actor = (actors[-1] if words.casefold() == "their" else actors[0]) if actors else None
    who = frozenset(stem(w) for w in re.findall(r"[^\W\d_][\w’'-]+", words) if fold(w) not in plain_words())
    near = _ALL_PARTS.sub(" ", re.split(r"[,;]|\band\b", around)[-1])
    part = frozenset(m.casefold().rstrip("s") for m in PART.findall(near))
    side, state = (actor.side, actor.kind in {"state", "state force"}) if actor else (None, False)
    whose = camp(words)
    ours = _OURS.search(words) is not None
    if ours:
        side = side or _side_of_voice(reading, fact)
        whose, who = whose or _camp_of_source(reading), who - vague_actors() - {"our"}
    source = reading.document.source
    name = source.name if ours and actor is None and source is not None else _name(actor, words)
    return Hold(site, name, side, who, days[0], days[1], fact, part, state, whose, ours)


def _side_of_voice(reading: Reading, fact: Fact) -> str | None:
    """The side of whoever says "our" in a fact: its speaker, or who its source is by name or by seat."""
    spoken = [a for a in reading.attributions if a.cue[0] < fact.end and fact.start < a.cue[1]]
    voices = [a.source for a in spoken if a.source]
    sides = (x.side for v in voices for x in reading.actors if x.side and x.start < v[1] and v[0] < x.end)
    source = reading.document.source
    if source is None:
        return next(sides, None)
    return next(sides, source.side or _side_named(source.name, reading.document.published))


def _side_named(words: str, day: str | None) -> str | None:
    """The side of the first actor that words name: "Ministry of defence, Hargeisa"."""
    actors = load_actors()
    named = (actors.choose(actors.entries(name), day) for _, _, name in actors.scan(words))
    return next((entry.side for entry in named if entry is not None and entry.side), None)


def _camp_of_source(reading: Reading) -> str | None:
    source = reading.document.source
    return camp(source.name) if source else None


def _name(actor: Actor | None, words: str) -> str:
    return (actor.side or actor.name or actor.text) if actor else " ".join(words.split())


def _sites(fact: Fact) -> tuple[Site, ...]:
    return fact.sites or tuple(resolved(p) for p in fact.narrow if p.kind in {None, "settlement"})


def _before(dossier: Dossier, fact: Fact, at: int) -> Site | None:
    """The place named, or pointed back to, before a verb."""
    earlier = [s for s in _sites(fact) if fact.start <= s.start and 0 <= at - (s.end - fact.start) <= 90]
    while len(earlier) > 1 and _BESIDE.search(fact.text[: earlier[-1].start - fact.start]):
        earlier.pop()  # "Bilohorivka near Lysychansk is held" tells of Bilohorivka
    if earlier:
        return earlier[-1]
    back = pattern("control", "it").search(fact.text[max(0, at - REACH) : at])
    return _spoken_of(dossier, fact) if back else None


def _after(dossier: Dossier, fact: Fact, at: int) -> tuple[Site, int] | None:
    """The place named, or pointed back to, after a verb, and where its words end."""
    site = next((s for s in fact.sites if 0 <= s.start - fact.start - at <= 45), None)
    if site is not None:
        return site, site.end - fact.start
    back = pattern("control", "it").search(fact.text[: at + REACH], at)
    before = _spoken_of(dossier, fact) if back else None
    return (before, back.end()) if before and back else None


def _spoken_of(dossier: Dossier, fact: Fact) -> Site | None:
    """The place that "the town" or "it" means: the first one named in the last sentence that names any."""
    for told in reversed([f for f in dossier.of_document(fact.document) if f.start <= fact.start]):
        own = [s for s in told.sites if told.start <= s.start and s.start < fact.start]
        if own:
            return own[0]
    return fact.sites[0] if fact.lent and fact.sites else None


_BESIDE = re.compile(
    r"\b(?:near|outside|beside|beyond|(?:north|south|east|west)\w* of)\s+(?:the\s+)?$", re.IGNORECASE
)


def _subject(dossier: Dossier, fact: Fact, at: int) -> tuple[str, int] | None:
    """The words of who holds: the actor before the verb, past "that it" and "that they"."""
    reading = dossier.by_document[fact.document]
    actors = sorted(
        (
            a
            for a in reading.actors
            if fact.start <= a.start and a.end <= fact.start + at and (a.side or a.name)
        ),
        key=lambda a: a.start,
    )
    if actors and (
        at - (actors[-1].end - fact.start) <= 45 or re.search(r"\bthat (?:it|they)\s*$", fact.text[:at])
    ):
        chosen = actors[0] if re.search(r"\bthat (?:it|they)\s*$", fact.text[:at]) else actors[-1]
        return fact.text[chosen.start - fact.start : chosen.end - fact.start], chosen.start - fact.start
    words = re.search(
        r"((?:[^\W\d][\w’'-]*\s+){1,3})(?:(?:still|now|again|was|were|is|are|has|have|had|been)\s+)*$",
        fact.text[:at],
    )
    return (words.group(1), words.start(1)) if words else None


_OWNED = re.compile(r"\bbelong", re.IGNORECASE)
_WANTED = re.compile(r"\b(?:for|to)\s*$", re.IGNORECASE)
"""What stands before a control that is only wanted: "to fight for control of"."""
_STILL = re.compile(r"\b(?:is|are|has been|have been|remains?|stays?)\b", re.IGNORECASE)
LONGEST_STILL = 400
"""For how many days a hold "since May" that still lasts is believed."""


def _days(dossier: Dossier, fact: Fact) -> tuple[int, int] | None:
    """The days for which a hold is told: a day, "as of" a day, or "since" a day until the report."""
    low, high = fact.low, fact.high
    if fact.time is not None and low is not None:
        before = dossier.by_document[fact.document].document.text[max(0, fact.time[0] - 12) : fact.time[0]]
        words = fact.text[max(0, fact.time[0] - fact.start) :][:6].casefold()
        if _SINCE.search(before) or words.startswith("since") or high is None:
            until = fact.published if fact.published is not None and fact.published >= low else low
            return low, min(until, low + (LONGEST_STILL if _STILL.search(fact.text) else OPEN_DAYS))
    if low is None and high is None:
        low = high = fact.published
    if high is None:
        return None
    low = high if low is None else low
    return (low, high) if high - low <= 2 else None
