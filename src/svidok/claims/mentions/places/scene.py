"""The places that one document may mean, as arrays: every candidate with what speaks for it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from svidok.claims.mentions.places.beside import Floats, read_neighbours
from svidok.claims.mentions.places.facts import COLUMN, FEATURES, KIND, Facts
from svidok.claims.mentions.places.groups import Group

__all__ = ["Floats", "Scene"]

Integers = NDArray[np.int64]

_ONCE = {
    "adjacent": "adjacent",
    "led": "led",
    "told": "told-near",
    "comma": "comma-container",
    "container": "as-container",
    "reverse": "reverse",
    "same": "same",
}
"""Ties that count no more than once, with the feature that each is."""

_TIES = (
    *("near", "nearer", "nearest", *_ONCE, "any", "listed", "like"),
    *("border", "country", "region", "others", "holds", "named-country", "named-region"),
)
"""What one candidate may be to another."""

_TIE = {name: place for place, name in enumerate(_TIES)}
_KERNELS = [COLUMN[name] for name in _TIES[:3]]
_ONCE_COLUMNS = [COLUMN[name] for name in _ONCE.values()]
_MOST = 20
_ROOM = 120  # candidates that a text of few names may have in all
_TOLD_KM = 50.0
_GREAT = 5.7  # log people of a city that a name alone means before any region: "Washington"
_SEAT = 5.0  # log people of a city that may stand for the region around it: "Orikhove, Luhansk"


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
        owner: list[int] = []
        numbers: list[int] = []
        standing: list[int] = []
        homes = self._named(groups, demonyms or {})
        most = max(_MOST, _ROOM // max(1, len(groups)))
        for place, group in enumerate(groups):
            found: Sequence[tuple[int, int]] = group.candidates
            if len(found) > most:
                found = self._most_likely(found, theatre, homes)[:most]
            for number, how in found:
                owner.append(place)
                numbers.append(number)
                standing.append(how)
        self.numbers = numbers
        self.features: Floats = np.zeros((0, len(FEATURES)))
        self._made: Floats | None = None
        self.owner: Integers = np.array(owner, dtype=np.int64)
        self.size = len(numbers)
        first = [at for at in range(self.size) if not at or owner[at] != owner[at - 1]]
        self._first: Integers = np.array(first, dtype=np.int64)  # where the candidates of each name begin
        ranks = {place: rank for rank, place in enumerate(dict.fromkeys(owner))}
        self._name: Integers = np.array([ranks[place] for place in owner], dtype=np.int64)
        self.trust: Floats = np.array([max(m.trust for m in g.mentions) for g in groups])
        self.weight: Floats = np.array([1.0 + math.log(len(g.mentions)) for g in groups])
        if not self.size:
            return
        self._columns(*facts.rows(numbers), np.array(standing), text, theatre, demonyms or {}, month)

    def _named(self, groups: Sequence[Group], demonyms: Mapping[str, int]) -> dict[int, float]:
        """Regions and countries that the text names, with what they add to a place inside them."""
        homes = {self.facts.region_id(code, ""): 2.0 for code in demonyms if code}
        for group in groups:
            rows = [self.facts.row(number) for number, _ in group.candidates[:6]]
            alone = not any(row[4] == KIND["settlement"] for row in rows)
            for row, (_, how) in zip(rows, group.candidates, strict=False):
                if row[4] == KIND["country"]:
                    homes[int(row[6])] = 2.0
                elif row[5] == 2 and how < 2:
                    homes[int(row[7])] = max(homes.get(int(row[7]), 0.0), 4.0 if alone else 1.5)
        return homes

    def _most_likely(
        self, found: Sequence[tuple[int, int]], theatre: int | None, homes: Mapping[int, float]
    ) -> list[tuple[int, int]]:
        def order(item: tuple[int, int]) -> tuple[float, int]:
            row = self.facts.row(item[0])
            home = 3.0 if theatre and int(row[6]) == theatre else 0.0
            home += homes.get(int(row[6]), 0.0) + homes.get(int(row[7]), 0.0)
            return (-(row[3] + home + (4 if row[4] in (2, 3) else 0) - item[1]), item[0])

        return sorted(found, key=order)

    def _columns(
        self,
        rows: Floats,
        lasting: Floats,
        standing: Integers,
        text: str,
        theatre: int | None,
        demonyms: Mapping[str, int],
        month: str | None,
    ) -> None:
        groups = self.groups
        kind, rank = rows[:, 4].astype(np.int64), rows[:, 5].astype(np.int64)
        self.country, self.region = rows[:, 6].astype(np.int64), rows[:, 7].astype(np.int64)
        radius = rows[:, 9]
        fixed: Floats = lasting.T.copy()

        def put(name: str, values: Any) -> None:
            fixed[COLUMN[name]] = values

        self.settled = kind == KIND["settlement"]
        is_country, is_region = kind == KIND["country"], kind == KIND["region"]
        wet = np.array([group.water for group in groups])
        put("told-water", wet[self.owner] & (kind == KIND["water"]))
        put("of-body", np.array([group.body for group in groups])[self.owner] & self.settled)
        front = self.facts.front(rows, month) if month else None
        put("fought-over" if front is None else "front-over", rows[:, 12])
        put("fought-long" if front is None else "front-long", rows[:, 13])
        if front is not None:
            put("front", front * (self.settled | (kind == KIND["district"])))
        put("alternate", standing == 1)
        put("alternate-small", (standing == 1) * np.maximum(5.0 - rows[:, 3], 0.0) * self.settled)
        put("variant", standing == 2)
        put("short", standing == 3)
        top = np.full(len(groups), -9.0)
        people = np.where(
            self.settled, rows[:, 3], np.where(is_region, rows[:, 3] - 0.5, np.where(is_country, 7.5, 3.0))
        )
        np.maximum.at(top, self.owner, people)
        put("share", people - top[self.owner])
        put("first-of-name", people >= top[self.owner])
        same = self.owner[:, None] == self.owner[None, :]
        self.other = ~same
        # a region that holds a settlement of its own name, or whose country has a great city of that
        # name: the name alone means the settlement
        inside_own = same & self.settled[None, :] & (is_region & True)[:, None]
        dot = rows[:, :3] @ rows[:, :3].T
        self.km = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * dot, 0.0))
        of_country = self.country[:, None] == self.country[None, :]
        close = of_country & (
            (self.region[:, None] == self.region[None, :])
            | (self.km < radius[:, None])
            | (rows[:, 3] > _GREAT)[None, :]
        )
        town = (rows[:, 3] > 4.5) & (standing == 0)
        put("seat", (inside_own & close & town[None, :]).any(axis=1))
        put("own-country", (same & of_country & is_country[None, :]).any(axis=1) & ~is_country)
        if theatre:
            put("theatre", self.country == theatre)
        self.people = rows[:, 3]
        self.sort = kind
        self.fixed = fixed.T
        self.is_country, self.is_region = is_country, is_region & (rank == 2)
        self.is_district = kind == KIND["district"]
        self.pointlike = (radius <= 120.0) & ~is_country
        self.radius = radius
        self.beside = read_neighbours(text, groups)
        self._contains()
        counts: dict[int, float] = {}
        beside: dict[int, float] = {}
        for country, times in demonyms.items():
            if country:
                counts[self.facts.region_id(country, "")] = 1.0 + math.log(times)
                for other in self.facts.gazetteer.neighbours(country):
                    code = self.facts.region_id(other, "")
                    beside[code] = max(beside.get(code, 0.0), 1.0 + math.log(times))
        self._demonym = np.array([counts.get(int(c), 0.0) for c in self.country])
        self._peoples = sum(counts.values())
        put("own-people", np.log1p(self._demonym) * is_country)
        border = np.array([beside.get(int(c), 0.0) for c in self.country])
        put("border-named", np.log1p(border) * (self._demonym == 0) * ~is_country)

    def _contains(self) -> None:
        """``holds[i, j]``: candidate i contains candidate j (another name)."""
        same_country = (self.country[:, None] == self.country[None, :]) & (self.country[:, None] > 0)
        same_region = (
            same_country & (self.region[:, None] == self.region[None, :]) & (self.region[:, None] > 0)
        )
        whole = self.is_country[:, None] & same_country & ~self.is_country[None, :]
        part = self.is_region[:, None] & same_region & ~self.is_region[None, :] & ~self.is_country[None, :]
        wide = ~self.is_country & ~self.is_region & ~self.settled
        loose = (
            wide[:, None] & (self.km < self.radius[:, None]) & (self.radius[None, :] < self.radius[:, None])
        )
        self.holds = (whole | part | loose) & self.other

    def start(self, weights: Floats) -> Floats:
        """Beliefs without any context."""
        return self._softmax(self.fixed @ weights)

    def _softmax(self, score: Floats) -> Floats:
        top = np.maximum.reduceat(score, self._first)
        raised = np.exp(score - top[self._name])
        out: Floats = raised / np.add.reduceat(raised, self._first)[self._name]
        return out

    def _matrices(self) -> Floats:
        """What one candidate is to another, a matrix for each of ``_TIES``; made on first use.

        Each is to be multiplied by the mass of the candidates: one product a round for all of them.
        """
        if self._made is not None:
            return self._made
        others, owner, beside = self.other, self.owner, self.beside
        point, km = self.pointlike, self.km
        pairs = np.ix_(owner, owner)
        held = self.holds.T  # held[c, j]: j contains c
        one = 1.0 / self.weight[owner]  # a name counts once here, however often it is told
        made: Floats = np.zeros((len(_TIES), self.size, self.size))

        def tie(name: str, values: NDArray[Any]) -> None:
            made[_TIE[name]] = values

        kernel = np.exp(km / -60.0) * (others & point[None, :])
        tie("near", np.exp(km / -250.0) * (others & point[None, :]))
        tie("nearer", kernel)
        tie("nearest", kernel * beside.close[pairs])
        same_country = (self.country[:, None] == self.country[None, :]) & (self.country[:, None] > 0) & others
        same_region = (
            same_country & (self.region[:, None] == self.region[None, :]) & (self.region[:, None] > 0)
        )
        great = (self.is_region | self.is_country)[None, :]
        if beside.after.any():
            adjacent = beside.after[pairs] * one
            points = point[None, :] & point[:, None] & others
            tie("adjacent", adjacent * np.maximum(held, (km < 60.0) & points))
            tie("any", adjacent * great)
        if beside.led.any():
            tie("led", beside.led[pairs] * one * (held & (self.is_region | self.is_district)[None, :]))
        if beside.told.any():
            points = point[None, :] & point[:, None] & others
            tie("told", beside.told[pairs] * one * ((km < _TOLD_KM) & points))
        if beside.comma.any():
            city = self.settled & (self.people >= _SEAT)
            seat = city[None, :] & (self.settled & ~city)[:, None] & same_region
            comma = beside.comma[pairs]
            tie("comma", comma * one * ((held & great) | seat))
            tie("container", comma.T * one * self.holds)
        if beside.listed.any():
            listed = beside.listed[pairs] * one
            tie("listed", listed * others)
            tie("like", listed * (others & (self.sort[:, None] == self.sort[None, :])))
        if beside.before.any():
            tie("reverse", beside.before[pairs] * one * held)
        if len(set(self.numbers)) < self.size:
            same = np.array(self.numbers)
            tie("same", one * ((same[:, None] == same[None, :]) & others))
        self._tie_borders(made[_TIE["border"]])
        tie("country", same_country)
        tie("region", same_region)
        tie("others", others)
        tie("holds", self.holds)
        tie("named-country", same_country & self.is_country[None, :])
        tie("named-region", same_region & self.is_region[None, :])
        self._made = made
        return made

    def _tie_borders(self, out: Floats) -> None:
        """``out[i, j]``: i and j are countries with a border in common."""
        states = [(int(at), int(self.country[at])) for at in np.flatnonzero(self.is_country)]
        for one, code in states:
            bordering = self.facts.bordering(code)
            for two, other in states:
                out[one, two] = other in bordering

    def step(self, belief: Floats) -> Floats:
        """Features of all candidates, given the beliefs in all others."""
        out: Floats = self.fixed.T.copy()
        mass = belief * self.trust[self.owner] * self.weight[self.owner]
        sums = self._matrices() @ mass
        local, below = self.pointlike, ~self.is_country

        def put(name: str, values: Floats) -> None:
            out[COLUMN[name]] = values

        out[_KERNELS] = np.log1p(sums[:3]) * local
        out[_ONCE_COLUMNS] = np.minimum(sums[3 : 3 + len(_ONCE)], 1.0)
        great = np.maximum(sums[_TIE["any"]] - sums[_TIE["adjacent"]], 0.0)
        put("not-adjacent", np.minimum(great, 1.0))
        listed = sums[_TIE["listed"]]
        put("like-listed", (2.0 * sums[_TIE["like"]] - listed) / (1.0 + listed))
        country, region, others = sums[_TIE["country"]], sums[_TIE["region"]], sums[_TIE["others"]]
        total = others + 0.5
        put("region-named", np.log1p(sums[_TIE["named-region"]]) * (below & ~self.is_region))
        put("country-named", np.log1p(sums[_TIE["named-country"]] + self._demonym) * below)
        put("border-mass", np.log1p(sums[_TIE["border"]]))
        elsewhere = others - country + self._peoples - self._demonym
        put("chief-abroad", elsewhere / (total + self._peoples) * out[COLUMN["chief"]])
        put("region-mass", region / total * below)
        put("country-mass", country / total * below)
        put("inside", sums[_TIE["holds"]] / total * (self.is_country | self.is_region))
        return out.T

    def believe(self, features: Floats, weights: Floats) -> Floats:
        """Beliefs from features."""
        return self._softmax(features @ weights)

    def best(self, belief: Floats) -> list[int]:
        """The likeliest candidate of each name that has any."""
        held = belief.tolist()
        bounds = pairwise([*self._first.tolist(), self.size])
        return [max(range(start, end), key=held.__getitem__) for start, end in bounds]
