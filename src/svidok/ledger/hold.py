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
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from svidok.events.atoms import fold
from svidok.events.days import iso_day
from svidok.ledger.sightings import Sighting
from svidok.records import ControlState

__all__ = ["CONTESTED", "UNKNOWN", "HoldModel", "Town", "hold_states"]

CONTESTED = "contested"
UNKNOWN = "unknown"
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Town:
    """A settlement of the theatre: its point in degrees, who held it first, and its containers' names."""

    name: str
    lat: float
    lon: float
    initial: str | None = None
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoldModel:
    """The rates of the model, a day, and its distances in km.

    ``settle`` contested places fall to a side; ``lean`` how much a place follows its neighbours;
    ``stir`` held places become contested; ``reach`` how far a sighting speaks for other places.
    """

    settle: float = 0.016
    lean: float = 0.003
    stir: float = 0.0006
    reach: float = 12.0
    neighbours: int = 8
    neighbour_km: float = 60.0
    cap: float = 0.97
    memory: int = 8
    region: float = 0.75


@dataclass(slots=True)
class _Day:
    """The sightings of one day, as indexes and weights of the towns they speak for."""

    rows: list[tuple[npt.NDArray[np.intp], Floats, Sighting]] = field(default_factory=list)


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
        town the claim ids of its evidence.
    """
    model = model or HoldModel()
    index = {side: i for i, side in enumerate(sides)}
    states = len(sides) + 1
    belief = np.full((len(towns), states), 1.0 / states)
    known = np.zeros(len(towns))
    start = np.full(len(towns), -1)
    for row, town in enumerate(towns):
        column = index.get(town.initial or "", states - 1 if town.initial == CONTESTED else -1)
        if column >= 0:
            start[row] = column
    began = np.array(entered if entered is not None else [first] * len(towns))
    near, weight = _neighbours(towns, model)
    days = _by_day(towns, seen, model)
    evidence: list[dict[str, int]] = [{} for _ in towns]
    for early in sorted(d for d in days if d < first):
        _observe(belief, known, evidence, days[early], index, early)
    cited = [_recent(e, model.memory) for e in evidence]
    for day in range(first, last + 1):
        if day > first:
            belief, known = _step(belief, known, near, weight, model)
        _enter(belief, known, np.flatnonzero((began == day) & (start >= 0)), start)
        if day in days:
            _observe(belief, known, evidence, days[day], index, day)
            for row in sorted({int(r) for rows, _, _ in days[day].rows for r in rows}):
                cited[row] = _recent(evidence[row], model.memory)
        shown = np.clip(belief, (1 - model.cap) / (states - 1), model.cap)
        shown /= shown.sum(axis=1, keepdims=True)
        answer = np.concatenate([shown * known[:, None], (1 - known)[:, None]], axis=1)
        yield day, answer, cited


def _enter(belief: Floats, known: Floats, rows: npt.NDArray[np.intp], start: npt.NDArray[np.intp]) -> None:
    """Declare who holds towns on the day from which that is known."""
    if len(rows):
        belief[rows] = 0.03 / (belief.shape[1] - 1)
        belief[rows, start[rows]] = 0.97
        known[rows] = 1.0


def _recent(evidence: Mapping[str, int], memory: int) -> tuple[str, ...]:
    """The latest claims on a town, newest first."""
    return tuple(sorted(evidence, key=lambda c: (-evidence[c], c))[:memory])


def _neighbours(towns: Sequence[Town], model: HoldModel) -> tuple[npt.NDArray[np.intp], Floats]:
    """The nearest towns of each town and their weights, which sum to 1 (or 0 where it has none)."""
    from shapely import STRtree, points

    lat = np.array([t.lat for t in towns])
    lon = np.array([t.lon for t in towns])
    squeeze = np.cos(np.radians(lat.mean())) if len(towns) else 1.0
    flat = np.stack([lon * squeeze * 111.2, lat * 111.2], axis=1)
    made = points(flat)
    tree = STRtree(made)
    area = float(np.prod(np.ptp(flat, axis=0))) if len(towns) else 0.0
    crowd = np.sqrt(4.0 * model.neighbours * area / (np.pi * max(1, len(towns))))
    distance = float(np.clip(crowd, 10.0, model.neighbour_km))
    left, right = tree.query(made, predicate="dwithin", distance=distance)
    apart = np.hypot(*(flat[left] - flat[right]).T)
    order = np.lexsort((right, apart, left))
    left, right, apart = left[order], right[order], apart[order]
    keep = left != right
    left, right, apart = left[keep], right[keep], apart[keep]
    rank = np.arange(len(left)) - np.searchsorted(left, left, side="left")
    chosen = rank < model.neighbours
    near = np.zeros((len(towns), model.neighbours), dtype=np.intp)
    weight = np.zeros((len(towns), model.neighbours))
    near[left[chosen], rank[chosen]] = right[chosen]
    weight[left[chosen], rank[chosen]] = np.exp(-apart[chosen] / 20.0)
    total = weight.sum(axis=1, keepdims=True)
    return near, np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)


def _step(
    belief: Floats, known: Floats, near: npt.NDArray[np.intp], weight: Floats, model: HoldModel
) -> tuple[Floats, Floats]:
    """One day on without news."""
    around = np.einsum("nk,nks->ns", weight * known[near], belief[near])
    mass = around.sum(axis=1, keepdims=True)
    around = np.divide(around, mass, out=belief.copy(), where=mass > 1e-9)
    held, fought = belief[:, :-1], belief[:, -1:]
    pull = around[:, :-1] + 1e-6
    settled = held + model.settle * fought * pull / pull.sum(axis=1, keepdims=True)
    front = 1.0 - (around[:, :-1] ** 2).sum(axis=1, keepdims=True)
    stirred = model.stir * (1.0 + 6.0 * front)
    out = np.concatenate(
        [settled * (1 - stirred), fought * (1 - model.settle) + settled.sum(1, keepdims=True) * stirred], 1
    )
    out = (1 - model.lean) * out + model.lean * around
    out /= out.sum(axis=1, keepdims=True)
    heard = (weight * known[near]).sum(axis=1)
    return out, np.maximum(known, np.minimum(0.5, known + 0.01 * heard * (known > 0)))


def _by_day(towns: Sequence[Town], seen: Sequence[Sighting], model: HoldModel) -> dict[int, _Day]:
    lat = np.array([t.lat for t in towns])
    lon = np.array([t.lon for t in towns])
    by_lat = np.argsort(lat, kind="stable")
    containers = [frozenset(fold(w) for w in t.within) for t in towns]
    out: dict[int, _Day] = {}
    for sighting in seen:
        if sighting.names:
            rows = np.array([i for i, c in enumerate(containers) if c & sighting.names], dtype=np.intp)
            pull = np.full(len(rows), model.region)
        elif sighting.lat is None or sighting.lon is None:
            continue
        else:
            band = (5.0 + 1.4 * model.reach) / 111.2
            low, high = np.searchsorted(lat[by_lat], (sighting.lat - band, sighting.lat + band))
            rows = by_lat[low:high]
            east = (lon[rows] - sighting.lon) * np.cos(np.radians(sighting.lat)) * 111.2
            apart = np.hypot(east, (lat[rows] - sighting.lat) * 111.2)
            beyond = np.maximum(0.0, apart - min(sighting.radius_km, 5.0))
            strength = np.exp(-((beyond / model.reach) ** 2))
            near = strength > 0.15
            rows, pull = rows[near], strength[near]
        if len(rows):
            out.setdefault(sighting.day, _Day()).rows.append((rows, pull, sighting))
    return out


def _observe(
    belief: Floats,
    known: Floats,
    evidence: list[dict[str, int]],
    day: _Day,
    index: Mapping[str, int],
    number: int,
) -> None:
    """Weigh the sightings of one day in, in a fixed order."""
    for rows, pull, sighting in sorted(day.rows, key=lambda r: (r[2].claim, sorted(r[2].names))):
        share = sighting.strength * pull
        if sighting.holds is not None and sighting.holds in index:
            after = np.full((len(rows), belief.shape[1]), 0.0)
            after[:, index[sighting.holds]] = 0.9
            after[:, -1] = 0.1
            belief[rows] = (1.0 - share[:, None]) * belief[rows] + share[:, None] * after
        else:
            doubt = np.clip(1.0 - share, 0.02, 1.0)
            likelihood = np.ones((len(rows), belief.shape[1]))
            if sighting.fights:
                likelihood[:, :-1] = doubt[:, None]
            elif sighting.against is not None and sighting.against in index:
                likelihood[:, index[sighting.against]] = doubt
            updated = (0.98 * belief[rows] + 0.02 / belief.shape[1]) * likelihood
            belief[rows] = updated / updated.sum(axis=1, keepdims=True)
        known[rows] = np.maximum(known[rows], sighting.strength * pull)
        for row, weight in zip(rows.tolist(), pull.tolist(), strict=True):
            if weight > 0.3:
                evidence[row][sighting.claim] = number


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


__all__ += ["as_states"]
