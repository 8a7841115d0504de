"""The review queue: one thing at a time, judged by keyboard, what matters most first."""

from __future__ import annotations

import json
from typing import Any, get_args

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from svidok.errors import Missing
from svidok.store.contract import Store
from svidok.store.views import Paging, QueueItem, Subject
from svidok.web.access import may
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Contributor, Reviewer, show

__all__ = ["CONTRIBUTED", "JUDGED", "router"]

router = APIRouter(route_class=KeptRoute)

JUDGED = ("accept", "reject", "correct", "merge", "split", "grade", "comment", "undo", "adjudicate")
"""The acts that a page may ask for."""
CONTRIBUTED = ("comment",)
"""The acts that a contributor may do; all others ask for a reviewer, adjudication for an admin."""


@router.get("/review")
def queue(
    request: Request,
    store: Chronicle,
    caller: Reviewer,
    subject: str = Query("", max_length=20),
    skip: int = Query(0, ge=0, le=100_000),
    last: int = Query(0, ge=0),
) -> HTMLResponse:
    """The next thing to judge, and the few that follow."""
    kind = _subject(subject) if subject else None
    page = store.queue(subject=kind, reviewer=caller.user.name, paging=Paging(number=skip // 8 + 1, size=8))
    items = page.items[skip % 8 :]
    return show(
        request,
        "review.html",
        item=items[0] if items else None,
        thing=_thing(store, items[0]) if items else None,
        following=items[1:],
        total=page.total,
        skip=skip,
        subject=subject,
        last=last,
        agreement=store.agreement(),
    )


@router.post("/review")
async def act(
    request: Request,
    store: Chronicle,
    caller: Contributor,
    kind: str = Form(max_length=20),
    subject: str = Form(max_length=20),
    target: str = Form(max_length=300),
    detail: str = Form("{}", max_length=20_000),
    why: str = Form("", max_length=2_000),
    back: str = Form("/review", max_length=2_000),
) -> Response:
    """Record one judgement and go on."""
    if kind not in JUDGED:
        raise HTTPException(400, f"No such judgement: {kind!r}.")
    wanted = "admin" if kind == "adjudicate" else "contributor" if kind in CONTRIBUTED else "reviewer"
    if not may(caller.user, wanted):  # type: ignore[arg-type]
        raise HTTPException(403, f"This asks for the role {wanted}; yours is {caller.user.role}.")
    made = await run_in_threadpool(
        store.act,
        kind,
        _subject(subject),
        target,
        who=caller.user.name,
        at=request.app.state.clock(),
        detail=_detail(kind, detail, why),
    )
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        back = "/review"
    joint = "&" if "?" in back else "?"
    return RedirectResponse(f"{back}{joint}last={made.number}" if back.startswith("/review") else back, 303)


def _subject(text: str) -> Subject:
    if text not in get_args(Subject):
        raise HTTPException(400, f"No such thing to judge: {text!r}.")
    return text  # type: ignore[return-value]


def _detail(kind: str, text: str, why: str) -> dict[str, Any]:
    try:
        detail = json.loads(text or "{}")
    except (ValueError, RecursionError) as error:
        raise HTTPException(400, f"The detail of the judgement is no JSON: {error}") from error
    if not isinstance(detail, dict):
        raise HTTPException(400, "The detail of the judgement is no JSON object.")
    if why:
        detail["text" if kind == "comment" else "why"] = why
    return detail


def _thing(store: Store, item: QueueItem) -> Any:
    """What the item is about, in full; None when a build has done away with it."""
    try:
        if item.subject == "claim":
            return store.claim(item.id)
        if item.subject == "event":
            return store.event(item.id)
        if item.subject == "finding":
            return store.finding(item.id)
        return store.document(item.id)
    except Missing:
        return None
