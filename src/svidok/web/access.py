"""Who asks, and whether they may: sessions, roles, and the proof that a change was meant.

Every route names the least role it asks for (``need``); a test walks the table of routes and fails for
one that names none. A request that changes something must come from a page of ours: the token of the
session in a form field or header, and no foreign ``Origin``.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from svidok.store.views import Role, Session, User

__all__ = ["COOKIE", "ROLES", "Caller", "LoginWanted", "Need", "may", "need", "need_of", "role_of"]

COOKIE = "svidok_session"
ROLES: tuple[Role, ...] = ("viewer", "contributor", "reviewer", "admin")
"""From the least to the most: each may do all that those before it may."""

_SAFE = ("GET", "HEAD", "OPTIONS")


class LoginWanted(Exception):
    """Nobody is logged in, and the route wants somebody."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the user, and the token that belongs into their forms."""

    user: User
    csrf: str


def may(user: User, role: Role) -> bool:
    """Whether a user may do what asks for a role.

    >>> may(User("a", "reviewer"), "contributor"), may(User("a", "viewer"), "admin")
    (True, False)
    """
    return user.active and ROLES.index(user.role) >= ROLES.index(role)


class Need:
    """The dependency of a route that asks for at least a role; gives the caller."""

    def __init__(self, role: Role) -> None:
        self.role: Role = role

    async def __call__(self, request: Request) -> Caller:
        """The caller.

        Raises:
            LoginWanted: nobody is logged in.
            HTTPException: 403 for too low a role, or for a change that no page of ours asked for.
        """
        caller = getattr(request.state, "caller", None) or await caller_of(request)
        if caller is None:
            raise LoginWanted
        if not may(caller.user, self.role):
            raise HTTPException(403, f"This asks for the role {self.role}; yours is {caller.user.role}.")
        if request.method not in _SAFE:
            await meant(request, caller.csrf)
        request.state.caller = caller
        return caller


def need(role: Role) -> Need:
    """The dependency that lets in a role and those above it."""
    return Need(role)


def role_of(route: APIRoute) -> Role | None:
    """The role that a route asks for, or None when it asks for none."""
    wanted = need_of(route)
    return wanted.role if wanted else None


def need_of(route: APIRoute) -> Need | None:
    """The least role that a route asks for, as its dependency."""
    return next((part.call for part in route.dependant.dependencies if isinstance(part.call, Need)), None)


async def caller_of(request: Request) -> Caller | None:
    """Who asks: the local user, or whom the session cookie names; None when nobody."""
    state = request.app.state
    if state.settings.local:
        return Caller(User(state.settings.who, "admin"), state.secret)
    token = request.cookies.get(COOKIE)
    if not token:
        return None
    session: Session | None = await run_in_threadpool(state.store.session, token, at=state.clock())
    return Caller(session.user, session.csrf) if session and session.user.active else None


async def meant(request: Request, token: str) -> None:
    """See that a change comes from a page of ours.

    Raises:
        HTTPException: 403 when the origin is foreign or the token is missing or wrong.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise HTTPException(403, "This request comes from another site.")
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise HTTPException(403, "This request comes from another site.")
    given: Any = request.headers.get("x-csrf-token")
    if given is None and "form" in request.headers.get("content-type", ""):
        given = (await request.form()).get("csrf")
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), token.encode()):
        raise HTTPException(403, "The form is out of date; reload the page and try again.")
