"""Explanations: who says that which outcome is due to what. They are views of a voice, never facts."""

from __future__ import annotations

from svidok.ledger.book import Book
from svidok.ledger.rows import ExplanationRow
from svidok.ledger.vocabulary import pattern
from svidok.records import Attribution, Reading, content_id

__all__ = ["explanations"]


def explanations(book: Book) -> tuple[ExplanationRow, ...]:
    """Sentences in which an outcome of the war is put down to a cause, with who says so."""
    rows = []
    for reading in book.readings:
        for sentence in reading.sentences:
            forward = pattern("effect").search(sentence.text)
            match = pattern("cause").search(sentence.text) or forward
            if match is None or not pattern("outcome").search(sentence.text):
                continue
            before = sentence.text[: match.start()].strip(" ,;:—-")
            after = sentence.text[match.end() :].strip(" ,;:—-")
            if len(before.split()) < 2 or len(after.split()) < 2:
                if len(after.split()) < 6:
                    continue
                before, _, after = after.partition(" is ") if " is " in after else (after, "", before)
            outcome, cause = (after, before) if match is forward else (before, after)
            rows.append(
                ExplanationRow(
                    id=content_id("explanation", reading.document.id, sentence.start),
                    status="reported" if _speaker(reading, sentence.start, sentence.end) else "asserted",
                    speaker=_speaker(reading, sentence.start, sentence.end),
                    outcome=outcome,
                    cause=cause,
                    cue=match.group(0),
                    documents=(reading.document.id,),
                    claims=tuple(
                        sorted(
                            c.id for c in reading.claims if c.start < sentence.end and sentence.start < c.end
                        )
                    ),
                    evidence=(book.quote(reading.document.id, sentence.start, sentence.end),),
                )
            )
    return tuple(rows)


def _speaker(reading: Reading, start: int, end: int) -> str | None:
    def covers(a: Attribution) -> bool:
        return a.content[0] < end and start < a.content[1]

    return next((a.speaker for a in reading.attributions if a.speaker and covers(a)), None)
