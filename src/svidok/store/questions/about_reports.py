"""Questions about reports."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, func, select

from svidok.errors import Missing
from svidok.records import Document
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.filters import bounded, document_conditions, paged
from svidok.store.questions.common import states_of, total_of
from svidok.store.tables import FAR
from svidok.store.views import (
    DocumentView,
    Filter,
    Page,
    Paging,
)

__all__ = ["document", "documents"]


def documents(
    connection: Connection, database: Database, wanted: Filter, paging: Paging
) -> Page[DocumentView]:
    """A page of reports."""
    c = t.documents.c
    where = document_conditions(wanted, database)
    orders: dict[str, tuple[Any, ...]] = {
        "-time": (func.coalesce(c.published_day, -FAR).desc(), c.id),
        "added": (c.number,),
        "-added": (c.number.desc(),),
    }
    if paging.order in orders:
        query = select(c.id).where(*where).order_by(*orders[paging.order])
        ids = connection.execute(paged(query, paging)).scalars().all()
    else:
        ids = _by_day(connection, where, paging)
    columns = [column for column in c if column.name != "body"]
    by_id = {row.id: row for row in connection.execute(select(*columns).where(c.id.in_(ids)))}
    found = [by_id[key] for key in ids]
    states = states_of(connection, "document", [(row.id, row.status) for row in found])
    items = tuple(
        DocumentView(
            row.id, row.name, row.title, row.source, row.side, row.published, row.language, row.url,
            row.dossier, row.characters, row.claims, row.reader is not None, states[row.id],
        )
        for row in found
    )  # fmt: skip
    return Page(items, total_of(connection, t.documents, where), paging.number, paging.size)


def _by_day(connection: Connection, where: Sequence[Any], paging: Paging) -> Sequence[str]:
    """A page of reports by day of publication, the undated after all: two questions that an index answers."""
    c = t.documents.c
    dated = [*where, c.published_day.is_not(None)]
    query = select(c.id).where(*dated).order_by(c.published_day, c.id)
    ids = list(connection.execute(paged(query, paging)).scalars())
    if len(ids) < paging.size:
        start, end = bounded(paging)
        before = total_of(connection, t.documents, dated)
        rest = select(c.id).where(*where, c.published_day.is_(None)).order_by(c.id)
        rest = rest.offset(max(0, start - before)).limit(end - max(start, before))
        ids += connection.execute(rest).scalars()
    return ids


def document(connection: Connection, key: str) -> Document:
    """One report."""
    body = connection.execute(select(t.documents.c.body).where(t.documents.c.id == key)).scalar()
    if body is None:
        raise Missing("the chronicle holds no such report", where=key, remedy="see `svidok search`")
    return unpack(body, Document)
