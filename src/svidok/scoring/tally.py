"""What is counted: hits and misses of a layer, shares of a check, and the card that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from svidok.errors import InputError

__all__ = ["Counts", "Scorecard", "Share"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits, false alarms and misses, and the precision, recall and F1 (0..1) that follow.

    >>> Counts(hits=3, false=1, missed=3).precision, Counts(3, 1, 3).recall, Counts(3, 1, 3).f1
    (0.75, 0.5, 0.6)
    """

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """The share of predictions that are right; 0 when there are none."""
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found; 0 when there is none."""
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else 0.0

    def as_dict(self) -> dict[str, float]:
        """Precision, recall, F1 and the size of the gold, for printing."""
        return {"P": self.precision, "R": self.recall, "F1": self.f1, "gold": self.hits + self.missed}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many were right; ``value`` is 0..1, or None when there was none to judge.

    >>> (Share(3, 4) + Share(0, 0)).value
    0.75
    """

    right: int = 0
    of: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.of + other.of)

    @property
    def value(self) -> float | None:
        """The share, or None when nothing was judged."""
        return self.right / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that was counted: ``counts`` by layer ("claims", "claims:capture"), ``shares`` by check.

    >>> card = Scorecard({"times relaxed": Counts(1, 1, 0)}, {"place": Share(1, 2)})
    >>> (card + card).as_dict()["place"], card.figure("times relaxed F1")
    (0.5, 0.6666666666666666)
    """

    counts: dict[str, Counts] = field(default_factory=dict)
    shares: dict[str, Share] = field(default_factory=dict)

    def __add__(self, other: Scorecard) -> Scorecard:
        counts = {
            k: self.counts.get(k, Counts()) + other.counts.get(k, Counts())
            for k in _keys(self.counts, other.counts)
        }
        shares = {
            k: self.shares.get(k, Share()) + other.shares.get(k, Share())
            for k in _keys(self.shares, other.shares)
        }
        return Scorecard(counts, shares)

    def as_dict(self) -> dict[str, Any]:
        """Figures by name, ready for JSON: a table for counts, a number or None for shares."""
        return {k: v.as_dict() for k, v in self.counts.items()} | {k: v.value for k, v in self.shares.items()}

    def figure(self, name: str) -> float:
        """One figure by name ("claims F1", "claim place"); what was never counted is 0.

        Raises:
            InputError: no figure has this name.
        """
        if name in self.shares:
            return self.shares[name].value or 0.0
        layer, _, which = name.rpartition(" ")
        if which in ("P", "R", "F1") and layer in self.counts:
            return self.counts[layer].as_dict()[which]
        raise InputError(f"there is no figure {name!r}", remedy="names are like 'claims F1' or 'claim place'")


def _keys(*parts: Mapping[str, object]) -> list[str]:
    return sorted(set().union(*parts))
