"""Running the pages on this machine."""

from __future__ import annotations

import gc
import json
import os
import secrets
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from svidok.errors import InputError
from svidok.store.contract import Store
from svidok.web.settings import LOOPBACK, Settings

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["checked", "opened", "serve", "shared"]

_YOUNG = 50_000
"""How many new objects are made before the young ones are looked through; by default 700."""
_HEALTH = 60
"""Seconds in which a process must show that it lives; warming up on a busy machine can take more than 5."""
_TOLD = "SVIDOK_SERVED"
"""The variable by which several processes are told what they serve; seen by this user only."""


def checked(store: Store, settings: Settings, *, host: str) -> Settings:
    """The settings, when it is safe to serve with them.

    Raises:
        InputError: the pages would be open to others without a login, or nobody could log in.
    """
    if settings.local and host not in LOOPBACK:
        raise InputError(
            "everybody who reaches this address would be an administrator",
            where=host,
            remedy="leave out --local, or bind to 127.0.0.1",
        )
    if not settings.local and not any(user.role == "admin" and user.active for user in store.users()):
        raise InputError(
            "nobody can log in yet",
            where=host,
            remedy="make an administrator: svidok user CHRONICLE NAME --role admin",
        )
    return settings


def serve(
    store: Store, settings: Settings, *, host: str = "127.0.0.1", port: int = 8060, address: str | None = None
) -> None:
    """Serve the pages until interrupted.

    Args:
        store: an open chronicle.
        host, port: where to listen; 127.0.0.1 is reached from this machine only.
        address: of the same chronicle, for processes that open it themselves: where it is given and
            ``settings.workers`` are several, so many processes share the port.
    Raises:
        InputError: see ``checked``; or the port is taken.
    """
    import socket

    import uvicorn

    from svidok.web.prompt import Fair, Prompt

    settings = checked(store, settings, host=host)
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            raise InputError(
                f"cannot listen there: {error.strerror}",
                where=f"{host}:{port}",
                remedy="choose another --port",
            ) from error
    how: dict[str, Any] = {
        "host": host.strip("[]"),
        "port": port,
        "log_level": "warning",
        "server_header": False,
        "access_log": False,
        "proxy_headers": False,
        "http": Prompt,
    }
    if address is None or settings.workers == 1:
        uvicorn.run(_made(store, settings), **how)
        return
    told = {"address": address, "settings": asdict(shared(settings)), "secret": secrets.token_urlsafe(32)}
    os.environ[_TOLD] = json.dumps(told)
    try:
        uvicorn.run(
            f"{__name__}:opened",
            factory=True,
            workers=settings.workers,
            timeout_worker_healthcheck=_HEALTH,
            loop=f"{Fair.__module__}:{Fair.__name__}",
            **how,
        )
    finally:
        del os.environ[_TOLD]


def shared(settings: Settings) -> Settings:
    """The settings of one of several processes: together they allow as much as one would."""
    return replace(
        settings,
        requests=max(1, settings.requests // settings.workers),
        logins=max(1, settings.logins // settings.workers),
    )


def opened() -> FastAPI:
    """The application of one of several processes, with connections of its own; told how by its parent."""
    from svidok.store import open_store

    told = json.loads(os.environ[_TOLD])
    settings = Settings(**{**told["settings"], "hosts": tuple(told["settings"]["hosts"])})
    return _made(open_store(told["address"]), settings, secret=told["secret"])


def _made(store: Store, settings: Settings, *, secret: str | None = None) -> FastAPI:
    """The application, in a process that does nothing else: what is loaded by now is never rubbish.

    What a chronicle keeps in memory are hundreds of thousands of objects; looking through them all for
    cycles, as Python does every so often, would hold every reader up for a tenth of a second.
    """
    from svidok.web.app import create_app

    store.warm()
    app = create_app(store, settings, secret=secret)
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 10, 100)
    return app
