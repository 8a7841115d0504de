"""What the atlas and the word lists say of names: how great their places are, and where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.layer import EXACT, MAIN, VARIANT
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.words import PlaceWords
from svidok.claims.mentions.places.cases import nominatives

__all__ = ["Known", "Numbers", "greatest", "size_class"]

Numbers = tuple[tuple[int, int], ...]
_KEPT = 200_000
"""Names and entries of which something is remembered, so that an atlas of the world needs no more memory."""
_ENGLISH = frozenset({"US", "GB", "CA", "AU", "NZ", "IE"})
_ORDER = ("country", "region", "million", "city", "town", "area", "small", "hamlet", "village")
_PLACE = {name: place for place, name in enumerate(_ORDER)}


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
    return _SETTLEMENTS[bisect_right(_LEAST, population)]


_LEAST = (1, 2_000, 15_000, 100_000, 700_000)
_SETTLEMENTS = ("village", "hamlet", "small", "town", "city", "million")
"""How a settlement of fewer people than each of ``_LEAST`` is called."""


def greatest(sizes: Iterable[str]) -> str:
    """The first of some classes of size in the order from a country to a village."""
    return min(sizes, key=_PLACE.__getitem__)


class Known:
    """Names as the atlas holds them; keeps what it learnt of names, never of documents."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words
        self._numbers: dict[str, Numbers] = {}
        self._held = 0
        self._homes: dict[str, dict[str, str]] = {}
        self._sizes: dict[int, str] = {}
        self._small_names: dict[str, bool] = {}
        self._suffixes = tuple(words.suffixes)
        self._no_small_names = words.never | words.given | words.demonyms.keys()

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
        if any(how == EXACT for _, how in found):
            return found + self._namesakes(found)
        return found

    def _namesakes(self, found: Numbers) -> Numbers:
        """Settlements of the main names of some entries, for a name that the atlas tells of those alone.

        "Olkhovka" is told of one Vilkhivka of many, and is the Russian name of all of them.
        """
        own = [item for item in found if self.home(item[0]) == "UA" and self.is_settlement(item[0])]
        if not own or any(how == MAIN for _, how in own):
            return ()
        held = {number for number, _ in found}
        others: dict[int, int] = {}
        for name in {fold(self.gazetteer.entry_at(number).name): None for number, how in own if how == EXACT}:
            for number, how in self.gazetteer.postings(name):
                if how == MAIN and number not in held and self.is_settlement(number):
                    others[number] = VARIANT
        return tuple(others.items())

    def kind_features(self, folded: str, numbers: Numbers) -> tuple[str, ...]:
        """What the atlas and the word lists say of a name on its own."""
        return tuple(self._kind_features(folded, numbers))

    def _kind_features(self, folded: str, numbers: Numbers) -> Iterator[str]:
        best, standing, country = "village", 2, ""
        rank = 99
        for number, how in numbers:
            kind = self.size(number)
            place = _PLACE[kind] + (0, 2, 4, 3)[how]
            if place < rank:
                rank, best, standing = place, kind, how
                country = self.gazetteer.outline(number).country
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
        if folded.endswith(self._suffixes) and any(
            folded.endswith(suffix) and len(folded) > len(suffix) + 2 for suffix in self._suffixes
        ):
            yield "suffix"
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
            outline = self.gazetteer.outline(number)
            found = self._sizes[number] = size_class(outline.kind, outline.feature, outline.population)
        return found

    def is_settlement(self, number: int) -> bool:
        """Whether an entry is a city, town or village."""
        return self.gazetteer.outline(number).kind == "settlement"

    def is_city(self, number: int) -> bool:
        """Whether an entry is a settlement of 100,000 people or more."""
        return self.is_settlement(number) and self.size(number) in ("million", "city")

    def is_region(self, number: int) -> bool:
        """Whether an entry is a region or district."""
        return self.gazetteer.outline(number).kind in ("region", "district", "area")

    def is_water(self, number: int) -> bool:
        """Whether an entry is a river, lake or sea."""
        return self.gazetteer.outline(number).kind == "water"

    def is_country(self, number: int) -> bool:
        """Whether an entry is a country."""
        return self.size(number) == "country"

    def is_known(self, number: int) -> bool:
        """Whether an entry is no small settlement: a city of 100,000, a region, a country, a sea."""
        return self.size(number) in ("country", "region", "million", "city", "area")

    def home(self, number: int) -> str:
        """Code of the country of an entry."""
        return self.gazetteer.outline(number).country

    def region(self, number: int) -> tuple[str, str]:
        """Codes of the country and the first-level region of an entry."""
        outline = self.gazetteer.outline(number)
        return outline.country, outline.admin1

    def home_of_greatest(self, numbers: Numbers) -> str:
        """Code of the country of the settlement or region with most people among some entries."""
        best, most = "", -1
        for number, _ in numbers:
            outline = self.gazetteer.outline(number)
            people = outline.population if outline.kind in ("settlement", "region") else 0
            if people > most:
                best, most = outline.country, people
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
                country, kind = self.gazetteer.outline(number).country, self.size(number)
                if country and (country not in found or _PLACE[kind] < _PLACE[found[country]]):
                    found[country] = kind
        return found

    def is_small_name(self, word: str) -> bool:
        """Whether a name written small means a place all the same: a great one, and no word of English."""
        found = self._small_names.get(word)
        if found is None:
            found = self._small_name(word)
            if found:
                self._small_names[word] = True
        return found

    def _small_name(self, word: str) -> bool:
        if len(word) < 4 or not word.islower() or word in self.words.common or word in self.words.rare:
            return False
        folded = fold(word)
        if folded in self._no_small_names:
            return False
        for number, standing in self.gazetteer.postings(folded) if word.isascii() else self.lookup(folded):
            entry = self.gazetteer.outline(number)
            least = {"country": 0, "settlement": 100_000 if standing == 0 else 400_000}.get(entry.kind, 10**9)
            if entry.country == "UA" and entry.kind == "settlement":
                least = 8_000
            if standing < 2 and entry.population >= least:
                return True
        return False
