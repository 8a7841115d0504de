"""What several questions ask in the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.views import (
    ReviewState,
)

__all__ = ["RANKED", "events_of", "states_of", "total_of"]


RANKED = 10_000
"""Words that stand in more places than this are too common to order by; they are listed as without words."""


def states_of(
    connection: Connection, subject: str, shown: Sequence[tuple[str, Any]]
) -> dict[str, ReviewState]:
    """How things stand: what pages show of them, from their status and their own acts."""
    ids = [key for key, _ in shown]
    s = t.states.c
    held = {
        row.target: unpack(row.body, ReviewState)
        for row in connection.execute(select(s.target, s.body).where(s.subject == subject, s.target.in_(ids)))
    }
    return {
        key: replace(held[key], status=status) if key in held else ReviewState(status)
        for key, status in shown
    }


def total_of(connection: Connection, table: Any, where: Sequence[Any]) -> int:
    """How many rows of a table hold conditions."""
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar() or 0)


def events_of(connection: Connection, claims: Sequence[str]) -> dict[str, list[str]]:
    """The events that some claims stand in, in order."""
    e = t.event_claims.c
    found: dict[str, list[str]] = defaultdict(list)
    for at in range(0, len(claims), 500):
        query = select(e.claim, e.event).where(e.claim.in_(claims[at : at + 500])).order_by(e.event)
        for claim, event_id in connection.execute(query):
            found[claim].append(event_id)
    return found
