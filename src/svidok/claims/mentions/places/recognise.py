"""Which capitalised words are places: names of the atlas and facilities, judged by their context.

A run of capitalised words is cut into pieces (longest names of the atlas first). Every piece that
may be a place gets binary features of its own and of its neighbours; their weights are summed
(``data/places/weights.toml``) and what stands above zero is kept. People and bodies that carry a
place's name are remembered for the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords, load_place_words
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.runs import Run, Word, find_runs, words_of

__all__ = ["Recogniser"]

Numbers = tuple[tuple[int, int], ...]
_BEFORE = re.compile(r"([\w’'-]+)[ \u00a0]*$")
_BEFORE_TWO = re.compile(r"([\w’'-]+)[ \u00a0]+([\w’'-]+)[ \u00a0]*$")
_AFTER = re.compile(r"[ \u00a0]*([\w’'-]+)")
_LONGEST = 7


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a run: a name of the atlas, or one other word."""

    first: int
    last: int
    start: int
    end: int
    folded: str
    numbers: Numbers
    link: bool


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, weights: dict[str, float]) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.weights = weights
        self._numbers: dict[str, Numbers] = {}
        self._runs: dict[str, tuple[tuple[Word, ...], tuple[Piece, ...]]] = {}
        self._class: dict[str, tuple[str, ...]] = {}
        shown = {part.title() for part in self.words.demonyms}
        self._demonym_pattern = re.compile(r"\b(?:" + "|".join(sorted(shown, key=lambda w: (-len(w), w))) + r")\b")

    def lookup(self, folded: str) -> Numbers:
        """Gazetteer numbers of a folded name, remembered."""
        found = self._numbers.get(folded)
        if found is None:
            if len(self._numbers) > 300_000:
                self._numbers.clear()
            found = self._numbers[folded] = tuple(self.gazetteer.postings(folded)) if folded else ()
        return found

    def pieces(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        """Cut a run into names of the atlas (longest first) and other words."""
        found = self._runs.get(run)
        if found is None:
            if len(self._runs) > 200_000:
                self._runs.clear()
            found = self._runs[run] = self._cut(run)
        return found

    def _cut(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        words = words_of(run)
        out: list[Piece] = []
        at = 0
        while at < len(words):
            word = words[at]
            taken = 0
            if not word.link:
                for size in range(min(_LONGEST, len(words) - at), 0, -1):
                    last = words[at + size - 1]
                    if last.link:
                        continue
                    folded = fold(run[word.start : last.end])
                    if size == 1 and folded in self.words.never:
                        break
                    numbers = self.lookup(folded)
                    if numbers:
                        out.append(Piece(at, at + size, word.start, last.end, folded, numbers, False))
                        taken = size
                        break
            if not taken:
                out.append(Piece(at, at + 1, word.start, word.end, fold(word.text), (), word.link))
                taken = 1
            at += taken
        return words, tuple(out)

    def kind_features(self, folded: str, numbers: Numbers) -> tuple[str, ...]:
        """What the atlas and the word lists say of a name on its own."""
        found = self._class.get(folded)
        if found is None:
            found = self._class[folded] = tuple(self._kind_features(folded, numbers))
        return found

    def _kind_features(self, folded: str, numbers: Numbers) -> Iterator[str]:
        best, standing = "village", 2
        order = ("country", "region", "million", "city", "town", "area", "small", "hamlet", "village")
        rank = len(order)
        for number, how in numbers:
            entry = self.gazetteer.entry_at(number)
            if entry.kind == "country" or entry.feature == "CONT":
                kind = "country"
            elif entry.kind == "region":
                kind = "region" if entry.population > 200_000 else "area"
            elif entry.kind == "settlement":
                people = entry.population
                kind = (
                    "million" if people >= 700_000 else "city" if people >= 100_000 else "town" if people >= 15_000
                    else "small" if people >= 2_000 else "hamlet" if people else "village"
                )  # fmt: skip
            else:
                kind = "area"
            place = order.index(kind) + 4 * how
            if place < rank:
                rank, best, standing = place, kind, how
        yield f"kind:{best}"
        if standing:
            yield f"standing:{standing}"
        if " " in folded:
            yield "long"
        if folded in self.words.common:
            yield "common"
        if folded in self.words.rare:
            yield "rare"
        if folded in self.words.given:
            yield "given"
        if folded in self.words.demonyms:
            yield "demonym"
        if len(folded) <= 3:
            yield "short"

    def mentions(self, text: str) -> list[Mention]:
        """All mentions that the words and their neighbours speak for, in order."""
        runs = find_runs(text)
        lowered = set(re.findall(r"\b[^\W\d_]{3,}\b", text))
        persons: set[str] = set()
        drafts: list[tuple[Mention, list[str]]] = []
        for run in runs:
            words, pieces = self.pieces(run.text)
            drafts += self._judge(text, run, words, pieces, lowered, persons)
        good = {m.folded for m, names in drafts if self._total(names) > 1.0 and m.sort == "name"}
        out: list[Mention] = []
        for mention, names in drafts:
            if mention.folded in persons:
                names.append("person-elsewhere")
            if mention.folded in good:
                names.append("good-elsewhere")
            mention.reasons = names
            mention.score = self._total(names)
            if mention.score > 0.0:
                out.append(mention)
        return out

    def demonyms(self, text: str) -> dict[str, int]:
        """How often each country's people or adjective is named ("Syrian": SY)."""
        counts: dict[str, int] = {}
        for word in self._demonym_pattern.findall(text):
            country = self.words.demonyms[fold(word)]
            counts[country] = counts.get(country, 0) + 1
        return counts

    def _total(self, names: Sequence[str]) -> float:
        weights = self.weights
        return sum([weights.get(name, 0.0) for name in names])

    def _judge(
        self,
        text: str,
        run: Run,
        words: tuple[Word, ...],
        pieces: tuple[Piece, ...],
        lowered: set[str],
        persons: set[str],
    ) -> Iterator[tuple[Mention, list[str]]]:
        lists = self.words
        done = -1
        for at, piece in enumerate(pieces):
            if piece.link or at <= done:
                continue
            if not piece.numbers:
                continue
            start, end = run.start + piece.start, run.start + piece.end
            left = pieces[at - 1] if at and not pieces[at - 1].link else None
            right = pieces[at + 1] if at + 1 < len(pieces) and not pieces[at + 1].link else None
            names = ["bias", *self.kind_features(piece.folded, piece.numbers)]
            opening = self._opens(text, run.start)
            if (
                left is not None
                and at == 1
                and opening
                and (
                    left.folded in lists.never
                    or (text[run.start : run.start + 1].lower() + words[0].text[1:]) in lowered
                )
            ):
                left = None
            if left is not None:
                names.append(self._left(left, piece))
            elif at == 0:
                names += self._before(text, start, opening, piece.folded)
            else:
                names += self._before(text, start, False, piece.folded)
            mention = Mention(start, end, text[start:end], piece.folded, piece.numbers)
            if right is not None:
                names.append(self._right(right))
                if right.folded in lists.places or right.folded in lists.facilities:
                    mention.end = run.start + right.end
                    mention.text = text[start : mention.end]
                    mention.kind_word = right.folded
                    mention.sort = "name" if right.folded in lists.places else "facility"
            else:
                names += self._after(text, end)
            word = text[start:end]
            if word.isupper() and len(word) > 1:
                names.append("capitals" if len(word) > 4 else "acronym")
            if len(words) == 1 and word.lower() in lowered and word.lower() != word:
                names.append("also-small")
            if "left:title" in names or "left:given" in names or "left:initial" in names:
                persons.add(piece.folded)
            yield mention, names

    @staticmethod
    def _opens(text: str, start: int) -> bool:
        at = start - 1
        while at >= 0 and text[at] in " \u00a0\"'“”‘’«»([*_":
            at -= 1
        return at < 0 or text[at] in ".!?:;\n\r\t•·…"

    def _left(self, left: Piece, piece: Piece) -> str:
        lists = self.words
        word = left.folded
        if word in lists.titles:
            return "left:title"
        if word in lists.directions:
            return "left:direction"
        if word in lists.demonyms:
            return "left:demonym"
        if word in lists.given:
            return "left:given"
        if len(word) == 1:
            return "left:initial"
        if word in lists.bodies:
            return "left:body"
        if left.numbers:
            return "left:place"
        return "left:capital"

    def _right(self, right: Piece) -> str:
        lists = self.words
        word = right.folded
        for sort in ("titles", "places", "facilities", "bodies", "demonyms", "never"):
            if word in getattr(lists, sort):
                return f"right:{sort}"
        return "right:place" if right.numbers else "right:capital"

    def _before(self, text: str, start: int, opening: bool, folded: str) -> list[str]:
        if opening:
            return ["opens"]
        lists = self.words
        before = text[max(0, start - 40) : start]
        out: list[str] = []
        match = _BEFORE.search(before)
        if match is None:
            if before.rstrip().endswith(","):
                out.append("before:comma")
            return out
        word = match.group(1).lower()
        if word in lists.prepositions.union(("of",)):
            if word == "of":
                two = _BEFORE_TWO.search(before)
                noun = two.group(1).lower() if two else ""
                out.append("before:of-place" if noun in lists.of_nouns else "before:of")
            elif word in ("in", "at", "near", "outside", "across"):
                out.append("before:in")
            else:
                out.append("before:to")
            if folded in lists.common or folded in lists.given:
                out.append("common+preposition")
        elif word in lists.titles:
            out.append("left:title")
        elif word in ("the", "a", "an", "this", "our", "his", "her", "their"):
            out.append("before:the")
        elif word in ("and", "or"):
            out.append("before:and")
        return out

    def _after(self, text: str, end: int) -> list[str]:
        tail = text[end : end + 30]
        if tail[:2] in ("'s", "’s"):
            return ["after:possessive"]
        if tail[:1] == ",":
            return ["after:comma"]
        match = _AFTER.match(tail)
        if match is None:
            return []
        word = match.group(1).lower()
        if word in self.words.speech_verbs:
            return ["after:speech"]
        if word in self.words.places:
            return ["after:place-word"]
        return []
