"""Who holds each settlement on each day: a hidden-state filter over what reports claim.

The hidden state of a settlement is the side that holds it, or contested. From one day to the next it
mostly stays; contested places fall to a side within weeks; and every place leans a little towards
its neighbours. A capture or withdrawal near a place moves its belief to the new holder; fighting and
shelling multiply its states by their likelihood; both are weighted by distance.
What no report and no declared prior has ever touched is unknown, and stays so.

Method: forward filtering of a hidden Markov model (L. Rabiner, 1989) with a spatial mixing term in the
transition (as in coupled hidden Markov models), all settlements at once with numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from svidok.events.days import iso_day
from svidok.ledger.nearness import Floats, Heard, Rows, Town, heard_by_day, neighbours
from svidok.ledger.sightings import Sighting
from svidok.records import ControlState

__all__ = ["CONTESTED", "UNKNOWN", "HoldModel", "Town", "as_states", "hold_states"]

CONTESTED = "contested"
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class HoldModel:
    """The rates of the model, a day, and its distances in km.

    ``settle`` contested places fall to a side; ``lean`` how much a place follows its neighbours;
    ``stir`` held places become contested; ``reach`` how far a sighting speaks for other places;
    ``prior`` how sure a declared first holder is, ``cap`` the most that is ever said of a side;
    ``memory`` how many of its latest claims a cell cites; ``region`` how strongly a claim on a
    region speaks for each of its towns.
    """

    settle: float = 0.01
    lean: float = 0.003
    stir: float = 0.0003
    reach: float = 20.0
    neighbours: int = 8
    neighbour_km: float = 60.0
    prior: float = 0.97
    cap: float = 0.97
    memory: int = 8
    region: float = 0.75


def hold_states(
    towns: Sequence[Town],
    seen: Sequence[Sighting],
    *,
    sides: Sequence[str],
    first: int,
    last: int,
    model: HoldModel | None = None,
    entered: Sequence[int] | None = None,
) -> Iterator[tuple[int, Floats, list[tuple[str, ...]]]]:
    """Day by day: the probabilities of every state of every town, and the claims they rest on.

    Args:
        towns: the settlements, in the order of the answer's rows.
        seen: from ``sightings``, in any order.
        sides: the columns; contested and unknown follow as the last two.
        first, last: day numbers, inclusive.
        entered: for each town the day on which its initial holder is known; ``first`` if absent.

    Returns:
        For each day its number, an array of shape (towns, sides + 2) whose rows sum to 1, and for each
        town the claim ids of its evidence, newest first. The list of claims is one and the same from
        day to day and changes as days go by: copy it to keep it.
    """
    model = model or HoldModel()
    index = {side: i for i, side in enumerate(sides)}
    states = len(sides) + 1
    belief = np.full((states, len(towns)), 1.0 / states)
    known = np.zeros(len(towns))
    start = np.array([_column(town, index, states) for town in towns], dtype=np.intp)
    began = np.array(entered if entered is not None else [first] * len(towns))
    near, weight = neighbours(towns, most=model.neighbours, within_km=model.neighbour_km)
    days = heard_by_day(towns, seen, reach_km=model.reach, region=model.region)
    citing = _Citations(len(towns), model.memory)
    for early in sorted(d for d in days if d < first):
        _observe(belief, known, days[early], index)
        citing.note(days[early])
    for day in range(first, last + 1):
        if day > first:
            belief, known = _step(belief, known, near, weight, model)
        _enter(belief, known, np.flatnonzero((began == day) & (start >= 0)), start, model.prior)
        if day in days:
            _observe(belief, known, days[day], index)
            citing.note(days[day])
        shown = np.clip(belief, (1 - model.cap) / (states - 1), model.cap)
        shown *= known / shown.sum(axis=0)
        yield day, np.vstack([shown, 1 - known]).T, citing.cited


def _column(town: Town, index: Mapping[str, int], states: int) -> int:
    """The column of a town's first holder, or -1 where none is declared."""
    return states - 1 if town.initial == CONTESTED else index.get(town.initial or "", -1)


def _enter(belief: Floats, known: Floats, rows: Rows, start: Rows, prior: float) -> None:
    """Declare who holds towns on the day from which that is known."""
    if len(rows):
        belief[:, rows] = (1.0 - prior) / (len(belief) - 1)
        belief[start[rows], rows] = prior
        known[rows] = 1.0


class _Citations:
    """The latest claims on each town, newest first."""

    def __init__(self, towns: int, memory: int) -> None:
        self.cited: list[tuple[str, ...]] = [()] * towns
        self._memory = memory

    def note(self, heard: Sequence[Heard]) -> None:
        """Take in one day's sightings."""
        for one in heard:
            claim = one.sighting.claim
            for row in one.rows.tolist():
                old = self.cited[row]
                if claim not in old:
                    self.cited[row] = (claim, *old[: self._memory - 1])


def _step(
    belief: Floats, known: Floats, near: Rows, weight: Floats, model: HoldModel
) -> tuple[Floats, Floats]:
    """One day on without news; ``belief`` has a row a state and a column a town."""
    around = np.zeros_like(belief)
    heard = np.zeros_like(known)
    told = belief * known
    for rows, share in zip(near, weight, strict=True):
        for state in range(len(belief)):
            around[state] += share * told[state].take(rows)
        heard += share * known.take(rows)
    around = np.divide(around, heard, out=belief.copy(), where=heard > 1e-9)
    held, fought = belief[:-1], belief[-1]
    pull = around[:-1] + 1e-6
    settled = held + model.settle * fought * (pull / pull.sum(axis=0))
    front = 1.0 - (around[:-1] ** 2).sum(axis=0)
    stirred = model.stir * (1.0 + 6.0 * front)
    out = np.vstack([settled * (1 - stirred), fought * (1 - model.settle) + settled.sum(axis=0) * stirred])
    out += model.lean * (around - out)
    out /= out.sum(axis=0)
    return out, np.maximum(known, np.minimum(0.5, known + 0.01 * heard * (known > 0)))


def _observe(belief: Floats, known: Floats, heard: Sequence[Heard], index: Mapping[str, int]) -> None:
    """Weigh the sightings of one day in, in their fixed order."""
    for one in heard:
        rows, sighting = one.rows, one.sighting
        share = sighting.strength * one.pull
        held = belief[:, rows]
        if sighting.holds is not None and sighting.holds in index:
            after = np.zeros((len(belief), 1))
            after[index[sighting.holds]], after[-1] = 0.9, 0.1
            belief[:, rows] = held + share * (after - held)
        else:
            doubt = np.maximum(1.0 - share, 0.02)
            likelihood = np.ones_like(held)
            if sighting.fights:
                likelihood[:-1] = doubt
            elif sighting.against is not None and sighting.against in index:
                likelihood[index[sighting.against]] = doubt
            updated = (0.98 * held + 0.02 / len(belief)) * likelihood
            belief[:, rows] = updated / updated.sum(axis=0)
        known[rows] = np.maximum(known[rows], share)


def as_states(
    towns: Sequence[Town], sides: Sequence[str], day: int, answer: Floats, evidence: Sequence[tuple[str, ...]]
) -> Iterator[ControlState]:
    """One day's answer as records, a town and a state each."""
    names = (*sides, CONTESTED, UNKNOWN)
    when = iso_day(day)
    for row, town in enumerate(towns):
        for column, side in enumerate(names):
            share = float(answer[row, column])
            cited = () if side == UNKNOWN else evidence[row]
            yield ControlState(town.name, when, side, share, cited)
