"""What an operator decides about the pages."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["LOOPBACK", "Settings"]

LOOPBACK = ("127.0.0.1", "localhost", "::1", "[::1]")
"""Names by which a machine calls itself; a server bound to one of them is reached from nowhere else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How the pages behave.

    Attributes:
        local: whoever sits at this machine may do everything and no one logs in. Only for loopback.
        who: the name under which that person's judgements are recorded.
        hosts: names by which the server may be called; any other ``Host`` is refused (DNS rebinding).
        tiles: address of raster tiles with ``{z}``, ``{x}``, ``{y}`` to lay under the map, or None for the
            outlines that come with Svidok. The only way in which a page asks another host for anything.
        tiles_credit: what the owner of the tiles wants to be told under the map.
        secure: cookies only over HTTPS; for servers behind a proxy that speaks it.
        requests: how many requests a minute one caller may make, in bursts of a quarter of that.
        logins: how many failed logins one caller, or one name, may make in five minutes.
        hours: how long a login lasts.
        upload: largest upload in bytes.
        workers: how many processes serve the pages.
    """

    local: bool = False
    who: str = "local"
    hosts: tuple[str, ...] = LOOPBACK
    tiles: str | None = None
    tiles_credit: str | None = None
    secure: bool = False
    requests: int = 1200
    logins: int = 10
    hours: float = 12.0
    upload: int = 64 * 2**20
    workers: int = 1
