"""The front page (map, time line, list of events) and the page of one event with all its witnesses."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from svidok.store.views import Filter
from svidok.web.asked import Asked, Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter(route_class=KeptRoute)


@router.get("/")
def front(request: Request, asked: Question, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """The map, the time line and the list, as the address asks."""
    return show(
        request,
        "front.html",
        asked=asked,
        page=store.events(asked.filter(), asked.paging()),
        types=store.counts("type", _open(asked, "types")),
        sides=store.counts("side", _open(asked, "sides")),
        sources=store.counts("source", _open(asked, "sources")),
        status=store.status(),
    )


@router.get("/events")
def events(request: Request, asked: Question, store: Chronicle, caller: Viewer) -> Response:
    """The list alone, for the page that is open already; whoever opens it by itself gets the whole page."""
    if "hx-request" not in request.headers:
        return RedirectResponse(f"/?{asked.address()}".rstrip("?"), 303)
    return show(request, "events.html", asked=asked, page=store.events(asked.filter(), asked.paging()))


@router.get("/events/{id}")
def event(id: str, request: Request, store: Chronicle, caller: Viewer) -> Response:
    """One event: every claim in its words, why they were joined, what does not fit."""
    detail = store.event(id)
    if detail.view.id != id:
        return RedirectResponse(f"/events/{detail.view.id}", 303)
    return show(
        request,
        "event.html",
        detail=detail,
        acts=store.acts(subject="event", target=id),
        words_of={claim.claim.id: claim.words for claim in detail.claims},
    )


def _open(asked: Asked, field: str) -> Filter:
    """The filter without one field: what else one could choose there."""
    return asked.filter(**{field: ()})
