"""Features with their log odds: names of features that stand together are weighed once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Weighed", "Weights"]


class Weighed(NamedTuple):
    """Features that stand together, and what they add to the log odds of the first pass and in all."""

    names: tuple[str, ...]
    first: float
    final: float


class Weights:
    """Log odds by feature, of the first pass and in all; what is not weighed counts nothing."""

    def __init__(self, first: Mapping[str, float], final: Mapping[str, float]) -> None:
        self.first = first
        self.final = final
        self._pairs = {name: (first.get(name, 0.0), final.get(name, 0.0)) for name in (*first, *final)}
        self._known: dict[tuple[str, ...], Weighed] = {}

    def of(self, *names: str) -> Weighed:
        """Some features, weighed.

        >>> Weights({"small": 1.0}, {"small": 2.0, "long": -0.5}).of("small", "long")
        Weighed(names=('small', 'long'), first=1.0, final=1.5)
        """
        found = self._known.get(names)
        if found is None:
            found = self._known[names] = self.weigh(names)
        return found

    def weigh(self, names: tuple[str, ...]) -> Weighed:
        """Some features, weighed anew: for those that who asks keeps."""
        first = final = 0.0
        for name in names:
            if (pair := self._pairs.get(name)) is not None:
                first += pair[0]
                final += pair[1]
        return Weighed(names, first, final)
