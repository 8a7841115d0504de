"""What does not fit: the list, and one finding with its words side by side."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Viewer, show

__all__ = ["FINDING_KINDS", "router"]

FINDING_KINDS = (
    "date", "quantity", "list_count", "whole_part", "order", "place", "distance", "control", "polarity",
    "actor", "attribution", "identity", "weekday", "cumulative",
)  # fmt: skip
"""Every kind of finding, as the exchange format names them."""

router = APIRouter(route_class=KeptRoute)


@router.get("/findings")
def findings(request: Request, asked: Question, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """The findings, the gravest first."""
    return show(
        request,
        "findings.html",
        asked=asked,
        page=store.findings(asked.filter(), asked.paging("severity")),
        finding_kinds=FINDING_KINDS,
    )


@router.get("/findings/{id}")
def finding(id: str, request: Request, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """One finding with its words side by side."""
    view = store.finding(id)
    return show(request, "finding.html", view=view, acts=store.acts(subject="finding", target=view.id))
