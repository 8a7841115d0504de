"""Names that the atlas knows by another spelling: transliteration habits first, then slips of the pen.

Only for a capitalised word that its context speaks for, and only among the settlements of countries
that the text speaks of ("Musol" beside Baghdad and Basra; "Hulyaipole" in a text on Ukraine).
"""

from __future__ import annotations

from collections.abc import Iterable

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.translit import skeleton

__all__ = ["Speller"]

Numbers = tuple[tuple[int, int], ...]
_SLAVIC = frozenset({"UA", "RU", "BY", "PL", "MD"})


class Speller:
    """Finds the settlement that a misspelt name means; remembers its answers."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._found: dict[tuple[str, str], tuple[Numbers, str]] = {}

    def look(self, folded: str, countries: Iterable[str]) -> tuple[Numbers, str]:
        """Entries for a folded name among some countries, and how: "skeleton", "edit" or "" for none."""
        wanted = sorted(countries)
        bare = skeleton(folded)
        if len(bare) >= (4 if any(country in _SLAVIC for country in wanted) else 7):
            found = tuple(self.gazetteer.postings("~" + bare))
            if found:
                return found, "skeleton"
        for country in wanted:
            key = (folded, country)
            answer = self._found.get(key)
            if answer is None and len(folded) < 5:
                continue
            if answer is None:
                if len(self._found) > 50_000:
                    self._found.clear()
                answer = self._found[key] = self._look(folded, country)
            if answer[0]:
                return answer
        return (), ""

    def _look(self, folded: str, country: str) -> tuple[Numbers, str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if not folded[0].isalpha():
            return (), ""
        reach = 1 if len(folded) < 8 else 2
        found = process.extract(
            folded,
            self.gazetteer.names_in(country, folded[0]),
            scorer=OSA.distance,
            score_cutoff=reach,
            limit=20,
        )
        best = [(int(far), -self._people(name, country), name) for name, far, _ in found]
        if not best:
            return (), ""
        best.sort()
        if best[0][0] > 1 and -best[0][1] < 1000:
            return (), ""
        held = tuple((n, 2) for n, _ in self.gazetteer.postings(best[0][2]) if self._country(n) == country)
        return held, "edit"

    def _people(self, name: str, country: str) -> int:
        return max(
            (self._population(n) for n, _ in self.gazetteer.postings(name) if self._country(n) == country),
            default=0,
        )

    def _population(self, number: int) -> int:
        layer, local = self.gazetteer.locate(number)
        return int(layer.population[local])

    def _country(self, number: int) -> str:
        layer, local = self.gazetteer.locate(number)
        return layer.country(local)
