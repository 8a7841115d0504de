"""An answer that is dated before what it answers, which another report or sentence dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, stem
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.vocabulary import concepts_of_words, objects_of, pattern, plain_words, tables
from svidok.records import Finding

__all__ = ["check"]

LONGEST, LONGEST_TOLD = 60, 250
"""Days after an answer beyond which what is told is another deed than the one that it answers: of another
report, and of the same, which goes on to tell of it."""
WIDEST = 100
"""Days of the widest date that still tells what came first: a season."""
PHRASE = 110
"""Characters behind "in answer to" in which the cause is told."""
_WORD = re.compile(r"[^\W\d_][\w’'-]+")
_ENDS = re.compile(r"[.;:]|,\s+(?!that|which|who|(?:in|at|on|during|by|after) which)")
_GOES_ON = re.compile(r"\W*(?:It|This|That|They|His|Her|Their|He|She)\b")


def check(dossier: Dossier) -> Iterator[Finding]:
    """Answers, reprisals and consequences that are dated before their causes."""
    yield from _told_in_one(dossier)
    yield from _led_to(dossier)
    causes = [
        f for f in dossier.facts if f.real and f.dated and _narrow(f) and not (f.another or f.phase == "end")
    ]
    for effect, told in _answers(dossier):
        for cause in causes:
            most = LONGEST_TOLD if cause.document == effect.document else LONGEST
            if effect.high is None or cause.low is None or not 0 < cause.low - effect.high <= most:
                continue
            if (cause.document, cause.sentence) == (effect.document, effect.sentence):
                continue
            if _one_deed(told, cause):
                yield _finding(dossier, effect, cause)


def _finding(dossier: Dossier, effect: Fact, cause: Fact) -> Finding:
    when, then = date_words(dossier, effect), date_words(dossier, cause)
    return Finding(
        "order",
        "high",
        f"What is told as the answer is dated {when}, and what it answers {then}.",
        (dossier.words(cause, then), dossier.words(effect, when)),
        days_apart((cause.low or 0) - (effect.high or 0)),
    )


def _earlier(effect: Fact, cause: Fact) -> bool:
    """Whether an answer is dated some days before its cause, by one day each."""
    if not (effect.dated and cause.dated and effect.real and cause.real) or effect.another or cause.another:
        return False
    if effect.high is None or cause.low is None or cause.low != cause.high:
        return False
    return 0 < cause.low - effect.high <= LONGEST


def _told_in_one(dossier: Dossier) -> Iterator[Finding]:
    """ "It did so in reprisal for the ambush of 19 August", right after what was done on the 16th."""
    for reading in dossier.readings:
        for effect, cause in pairwise(dossier.of_document(reading.document.id)):
            match = pattern("order", "answers").search(cause.text)
            if match is None or not _GOES_ON.match(cause.text) or not _earlier(effect, cause):
                continue
            phrase = _ENDS.split(cause.text[match.end() :])[0]
            start = cause.start + match.end()
            if cause.time is not None and start <= cause.time[0] < start + len(phrase):
                yield _finding(dossier, effect, cause)


def _led_to(dossier: Dossier) -> Iterator[Finding]:
    """ "The ambush which led to the reprisal at X took place on 12 May", and X was burnt on the 9th."""
    for cause in dossier.facts:
        match = pattern("order", "leads").search(cause.text)
        if match is None or not cause.dated:
            continue
        phrase = _ENDS.split(cause.text[match.end() : match.end() + PHRASE])[0]
        sites = [s for s in cause.sites if 0 <= s.start - cause.start - match.end() < len(phrase)]
        keys = frozenset(k for s in sites for k in s.keys)
        for effect in dossier.facts:
            if not _earlier(effect, cause) or effect.document == cause.document or not keys & effect.keys:
                continue
            if concepts_of_words(phrase) & effect.concepts or _answers_something(dossier, effect):
                yield _finding(dossier, effect, cause)
                break


def _answers_something(dossier: Dossier, effect: Fact) -> bool:
    """Whether a fact, or the sentence that goes on with it, says that it was an answer."""
    sentences = dossier.by_document[effect.document].sentences[effect.sentence : effect.sentence + 2]
    told = [s.text for n, s in enumerate(sentences) if not n or _GOES_ON.match(s.text)]
    return any(pattern("order", "answers").search(text) for text in told)


def _narrow(fact: Fact) -> bool:
    """Whether a fact has a day, a month or a season."""
    return fact.low is not None and fact.high is not None and fact.high - fact.low <= WIDEST


def _answers(dossier: Dossier) -> Iterator[tuple[Fact, str]]:
    """Dated facts that were the answer to something, with the words for that."""
    for reading in dossier.readings:
        before: Fact | None = None
        for fact in dossier.of_document(reading.document.id):
            dated = fact
            if not fact.dated and before is not None and _GOES_ON.match(fact.text):
                dated = before
            for match in (
                pattern("order", "answers").finditer(fact.text) if dated.dated and dated.real else ()
            ):
                phrase = _ENDS.split(fact.text[match.end() : match.end() + PHRASE])[0]
                span = fact.start + match.end(), fact.start + match.end() + len(phrase)
                if dated.time is not None and not span[0] <= dated.time[0] < span[1]:
                    yield dated, phrase
            before = fact


def _one_deed(told: str, cause: Fact) -> bool:
    """Whether the words for a cause and a dated fact tell of one deed: its kind, and two of its words."""
    if not concepts_of_words(told) & (cause.concepts - cause.denied):
        return False
    if objects_of(told) & cause.objects & frozenset(tables()["objects"]["single"]):
        return True
    named, others = (
        {stem(w) for w in _WORD.findall(text) if w[0].isupper() and fold(w) not in plain_words()}
        for text in (told, cause.text)
    )
    if named and others and not named & others:
        return False  # each names something else
    places = {stem(w) for site in cause.sites for w in _WORD.findall(site.name)}
    if named & others - places and "kill" in concepts_of_words(told) & cause.concepts:
        return True  # nobody dies twice
    mine, theirs = (
        {stem(w) for w in _WORD.findall(text) if w.casefold() not in plain_words()}
        for text in (told, cause.text)
    )
    return len(mine & theirs) >= 2
