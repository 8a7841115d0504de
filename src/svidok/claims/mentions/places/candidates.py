"""What a name may mean when the atlas does not hold the whole of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords

__all__ = ["Candidates", "candidates_for", "is_plain", "is_sort"]

Numbers = tuple[tuple[int, int], ...]
Lookup = Callable[[str], Numbers]


@dataclass(frozen=True, slots=True)
class Candidates:
    """Entries by name; ``base`` is the folded name they were found under, ``inner`` that it is a part."""

    base: str
    numbers: Numbers
    inner: bool = False


def candidates_for(
    text: str, lookup: Lookup, words: PlaceWords, is_country: Callable[[int], bool] | None = None
) -> Candidates:
    """Look up a name whole, then without its type words, then by a place's name inside it.

    Where ``is_country`` is given, a country inside the name counts though its word is a short or common
    one too: "Bank of Japan", "US Federal Reserve".
    """
    folded = fold(text)
    found = lookup(folded)
    if found:
        return Candidates(folded, found)
    parts = _parts(text, folded)
    if parts and parts[0][0] == "the":
        parts = parts[1:]
    if len(parts) > 1:
        names = [name for name, _ in parts]
        if len(parts) > 2 and names[0] in words.of_types and names[1] == "of":
            rest = " ".join(names[3:] if names[2] == "the" else names[2:])
            if found := lookup(rest):
                return Candidates(rest, found)
        if names[-1] in words.places:
            rest = " ".join(names[:-1])
            if found := lookup(rest):
                return Candidates(rest, found)
        if names[0] in words.directions:
            rest = " ".join(names[1:])
            if found := lookup(rest):
                return Candidates(rest, found, inner=True)
        inside = _inside(parts, lookup, words, is_country)
        if inside is not None:
            return inside
    elif parts and parts[0][0] != folded and (found := lookup(parts[0][0])):
        return Candidates(parts[0][0], found)
    return Candidates(folded, ())


def _parts(text: str, folded: str) -> list[tuple[str, bool]]:
    """The folded words of a name, each with whether it may be a name (it is not written small)."""
    shout = text.isupper()
    out = [
        (part, shout or not token[:1].islower() or token[1:2] in ("'", "’"))
        for token in text.split()
        for part in fold(token).split()
    ]
    whole = folded.split()
    if len(whole) == len(out):
        return [(part, named) for part, (_, named) in zip(whole, out, strict=True)]
    return [(part, True) for part in whole]


def _inside(
    parts: Sequence[tuple[str, bool]],
    lookup: Lookup,
    words: PlaceWords,
    is_country: Callable[[int], bool] | None,
) -> Candidates | None:
    for size in range(len(parts) - 1, 0, -1):
        for start in range(len(parts) - size + 1):
            piece = [name for name, _ in parts[start : start + size]]
            if not (parts[start][1] and parts[start + size - 1][1]):
                continue
            if size == 1 and is_plain(piece[0], words) and not _is_state(piece[0], lookup, is_country):
                continue
            if all(is_sort(name, words) or name in words.directions for name in piece):
                continue
            if piece[0] in ("of", "the", "and") or piece[-1] in ("of", "the", "and"):
                continue
            name = " ".join(piece)
            if found := lookup(name):
                return Candidates(name, found, inner=True)
    return None


def _is_state(folded: str, lookup: Lookup, is_country: Callable[[int], bool] | None) -> bool:
    """Whether a word is a country's own name or abbreviation."""
    return is_country is not None and any(is_country(number) for number, how in lookup(folded) if how != 2)


def is_plain(folded: str, words: PlaceWords) -> bool:
    """Whether one word inside a longer name tells its sort or bearer and not a place."""
    return (
        len(folded) < 4
        or is_sort(folded, words)
        or folded in words.common
        or folded in words.given
        or folded in words.demonyms
    )


def is_sort(folded: str, words: PlaceWords) -> bool:
    """Whether a word says what a thing is ("Church", "Police", "State"), not how it is called."""
    return any(
        folded in sort
        for sort in (words.never, words.facilities, words.places, words.bodies, words.titles, words.of_types)
    )
