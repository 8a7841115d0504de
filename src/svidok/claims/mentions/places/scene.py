"""The places that one document may mean, as arrays: every candidate with what speaks for it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from svidok.claims.mentions.places.beside import Floats, read_neighbours
from svidok.claims.mentions.places.facts import COLUMN, FEATURES, KIND, Facts
from svidok.claims.mentions.places.groups import Group

__all__ = ["Floats", "Scene"]

Integers = NDArray[np.int64]

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
        rows: list[tuple[float, ...]] = []
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
                rows.append(facts.row(number))
        self.numbers = numbers
        self.features: Floats = np.zeros((0, len(FEATURES)))
        self._made: dict[str, NDArray[Any]] = {}
        self.owner: Integers = np.array(owner, dtype=np.int64)
        self.size = len(numbers)
        self.trust: Floats = np.array([max(m.trust for m in g.mentions) for g in groups])
        self.weight: Floats = np.array([1.0 + math.log(len(g.mentions)) for g in groups])
        if not self.size:
            return
        self._columns(np.array(rows), np.array(standing), text, theatre, demonyms or {}, month)

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
        standing: Integers,
        text: str,
        theatre: int | None,
        demonyms: Mapping[str, int],
        month: str | None,
    ) -> None:
        size, groups = self.size, self.groups
        kind, rank = rows[:, 4].astype(np.int64), rows[:, 5].astype(np.int64)
        self.country, self.region = rows[:, 6].astype(np.int64), rows[:, 7].astype(np.int64)
        radius = rows[:, 9]
        fixed: Floats = np.zeros((size, len(FEATURES)))

        def put(name: str, values: Any) -> None:
            fixed[:, COLUMN[name]] = values

        self.settled = kind == KIND["settlement"]
        is_country, is_region = kind == KIND["country"], kind == KIND["region"]
        put("people", np.where(self.settled | is_region, rows[:, 3], 0.0))
        put("country", is_country)
        put("continent", rank == 4)
        put("region", is_region & (rank == 2))
        put("county", is_region & (rank == 3))
        put("area", kind == KIND["area"])
        put("water", kind == KIND["water"])
        wet = np.array([group.water for group in groups])
        put("told-water", wet[self.owner] & (kind == KIND["water"]))
        put("of-body", np.array([group.body for group in groups])[self.owner] & self.settled)
        put("district", kind == KIND["district"])
        put("capital", rows[:, 10])
        put("chief", rank == 1)
        put("uncounted", rows[:, 14])
        front = self.facts.front(rows, month) if month else None
        put("fought-over" if front is None else "front-over", rows[:, 12])
        put("fought-long" if front is None else "front-long", rows[:, 13])
        if front is not None:
            put("front", front * (self.settled | (kind == KIND["district"])))
        put("alternate", standing == 1)
        put("alternate-small", (standing == 1) * np.maximum(5.0 - rows[:, 3], 0.0) * self.settled)
        put("variant", standing == 2)
        put("short", standing == 3)
        put("approximate", rows[:, 8])
        minor = (rows[:, 11] > 0) & ~self.settled & ~is_region & ~is_country
        put("minor", minor)
        put("wide", np.log10(radius + 1.0) * ~(is_country | self.settled | minor))
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
        dot = np.clip(rows[:, :3] @ rows[:, :3].T, -1.0, 1.0)
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
        self.fixed = fixed
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
        top = np.full(len(self.groups), -1e9)
        np.maximum.at(top, self.owner, score)
        raised = np.exp(score - top[self.owner])
        total = np.zeros(len(self.groups))
        np.add.at(total, self.owner, raised)
        out: Floats = raised / total[self.owner]
        return out

    def _matrices(self) -> dict[str, NDArray[Any]]:
        """What one candidate is to another, the same in every round: made on first use."""
        if self._made:
            return self._made
        others, owner = self.other, self.owner
        point = self.pointlike
        pairs = np.ix_(owner, owner)
        held = self.holds.T  # held[c, j]: j contains c
        kernel = np.exp(self.km / -60.0) * others
        adjacent = self.beside.after[pairs]
        vicinity = np.maximum(held, (self.km < 60.0) & point[None, :] & point[:, None] & others)
        same_country = (self.country[:, None] == self.country[None, :]) & (self.country[:, None] > 0) & others
        same_region = (
            same_country & (self.region[:, None] == self.region[None, :]) & (self.region[:, None] > 0)
        )
        great = (self.is_region | self.is_country)[None, :]
        city = self.settled & (self.people >= _SEAT)
        seat = city[None, :] & (self.settled & ~city)[:, None] & same_region
        self._made = {
            "near": np.exp(self.km / -250.0) * others,
            "nearer": kernel,
            "nearest": kernel * self.beside.close[pairs],
            "adjacent": adjacent * vicinity,
            "any": adjacent * great,
            "led": self.beside.led[pairs] * (held & (self.is_region | self.is_district)[None, :]),
            "told": self.beside.told[pairs]
            * ((self.km < _TOLD_KM) & point[None, :] & point[:, None] & others),
            "comma": self.beside.comma[pairs] * ((held & great) | seat),
            "container": self.beside.comma[pairs].T * self.holds,
            "listed": self.beside.listed[pairs] * others,
            "like": self.beside.listed[pairs] * (others & (self.sort[:, None] == self.sort[None, :])),
            "reverse": self.beside.before[pairs] * held,
            "border": self._borders() * (self.is_country[:, None] & self.is_country[None, :]),
            "country": same_country.astype(np.float64),
            "region": same_region.astype(np.float64),
            "others": others.astype(np.float64),
            "holds": self.holds.astype(np.float64),
        }
        return self._made

    def _borders(self) -> Floats:
        """``[i, j]``: the countries of two candidates have a border in common."""
        codes, place = np.unique(self.country, return_inverse=True)
        known = [int(code) for code in codes]
        table = np.array([[other in self.facts.bordering(code) for other in known] for code in known])
        out: Floats = table[np.ix_(place, place)].astype(np.float64)
        return out

    def step(self, belief: Floats) -> Floats:
        """Features of all candidates, given the beliefs in all others."""
        out = self.fixed.copy()
        to = self._matrices()
        belief = belief * self.trust[self.owner]
        mass = belief * self.weight[self.owner]
        point = mass * self.pointlike
        local, below = self.pointlike, ~self.is_country

        def put(name: str, values: Floats) -> None:
            out[:, COLUMN[name]] = values

        for name in ("near", "nearer", "nearest"):
            put(name, np.log1p(to[name] @ point) * local)
        reach = to["adjacent"] @ belief
        put("adjacent", np.minimum(reach, 1.0))
        put("not-adjacent", np.clip(to["any"] @ belief - reach, 0.0, 1.0))
        put("led", np.minimum(to["led"] @ belief, 1.0))
        put("told-near", np.minimum(to["told"] @ belief, 1.0))
        put("comma-container", np.minimum(to["comma"] @ belief, 1.0))
        put("as-container", np.minimum(to["container"] @ belief, 1.0))
        put(
            "like-listed",
            (2.0 * (to["like"] @ belief) - to["listed"] @ belief) / (1.0 + to["listed"] @ belief),
        )
        put("reverse", np.minimum(to["reverse"] @ belief, 1.0))
        total = to["others"] @ mass + 0.5
        put("region-named", np.log1p(to["region"] @ (mass * self.is_region)) * (below & ~self.is_region))
        put("country-named", np.log1p(to["country"] @ (mass * self.is_country) + self._demonym) * below)
        put("border-mass", np.log1p(to["border"] @ mass))
        elsewhere = to["others"] @ mass - to["country"] @ mass + self._peoples - self._demonym
        put("chief-abroad", elsewhere / (total + self._peoples) * self.fixed[:, COLUMN["chief"]])
        put("region-mass", (to["region"] @ mass) / total * below)
        put("country-mass", (to["country"] @ mass) / total * below)
        put("inside", (to["holds"] @ mass) / total * (self.is_country | self.is_region))
        return out

    def believe(self, features: Floats, weights: Floats) -> Floats:
        """Beliefs from features."""
        return self._softmax(features @ weights)
