"""Whose page is worked out next, where more are asked for than one process can make at a time."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

__all__ = ["PATIENCE", "Turns", "patience_of"]

PATIENCE = 0.3
"""Seconds after which a page is due."""
_SOONER = {"/search": 0.05, "/api/v1/search": 0.05, "/compare": 0.2, "/api/v1/points": 0.25}
"""Who waits for a search waits before a field of words; what takes long to make must be begun sooner."""


class Turns:
    """So many turns at a time; of those who wait, whose page is due first goes first, so that nobody starves.

    Args:
        most: how many turns there are.
        clock: seconds that only grow.
    """

    def __init__(self, most: int, clock: Callable[[], float]) -> None:
        self._free, self._clock = most, clock
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._number = 0

    @asynccontextmanager
    async def of(self, patience: float) -> AsyncIterator[None]:
        """Wait for a turn with a page that is due in so many seconds, and hold it."""
        await self._take(patience)
        try:
            yield
        finally:
            self._give()

    async def _take(self, patience: float) -> None:
        if self._free:
            self._free -= 1
            return
        called: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._number += 1
        heapq.heappush(self._waiting, (self._clock() + patience, self._number, called))
        try:
            await called
        except asyncio.CancelledError:
            if called.done() and not called.cancelled():
                self._give()  # the turn came just as nobody wanted it any more
            raise

    def _give(self) -> None:
        while self._waiting:
            _, _, called = heapq.heappop(self._waiting)
            if not called.done():
                called.set_result(None)
                return
        self._free += 1


def patience_of(path: str) -> float:
    """In how many seconds the answer to an address is due.

    >>> patience_of("/search") < patience_of("/compare") < patience_of("/")
    True
    """
    return _SOONER.get(path, PATIENCE)
