"""The audit log: who did what to what, and when, each entry chained to the one before."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter(route_class=KeptRoute)


@router.get("/log")
def log(
    request: Request,
    asked: Question,
    store: Chronicle,
    caller: Viewer,
    who: str = Query("", max_length=100),
) -> HTMLResponse:
    """The log, newest first."""
    return show(
        request,
        "log.html",
        asked=asked,
        who=who,
        page=store.acts(who=who or None, paging=asked.paging("-added")),
        status=store.status(),
        agreement=store.agreement(),
    )


@router.get("/about")
def about(request: Request, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """What this is, the keys, the API, the licences."""
    from svidok.web.api import described

    return show(request, "about.html", status=store.status(), api=described(request.app))
