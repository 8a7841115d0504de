"""What every answer carries, and what no request may be: headers, host names, sizes, rates.

Plain ASGI, so that it holds for pages, files and errors alike.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from svidok.web.settings import Settings

__all__ = ["Buckets", "Guard", "policy"]


def policy(settings: Settings) -> str:
    """The content security policy: everything from here, no inline script or style, no frames.

    >>> "script-src 'self'" in policy(Settings())
    True
    """
    images = "img-src 'self' data: blob:"
    fetches = "connect-src 'self'"
    if settings.tiles:
        parts = urlsplit(settings.tiles)
        images += f" {parts.scheme}://{parts.netloc}"
        fetches += f" {parts.scheme}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            images,
            fetches,
            "font-src 'self'",
            "worker-src 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )


class Buckets:
    """A token bucket a caller: so many requests a minute, in bursts of a part of that.

    The least recently seen are forgotten past ``most`` callers, so that memory stays bounded.
    """

    def __init__(self, rate: float, burst: float, clock: Callable[[], float], most: int = 10_000) -> None:
        """``rate`` tokens a second, at most ``burst`` of them; ``clock`` in seconds that only grow."""
        self._rate, self._burst, self._clock, self._most = rate, burst, clock, most
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str) -> float:
        """Take one token: 0.0, or how many seconds until there is one (nothing is taken then)."""
        now = self._clock()
        left, then = self._left.get(caller, (self._burst, now))
        left = min(self._burst, left + (now - then) * self._rate)
        if left < 1.0:
            self._keep(caller, left, now)
            return (1.0 - left) / self._rate
        self._keep(caller, left - 1.0, now)
        return 0.0

    def give_back(self, caller: str) -> None:
        """Undo one ``wait``: what was asked turned out to be harmless."""
        left, then = self._left.get(caller, (self._burst, self._clock()))
        self._keep(caller, min(self._burst, left + 1.0), then)

    def _keep(self, caller: str, left: float, now: float) -> None:
        self._left[caller] = (left, now)
        self._left.move_to_end(caller)
        while len(self._left) > self._most:
            self._left.popitem(last=False)


class Guard:
    """The outermost layer: refuses strange hosts, floods and oversized bodies; adds the headers."""

    def __init__(self, app: ASGIApp, *, settings: Settings, clock: Callable[[], float]) -> None:
        self._app = app
        self._settings = settings
        self._policy = policy(settings)
        self._buckets = Buckets(settings.requests / 60, settings.requests / 4, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refused = self._refusal(scope)
        guarded = self._sender(scope, send)
        if refused is not None:
            await refused(scope, receive, guarded)
            return
        await self._app(scope, self._bounded(receive), guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "").rsplit("@", 1)[-1]
        name = host if host.endswith("]") else host.rsplit(":", 1)[0]
        if name.lower() not in self._settings.hosts and "*" not in self._settings.hosts:
            return PlainTextResponse(
                f"This server does not answer to the name {name[:100]!r}; start it with --host-name.", 400
            )
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            return PlainTextResponse("The length of the body is no number.", 400)
        if int(length) > self._settings.upload:
            most = self._settings.upload // 2**20
            return PlainTextResponse(f"That is larger than {most} MiB; use svidok add.", 413)
        caller = scope["client"][0] if scope.get("client") else "unknown"
        wait = 0.0 if scope["path"].startswith("/static/") else self._buckets.wait(caller)
        if wait > 0:
            return PlainTextResponse(
                "Too many requests; try again shortly.", 429, {"retry-after": str(int(wait) + 1)}
            )
        return None

    def _bounded(self, receive: Receive) -> Receive:
        """Bodies without a told length are cut off at the limit: the reader sees a broken connection."""
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            return {"type": "http.disconnect"} if seen > self._settings.upload else message

        return bounded

    def _sender(self, scope: Scope, send: Send) -> Send:
        fixed = scope["path"].startswith("/static/")

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["content-security-policy"] = self._policy
                headers["x-content-type-options"] = "nosniff"
                headers["referrer-policy"] = "same-origin"
                headers["cross-origin-opener-policy"] = "same-origin"
                headers["cross-origin-resource-policy"] = "same-origin"
                headers["permissions-policy"] = "geolocation=(), camera=(), microphone=()"
                if self._settings.secure:
                    headers["strict-transport-security"] = "max-age=31536000"
                headers.setdefault("cache-control", "max-age=3600" if fixed else "no-store")
            await send(message)

        return guarded
