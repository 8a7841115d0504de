"""Which events are parts of which: a battle contains the fights, strikes and captures within it.

An event is part of a named battle, siege or offensive when the text says so ("part of", "during the
battle of X"; "in the battle of X" of what happened there), or when it lies inside both the container's
geography and its interval.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from svidok.events.apart import places_apart
from svidok.events.atoms import Atom, fold, place_key
from svidok.events.days import Interval, interval
from svidok.events.distance import great_circle_km
from svidok.events.findings.vocabulary import pattern
from svidok.records import Event, Place

__all__ = ["CONTAINERS", "ends_only", "find_parts", "geographic_part"]

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
NAMED_WHOLES = frozenset({"battle", "siege", "offensive", "operation", "uprising"})
"""What those are called that hold others: a raid or an ambush has a name, but no parts."""
CITY_REACH_KM = 60.0
"""How far from a city the parts of the battle for it are looked for, inside one region."""
REACH_KM = 45.0

LONGEST_DAYS = 60
"""How long before its told end the parts of a battle are looked for, when no report tells its beginning."""

_OF = r"the\s+(battle|siege|offensive)\s+(?:of|for)\s+((?:[\w’'-]+\s+){0,2}[\w’'-]+)"
_SAID = re.compile(
    rf"\b(?:part of|during|in the course of|phase of|episode of|stage of)\s+{_OF}", re.IGNORECASE
)
_WITHIN = re.compile(rf"\s*(?:[^\W\d_]+\s+){{0,4}}(?:in|during|amid)\s+{_OF}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Container:
    event: Event
    names: frozenset[str]
    documents: frozenset[str]
    low: int | None
    high: int | None

    @property
    def lasts(self) -> bool:
        """Whether it is long enough, or too little dated, to hold what happened on other days."""
        return self.low is None or self.high is None or self.high - self.low >= 10


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
    shared = _heads(whole, part) or bool({fold(w) for w in whole.within[:1]} & inside)
    return km <= (CITY_REACH_KM if shared else REACH_KM) and part.kind not in {"region", "country"}


def _heads(whole: Place, part: Place) -> bool:
    """Whether one place gives its name to what the other lies in: Kyiv to the Kyiv Oblast."""
    names = {fold(n) for n in (whole.name, whole.text) if n}
    inside = {fold(w) for w in part.within}
    return any(w == name or w.startswith(f"{name} ") for w in inside for name in names)


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
            inside = atoms[event.id]
            names = frozenset(n for a in inside for n in a.names if n.split()[0] in NAMED_WHOLES)
            if names:
                low, high = _bounds(event, inside, texts)
                containers.append(_Container(event, names, frozenset(a.document for a in inside), low, high))
    by_name: dict[str, list[_Container]] = defaultdict(list)
    for container in containers:
        written = {fold(a.place.text) for a in atoms[container.event.id] if a.place is not None}
        kinds = {name.split()[0] for name in container.names}
        for name in sorted(container.names | {f"{kind} {place}" for kind in kinds for place in written}):
            by_name[name].append(container)
    lasting = [box for box in containers if box.lasts]
    out: dict[str, str] = {}
    for event in events:
        if event.type not in _PARTS:
            continue
        home = _said(event, atoms, texts, by_name) or _around(event, atoms, lasting)
        if home is not None and event.id not in _chain(home.event.id, out):
            out[event.id] = home.event.id
    return out


def _chain(start: str, parts: Mapping[str, str]) -> list[str]:
    """An event and all that it is part of."""
    chain = [start]
    while chain[-1] in parts:
        chain.append(parts[chain[-1]])
    return chain


def _bounds(event: Event, atoms: Sequence[Atom], texts: Mapping[str, str]) -> Interval:
    """The days that a battle lasted; from ``LONGEST_DAYS`` before, where reports tell only its end."""
    low, high = interval(event.time.earliest, event.time.latest) if event.time else (None, None)
    if high is not None and ends_only(atoms, texts):
        low = high - LONGEST_DAYS
    return low, high


def ends_only(atoms: Sequence[Atom], texts: Mapping[str, str]) -> bool:
    """Whether the reports of a battle or siege date nothing but its end.

    Args:
        atoms: those of one event.
        texts: the text of each document id.
    """
    told = [a for a in atoms if a.day_told]
    ends = pattern("patterns", "battle_ended")
    return bool(told) and all(a.claim.type in CONTAINERS and _says(a, ends, texts) for a in told)


SOON = 60
"""Characters after a trigger in which a word still tells of it: "the battle for the capital, Kyiv, ended"."""


def _says(atom: Atom, words: re.Pattern[str], texts: Mapping[str, str]) -> bool:
    start, end = atom.claim.trigger
    told = texts[atom.document][start : min(end + SOON, max(end, atom.claim.end))]
    return words.search(told) is not None


def _said(
    event: Event,
    atoms: Mapping[str, Sequence[Atom]],
    texts: Mapping[str, str],
    by_name: Mapping[str, list[_Container]],
) -> _Container | None:
    for atom in atoms[event.id]:
        text, claim = texts[atom.document], atom.claim
        heads = [_WITHIN.match(text, at, max(claim.end, at)) for at in (claim.start, claim.trigger[1])]
        within = [m for m in heads if m is not None]
        for match in (*within, *_SAID.finditer(text, claim.start, claim.end)):
            for candidate in (box for name in _names(match) for box in by_name.get(name, [])):
                if candidate.event.id != event.id and (match not in within or _there(event, candidate)):
                    return candidate
    return None


def _names(said: re.Match[str]) -> Iterator[str]:
    """All names that words can mean, the longest first: "Dien Bien Phu", "Mosul" of "Mosul the guard"."""
    kind, words = fold(said.group(1)), fold(said.group(2)).split()
    for size in range(len(words), 0, -1):
        for start in range(len(words) - size + 1):
            yield f"{kind} {' '.join(words[start : start + size])}"


def _there(event: Event, box: _Container) -> bool:
    """Whether what a sentence tells that opens with a battle happened where it was fought."""
    part, whole = event.place, box.event.place
    return (
        part is None
        or whole is None
        or places_apart(part, whole)[0] in {"same", "near", "within"}
        or geographic_part(part, whole)
    )


def _around(
    event: Event, atoms: Mapping[str, Sequence[Atom]], containers: Sequence[_Container]
) -> _Container | None:
    """The battle whose ground and days hold an event: that of the city which gives the ground its name, or
    else the shortest."""
    if event.place is None:
        return None
    own = {n for a in atoms[event.id] for n in a.names} if event.type in CONTAINERS else set()
    here = {a.document for a in atoms[event.id]}
    fitting = [
        (not _gives_ground(event.place, box), (box.high or 0) - (box.low or 0), box.event.id, box)
        for box in containers
        if box.event.id != event.id and not own & box.names and _in_days(event, box, here)
        and _on_ground(event, box)
    ]  # fmt: skip
    return min(fitting, key=lambda f: f[:3])[3] if fitting else None


def _gives_ground(place: Place, box: _Container) -> bool:
    whole = box.event.place
    return whole is not None and (place_key(place) == place_key(whole) or _heads(whole, place))


def _on_ground(event: Event, box: _Container) -> bool:
    """Whether an event lies in the theatre of a battle, or is a dated deed at its very place: what stands
    there undated may be of other days ("the town had been fought over before")."""
    part, whole = event.place, box.event.place
    if part is None or whole is None:
        return False
    return geographic_part(part, whole) or (event.time is not None and place_key(part) == place_key(whole))


def _in_days(event: Event, box: _Container, here: set[str]) -> bool:
    """Whether an event lies in the days of a battle; a battle that is not dated, in its report."""
    low, high = interval(event.time.earliest, event.time.latest) if event.time else (None, None)
    if low is None and high is None:
        return event.happened and event.type in CONTAINERS and bool(here & box.documents)
    if low is None or high is None or box.low is None or box.high is None or high - low > 60:
        return False
    if low < box.low - 1 or high > box.high + 1:
        return False
    return event.type not in CONTAINERS or high - low < box.high - box.low
