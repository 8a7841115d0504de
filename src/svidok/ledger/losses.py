"""Claimed losses: one row for each count of people or equipment killed, destroyed, captured...

Totals so far stand apart from the counts of one day or one event, because adding them is the
commonest error in loss tables.
"""

from __future__ import annotations

from typing import Any

from svidok.events.days import interval
from svidok.ledger.book import Book
from svidok.ledger.rows import LossRow
from svidok.ledger.vocabulary import pattern
from svidok.records import Claim, Quantity, content_id

__all__ = ["losses", "period_of"]

_LOST = frozenset(
    {"casualties", "destroy", "attack_civilians", "capture", "battle", "strike", "air_strike", "bomb"}
)
_KINDS = frozenset({"people", "equipment"})
_FATES = frozenset(
    [
        "captured",
        "damaged",
        "destroyed",
        "injured",
        "killed",
        "lost",
        "missing",
        "shot down",
        "sunk",
        "wounded",
    ]
)


def period_of(claim: Claim, quantity: Quantity, words: str) -> str | None:
    """Whether a count is of all the war so far ("cumulative"), of a day, or of one event."""
    if quantity.cumulative or pattern("total").search(words):
        return "cumulative"
    if quantity.cumulative is False or pattern("daily").search(words):
        return "daily"
    low, high = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    if low is not None and low == high:
        return "daily"
    return "event" if claim.places else None


def losses(book: Book) -> tuple[LossRow, ...]:
    """One row a count, in the order of documents and words."""
    rows = []
    for claim in book.ordered(_LOST):
        words = book.words(claim)
        for quantity in claim.quantities:
            if quantity.kind not in _KINDS or not (
                quantity.fate in _FATES or claim.type in {"casualties", "destroy"}
            ):
                continue
            rows.append(_row(book, claim, quantity, words))
    return tuple(rows)


def _row(book: Book, claim: Claim, quantity: Quantity, words: str) -> LossRow:
    columns: dict[str, Any] = book.columns(claim) | book.where(claim)
    sides = sorted({t.side for t in claim.targets if t.side})
    return LossRow(
        id=content_id("loss", claim.id, quantity.start, quantity.end),
        side="; ".join(sides) or None,
        what=quantity.what,
        kind=quantity.kind,
        fate=quantity.fate,
        low=quantity.low,
        high=quantity.high,
        bound=quantity.bound,
        text=quantity.text,
        claimant=claim.speaker or _author(book, claim),
        period=period_of(claim, quantity, words),
        **columns,
    )


def _author(book: Book, claim: Claim) -> str | None:
    for reading in book.readings:
        if reading.document.id == claim.document:
            return reading.document.source.name if reading.document.source else None
    return None
