"""Who held what on a day: the map of control, with the evidence of each settlement."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import HTMLResponse

from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter(route_class=KeptRoute)


@router.get("/control")
def control(
    request: Request, store: Chronicle, caller: Viewer, day: str = Query("", max_length=10)
) -> HTMLResponse:
    """The map of control on a day, the last known by default."""
    status = store.status()
    shown = day or (status.held_until or status.latest or "")[:10]
    if shown and not _is_day(shown):
        raise HTTPException(400, f"{day!r} is no day such as 2022-03-04.")
    spans = store.holders(shown) if shown else ()
    sides = sorted({span.side for span in spans})
    return show(request, "control.html", day=shown, status=status, spans=spans, sides=sides)


@router.get("/control/{settlement:path}")
def evidence(settlement: str, request: Request, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """One settlement: who held it from first to last, and on which words that rests."""
    spans = store.control_of(settlement)
    if not spans:
        raise HTTPException(404, f"Nothing is known of who held {settlement!r}.")
    claims = store.claims_by_id(sorted({key for span in spans for key in span.evidence}))
    return show(request, "settlement.html", spans=spans, claims=claims)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
