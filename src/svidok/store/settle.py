"""How everything stands after all acts, written where pages look: once a build, or for one thing an act."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select, update

from svidok.store import tables as t
from svidok.store.codec import pack
from svidok.store.homes import Home
from svidok.store.judging import by_target, decide, live
from svidok.store.overlay import Overlay
from svidok.store.views import Act, ReviewState, Standing

__all__ = ["act_of", "read_acts", "settle", "settle_one"]

_TABLES: dict[str, Table] = {
    "claim": t.claims,
    "event": t.events,
    "finding": t.findings,
    "document": t.documents,
}


def act_of(row: Row[Any], undone_by: int | None = None) -> Act:
    """A stored entry as a record."""
    return Act(
        row.number, row.at, row.who, row.kind, row.subject, row.target, json.loads(row.detail),
        row.previous, row.hash, undone_by,
    )  # fmt: skip


def read_acts(connection: Connection, kinds: Sequence[str] = ()) -> list[Act]:
    """The audit log in order, or the acts of some kinds."""
    query = select(t.acts).order_by(t.acts.c.number)
    if kinds:
        query = query.where(t.acts.c.kind.in_(kinds))
    return [act_of(row) for row in connection.execute(query)]


def settle(connection: Connection, laid: Overlay, homes: Mapping[str, Home]) -> None:
    """Write anew how every judged thing stands, wherever a build has moved it."""
    connection.execute(delete(t.states))
    for table in _TABLES.values():
        connection.execute(update(table).where(table.c.status != "unreviewed").values(status="unreviewed"))
    alive = live(read_acts(connection))
    shown: dict[tuple[str, str], Standing] = {}
    lines = []
    for (subject, target), own in sorted(by_target(alive).items()):
        state = decide(own)
        home, standing = _home(connection, laid, homes, subject, target, state)
        lines.append(_line(subject, target, state, orphaned=home is None))
        if home is not None and standing != "unreviewed":
            shown[subject, home] = standing
    for event in _torn(connection, laid):
        shown["event", event] = "disputed"
    if lines:
        connection.execute(insert(t.states), lines)
    for (subject, home), standing in sorted(shown.items()):
        if subject in _TABLES:
            own_table = _TABLES[subject]
            connection.execute(update(own_table).where(own_table.c.id == home).values(status=standing))


def settle_one(connection: Connection, subject: str, target: str, acts: Sequence[Act]) -> ReviewState:
    """Write how one thing stands after these acts (its own and the undoing ones)."""
    own = by_target(live(acts)).get((subject, target), [])
    state = decide(own)
    table = _TABLES.get(subject)
    there = True
    if table is not None:
        done = connection.execute(update(table).where(table.c.id == target).values(status=state.status))
        there = done.rowcount > 0
    connection.execute(delete(t.states).where(t.states.c.subject == subject, t.states.c.target == target))
    if own:
        connection.execute(insert(t.states), [_line(subject, target, state, orphaned=not there)])
    return state


def _line(subject: str, target: str, state: ReviewState, *, orphaned: bool) -> dict[str, Any]:
    return {
        "subject": subject,
        "target": target,
        "status": state.status,
        "grade": state.grade,
        "orphaned": orphaned,
        "body": pack(state),
    }


def _home(
    connection: Connection,
    laid: Overlay,
    homes: Mapping[str, Home],
    subject: str,
    target: str,
    state: ReviewState,
) -> tuple[str | None, Standing]:
    """Where a judged thing is now and how it stands there; None where nothing stands for it."""
    table = _TABLES.get(subject)
    if table is None:
        return target, state.status
    if subject == "claim" and target in laid.moved:
        return laid.moved[target], "corrected" if state.status == "corrected" else "changed"
    if subject == "event":
        home = homes.get(target)
        if home is None or state.status == "unreviewed":
            return (home.event if home else None), state.status
        return home.event, state.status if home.same else "changed"
    there = connection.execute(select(table.c.id).where(table.c.id == target)).scalar()
    return there, state.status


def _torn(connection: Connection, laid: Overlay) -> set[str]:
    """Events with claims on whose sameness reviewers differ."""
    e = t.event_claims.c
    torn = sorted({claim for pair in laid.disputed for claim in pair})
    return (
        {event for (event,) in connection.execute(select(e.event).where(e.claim.in_(torn)))}
        if torn
        else set()
    )
