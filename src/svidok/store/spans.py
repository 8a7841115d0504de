"""Who held what, of one build, as columns in memory: a day of thousands of settlements without a question."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, select

from svidok.events.days import iso_day
from svidok.store import tables as t
from svidok.store.views import Holder

__all__ = ["Spans", "load_spans"]


@dataclass(frozen=True, slots=True)
class Spans:
    """Spans of control in the order of their settlements' names.

    ``settlement`` and ``side`` are indexes into ``settlements`` (id and name) and ``sides``.
    """

    settlements: tuple[tuple[str, str], ...]
    sides: tuple[str, ...]
    settlement: npt.NDArray[np.int32]
    side: npt.NDArray[np.int32]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]
    probability: npt.NDArray[np.float64]

    def on(self, day: int) -> tuple[Holder, ...]:
        """Who held each settlement on a day."""
        held = np.flatnonzero((self.first <= day) & (self.last >= day))
        columns = (some[held].tolist() for some in (self.settlement, self.side, self.probability, self.first))
        return tuple(
            Holder(key, name, self.sides[side], probability, iso_day(first))
            for settlement, side, probability, first in zip(*columns, strict=True)
            for key, name in (self.settlements[settlement],)
        )


def load_spans(connection: Connection) -> Spans:
    """All spans of control that stand in the database."""
    c = t.control.c
    query = select(c.settlement, c.name, c.side, c.first, c.last, c.probability)
    rows = connection.execute(query.order_by(c.name, c.settlement, c.first)).all()
    settlements: dict[tuple[str, str], int] = {}
    sides: dict[str, int] = {}
    codes = [
        (settlements.setdefault((row[0], row[1]), len(settlements)), sides.setdefault(row[2], len(sides)))
        for row in rows
    ]
    return Spans(
        tuple(settlements),
        tuple(sides),
        np.asarray([code for code, _ in codes], np.int32),
        np.asarray([code for _, code in codes], np.int32),
        np.asarray([row[3] for row in rows], np.int32),
        np.asarray([row[4] for row in rows], np.int32),
        np.asarray([row[5] for row in rows], np.float64),
    )
