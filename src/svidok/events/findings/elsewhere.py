"""Two villages that no map holds are two places by their names alone."""

from __future__ import annotations

from svidok.events.atoms import fold
from svidok.events.findings.facts import Fact
from svidok.events.findings.spellings import unlike

__all__ = ["elsewhere"]

_WIDE = frozenset({"region", "country", "water", "area", "district"})


def elsewhere(a: Fact, b: Fact) -> bool:
    """Whether two facts each name their own place, all by quite other names, of which a map lacks some.

    Places that a map holds are told apart by it, and what a scene lends is no name of the fact's own.
    """
    one, two = ([s for s in f.sites if f.start <= s.start < f.end] for f in (a, b))
    if not (one and two) or a.keys & b.keys or any(p.located and q.located for p in one for q in two):
        return False
    if any(s.place and s.place.kind in _WIDE for s in (*one, *two)):
        return False
    left, right = ([fold(s.name) for s in sites] for sites in (one, two))
    if any(name in fold(f.text) for names, f in ((left, b), (right, a)) for name in names):
        return False
    return all(unlike(p, q) for p in left for q in right)
