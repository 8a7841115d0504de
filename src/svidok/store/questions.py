"""Questions to the derived tables: each one or two statements over narrow, indexed rows, then bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, Subquery, and_, case, func, or_, select

from svidok.errors import InputError, Missing
from svidok.events.days import first_day, iso_day
from svidok.ledger import rows as ledger_rows
from svidok.records import Claim, Document, Event, Place
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import ClaimBody, EventBody, FindingBody, RowBody
from svidok.store.filters import bounded, conditions, document_conditions, paged
from svidok.store.overlay import corrected
from svidok.store.tables import FAR
from svidok.store.views import (
    VIEWS,
    Box,
    ClaimView,
    ControlSpan,
    Count,
    DocumentView,
    EventDetail,
    EventView,
    Filter,
    FindingView,
    Hit,
    LedgerRow,
    Page,
    Paging,
    Point,
    Quote,
    ReviewState,
    Subject,
)
from svidok.store.words import marks, terms

__all__ = [
    "RANKED", "bare_events", "best_events", "claims", "claims_by_id", "claims_of",
    "control", "control_of", "counts", "days", "documents", "event", "event_ids", "findings",
    "identify", "number_of",
    "passages", "points", "quotes", "rows", "rows_by_id", "rows_total", "search", "states_of",
]  # fmt: skip

_PARTS = 500

RANKED = 10_000
"""Words that stand in more places than this are too common to order by; they are listed as without words."""

ROWS: dict[str, type[Any]] = {
    "chronology": ledger_rows.ChronologyRow,
    "control": ledger_rows.ControlRow,
    "settlements": ledger_rows.SettlementRow,
    "losses": ledger_rows.LossRow,
    "statements": ledger_rows.StatementRow,
    "harm": ledger_rows.HarmRow,
    "humanitarian": ledger_rows.HumanitarianRow,
    "civil_defence": ledger_rows.CivilDefenceRow,
    "explanations": ledger_rows.ExplanationRow,
}
"""The record of each view's rows."""


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


# --- documents -------------------------------------------------------------------------------


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


# --- claims ----------------------------------------------------------------------------------


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
    if paging.order == "relevance" and wanted.text and total <= RANKED:
        best = database.ranked("claim", terms(wanted.text))
        query, order = query.join(best, best.c.number == c.number), (best.c.rank, c.id)
    ids = connection.execute(paged(query.order_by(*order), paging)).scalars().all()
    found = claims_by_id(connection, ids)
    return Page(tuple(found[key] for key in ids), total, paging.number, paging.size)


def claims_by_id(connection: Connection, ids: Sequence[str]) -> dict[str, ClaimView]:
    """Claims with their words; ids that are not there are left out."""
    c, b, e = t.claims.c, t.claim_bodies.c, t.event_claims.c
    bodies: list[tuple[str, str, ClaimBody]] = []
    events_of: dict[str, list[str]] = defaultdict(list)
    for at in range(0, len(ids), 500):
        some = ids[at : at + 500]
        query = select(c.id, c.status, b.body).join(t.claim_bodies, b.id == c.id).where(c.id.in_(some))
        bodies += [(row.id, row.status, unpack(row.body, ClaimBody)) for row in connection.execute(query)]
        members = select(e.claim, e.event).where(e.claim.in_(some)).order_by(e.event)
        for claim, event_id in connection.execute(members):
            events_of[claim].append(event_id)
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
            events=tuple(events_of.get(key, ())),
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


# --- events ----------------------------------------------------------------------------------


def event_ids(
    connection: Connection, database: Database, wanted: Filter, paging: Paging
) -> tuple[Sequence[str], int]:
    """The ids of a page of events, and how many there are in all."""
    c = t.events.c
    where = conditions("event", t.events, wanted, database)
    total = total_of(connection, t.events, where)
    if paging.order == "relevance" and wanted.text and total <= RANKED:
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
        findings=_findings(connection, t.findings.c.number.in_(touching)),
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


# --- findings, rows, control -----------------------------------------------------------------


def findings(connection: Connection, database: Database, wanted: Filter, paging: Paging) -> Page[FindingView]:
    """A page of findings."""
    c = t.findings.c
    where = conditions("finding", t.findings, wanted, database)
    order = (c.sort, c.id) if paging.order == "time" else (c.severity, c.sort, c.id)
    ids = connection.execute(paged(select(c.id).where(*where).order_by(*order), paging)).scalars().all()
    found = {view.id: view for view in _findings(connection, c.id.in_(ids))}
    items = tuple(found[key] for key in ids)
    return Page(items, total_of(connection, t.findings, where), paging.number, paging.size)


def _findings(connection: Connection, *where: Any) -> tuple[FindingView, ...]:
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
    found = _findings(connection, t.findings.c.id == key)
    if not found:
        raise Missing("the chronicle holds no such finding", where=key, remedy="see `svidok show --findings`")
    return found[0]


def rows(
    connection: Connection, database: Database, view: str, wanted: Filter, paging: Paging, total: int
) -> Page[LedgerRow]:
    """A page of a view of the ledger; ``total`` is of all."""
    c = t.rows.c
    where = _rows_where(view, wanted, database)
    order = (c.sort.desc(), c.id) if paging.order == "-time" else (c.sort, c.id)
    keys = connection.execute(paged(select(c.id).where(*where).order_by(*order), paging)).scalars().all()
    return Page(rows_by_id(connection, keys), total, paging.number, paging.size)


def rows_total(connection: Connection, database: Database, view: str, wanted: Filter) -> int:
    """How many rows a view of the ledger has."""
    return total_of(connection, t.rows, _rows_where(view, wanted, database))


def _rows_where(view: str, wanted: Filter, database: Database) -> list[Any]:
    if view not in VIEWS:
        raise InputError(f"the ledger has no view {view!r}", remedy=f"one of {', '.join(VIEWS)}")
    return [t.rows.c.view == view, *conditions("row", t.rows, wanted, database)]


def rows_by_id(connection: Connection, keys: Sequence[str]) -> tuple[LedgerRow, ...]:
    """Rows of any view in the order of their ids; ids that are not there are left out."""
    c, b = t.rows.c, t.row_bodies.c
    standing = func.coalesce(t.events.c.status, t.claims.c.status, "unreviewed")
    query = (
        select(c.id, c.view, b.body, standing)
        .join(t.row_bodies, b.id == c.id)
        .outerjoin(t.claims, t.claims.c.id == c.claim)
        .outerjoin(t.events, t.events.c.id == c.event)
        .where(c.id.in_(keys))
    )
    found = {}
    for key, view, body, status in connection.execute(query):
        held = unpack(body, RowBody)
        found[key] = LedgerRow(key, view, unpack(held.row, ROWS[view]), held.names, status)
    return tuple(found[key] for key in keys if key in found)


def row(connection: Connection, key: str) -> LedgerRow:
    """One row of any view."""
    found = rows_by_id(connection, [key])
    if not found:
        raise Missing("the ledger has no such row", where=key, remedy="see `svidok search`")
    return found[0]


def control(connection: Connection, day: str, box: Box | None) -> tuple[ControlSpan, ...]:
    """Who held each settlement on a day."""
    number = number_of(day)
    c = t.control.c
    where = [c.first <= number, c.last >= number]
    if box is not None:
        where.append(c.lat.between(box.south, box.north))
        if box.west <= box.east:
            where.append(c.lon.between(box.west, box.east))
        else:
            where.append(or_(c.lon >= box.west, c.lon <= box.east))
    query = select(c.body).where(and_(*where)).order_by(c.name, c.settlement)
    return tuple(unpack(body, ControlSpan) for (body,) in connection.execute(query))


def number_of(day: str) -> int:
    """The number of a day.

    Raises:
        InputError: it is none.
    """
    number = first_day(day)
    if number is None:
        raise InputError(f"{day!r} is no day", remedy="write 2022-03-04")
    return number


def control_of(connection: Connection, settlement: str) -> tuple[ControlSpan, ...]:
    """Who held one settlement, in order of time."""
    c = t.control.c
    query = select(c.body).where(c.settlement == settlement).order_by(c.first)
    return tuple(unpack(body, ControlSpan) for (body,) in connection.execute(query))


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


# --- search ----------------------------------------------------------------------------------


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
    if paging.order == "relevance" and total <= RANKED:
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
    events_of = _events_of(connection, list({key for standing in inside for key in standing}))
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
                tuple(sorted({event for claim in standing for event in events_of.get(claim, ())})),
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


def _events_of(connection: Connection, claims: Sequence[str]) -> dict[str, list[str]]:
    """The events that some claims stand in."""
    e = t.event_claims.c
    found: dict[str, list[str]] = defaultdict(list)
    for at in range(0, len(claims), 500):
        query = select(e.claim, e.event).where(e.claim.in_(claims[at : at + 500])).order_by(e.event)
        for claim, event_id in connection.execute(query):
            found[claim].append(event_id)
    return found
