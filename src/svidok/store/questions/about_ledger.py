"""Questions about the ledger: its rows, and who held what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from svidok.errors import InputError, Missing
from svidok.events.days import first_day
from svidok.ledger import rows as ledger_rows
from svidok.store import tables as t
from svidok.store.codec import unpack
from svidok.store.database import Database
from svidok.store.drawing import RowBody
from svidok.store.filters import conditions, paged
from svidok.store.questions.common import total_of
from svidok.store.views import (
    VIEWS,
    Box,
    ControlSpan,
    Filter,
    LedgerRow,
    Page,
    Paging,
)

__all__ = ["control", "control_of", "number_of", "row", "rows", "rows_by_id", "rows_total"]


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
