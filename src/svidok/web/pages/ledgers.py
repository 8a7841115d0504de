"""The ledgers: settlements, losses, statements, harm, humanitarian, civil defence, explanations."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from svidok.ledger import Ledger
from svidok.publish.tables import Table, load_tables
from svidok.store.views import LedgerRow
from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router", "table_rows", "tables"]

router = APIRouter(route_class=KeptRoute)

_CHANGES = 12
"""How many of a settlement's changes of control its row tells, the latest."""
_TABLES = {table.key: table for table in load_tables() if table.key != "findings"}


@router.get("/ledger/{view}")
def ledger(view: str, request: Request, asked: Question, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """One view of the ledger as a table."""
    table = _TABLES.get(view)
    if table is None:
        raise HTTPException(404, f"There is no ledger {view!r}; there are {', '.join(_TABLES)}.")
    page = store.rows(view, asked.filter(), asked.paging("time"))
    control: tuple[Any, ...] = ()
    if view == "settlements":
        wanted = {key for item in page.items for key in getattr(item.row, "changes", ())[-_CHANGES:]}
        control = tuple(item.row for item in store.rows_by_id(sorted(wanted)))
    return show(
        request,
        "ledger.html",
        asked=asked,
        page=page,
        table=table,
        tables=tables(),
        rows=table_rows(page.items, table, Ledger(control=control)),
    )


def tables() -> list[Table]:
    """The tables of the ledger, findings apart."""
    return list(_TABLES.values())


def table_rows(
    items: Sequence[LedgerRow], table: Table, ledger: Ledger
) -> list[tuple[LedgerRow, dict[str, Any]]]:
    """Rows with their cells; ``ledger`` holds the changes of control that settlements refer to."""
    return [(item, table.cells(item.row, ledger)) for item in items]
