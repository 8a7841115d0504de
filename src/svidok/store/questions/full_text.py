"""Search: passages that hold words, and things by the beginning of their id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, Subquery, func, select

from svidok.records import Document
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.filters import document_conditions, paged
from svidok.store.questions import common
from svidok.store.questions.common import events_of
from svidok.store.views import (
    Filter,
    Hit,
    Page,
    Paging,
    Subject,
)
from svidok.store.words import marks, terms

__all__ = ["identify", "passages", "search"]


def identify(connection: Connection, key: str, limit: int) -> tuple[tuple[Subject, str], ...]:
    """Things whose id is this, or begins so; an exact one stands alone."""
    tables: tuple[tuple[Subject, Any], ...] = (
        ("event", t.events), ("claim", t.claims), ("finding", t.findings), ("document", t.documents)
    )  # fmt: skip
    found: list[tuple[Subject, str]] = []
    for subject, table in tables:
        c = table.c
        query = select(c.id).where(c.id >= key, c.id < f"{key}\U0010ffff").order_by(c.id).limit(limit)
        ids = connection.execute(query).scalars().all()
        if key in ids:
            return ((subject, key),)
        found += [(subject, one) for one in ids]
    return tuple(found[:limit])


def passages(connection: Connection, database: Database, asked: str, wanted: Filter) -> int:
    """How many sentences hold words."""
    hits = database.found("sentence", terms(asked))
    numbers = _narrowed(select(hits.c.number), hits, wanted, database)
    return int(connection.execute(select(func.count()).select_from(numbers.subquery())).scalar() or 0)


def search(
    connection: Connection, database: Database, asked: str, wanted: Filter, paging: Paging, total: int
) -> Page[Hit]:
    """Sentences that hold words, in the order of reading unless by relevance; ``total`` is of all."""
    words = terms(asked)
    s, d = t.sentences.c, t.documents.c
    if paging.order == "relevance" and total <= common.RANKED:
        hits = database.ranked("sentence", words)
        order: tuple[Any, ...] = (hits.c.rank, hits.c.number)
    else:
        hits = database.found("sentence", words)
        order = (hits.c.number,)
    numbers = _narrowed(select(hits.c.number), hits, wanted, database).order_by(*order)
    chosen = connection.execute(paged(numbers, paging)).scalars().all()
    passages = select(s.number, s.document, s.start, s.end).where(s.number.in_(chosen))
    by_number = {row.number: row for row in connection.execute(passages)}
    found = [by_number[number] for number in chosen]
    reports = select(d.id, d.name, d.body).where(d.id.in_({row.document for row in found}))
    told = {row.id: (row.name, unpack(row.body, Document)) for row in connection.execute(reports)}
    spots = _spots(connection, list(told))
    inside = [
        tuple(key for start, key in spots.get(row.document, ()) if row.start <= start < row.end)
        for row in found
    ]
    events = events_of(connection, list({key for standing in inside for key in standing}))
    out = []
    for row, standing in zip(found, inside, strict=True):
        name, report = told[row.document]
        passage = report.text[row.start : row.end]
        out.append(
            Hit(
                row.document,
                name,
                report.source.name if report.source else None,
                report.published,
                row.start,
                row.end,
                passage,
                marks(passage, words),
                standing,
                tuple(sorted({event for claim in standing for event in events.get(claim, ())})),
            )
        )
    return Page(tuple(out), total, paging.number, paging.size)


def _narrowed(query: Select[Any], hits: Subquery, wanted: Filter, database: Database) -> Select[Any]:
    """Hits in the reports that hold a filter, its words apart."""
    where = document_conditions(replace(wanted, text=None), database)
    if not where:
        return query
    s, d = t.sentences.c, t.documents.c
    there = s.document.in_(select(d.id).where(*where))
    return query.join(t.sentences, s.number == hits.c.number).where(there)


def _spots(connection: Connection, documents: Sequence[str]) -> dict[str, list[tuple[int, str]]]:
    """Where the claims of some reports begin, in order."""
    c = t.claims.c
    query = select(c.document, c.start, c.id).where(c.document.in_(documents)).order_by(c.start, c.id)
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, start, claim in connection.execute(query):
        found[key].append((start, claim))
    return found
