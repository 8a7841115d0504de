"""Which events are parts of which: a battle contains the fights, strikes and captures within it.

An event is part of a named battle, siege or offensive when the text says so ("part of", "during the
battle of X"), or when it lies inside both the container's geography and its interval.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svidok.events.atoms import Atom, fold, place_key
from svidok.events.days import interval
from svidok.events.distance import great_circle_km
from svidok.records import Event, Place

__all__ = ["CONTAINERS", "find_parts", "geographic_part"]

CONTAINERS = frozenset({"battle", "siege"})
_PARTS = frozenset(
    [
        "battle",
        "strike",
        "air_strike",
        "bomb",
        "chemical",
        "capture",
        "withdraw",
        "siege",
        "attack_civilians",
        "destroy",
        "move",
    ]
)
CITY_REACH_KM = 60.0
"""How far from a city the parts of the battle for it are looked for, inside one region."""
REACH_KM = 45.0

_SAID = re.compile(
    r"\b(?:part of|during|in the course of|phase of|episode of|stage of)\s+the\s+(battle|siege|offensive)"
    r"\s+(?:of|for)\s+((?:[\w’'-]+\s+)?[\w’'-]+)"
)


@dataclass(frozen=True, slots=True)
class _Container:
    event: Event
    names: frozenset[str]
    low: int | None
    high: int | None


def geographic_part(part: Place, whole: Place) -> bool:
    """Whether a place lies in the theatre of a battle named after another place."""
    if place_key(part) == place_key(whole):
        return False
    names = {fold(n) for n in (whole.name, whole.text) if n}
    inside = {fold(w) for w in part.within}
    if whole.kind in {"region", "district", "area", "country"}:
        return bool(names & inside)
    if part.lat is None or whole.lat is None or part.lon is None or whole.lon is None:
        return bool(names & inside)
    km = great_circle_km(part.lat, part.lon, whole.lat, whole.lon)
    shared = bool((names | {fold(w) for w in whole.within[:1]}) & inside)
    return km <= (CITY_REACH_KM if shared else REACH_KM) and part.kind not in {"region", "country"}


def find_parts(
    events: Sequence[Event], atoms: Mapping[str, Sequence[Atom]], texts: Mapping[str, str]
) -> dict[str, str]:
    """The container's event id for every event that is part of another.

    Args:
        events: all events.
        atoms: the atoms of each event id.
        texts: the text of each document id.
    """
    containers = []
    for event in events:
        if event.type in CONTAINERS and event.place is not None and event.happened:
            names = frozenset(n for a in atoms[event.id] for n in a.names)
            low, high = interval(event.time.earliest, event.time.latest) if event.time else (None, None)
            if names and (low is None or high is None or high - low >= 10):
                containers.append(_Container(event, names, low, high))
    by_name: dict[str, list[_Container]] = defaultdict(list)
    for container in containers:
        for name in container.names:
            by_name[name].append(container)
    out: dict[str, str] = {}
    for event in events:
        if event.type not in _PARTS:
            continue
        said = _said(event, atoms, texts, by_name)
        home = said or _around(event, atoms, containers)
        if home is not None and home.event.id != event.id and out.get(home.event.id) != event.id:
            out[event.id] = home.event.id
    return out


def _said(
    event: Event,
    atoms: Mapping[str, Sequence[Atom]],
    texts: Mapping[str, str],
    by_name: Mapping[str, list[_Container]],
) -> _Container | None:
    for atom in atoms[event.id]:
        words = texts[atom.document][atom.claim.start : atom.claim.end]
        for match in _SAID.finditer(words):
            last = fold(match.group(2)).split()[-1]
            for candidate in by_name.get(f"{match.group(1)} {last}", []):
                if candidate.event.id != event.id:
                    return candidate
    return None


def _around(
    event: Event, atoms: Mapping[str, Sequence[Atom]], containers: Sequence[_Container]
) -> _Container | None:
    if event.place is None or event.time is None:
        return None
    low, high = interval(event.time.earliest, event.time.latest)
    if low is None or high is None or high - low > 60:
        return None
    own = {n for a in atoms[event.id] for n in a.names}
    fitting = []
    for box in containers:
        if box.event.id == event.id or box.low is None or box.high is None or own & box.names:
            continue
        if low < box.low - 1 or high > box.high + 1 or box.event.place is None:
            continue
        if high - low >= box.high - box.low and event.type in CONTAINERS:
            continue
        if geographic_part(event.place, box.event.place):
            fitting.append(box)
    return min(fitting, key=lambda b: ((b.high or 0) - (b.low or 0), b.event.id), default=None)
