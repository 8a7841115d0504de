"""A count against its own list: "more than 30 cities", and fifteen names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import stem
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Offsets, Reading

__all__ = ["check", "listed_names"]

_THING = (
    r"(?:cit(?:y|ies)|towns?|villages?|settlements?|communities|hamlets?|districts?|provinces?|regions?|suburbs?|"
    r"cantons?|states?|countries|nations?|islands?|ports?|airports?|airfields?|bases?|bridges?|hospitals?|schools?|"
    r"areas?|neighbou?rhoods?|quarters?|oblasts?|governorates?|municipalities|localities|places?|points?|camps?|"
    r"commanders?|generals?|officers?|leaders?|ministers?|journalists?|brigades?|divisions?|battalions?|regiments?|"
    r"units?|ships?|vessels?|warships?|corridors?|checkpoints?|crossings?|factories|plants?|fronts?|directions?|"
    r"groups?|factions?|militias?|parties|members?|prisoners?|hostages?|victims?|civilians?|soldiers?|officials?|"
    r"activists?|doctors?|sites?|targets?|roads?|routes?|monasteries|churches|mosques|museums|sectors?|zones?|strongholds?)"
)
_COUNTED = re.compile(
    rf"(?P<bound>more than|over|at least|fewer than|less than|up to|about|around|nearly|almost|some|roughly|no fewer than)?"
    rf"\s*\b(?P<number>{CARDINAL})\s+(?P<middle>(?:[\w’'-]+\s+){{0,4}}?)(?P<thing>{_THING})\b",
    re.IGNORECASE,
)
_NAME = r"(?:(?:the|al|el|an|ad|as|ash|at|az|de|la|le|bin|ibn|abu)[ -])?[^\W\d_a-z][\w’'ʼ-]*(?:[ -](?:(?:de|la|le|al|el|az|ez|on|upon|sur|and the|of|del|di|da|bin|ibn|abu|i|na|nad|am|an der)[ -])?[^\W\d_a-z][\w’'ʼ-]*){0,4}"
_ROLE = r"(?:(?:[a-z]+\s+){0,3}?)"
_ITEM = rf"(?:{_ROLE}{_NAME})"
_JOIN = r"(?:\s*,\s*(?:and\s+|as well as\s+)?|\s*;\s*(?:and\s+)?|\s*\.?\s+and\s+|\s+as well as\s+|\s*&\s*)"
_LIST = re.compile(rf"{_NAME}(?:{_JOIN}{_NAME})+")
_LEAD = re.compile(
    r"^\s*(?:\([^)]*\)\s*)?(?:[^:.;,—–(]{0,90}?)"
    r"(?::|\s[—–-]\s|—|–|,\s*namely|\(|,\s*(?:taking|seizing|regaining|capturing|entering|occupying|liberating|"
    r"recapturing|freeing|retaking)(?:\s+control\s+of)?|,\s*to wit|,(?=\s*[A-ZÀ-ÞŽŠČĐŚŻŁ]))\s*[:]?\s*",
)
_NEXT = re.compile(
    rf"\s*(?:They|These|Those|The(?:se)?(?:\s+\w+){{0,3}}?\s*{_THING}?(?:\s+\w+){{0,3}}?|Their names)\s+"
    r"(?:were|are|was|is|being|include[ds]? only)\s*:?\s*",
    re.IGNORECASE,
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Counts followed by a full list of another length."""
    for reading in dossier.readings:
        yield from _of_reading(dossier, reading)


def _of_reading(dossier: Dossier, reading: Reading) -> Iterator[Finding]:
    text = reading.document.text
    for number, sentence in enumerate(reading.sentences):
        for match in _COUNTED.finditer(sentence.text):
            value = cardinal(match.group("number"))
            if value is None or value < 2 or value > 300:
                continue
            start = sentence.start + match.start()
            end = sentence.start + match.end()
            listed = _following(text, end, sentence.end)
            if listed is None and number + 1 < len(reading.sentences):
                after = reading.sentences[number + 1]
                listed = _next_sentence(text, after.start, after.end, match.group("thing"))
            if listed is None:
                continue
            names, span = listed
            bound = (match.group("bound") or "").casefold()
            if _fits(value, len(names), bound):
                continue
            stated = " ".join(text[start:end].split())
            yield Finding(
                "list_count",
                "medium",
                f"The text speaks of {stated}, but its own list has {len(names)} names.",
                (
                    dossier.quote(reading.document.id, _trim(text, start, end), stated),
                    dossier.quote(reading.document.id, span, f"{len(names)} names"),
                ),
                f"{abs(value - len(names))}",
            )


def _trim(text: str, start: int, end: int) -> Offsets:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _fits(value: int, listed: int, bound: str) -> bool:
    if bound in {"more than", "over"}:
        return listed > value
    if bound in {"at least", "no fewer than"}:
        return listed >= value
    if bound in {"fewer than", "less than"}:
        return listed < value
    if bound in {"up to"}:
        return listed <= value
    if bound in {"about", "around", "nearly", "almost", "some", "roughly"}:
        return abs(listed - value) <= max(1, 0.25 * value)
    return listed == value


def _following(text: str, end: int, limit: int) -> tuple[list[str], Offsets] | None:
    """The list that follows a count in its own sentence."""
    rest = text[end:limit]
    lead = _LEAD.match(rest)
    if lead is None:
        return None
    if pattern("patterns", "subset_list").search(lead.group(0)):
        return None
    strict = lead.group(0).rstrip()[-1:] in {":", "—", "–", "-", "("} or "namely" in lead.group(0)
    taking = re.search(
        r"(taking|seizing|regaining|capturing|entering|occupying|liberating|freeing|retaking)", lead.group(0)
    )
    if not strict and not taking:
        if lead.group(0).strip(" ").count(" ") > 6:
            return None
    return listed_names(text, end + lead.end(), limit, least=2 if strict else 3)


def _next_sentence(text: str, start: int, end: int, thing: str) -> tuple[list[str], Offsets] | None:
    """The list in the sentence after a count: "The towns freed were A, B and C"."""
    lead = _NEXT.match(text[start:end])
    if lead is None or pattern("patterns", "subset_list").search(lead.group(0)):
        return None
    words = {stem(w) for w in re.findall(r"\w+", lead.group(0))}
    if stem(thing) not in words and not words & {"they", "these", "those", "name"}:
        return None
    return listed_names(text, start + lead.end(), end, least=2)


def listed_names(text: str, start: int, limit: int, *, least: int) -> tuple[list[str], Offsets] | None:
    """The proper names of a list that begins at ``start``, with the span of the list.

    A list ends where something else than names and joints comes; a list that ends in "and others"
    is no full list.
    """
    rest = text[start:limit]
    match = _LIST.match(rest)
    if match is None:
        return None
    tail = rest[match.end() : match.end() + 30]
    if re.match(
        r"\s*,?\s*(?:and|among|as well as|or)\s+(?:others?|many|more|several|some|elsewhere|dozens|\d|the rest|smaller)",
        tail,
    ):
        return None
    names = [n for n in re.split(_JOIN, match.group(0)) if n and n.strip()]
    if len(names) < least:
        return None
    return names, (start, start + match.end())
