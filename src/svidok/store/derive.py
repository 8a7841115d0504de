"""From readings and judgements to events, findings and rows; only what changed is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update

from svidok.events.days import first_day
from svidok.records import Document, Reading
from svidok.store import tables as t
from svidok.store.codec import digest, pack, unpack
from svidok.store.database import Database
from svidok.store.drawing import Drawn, Sources, draw_claims, draw_events, draw_findings, draw_rows
from svidok.store.holding import control_spans
from svidok.store.homes import Home, correct_events, event_homes
from svidok.store.keep import get_meta, set_meta
from svidok.store.overlay import Overlay, overlay
from svidok.store.settle import read_acts, settle
from svidok.store.views import ControlSpan

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer

__all__ = ["Drawing", "all_readings", "draw", "revision", "write"]

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Drawing:
    """All that is derived from one state of readings and judgements."""

    revision: str
    claims: list[Drawn]
    events: list[Drawn]
    findings: list[Drawn]
    rows: list[Drawn]
    homes: Mapping[str, Home]
    control: tuple[ControlSpan, ...]


def revision(connection: Connection) -> str:
    """The number of the state that events are to be made of."""
    return get_meta(connection, "revision") or "0"


def all_readings(connection: Connection) -> list[Reading]:
    """Every reading with its document, in the order of document ids."""
    d, r = t.documents.c, t.readings.c
    query = select(d.body, r.body).join(t.readings, r.document == d.id).order_by(d.id)
    out = [
        replace(unpack(made, Reading), document=unpack(given, Document))
        for given, made in connection.execute(query)
    ]
    return sorted(out, key=lambda reading: reading.document.id)


def draw(
    database: Database, *, gazetteer: Gazetteer | None, tell: Callable[[str], None]
) -> tuple[Drawing, Overlay]:
    """Draw everything anew in memory from one state of the chronicle.

    Args:
        gazetteer: where findings look up namesakes.
        tell: told what is being done.
    """
    from svidok import events, ledger

    tell("reading back")
    with database.read() as connection:
        now = revision(connection)
        machine = all_readings(connection)
        acts = read_acts(connection)
    laid = overlay(machine, acts)
    tell("joining claims into events")
    happenings = events.reconcile(laid.readings, judgements=laid.judgements)
    homes = event_homes(acts, happenings, laid.moved)
    happenings = correct_events(happenings, homes)
    tell("looking for what does not fit")
    findings = events.find_findings(laid.readings, happenings, gazetteer=gazetteer)
    tell("drawing the ledger")
    views = ledger.build(laid.readings, happenings, findings)
    sources = Sources(reading.document for reading in machine)
    claims = draw_claims(machine, laid.readings, laid.effective, sources)
    by_id = {claim.id: claim for claim in claims}
    documents = {claim.id: str(claim.columns["document"]) for claim in claims}
    types = {claim.id: str(claim.columns["type"]) for claim in claims}
    spots: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for reading in laid.readings:
        for claim in reading.claims:
            spots[claim.document].append((claim.start, claim.end, claim.id))
    drawing = Drawing(
        now,
        claims,
        draw_events(happenings, views.chronology, by_id, documents, sources),
        draw_findings(findings, spots, sources),
        draw_rows(views, types, sources),
        homes,
        control_spans(laid.readings, views.settlements),
    )
    return drawing, laid


def write(connection: Connection, database: Database, drawing: Drawing, laid: Overlay, *, at: str) -> int:
    """Bring the derived tables to what was drawn, in the caller's transaction.

    Returns:
        how many things were written or taken away.
    """
    changed = 0
    for kind, table, items in (
        ("claim", t.claims, drawing.claims),
        ("event", t.events, drawing.events),
        ("finding", t.findings, drawing.findings),
        ("row", t.rows, drawing.rows),
    ):
        changed += _bring(connection, kind, table, items)
    moved = _bring_control(connection, database, drawing.control)
    settle(connection, laid, drawing.homes)
    if changed or moved:
        drawn = int(get_meta(connection, "drawn") or 0)
        set_meta(connection, database, "drawn", str(drawn + 1))
    set_meta(connection, database, "derived", drawing.revision)
    set_meta(connection, database, "built", at)
    return changed


def _bring_control(connection: Connection, database: Database, spans: Sequence[ControlSpan]) -> bool:
    """Write the spans of control anew, where any has changed; whether any had."""
    mark = digest(*(pack(span) for span in spans))
    if get_meta(connection, "control") == mark:
        return False
    connection.execute(delete(t.control))
    lines = [
        {
            "settlement": span.settlement,
            "first": first_day(span.first),
            "last": first_day(span.last),
            "name": span.name,
            "lat": span.lat,
            "lon": span.lon,
            "side": span.side,
            "probability": span.probability,
            "body": pack(span),
        }
        for span in spans
    ]
    _insert(connection, t.control, lines)
    set_meta(connection, database, "control", mark)
    return True


def _bring(connection: Connection, kind: str, table: Table, items: Sequence[Drawn]) -> int:
    """Insert what is new, rewrite what changed, take away what is gone."""
    c = table.c
    held = {row.id: (row.number, row.digest) for row in connection.execute(select(c.id, c.number, c.digest))}
    wanted = {item.id: item for item in items}
    gone = [number for key, (number, _) in held.items() if key not in wanted]
    changed = [item for key, item in wanted.items() if key in held and held[key][1] != item.digest]
    fresh = [item for key, item in wanted.items() if key not in held]
    _clear(connection, kind, [held[item.id][0] for item in changed])
    _clear(connection, kind, gone)
    for numbers in _chunks(gone):
        connection.execute(delete(table).where(c.number.in_(numbers)))
    top = connection.execute(select(func.max(c.number))).scalar() or 0
    numbered = {item.id: top + at for at, item in enumerate(fresh, start=1)}
    whole = "body" in c
    if fresh:
        columns = [
            {"number": numbered[i.id], "id": i.id, "digest": i.digest, **i.columns, **_whole(whole, i)}
            for i in fresh
        ]
        if "status" in c:
            columns = [{**row, "status": "unreviewed"} for row in columns]
        connection.execute(insert(table), columns)
    if changed:
        names = [*changed[0].columns, "digest", *(("body", "words") if whole else ())]
        connection.execute(
            update(table)
            .where(c.id == bindparam("key"))
            .values({name: bindparam(f"to_{name}") for name in names}),
            [
                {
                    "key": i.id,
                    **{
                        f"to_{k}": v for k, v in ({"digest": i.digest} | i.columns | _whole(whole, i)).items()
                    },
                }
                for i in changed
            ],
        )
    numbered |= {item.id: held[item.id][0] for item in changed}
    _fill(connection, kind, [*fresh, *changed], numbered)
    return len(gone) + len(changed) + len(fresh)


def _whole(whole: bool, item: Drawn) -> dict[str, Any]:
    return {"body": item.body, "words": item.words} if whole else {}


def _clear(connection: Connection, kind: str, numbers: Sequence[int]) -> None:
    """Take away all that hangs on things, before they are rewritten or go themselves."""
    for some in _chunks(numbers):
        connection.execute(delete(t.facets).where(t.facets.c.kind == kind, t.facets.c.ref.in_(some)))
        if kind == "finding":
            continue
        table, bodies = {
            "claim": (t.claims, t.claim_bodies),
            "event": (t.events, t.event_bodies),
            "row": (t.rows, t.row_bodies),
        }[kind]
        ids = select(table.c.id).where(table.c.number.in_(some))
        connection.execute(delete(bodies).where(bodies.c.id.in_(ids)))
        if kind == "event":
            connection.execute(delete(t.event_claims).where(t.event_claims.c.event.in_(ids)))
        words = {"claim": t.claim_words, "event": t.event_words}.get(kind)
        if words is not None:
            connection.execute(delete(words).where(words.c.number.in_(some)))


def _fill(connection: Connection, kind: str, items: Sequence[Drawn], numbers: dict[str, int]) -> None:
    """Write all that hangs on things."""
    facets = [
        {"kind": kind, "field": name, "value": value, "ref": numbers[item.id]}
        for item in items
        for name, value in sorted(item.facets)
    ]
    _insert(connection, t.facets, facets)
    if kind == "finding":
        return
    if kind == "event":
        _insert(connection, t.event_bodies, [{"id": i.id, "body": i.body, "record": i.record} for i in items])
        members = [
            {"event": i.id, "claim": claim, "document": document, "position": at}
            for i in items
            for at, (claim, document) in enumerate(i.members)
        ]
        _insert(connection, t.event_claims, members)
    else:
        bodies = t.claim_bodies if kind == "claim" else t.row_bodies
        _insert(connection, bodies, [{"id": i.id, "body": i.body} for i in items])
    words = {"claim": t.claim_words, "event": t.event_words}.get(kind)
    if words is not None:
        _insert(connection, words, [{"number": numbers[i.id], "words": i.words} for i in items])


def _insert(connection: Connection, table: Table, lines: list[dict[str, Any]]) -> None:
    if lines:
        connection.execute(insert(table), lines)


def _chunks(numbers: Iterable[int]) -> Iterable[list[int]]:
    held = list(numbers)
    return (held[at : at + _CHUNK] for at in range(0, len(held), _CHUNK))
