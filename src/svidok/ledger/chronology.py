"""The time line: one row an event, with its witnesses, counts and disputes."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.ledger.book import Book, place_columns, status_of
from svidok.ledger.rows import ChronologyRow, Count, Status
from svidok.records import Claim, Event, content_id

__all__ = ["chronology", "event_status"]

_UNEVENTFUL = frozenset({"statement"})
_ORDER: tuple[Status, ...] = (
    "asserted",
    "announced",
    "reported",
    "denied",
    "negated",
    "planned",
    "requested",
    "possible",
)


def event_status(claims: Sequence[Claim]) -> Status:
    """How an event stands over all its claims: disputed when affirmed by one and denied by another."""
    stands = {status_of(c) for c in claims}
    if stands & {"asserted", "announced", "reported"} and stands & {"denied", "negated"}:
        return "disputed"
    return next(s for s in _ORDER if s in stands)


def chronology(book: Book, events: Sequence[Event]) -> tuple[ChronologyRow, ...]:
    """Every event that is not only a statement, in order of time."""
    rows = []
    for event in events:
        if event.type in _UNEVENTFUL:
            continue
        claims = [book.claims[c] for c in event.claims]
        time = event.time
        speakers = sorted({c.speaker for c in claims if c.speaker})
        rows.append(
            ChronologyRow(
                id=content_id("chronology", event.id),
                status=event_status(claims),
                earliest=time.earliest if time else None,
                latest=time.latest if time else None,
                edtf=time.edtf if time else None,
                speaker="; ".join(speakers) or None,
                documents=tuple(sorted({c.document for c in claims})),
                claims=event.claims,
                evidence=book.evidence(*claims),
                event=event.id,
                type=event.type,
                label=event.label,
                actors=event.actors,
                sides=event.sides,
                counts=tuple(
                    Count(e.what, None, e.fate, e.low, e.high, e.best, e.rule) for e in event.estimates
                ),
                witnesses=event.witnesses,
                part_of=event.part_of,
                disputes=event.disputes,
                grades=event.grades,
                **(place_columns(event.place) if event.place else {}),
            )
        )
    return tuple(rows)
