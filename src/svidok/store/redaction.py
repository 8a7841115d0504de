"""What must not be published: names of private people, exact homes, ways to reach somebody.

A withheld stretch becomes blocks of the same length, so that every offset still holds; in other fields the
names become blocks too. What was withheld is listed by kind and place, never by its words. No list and no
pattern knows every name: a person has to read what is published.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

from svidok.errors import InputError
from svidok.records import Actor, Document, Event, Finding, Place, Quotation, Reading

__all__ = ["PROFILES", "Profile", "Redactor", "Withheld", "load_profiles"]

BLOCK = "█"
_SMALL = re.compile(r"\b[^\W\d_A-Z][^\W\d_]+\b")
KM_PER_DEGREE = 111.195

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Profile:
    """What is withheld: people's names, homes, contacts, authors; and how fine points may be, in km."""

    name: str
    about: str
    people: bool
    homes: bool
    contacts: bool
    authors: bool
    point_km: float


@dataclass(frozen=True, slots=True)
class Withheld:
    """One stretch that was withheld: its kind, its document and its offsets, not its words."""

    kind: str
    document: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return tomllib.loads((files("svidok") / "atlas/data/redaction.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def load_profiles() -> Mapping[str, Profile]:
    """Every redaction profile by its name.

    >>> sorted(load_profiles())
    ['none', 'standard', 'strict']
    """
    return {name: Profile(name, **entry) for name, entry in _rules()["profiles"].items()}


PROFILES = ("none", "standard", "strict")


class Redactor:
    """Withholds in readings, events and findings what a profile names.

    Args:
        profile: the name of a profile.
        readings: all readings that will be published: a name found in one is withheld in all.
        names_from: readings in which names are looked for; ``readings`` by default.

    Raises:
        InputError: there is no such profile.
    """

    def __init__(
        self, profile: str, readings: Sequence[Reading], *, names_from: Sequence[Reading] | None = None
    ) -> None:
        if profile not in load_profiles():
            raise InputError(f"there is no profile {profile!r}", remedy=f"one of {', '.join(PROFILES)}")
        self.profile = load_profiles()[profile]
        names = _names_in(names_from or readings) if self.profile.people else set()
        self._names = _any_of(names)
        self._before: dict[str, str] = {}
        self._after: dict[str, str] = {}
        self.withheld: list[Withheld] = []
        for reading in readings:
            self._mask(reading)

    @property
    def counts(self) -> dict[str, int]:
        """How many stretches of each kind were withheld."""
        return dict(sorted(Counter(item.kind for item in self.withheld).items()))

    def reading(self, reading: Reading) -> Reading:
        """A reading as it may be published."""
        made: Reading = self._scrub(replace(reading, document=Document("", "", "")), reading.document.id)
        return replace(made, document=self.document(reading.document))

    def document(self, document: Document) -> Document:
        """A document as it may be published: also without the archivist's paths and custody."""
        return replace(
            document,
            text=self._after[document.id],
            title=self._words(document.title),
            author=None if self.profile.authors else document.author,
            path=None,
            custody=None,
        )

    def event(self, event: Event) -> Event:
        """An event as it may be published."""
        made: Event = self._scrub(event, None)
        return made

    def finding(self, finding: Finding) -> Finding:
        """A finding as it may be published."""
        made: Finding = self._scrub(finding, None)
        return made

    def _mask(self, reading: Reading) -> None:
        """Find what to withhold in one text, and put blocks there."""
        document = reading.document
        text = document.text
        taken: list[tuple[int, int, str]] = []
        other = [(p.start, p.end) for p in reading.places]
        other += [(time.start, time.end) for time in reading.times]
        if self._names is not None:
            for match in self._names.finditer(text):
                span = match.span()
                if not any(start <= span[0] and span[1] <= end for start, end in other):
                    taken.append((*span, "name"))
        for kind, wanted in (("homes", self.profile.homes), ("contacts", self.profile.contacts)):
            for pattern in _patterns(kind) if wanted else ():
                taken += [(*match.span(), kind.removesuffix("s")) for match in pattern.finditer(text)]
        letters = list(text)
        for start, end, kind in sorted(taken):
            letters[start:end] = [c if c.isspace() else BLOCK for c in letters[start:end]]
            self.withheld.append(Withheld(kind, document.id, start, end))
        self._before[document.id], self._after[document.id] = text, "".join(letters)

    def _words(self, text: str | None) -> str | None:
        """A field of words, with blocks for what is withheld."""
        if text is None:
            return None
        if self._names is not None:
            text = self._names.sub(_blocks, text)
        for kind, wanted in (("homes", self.profile.homes), ("contacts", self.profile.contacts)):
            for pattern in _patterns(kind) if wanted else ():
                text = pattern.sub(_blocks, text)
        return text

    def _scrub(self, value: Any, document: str | None) -> Any:
        """A record with blocks in all its words; stretches of a text are cut from it anew."""
        if isinstance(value, str):
            return self._words(value)
        if isinstance(value, tuple):
            return tuple(self._scrub(item, document) for item in value)
        if not is_dataclass(value) or isinstance(value, type):
            return value
        home = value.id if isinstance(value, Quotation) else document
        changes = {f.name: self._field(value, f.name, home) for f in fields(value)}
        made = replace(value, **changes)
        return self._coarse(made) if isinstance(made, Place) else made

    def _field(self, record: Any, name: str, document: str | None) -> Any:
        value = getattr(record, name)
        if name in _IDS:
            return value
        cut = name == "text" and document is not None and hasattr(record, "start")
        if cut and document and value == self._before[document][record.start : record.end]:
            return self._after[document][record.start : record.end]
        return self._scrub(value, document)

    def _coarse(self, place: Place) -> Place:
        """A point no finer than the profile allows, where it is finer than a settlement."""
        km = self.profile.point_km
        if km == 0 or place.lat is None or place.lon is None or (place.radius_km or 0.0) >= km:
            return place
        step = km / KM_PER_DEGREE
        return replace(
            place,
            lat=round(round(place.lat / step) * step, 5),
            lon=round(round(place.lon / step) * step, 5),
            radius_km=km,
        )


_IDS = frozenset(
    [
        *["document", "edtf", "id", "key", "kind", "left"],
        *["modality", "part_of", "polarity", "right", "type"],
    ]
)


def _names_in(readings: Iterable[Reading]) -> set[str]:
    """Names of private people: by the actors that were read, and by the patterns of reports."""
    rules = _rules()["people"]
    public = frozenset(rules["public"])
    found: set[str] = set()
    known: set[str] = set()
    people: Counter[str] = Counter()
    towns: Counter[str] = Counter()
    for reading in readings:
        towns.update({place.text for place in reading.places if place.lat is not None})
        for actor in _people(reading):
            people.update({actor.text})
            names = {n for n in (actor.name, actor.text) if n and _is_name(n)}
            (known if actor.kind in public else found).update(names)
        for pattern in _patterns("people"):
            told = (m.group("name") for m in pattern.finditer(reading.document.text))
            found.update(name for name in told if "\n\n" not in name)
    common = {word for r in readings for word in _SMALL.findall(r.document.text)}
    kept = {word for name in known for word in name.split()}
    whole = {name for name in found if name not in known and not set(name.split()) <= kept}
    words = {word for name in whole for word in name.split() if len(word) > 2 and _is_name(word)}
    single = {word for word in words - kept if word.casefold() not in common}
    placed = {name for name in single if towns[name] > people[name]}  # "Donbas has": oftener a place
    return {name for name in whole if " " in name} | (single - placed)


def _people(reading: Reading) -> list[Actor]:
    """Whoever is named in a reading; a town that was attacked is nobody's name."""
    actors = [*reading.actors, *(a for c in reading.claims for a in (*c.actors, *c.targets))]
    located = [(place.start, place.end) for place in reading.places if place.lat is not None]
    return [
        actor
        for actor in actors
        if actor.kind == "person" or not any(a <= actor.start and actor.end <= b for a, b in located)
    ]


def _is_name(text: str) -> bool:
    """Whether words can be a person's name: one to four words, each with a capital."""
    words = text.split()
    return 0 < len(words) <= 4 and all(word[:1].isupper() and len(word) > 1 for word in words)


def _any_of(names: Iterable[str]) -> re.Pattern[str] | None:
    listed = sorted(names, key=lambda name: (-len(name), name))
    if not listed:
        return None
    words = "|".join(r"\s+".join(map(re.escape, name.split())) for name in listed)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


@lru_cache(maxsize=8)
def _patterns(kind: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _rules()[kind]["patterns"])


def _blocks(match: re.Match[str]) -> str:
    return "".join(c if c.isspace() else BLOCK for c in match.group())
