"""Names that the atlas knows by another spelling: transliteration habits first, then slips of the pen.

Only for a capitalised word that its context speaks for, and only among the settlements of countries
that the text speaks of ("Musol" beside Baghdad and Basra; "Hulyaipole" in a text on Ukraine).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.names import fold
from svidok.atlas.gazetteer.translit import skeleton

__all__ = ["Speller", "nearest_told"]

Numbers = tuple[tuple[int, int], ...]
_SMALL = 1000
"""Of names as near as another, villages are all kept: people do not tell which is meant."""
_BEGINNING = 4
"""Letters that two spellings of a name in one text have in common before a slip."""
_LOOSE = 2
"""Edits from which a name is only alike in its skeleton."""
_NEAREST = 20
"""Names of one country that are compared."""
_KEPT = 1_000
"""Names whose answers are kept, each for the countries that it was looked up in."""
_SLAVIC = frozenset({"UA", "RU", "BY", "PL", "MD"})


class Speller:
    """Finds the settlement that a misspelt name means; remembers its answers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._found: dict[str, dict[str, tuple[int, int, Numbers] | None]] = {}

    def look(self, folded: str, countries: Iterable[str]) -> tuple[Numbers, str]:
        """Entries for a folded name among some countries, and how: "skeleton", "edit" or "" for none."""
        wanted = sorted(countries)
        bare = skeleton(folded)
        if len(bare) >= (4 if any(country in _SLAVIC for country in wanted) else 7):
            found = tuple(self.gazetteer.postings("~" + bare))
            if found:
                return self._joined(found, folded, wanted), "skeleton"
        best: tuple[int, int, Numbers] | None = None
        for answer in self._answers(folded, wanted):
            if best is None or answer[:2] < best[:2]:
                best = answer
        return (best[2], "edit") if best else ((), "")

    def _joined(self, found: Numbers, folded: str, countries: Sequence[str]) -> Numbers:
        """Entries of a skeleton, with those of names that are but one edit off where these are nearer.

        "Zavodie" has the skeleton of Zavod and is spelt more like Zavody.
        """
        from rapidfuzz.distance import OSA

        if min(OSA.distance(folded, fold(self.gazetteer.entry_at(n).name)) for n, _ in found) < _LOOSE:
            return found
        held = dict(found)
        for far, _, numbers in self._answers(folded, countries):
            if far == 1:
                held |= dict(numbers)
        return tuple(held.items())

    def look_region(self, head: str, word: str, countries: Iterable[str]) -> Numbers:
        """Entries for the misspelt name of a region before the word for its sort: "Luhanks Oblast"."""
        near = self._near(head, sorted(countries))
        for _, name in sorted((far, name) for held in near.values() for name, far in held):
            if found := tuple(self.gazetteer.postings(f"{name} {word}")):
                return found
        return ()

    def look_in_region(self, folded: str, country: str, admin1: str) -> Numbers:
        """Entries of a first-level region whose names are nearest to a folded name, by one or two edits."""
        best: dict[int, list[int]] = {}
        for name, far in self._near(folded, [country]).get(country, ()):
            for number, _ in self.gazetteer.postings(name):
                outline = self.gazetteer.outline(number)
                if (outline.country, outline.admin1) == (country, admin1):
                    best.setdefault(far, []).append(number)
        return tuple((number, 2) for number in dict.fromkeys(best[min(best)])) if best else ()

    def _near(self, folded: str, countries: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
        """Names of each country within one or two edits, with how many."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        edits = 1 if len(folded) < 8 else 2
        like = self.gazetteer.names_like(countries, folded, edits)
        names = [name for _, name in like]
        out: dict[str, list[tuple[str, int]]] = {}
        for name, far, at in process.extract(
            folded, names, scorer=OSA.distance, score_cutoff=edits, limit=None
        ):
            near = out.setdefault(like[at][0], [])
            if len(near) < _NEAREST:
                near.append((name, int(far)))
        return out

    def _answers(self, folded: str, countries: Sequence[str]) -> list[tuple[int, int, Numbers]]:
        """The nearest name of each country that has one near."""
        if len(folded) < 5 or not folded[0].isalpha():
            return []
        if len(self._found) > _KEPT:
            self._found.clear()
        held = self._found.setdefault(folded, {})
        unseen = [country for country in countries if country not in held]
        if unseen:
            near = self._near(folded, unseen)
            for country in unseen:
                held[country] = self._nearest(near[country], country) if country in near else None
        return [answer for country in countries if (answer := held[country]) is not None]

    def _nearest(self, found: Sequence[tuple[str, int]], country: str) -> tuple[int, int, Numbers] | None:
        """The nearest of some names of a country: edits, people (negative), entries."""
        best = sorted((far, -self._people(name, country), name) for name, far in found)
        if not best or (best[0][0] > 1 and -best[0][1] < 1000):
            return None
        far, people, _ = best[0]
        names = [name for edits, other, name in best if edits == far and (other == people or -other < _SMALL)]
        held = dict.fromkeys(n for name in names for n in self._meant(name, country))
        return (far, people, tuple((n, 2) for n in held)) if held else None

    def _meant(self, name: str, country: str) -> list[int]:
        """Entries of a country that a name is the main one of; where there are none, those it also names."""
        outline = self.gazetteer.outline
        found = [(n, how) for n, how in self.gazetteer.postings(name) if outline(n).country == country]
        least = min((how for _, how in found), default=0)
        return [n for n, how in found if how == least]

    def _people(self, name: str, country: str) -> int:
        held = [self.gazetteer.outline(number) for number, _ in self.gazetteer.postings(name)]
        return max((one.population for one in held if one.country == country), default=0)


def nearest_told(folded: str, named: Mapping[str, Numbers]) -> Numbers:
    """Entries of the name of the same text that a folded name is a slip of ("Irpinin" beside Irpin).

    A text that names a town may spell it worse than one that does not: two edits, behind a common beginning.
    """
    from rapidfuzz.distance import OSA

    alike = (name for name in named if len(name) > _BEGINNING and name[:_BEGINNING] == folded[:_BEGINNING])
    far = sorted((OSA.distance(folded, name), name) for name in alike)
    return tuple((number, 2) for number, _ in named[far[0][1]]) if far and far[0][0] <= 2 else ()
