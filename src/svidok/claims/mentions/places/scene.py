"""The places that one document may mean, as arrays: every candidate with what speaks for it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from svidok.claims.mentions.places.beside import Beside, Floats, read_neighbours
from svidok.claims.mentions.places.facts import COLUMN, FEATURES, KIND, Facts, Integers
from svidok.claims.mentions.places.groups import Group

__all__ = ["Floats", "Scene"]

_LOGGED = {
    "near": "near",
    "nearer": "nearer",
    "nearest": "nearest",
    "region-named": "named-region",
    "country-named": "named-country",
    "border-mass": "border",
}
"""Features that grow with the logarithm of a tie, with the tie that each is."""

_ONCE = {
    "adjacent": "adjacent",
    "led": "led",
    "told-near": "told",
    "comma-container": "comma",
    "as-container": "container",
    "reverse": "reverse",
    "same": "same",
}
"""Features that count no more than once, with the tie that each is."""

_SHARED = {"region-mass": "region", "country-mass": "country", "inside": "holds"}
"""Features that are shares of all that the text names, with the tie that each is."""

_TIES = (*_LOGGED.values(), *_ONCE.values(), *_SHARED.values(), "any", "listed", "like")
"""What one candidate may be to another."""

_ALWAYS = frozenset({"near", "nearer", "named-region", "named-country", *_SHARED.values()})
"""Ties that are worked out for every text."""

_WIDE = ("named-region", "named-country", "border")
"""Ties among those of ``_LOGGED`` that a great place has too."""

_STANDINGS = [COLUMN[name] for name in ("alternate", "variant", "short")]
_BY_STANDING = np.eye(4)[:, 1:]
_FOUGHT = [COLUMN[name] for name in ("fought-over", "fought-long")]
_FRONT = [COLUMN[name] for name in ("front-over", "front-long")]
_MOST = 20
_ROOM = 120  # candidates that a text of few names may have in all
_TOLD_KM = 50.0
_GREAT = 5.7  # log people of a city that a name alone means before any region: "Washington"
_SEAT = 5.0  # log people of a city that may stand for the region around it: "Orikhove, Luhansk"


class _Layout(NamedTuple):
    """Where the ties of a text stand among their sums, and which features the first of them are."""

    row: dict[str, int]
    size: int
    local: int
    logged: int
    once: slice
    shared: slice
    columns: list[int]


@cache
def _layout(held: frozenset[str]) -> _Layout:
    names = [name for name in _TIES if name in held or name in _ALWAYS]
    kinds = [[feature for feature, tie in sort.items() if tie in names] for sort in (_LOGGED, _ONCE, _SHARED)]
    logged, once, shared = accumulate(map(len, kinds))
    local = logged - sum(name in names for name in _WIDE)
    columns = [COLUMN[feature] for sort in kinds for feature in sort]
    row = {name: place for place, name in enumerate(names)}
    return _Layout(row, len(names), local, logged, slice(logged, once), slice(once, shared), columns)


class Scene:
    """All candidates of one document and their features; ``step`` turns beliefs into features."""

    def __init__(
        self,
        text: str,
        groups: Sequence[Group],
        facts: Facts,
        *,
        theatre: int | None = None,
        demonyms: Mapping[str, int] | None = None,
        month: str | None = None,
    ) -> None:
        self.groups = groups
        self.facts = facts
        self.features: Floats = np.zeros((0, len(FEATURES)))
        self.weight: Floats = np.array([1.0 + math.log(len(group.mentions)) for group in groups])
        numbers: list[int] = []
        standing: list[int] = []
        names: list[int] = []
        first: list[int] = []
        places: list[int] = []
        for place, found in enumerate(self._candidates(groups, theatre, demonyms or {})):
            if found:
                first.append(len(numbers))
                names += [len(places)] * len(found)
                places.append(place)
                numbers += [number for number, _ in found]
                standing += facts.standings(found, groups[place].folded)
        self.numbers = numbers
        self.size = len(numbers)
        self._name: Integers = np.array(names, dtype=np.int64)
        self._first: Integers = np.array(first, dtype=np.int64)
        self.owner: Integers = np.array(places, dtype=np.int64)[self._name]
        if not self.size:
            return
        trust = np.array([max([mention.trust for mention in groups[place].mentions]) for place in places])
        weight = self.weight[places]
        told = trust * weight
        self._told: Floats = told[self._name]
        self._others: Floats = np.add.reduce(told) - self._told
        self._once: Floats = 1.0 / weight[self._name]  # a name counts once here, however often it is told
        self._columns(np.array(standing), theatre, demonyms or {}, month)
        self._tie(text)

    def _candidates(
        self, groups: Sequence[Group], theatre: int | None, demonyms: Mapping[str, int]
    ) -> Iterator[Sequence[tuple[int, int]]]:
        """The candidates of each name; of many those that are likeliest beforehand."""
        most = max(_MOST, _ROOM // max(1, len(groups)))
        homes: Mapping[int, float] | None = None
        for group in groups:
            found: Sequence[tuple[int, int]] = group.candidates
            if len(found) > most:
                homes = self._named(groups, demonyms) if homes is None else homes
                found = self._most_likely(found, theatre, homes)[:most]
            yield found

    def _named(self, groups: Sequence[Group], demonyms: Mapping[str, int]) -> dict[int, float]:
        """Regions and countries that the text names, with what they add to a place inside them."""
        homes = {self.facts.region_id(code, ""): 2.0 for code in demonyms if code}
        for group in groups:
            facts = [self.facts.of(number) for number, _ in group.candidates[:6]]
            alone = not any(fact.kind == KIND["settlement"] for fact in facts)
            for fact, (_, how) in zip(facts, group.candidates, strict=False):
                if fact.kind == KIND["country"]:
                    homes[fact.country] = 2.0
                elif fact.rank == 2 and how < 2:
                    homes[fact.region] = max(homes.get(fact.region, 0.0), 4.0 if alone else 1.5)
        return homes

    def _most_likely(
        self, found: Sequence[tuple[int, int]], theatre: int | None, homes: Mapping[int, float]
    ) -> list[tuple[int, int]]:
        def order(item: tuple[int, int]) -> tuple[float, int]:
            fact = self.facts.of(item[0])
            home = 3.0 if theatre and fact.country == theatre else 0.0
            home += homes.get(fact.country, 0.0) + homes.get(fact.region, 0.0)
            return (-(fact.size + home + (4 if fact.kind in (2, 3) else 0) - item[1]), item[0])

        return sorted(found, key=order)

    def _columns(
        self, standing: Integers, theatre: int | None, demonyms: Mapping[str, int], month: str | None
    ) -> None:
        """What speaks for each candidate by itself, and what is to be compared between them."""
        self._facts = facts = self.facts.table(self.numbers)
        self.fixed = fixed = facts.fixed
        self._kind, self._country, self._region = facts.kind, facts.country, facts.region
        kind = self._kind
        self._settled, self._is_country = kind == KIND["settlement"], kind == KIND["country"]
        regions = kind == KIND["region"]
        self._is_region = regions & (facts.rank == 2)
        self._below = ~self._is_country
        self._point = (facts.radius <= 120.0) & self._below

        def put(name: str, values: Any) -> None:
            fixed[:, COLUMN[name]] = values

        if any(wet := [group.water for group in self.groups]):
            put("told-water", np.array(wet)[self.owner] & (kind == KIND["water"]))
        if any(bodies := [group.body for group in self.groups]):
            put("of-body", np.array(bodies)[self.owner] & self._settled)
        front = self.facts.front(facts.point, month) if month else None
        if front is not None:
            fixed[:, _FRONT] = fixed[:, _FOUGHT]
            fixed[:, _FOUGHT] = 0.0
            put("front", front * (self._settled | (kind == KIND["district"])))
        fixed[:, _STANDINGS] = _BY_STANDING[standing]
        put("alternate-small", fixed[:, _STANDINGS[0]] * facts.little)
        share = facts.ranked - np.maximum.reduceat(facts.ranked, self._first)[self._name]
        put("share", share)
        put("first-of-name", share >= 0.0)
        if theatre:
            put("theatre", self._country == theatre)
        self._compare()
        self._kinds = kinds = set(kind.tolist())
        if KIND["country"] in kinds or KIND["region"] in kinds:
            named = self._of_country & ~self._other  # candidates of one name in one country
            if KIND["region"] in kinds and KIND["settlement"] in kinds:
                # a region that holds a settlement of its own name, or whose country has a great city of that
                # name: the name alone means the settlement
                great = facts.size > _GREAT
                near = (self._region[:, None] == self._region) | (self._km < facts.radius[:, None]) | great
                town = self._settled & (facts.size > 4.5) & (standing == 0)
                put("seat", np.logical_or.reduce(named & near & town, axis=1) & regions)
            if KIND["country"] in kinds:
                within = np.logical_or.reduce(named & self._is_country, axis=1)
                put("own-country", within & self._below)
        self._peoples, self._demonym = 0.0, np.zeros(self.size)
        if demonyms:
            self._tell_peoples(demonyms)

    def _compare(self) -> None:
        """How far each candidate is from each, and which of them share name, country and region."""
        country, region, point = self._country, self._region, self._facts.point
        self._other = self._name[:, None] != self._name
        self._km = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * (point @ point.T), 0.0))
        self._of_country = country[:, None] == country
        self._same_country = self._of_country & self._other & (country > 0)
        self._same_region = self._same_country & (region[:, None] == region) & (region > 0)

    def _tell_peoples(self, demonyms: Mapping[str, int]) -> None:
        """What the peoples that a text names ("Syrian") say of their countries and of those beside."""
        counts: dict[int, float] = {}
        beside: dict[int, float] = {}
        for country, times in demonyms.items():
            if country:
                counts[self.facts.region_id(country, "")] = 1.0 + math.log(times)
                for other in self.facts.gazetteer.neighbours(country):
                    code = self.facts.region_id(other, "")
                    beside[code] = max(beside.get(code, 0.0), 1.0 + math.log(times))
        countries = self._country.tolist()
        self._peoples = sum(counts.values())
        self._demonym = np.array([counts.get(code, 0.0) for code in countries])
        border = np.array([beside.get(code, 0.0) for code in countries])
        self.fixed[:, COLUMN["own-people"]] = np.log1p(self._demonym) * self._is_country
        self.fixed[:, COLUMN["border-named"]] = np.log1p(border) * (self._demonym == 0) * self._below

    def _contains(self) -> NDArray[np.bool_]:
        """``[i, j]``: candidate i contains candidate j (another name)."""
        small = self._below & ~self._is_region
        whole = self._is_country[:, None] & self._same_country & self._below
        part = self._is_region[:, None] & self._same_region & small
        holds: NDArray[np.bool_] = whole | part
        if self._kinds - {KIND["country"], KIND["settlement"]}:
            wide = small & ~self._settled
            radius = self._facts.radius
            loose = wide[:, None] & (self._km < radius[:, None]) & (radius < radius[:, None])
            holds |= loose & self._other
        return holds

    def _tie(self, text: str) -> None:
        """What one candidate is to another, a matrix for each of ``_TIES`` that the text has.

        Each is to be multiplied by the mass of the candidates: one product a round for all of them.
        """
        self._lone = len(self._first) == 1  # the only name of its text has no ties
        ties = {} if self._lone else self._ties(read_neighbours(text, self.groups))
        self._layout = layout = _layout(frozenset(ties))
        self._made: Floats = np.empty((0 if self._lone else layout.size * self.size, self.size))
        if not self._lone:
            np.concatenate([ties[name] for name in layout.row], out=self._made)
        masks = [self._point] * layout.local
        masks += [self._below & ~self._is_region, self._below, self._is_country][
            : layout.logged - layout.local
        ]
        self._log_mask: Floats = np.array(masks, dtype=np.float64)
        share = 1.0 / (self._others + 0.5)
        self._share_mask: Floats = (
            np.array([self._below, self._below, ~self._below | self._is_region]) * share
        )
        self._chief: Floats | None = None
        if np.count_nonzero(chief := self.fixed[:, COLUMN["chief"]]):
            self._chief = chief / (self._others + 0.5 + self._peoples)

    def _ties(self, beside: Beside) -> dict[str, NDArray[Any]]:
        others, km, one, point = self._other, self._km, self._once, self._point
        apart = others & point
        pairs = self.owner[:, None] * len(self.groups) + self.owner
        holds = self._contains()
        held = holds.T  # held[c, j]: j contains c
        kernel = np.exp(km / -60.0) * apart
        ties: dict[str, NDArray[Any]] = {
            "near": np.exp(km / -250.0) * apart,
            "nearer": kernel,
            "country": self._same_country,
            "region": self._same_region,
            "holds": holds,
            "named-country": self._same_country & self._is_country,
            "named-region": self._same_region & self._is_region,
        }
        if beside.close is not None:
            ties["nearest"] = kernel * beside.close.take(pairs)
        great = self._is_region | self._is_country
        if beside.after is not None:
            adjacent = beside.after.take(pairs) * one
            ties["adjacent"] = adjacent * np.maximum(held, (km < 60.0) & apart & point[:, None])
            ties["any"] = adjacent * great
        if beside.led is not None:
            ties["led"] = (
                beside.led.take(pairs) * one * (held & (self._is_region | (self._kind == KIND["district"])))
            )
        if beside.told is not None:
            ties["told"] = beside.told.take(pairs) * one * ((km < _TOLD_KM) & apart & point[:, None])
        if beside.comma is not None:
            city = self._settled & (self._facts.size >= _SEAT)
            seat = city & (self._settled & ~city)[:, None] & self._same_region
            comma = beside.comma.take(pairs)
            ties["comma"] = comma * one * ((held & great) | seat)
            ties["container"] = comma.T * one * holds
        if beside.listed is not None:
            ties["listed"] = beside.listed.take(pairs) * one * others
            ties["like"] = ties["listed"] * (self._kind[:, None] == self._kind)
        if beside.before is not None:
            ties["reverse"] = beside.before.take(pairs) * one * held
        if len(set(self.numbers)) < self.size:
            same = np.array(self.numbers)
            ties["same"] = one * ((same[:, None] == same) & others)
        if np.count_nonzero(self._is_country) > 1:
            ties["border"] = self._borders()
        return ties

    def _borders(self) -> Floats:
        """``[i, j]``: i and j are countries with a border in common."""
        out: Floats = np.zeros((self.size, self.size))
        states = [(int(at), int(self._country[at])) for at in np.flatnonzero(self._is_country)]
        for one, code in states:
            bordering = self.facts.bordering(code)
            for two, other in states:
                out[one, two] = other in bordering
        return out

    def start(self, weights: Floats) -> Floats:
        """Beliefs without any context."""
        return self._softmax(self.fixed @ weights)

    def _softmax(self, score: Floats) -> Floats:
        top = np.maximum.reduceat(score, self._first)
        raised = np.exp(score - top[self._name])
        out: Floats = raised / np.add.reduceat(raised, self._first)[self._name]
        return out

    def step(self, belief: Floats) -> Floats:
        """Features of all candidates, given the beliefs in all others."""
        out: Floats = self.fixed.copy()
        layout, row = self._layout, self._layout.row
        sums: Floats = np.zeros((layout.size, self.size))
        if not self._lone:
            np.matmul(self._made, belief * self._told, out=sums.reshape(-1))
        if "listed" in row:
            listed = sums[row["listed"]]
            out[:, COLUMN["like-listed"]] = (2.0 * sums[row["like"]] - listed) / (1.0 + listed)
        if "any" in row:
            great = np.maximum(sums[row["any"]] - sums[row["adjacent"]], 0.0)
            out[:, COLUMN["not-adjacent"]] = np.minimum(great, 1.0)
        if self._chief is not None:
            elsewhere = self._others - sums[row["country"]] + self._peoples - self._demonym
            out[:, COLUMN["chief-abroad"]] = elsewhere * self._chief
        sums[row["named-country"]] += self._demonym
        logged, once, shared = sums[: layout.logged], sums[layout.once], sums[layout.shared]
        np.log1p(logged, out=logged)
        logged *= self._log_mask
        np.minimum(once, 1.0, out=once)
        shared *= self._share_mask
        out[:, layout.columns] = sums[: layout.shared.stop].T
        return out

    def believe(self, features: Floats, weights: Floats) -> Floats:
        """Beliefs from features."""
        return self._softmax(features @ weights)

    def best(self, belief: Floats) -> list[int]:
        """The likeliest candidate of each name that has any."""
        held = belief.tolist()
        bounds = pairwise([*self._first.tolist(), self.size])
        return [max(range(start, end), key=held.__getitem__) for start, end in bounds]
