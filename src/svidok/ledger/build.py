"""Readings, events and findings in; every view of the ledger out."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.ledger.book import Book
from svidok.ledger.chronology import chronology
from svidok.ledger.civil_defence import civil_defence
from svidok.ledger.control import control, settlements
from svidok.ledger.explanations import explanations
from svidok.ledger.harm import harm
from svidok.ledger.losses import losses
from svidok.ledger.people import humanitarian, statements
from svidok.ledger.rows import Evidence, FindingRow, Ledger
from svidok.records import Event, Finding, Reading, content_id

__all__ = ["build"]


def build(readings: Sequence[Reading], events: Sequence[Event], findings: Sequence[Finding]) -> Ledger:
    """Draw every view from the claims.

    Args:
        readings: all readings, in any order.
        events: from ``svidok.events.reconcile`` over the same readings.
        findings: from ``svidok.events.find_findings``.

    Returns:
        A ledger whose rows each carry document ids, claim ids and the exact words they rest on.

    >>> build([], [], []).chronology
    ()
    """
    book = Book(readings, events)
    changes = control(book)
    return Ledger(
        chronology=chronology(book, events),
        control=changes,
        settlements=settlements(book, changes),
        losses=losses(book),
        statements=statements(book),
        harm=harm(book),
        humanitarian=humanitarian(book),
        civil_defence=civil_defence(book),
        explanations=explanations(book),
        findings=tuple(_finding(f) for f in findings),
    )


def _finding(finding: Finding) -> FindingRow:
    return FindingRow(
        id=content_id("finding", finding),
        kind=finding.kind,
        severity=finding.severity,
        message=finding.message,
        apart=finding.apart,
        reference=finding.reference,
        documents=tuple(sorted({s.id for s in finding.spans})),
        evidence=tuple(Evidence(s.id, s.start, s.end, s.text) for s in finding.spans),
        says=tuple(s.says for s in finding.spans),
        finding=finding,
    )
