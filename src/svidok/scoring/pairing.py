"""Pair gold with predictions: a maximum matching, the better edges first."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import TypeVar

__all__ = ["jaccard", "overlaps", "pair"]

G = TypeVar("G")
P = TypeVar("P")


def overlaps(one: Sequence[int], other: Sequence[int]) -> bool:
    """Whether two half-open spans share a character.

    >>> overlaps((0, 4), (3, 9)), overlaps((0, 4), (4, 9))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def jaccard(one: Sequence[int], other: Sequence[int]) -> float:
    """Shared characters over covered characters of two spans, 0..1.

    >>> jaccard((0, 4), (2, 6))
    0.3333333333333333
    """
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    union = max(one[1], other[1]) - min(one[0], other[0])
    return shared / union if shared else 0.0


def pair(gold: Sequence[G], guesses: Sequence[P], fit: Callable[[G, P], float]) -> list[tuple[int, int]]:
    """Pair as many gold items as can be paired, one to one, preferring better fits.

    Args:
        gold, guesses: what is to be paired.
        fit: how well two items fit; 0 when they may not be paired. Fits of 1 and more ("strong") are paired
            first; an item paired stays paired when weaker fits are added.

    Returns:
        Index pairs (gold, guess), in order of the gold. Their number is the largest possible, so it can only
        fall when guesses are taken away. Augmenting paths (Berge 1957).

    >>> pair(["a", "ab"], ["ab", "b"], lambda g, p: float(bool(set(g) & set(p))))
    [(0, 0), (1, 1)]
    """
    fits = [[fit(g, p) for p in guesses] for g in gold]
    holder: dict[int, int] = {}  # guess -> gold
    for floor in (1.0, 0.0):
        edges = [
            sorted((j for j, f in enumerate(row) if f > 0 and f >= floor), key=lambda j, row=row: -row[j])  # type: ignore[misc]
            for row in fits
        ]
        paired = set(holder.values())
        for i in range(len(gold)):
            if i not in paired:
                _augment(i, edges, holder)
    return sorted((i, j) for j, i in holder.items())


def _augment(root: int, edges: Sequence[Sequence[int]], holder: dict[int, int]) -> None:
    """Find a free guess for ``root``, moving others along when that frees one; changes ``holder``."""
    came_from: dict[int, int] = {}  # guess -> the gold item that reached it
    queue = deque([root])
    while queue:
        i = queue.popleft()
        for j in edges[i]:
            if j in came_from:
                continue
            came_from[j] = i
            if j in holder:
                queue.append(holder[j])
                continue
            while True:  # free: walk the path back and shift everyone by one
                i = came_from[j]
                before = next((k for k, owner in holder.items() if owner == i), None)
                holder[j] = i
                if i == root or before is None:
                    return
                j = before
