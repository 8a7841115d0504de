"""Search: passages that hold the words, events and findings beside."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from svidok.store.views import Page, Paging
from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter(route_class=KeptRoute)


@router.get("/search")
def search(request: Request, asked: Question, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """Passages of the reports, narrowed by everything an address can ask."""
    found = events = None
    if asked.q:
        found = store.search(asked.q, asked.filter(text=None), asked.paging("relevance"))
        events = store.events(asked.filter(), Paging(size=5, order="relevance"))
    return show(request, "search.html", asked=asked, page=found or Page((), 0, 1, asked.size), events=events)
