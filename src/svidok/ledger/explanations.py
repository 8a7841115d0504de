"""Explanations: who says that which outcome is due to what. They are views of a voice, never facts."""

from __future__ import annotations

import re

from svidok.ledger.book import Book
from svidok.ledger.rows import ExplanationRow
from svidok.records import Attribution, Reading, content_id

__all__ = ["explanations"]

_CUES = re.compile(
    r"\b(because of|because|due to|owing to|thanks to|as a result of|as a consequence of|"
    r"was the result of|"
    r"on account of|attributed? to|attributes? to|caused by|which led to|led to|resulted in|forced|forcing|"
    r"the explanation (?:of|for|why)|is the explanation|the reason (?:why|for|that)|the reasons? (?:was|is|were)|"
    r"explains? why|in consequence of|made possible by|is why|was why)\b",
    re.IGNORECASE,
)
_FORWARD = re.compile(
    r"(led to|resulted in|forced|forcing|explains? why|is the explanation|is why|was why)$", re.IGNORECASE
)
_OUTCOME = re.compile(
    r"\b(defeat(?:ed|s)?|victor(?:y|ies)|won|lost?|fail(?:ed|ure|s)?|success|fell|fall|retreat(?:ed)?|withdr[ae]w\w*|"
    r"stalled|halt(?:ed)?|captur\w+|surrender\w*|collapse[sd]?|stopp?ed|triumph\w*|invasion|war|offensive|advance|"
    r"siege|battle|massacre|killed|deaths?|casualties|destroyed|losses|famine|starvation|ceasefire|attack\w*|fled|"
    r"displace\w*|shortages?|deprived|cut off|ran out|immobili[sz]ed|ambush\w*|desert\w*)\b",
    re.IGNORECASE,
)


def explanations(book: Book) -> tuple[ExplanationRow, ...]:
    """Sentences in which an outcome of the war is put down to a cause, with who says so."""
    rows = []
    for reading in book.readings:
        for sentence in reading.sentences:
            match = _CUES.search(sentence.text)
            if match is None or not _OUTCOME.search(sentence.text):
                continue
            before = sentence.text[: match.start()].strip(" ,;:—-")
            after = sentence.text[match.end() :].strip(" ,;:—-")
            if len(before.split()) < 2 or len(after.split()) < 2:
                if len(after.split()) < 6:
                    continue
                before, _, after = after.partition(" is ") if " is " in after else (after, "", before)
            forward = _FORWARD.search(match.group(0)) is not None
            outcome, cause = (after, before) if forward else (before, after)
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
