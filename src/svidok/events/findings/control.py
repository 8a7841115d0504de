"""Two holders of one place at one time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.sites import Site, resolved
from svidok.events.findings.vocabulary import pattern, plain_words, tables, vague_actors
from svidok.records import Actor, Finding, Quotation

__all__ = ["Hold", "check", "holds_of", "takings"]

_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)
_PART = re.compile(
    r"\b(?:part|parts|half|centre|center|districts?|quarters?|outskirts|suburbs?|edge|side|bank|"
    r"neighbou?rhoods?|streets?|"
    r"portion|third|west|east|north|south|per cent|percent|%|most|much|some|eastern|western|northern|"
    r"southern|airport|"
    r"station|bridge|plant|road)\b",
    re.IGNORECASE,
)
OPEN_DAYS = 14
"""For how long a hold "since" a day is believed when no other day is given."""


_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|get|got)\s+(?:\w+ly\s+)?$", re.IGNORECASE)
HELD_AFTER_DAYS = 2
"""For how many days a place that was taken is believed to be held, when nothing else is told."""
_TURNED = re.compile(r"\b(?:fell|passed|came|taken|brought|put|placed)\b", re.IGNORECASE)
_TAKES = re.compile(
    r"\b(?:took|captured|seized|entered and took|occupied|liberated|recaptured|retook|overran|freed|regained|"
    r"capture of|(?:full |complete )?control (?:of|over))\s+(?:the\s+)?(?:\w+\s+){0,3}?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Hold:
    """One side holding one place at one time, as one stretch of text tells it.

    ``who`` are the stems of the holder's own words, ``side`` its side where known, ``state`` whether
    that is a state or its forces.
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


def check(dossier: Dossier) -> Iterator[Finding]:
    """Holds of one place by different sides whose days are the same."""
    by_place: dict[str, list[Hold]] = {}
    taken: dict[int, list[Hold]] = {}
    for hold in takings(dossier):
        taken.setdefault(id(hold.fact), []).append(hold)
    for fact in dossier.facts:
        for hold in (*holds_of(dossier, fact), *taken.get(id(fact), ())):
            for key in sorted(hold.site.keys):
                by_place.setdefault(key, []).append(hold)
    told: set[tuple[tuple[str, int], tuple[str, int]]] = set()
    for key in sorted(by_place):
        holds = sorted(by_place[key], key=lambda h: (h.low, h.high, h.fact.document, h.fact.start, h.name))
        for index, one in enumerate(holds):
            for two in holds[index + 1 : index + 60]:
                pair = ((one.fact.document, one.fact.start), (two.fact.document, two.fact.start))
                if pair not in told and _clash(one, two):
                    told.add(pair)
                    yield _finding(one, two, dossier)


def _clash(one: Hold, two: Hold) -> bool:
    if one.part != two.part or (one.part and one.fact.objects != two.fact.objects):
        return False
    if one.side and two.side:
        differ = one.side != two.side
    elif one.side or two.side:  # "the army" can be that of the side that the other names
        named, nameless = (one, two) if one.side else (two, one)
        theirs = named.state and not nameless.who - vague_actors()
        differ = not theirs and not one.who & two.who and bool(one.who) and bool(two.who)
    else:
        differ = not one.who & two.who and bool(one.who) and bool(two.who)
    return differ and one.low <= two.high and two.low <= one.high


def holds_of(dossier: Dossier, fact: Fact) -> Iterator[Hold]:
    """Who holds what, from the ways to say so: "X is held by A", "A controls X", "under A's control"."""
    sites = fact.sites or tuple(resolved(p) for p in fact.narrow if p.kind in {None, "settlement"})
    if fact.negated or not sites or fact.modality in {"planned", "possible", "requested"}:
        return
    days = _days(dossier, fact)
    if days is None:
        return
    text = fact.text
    for verb in _where().finditer(text):
        before = [s for s in sites if s.start - fact.start < verb.start()]
        if before:
            who = verb.group("who")
            yield _hold(dossier, fact, before[-1], who, verb.start("who"), days, text[: verb.start()])
    for verb in pattern("control", "held").finditer(text):
        if _TURNED.search(verb.group(0)):  # from that day on
            days = (days[0], days[1] + HELD_AFTER_DAYS)
        site = _before(fact, verb.start())
        words = re.match(r"\s*([^,.;:()]{2,60})", text[verb.end() :])
        if site and words:
            yield _hold(
                dossier, fact, site, words.group(1), verb.end() + words.start(1), days, text[: verb.start()]
            )
    for verb in re.finditer(
        r"\bunder\s+(?:the\s+)?(?P<who>[\w\s-]{2,40}?)['’]s?\s+(?:full\s+|complete\s+)?control\b", text
    ):
        site = _before(fact, verb.start())
        if site:
            yield _hold(dossier, fact, site, verb.group("who"), verb.start("who"), days, text[: verb.start()])
    for verb in pattern("control", "hands").finditer(text):
        site = _before(fact, verb.start())
        if site:
            yield _hold(dossier, fact, site, verb.group("who"), verb.start("who"), days, text[: verb.start()])
    for verb in pattern("control", "holds").finditer(text):
        if text[verb.end() : verb.end() + 4].strip().startswith("by") or _PASSIVE.search(
            text[: verb.start()]
        ):
            continue
        site = next((s for s in fact.sites if 0 <= s.start - fact.start - verb.end() <= 45), None)
        who = _subject(dossier, fact, verb.start())
        if site and who:
            object_words = text[verb.end() : site.end - fact.start]
            yield _hold(dossier, fact, site, who[0], who[1], days, object_words)


@lru_cache(maxsize=1)
def _where() -> re.Pattern[str]:
    """ "In the town, where their units are in full control"."""
    return re.compile(tables()["control"]["where"])


def takings(dossier: Dossier) -> Iterator[Hold]:
    """What one side took on a day it holds for the next two, unless another takes it meanwhile."""
    found = []
    for fact in dossier.facts:
        if not fact.real or not fact.dated or fact.low is None or fact.low != fact.high:
            continue
        for claim in (dossier.claims[c] for c in fact.claims):
            sides = sorted({a.side for a in claim.actors if a.side})
            if claim.type != "capture" or claim.polarity == "negated" or len(sides) != 1:
                continue
            for site in fact.sites:
                taken = fact.text[max(0, site.start - fact.start - 40) : site.start - fact.start]
                if site.place is not None and _TAKES.search(taken) and not _PART.search(taken):
                    days = (fact.low + 1, fact.low + HELD_AFTER_DAYS)
                    found.append(Hold(site, sides[0], sides[0], frozenset(), *days, fact, frozenset()))
    near: dict[str, list[Hold]] = {}
    for hold in found:
        for key in hold.site.keys:
            near.setdefault(key, []).append(hold)
    for hold in found:
        others = (o for key in hold.site.keys for o in near[key] if o.side != hold.side)
        if not any(hold.low - 1 <= o.low - 1 <= hold.high for o in others):
            yield hold


def _hold(
    dossier: Dossier, fact: Fact, site: Site, words: str, at: int, days: tuple[int, int], around: str
) -> Hold:
    reading = dossier.by_document[fact.document]
    start, end = fact.start + at, fact.start + at + len(words)
    actors = [a for a in reading.actors if a.start < end and start < a.end and (a.side or a.name)]
    actor = actors[0] if actors else None
    who = frozenset(stem(w) for w in re.findall(r"[^\W\d_][\w’'-]+", words) if fold(w) not in plain_words())
    near = re.split(r"[,;]|\band\b", around)[-1]
    part = frozenset(m.casefold().rstrip("s") for m in _PART.findall(near))
    side, state = (actor.side, actor.kind in {"state", "state force"}) if actor else (None, False)
    return Hold(site, _name(actor, words), side, who, days[0], days[1], fact, part, state)


def _name(actor: Actor | None, words: str) -> str:
    return (actor.side or actor.name or actor.text) if actor else " ".join(words.split())


def _before(fact: Fact, at: int) -> Site | None:
    earlier = [s for s in fact.sites if s.end - fact.start <= at and at - (s.end - fact.start) <= 90]
    while len(earlier) > 1 and _BESIDE.search(fact.text[: earlier[-1].start - fact.start]):
        earlier.pop()  # "Bilohorivka near Lysychansk is held" tells of Bilohorivka
    return earlier[-1] if earlier else None


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
    words = re.search(r"((?:[^\W\d][\w’'-]*\s+){1,3})(?:still\s+|now\s+|again\s+)*$", fact.text[:at])
    return (words.group(1), words.start(1)) if words else None


def _days(dossier: Dossier, fact: Fact) -> tuple[int, int] | None:
    """The days for which a hold is told: a day, "as of" a day, or "since" a day until the report."""
    low, high = fact.low, fact.high
    if fact.time is not None and low is not None:
        before = dossier.by_document[fact.document].document.text[max(0, fact.time[0] - 12) : fact.time[0]]
        words = fact.text[fact.time[0] - fact.start :][:6].casefold()
        if _SINCE.search(before) or words.startswith("since") or high is None:
            until = fact.published if fact.published is not None and fact.published >= low else low
            return low, min(until, low + OPEN_DAYS)
    if low is None and high is None:
        low = high = fact.published
    if high is None:
        return None
    low = high if low is None else low
    return (low, high) if high - low <= 2 else None


def _finding(one: Hold, two: Hold, dossier: Dossier) -> Finding:
    def words(hold: Hold) -> Quotation:
        return dossier.words(hold.fact, f"held by {hold.name}")

    return Finding(
        "control",
        "high",
        f"{one.site.name} is said to be held by {one.name} and by {two.name} at the same time.",
        (words(one), words(two)),
    )
