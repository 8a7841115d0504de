"""Questions to the derived tables: each one or two statements over narrow, indexed rows, then bodies."""

from __future__ import annotations

from svidok.store.questions.about_claims import claims, claims_by_id, claims_of, quotes
from svidok.store.questions.about_events import (
    bare_events,
    best_events,
    counts,
    days,
    event,
    event_ids,
    events_by_id,
    points,
)
from svidok.store.questions.about_findings import finding, findings
from svidok.store.questions.about_ledger import (
    control,
    control_of,
    number_of,
    row,
    rows,
    rows_by_id,
    rows_total,
)
from svidok.store.questions.about_reports import document, documents
from svidok.store.questions.common import states_of
from svidok.store.questions.full_text import identify, passages, search

__all__ = [
    "bare_events", "best_events", "claims", "claims_by_id", "claims_of", "control", "control_of",
    "counts", "days", "document", "documents", "event", "event_ids", "events_by_id", "finding",
    "findings", "identify", "number_of", "passages", "points", "quotes", "row", "rows", "rows_by_id",
    "rows_total", "search", "states_of",
]  # fmt: skip
