"""Questions about events: lists, one in full, points, months and counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, case, func, select

from svidok.errors import Missing
from svidok.events.days import iso_day
from svidok.records import Event
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import EventBody
from svidok.store.filters import conditions, paged
from svidok.store.questions import common
from svidok.store.questions.about_claims import claims_by_id
from svidok.store.questions.about_findings import findings_where
from svidok.store.questions.common import states_of, total_of
from svidok.store.tables import FAR
from svidok.store.views import (
    Count,
    EventDetail,
    EventView,
    Filter,
    Paging,
    Point,
)
from svidok.store.words import terms

__all__ = ["bare_events", "best_events", "counts", "days", "event", "event_ids", "events_by_id", "points"]


_PARTS = 500


def event_ids(
    connection: Connection, database: Database, wanted: Filter, paging: Paging
) -> tuple[Sequence[str], int]:
    """The ids of a page of events, and how many there are in all."""
    c = t.events.c
    where = conditions("event", t.events, wanted, database)
    total = total_of(connection, t.events, where)
    if paging.order == "relevance" and wanted.text and total <= common.RANKED:
        return best_events(connection, database, wanted, paging), total
    order: tuple[Any, ...] = (c.sort, c.id)
    if paging.order == "-time":
        dated = case((c.sort < FAR, 0), else_=1)
        order = (dated, c.sort.desc(), c.id)
    query = select(c.id).where(*where).order_by(*order)
    return connection.execute(paged(query, paging)).scalars().all(), total


def best_events(connection: Connection, database: Database, wanted: Filter, paging: Paging) -> Sequence[str]:
    """The ids of a page of events by how well they fit the words of a filter."""
    c = t.events.c
    best = database.ranked("event", terms(wanted.text or ""))
    where = conditions("event", t.events, replace(wanted, text=None), database)
    query = select(c.id).join(best, best.c.number == c.number).where(*where).order_by(best.c.rank, c.id)
    return connection.execute(paged(query, paging)).scalars().all()


def events_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, EventView]:
    """Events as a list shows them."""
    c = t.events.c
    bare = bare_events(connection, ids)
    found = connection.execute(select(c.id, c.status).where(c.id.in_(ids))).all()
    states = states_of(connection, "event", found)
    return {key: replace(bare[key], state=states[key]) for key, _ in found}


def bare_events(connection: Connection, ids: Sequence[str]) -> dict[str, EventView]:
    """Events as a build made them, without how they stand after review."""
    b = t.event_bodies.c
    query = select(b.id, b.body).where(b.id.in_(ids))
    return {key: unpack(body, EventBody).view for key, body in connection.execute(query)}


def event(connection: Connection, key: str) -> EventDetail:
    """One event with everything that stands on its page."""
    views = events_by_id(connection, [key])
    if key not in views:
        raise Missing("the chronicle holds no such event", where=key, remedy="see `svidok search`")
    record = connection.execute(
        select(t.event_bodies.c.record).where(t.event_bodies.c.id == key)
    ).scalar_one()
    whole = unpack(record, Event)
    held = claims_by_id(connection, whole.claims)
    parts = connection.execute(
        select(t.events.c.sort, t.events.c.id).where(t.events.c.part_of == key)  # ordered here: few are
    ).all()
    ids = [row.id for row in sorted(parts, key=tuple)[:_PARTS]]
    inside = events_by_id(connection, ids)
    f = t.facets.c
    touching = select(f.ref).where(f.kind == "finding", f.field == "claim", f.value.in_(whole.claims))
    return EventDetail(
        view=views[key],
        event=whole,
        claims=tuple(held[claim] for claim in whole.claims if claim in held),
        judgements=whole.judgements,
        parts=tuple(inside[one] for one in ids),
        findings=findings_where(connection, t.findings.c.number.in_(touching)),
    )


def points(connection: Connection, database: Database, wanted: Filter, limit: int) -> tuple[Point, ...]:
    """Events as small as can be, in order of time."""
    c = t.events.c
    query = (
        select(
            c.id,
            c.type,
            c.lat,
            c.lon,
            c.radius_km,
            c.first,
            c.last,
            c.side,
            c.witnesses,
            c.happened,
            c.status,
        )
        .where(*conditions("event", t.events, wanted, database))
        .order_by(c.sort, c.id)
        .limit(limit)
    )
    return tuple(map(Point._make, connection.execute(query)))


def days(connection: Connection, database: Database, wanted: Filter) -> tuple[Count, ...]:
    """Events by the month they begin in."""
    c = t.events.c
    query = (
        select(c.sort, func.count())
        .where(*conditions("event", t.events, wanted, database), c.sort < FAR)
        .group_by(c.sort)
    )
    months: dict[str, int] = {}
    for day, number in sorted(connection.execute(query).all()):
        month = iso_day(day)[:-3]
        months[month] = months.get(month, 0) + number
    return tuple(Count(month, number) for month, number in months.items())


def counts(connection: Connection, field: str, limit: int) -> tuple[Count, ...]:
    """The commonest values of one field among all events, from an index."""
    f = t.facets.c
    value, where = (
        (t.events.c.type, []) if field == "type" else (f.value, [f.kind == "event", f.field == field])
    )
    query = select(value, func.count()).where(*where).group_by(value).order_by(func.count().desc(), value)
    return tuple(Count(*row) for row in connection.execute(query.limit(limit)))
