"""Who held each settlement day by day, as spans: what the map's control layer asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from svidok.events.days import first_day, iso_day
from svidok.ledger import SettlementRow
from svidok.ledger.hold import CONTESTED, UNKNOWN, Town, hold_states
from svidok.ledger.sightings import sightings
from svidok.records import Reading
from svidok.store.views import ControlSpan

__all__ = ["LONGEST_DAYS", "control_spans"]

LONGEST_DAYS = 1500
"""Days before the newest report that are reckoned; what is told of earlier wars is not control now."""

_TELLING = frozenset(["battle", "capture", "move", "withdraw"])
_STEPS = 20
_SIDES = 2


def control_spans(
    readings: Sequence[Reading], settlements: Iterable[SettlementRow]
) -> tuple[ControlSpan, ...]:
    """Spans of unchanged control of every settlement that claims tell of.

    Who held what at first is not declared here: a settlement is unknown until the first claim on it.

    Args:
        readings: as people judged them.
        settlements: the ledger's, which name the places and their points.

    Returns:
        spans by settlement and time; probabilities are rounded to twentieths, unknown ones left out.
    """
    rows = [row for row in settlements if row.lat is not None and row.lon is not None]
    towns = [
        Town(row.place or row.settlement, row.lat or 0.0, row.lon or 0.0, None, row.within) for row in rows
    ]
    sides = _sides(readings)
    seen = sightings(readings, sides=sides, home=None) if sides else []
    days = [sighting.day for sighting in seen]
    days += [day for r in readings if (day := first_day(r.document.published)) is not None]
    if not towns or not seen:
        return ()
    last = max(days)
    first = max(last - LONGEST_DAYS, min(s.day for s in seen))
    names = (*sides, CONTESTED, UNKNOWN)
    running: list[tuple[int, tuple[int, ...], tuple[str, ...]] | None] = [None] * len(towns)
    spans: list[ControlSpan] = []

    def end(row: int, day: int) -> None:
        held = running[row]
        if held is not None and (span := _span(rows[row], names, held, day)) is not None:
            spans.append(span)

    for day, answer, evidence in hold_states(towns, seen, sides=sides, first=first, last=last):
        steps = (answer * _STEPS).round().astype(int)
        for row in range(len(towns)):
            state = (tuple(steps[row].tolist()), tuple(evidence[row]))
            held = running[row]
            if held is None or held[1:] != state:
                end(row, day - 1)
                running[row] = (day, *state)
    for row in range(len(towns)):
        end(row, last)
    return tuple(sorted(spans, key=lambda span: (span.settlement, span.first)))


def _span(
    row: SettlementRow, names: Sequence[str], held: tuple[int, tuple[int, ...], tuple[str, ...]], last: int
) -> ControlSpan | None:
    first, steps, evidence = held
    best = max(range(len(names)), key=lambda i: (steps[i], -i))
    if names[best] == UNKNOWN:
        return None
    shares = tuple((name, step / _STEPS) for name, step in zip(names, steps, strict=True) if step)
    return ControlSpan(
        row.settlement,
        row.place or row.settlement,
        row.lat or 0.0,
        row.lon or 0.0,
        iso_day(first),
        iso_day(last),
        names[best],
        steps[best] / _STEPS,
        shares,
        evidence,
    )


def _sides(readings: Iterable[Reading]) -> tuple[str, ...]:
    """The two sides that most claims say take, leave or fight for places, by name."""
    found: Counter[str] = Counter()
    for reading in readings:
        for claim in reading.claims:
            if claim.type in _TELLING:
                found.update(actor.side for actor in claim.actors if actor.side)
    ordered = sorted(found, key=lambda side: (-found[side], side))[:_SIDES]
    return tuple(sorted(ordered))
