"""Running the pages on this machine."""

from __future__ import annotations

from svidok.errors import InputError
from svidok.store.contract import Store
from svidok.web.settings import LOOPBACK, Settings

__all__ = ["checked", "serve"]


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


def serve(store: Store, settings: Settings, *, host: str = "127.0.0.1", port: int = 8060) -> None:
    """Serve the pages until interrupted.

    Args:
        store: an open chronicle.
        host, port: where to listen; 127.0.0.1 is reached from this machine only.
    Raises:
        InputError: see ``checked``; or the port is taken.
    """
    import socket

    import uvicorn

    from svidok.web.app import create_app

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
    uvicorn.run(
        create_app(store, settings),
        host=host.strip("[]"),
        port=port,
        log_level="warning",
        server_header=False,
        access_log=False,
        proxy_headers=False,
    )
