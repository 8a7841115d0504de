"""Two sources side by side: what both tell, and what only one of them tells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from svidok.store.views import EventView, Page, Paging, Quote
from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["router"]

router = APIRouter(route_class=KeptRoute)
_SIDE_BY_SIDE = 50
_LISTED = 50


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

    def told(size: int, source: str, **more: tuple[str, ...]) -> Page[EventView]:
        return store.events(asked.filter(sources=(source,), **more), Paging(size=size))

    columns: dict[str, Any] = {"both": None, "only_a": None, "only_b": None, "quotes": {}}
    if a and b:
        both = told(_SIDE_BY_SIDE, a, also_sources=(b,))
        columns = {
            "both": both,
            "only_a": told(_LISTED, a, not_sources=(b,)),
            "only_b": told(_LISTED, b, not_sources=(a,)),
            "quotes": {
                key: _whole(own)
                for key, own in store.quotes([view.id for view in both.items], sources=(a, b)).items()
            },
        }
    return show(
        request, "compare.html", asked=asked, a=a, b=b, sources=store.counts("source", limit=200), **columns
    )


def _whole(quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotations without those whose words stand in another of the same report."""
    kept: list[Quote] = []
    for quote in quotes:
        if not any(_holds(one, quote) for one in kept):
            kept = [*(one for one in kept if not _holds(quote, one)), quote]
    return tuple(kept)


def _holds(whole: Quote, part: Quote) -> bool:
    return whole.document == part.document and part.words in whole.words
