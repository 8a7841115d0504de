"""Distances and directions as sentences tell them, with the two places that each speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.atoms import fold, place_key
from svidok.events.findings.numbers import CARDINAL
from svidok.events.findings.sites import NAME, sites_of
from svidok.events.findings.vocabulary import plain_words
from svidok.records import Place, Reading, Sentence

__all__ = ["told"]

_SIDE = (
    r"(?P<direction>(?:due\s+)?(?:north|south|east|west)(?:[- ]?(?:north|south))?"
    r"(?:[- ]?(?:east|west))?(?:ern)?)"
)
_STATED = re.compile(
    rf"\b(?P<number>{CARDINAL})[ -]?(?P<unit>km|kilomet(?:er|re)s?|miles?|mi)\b"
    rf"(?:\s+(?:away|distant|by road|as the crow flies|straight|down the road|up the road))?"
    rf"(?:\s*(?:to the\s+)?{_SIDE})?\s+(?:away\s+)?"
    r"(?:of(?!\s+(?:the\s+)?(?:way|road|route|march))|from|to|away from|outside|off|short of|beyond)\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    rf"\b(?:lies|lie|lay|is|stands|situated|located|just|immediately|directly)\s+(?:(?:just|"
    rf"immediately|directly|to the|"
    rf"a (?:town|village|city))\s+)*{_SIDE}\s+of\b",
    re.IGNORECASE,
)
_APPOSED = re.compile(
    rf"(?<=\w)(?:,|\s+\()\s*(?:just |immediately |some way |a little |to the )?{_SIDE}\s+of\b", re.IGNORECASE
)
""" "Goma, north of Bukavu": beside the very name that it places."""
_AWAY = re.compile(
    r"\b(?:is|are|lies|lay|stands?|was|were)\s+(?:only|just|about|some|roughly|barely|around|"
    r"approximately|nearly)?\s*"
    rf"(?P<number>{CARDINAL})\s?(?P<unit>km|kilomet(?:er|re)s?|miles?)\s+(?:away|apart|distant)\b",
    re.IGNORECASE,
)
_PLACE = r"(?:city|town|village|port|place|capital|settlement|fort|base)"
_THERE = rf"(?:here|it|there|us|(?:this|the) {_PLACE})"
_ONE = rf"(?P<one>(?i:{_THERE})\b|{NAME})"
_TWO = rf"(?P<two>(?i:{_THERE})\b|{NAME})"
_FAR = rf"(?P<number>(?i:{CARDINAL}))[ -]?(?P<unit>km|kilomet(?:er|re)s?|miles?)\b"
_WAY = r"(?:\s+of\s+(?:[a-z]+\s+){0,3}[a-z]+|\s+by\s+[a-z]+)?"
_PARTS = r"(?:divides?|divided|separates?|separated|parts?|parted)"
_LIES = r"(?:lies|lay|stands|stood|sits|sat|is|was)"
_PAIRED = tuple(
    re.compile(words)
    for words in (
        rf"\b(?i:from|between)\s+{_ONE}\s+(?:to|and)\s+{_TWO}\s*,?\s+(?:by\s+(?:the\s+)?[a-z]+\s+)?"
        r"(?:it is|is|are|was|were|there are|there is|it was|measures?|lie|lay|runs?|they count|we counted)"
        r"\s+"
        rf"(?:[a-z]+\s+){{0,5}}?{_FAR}",
        rf"(?<!ed )\b{_FAR}{_WAY}\s+(?:(?:that|which)\s+)?(?:(?:lie|lay|stretch|run)\s+)?(?:between|from)\s+"
        rf"{_ONE}\s+(?:and|to)\s+{_TWO}",
        rf"\b{_FAR}{_WAY}\s+(?:(?:that|which)\s+)?(?:\w+ly\s+)?{_PARTS}\s+{_ONE}\s+(?:from|and)\s+{_TWO}",
        rf"(?<![\w-]){_ONE}\s+(?:is|was|lies)\s+{_PARTS}\s+from\s+{_TWO}\s+by\s+(?:[a-z]+\s+){{0,3}}?{_FAR}",
        rf"\b{_FAR}\s+(?:to\s+the\s+)?{_SIDE}\s+of\s+{_TWO},?\s+(?:there\s+)?{_LIES}\s+"
        rf"(?:the\s+\w+\s+of\s+)?{_ONE}",
        rf"\b(?:[Tt]o\s+the\s+)?{_SIDE}\s+of\s+{_TWO},\s+(?:[a-z]+\s+){{0,2}}{_FAR}(?:\s+(?:off|away|out))?,\s+"
        rf"{_LIES}\s+(?:the\s+\w+\s+of\s+)?{_ONE}",
    )
)
"""\"From Homs to Damascus it is 160 km\", \"the 50 km that divide it from Homs\", and the other way round."""
_GAP = r"[^.;:]{0,140}?"
_JOURNEYS = tuple(
    re.compile(words)
    for words in (
        rf"\b(?i:left|leaving|quit|departed|out of|from)\s+{_ONE}\b{_GAP}\b(?:the|those|these)\s+{_FAR}\s+"
        rf"(?:[a-z]+\s+){{0,2}}?to\s+{_TWO}(?!\s+and back)",
        rf"\b(?i:from)\s+{_ONE}\s+to\s+{_TWO}(?:\s+(?:in|by|on)\s+[^.;:,]{{2,30}}|\s+\w+ly)?,\s+"
        rf"(?:(?:a matter of|a mere|a good|some|about|only|nearly|barely|a distance of|all of)\s+)?{_FAR}",
        rf"\b(?i:from)\s+{_ONE}\b{_GAP}\bfor\s+{_FAR},?\s+(?:until|till|before)\s+[a-z]+\s+"
        rf"(?:reached|came to|got to|entered|arrived (?:at|in))\s+{_TWO}",
    )
)
"""A way told by both its ends: "he left Homs at dawn and rode the ninety miles to Damascus"."""
_JUST_BEFORE = re.compile(
    rf"(?<![\w-])(?P<name>{NAME}),?\s+(?:(?:a|the|which|is|was|lies|lay|some|about|only|just|\w+ly|town|village|city)"
    rf"\s+){{0,4}}(?={CARDINAL}[ -]?(?:km|kilomet|mile))"
)

_PLACED = re.compile(
    rf"^\W*(?P<name>{NAME}),\s[^,;:.]{{3,80}},\s+{_LIES}\s+(?:[a-z]+\s+){{0,5}}"
    rf"(?={CARDINAL}[ -]?(?:km|kilomet|mile))"
)
""" "Qayyarah, the base of the offensive, is a small oil town 60 km north of"."""


def _overlaps(match: re.Match[str], others: list[re.Match[str]]) -> bool:
    return any(match.start() < o.end() and o.start() < match.end() for o in others)


def _mentions(reading: Reading, sentence: Sentence) -> list[Place]:
    """Places of a sentence, and names that stand where a place would, which the gazetteer may know."""
    inside = [p for p in reading.places if sentence.start <= p.start and p.end <= sentence.end]
    unresolved = [s for s in sites_of(reading, sentence.start, sentence.end) if s.place is None]
    seen = {s.start for s in unresolved} | {p.start for p in inside}
    for match in (*_JUST_BEFORE.finditer(sentence.text), *_PLACED.finditer(sentence.text)):
        if sentence.start + match.start("name") not in seen and fold(match["name"]) not in plain_words():
            at = sentence.start + match.start("name")
            inside.append(Place(at, at + len(match.group("name")), match.group("name")))
    inside += [Place(s.start, s.end, s.name) for s in unresolved]
    return sorted(inside, key=lambda p: (p.start, -p.end))


def _ends(reading: Reading, number: int, match: re.Match[str]) -> tuple[Place, Place] | None:
    """The place that is said to lie somewhere (before the words) and the one measured from (after)."""
    sentence = reading.sentences[number]
    mentions = _mentions(reading, sentence)
    at = sentence.start + match.start()
    after = [p for p in mentions if 0 <= p.start - sentence.start - match.end() <= 30]
    before = [p for p in mentions if p.end <= at]
    if not after:
        return None
    between = sentence.text[match.end() : after[0].start - sentence.start]
    if re.search(r"[,;.]", between) or len(between.split()) > 4:
        return None
    if not before:
        meant = (
            _meant(reading, number, match.start()) if _POINTS.search(sentence.text[: match.start()]) else None
        )
        return (meant, after[0]) if meant else None
    said = _subject_of(sentence, before, match)
    gap = sentence.text[said.end - sentence.start : match.start()]
    if _IT_LIES.search(gap):
        if said.kind in _NO_TOWN:
            said = _meant(reading, number, match.start()) or said
        if len(before) == 1:
            return said, after[0]
    if re.search(r"[;:]|\bfrom\b|\b(?:and|but)\b.*\b(?:he|she|they|it|troops|forces|convoy|column)\b", gap):
        return None
    return said, after[0]


_ADVERBS = (
    r"(?:situated|located|\w+ly|just|only|about|some|an?|bare|mere|good|full|no|not|more|less|than|scant|at|"
    r"lying)"
)
_POINTS = re.compile(
    rf"^\W*(?:And\s+|But\s+)?(?:(?:The|This|That)\s+(?:\w+\s+)?{_PLACE}(?:\s+of\s+[a-z ]+)?|It)"
    rf"(?:,[^,;]{{3,60}},)?\s+{_LIES}\s+(?:{_ADVERBS}\s+)*$"
)
"""A town told before: "The city of half a million lies about"."""
_IT_LIES = re.compile(
    rf"[,;]\s+(?:and\s+|but\s+)?(?:it|which|the (?:town|city|village))\s+{_LIES}\s+(?:{_ADVERBS}\s+)*$"
)
_NO_TOWN = frozenset({"water", "region", "country"})
BACK = 2
"""Sentences back in which the town that "it" means is named."""


def _meant(reading: Reading, number: int, before: int, but: Place | None = None) -> Place | None:
    """The town that "it", "the city" or "here" means: the last that was named before, unless two were."""
    here = reading.sentences[number]
    for sentence in reversed(reading.sentences[max(0, number - BACK) : number + 1]):
        if sentence.block != here.block:
            return None
        named: dict[str, Place] = {}
        for place in _mentions(reading, sentence):
            known = place.kind in {"settlement", "district", "facility", "area", None}
            early = sentence is not here or place.end - here.start <= before
            if known and early and (but is None or fold(place.text) != fold(but.text)):
                named.setdefault(fold(place.text), place)
        if named:
            return next(iter(named.values())) if len(named) == 1 else None
    return None


_APPOSITION = re.compile(
    r",[^,;:.]{3,80},\s*(?:is|lies|lay|was|stands|stood)\s+(?:an?\s+(?:[a-z]+\s+){0,3}?(?:city|town|village|port|place|settlement)\s+)?(?:(?:situated|located|\w+ly|just|only|about|some|an?|mere|good|full|no|more|less|than|scant)\s+)*$"
)


def _subject_of(sentence: Sentence, before: list[Place], match: re.Match[str]) -> Place:
    """What is said to lie somewhere: the last place before the words, past what stands in apposition.

    "Kupiansk, a railway town on the Oskil, is a hundred kilometres east of Kharkiv" places Kupiansk.
    """
    aside = _APPOSITION.search(sentence.text[: match.start()])
    named = [p for p in before if aside and 0 <= aside.start() - (p.end - sentence.start) <= 1]
    return named[-1] if named else before[-1]


def _pair(reading: Reading, number: int, match: re.Match[str]) -> tuple[Place, Place] | None:
    """The two places that "from A to B it is" names, or that "it" and "here" stand for."""
    sentence = reading.sentences[number]
    at = {p.start - sentence.start: p for p in reversed(_mentions(reading, sentence))}
    ends: dict[str, Place | None] = {}
    for name in ("one", "two"):
        start, end = match.span(name)
        pointing = re.fullmatch(_THERE, match[name], re.IGNORECASE) is not None
        plain = Place(sentence.start + start, sentence.start + end, match[name])
        ends[name] = None if pointing else at.get(start, plain)
    one = ends["one"] or _meant(reading, number, match.start(), ends["two"])
    two = ends["two"] or _meant(reading, number, match.start(), ends["one"])
    return (one, two) if one and two else None


def _only_two(reading: Reading, sentence: Sentence) -> tuple[Place, Place] | None:
    distinct: dict[str, Place] = {}
    for place in _mentions(reading, sentence):
        distinct.setdefault(place_key(place), place)
    if len(distinct) != 2:
        return None
    one, two = distinct.values()
    return one, two


def _way(reading: Reading, number: int, match: re.Match[str]) -> tuple[Place, Place] | None:
    """The two ends of a journey, unless the sentence names a place between them."""
    sentence = reading.sentences[number]
    first, last = sorted((match.span("one"), match.span("two")))
    between = (p.start - sentence.start for p in _mentions(reading, sentence) if p.kind != "country")
    if any(first[1] <= at < last[0] for at in between):
        return None
    return _pair(reading, number, match)


def told(reading: Reading, number: int) -> Iterator[tuple[re.Match[str], Place, Place]]:
    """Each distance or direction of one sentence, what is said to lie there, and whence it is measured."""
    sentence = reading.sentences[number]
    text = sentence.text
    paired = [m for words in _PAIRED for m in words.finditer(text)]
    ways = [m for words in _JOURNEYS for m in words.finditer(text) if not _overlaps(m, paired)]
    stated = [m for m in _STATED.finditer(text) if not _overlaps(m, [*paired, *ways])]
    directed = [m for m in _DIRECTION.finditer(text) if not _overlaps(m, [*paired, *ways, *stated])]
    ends_at = {p.end - sentence.start for p in _mentions(reading, sentence)}
    apposed = (m for m in _APPOSED.finditer(text) if m.start() in ends_at)
    directed += [m for m in apposed if not _overlaps(m, [*paired, *ways, *stated, *directed])]
    away = (m for m in _AWAY.finditer(text) if not _overlaps(m, stated))
    for match, ends in (
        *((m, _ends(reading, number, m)) for m in (*stated, *directed)),
        *((m, _pair(reading, number, m)) for m in paired),
        *((m, _way(reading, number, m)) for m in ways),
        *((m, _only_two(reading, sentence)) for m in away),
    ):
        if ends is not None:
            yield match, *ends
