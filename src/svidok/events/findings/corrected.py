"""Reports that take back what they, or others, told before: such a clash is settled, and is none."""

from __future__ import annotations

import re

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Quotation, Reading

__all__ = ["settled"]

_OF_ACCOUNTS = frozenset(
    {"date", "quantity", "cumulative", "place", "order", "control", "polarity", "actor", "attribution"}
)
"""Kinds of clash between two accounts, of which one can correct the other."""


def settled(dossier: Dossier, finding: Finding) -> bool:
    """Whether one of the clashing stretches, or a sentence beside it, says that it corrects an account.

    Or a report of the dossier that corrects something tells both sides of the clash: "48, not 38".
    """
    if finding.kind not in _OF_ACCOUNTS:
        return False
    if any(_corrects(dossier, quote) for quote in finding.spans):
        return True
    return finding.kind in _OF_NUMBERS and any(_tells_both(r, finding) for r in dossier.readings)


_OF_NUMBERS = frozenset({"date", "quantity", "cumulative"})
_NUMBER = re.compile(rf"(?<![\w,.]){CARDINAL}(?![\w]|[,.]\d)", re.IGNORECASE)


def _tells_both(reading: Reading, finding: Finding) -> bool:
    """Whether a report that corrects something has the numbers of both sides of a clash of two reports."""
    if len({quote.id for quote in finding.spans}) < 2:
        return False
    words = pattern("patterns", "corrects")
    document = reading.document
    if not (words.search(document.title or "") or words.search(document.text)):
        return False
    told = _numbers(document.text)
    sides = [_numbers(quote.says or "")[:1] for quote in finding.spans]
    return all(side and side[0] in told for side in sides)


def _numbers(text: str) -> list[int]:
    found = (cardinal(re.sub(r"(?:st|nd|rd|th)$", "", m.group(0))) for m in _NUMBER.finditer(text))
    return [n for n in found if n is not None]


def _corrects(dossier: Dossier, quote: Quotation) -> bool:
    reading = dossier.by_document[quote.id]
    words = pattern("patterns", "corrects")
    if reading.document.title and words.search(reading.document.title):
        return True
    here = next((n for n, s in enumerate(reading.sentences) if s.start <= quote.start < s.end), 0)
    near = reading.sentences[max(0, here - 1) : here + 2]
    return any(words.search(s.text) for s in near if s.block == reading.sentences[here].block)
