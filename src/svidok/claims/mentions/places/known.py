"""What the atlas and the word lists say of names: pieces of runs, how great their places are and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords
from svidok.claims.mentions.places.cases import nominatives
from svidok.claims.mentions.places.runs import Run, Word, words_of

__all__ = ["Known", "Numbers", "Piece", "greatest", "size_class"]

Numbers = tuple[tuple[int, int], ...]
_LONGEST = 7
_KEPT = 200_000
"""Names and entries of which something is remembered, so that an atlas of the world needs no more memory."""
_KEPT_RUNS = 50_000
_ARTICLES = frozenset(
    {"al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ez", "es", "ed", "ul", "ur", "us"}
)
_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_ORDER = ("country", "region", "million", "city", "town", "area", "small", "hamlet", "village")


class Piece(NamedTuple):
    """A part of a run: a name of the atlas, or one other word."""

    first: int
    last: int
    start: int
    end: int
    folded: str
    numbers: Numbers
    link: bool


def size_class(kind: str, feature: str, population: int) -> str:
    """How great a place is, in words: country, region, million, city, town, small, hamlet, village, area.

    >>> size_class("settlement", "PPL", 1_400_000), size_class("settlement", "PPL", 0)
    ('million', 'village')
    """
    if kind == "country" or feature == "CONT":
        return "country"
    if kind == "region":
        return "region" if population > 200_000 and feature == "ADM1" else "area"
    if kind != "settlement":
        return "area"
    for least, name in (
        (700_000, "million"),
        (100_000, "city"),
        (15_000, "town"),
        (2_000, "small"),
        (1, "hamlet"),
    ):
        if population >= least:
            return name
    return "village"


def greatest(sizes: Iterable[str]) -> str:
    """The first of some classes of size in the order from a country to a village."""
    return min(sizes, key=_ORDER.index)


class Known:
    """Names as the atlas holds them; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self._numbers: dict[str, Numbers] = {}
        self._held = 0
        self._runs: dict[str, tuple[tuple[Word, ...], tuple[Piece, ...]]] = {}
        self._class: dict[str, tuple[str, ...]] = {}
        self._homes: dict[str, dict[str, str]] = {}
        self._sizes: dict[int, str] = {}
        self._run_peoples: dict[str, tuple[str, ...]] = {}
        self._small_names: dict[str, bool] = {}

    def lookup(self, folded: str) -> Numbers:
        """Gazetteer numbers of a folded name, remembered."""
        found = self._numbers.get(folded)
        if found is None:
            if self._held > _KEPT:
                self._numbers.clear()
                self._held = 0
            found = self._numbers[folded] = self._find(folded)
            self._held += 1 + len(found)
        return found

    def _find(self, folded: str) -> Numbers:
        """Postings of a name, or of its nominative when it is inflected Cyrillic."""
        found = tuple(self.gazetteer.postings(folded)) if folded else ()
        if not found and folded and not folded.isascii():
            for nominative in nominatives(folded):
                found = tuple((number, max(how, 1)) for number, how in self.gazetteer.postings(nominative))
                if found:
                    return found
        return found

    def pieces(self, run: str) -> tuple[tuple[Word, ...], tuple[Piece, ...]]:
        """Cut a run into names of the atlas (longest first) and other words."""
        found = self._runs.get(run)
        if found is None:
            if len(self._runs) > _KEPT_RUNS:
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
        return any(
            self.size(number) in ("country", "region", "area", "million", "city") for number, _ in numbers
        )

    def kind_features(self, folded: str, numbers: Numbers) -> tuple[str, ...]:
        """What the atlas and the word lists say of a name on its own."""
        found = self._class.get(folded)
        if found is None:
            if len(self._class) > _KEPT:
                self._class.clear()
            found = self._class[folded] = tuple(self._kind_features(folded, numbers))
        return found

    def _kind_features(self, folded: str, numbers: Numbers) -> Iterator[str]:
        best, standing, country = "village", 2, ""
        rank = 99
        for number, how in numbers:
            kind = self.size(number)
            place = _ORDER.index(kind) + (0, 2, 4, 3)[how]
            if place < rank:
                rank, best, standing = place, kind, how
                layer, local = self.gazetteer.locate(number)
                country = layer.country(local)
        yield f"kind:{best}"
        if standing:
            yield f"standing:{standing}"
        if " " in folded:
            yield "long"
        if "а" <= folded[:1] <= "ґ":
            yield "cyrillic"
        if country in _ENGLISH and best not in ("country", "region"):
            yield "english"
            yield f"english+kind:{best}"
        yield "names:one" if len(numbers) == 1 else "names:few" if len(numbers) < 6 else "names:many"
        for suffix in self.words.suffixes:
            if folded.endswith(suffix) and len(folded) > len(suffix) + 2:
                yield "suffix"
                break
        for name in ("common", "rare", "given", "demonyms", "titles", "bodies", "facilities", "places"):
            if folded in getattr(self.words, name):
                yield name
        if folded in self.words.common:
            yield f"common+kind:{best}"
        if folded in self.words.given:
            yield f"given+kind:{best}"
        if len(folded) <= 3:
            yield "short"

    def size(self, number: int) -> str:
        """How great the place of an entry is."""
        found = self._sizes.get(number)
        if found is None:
            if len(self._sizes) > _KEPT:
                self._sizes.clear()
            layer, local = self.gazetteer.locate(number)
            found = self._sizes[number] = size_class(
                KINDS[layer.kind[local]], layer.feature(local), layer.population[local]
            )
        return found

    def is_settlement(self, number: int) -> bool:
        """Whether an entry is a city, town or village."""
        layer, local = self.gazetteer.locate(number)
        return KINDS[layer.kind[local]] == "settlement"

    def is_city(self, number: int) -> bool:
        """Whether an entry is a settlement of 100,000 people or more."""
        return self.is_settlement(number) and self.size(number) in ("million", "city")

    def is_region(self, number: int) -> bool:
        """Whether an entry is a region or district."""
        return self._kind(number) in ("region", "district", "area")

    def is_water(self, number: int) -> bool:
        """Whether an entry is a river, lake or sea."""
        return self._kind(number) == "water"

    def _kind(self, number: int) -> str:
        layer, local = self.gazetteer.locate(number)
        return KINDS[layer.kind[local]]

    def is_country(self, number: int) -> bool:
        """Whether an entry is a country."""
        return self.size(number) == "country"

    def is_known(self, number: int) -> bool:
        """Whether an entry is no small settlement: a city of 100,000, a region, a country, a sea."""
        return self.size(number) in ("country", "region", "million", "city", "area")

    def home(self, number: int) -> str:
        """Code of the country of an entry."""
        layer, local = self.gazetteer.locate(number)
        return layer.country(local)

    def region(self, number: int) -> tuple[str, str]:
        """Codes of the country and the first-level region of an entry."""
        layer, local = self.gazetteer.locate(number)
        return layer.country(local), layer.admin1(local)

    def home_of_greatest(self, numbers: Numbers) -> str:
        """Code of the country of the settlement or region with most people among some entries."""
        best, most = "", -1
        for number, _ in numbers:
            layer, local = self.gazetteer.locate(number)
            counted = KINDS[layer.kind[local]] in ("settlement", "region")
            people = int(layer.population[local]) if counted else 0
            if people > most:
                best, most = layer.country(local), people
        return best

    def country_of(self, folded: str) -> tuple[str, Numbers] | None:
        """The country that an adjective or the name of a people belongs to: a key for it, and its entry."""
        code = self.words.demonyms.get(folded)
        number = self.gazetteer.number(f"country:{code}") if code else None
        return None if number is None else (f"country:{code}", ((number, 1),))

    def homes(self, folded: str, numbers: Numbers) -> dict[str, str]:
        """By country code, how great the greatest candidate of a name is there."""
        found = self._homes.get(folded)
        if found is None:
            if len(self._homes) > _KEPT:
                self._homes.clear()
            found = self._homes[folded] = {}
            for number, _ in numbers:
                layer, local = self.gazetteer.locate(number)
                country, kind = layer.country(local), self.size(number)
                if country and (country not in found or _ORDER.index(kind) < _ORDER.index(found[country])):
                    found[country] = kind
        return found

    def countries(self, runs: Sequence[Run], peoples: dict[str, int], near: str | None = None) -> set[str]:
        """Countries that a text names, by themselves, by great places of theirs or by their people."""
        found = set(peoples)
        if near:
            found.add(near)
        for run in runs:
            for piece in self.pieces(run.text)[1]:
                if piece.numbers and len(piece.folded) > 3:
                    for code, kind in self.homes(piece.folded, piece.numbers).items():
                        if kind in ("country", "million", "region"):
                            found.add(code)
        return found

    def peoples(self, runs: Sequence[Run]) -> dict[str, int]:
        """How often each country's people or adjective is named ("Syrian": SY)."""
        counts: dict[str, int] = {}
        for run in runs:
            for country in self._peoples_of(run.text):
                counts[country] = counts.get(country, 0) + 1
        return counts

    def _peoples_of(self, run: str) -> tuple[str, ...]:
        found = self._run_peoples.get(run)
        if found is None:
            if len(self._run_peoples) > _KEPT_RUNS:
                self._run_peoples.clear()
            found = self._run_peoples[run] = tuple(self._read_peoples(self.pieces(run)[0]))
        return found

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

    def is_small_name(self, word: str) -> bool:
        """Whether a name written small means a place all the same: a great one, and no word of English."""
        found = self._small_names.get(word)
        if found is None:
            found = self._small_name(word)
            if found:
                self._small_names[word] = True
        return found

    def _small_name(self, word: str) -> bool:
        if not word.islower() or len(word) < 4 or word in self.words.common or word in self.words.rare:
            return False
        folded = fold(word)
        if folded in self.words.never or folded in self.words.demonyms or folded in self.words.given:
            return False
        for number, standing in self.lookup(folded):
            entry = self.gazetteer.entry_at(number)
            least = {"country": 0, "settlement": 100_000 if standing == 0 else 400_000}.get(entry.kind, 10**9)
            if entry.country == "UA" and entry.kind == "settlement":
                least = 8_000
            if standing < 2 and entry.population >= least:
                return True
        return False
