"""The reports, and the reader: one report with the words of its claims lit up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from svidok.records import Reading
from svidok.store.views import ClaimView
from svidok.web.asked import Asked, Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.shared import Chronicle, Contributor, Viewer, show
from svidok.web.wording import Stretch, lit

__all__ = ["router", "text_blocks"]

router = APIRouter(route_class=KeptRoute)


@router.get("/reports")
def reports(request: Request, asked: Question, store: Chronicle, caller: Viewer) -> HTMLResponse:
    """The reports, by day of publication."""
    return show(
        request, "reports.html", asked=asked, page=store.documents(asked.filter(), asked.paging("time"))
    )


@router.get("/reports/{id:path}")
def report(
    id: str,
    request: Request,
    store: Chronicle,
    caller: Viewer,
    claim: str = Query("", max_length=64),
) -> HTMLResponse:
    """One report: its text, and what was read from it."""
    document = store.document(id)
    claims = store.claims_of(id)
    return show(
        request,
        "report.html",
        document=document,
        custody=store.custody(id),
        claims=claims,
        chosen=claim if any(view.claim.id == claim for view in claims) else "",
        blocks=text_blocks(store.reading(id), claims),
    )


@router.get("/originals/{id:path}")
def original(id: str, store: Chronicle, caller: Viewer) -> Response:
    """The original bytes, to be saved and never shown as a page."""
    document = store.document(id)
    name = quote((document.path or document.title or document.id).replace("\\", "/").rsplit("/", 1)[-1])
    return Response(
        store.original(document.sha256),
        media_type="application/octet-stream",
        headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.post("/reports")
async def add(request: Request, file: UploadFile, store: Chronicle, caller: Contributor) -> Response:
    """Take a file in, and show its report, or the list with what became of all that was in it."""
    from svidok.web.intake import take_in

    data = await file.read()
    added = await run_in_threadpool(
        take_in, store, file.filename or "upload", data, who=caller.user.name, at=request.app.state.clock()
    )
    reports = (*added.new, *added.known)
    if len(reports) == 1 and not added.failed:
        return RedirectResponse(f"/reports/{quote(reports[0], safe='')}", 303)
    page = await run_in_threadpool(store.documents, Asked().filter(), Asked().paging("-added"))
    return show(request, "reports.html", asked=Asked(), page=page, added=added)


def text_blocks(reading: Reading, claims: Sequence[ClaimView]) -> list[tuple[str, tuple[Stretch, ...]]]:
    """Paragraphs of the text, each with its role and its stretches; what stands between is kept."""
    spans = [(view.claim.start, view.claim.end, view.claim.id) for view in claims]
    triggers = [(*view.claim.trigger, view.claim.id) for view in claims]
    text = reading.document.text
    if not reading.sentences:
        return [("body", lit(text, spans, triggers))]
    starts = []
    for _, group in groupby(reading.sentences, key=lambda sentence: (sentence.block, sentence.role)):
        own = list(group)
        starts.append((own[0].start, own[0].role))
    edges = [0, *(start for start, _ in starts[1:]), len(text)]
    return [
        (role, lit(text, spans, triggers, start=left, end=right))
        for (_, role), left, right in zip(starts, edges, edges[1:], strict=False)
    ]
