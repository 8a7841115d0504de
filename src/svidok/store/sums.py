"""Sums over whole tables, worked out once for each state of a chronicle."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from svidok.store.keep import State
from svidok.store.memory import Memory

__all__ = ["Sums"]

T = TypeVar("T")
_ANSWERS = 1000
"""How many answers are kept."""


class Sums:
    """The sums of one chronicle; threads may share them."""

    def __init__(self) -> None:
        self._answers = Memory[Any](_ANSWERS)

    def of(self, state: State, asked: Hashable, ask: Callable[[], T]) -> T:
        """What was asked, of this state of the chronicle."""
        found: T = self._answers.recall((state.mark, asked), ask)
        return found
