"""Logging in and out, the language, and the users."""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import unquote

from fastapi import APIRouter, Form, HTTPException, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response

from svidok.store.views import Role
from svidok.web.access import COOKIE, caller_of, meant
from svidok.web.pages.shared import Admin, Chronicle, Viewer, show
from svidok.web.texts import LANGUAGES

__all__ = ["router"]

router = APIRouter()
_BEFORE = "svidok_before"


@router.get("/login")
async def asked_to_log_in(request: Request, next: str = Query("/", max_length=2_000)) -> Response:
    """The form; its token stands in a cookie too, so that no other site can send it."""
    if await caller_of(request):
        return RedirectResponse(_inside(next), 303)
    token = request.cookies.get(_BEFORE) or secrets.token_urlsafe(24)
    page = show(request, "login.html", next=_inside(next), token=token, failed=False)
    _set(request, page, _BEFORE, token)
    return page


@router.post("/login")
async def log_in(
    request: Request,
    store: Chronicle,
    name: str = Form(max_length=100),
    password: str = Form(max_length=1_000),
    csrf: str = Form("", max_length=100),
    next: str = Form("/", max_length=2_000),
) -> Response:
    """Log in, or say that name and password do not fit; too many tries have to wait."""
    token = request.cookies.get(_BEFORE, "")
    await meant(request, token or secrets.token_urlsafe(8))
    if not token or not hmac.compare_digest(token.encode(), csrf.encode()):
        raise HTTPException(403, "The form is out of date; reload the page and try again.")
    caller = request.client.host if request.client else "unknown"
    for key in (f"from {caller}", f"as {name}"):
        wait = request.app.state.failures.wait(key)
        if wait > 0:
            raise HTTPException(
                429, "Too many failed logins; wait a few minutes.", {"retry-after": str(int(wait) + 1)}
            )
    settings = request.app.state.settings
    session = await run_in_threadpool(
        store.login, name, password, at=request.app.state.clock(), hours=settings.hours
    )
    if session is None:
        return show(request, "login.html", http=401, next=_inside(next), token=token, failed=True)
    for key in (f"from {caller}", f"as {name}"):
        request.app.state.failures.give_back(key)
    answer = RedirectResponse(_inside(next), 303)
    _set(request, answer, COOKIE, session.token, seconds=int(settings.hours * 3600))
    answer.delete_cookie(_BEFORE)
    return answer


@router.post("/logout")
async def log_out(request: Request, store: Chronicle, caller: Viewer) -> Response:
    """End the session."""
    token = request.cookies.get(COOKIE)
    if token:
        await run_in_threadpool(store.logout, token)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.post("/language")
def language(
    request: Request, code: str = Form(max_length=5), back: str = Form("/", max_length=2_000)
) -> Response:
    """Choose the language of the pages; nothing but a cookie."""
    if code not in LANGUAGES:
        raise HTTPException(400, f"The pages do not speak {code!r}.")
    answer = RedirectResponse(_inside(back), 303)
    answer.set_cookie("svidok_language", code, max_age=365 * 86400, samesite="lax", path="/")
    return answer


@router.get("/users")
def users(request: Request, store: Chronicle, caller: Admin) -> HTMLResponse:
    """Everybody who may log in."""
    return show(request, "users.html", users=store.users())


@router.post("/users")
async def save(
    request: Request,
    store: Chronicle,
    caller: Admin,
    name: str = Form(max_length=100),
    role: Role = Form(),
    password: str = Form("", max_length=1_000),
    active: str = Form("", max_length=5),
) -> Response:
    """Make a user, or change a role, a password, or whether they may log in."""
    if not name.strip() or any(ord(letter) < 32 for letter in name):
        raise HTTPException(400, "A user needs a name without control characters.")
    known = {user.name for user in await run_in_threadpool(store.users)}
    if name not in known and len(password) < 10:
        raise HTTPException(400, "A new user needs a password of at least 10 characters.")
    if password and len(password) < 10:
        raise HTTPException(400, "A password needs at least 10 characters.")
    await run_in_threadpool(
        store.save_user,
        name.strip(),
        role=role,
        password=password or None,
        active=active == "yes",
        who=caller.user.name,
        at=request.app.state.clock(),
    )
    return RedirectResponse("/users", 303)


def _inside(address: str) -> str:
    """An address of ours: a path, never another host."""
    plain = unquote(address)
    if not plain.startswith("/") or plain.startswith(("//", "/\\")) or any(ord(c) < 32 for c in plain):
        return "/"
    return address


def _set(request: Request, answer: Response, name: str, value: str, seconds: int | None = None) -> None:
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure,
        path="/",
    )
