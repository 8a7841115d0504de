"""The ledgers: settlements, losses, statements, harm, humanitarian, civil defence, explanations."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from starlette.responses import HTMLResponse

from svidok.ledger import Ledger
from svidok.publish.tables import load_tables
from svidok.store.views import LedgerRow
from svidok.web.asked import Question
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter()

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
        wanted = {key for item in page.items for key in getattr(item.row, "changes", ())}
        control = tuple(store.row(key).row for key in sorted(wanted))
    return show(
        request,
        "ledger.html",
        asked=asked,
        page=page,
        table=table,
        tables=list(_TABLES.values()),
        rows=[(item, _cells(item, table, Ledger(control=control))) for item in page.items],
    )


def _cells(item: LedgerRow, table: Any, ledger: Ledger) -> dict[str, Any]:
    cells: dict[str, Any] = table.cells(item.row, ledger)
    return cells
