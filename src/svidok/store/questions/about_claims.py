"""Questions about claims, and their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from svidok.records import Claim, Place
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import ClaimBody
from svidok.store.filters import conditions, paged
from svidok.store.overlay import corrected
from svidok.store.questions import common
from svidok.store.questions.common import events_of, states_of, total_of
from svidok.store.tables import FAR
from svidok.store.views import (
    ClaimView,
    Filter,
    Page,
    Paging,
    Quote,
    ReviewState,
)
from svidok.store.words import terms

__all__ = ["claims", "claims_by_id", "claims_of", "quotes"]


def claims(connection: Connection, database: Database, wanted: Filter, paging: Paging) -> Page[ClaimView]:
    """A page of claims."""
    c = t.claims.c
    where = conditions("claim", t.claims, wanted, database)
    listed = func.coalesce(c.first, c.last, FAR)
    order: tuple[Any, ...] = (listed, c.id)
    if paging.order == "-time":
        order = (listed.desc(), c.id)
    elif paging.order == "confidence":
        order = (c.confidence, c.id)
    total = total_of(connection, t.claims, where)
    query = select(c.id).where(*where)
    if paging.order == "relevance" and wanted.text and total <= common.RANKED:
        best = database.ranked("claim", terms(wanted.text))
        query, order = query.join(best, best.c.number == c.number), (best.c.rank, c.id)
    ids = connection.execute(paged(query.order_by(*order), paging)).scalars().all()
    found = claims_by_id(connection, ids)
    return Page(tuple(found[key] for key in ids), total, paging.number, paging.size)


def claims_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, ClaimView]:
    """Claims with their words; ids that are not there are left out."""
    c, b = t.claims.c, t.claim_bodies.c
    bodies: list[tuple[str, str, ClaimBody]] = []
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        query = select(c.id, c.status, b.body).join(t.claim_bodies, b.id == c.id).where(c.id.in_(some))
        bodies += [(row.id, row.status, unpack(row.body, ClaimBody)) for row in connection.execute(query)]
    events = events_of(connection, ids)
    states = states_of(connection, "claim", [(key, status) for key, status, _ in bodies])
    judged = {key: _as_judged(body, states[key]) for key, _, body in bodies}
    return {
        key: ClaimView(
            claim=body.claim,
            effective=judged[key][0],
            places=judged[key][1],
            words=body.words,
            before=body.before,
            after=body.after,
            document=body.claim.document,
            name=body.name,
            source=body.source,
            published=body.published,
            events=tuple(events.get(key, ())),
            state=states[key],
        )
        for key, _, body in bodies
    }


def _as_judged(body: ClaimBody, state: ReviewState) -> tuple[Claim, tuple[Place, ...]]:
    """The claim with its corrections, those too that no build has seen yet."""
    if not state.corrections:
        held = body.effective if state.status == "corrected" else None
        return held or body.claim, body.places
    fields = dict(state.corrections)
    claim, placed = corrected(body.claim, (), fields)
    return claim, placed if "place" in fields else body.places


def claims_of(connection: Connection, key: str) -> tuple[ClaimView, ...]:
    """All claims of one report in the order of its words."""
    c = t.claims.c
    ids = connection.execute(select(c.id).where(c.document == key).order_by(c.start, c.id)).scalars().all()
    found = claims_by_id(connection, ids)
    return tuple(found[one] for one in ids)


@dataclass(frozen=True, slots=True)
class _Named:
    id: str


@dataclass(frozen=True, slots=True)
class _Told:
    """The part of a ``ClaimBody`` that a quotation shows: the rest is not unpacked."""

    claim: _Named
    words: str
    name: str
    source: str | None
    published: str | None


def quotes(
    connection: Connection, ids: Sequence[str], sources: Sequence[str]
) -> dict[str, tuple[Quote, ...]]:
    """The words of the claims of several events, by event, each in its order; of some sources, or of all."""
    e, b, f = t.event_claims.c, t.claim_bodies.c, t.facets.c
    query = (
        select(e.event, e.document, b.body)
        .join(t.claim_bodies, b.id == e.claim)
        .where(e.event.in_(ids))
        .order_by(e.event, e.position)
    )
    if sources:
        theirs = select(f.ref).where(
            f.kind == "claim", f.field == "source", f.value.in_(sources), f.ref == t.claims.c.number
        )
        query = query.join(t.claims, t.claims.c.id == e.claim).where(theirs.exists())
    found: dict[str, list[Quote]] = {key: [] for key in ids}
    for key, document, body in connection.execute(query):
        told = unpack(body, _Told)
        found[key].append(Quote(told.claim.id, document, told.name, told.source, told.published, told.words))
    return {key: tuple(own) for key, own in found.items()}
