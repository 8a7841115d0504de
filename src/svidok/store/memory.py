"""What was worked out once and holds until the chronicle changes, so that many readers cost little."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

__all__ = ["Memory"]

T = TypeVar("T")


class Memory(Generic[T]):
    """Answers by what was asked of which state; the least recently used go first. Threads may share it.

    Args:
        most: how much is kept, in what ``weigh`` tells of an answer (by default each weighs one).

    >>> memory = Memory[int](2)
    >>> [memory.recall(key, lambda: len(key)) for key in ("a", "bb", "a", "ccc")], len(memory)
    ([1, 2, 1, 3], 2)
    """

    def __init__(self, most: int, weigh: Callable[[T], int] = lambda _: 1) -> None:
        self._most, self._weigh = most, weigh
        self._held: OrderedDict[Hashable, T] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def __len__(self) -> int:
        return len(self._held)

    def get(self, key: Hashable) -> T | None:
        """What is kept under a key, or None."""
        with self._lock:
            held = self._held.get(key)
            if held is not None:
                self._held.move_to_end(key)
            return held

    def put(self, key: Hashable, made: T) -> None:
        """Keep an answer; one that weighs more than all that may be kept is not."""
        weight = self._weigh(made)
        if weight > self._most:
            return
        with self._lock:
            old = self._held.pop(key, None)
            self._weight += weight - (self._weigh(old) if old is not None else 0)
            self._held[key] = made
            while self._weight > self._most:
                _, gone = self._held.popitem(last=False)
                self._weight -= self._weigh(gone)

    def recall(self, key: Hashable, make: Callable[[], T]) -> T:
        """What is kept under a key, else what ``make`` gives; of several who ask at once one makes it."""
        held = self.get(key)
        if held is not None:
            return held
        with self._lock:
            own: Any = self._making.setdefault(key, threading.Lock())
        try:
            with own:
                held = self.get(key)
                if held is None:
                    held = make()
                    self.put(key, held)
                return held
        finally:
            with self._lock:
                self._making.pop(key, None)
