"""Causes in one sentence: the words of the outcome, of the cue, and of what it is put down to.

A sentence may give several ("thanks to the mud, or as a result of the ambushes"). Each is cut at the
borders of its clauses, as far as words tell them: nothing is said that does not stand there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from svidok.ledger.vocabulary import pattern, table

__all__ = ["Told", "causes_told"]

Span = tuple[int, int]

_EDGE = " ,;:—–-\n\t"
_INTRODUCED = 5
"""A cause may stand first behind at most so many words ("According to the mayor, because of...")."""

_COPULA = re.compile(r"\s(?:is|was|are|were|lay in|lies in)\s")
_UPON = re.compile(r"\s(?:on|to|down to)\s")
_JOINED = re.compile(r"[\s,]*(?:or|and|nor|but)?[\s,]*(?:also|partly|mainly)?[\s,]*")
_LEAD = re.compile(r"(?:(?:of|for)\s+)?(?:why|that)\s+|(?:and|but|then|so|also|where|when)\s+", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,]+(?:that|which|who|and|also|or|nor|but|mainly|partly|largely)$|\s+(?:is|was|are|were)$"
)


@dataclass(frozen=True, slots=True)
class Told:
    """Spans within the sentence; ``rejected`` where it says that the cause is none, ``joined`` where it is
    a further cause of the outcome before."""

    outcome: Span
    cue: Span
    cause: Span
    rejected: bool = False
    joined: bool = False


def causes_told(text: str, tells: Callable[[int, int], bool]) -> Iterator[Told]:
    """Every cause that a sentence gives, in the order of their cues.

    Args:
        text: one sentence.
        tells: whether a stretch of it tells an outcome of the war.

    >>> [told] = causes_told("The column halted because the bridges were down.", lambda start, end: True)
    >>> told.outcome, told.cause
    ((0, 17), (26, 47))
    """
    named = ("cause", "effect", "reason", "blame")
    found = {(m.start(), m.end()): name for name in named for m in pattern(name).finditer(text)}
    cues = sorted(found, key=lambda c: (c[0], -c[1]))
    cues = [c for i, c in enumerate(cues) if not any(o[0] <= c[0] < o[1] for o in cues[:i])]
    last: Told | None = None
    ends = [*(cue[0] for cue in cues[1:]), len(text)]
    for cue, end in zip(cues, ends, strict=False):
        floor = last.cue[1] if last else 0
        if found[cue] == "effect":
            told = _of_effect(text, cue, floor, end, tells)
        elif last and last.outcome < last.cause and _JOINED.fullmatch(text, last.cause[1], cue[0]):
            told = Told(last.outcome, cue, _onward(text, cue[1], end), last.rejected, joined=True)
        elif found[cue] == "reason":
            told = _of_parted(text, cue, end, _COPULA, tells)
        elif found[cue] == "blame":
            told = _of_parted(text, cue, end, _UPON, tells)
        else:
            told = _of_cause(text, cue, floor, end, tells)
        if told is not None and _words(text, told.outcome) > 1 and _words(text, told.cause):
            yield (last := told)


def _of_cause(text: str, cue: Span, floor: int, end: int, tells: Callable[[int, int], bool]) -> Told | None:
    """ "A because B", or "because of B, A"."""
    outcome = _backward(text, floor, cue[0], tells)
    cause = _onward(text, cue[1], end)
    if outcome is not None:
        return Told(outcome, cue, cause, _is_rejected(text, outcome, cue, cause))
    fronted = _words(text, (floor, cue[0])) <= _INTRODUCED
    for comma in re.finditer(r",\s", text[cue[1] : end] if fronted else ""):
        outcome = _trimmed(text, cue[1] + comma.end(), end)
        if tells(*outcome):
            return Told(_onward(text, outcome[0], end), cue, _trimmed(text, cue[1], cue[1] + comma.start()))
    return None


def _of_parted(
    text: str, cue: Span, end: int, joint: re.Pattern[str], tells: Callable[[int, int], bool]
) -> Told | None:
    """ "The reason why A is B", "blamed A on B": a joint parts the outcome from the cause."""
    parted = joint.search(text, cue[1], end)
    if parted is None:
        return None
    outcome = _trimmed(text, cue[1], parted.start())
    return Told(outcome, cue, _onward(text, parted.end(), end)) if tells(*outcome) else None


def _of_effect(text: str, cue: Span, floor: int, end: int, tells: Callable[[int, int], bool]) -> Told | None:
    """ "B led to A"; what "was forced to" tells no cause."""
    before = text[floor : cue[0]].split()
    if before and pattern("passive_before").fullmatch(before[-1]):
        return None
    outcome = _onward(text, cue[1], end)
    cause = _backward(text, floor, cue[0], lambda start, stop: len(text[start:stop].split()) > 1)
    if cause is None or not tells(*outcome):
        return None
    told_by_cue = pattern("effect_told").fullmatch(text[slice(*cue)])
    return Told((cue[0], outcome[1]) if told_by_cue else outcome, cue, cause)


def _backward(text: str, floor: int, end: int, tells: Callable[[int, int], bool]) -> Span | None:
    """The clause before a cue: from its nearest border behind which an outcome is told."""
    starts = [m.end() for m in _borders("clause_begins").finditer(text, floor, end)]
    for start in [*reversed(starts), floor]:
        span = _trimmed(text, start, end)
        whole = start == floor or text.endswith("that", floor, start)
        if _words(text, span) > (1 if whole else 2) and tells(*span):
            return span
    return None


def _onward(text: str, start: int, end: int) -> Span:
    """The clause after a cue: to the next border of a clause."""
    border = _borders("clause_ends").search(text, start, end)
    return _trimmed(text, start, border.start() if border else end)


@lru_cache(maxsize=2)
def _borders(name: str) -> re.Pattern[str]:
    """The borders of clauses: marks, words after a comma, and words that need none."""
    listed, bare = ("|".join(table(key)["words"]) for key in (name, f"{name}_bare"))
    return re.compile(rf"[;:](?=\s)|\s[—–-](?=\s)|,\s?(?:{listed})(?=\s)|\s(?:{bare})(?=\s)", re.IGNORECASE)


def _is_rejected(text: str, outcome: Span, cue: Span, cause: Span) -> bool:
    """Whether the cause is denied, rather than an outcome that is itself negative explained.

    "Not because of the cold", "it did not fall because of hunger alone": rejected; "they could not
    cross because the bridge was down": the bridge is the cause.
    """
    if pattern("denial_before").fullmatch(" ".join(text[: cue[0]].split()[-1:])):
        return True
    told = text[slice(*outcome)]
    within = text[cause[0] : cause[1] + len(", nor")]
    return bool(pattern("denial_before").search(told) and pattern("denial_within").search(within))


def _trimmed(text: str, start: int, end: int) -> Span:
    """A stretch without the marks and the joining words at its ends."""
    while True:
        words = text[start:end]
        start += len(words) - len(words.lstrip(_EDGE))
        end -= len(words) - len(words.rstrip(_EDGE + "."))
        if lead := _LEAD.match(text, start, max(start, end)):
            start = lead.end()
        elif tail := _TAIL.search(text[start:end]):
            end = start + tail.start()
        else:
            return start, max(start, end)


def _words(text: str, span: Span) -> int:
    return len(text[slice(*span)].split())
