"""What a chronicle holds in all: counts, settings, and judgements that nothing stands for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from svidok.events.days import iso_day
from svidok.store import tables as t
from svidok.store.chain import BEGINNING
from svidok.store.database import Database
from svidok.store.keep import get_meta
from svidok.store.migrations import SCHEMA
from svidok.store.settle import act_of
from svidok.store.tables import FAR
from svidok.store.views import Act, Status

__all__ = ["orphans", "settings", "status"]

_SETTING = "setting:"


def settings(connection: Connection) -> Mapping[str, str]:
    """What was chosen at ``init``."""
    query = (
        select(t.meta.c.key, t.meta.c.value).where(t.meta.c.key.like(f"{_SETTING}%")).order_by(t.meta.c.key)
    )
    return {key.removeprefix(_SETTING): value for key, value in connection.execute(query)}


def status(connection: Connection, database: Database) -> Status:
    """Counts of everything."""
    from svidok import __version__

    def count(table: Any, *where: Any) -> int:
        return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar() or 0)

    judged = (t.claims, t.events, t.findings)
    head = connection.execute(
        select(t.acts.c.number, t.acts.c.hash).order_by(t.acts.c.number.desc()).limit(1)
    ).first()
    views = connection.execute(
        select(t.rows.c.view, func.count()).group_by(t.rows.c.view).order_by(t.rows.c.view)
    )
    span = connection.execute(
        select(func.min(t.events.c.sort), func.max(t.events.c.sort)).where(t.events.c.sort < FAR)
    ).one()
    held = connection.execute(select(func.min(t.control.c.first), func.max(t.control.c.last))).one()
    return Status(
        path=database.place,
        backend=database.name,
        schema=SCHEMA,
        version=__version__,
        documents=count(t.documents),
        unread=count(t.documents, t.documents.c.reader.is_(None)),
        sentences=count(t.sentences),
        claims=count(t.claims),
        events=count(t.events),
        findings=count(t.findings),
        rows=tuple((view, number) for view, number in views),
        reviewed=sum(count(x, x.c.status.in_(["accepted", "corrected", "rejected"])) for x in judged),
        waiting=sum(count(x, x.c.status.in_(["unreviewed", "changed", "disputed"])) for x in judged),
        disputed=sum(count(x, x.c.status == "disputed") for x in judged),
        orphaned=count(t.states, t.states.c.orphaned),
        stale=(get_meta(connection, "revision") or "0") != (get_meta(connection, "derived") or "0"),
        built=get_meta(connection, "built"),
        acts=head.number if head else 0,
        head=head.hash if head else BEGINNING,
        earliest=iso_day(span[0]) if span[0] is not None else None,
        latest=iso_day(span[1]) if span[1] is not None else None,
        held_from=iso_day(held[0]) if held[0] is not None else None,
        held_until=iso_day(held[1]) if held[1] is not None else None,
    )


def orphans(connection: Connection) -> tuple[Act, ...]:
    """The last act on each thing that the present build no longer makes."""
    s, a = t.states.c, t.acts.c
    last = (
        select(func.max(a.number))
        .where(a.subject == s.subject, a.target == s.target, a.kind != "undo")
        .correlate(t.states)
        .scalar_subquery()
    )
    numbers = connection.execute(select(last).where(s.orphaned)).scalars().all()
    query = select(t.acts).where(a.number.in_([n for n in numbers if n is not None])).order_by(a.number)
    return tuple(act_of(row) for row in connection.execute(query))
