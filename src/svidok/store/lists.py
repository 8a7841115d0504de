"""Lists, counts and points of events, from a board where many are asked for.

The first few questions to a build are put to the database, so that a command answers at once; whoever
asks on gets a board of that build, and from then on narrows thousands of events without a question.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import Connection, String, cast, func, literal_column, select

from svidok.errors import InputError
from svidok.store import questions
from svidok.store import tables as t
from svidok.store.board import FACETS, Board, Facet, Mask, load_board, load_facet
from svidok.store.database import Database
from svidok.store.filters import conditions
from svidok.store.keep import State
from svidok.store.memory import Memory
from svidok.store.questions import common
from svidok.store.sums import Sums
from svidok.store.views import Columns, Count, EventView, Filter, Page, Paging, Point, Standing
from svidok.store.words import terms

__all__ = ["Lists"]

PATIENCE = 4
"""How many narrowed questions to one build the database answers before a board is made."""
_CHOICES = 64 * 2**20
"""Bytes of the choices of events that are kept."""
_VIEWS = 10_000
_EVERYTHING = Filter()


class Lists:
    """The events of one chronicle; threads may share it."""

    def __init__(self, database: Database, sums: Sums) -> None:
        self._database = database
        self._sums = sums
        self._boards = Memory[Board](1)
        self._facets = Memory[Facet](len(FACETS))
        self._choices = Memory[Mask](_CHOICES, lambda chosen: chosen.nbytes + 1)
        self._views = Memory[EventView](_VIEWS)
        self._asked: Counter[str] = Counter()
        self._lock = threading.Lock()

    # --- questions -----------------------------------------------------------------------------

    def events(self, connection: Connection, state: State, wanted: Filter, paging: Paging) -> Page[EventView]:
        """A page of events."""
        board = self._board(connection, state, wanted)
        if board is None:
            ids, total = questions.event_ids(connection, self._database, wanted, paging)
        else:
            chosen = self._chosen(connection, state, board, wanted)
            total = int(np.count_nonzero(chosen))
            if paging.order == "relevance" and wanted.text and total <= common.RANKED:
                ids = questions.best_events(connection, self._database, wanted, paging)
            else:
                ids = board.page(chosen, paging)
        return Page(self._views_of(connection, state, ids), total, paging.number, paging.size)

    def points(self, connection: Connection, state: State, wanted: Filter, limit: int) -> tuple[Point, ...]:
        """Events as the map draws them."""
        board = self._board(connection, state, wanted)
        if board is None:
            return questions.points(connection, self._database, wanted, limit)
        places = np.flatnonzero(self._chosen(connection, state, board, wanted))[:limit]
        judged = self._sums.of(state, "judged events", lambda: _judged(connection))
        return board.points(places, judged)

    def columns(self, connection: Connection, state: State, wanted: Filter, limit: int) -> Columns:
        """Events as columns; always from a board."""
        board = self._board_of(connection, state)
        return board.columns(np.flatnonzero(self._chosen(connection, state, board, wanted))[:limit])

    def days(self, connection: Connection, state: State, wanted: Filter) -> tuple[Count, ...]:
        """Events by the month they begin in."""
        board = self._board(connection, state, wanted)
        if board is None:
            return questions.days(connection, self._database, wanted)
        return board.months(self._chosen(connection, state, board, wanted))

    def counts(
        self, connection: Connection, state: State, field: str, wanted: Filter, limit: int
    ) -> tuple[Count, ...]:
        """The commonest values of one field among events.

        Raises:
            InputError: events are not counted by that field.
        """
        if field != "type" and field not in FACETS:
            raise InputError(
                f"events are not counted by {field!r}", remedy=f"type, {', '.join(FACETS[:-1])} or dossier"
            )
        if wanted == _EVERYTHING:
            return self._sums.of(
                state, ("counts", field, limit), lambda: questions.counts(connection, field, limit)
            )
        board = self._board_of(connection, state)
        facet = board.by_type() if field == "type" else self._facet(connection, state, board, field)
        return facet.counts(self._chosen(connection, state, board, wanted), limit)

    # --- what is kept --------------------------------------------------------------------------

    def _board(self, connection: Connection, state: State, wanted: Filter) -> Board | None:
        """The board of this build, made once enough was asked of it; None before."""
        held = self._boards.get(state.drawn)
        if held is not None or wanted == _EVERYTHING:
            return held
        with self._lock:
            self._asked[state.drawn] += 1
            if self._asked[state.drawn] <= PATIENCE:
                return None
            self._asked.clear()
        return self._board_of(connection, state)

    def _board_of(self, connection: Connection, state: State) -> Board:
        return self._boards.recall(state.drawn, lambda: load_board(connection))

    def _facet(self, connection: Connection, state: State, board: Board, field: str) -> Facet:
        return self._facets.recall((state.drawn, field), lambda: load_facet(connection, board, field))

    def _chosen(self, connection: Connection, state: State, board: Board, wanted: Filter) -> Mask:
        """Which events hold a filter; only a review changes how they stand."""
        kept = state.mark if wanted.statuses else state.drawn
        return self._choices.recall((kept, wanted), lambda: self._choose(connection, state, board, wanted))

    def _choose(self, connection: Connection, state: State, board: Board, wanted: Filter) -> Mask:
        found = board.narrowed(wanted)
        for field, values in (
            ("side", wanted.sides),
            ("source", wanted.sources),
            ("speaker", wanted.speakers),
            ("dossier", (wanted.dossier,) if wanted.dossier else ()),
            *(("source", (name,)) for name in wanted.also_sources),
        ):
            if values:
                found &= self._facet(connection, state, board, field).holding(values, len(board))
        if wanted.not_sources:
            told = self._facet(connection, state, board, "source")
            found &= ~told.holding(wanted.not_sources, len(board))
        rest = _rest(wanted)
        if rest != _EVERYTHING:
            found &= board.at(_numbers(connection, self._database, rest))
        return found

    def _views_of(self, connection: Connection, state: State, ids: Sequence[str]) -> tuple[EventView, ...]:
        """Events as a list shows them; what a build made of them is unpacked once."""
        missing = [key for key in ids if self._views.get((state.drawn, key)) is None]
        found = questions.bare_events(connection, missing) if missing else {}
        for key, fresh in found.items():
            self._views.put((state.drawn, key), fresh)
        judged = self._sums.of(state, "judged events", lambda: _judged(connection))
        states = questions.states_of(
            connection, "event", [(key, judged.get(key, "unreviewed")) for key in ids]
        )
        views = [found.get(key) or self._views.get((state.drawn, key)) for key in ids]
        return tuple(
            view if states[view.id] == view.state else replace(view, state=states[view.id])
            for view in views
            if view is not None
        )


def _rest(wanted: Filter) -> Filter:
    """The part of a filter that the database has to answer, or to refuse."""
    return Filter(
        text=wanted.text,
        place=wanted.place,
        near=wanted.near,
        documents=wanted.documents,
        statuses=wanted.statuses,
        severities=wanted.severities,
        modalities=wanted.modalities,
        min_confidence=wanted.min_confidence,
    )


def _numbers(connection: Connection, database: Database, wanted: Filter) -> npt.NDArray[np.int64]:
    """The numbers of the events that hold a filter: brought as one text, since rows are dear."""
    number: Any = t.events.c.number
    where = conditions("event", t.events, wanted, database)
    if wanted == Filter(text=wanted.text):
        number, where = database.found("event", terms(wanted.text or "")).c.number, []
    told = connection.execute(select(func.aggregate_strings(cast(number, String), " ")).where(*where))
    return np.fromstring(told.scalar() or "", np.int64, sep=" ")


def _judged(connection: Connection) -> dict[str, Standing]:
    """How those events stand that are not as a build left them."""
    c = t.events.c
    query = select(c.id, c.status).where(c.status != literal_column("'unreviewed'"))
    return dict(connection.execute(query).all())
