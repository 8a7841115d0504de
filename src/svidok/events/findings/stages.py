"""Whose day a date is: that of a happening, or of what came of it later.

"The policemen killed by the bomb were buried on Tuesday" dates the burial, and "we heard of the raid on
Monday" the hearing. The verb nearest to a date has it; where that verb tells of a later stage (a burial,
an inspection, the news), the happening that the sentence also names has another day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from svidok.events.findings.facts import Fact
from svidok.events.findings.vocabulary import concept_spans, concepts_of_words, pattern, tables

__all__ = ["later_death", "of_later_stage", "of_stage_before"]


_WAS_THEN = re.compile(r"\W*(?:It|That|This) was\s+(?:on\s+)?(?:the\s+)?", re.IGNORECASE)


def of_stage_before(before: str, fact: Fact) -> bool:
    """Whether a sentence dates a later stage that the one before tells: "We heard of it. It was Monday"."""
    opening = _WAS_THEN.match(fact.text)
    if opening is None or fact.time is None or fact.time[0] - fact.start > opening.end() + 1:
        return False
    return any(pattern("stages", name).search(before) for name in ("verbs", "about"))


def of_later_stage(fact: Fact, shared: frozenset[str]) -> bool:
    """Whether the date of a fact is not that of what it tells of these families, but of something later."""
    if fact.time is None:
        return False
    told = _happenings(fact, shared)
    stages = [
        m.span() for m in pattern("stages", "verbs").finditer(fact.text) if _other(m.group(0), shared)
    ] + [m.span() for m in _news().finditer(fact.text)]
    start, end = fact.time[0] - fact.start, fact.time[1] - fact.start
    if start < 0 or end > len(fact.text):  # the next sentence or a heading gives the day of the main verb
        return bool(stages) and all(min(stages) < span for span in told)
    if told and any(all(m.end() <= at < m.end() + TOPIC for at, _ in told) for m in _about(fact.text)):
        return True
    if told and all(_set_before(fact.text, span, (start, end)) for span in told):
        return True
    if told and all(_opens_before(fact.text, span, (start, end)) for span in told):
        return True
    if not stages:
        return False
    nearest = min(_gap(fact.text, span, (start, end)) for span in stages)
    return all(nearest < _gap(fact.text, span, (start, end)) for span in told)


def later_death(fact: Fact) -> bool:
    """Whether a fact tells of a death some time after the blow: "died of the stabbing on 9 April"."""
    return pattern("stages", "later_death").search(fact.text) is not None


TOPIC = 60
"""Characters behind "heard of" in which what was heard of is named."""


def _about(text: str) -> Iterator[re.Match[str]]:
    """What is only spoken of, or what the dated deed led to."""
    yield from pattern("stages", "about").finditer(text)
    yield from pattern("order", "leads").finditer(text)


def _happenings(fact: Fact, shared: frozenset[str]) -> list[tuple[int, int]]:
    return [span for family in sorted(shared) for span in concept_spans(fact.text, family)]


def _other(words: str, shared: frozenset[str]) -> bool:
    """Whether the words of a stage are none of those for what both accounts tell."""
    return not concepts_of_words(words) & shared


def _gap(text: str, span: tuple[int, int], date: tuple[int, int]) -> float:
    """Characters between a stretch and a date; none where a comma parts them that no opening date has."""
    low, high = (span[1], date[0]) if span[1] <= date[0] else (date[1], max(date[1], span[0]))
    parted = "," in text[low:high] and date[0] > OPENING
    return float("inf") if parted else max(0, high - low)


OPENING = 8
"""Characters before a date that opens a stretch: "On 29 May, the council met"."""
_SET = re.compile(
    r"\b(?:after|before|following)\s+(?:the\s+|an?\s+|his\s+|her\s+|their\s+|its\s+)?"
    r"(?:[\w’'-]+\s+){0,2}?$",
    re.IGNORECASE,
)
_APART = re.compile(r"\b(?:days?|weeks?|months?|years?|hours|fortnight)\s+$", re.IGNORECASE)


def _set_before(text: str, span: tuple[int, int], date: tuple[int, int]) -> bool:
    """ "On 24 March, four days after the attack": the date and the happening are told to lie apart."""
    phrase = _SET.search(text, max(0, span[0] - SET_REACH), span[0])
    if phrase is None or phrase.start() < date[1]:
        return False
    return _APART.search(text, max(0, phrase.start() - 14), phrase.start()) is not None


_OPENS = re.compile(r"\W*(?:after|before|once|until)\s[^,;]*,", re.IGNORECASE)


def _opens_before(text: str, span: tuple[int, int], date: tuple[int, int]) -> bool:
    """ "After they had taken Derna, they went on to Sirte on 3 May": the day is that of the main clause."""
    opening = _OPENS.match(text)
    return opening is not None and span[1] <= opening.end() <= date[0]


SET_REACH = 40
"""Characters before a happening in which "days after the" stands."""


@lru_cache(maxsize=1)
def _news() -> re.Pattern[str]:
    """ "The news of the fall of Khartoum reached London", "word came up to our hill"."""
    nouns = "|".join(tables()["stages"]["news"])
    return re.compile(
        rf"\b(?:{nouns})\b[^.;]{{0,80}}?\b(?:reach(?:ed|es)|came|come|arrived|got|spread|broke|was brought)\b"
        r"(?:\s+(?:to|up|in|down|through|us|me|him|them|here|home|the)\b)*(?:\s+[A-Z][\w’'-]+)?",
        re.IGNORECASE,
    )
