"""Reports that take back what they, or others, told before: such a clash is settled, and is none."""

from __future__ import annotations

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Quotation

__all__ = ["settled"]

_OF_ACCOUNTS = frozenset(
    {"date", "quantity", "cumulative", "place", "order", "control", "polarity", "actor", "attribution"}
)
"""Kinds of clash between two accounts, of which one can correct the other."""


def settled(dossier: Dossier, finding: Finding) -> bool:
    """Whether one of the clashing stretches, or a sentence beside it, says that it corrects an account."""
    return finding.kind in _OF_ACCOUNTS and any(_corrects(dossier, quote) for quote in finding.spans)


def _corrects(dossier: Dossier, quote: Quotation) -> bool:
    reading = dossier.by_document[quote.id]
    words = pattern("patterns", "corrects")
    if reading.document.title and words.search(reading.document.title):
        return True
    here = next((n for n, s in enumerate(reading.sentences) if s.start <= quote.start < s.end), 0)
    near = reading.sentences[max(0, here - 1) : here + 2]
    return any(words.search(s.text) for s in near if s.block == reading.sentences[here].block)
