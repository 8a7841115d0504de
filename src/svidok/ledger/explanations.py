"""Explanations: who says that which outcome is due to what. They are views of a voice, never facts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from svidok.ledger.book import Book
from svidok.ledger.causes import Told, causes_told
from svidok.ledger.rows import ExplanationRow, Status
from svidok.ledger.vocabulary import pattern, table
from svidok.records import Attribution, Claim, Reading, Sentence, content_id

__all__ = ["explanations"]


def explanations(book: Book) -> tuple[ExplanationRow, ...]:
    """One row a cause that is given for an outcome of the war, with who says so.

    An outcome is a happening that the sentence claims, or a word for how a war goes. A cause that the
    sentence rejects ("did not lose because of technology, nor...") stands as negated.
    """
    return tuple(
        row
        for reading in book.readings
        for sentence, happenings in _happenings(reading)
        for row in _in_sentence(book, reading, sentence, happenings)
    )


def _happenings(reading: Reading) -> Iterator[tuple[Sentence, list[Claim]]]:
    """Each sentence with what it claims to have happened, whoever says so."""
    starts = [sentence.start for sentence in reading.sentences]
    told: list[list[Claim]] = [[] for _ in starts]
    for claim in reading.claims:
        at = bisect_right(starts, claim.trigger[0]) - 1
        if at >= 0 and claim.type != "statement" and claim.trigger[0] < reading.sentences[at].end:
            told[at].append(claim)
    return zip(reading.sentences, told, strict=True)


def _in_sentence(
    book: Book, reading: Reading, sentence: Sentence, happenings: list[Claim]
) -> Iterator[ExplanationRow]:
    def tells(start: int, end: int) -> bool:
        if any(start <= c.trigger[0] - sentence.start < end for c in happenings):
            return True
        return pattern("outcome").search(sentence.text, start, end) is not None

    said: Attribution | None = None
    for told in causes_told(sentence.text, tells):
        cue = sentence.start + told.cue[0], sentence.start + told.cue[1]
        said = _voice(reading, *cue) or (said if told.joined else None)
        yield _row(book, reading.document.id, sentence, told, happenings, said)


def _row(
    book: Book,
    document: str,
    sentence: Sentence,
    told: Told,
    happenings: list[Claim],
    said: Attribution | None,
) -> ExplanationRow:
    text, first = sentence.text, sentence.start
    low, high = first + told.outcome[0], first + told.outcome[1]
    explained = [c for c in happenings if low <= c.trigger[0] < high]
    dated = next((c.time for c in explained if c.time is not None), None)
    where: dict[str, Any] = next((w for c in explained if (w := book.where(c))), {})
    return ExplanationRow(
        id=content_id("explanation", document, first + told.cue[0]),
        status=_status(told, said),
        speaker=said.speaker if said else None,
        earliest=dated.earliest if dated else None,
        latest=dated.latest if dated else None,
        edtf=dated.edtf if dated else None,
        outcome=text[slice(*told.outcome)],
        cause=text[slice(*told.cause)],
        cue=text[slice(*told.cue)],
        documents=(document,),
        claims=tuple(sorted(c.id for c in explained or happenings)),
        evidence=(book.quote(document, first, sentence.end),),
        **where,
    )


def _status(told: Told, said: Attribution | None) -> Status:
    if told.rejected:
        return "negated"
    if said is None:
        return "asserted"
    return "denied" if said.denies else "reported"


def _voice(reading: Reading, start: int, end: int) -> Attribution | None:
    """Who gives the cause: those in whose words the cue stands, or whose verb it is.

    Who refuses, demands or pledges something does not say what came of it.
    """
    views = table("views")["senses"]
    return next(
        (
            a
            for a in reading.attributions
            if a.speaker
            and a.sense in views
            and (a.content[0] <= start < a.content[1] or (a.cue[0] < end and start < a.cue[1]))
        ),
        None,
    )
