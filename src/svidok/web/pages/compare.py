"""Two sources side by side: what both tell, and what only one of them tells."""

from __future__ import annotations

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from svidok.store.views import EventView, Paging
from svidok.web.asked import Question
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter()
_MOST = 1000


@router.get("/compare")
def compare(
    request: Request,
    asked: Question,
    store: Chronicle,
    caller: Viewer,
    a: str = Query("", max_length=300),
    b: str = Query("", max_length=300),
) -> HTMLResponse:
    """Events of two sources in three columns: both, only the first, only the second."""
    sources = store.counts("source", limit=200)
    left = _events(store, asked, a)
    right = _events(store, asked, b)
    both = [view for key, view in left.items() if key in right]
    return show(
        request,
        "compare.html",
        asked=asked,
        a=a,
        b=b,
        sources=sources,
        both=[(view, store.event(view.id)) for view in both[:50]],
        more=max(0, len(both) - 50),
        only_a=[view for key, view in left.items() if key not in right],
        only_b=[view for key, view in right.items() if key not in left],
        cut=_MOST if max(len(left), len(right)) >= _MOST else 0,
    )


def _events(store: Chronicle, asked: Question, source: str) -> dict[str, EventView]:
    if not source:
        return {}
    page = store.events(asked.filter(sources=(source,)), Paging(size=_MOST, order="time"))
    return {view.id: view for view in page.items}
