"""Runs of capitalised words cut into names of the atlas and other words; the longest names come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from svidok.atlas.gazetteer.names import ABBREVIATED, fold
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.runs import Word, words_of

__all__ = ["Cutter", "Piece"]

_LONGEST = 7
_KEPT = 100_000
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


_new_piece = partial(tuple.__new__, Piece)  # faster than its own constructor


class _Token(NamedTuple):
    """What one word of a run is by itself.

    ``head`` is how it is folded before other words ("saint" for "St."); ``single`` that it is one word;
    ``opener`` that it is never a name by itself; ``numbers`` its own entries; ``people`` that the name of
    a people may begin with it.
    """

    folded: str
    head: str
    single: bool
    opener: bool
    numbers: Numbers
    people: bool


class Cutter:
    """Cuts runs; what it learnt of words it keeps."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.words = known.words
        self._tokens: dict[str, _Token] = {}
        self._peoples = {name.partition(" ")[0] for name in self.words.demonyms}

    def cut(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...], tuple[str, ...]]:
        """The words of a run, the pieces that they make, and the countries of the peoples that they name."""
        words = words_of(run)
        tokens = [self._tokens.get(word.text) or self._token(word.text) for word in words]
        out: list[Piece] = []
        at = 0
        while at < len(words):
            word, token = words[at], tokens[at]
            piece = None
            if not word.link:
                if at + 1 < len(words) and self._goes_on(words, tokens, at):
                    piece = self._longest(run, words, at)
                if piece is None and token.opener:
                    piece = self._opened(run, words, at)
            if piece is None:
                numbers = () if word.link else token.numbers
                piece = _new_piece((at, at + 1, word.start, word.end, token.folded, numbers, word.link))
            out.append(piece)
            at = piece.last
        peoples: Iterable[str] = ()
        for token in tokens:
            if token.people:
                peoples = self._read_peoples(words)
                break
        return words, tuple(out), tuple(peoples)

    def _token(self, word: str) -> _Token:
        if len(self._tokens) > _KEPT:
            self._tokens.clear()
        folded = fold(word)
        head = ABBREVIATED.get(folded, folded)
        never = folded in self.words.never
        numbers = () if never else self._named(folded)
        single = bool(folded) and " " not in folded
        opener = folded in self.words.openers and not never
        people = word.lower() in self._peoples
        found = self._tokens[word] = _Token(folded, head, single, opener, numbers, people)
        return found

    def _named(self, folded: str) -> Numbers:
        """Entries of a folded name; with its article only where they are well known."""
        numbers = self.known.lookup(folded)
        if folded.startswith("the ") and not any(self.known.is_known(number) for number, _ in numbers):
            return ()
        return numbers

    def _goes_on(self, words: Sequence[Word], tokens: Sequence[_Token], at: int) -> bool:
        """Whether the atlas may hold a name of two words and more that begins here, before the last word."""
        token, follows = tokens[at], tokens[at + 1]
        parted = words[at + 1].start - words[at].end != 1
        parted = parted or (at + 2 < len(words) and words[at + 2].start - words[at + 1].end != 1)
        if parted or not (token.single and follows.single):
            return True  # "Democratic People's Republic": what stands between is folded too
        two = f"{token.head} {follows.folded}"
        return not two.isascii() or self.known.gazetteer.may_begin(two)  # Cyrillic names are inflected

    def _longest(self, run: str, words: Sequence[Word], at: int) -> Piece | None:
        """The longest name of two words and more that begins here."""
        for size in range(min(_LONGEST, len(words) - at), 1, -1):
            last = words[at + size - 1]
            if last.link:
                continue
            folded = fold(run[words[at].start : last.end])
            numbers = self._named(folded)
            if numbers:
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

    def _read_peoples(self, words: Sequence[Word]) -> Iterator[str]:
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
