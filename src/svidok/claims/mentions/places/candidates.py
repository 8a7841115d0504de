"""What a name may mean when the atlas does not hold the whole of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords

__all__ = ["Candidates", "candidates_for"]

Numbers = tuple[tuple[int, int], ...]
Lookup = Callable[[str], Numbers]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Entries by name; ``base`` is the folded name they were found under, ``inner`` that it is a part."""

    base: str
    numbers: Numbers
    inner: bool = False


def candidates_for(text: str, lookup: Lookup, words: PlaceWords) -> Candidates:
    """Look up a name whole, then without its type words, then by a place's name inside it."""
    folded = fold(text)
    found = lookup(folded)
    if found:
        return Candidates(folded, found)
    parts = folded.split()
    if parts and parts[0] == "the":
        parts = parts[1:]
    if len(parts) > 1:
        if len(parts) > 2 and parts[0] in words.of_types and parts[1] == "of":
            rest = " ".join(parts[3:] if parts[2] == "the" else parts[2:])
            if found := lookup(rest):
                return Candidates(rest, found)
        if parts[-1] in words.places:
            rest = " ".join(parts[:-1])
            if found := lookup(rest):
                return Candidates(rest, found)
        if parts[0] in words.directions:
            rest = " ".join(parts[1:])
            if found := lookup(rest):
                return Candidates(rest, found, inner=True)
        inside = _inside(parts, lookup, words)
        if inside is not None:
            return inside
    elif parts and parts[0] != folded and (found := lookup(parts[0])):
        return Candidates(parts[0], found)
    return Candidates(folded, ())


def _inside(parts: list[str], lookup: Lookup, words: PlaceWords) -> Candidates | None:
    for size in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - size + 1):
            piece = parts[start : start + size]
            if size == 1 and (
                piece[0] in words.never
                or piece[0] in words.common
                or piece[0] in words.given
                or len(piece[0]) < 4
            ):
                continue
            if piece[0] in ("of", "the", "and") or piece[-1] in ("of", "the", "and"):
                continue
            name = " ".join(piece)
            if found := lookup(name):
                return Candidates(name, found, inner=True)
    return None
