"""Runs of capitalised words cut into names of the atlas and other words; the longest names come first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.runs import Word, words_of

__all__ = ["Cutter", "Piece"]

_LONGEST = 7
_ARTICLES = frozenset(
    {"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ez", "es", "ed", "ul", "ur", "us"}
)


class Piece(NamedTuple):
    """A part of a run: a name of the atlas, or one other word."""

    first: int
    last: int
    start: int
    end: int
    folded: str
    numbers: Numbers
    link: bool


class Cutter:
    """Cuts runs; what it learnt of words it keeps."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.words = known.words

    def pieces(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        """The words of a run, and the pieces that they make."""
        words = words_of(run)
        out: list[Piece] = []
        at = 0
        while at < len(words):
            piece = None if words[at].link else self._longest(run, words, at)
            if piece is None:
                word = words[at]
                piece = Piece(at, at + 1, word.start, word.end, fold(word.text), (), word.link)
            out.append(piece)
            at = piece.last
        return words, tuple(out)

    def _longest(self, run: str, words: Sequence[Word], at: int) -> Piece | None:
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            last = words[at + size - 1]
            if last.link:
                continue
            folded = fold(run[words[at].start : last.end])
            if size == 1 and folded in self.words.never:
                return None
            numbers = self.known.lookup(folded)
            if size == 1 and folded in self.words.openers and (whole := self._opened(run, words, at)):
                return whole
            if numbers and not (folded.startswith("the ") and not self._well_known(numbers)):
                return Piece(at, at + size, words[at].start, last.end, folded, numbers, False)
        return None

    def _opened(self, run: str, words: Sequence[Word], at: int) -> Piece | None:
        """The whole of a name whose first word is never one by itself: "Abu Salim", "Suq al-Juma"."""
        last = at + 1
        while last < len(words) and words[last].link and words[last].text.lower() in _ARTICLES:
            last += 1
        if last >= len(words) or words[last].link or run[words[last].start - 1] not in " -‑\u00a0":
            return None
        end = words[last].end
        return Piece(at, last + 1, words[at].start, end, fold(run[words[at].start : end]), (), False)

    def _well_known(self, numbers: Numbers) -> bool:
        return any(self.known.is_known(number) for number, _ in numbers)

    def peoples(self, words: Sequence[Word]) -> Iterator[str]:
        """The countries of the peoples that words name, one word or two each: "North Korean" is no Korean."""
        table = self.words.demonyms
        at = 0
        while at < len(words):
            one = words[at].text.lower()
            both = f"{one} {words[at + 1].text.lower()}" if at + 1 < len(words) else one
            country = table.get(both, table.get(one))
            at += 2 if both != one and both in table else 1
            if country:
                yield country

    def countries(self, pieces: Sequence[Piece]) -> Iterator[str]:
        """Countries that pieces name by themselves or by great places of theirs."""
        for piece in pieces:
            if piece.numbers and len(piece.folded) > 3:
                for code, kind in self.known.homes(piece.folded, piece.numbers).items():
                    if kind in ("country", "million", "region"):
                        yield code
