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
    """Spans of control in the order of their settlements' names, and between which days each lies."""

    holders: tuple[Holder, ...]
    first: npt.NDArray[np.int32]
    last: npt.NDArray[np.int32]

    def on(self, day: int) -> tuple[Holder, ...]:
        """Who held each settlement on a day."""
        held = np.flatnonzero((self.first <= day) & (self.last >= day))
        return tuple(map(self.holders.__getitem__, held.tolist()))


def load_spans(connection: Connection) -> Spans:
    """All spans of control that stand in the database."""
    c = t.control.c
    query = select(c.settlement, c.name, c.side, c.first, c.last, c.probability)
    rows = connection.execute(query.order_by(c.name, c.settlement, c.first)).all()
    return Spans(
        tuple(Holder(row[0], row[1], row[2], row[5], iso_day(row[3])) for row in rows),
        np.asarray([row[3] for row in rows], np.int32),
        np.asarray([row[4] for row in rows], np.int32),
    )
