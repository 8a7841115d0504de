"""Stretches of a run that may be places, with all that the run alone tells of them.

A run of capitalised words ("President Obama", "Walker County") stands in many texts. What its own words say
is read once; only what stands before and behind the run is left to each text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from svidok.atlas.gazetteer.names import fold
from svidok.claims.mentions.places.candidates import candidates_for
from svidok.claims.mentions.places.cuts import Cutter, Piece
from svidok.claims.mentions.places.known import Known, Numbers
from svidok.claims.mentions.places.others import is_listed, listed_as
from svidok.claims.mentions.places.runs import Run, Word
from svidok.claims.mentions.places.weighing import Weighed, Weights

__all__ = ["Cut", "Spot", "Spotter"]

_KEPT_RUNS = 50_000
_KEPT_NAMES = 50_000
_WIDE = ("kind:country", "kind:region", "kind:area")
_INNER_LINKS = frozenset({"of", "the", "de", "la", "des", "du", "del", "d"})
_ENDINGS = ("ed", "ing", "ly", "tion", "ment", "age")
_SORTS = ("facilities", "places", "bodies", "titles", "demonyms", "given", "never")


class _Name(NamedTuple):
    """What a name of the atlas tells by itself, in whatever run it stands.

    ``own`` are its features and ``weighed`` their log odds with the bias; ``cross`` those that the features
    of its neighbours are joined with; ``listed`` what else it is listed as; ``wide`` whether a paper may be
    called after it.
    """

    own: tuple[str, ...]
    weighed: Weighed
    cross: tuple[str, ...]
    listed: str
    wide: bool


@dataclass(slots=True)
class Spot:
    """A stretch of a run that may be a place.

    ``start``, ``end`` and ``tail`` count from the run's beginning: the name, and where the mention ends
    that takes in a word for its sort ("Walker County"). ``left`` and ``right`` are the features of its
    neighbours in the run, None where the text around the run decides; ``opened`` stands for ``left`` where
    the run opens a sentence, as "after-opening" does where ``opener``, the run's first word, is written
    small elsewhere. ``cross`` are the features that those of the neighbours are joined with; ``rest`` is
    what ``Spotter.complete`` needs of the run to read the rest: ``folded``, ``own`` and what they lead to.
    """

    start: int
    end: int
    tail: int
    text: str
    folded: str
    numbers: Numbers
    sort: str
    cross: tuple[str, ...]
    left: str | None = None
    right: str | None = None
    own: Weighed | None = None
    kind: str = ""
    base: str | None = None
    inner: bool = False
    kind_word: str | None = None
    more: tuple[Weighed, ...] = ()
    small: str = ""
    opened: str = ""
    opener: str = ""
    opens_run: bool = False
    shouted: bool = False
    listed: str = ""
    may_head: bool = False
    telling: bool = False
    person: bool = False
    rest: tuple[int, str, bool, bool, *tuple[str, ...]] | None = None


class Cut(NamedTuple):
    """What a run tells by itself: its spots, and the countries that it names by people or by place."""

    spots: tuple[Spot, ...]
    peoples: tuple[str, ...]
    countries: tuple[str, ...]


class Spotter:
    """Reads runs; remembers what they tell."""

    def __init__(self, known: Known, weights: Weights) -> None:
        self.known = known
        self.words = known.words
        self.weights = weights
        self._cutter = Cutter(known)
        lists = known.words
        self._right_sorts = {
            word: f"right:{sort}" for sort in reversed(_SORTS) for word in getattr(lists, sort)
        }
        self._left_sorts = {
            word: f"left:{sort}"
            for sort, held in (
                ("given", lists.given),
                ("demonym", lists.demonyms),
                ("direction", lists.directions),
                ("title", lists.titles),
            )
            for word in held
        }
        self._cuts: dict[str, Cut] = {}
        self._names: dict[str, _Name] = {}

    def cut(self, run: str) -> Cut:
        """What a run tells by itself."""
        found = self._cuts.get(run)
        if found is None:
            if len(self._cuts) > _KEPT_RUNS:
                self._cuts.clear()
            words, pieces, peoples = self._cutter.cut(run)
            countries = tuple(self._cutter.countries(pieces))
            spots = tuple(self._spots(run, words, pieces))
            found = self._cuts[run] = Cut(spots, peoples, countries)
        return found

    def peoples(self, runs: Sequence[Run]) -> dict[str, int]:
        """How often each country's people or adjective is named ("Syrian": SY)."""
        counts: dict[str, int] = {}
        for run in runs:
            for country in self.cut(run.text).peoples:
                counts[country] = counts.get(country, 0) + 1
        return counts

    def _spots(self, run: str, words: Sequence[Word], pieces: Sequence[Piece]) -> Iterator[Spot]:
        for at, piece in enumerate(pieces):
            if piece.link:
                continue
            spot = self._name(run, words, pieces, at) if piece.numbers else self._other(run, pieces, at)
            if spot is not None:
                yield spot

    def _name(self, run: str, words: Sequence[Word], pieces: Sequence[Piece], at: int) -> Spot:
        """A name of the atlas."""
        piece = pieces[at]
        text = run[piece.start : piece.end]
        name = self._names.get(piece.folded) or self._read_name(piece.folded, piece.numbers)
        kind = name.own[0]
        left = self._left_of_name(run, pieces, at) if at else None
        right = self._right(run, pieces, at) if at + 1 < len(pieces) else None
        honoured = self._is_honoured(pieces, at)
        shouted = text.isupper()
        spot = Spot(
            *(piece.start, piece.end, piece.end, text, piece.folded, piece.numbers, "name"),
            own=self.weights.of("bias", *name.own, *_shape(text, kind)) if shouted else name.weighed,
            cross=name.cross,
            left=left,
            right=right,
            kind=kind,
            small=text.lower() if len(words) == 1 and len(text) > 2 and not text.islower() else "",
            opens_run=at == 0,
            shouted=shouted and len(text) > 2,
            listed=name.listed,
            may_head=name.wide and self._is_headed(words, piece.last),
            person=honoured,
        )
        if at == 1 and left is not None and left not in ("left:possessive", "left:hyphen", "left:title"):
            if self.is_plain(pieces[0].folded, words[0].text.lower()):
                spot.opened = "after-opening"
            spot.opener = words[0].text.lower()
        more = []
        if honoured:
            more.append("right:honour")
        last = at + 1 if right in ("right:places", "right:facilities") else None
        if right == "right:capital" and (last := self._far_facility(pieces, at)) is not None:
            more.append("right:far-facility")
        if last is not None:  # the word for its sort is of the mention: "Walker County", "Walker Airport"
            spot.kind_word, spot.tail = pieces[last].folded, pieces[last].end
            spot.text = run[spot.start : spot.tail]
            if right != "right:places":
                spot.sort, spot.base, spot.inner = "facility", spot.folded, True
        if more:
            spot.more = tuple(map(self.weights.of, more))
        return spot

    def _read_name(self, folded: str, numbers: Numbers) -> _Name:
        """What a name tells by itself, remembered."""
        if len(self._names) > _KEPT_NAMES:
            self._names.clear()
        own = self.known.kind_features(folded, numbers)
        cross = (own[0], *(sort for sort in ("common", "given") if sort in own))
        listed = listed_as(folded, numbers, self.known.size)
        weighed = self.weights.of("bias", *own)
        found = self._names[folded] = _Name(own, weighed, cross, listed, own[0] in _WIDE)
        return found

    def _is_headed(self, words: Sequence[Word], last: int) -> bool:
        """Whether the words behind a name may close the name of a paper or office."""
        behind = words[last:]
        return (
            bool(behind)
            and words[-1].text.lower() in self.words.tails
            and not any(word.link for word in behind)
        )

    def _is_honoured(self, pieces: Sequence[Piece], at: int) -> bool:
        """Whether a person's honour follows: "Shukri Pasha"."""
        return at + 1 < len(pieces) and pieces[at + 1].folded in self.words.honours

    def _left_of_name(self, run: str, pieces: Sequence[Piece], at: int) -> str | None:
        """The feature of what stands before a name in its run; None where the text before it decides."""
        if pieces[at - 1].end >= pieces[at].start:
            return None
        before = pieces[at - 1]
        if run[before.end] in "’'":
            return "left:possessive"
        if before.link:
            return None
        if run[before.end] == "-":
            return "left:hyphen"
        if before.folded not in self.words.titles and before.folded in self.words.never:
            return "left:never"
        return self._left(before, run)

    def is_plain(self, folded: str, word: str) -> bool:
        """Whether the first word of a sentence is capitalised for that alone."""
        return (
            folded in self.words.never
            or word in self.words.prepositions
            or word in self.words.in_words
            or (len(word) > 4 and word.endswith(_ENDINGS))
        )

    def _left(self, left: Piece, run: str) -> str:
        lists, word = self.words, left.folded
        if (sort := self._left_sorts.get(word)) is not None:
            return sort
        if len(word) == 1 or (len(word) == 2 and run[left.start : left.end].isupper()):
            return "left:initial"
        if word in lists.bodies:
            return "left:body"
        if word in lists.facilities or word in lists.places:
            return "left:type-word"
        if left.numbers:
            return "left:place"
        return "left:capital"

    def _right(self, run: str, pieces: Sequence[Piece], at: int) -> str | None:
        """The feature of what stands after a name in its run; None where the text behind it decides."""
        piece, after = pieces[at], pieces[at + 1]
        if run[piece.end : after.start] in ("-", "‑"):
            return "right:hyphen"
        if run[piece.end] in "’'":
            return "after:possessive"
        if after.link:
            return None
        if (sort := self._right_sorts.get(after.folded)) is not None:
            return sort
        if after.numbers:
            return "right:word" if after.folded in self.words.common else "right:place"
        return "right:capital"

    def _other(self, run: str, pieces: Sequence[Piece], at: int) -> Spot | None:
        """A facility or an unknown name: words that the atlas does not hold."""
        last, sort = self._extent(pieces, at)
        if sort is None:
            return None
        start, end = pieces[at].start, pieces[last].end
        kinds = self._kinds(pieces, at, last) if sort == "name" and last > at else ()
        spot = Spot(
            *(start, end, end, run[start:end], "", (), "unknown" if sort == "name" else "facility"),
            cross=(f"u-{sort}",),
            right=None if last + 1 == len(pieces) or pieces[last + 1].link else "right:capital",
            opens_run=at == 0,
            telling=bool(kinds) or sort != "name",
            rest=(
                last - at + 1,
                pieces[last].folded,
                any(piece.numbers for piece in pieces[at:last]),
                self._is_honoured(pieces, last),
                *kinds,
            ),
        )
        if at and not pieces[at - 1].link:
            spot.left = self._left(pieces[at - 1], run)
            if at == 1 and pieces[0].folded in self.words.in_words:
                spot.opened = "before:in"  # "In Sevare, ..."
        return spot

    def complete(self, spot: Spot) -> bool:
        """Read the rest of what the words of a spot tell, in place; False where they are no place's name.

        Of most unknown names it is never asked: nothing in their texts speaks for a place.
        """
        if spot.rest is None:
            return spot.own is not None
        (size, last, holds, spot.person, *kinds), spot.rest = spot.rest, None
        spot.folded = folded = fold(spot.text)
        lists = self.words
        if folded in lists.never or folded in lists.demonyms or len(folded) < 3 or is_listed(folded):
            return False
        sort = spot.cross[0]
        spot.own = self.weights.of(sort, f"{sort}-words:{min(size, 4)}", *kinds)
        more: list[str] = []
        if spot.sort == "unknown":
            if spot.text.isupper():
                more.append("u-capitals")
            spot.small = spot.text.lower() if len(spot.text) > 2 else ""
            if last in lists.bodies:
                more.append("u-body")
        else:
            more.append(f"u-word:{last}")
            if holds:
                more.append(f"{sort}-holds-name")
            found = candidates_for(spot.text, self.known.lookup, lists)
            spot.numbers, spot.base, spot.inner = found.numbers, found.base, True
        if spot.person:
            more.append("right:honour")
        spot.more = tuple(map(self.weights.of, more))
        return True

    def _extent(self, pieces: Sequence[Piece], at: int) -> tuple[int, str | None]:
        """How far an unknown name runs from here, and of what sort: name, street or facility."""
        words = self.words
        if pieces[at].folded in words.never or (
            pieces[at].folded in words.demonyms and at + 1 == len(pieces)
        ):
            return at, None
        if at + 1 < len(pieces) and pieces[at + 1].folded == "of" and self._happens(pieces[at].folded):
            return at, None  # "Shelling of Gorky Park"
        last, best, sort = at, -1, "name"
        while last < len(pieces):
            piece = pieces[last]
            if piece.link:
                if last + 1 < len(pieces) and piece.folded in _INNER_LINKS:
                    last += 1
                    continue
                break
            if piece.folded in words.streets and last > at:
                best, sort = last, "street"
                break
            if piece.folded in words.facilities and (last > at or len(pieces) > at + 1):
                best, sort = last, "facility"
            last += 1
        if best > at:
            return best, sort
        if pieces[at].numbers or pieces[at].folded in words.titles or pieces[at].folded in words.given:
            return at, None
        end = at
        while end + 1 < len(pieces) and not pieces[end + 1].link and not pieces[end + 1].numbers:
            end += 1
        return (end, "name") if end - at <= 2 else (at, None)

    def _happens(self, folded: str) -> bool:
        """Whether a word before "of" and a place's name tells what befell the place, not what it is."""
        words = self.words
        named = (words.places, words.facilities, words.of_types, words.bodies, words.titles, words.directions)
        return folded in words.of_nouns and not any(folded in sort for sort in named)

    def _far_facility(self, pieces: Sequence[Piece], at: int) -> int | None:
        """The facility word that ends a name some words on: "Bakhmut Industrial Vocational College"."""
        for last in range(at + 1, min(at + 5, len(pieces))):
            piece = pieces[last]
            if piece.link or piece.folded in self.words.titles or piece.folded in self.words.given:
                return None
            if piece.folded in self.words.facilities:
                return last if last > at + 1 else None
        return None

    def _kinds(self, pieces: Sequence[Piece], at: int, last: int) -> Sequence[str]:
        """Features of the words of an unknown name that tell its kind: "Mount Longdon", "Toktong Pass"."""
        first, final = pieces[at].folded, pieces[last].folded
        out = []
        if first in self.words.heights and final not in self.words.bodies:
            out.append("u-head")
        natural = final in self.words.places and final not in self.words.region_words
        if natural and first not in self.words.directions:
            out.append("u-place-word")
        return out


def _shape(text: str, kind: str) -> tuple[str, ...]:
    """The feature of a name that is written in capitals."""
    if len(text) < 2:
        return ()
    if "." in text:
        return ("dotted",)
    return () if kind == "kind:country" else ("acronym" if len(text) <= 4 else "capitals",)
