"""The application: what is served where, and what happens when something goes wrong."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote
from weakref import WeakValueDictionary

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response

from svidok import __version__
from svidok.chronicle import now
from svidok.errors import Busy, InputError, Missing, Refused, SvidokError
from svidok.store.contract import Store
from svidok.web.access import LoginWanted
from svidok.web.headers import Buckets, Guard
from svidok.web.kept import memory
from svidok.web.settings import Settings
from svidok.web.turns import Turns

__all__ = ["create_app", "routers"]

_AT_ONCE = 2
"""How many pages one process works out at a time: the more share its Python, the later each is done; with
two, a slow one does not hold up all others, and Python works for one while the database does for another."""

_STATIC = Path(__file__).with_name("static")
_TOKENS = Path(__file__).parents[1] / "publish" / "page" / "style" / "tokens.css"


def create_app(
    store: Store,
    settings: Settings | None = None,
    *,
    secret: str | None = None,
    clock: Callable[[], str] = now,
    ticks: Callable[[], float] = time.monotonic,
) -> FastAPI:
    """Make the application over an open chronicle.

    Args:
        store: the chronicle; it stays the caller's to close.
        settings: see ``Settings``; by default nobody gets in without a login.
        secret: what the forms of a local user carry; given where several processes serve one chronicle.
        clock: gives the moment (ISO, UTC) that acts and sessions are dated by.
        ticks: seconds that only grow, for the rate limits.
    Returns:
        an ASGI application; ``/api/v1/openapi.json`` describes its API.
    """
    from svidok.web.rendering import templates

    settings = settings or Settings()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> Any:
        yield

    app = FastAPI(
        title="Svidok",
        summary="A chronicle that can be checked: who says that what happened, to whom, where, when.",
        version=__version__,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.state.store = store
    app.state.settings = settings
    app.state.clock = clock
    app.state.secret = secret or secrets.token_urlsafe(32)
    app.state.failures = Buckets(settings.logins / 300, settings.logins, ticks)
    app.state.templates = templates()
    app.state.kept = (store, memory())
    app.state.turns = Turns(_AT_ONCE, ticks)
    app.state.making = WeakValueDictionary()
    for prefix, router in routers():
        app.include_router(router, prefix=prefix, include_in_schema=bool(prefix))
    app.add_route("/static/css/tokens.css", _tokens)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    app.add_exception_handler(LoginWanted, _login)
    app.add_exception_handler(RequestValidationError, _unfit)
    app.add_exception_handler(StarletteHTTPException, _told)
    app.add_exception_handler(SvidokError, _ours)
    app.add_middleware(GZipMiddleware, minimum_size=2000, compresslevel=4)
    app.add_middleware(Guard, settings=settings, clock=ticks)
    return app


def routers() -> tuple[tuple[str, APIRouter], ...]:
    """Every router with the beginning of its addresses; besides them only files under ``/static``."""
    from svidok.web import api
    from svidok.web.pages import ROUTERS

    return (("/api/v1", api.router), *(("", router) for router in ROUTERS))


async def _tokens(request: Request) -> Response:
    """The colours and letters of the report page, so that both look alike."""
    return FileResponse(_TOKENS)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/api/")


def _wrong(request: Request, status: int, what: str, headers: dict[str, str] | None = None) -> Response:
    if _is_api(request):
        return JSONResponse({"detail": what}, status, headers)
    page: Response = request.app.state.templates.page(
        request, "error.html", http=status, headers=headers, code=status, what=what
    )
    return page


async def _login(request: Request, error: Exception) -> Response:
    if _is_api(request):
        return JSONResponse({"detail": "Log in first."}, 401)
    if request.method != "GET":
        return _wrong(request, 401, "Log in first.")
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/login?next={quote(request.url.path + query, safe='')}", 303)


async def _unfit(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(
        f"{'.'.join(str(part) for part in item['loc'][1:]) or item['loc'][0]}: {item['msg']}"
        for item in error.errors()
    )
    return _wrong(request, 422 if _is_api(request) else 400, told)


async def _told(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException | StarletteHTTPException)
    headers = dict(error.headers) if error.headers else None
    return _wrong(request, error.status_code, str(error.detail), headers)


async def _ours(request: Request, error: Exception) -> Response:
    statuses = ((Missing, 404), (Busy, 503), (Refused, 409), (InputError, 400))
    status = next((code for kind, code in statuses if isinstance(error, kind)), 500)
    headers = {"retry-after": "2"} if status == 503 else None
    return _wrong(request, status, str(error), headers)
