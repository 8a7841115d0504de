"""The places that one document may mean, as arrays: every candidate with what speaks for it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer.entry import KINDS
from svidok.atlas.gazetteer.words import fought_over
from svidok.claims.mentions.places.mention import Mention, told_water

__all__ = ["FEATURES", "Facts", "Group", "Scene", "group_mentions"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

FEATURES = (
    "people",
    "country",
    "continent",
    "region",
    "county",
    "area",
    "water",
    "district",
    "capital",
    "alternate",
    "alternate-small",
    "variant",
    "short",
    "approximate",
    "share",
    "seat",
    "adjacent",
    "led",
    "not-adjacent",
    "reverse",
    "near",
    "nearer",
    "nearest",
    "region-named",
    "country-named",
    "border-named",
    "region-mass",
    "country-mass",
    "inside",
    "theatre",
    "first-of-name",
    "wide",
    "minor",
    "comma-container",
    "fought-over",
    "chief",
    "told-near",
    "told-water",
)
"""What is measured of every candidate, in the order of the weights."""

_COLUMN = {name: place for place, name in enumerate(FEATURES)}
_MOST = 20
_TOLD_KM = 50.0
_KIND = {name: number for number, name in enumerate(KINDS)}
_COMMA = re.compile(r"[’']?s?\s?(?:,\s?(?:in |of |near |the |on )?|\s\(|\s(?:in|of|at)\s(?:the )?|\s)$")
_LIST = re.compile(r"[,;.]?\s*(?:[\w’'-]+(?:\s[\w’'-]+)?\s*,\s*){0,2}(?:and|or|&)?\s*")
_STOP = re.compile(r"[.!?][\s\"”’]|\n")
_TOLD = re.compile(
    r",?\s(?:which\s|that\s|\()?(?:(?:is|are|was|were|lies?|lay)\s)?(?:both\s)?(?:located\s|situated\s|lying\s|just\s|a\s)?"
    r"(?:(?:about|some|around|roughly)\s)?(?:\d[\d.,]*\s?(?:km|kilomet\w+|miles?)\s)?(?:away\s)?"
    r"(?:(?:to\sthe\s)?(?:north|south|east|west)[\w-]*\s(?:of|from)|near|close\sto|outside|not\sfar\sfrom|from)"
    r"\s(?:the\s)?(?:(?:city|town|village)\sof\s)?"
)
_OWNER = re.compile(r"(?:[’']s?|,)?\s(?:\w+\s){0,2}?(?:of\s|in\s)?$|[’']s\s(?:[\w-]+\s){0,2}$")


class Facts:
    """Numbers about entries, read once from the atlas: position, people, kind, country, region."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._rows: dict[int, tuple[float, ...]] = {}
        self._regions: dict[tuple[str, str], int] = {}
        self._fought = fought_over()

    def region_id(self, country: str, code: str) -> int:
        """A small number for a first-level region, the same for all its entries."""
        return self._regions.setdefault((country, code), len(self._regions) + 1)

    def _standing(self, country: str) -> float:
        """How much a capital is named for its country: log people above a million."""
        state = self.gazetteer.country(country)
        return max(0.0, math.log10(state.population + 10.0) - 6.0) if state else 0.0

    def row(self, number: int) -> tuple[float, ...]:
        """x, y, z, log people, kind, feature class, country, region, approximate, radius,
        capital, imported, in a region fought over."""
        found = self._rows.get(number)
        if found is None:
            if len(self._rows) > 200_000:
                self._rows.clear()
            found = self._rows[number] = self._read(number)
        return found

    def _read(self, number: int) -> tuple[float, ...]:
        layer, local = self.gazetteer.locate(number)
        lat, lon = math.radians(layer.lat[local]), math.radians(layer.lon[local])
        feature = layer.feature(local)
        rank = {"PPLC": 1, "ADM1": 2, "ADM2": 3, "CONT": 4, "HIST": 5}.get(feature, 0)
        country, code = layer.country(local), layer.admin1(local)
        return (
            math.cos(lat) * math.cos(lon),
            math.cos(lat) * math.sin(lon),
            math.sin(lat),
            math.log10(layer.population[local] + 10.0),
            layer.kind[local],
            rank,
            self.region_id(country, "") if country else 0,
            self.region_id(country, code) if code else 0,
            layer.approximate[local],
            layer.radius[local],
            self._standing(country) if rank == 1 else 0.0,
            float(layer is not self.gazetteer.layers[0]),
            float(layer.kind[local] == _KIND["settlement"] and (country, code) in self._fought),
        )


class Group:
    """Mentions of one name in one sense, with the entries that it may mean."""

    __slots__ = ("candidates", "folded", "mentions", "water")

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.mentions: list[Mention] = []
        self.candidates: tuple[tuple[int, int], ...] = ()
        self.water = False


def group_mentions(mentions: Sequence[Mention], text: str = "") -> list[Group]:
    """One sense a document: mentions of one name belong together.

    Save where two lists of different regions both hold the name: "in the A region, … X; in the B
    region, … and X" names two places.
    """
    led = _leaders(text, mentions)
    leaders: dict[str, set[str]] = {}
    for at, leader in led.items():
        leaders.setdefault(mentions[at].base or mentions[at].folded, set()).add(leader)
    groups: dict[str, Group] = {}
    for at, mention in enumerate(mentions):
        name = mention.base or mention.folded
        key = f"{name}/{led[at]}" if at in led and len(leaders[name]) > 1 else name
        water = told_water(text, mention)
        key += "/water" if water else ""
        group = groups.get(key)
        if group is None:
            group = groups[key] = Group(name)
            group.candidates = mention.numbers
            group.water = water
        group.mentions.append(mention)
    return list(groups.values())


def _leaders(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """For mentions in a list, the name of the region that leads it ("in the X region, A, B and C")."""
    order = sorted(range(len(mentions)), key=lambda at: mentions[at].start)
    out: dict[int, str] = {}
    first = 0
    for place in range(1, len(order) + 1):
        if place < len(order):
            end, begin = mentions[order[place - 1]].end, mentions[order[place]].start
            if begin - end < 40 and _LIST.fullmatch(text[end:begin]):
                continue
        if place - first >= 3 and first:
            leader = mentions[order[first - 1]]
            words = leader.kind_word is not None
            if words and not _STOP.search(text, leader.end, mentions[order[first]].start):
                out |= dict.fromkeys(order[first:place], leader.base or leader.folded)
        first = place
    return out


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
    ) -> None:
        self.groups = groups
        self.facts = facts
        owner: list[int] = []
        numbers: list[int] = []
        standing: list[int] = []
        rows: list[tuple[float, ...]] = []
        homes = self._named(groups, demonyms or {})
        for place, group in enumerate(groups):
            found: Sequence[tuple[int, int]] = group.candidates
            if len(found) > _MOST:
                found = self._most_likely(found, theatre, homes)
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
        self._columns(np.array(rows), np.array(standing), text, theatre, demonyms or {})

    def _named(self, groups: Sequence[Group], demonyms: Mapping[str, int]) -> dict[int, float]:
        """Regions and countries that the text names, with what they add to a place inside them."""
        homes = {self.facts.region_id(code, ""): 2.0 for code in demonyms if code}
        for group in groups:
            rows = [self.facts.row(number) for number, _ in group.candidates[:6]]
            alone = not any(row[4] == _KIND["settlement"] for row in rows)
            for row, (_, how) in zip(rows, group.candidates, strict=False):
                if row[4] == _KIND["country"]:
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

        return sorted(found, key=order)[:_MOST]

    def _columns(
        self, rows: Floats, standing: Integers, text: str, theatre: int | None, demonyms: Mapping[str, int]
    ) -> None:
        size, groups = self.size, self.groups
        kind, rank = rows[:, 4].astype(np.int64), rows[:, 5].astype(np.int64)
        self.country, self.region = rows[:, 6].astype(np.int64), rows[:, 7].astype(np.int64)
        radius = rows[:, 9]
        fixed: Floats = np.zeros((size, len(FEATURES)))

        def put(name: str, values: Any) -> None:
            fixed[:, _COLUMN[name]] = values

        self.settled = kind == _KIND["settlement"]
        is_country, is_region = kind == _KIND["country"], kind == _KIND["region"]
        put("people", np.where(self.settled | is_region, rows[:, 3], 0.0))
        put("country", is_country)
        put("continent", rank == 4)
        put("region", is_region & (rank == 2))
        put("county", is_region & (rank == 3))
        put("area", kind == _KIND["area"])
        put("water", kind == _KIND["water"])
        wet = np.array([group.water for group in groups])
        put("told-water", wet[self.owner] & (kind == _KIND["water"]))
        put("district", kind == _KIND["district"])
        put("capital", rows[:, 10])
        put("chief", rank == 1)
        put("fought-over", rows[:, 12])
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
        # a region that holds a settlement of its own name: the name alone means the settlement
        inside_own = same & self.settled[None, :] & (is_region & True)[:, None]
        dot = np.clip(rows[:, :3] @ rows[:, :3].T, -1.0, 1.0)
        self.km = 6371.0 * np.sqrt(np.maximum(2.0 - 2.0 * dot, 0.0))
        close = (self.country[:, None] == self.country[None, :]) & (
            (self.region[:, None] == self.region[None, :]) | (self.km < radius[:, None])
        )
        put("seat", (inside_own & close & (rows[:, 3] > 4.5)[None, :]).any(axis=1))
        if theatre:
            put("theatre", self.country == theatre)
        self.fixed = fixed
        self.is_country, self.is_region = is_country, is_region & (rank == 2)
        self.is_district = kind == _KIND["district"]
        self.pointlike = (radius <= 120.0) & ~is_country
        self.radius = radius
        self._neighbours(text)
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

    def _neighbours(self, text: str) -> None:
        """Which names stand beside which: "Paris, Texas"; and how close in the text."""
        order = sorted(
            (mention.start, mention.end, place)
            for place, group in enumerate(self.groups)
            for mention in group.mentions
        )
        count = len(self.groups)
        after: Floats = np.zeros((count, count))
        before: Floats = np.zeros((count, count))
        close: Floats = np.zeros((count, count))
        led: Floats = np.zeros((count, count))
        told: Floats = np.zeros((count, count))
        comma: Floats = np.zeros((count, count))
        for place, (start, end, one) in enumerate(order):
            for begin, _, two in order[place + 1 : place + 9]:
                gap = begin - end
                if gap > 900:
                    break
                if one == two:
                    continue
                near = math.exp(-max(gap, 0) / 250.0)
                if near > close[one, two]:
                    close[one, two] = close[two, one] = near
                if 0 <= gap <= 14:
                    between = text[end:begin]
                    if between in (", ", " (", ",\n", ", in ", " in "):
                        comma[one, two] = 1.0
                    if _COMMA.fullmatch(between):
                        after[one, two] = 1.0
                    if gap <= 24 and _OWNER.fullmatch(between):
                        before[two, one] = 1.0
            del start
        self._lead(text, order, led)
        self._tell(text, order, told)
        self.told = told
        self.comma = comma
        self.after, self.before, self.close, self.led = after, before, close, led

    def _lead(self, text: str, order: Sequence[tuple[int, int, int]], led: Floats) -> None:
        """Which region stands before an enumeration: "in the X region, … of A, B and C"."""
        first = 0
        for place in range(1, len(order) + 1):
            if place < len(order) and _LIST.fullmatch(text[order[place - 1][1] : order[place][0]]):
                continue
            if place - first >= 3:
                for before in range(first - 1, max(-1, first - 4), -1):
                    if _STOP.search(text, order[before][1], order[first][0]):
                        break
                    for item in range(first, place):
                        led[order[item][2], order[before][2]] = 1.0
            first = place

    def _tell(self, text: str, order: Sequence[tuple[int, int, int]], told: Floats) -> None:
        """Which names are said to lie near which: "A and B, which are located south of C"."""
        first = 0
        for place in range(1, len(order)):
            gap = text[order[place - 1][1] : order[place][0]]
            if len(gap) < 40 and _LIST.fullmatch(gap):
                continue
            if len(gap) < 90 and _TOLD.fullmatch(gap):
                for item in range(first, place):
                    told[order[item][2], order[place][2]] = 1.0
            first = place

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
        adjacent = self.after[pairs]
        vicinity = np.maximum(held, (self.km < 60.0) & point[None, :] & point[:, None] & others)
        same_country = (self.country[:, None] == self.country[None, :]) & (self.country[:, None] > 0) & others
        same_region = (
            same_country & (self.region[:, None] == self.region[None, :]) & (self.region[:, None] > 0)
        )
        great = (self.is_region | self.is_country)[None, :]
        self._made = {
            "near": np.exp(self.km / -250.0) * others,
            "nearer": kernel,
            "nearest": kernel * self.close[pairs],
            "adjacent": adjacent * vicinity,
            "any": adjacent * great,
            "led": self.led[pairs] * (held & (self.is_region | self.is_district)[None, :]),
            "told": self.told[pairs] * ((self.km < _TOLD_KM) & point[None, :] & point[:, None] & others),
            "comma": self.comma[pairs] * (held & great),
            "reverse": self.before[pairs] * held,
            "country": same_country.astype(np.float64),
            "region": same_region.astype(np.float64),
            "others": others.astype(np.float64),
            "holds": self.holds.astype(np.float64),
        }
        return self._made

    def step(self, belief: Floats) -> Floats:
        """Features of all candidates, given the beliefs in all others."""
        out = self.fixed.copy()
        to = self._matrices()
        belief = belief * self.trust[self.owner]
        mass = belief * self.weight[self.owner]
        point = mass * self.pointlike
        local, below = self.pointlike, ~self.is_country

        def put(name: str, values: Floats) -> None:
            out[:, _COLUMN[name]] = values

        for name in ("near", "nearer", "nearest"):
            put(name, np.log1p(to[name] @ point) * local)
        reach = to["adjacent"] @ belief
        put("adjacent", np.minimum(reach, 1.0))
        put("not-adjacent", np.clip(to["any"] @ belief - reach, 0.0, 1.0))
        put("led", np.minimum(to["led"] @ belief, 1.0))
        put("told-near", np.minimum(to["told"] @ belief, 1.0))
        put("comma-container", np.minimum(to["comma"] @ belief, 1.0))
        put("reverse", np.minimum(to["reverse"] @ belief, 1.0))
        total = to["others"] @ mass + 0.5
        put("region-named", np.log1p(to["region"] @ (mass * self.is_region)) * (below & ~self.is_region))
        put("country-named", np.log1p(to["country"] @ (mass * self.is_country) + self._demonym) * below)
        put("region-mass", (to["region"] @ mass) / total * below)
        put("country-mass", (to["country"] @ mass) / total * below)
        put("inside", (to["holds"] @ mass) / total * (self.is_country | self.is_region))
        return out

    def believe(self, features: Floats, weights: Floats) -> Floats:
        """Beliefs from features."""
        return self._softmax(features @ weights)
