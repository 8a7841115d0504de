"""Questions about findings."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from svidok.errors import Missing
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import FindingBody
from svidok.store.filters import conditions, paged
from svidok.store.questions.common import states_of, total_of
from svidok.store.views import (
    Filter,
    FindingView,
    Page,
    Paging,
)

__all__ = ["finding", "findings", "findings_where"]


def findings(connection: Connection, database: Database, wanted: Filter, paging: Paging) -> Page[FindingView]:
    """A page of findings."""
    c = t.findings.c
    where = conditions("finding", t.findings, wanted, database)
    order = (c.sort, c.id) if paging.order == "time" else (c.severity, c.sort, c.id)
    ids = connection.execute(paged(select(c.id).where(*where).order_by(*order), paging)).scalars().all()
    found = {view.id: view for view in findings_where(connection, c.id.in_(ids))}
    items = tuple(found[key] for key in ids)
    return Page(items, total_of(connection, t.findings, where), paging.number, paging.size)


def findings_where(connection: Connection, *where: Any) -> tuple[FindingView, ...]:
    c = t.findings.c
    found = connection.execute(select(c.id, c.status, c.body).where(*where).order_by(c.number)).all()
    states = states_of(connection, "finding", [(row.id, row.status) for row in found])
    out = []
    for row in found:
        body = unpack(row.body, FindingBody)
        out.append(FindingView(row.id, body.finding, body.names, body.sources, body.claims, states[row.id]))
    return tuple(out)


def finding(connection: Connection, key: str) -> FindingView:
    """One finding."""
    found = findings_where(connection, t.findings.c.id == key)
    if not found:
        raise Missing("the chronicle holds no such finding", where=key, remedy="see `svidok show --findings`")
    return found[0]
