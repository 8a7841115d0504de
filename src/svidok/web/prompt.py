"""Connections where several processes share a port: answers leave at once, and each process has its share.

Shared sockets carry no protocol number, and asyncio sets TCP_NODELAY only by that number: the second packet
of each answer would wait some 40 ms for the first to be acknowledged. And whichever process wakes first
takes all connections that wait, a whole crowd that comes at once, while the others have nothing to do.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from functools import partial
from typing import Any
from weakref import WeakSet

from uvicorn.protocols.http.auto import AutoHTTPProtocol

__all__ = ["Fair", "Prompt"]

_PAUSE = 0.001
_LONGEST = 0.005
"""Seconds that a process leaves a new connection to the others, for each that it has open; and at most."""

_SHORT_OF_FILES = 1.0
"""Seconds until it tries again where no more connections can be held."""

Factory = Callable[[], asyncio.BaseProtocol]


class Fair(asyncio.SelectorEventLoop):
    """A loop that takes one new connection at a time, the later the more it has open already."""

    async def create_server(self, protocol_factory: Factory, *given: Any, **named: Any) -> asyncio.Server:
        """Begin to listen on a socket that other processes listen on too, or as asyncio does."""
        sock: socket.socket | None = named.get("sock")
        if sock is None or named.get("ssl"):
            return await super().create_server(protocol_factory, *given, **named)
        server = await super().create_server(protocol_factory, *given, **{**named, "start_serving": False})
        sock.listen(named.get("backlog", 100))
        self._listen(sock, protocol_factory, WeakSet())
        return server

    def _listen(self, sock: socket.socket, make: Factory, held: WeakSet[asyncio.BaseTransport]) -> None:
        if sock.fileno() >= 0:
            self.add_reader(sock, self._take, sock, make, held)

    def _take(self, sock: socket.socket, make: Factory, held: WeakSet[asyncio.BaseTransport]) -> None:
        self.remove_reader(sock)
        pause = 0.0
        try:
            own, _ = sock.accept()
        except (BlockingIOError, InterruptedError, ConnectionAbortedError):
            pass  # another process was quicker
        except OSError:
            pause = _SHORT_OF_FILES
        else:
            own.setblocking(False)
            begun = self.create_task(self.connect_accepted_socket(make, own))
            begun.add_done_callback(partial(_begun, held))
            pause = min(_LONGEST, _PAUSE * (1 + sum(not one.is_closing() for one in held)))
        self.call_later(pause, self._listen, sock, make, held)


def _begun(held: WeakSet[asyncio.BaseTransport], task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and task.exception() is None:
        held.add(task.result()[0])


class Prompt(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """The server's own protocol, over connections that do not wait to fill a packet."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin one connection."""
        own = transport.get_extra_info("socket")
        if own is not None:
            own.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        super().connection_made(transport)
