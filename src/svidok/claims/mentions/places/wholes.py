"""Names that a text writes in its own way: "the Black sea", "the sea of Azov", "#NovaKakhovka"."""

from __future__ import annotations

import re
from typing import NamedTuple

from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.runs import UPPER

__all__ = ["Whole", "Wholes"]

_BEHIND = re.compile(r"[ \u00a0]([a-z]+)\b(?: ([a-z]+))?")
_BEFORE = re.compile(r"\b(?:sea|gulf|bay|straits?|isle|cape) of (?:the )?$")
_PARTS = re.compile(rf"[{UPPER}][^\W\d_{UPPER}]+|[{UPPER}]+(?![^\W\d_{UPPER}])|\d+")
_REACH = 16  # letters of the longest of them


class Whole(NamedTuple):
    """A name of the atlas as it stands in a text, of which some words are small."""

    start: int
    end: int
    folded: str
    numbers: Numbers


class Wholes:
    """Finds what the atlas holds under a name and the small words beside it."""

    def __init__(self, known: Known) -> None:
        self.known = known
        words = known.words
        self._sorts = words.places - words.region_words - words.of_types
        self._bodies = words.bodies
        self._plain = words.common | words.rare | words.given | words.never

    def may_go_on(self, text: str, start: int, end: int, left: str, right: str) -> bool:
        """Whether the features of its neighbours leave it possible that a name goes on beside them."""
        return right == "after:place-word" or left == "before:of-place" or text.startswith("#", start - 1)

    def look(self, text: str, start: int, end: int) -> Whole | None:
        """The whole of a name that stands from ``start`` to ``end``, or None where it is all."""
        if text[start - 1 : start] == "#" and len(parts := _PARTS.findall(text, start, end)) > 1:
            return self._tagged(start, parts)
        return self._behind(text, start, end) or self._before(text, start, end)

    def _tagged(self, start: int, parts: list[str]) -> Whole | None:
        """The name that a hashtag begins with: "#NovaKakhovka", "#KharkivRegion", "#BuchaMassacre"."""
        for size in range(len(parts), 0, -1):
            whole = fold(" ".join(parts[:size]))
            if size < len(parts) and whole in self._plain:
                continue
            if numbers := self.known.lookup(whole):
                return Whole(start, start + sum(map(len, parts[:size])), whole, numbers)
        return None

    def _behind(self, text: str, start: int, end: int) -> Whole | None:
        behind = _BEHIND.match(text, end)
        if behind is None or behind.group(1) not in self._sorts:
            return None
        follows = behind.group(2)
        whole = f"{fold(text[start:end])} {behind.group(1)}"
        numbers = self.known.lookup(whole)
        if not numbers or follows in self._bodies:  # "the Black sea company"
            return None
        return Whole(start, behind.end(1), whole, numbers)

    def _before(self, text: str, start: int, end: int) -> Whole | None:
        if text[start - 3 : start] not in ("of ", "he "):
            return None  # a search is slow, and few names stand behind these
        before = _BEFORE.search(text, max(0, start - _REACH), start)
        if before is None:
            return None
        whole = fold(text[before.start() : end]).replace(" of the ", " of ")
        numbers = self.known.lookup(whole)
        return Whole(before.start(), end, whole, numbers) if numbers else None
