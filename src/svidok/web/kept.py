"""Pages kept as they were answered, until the chronicle changes: a second reader costs next to nothing.

An answer is kept for one address, state of the chronicle, language and user; who asks while it is worked
out waits for it, and others wait their turn. On one's own machine the browser keeps it too and asks
whether it still holds (``ETag``); where people log in, pages are ``no-store`` and leave nothing on
anybody's disk.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from svidok.store.contract import Store
from svidok.store.memory import Memory
from svidok.web.access import Need, need_of
from svidok.web.turns import patience_of

__all__ = ["Kept", "KeptRoute", "memory"]

_MOST = 64 * 2**20
_LARGEST = 4 * 2**20
"""Bytes, squeezed, of all answers that are kept, and of one."""
_KINDS = ("text/html", "application/json")
_SQUEEZE = 1000
_LONG = 200_000
_VARY = "HX-Request, Cookie, Accept-Language, Accept-Encoding"

Answer = Callable[[Request], Coroutine[Any, Any, Response]]


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: its body, squeezed when that is worth it, and its type."""

    body: bytes
    squeezed: bool
    media: str

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        """It as an answer to a request."""
        body = self.body
        if self.squeezed and "gzip" in request.headers.get("accept-encoding", ""):
            headers = {**headers, "content-encoding": "gzip"}
        elif self.squeezed:
            body = gzip.decompress(body)
        return Response(body, media_type=self.media, headers=headers)


class KeptRoute(APIRoute):
    """A route whose answers to GET are kept while the chronicle stays as it is."""

    def get_route_handler(self) -> Answer:
        """The handler, with the look into what is kept before it."""
        ask = super().get_route_handler()
        wanted = need_of(self)
        if wanted is None or self.methods != {"GET"}:
            return ask

        async def answer(request: Request) -> Response:
            return await _answer(request, wanted, ask)

        return answer


def memory() -> Memory[Kept]:
    """Room for the answers of one application."""
    return Memory[Kept](_MOST, lambda kept: len(kept.body))


async def _answer(request: Request, wanted: Need, ask: Answer) -> Response:
    caller = await wanted(request)
    state = request.app.state
    store: Store = state.store
    if state.kept[0] is not store:
        state.kept = (store, memory())
    held: Memory[Kept] = state.kept[1]
    headers = request.headers
    key = _key(
        await run_in_threadpool(store.mark),
        state.secret,
        str(request.url),
        caller.user.name,
        caller.user.role,
        caller.csrf,
        *(request.cookies.get("svidok_language", ""), headers.get("accept-language", "")),
        *(headers.get("hx-request", ""), headers.get("hx-boosted", "")),
    )
    told = {"vary": _VARY}
    if state.settings.local:
        told |= {"etag": f'W/"{key}"', "cache-control": "private, no-cache"}
        if told["etag"] in headers.get("if-none-match", ""):
            return Response(status_code=304, headers=told)
    kept = held.get(key)
    if kept is None:
        own = state.making.setdefault(key, asyncio.Lock())
        async with own, state.turns.of(patience_of(request.url.path)):
            kept = held.get(key)
            if kept is None:
                made = await ask(request)
                media = made.headers.get("content-type", "").partition(";")[0]
                if made.status_code != 200 or media not in _KINDS or "cache-control" in made.headers:
                    return made
                kept = await _squeezed(bytes(made.body), made.headers["content-type"])
                if len(kept.body) <= _LARGEST:
                    held.put(key, kept)
    return kept.response(request, told)


def _key(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


async def _squeezed(body: bytes, media: str) -> Kept:
    """An answer as it is kept; long ones are squeezed less, and aside, since others wait."""
    if len(body) < _SQUEEZE:
        return Kept(body, False, media)
    if len(body) < _LONG:
        return Kept(gzip.compress(body, 3, mtime=0), True, media)
    return Kept(await run_in_threadpool(gzip.compress, body, 1, mtime=0), True, media)
