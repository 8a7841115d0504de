"""Answers leave at once, whichever process accepted the connection.

Sockets that several processes share carry no protocol number, and asyncio sets TCP_NODELAY only by that
number: the second packet of each answer would wait some 40 ms for the first to be acknowledged.
"""

from __future__ import annotations

import asyncio
import socket

from uvicorn.protocols.http.auto import AutoHTTPProtocol

__all__ = ["Prompt"]


class Prompt(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """The server's own protocol, over connections that do not wait to fill a packet."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin one connection."""
        own = transport.get_extra_info("socket")
        if own is not None:
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)
