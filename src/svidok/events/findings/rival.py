"""Counts that a report itself sets against one another: "other reports give 350"."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.say import number, subject
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding, Quantity

__all__ = ["check"]

REACH = 4
"""Sentences back in which the count stands that other reports are set against."""
_COUNTED = frozenset({"people", "equipment", "units"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Sentences that give other reports' counts, against the counts told before them in their paragraph."""
    for reading in dossier.readings:
        facts = dossier.of_document(reading.document.id)
        for index, other in enumerate(facts):
            if not pattern("rivals", "others").search(other.text):
                continue
            block = reading.sentences[other.sentence].block
            before = [
                f
                for f in facts[:index]
                if 0 < other.sentence - f.sentence <= REACH and reading.sentences[f.sentence].block == block
            ]
            told: set[int] = set()
            for fact, one, two in (p for f in reversed(before) for p in _rivals(f, other)):
                if two.start in told:
                    continue
                told.add(two.start)
                yield Finding(
                    "quantity",
                    "low",
                    f"{_cap(subject(fact, other))} is told with {number(one)}; other reports are said to "
                    f"give {number(two)}.",
                    (dossier.words(fact, number(one)), dossier.words(other, number(two))),
                    f"{abs((one.low or 0) - (two.low or 0)):.15g}",
                )


def _rivals(fact: Fact, other: Fact) -> Iterator[tuple[Fact, Quantity, Quantity]]:
    for one in fact.quantities:
        for two in other.quantities:
            alike = (
                one.kind == two.kind and one.kind in _COUNTED and (one.fate or two.fate) in {two.fate, None}
            )
            if alike and one.what == two.what and one.low != two.low:
                yield fact, one, two


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
