"""Which capitalised words are places: names of the atlas and facilities, judged by their context.

A run of capitalised words is cut into pieces (longest names of the atlas first). Every stretch that
may be a place gets binary features of its own and of its neighbours; their weights are summed
(``data/places/recognition.toml``, fitted by ``benchmarks/fit_recognition.py``) to the log odds that it is
one. People and bodies that carry a place's name are remembered for the rest of the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords, load_place_words
from svidok.claims.mentions.places.candidates import candidates_for
from svidok.claims.mentions.places.features import Surroundings
from svidok.claims.mentions.places.mention import Mention
from svidok.claims.mentions.places.runs import Run, Word, find_runs, words_of

__all__ = ["Draft", "Piece", "Recogniser"]

Numbers = tuple[tuple[int, int], ...]
_LONGEST = 7
_SMALL = re.compile(r"[^\W\d_]{3,}")


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


@dataclass(slots=True)
class Draft:
    """A mention with the features that speak for and against it."""

    mention: Mention
    names: list[str]
    person: bool = False


class Recogniser:
    """Finds the mentions of places in texts; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, weights: dict[str, float]) -> None:
        self.gazetteer = gazetteer
        self.words: PlaceWords = load_place_words()
        self.weights = weights
        self._numbers: dict[str, Numbers] = {}
        self._runs: dict[str, tuple[tuple[Word, ...], tuple[Piece, ...]]] = {}
        self._class: dict[str, tuple[str, ...]] = {}
        self._around = Surroundings(self.words)

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
            numbers = self.lookup(folded)
            if numbers and not (folded.startswith("the ") and not self._well_known(numbers)):
                return Piece(at, at + size, words[at].start, last.end, folded, numbers, False)
        return None

    def _well_known(self, numbers: Numbers) -> bool:
        return any(
            entry.kind in ("country", "area", "water") or entry.population > 100_000
            for entry in (self.gazetteer.entry_at(number) for number, _ in numbers)
        )

    def kind_features(self, folded: str, numbers: Numbers) -> tuple[str, ...]:
        """What the atlas and the word lists say of a name on its own."""
        found = self._class.get(folded)
        if found is None:
            if len(self._class) > 300_000:
                self._class.clear()
            found = self._class[folded] = tuple(self._kind_features(folded, numbers))
        return found

    def _kind_features(self, folded: str, numbers: Numbers) -> Iterator[str]:
        best, standing = "village", 2
        order = ("country", "region", "million", "city", "town", "area", "small", "hamlet", "village")
        rank = 99
        for number, how in numbers:
            kind = self._size(number)
            place = order.index(kind) + (0, 2, 4, 3)[how]
            if place < rank:
                rank, best, standing = place, kind, how
        yield f"kind:{best}"
        if standing:
            yield f"standing:{standing}"
        if " " in folded:
            yield "long"
        for name in ("common", "rare", "given", "demonyms", "titles", "bodies", "facilities", "places"):
            if folded in getattr(self.words, name):
                yield name
        if len(folded) <= 3:
            yield "short"

    def _size(self, number: int) -> str:
        entry = self.gazetteer.entry_at(number)
        if entry.kind == "country" or entry.feature == "CONT":
            return "country"
        if entry.kind == "region":
            return "region" if entry.population > 200_000 and entry.feature == "ADM1" else "area"
        if entry.kind != "settlement":
            return "area"
        for least, name in ((700_000, "million"), (100_000, "city"), (15_000, "town"), (2_000, "small"), (1, "hamlet")):
            if entry.population >= least:
                return name
        return "village"

    def mentions(self, text: str, *, least: float = 0.0) -> list[Mention]:
        """All mentions whose words and neighbours give log odds above ``least``, in order."""
        out: list[Mention] = []
        taken = -1
        for draft in self.drafts(text):
            mention = draft.mention
            mention.reasons = draft.names
            mention.score = self.total(draft.names)
            if mention.score > least and mention.start >= taken:
                out.append(mention)
                taken = mention.end
        return out

    def drafts(self, text: str) -> list[Draft]:
        """Everything that might be a place, with all its features."""
        small = set(_SMALL.findall(text))
        drafts: list[Draft] = []
        for run in find_runs(text):
            words, pieces = self.pieces(run.text)
            drafts += self._judge(text, run, words, pieces, small)
        persons = {d.mention.folded for d in drafts if d.person}
        good: set[str] = set()
        bad: set[str] = set()
        for draft in drafts:
            if draft.mention.sort == "name":
                score = self.total(draft.names)
                if score > 1.5:
                    good.add(draft.mention.folded)
                elif score < -1.5:
                    bad.add(draft.mention.folded)
        for draft in drafts:
            folded = draft.mention.folded
            if folded in persons:
                draft.names.append("person-elsewhere")
            if folded in good:
                draft.names.append("good-elsewhere")
            if folded in bad:
                draft.names.append("bad-elsewhere")
        return drafts

    def demonyms(self, text: str) -> dict[str, int]:
        """How often each country's people or adjective is named ("Syrian": SY)."""
        counts: dict[str, int] = {}
        table = self.words.demonyms
        for run in find_runs(text):
            for word in self.pieces(run.text)[0]:
                country = table.get(word.text.lower())
                if country:
                    counts[country] = counts.get(country, 0) + 1
        return counts

    def total(self, names: Sequence[str]) -> float:
        """Log odds of a list of features."""
        weights = self.weights
        return sum([weights.get(name, 0.0) for name in names])

    def _judge(
        self, text: str, run: Run, words: tuple[Word, ...], pieces: tuple[Piece, ...], small: set[str]
    ) -> Iterator[Draft]:
        opening = self._around.opens(text, run.start)
        done = 0
        for at, piece in enumerate(pieces):
            if piece.link or piece.start < done:
                continue
            if piece.numbers:
                draft = self._name(text, run, words, pieces, at, opening, small)
            else:
                draft = self._other(text, run, pieces, at, opening, small)
            if draft is not None:
                done = draft.mention.end - run.start
                yield draft

    def _name(
        self,
        text: str,
        run: Run,
        words: tuple[Word, ...],
        pieces: tuple[Piece, ...],
        at: int,
        opening: bool,
        small: set[str],
    ) -> Draft:
        piece = pieces[at]
        start, end = run.start + piece.start, run.start + piece.end
        own = self.kind_features(piece.folded, piece.numbers)
        mention = Mention(start, end, text[start:end], piece.folded, piece.numbers)
        left = self._around.left(text, run, words, pieces, at, opening, small)
        right = self._around.right(text, run, pieces, at)
        names = ["bias", *own, *left, *right]
        kind = own[0]
        names += [f"{kind}+{name}" for name in (*left, *right)]
        if piece.folded in self.words.common:
            names += [f"common+{name}" for name in (*left, *right)]
        if piece.folded in self.words.given:
            names += [f"given+{name}" for name in (*left, *right)]
        names += self._around.shape(text, start, end, words, kind, small)
        person = "left:title" in left or "left:given" in left or "left:initial" in left
        self._extend(text, run, pieces, at, mention, right)
        return Draft(mention, names, person)

    def _extend(
        self, text: str, run: Run, pieces: tuple[Piece, ...], at: int, mention: Mention, right: Sequence[str]
    ) -> None:
        """Take a type word after the name into the mention: "Walker County", "Gatwick Airport"."""
        if not right or right[0] not in ("right:places", "right:facilities"):
            return
        last = pieces[at + 1]
        if right[0] == "right:facilities":
            mention.sort = "facility"
            mention.base = mention.folded
            mention.inner = True
        mention.kind_word = last.folded
        mention.end = run.start + last.end
        mention.text = text[mention.start : mention.end]

    def _other(
        self, text: str, run: Run, pieces: tuple[Piece, ...], at: int, opening: bool, small: set[str]
    ) -> Draft | None:
        """A facility or an unknown name: words that the atlas does not hold."""
        last, sort = self._around.extent(pieces, at)
        if sort is None:
            return None
        start, end = run.start + pieces[at].start, run.start + pieces[last].end
        folded = fold(text[start:end])
        if folded in self.words.never or folded in self.words.demonyms or len(folded) < 3:
            return None
        features = self._around.unknown(text, run, pieces, at, last, sort, opening, small)
        if features is None:
            return None
        mention = Mention(start, end, text[start:end], folded, sort="facility" if sort != "name" else "unknown")
        if sort != "name":
            found = candidates_for(mention.text, self.lookup, self.words)
            mention.numbers, mention.base, mention.inner = found.numbers, found.base, True
        person = "u-left:title" in features or "u-left:given" in features
        return Draft(mention, features, person)
