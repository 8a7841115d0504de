"""The same questions as JSON, under ``/api/v1``; ``/api/v1/openapi.json`` describes them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec
from fastapi import APIRouter, FastAPI, HTTPException, Path, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.responses import JSONResponse, Response

from svidok.publish import document_to_dict, reading_to_dict
from svidok.publish.basemap import base_map, decode
from svidok.store.views import (
    VIEWS,
    ClaimView,
    ControlSpan,
    Count,
    DocumentView,
    EventDetail,
    EventView,
    FindingView,
    Hit,
    LedgerRow,
    Page,
    Status,
)
from svidok.web.access import role_of
from svidok.web.asked import Question
from svidok.web.kept import KeptRoute
from svidok.web.pages.control import _is_day
from svidok.web.pages.shared import Chronicle, Viewer
from svidok.web.rendering import palette

__all__ = ["PageOf", "described", "router"]

router = APIRouter(route_class=KeptRoute)
T = TypeVar("T")
Id = Annotated[str, Path(max_length=300)]


class GeoJson(JSONResponse):
    """A collection of features, written already."""

    media_type = "application/geo+json"

    def render(self, content: bytes) -> bytes:
        """The bytes as they are."""
        return content


class Told(BaseModel):
    """What is wrong, in one sentence."""

    detail: str


_WRONG: dict[int | str, dict[str, Any]] = {
    400: {"model": Told, "description": "this cannot be narrowed so"},
    401: {"model": Told, "description": "nobody is logged in"},
    404: {"model": Told, "description": "nothing of that id is in the chronicle"},
    422: {"model": Told, "description": "a part of the address says nothing that can be asked"},
    429: {"description": "too many requests; see Retry-After"},
    503: {"model": Told, "description": "the chronicle is busy; see Retry-After"},
}


class PageOf(BaseModel, Generic[T]):
    """One page of an answer: the items, how many there are in all, and which page this is."""

    items: list[T]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True)
class Held(ControlSpan):
    """Who held a settlement, with the number of the holder's colour."""

    colour: int | None


def _page(page: Page[Any]) -> dict[str, Any]:
    return {"items": list(page.items), "total": page.total, "number": page.number, "size": page.size}


@router.get("/status", responses=_WRONG)
def status(store: Chronicle, caller: Viewer) -> Status:
    """What the chronicle holds and what waits."""
    return store.status()


@router.get("/events", responses=_WRONG)
def events(asked: Question, store: Chronicle, caller: Viewer) -> PageOf[EventView]:
    """Events."""
    return PageOf[EventView].model_construct(**_page(store.events(asked.filter(), asked.paging())))


@router.get("/events/{id}", responses=_WRONG)
def event(id: Id, store: Chronicle, caller: Viewer) -> EventDetail:
    """One event with all its witnesses."""
    return store.event(id)


@router.get("/claims", responses=_WRONG)
def claims(asked: Question, store: Chronicle, caller: Viewer) -> PageOf[ClaimView]:
    """Claims."""
    return PageOf[ClaimView].model_construct(**_page(store.claims(asked.filter(), asked.paging())))


@router.get("/claims/{id}", responses=_WRONG)
def claim(id: Id, store: Chronicle, caller: Viewer) -> ClaimView:
    """One claim."""
    return store.claim(id)


@router.get("/findings", responses=_WRONG)
def findings(asked: Question, store: Chronicle, caller: Viewer) -> PageOf[FindingView]:
    """What does not fit."""
    return PageOf[FindingView].model_construct(
        **_page(store.findings(asked.filter(), asked.paging("severity")))
    )


@router.get("/findings/{id}", responses=_WRONG)
def finding(id: Id, store: Chronicle, caller: Viewer) -> FindingView:
    """One finding."""
    return store.finding(id)


@router.get("/documents", responses=_WRONG)
def documents(asked: Question, store: Chronicle, caller: Viewer) -> PageOf[DocumentView]:
    """Reports."""
    return PageOf[DocumentView].model_construct(**_page(store.documents(asked.filter(), asked.paging())))


@router.get("/documents/{id:path}", responses=_WRONG)
def document(id: Id, store: Chronicle, caller: Viewer) -> dict[str, Any]:
    """One report with its text."""
    return document_to_dict(store.document(id))


@router.get("/readings/{id:path}", responses=_WRONG)
def reading(id: Id, store: Chronicle, caller: Viewer) -> dict[str, Any]:
    """All that was read in one report, in the exchange format."""
    return reading_to_dict(store.reading(id))


@router.get("/ledger/{view}", responses=_WRONG)
def ledger(
    view: Literal[VIEWS],  # type: ignore[valid-type]
    asked: Question,
    store: Chronicle,
    caller: Viewer,
) -> PageOf[LedgerRow]:
    """Rows of one view of the ledger."""
    return PageOf[LedgerRow].model_construct(**_page(store.rows(view, asked.filter(), asked.paging())))


@router.get("/search", responses=_WRONG)
def search(asked: Question, store: Chronicle, caller: Viewer) -> PageOf[Hit]:
    """Passages that hold the words ``q``."""
    if not asked.q:
        raise HTTPException(422, "q: say which words to look for")
    return PageOf[Hit].model_construct(
        **_page(store.search(asked.q, asked.filter(text=None), asked.paging("relevance")))
    )


@router.get("/counts/{field}", responses=_WRONG)
def counts(
    field: Literal["type", "side", "source", "speaker", "place"],
    asked: Question,
    store: Chronicle,
    caller: Viewer,
) -> list[Count]:
    """The commonest values of a field among events."""
    return list(store.counts(field, asked.filter()))


@router.get("/control", responses=_WRONG)
def control(
    store: Chronicle,
    caller: Viewer,
    day: str = Query(max_length=10, description="an ISO day"),
) -> list[Held]:
    """Who held what on a day; ``colour`` is the number of the holder's colour on all pages."""
    if not _is_day(day):
        raise HTTPException(422, f"day: {day!r} is no day such as 2022-03-04")
    return [
        Held(**{field.name: getattr(span, field.name) for field in fields(span)}, colour=palette(span.side))
        for span in store.control(day)
    ]


@router.get("/points", responses=_WRONG)
def points(
    asked: Question,
    store: Chronicle,
    caller: Viewer,
    ids: bool = Query(True, description="no leaves out `id`, more than half of the answer"),
) -> Response:
    """Events as columns, for the map and the time line: small, and without pages.

    Days are whole numbers since 1970-01-01; ``side``, ``type`` and ``spot`` are indexes into ``sides``,
    ``types`` and ``spots`` (latitude, longitude, radius in km).
    """
    found = store.columns(asked.filter())
    body = {field.name: getattr(found, field.name) for field in fields(found)}
    body["colours"] = [palette(side) for side in found.sides]
    if not ids:
        del body["id"]
    return Response(msgspec.json.encode(body), media_type="application/json")


@router.get("/basemap", responses=_WRONG, response_class=GeoJson)
def basemap(request: Request, caller: Viewer) -> Response:
    """Land, borders and regions of the world as GeoJSON, by Natural Earth."""
    headers = {"cache-control": "private, max-age=86400", "vary": "Accept-Encoding"}
    body = _basemap()
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return GeoJson(body, headers=headers)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request, caller: Viewer) -> JSONResponse:
    """What this API is."""
    return JSONResponse(described(request.app))


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of the routes under ``/api/v1``, with the role that each asks for."""
    if app.openapi_schema is None:
        schema = get_openapi(
            title=app.title,
            version=app.version,
            summary=app.summary,
            routes=app.routes,
        )
        for route in router.routes:
            if isinstance(route, APIRoute) and route.include_in_schema:
                for method in route.methods or ():
                    operation = schema["paths"][f"/api/v1{route.path_format}"][method.lower()]
                    operation["x-role"] = role_of(route)
        app.openapi_schema = schema
    return app.openapi_schema


@lru_cache(maxsize=1)
def _basemap() -> bytes:
    base = base_map(None, towns=400)
    quantum = base["quantum"]

    def line(text: str) -> list[list[float]]:
        return [[round(x / quantum, 3), round(y / quantum, 3)] for x, y in decode(text)]

    def feature(layer: str, kind: str, coordinates: Any, **properties: Any) -> dict[str, Any]:
        return {
            "type": "Feature",
            "properties": {"layer": layer, **properties},
            "geometry": {"type": kind, "coordinates": coordinates},
        }

    features = [feature("land", "Polygon", [line(ring) for ring in rings]) for rings in base["land"]]
    for layer in ("borders", "regions"):
        features += [feature(layer, "LineString", line(text)) for text in base[layer]]
    features += [feature("country", "Point", [row[1], row[2]], name=row[0]) for row in base["countries"]]
    features += [
        feature("town", "Point", [row[1], row[2]], name=row[0], people=row[3]) for row in base["towns"]
    ]
    collection = {"type": "FeatureCollection", "features": features}
    return gzip.compress(json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0)
