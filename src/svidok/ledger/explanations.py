"""Explanations: who says that which outcome is due to what. They are views of a voice, never facts."""

from __future__ import annotations

import re

from svidok.ledger.book import Book
from svidok.ledger.rows import ExplanationRow
from svidok.ledger.vocabulary import pattern
from svidok.records import Attribution, Reading, content_id

__all__ = ["explanations"]

_LEAD = re.compile(r"^(?:why|that)\s+|\s+(?:is|was)$")


def explanations(book: Book) -> tuple[ExplanationRow, ...]:
    """Sentences in which an outcome of the war is put down to a cause, with who says so.

    A cause that the sentence rejects ("did not lose because of...") stands as negated.
    """
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
            if match is forward and _ends_with("passive_before", before):
                continue
            speaker = _speaker(reading, sentence.start, sentence.end)
            denied = match is not forward and pattern("denial_before").search(before) is not None
            rows.append(
                ExplanationRow(
                    id=content_id("explanation", reading.document.id, sentence.start),
                    status="negated" if denied else "reported" if speaker else "asserted",
                    speaker=speaker,
                    outcome=_LEAD.sub("", outcome),
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


def _ends_with(name: str, words: str) -> bool:
    """Whether the last word is one of a table: "was" before "forced to" makes it no cause."""
    last = words.split()[-1:]
    return bool(last) and pattern(name).fullmatch(last[0]) is not None


def _speaker(reading: Reading, start: int, end: int) -> str | None:
    def covers(a: Attribution) -> bool:
        return a.content[0] < end and start < a.content[1]

    return next((a.speaker for a in reading.attributions if a.speaker and covers(a)), None)
