"""The events of one build as columns in memory, so that many thousands are narrowed without a question.

A board holds what a build makes of events and no act changes; how they stand after review, words, names
of places and reports are still asked of the database, and come here as numbers of events.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from svidok.events.days import iso_day
from svidok.store import tables as t
from svidok.store.filters import bounded, day_of, span_of
from svidok.store.tables import FAR
from svidok.store.views import Box, Columns, Count, Filter, Paging, Point, Spot, Standing

__all__ = ["FACETS", "Board", "Facet", "Mask", "load_board", "load_facet"]

Ints = npt.NDArray[np.int32]
Mask = npt.NDArray[np.bool_]
V = TypeVar("V")

FACETS = ("side", "source", "speaker", "place", "dossier")
"""What events can be counted by besides their type."""

_UNKNOWN = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field: for each pair of event and value its place and the value's number.

    ``values`` are sorted; ``owners`` are places of events, in order; ``codes`` are indexes into ``values``.
    """

    values: tuple[str, ...]
    owners: Ints
    codes: Ints

    def holding(self, wanted: Iterable[str], size: int) -> Mask:
        """Which of ``size`` events hold one of these values."""
        some = frozenset(wanted)
        numbers = [at for at, value in enumerate(self.values) if value in some]
        found = np.zeros(size, np.bool_)
        found[self.owners[np.isin(self.codes, numbers)]] = True
        return found

    def counts(self, chosen: Mask, limit: int) -> tuple[Count, ...]:
        """The commonest values among the chosen events; equally common ones in their order."""
        numbers = np.bincount(self.codes[chosen[self.owners]], minlength=len(self.values))
        best = np.argsort(-numbers, kind="stable")[:limit].tolist()
        return tuple(Count(self.values[at], int(numbers[at])) for at in best if numbers[at])


@dataclass(frozen=True, slots=True)
class Board:
    """Events in the order in which they are listed: by day, then by id; undated ones last.

    Unknown days are the largest number, unknown degrees NaN, unknown sides and spots -1.
    """

    ids: tuple[str, ...]
    place_of: Ints
    """Number of an event in the database -> its place here."""
    types: tuple[str, ...]
    type: Ints
    sides: tuple[str, ...]
    side: Ints
    happened: Mask
    sort: Ints
    first: Ints
    last: Ints
    known: Ints
    witnesses: Ints
    lat: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    radius_km: npt.NDArray[np.float64]
    spots: tuple[Spot, ...]
    spot: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def narrowed(self, wanted: Filter) -> Mask:
        """Which events hold the part of a filter that needs no other table: days, types, points, truth."""
        found = np.ones(len(self), np.bool_)
        low, high = span_of(wanted)
        told = (self.first != _UNKNOWN) | (self.last != _UNKNOWN)
        if low is not None or high is not None or wanted.dated:
            found &= told
        elif wanted.dated is False:
            found &= ~told
        if low is not None:
            found &= self.last >= low
        if high is not None:
            found &= (self.first <= high) | (self.first == _UNKNOWN)
        if wanted.known_by:
            found &= self.known <= day_of(wanted.known_by, last=True)
        if wanted.types:
            found &= np.isin(self.type, [at for at, code in enumerate(self.types) if code in wanted.types])
        if wanted.happened is not None:
            found &= self.happened == wanted.happened
        if wanted.placed is not None:
            found &= np.isnan(self.lat) != wanted.placed
        if wanted.min_witnesses is not None:
            found &= self.witnesses >= wanted.min_witnesses
        if wanted.box is not None:
            found &= self._inside(wanted.box)
        return found

    def _inside(self, box: Box) -> Mask:
        tall = (self.lat >= box.south) & (self.lat <= box.north)
        if box.west <= box.east:
            return tall & (self.lon >= box.west) & (self.lon <= box.east)
        return tall & ((self.lon >= box.west) | (self.lon <= box.east))

    def at(self, numbers: npt.NDArray[np.int64]) -> Mask:
        """Which events have these numbers in the database."""
        found = np.zeros(len(self), np.bool_)
        found[self.place_of[numbers]] = True
        return found

    def page(self, chosen: Mask, paging: Paging) -> list[str]:
        """The ids of a page of the chosen events, in order of time or from the latest to the earliest."""
        start, end = bounded(paging)
        places = np.flatnonzero(chosen)
        if paging.order == "-time":
            days = self.sort[places]
            places = places[np.argsort(np.where(days < FAR, -days, FAR), kind="stable")]
        return [self.ids[at] for at in places[start:end].tolist()]

    def by_type(self) -> Facet:
        """Types as a facet, one an event."""
        return Facet(self.types, np.arange(len(self), dtype=np.int32), self.type)

    def points(self, places: npt.NDArray[Any], judged: Mapping[str, Standing]) -> tuple[Point, ...]:
        """Events as small as can be; ``judged`` tells how those stand that were reviewed."""
        ids = [self.ids[at] for at in places.tolist()]
        return tuple(
            map(
                Point,
                ids,
                [self.types[code] for code in self.type[places].tolist()],
                *(_known_degrees(some[places]) for some in (self.lat, self.lon, self.radius_km)),
                *(_known(some[places], _UNKNOWN) for some in (self.first, self.last)),
                [self.sides[code] if code >= 0 else None for code in self.side[places].tolist()],
                self.witnesses[places].tolist(),
                self.happened[places].tolist(),
                [judged.get(key, "unreviewed") for key in ids] if judged else repeat("unreviewed"),
            )
        )

    def columns(self, places: npt.NDArray[Any]) -> Columns:
        """Events as columns for a map and a time line."""
        types, type = _occurring(self.types, self.type[places])
        sides, side = _occurring(self.sides, self.side[places])
        spots, spot = _occurring(self.spots, self.spot[places])
        return Columns(
            types=types,
            sides=sides,
            id=list(map(self.ids.__getitem__, places.tolist())),
            type=type,
            side=side,
            spots=spots,
            spot=spot,
            first=_known(self.first[places], _UNKNOWN),
            last=_known(self.last[places], _UNKNOWN),
            happened=self.happened[places].astype(np.int8).tolist(),
        )

    def months(self, chosen: Mask) -> tuple[Count, ...]:
        """How many of the chosen events begin in each month, in order."""
        listed = self.sort[chosen & (self.sort < FAR)]
        days, numbers = np.unique(listed, return_counts=True)
        months: dict[str, int] = {}
        for day, number in zip(days.tolist(), numbers.tolist(), strict=True):
            month = iso_day(day)[:-3]
            months[month] = months.get(month, 0) + number
        return tuple(Count(month, number) for month, number in months.items())


def load_board(connection: Connection) -> Board:
    """The board of the events that stand in the database."""
    c = t.events.c
    query = select(
        c.id, c.number, c.type, c.side, c.happened, c.sort, c.first, c.last, c.known, c.witnesses,
        c.lat, c.lon, c.radius_km,
    )  # fmt: skip
    rows = connection.execute(query.order_by(c.sort, c.id)).all()
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * 13
    ids, numbers, types, sides, happened, sort, first, last, known, witnesses, lat, lon, radius = columns
    type_names, type_codes = _coded(types)
    side_names, side_codes = _coded(sides)
    spots, spot = _spotted(lat, lon, radius)
    place_of = np.full(max(numbers, default=0) + 1, -1, np.int32)
    place_of[np.asarray(numbers, np.int64)] = np.arange(len(ids), dtype=np.int32)
    return Board(
        tuple(ids), place_of, type_names, type_codes, side_names, side_codes,
        np.asarray(happened, np.bool_), _whole(sort), _whole(first), _whole(last), _whole(known),
        _whole(witnesses), np.asarray(lat, np.float64), np.asarray(lon, np.float64),
        np.asarray(radius, np.float64), spots, spot,
    )  # fmt: skip


def load_facet(connection: Connection, board: Board, field: str) -> Facet:
    """The values of one field of the events on a board."""
    f = t.facets.c
    query = select(f.value, f.ref).where(f.kind == "event", f.field == field).order_by(f.value)
    rows = connection.execute(query).all()
    values, codes = _coded([value for value, _ in rows])
    owners = board.place_of[np.asarray([ref for _, ref in rows], np.int64)]
    return Facet(values, owners, codes)


def _spotted(*columns: Sequence[float | None]) -> tuple[tuple[Spot, ...], Ints]:
    """The distinct spots as finely as a map shows them, and that of each event."""
    spots: dict[Spot, int] = {}
    codes = [
        -1
        if lat is None or lon is None
        else spots.setdefault((round(lat, 4), round(lon, 4), radius and round(radius, 1)), len(spots))
        for lat, lon, radius in zip(*columns, strict=True)
    ]
    return tuple(spots), np.asarray(codes, np.int32)


def _coded(values: Sequence[str | None]) -> tuple[tuple[str, ...], Ints]:
    """The distinct values in order, and each as its number among them; None is -1."""
    names = sorted({value for value in values if value is not None})
    number_of: dict[str | None, int] = {None: -1} | {name: at for at, name in enumerate(names)}
    return tuple(names), np.asarray([number_of[value] for value in values], np.int32)


def _occurring(values: Sequence[V], codes: Ints) -> tuple[tuple[V, ...], list[Any]]:
    """Those values that occur, and each code as its place among them; -1 becomes None."""
    there = np.zeros(len(values) + 1, np.bool_)
    there[codes] = True
    occurring = np.flatnonzero(there[:-1]).tolist()
    places = np.full(len(values) + 1, -1, np.int32)
    places[occurring] = np.arange(len(occurring))
    return tuple(values[at] for at in occurring), _known(places[codes], -1)


def _known(values: Ints, unknown: int) -> list[Any]:
    """Numbers, with None for what is not known."""
    told: list[Any] = values.tolist()
    for at in np.flatnonzero(values == unknown).tolist():
        told[at] = None
    return told


def _known_degrees(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [None if value != value else value for value in values.tolist()]


def _whole(values: Sequence[int | None]) -> Ints:
    return np.asarray([_UNKNOWN if value is None else value for value in values], np.int32)
