"""Who can act in a war: states and their people, forces, groups, organisations and leaders.

The facts lie in ``atlas/data/actors``: ``states.csv`` (names, demonyms, seats of government),
``groups.toml`` (armies, services, ministries, rebels, militias, organisations), ``leaders.csv``
(side and years in office) and ``nouns.toml`` (what common nouns say about who is meant).
"""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from svidok.errors import BadData

__all__ = ["KINDS", "ActorEntry", "ActorTable", "Nouns", "load_actors"]

KINDS = ("state", "state force", "rebel", "militia", "civilians", "organisation", "leader", "person")
FORMS = ("name", "adjective", "people", "seat", "short")
_SLACK = 3


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """One actor of the atlas.

    ``side`` is the belligerent or state it belongs to; ``since``/``until`` are years (None: open);
    ``role`` is a leader's office.
    """

    name: str
    side: str | None
    kind: str
    role: str | None = None
    since: int | None = None
    until: int | None = None
    first_day: str | None = None
    last_day: str | None = None

    def lives(self, year: int) -> bool:
        """Whether the actor was about in a year, give or take three.

        >>> ActorEntry("X", "X", "leader", since=2000, until=2004).lives(2006)
        True
        """
        return (self.since is None or year >= self.since - _SLACK) and (
            self.until is None or year <= self.until + _SLACK
        )

    def serves(self, day: str | None) -> bool:
        """Whether a leader was in office on an ISO day, as exact as the table knows; None for still.

        >>> ActorEntry("X", "X", "leader", since=2000, until=2004).serves("2004-11-30")
        True
        """
        if day is None:
            return self.until is None
        first = self.first_day or f"{self.since or 0:04}-01-01"
        last = self.last_day or f"{self.until or 9999:04}-12-31"
        return first <= day <= last


def _bounds(cell: str, where: str) -> tuple[int | None, str | None]:
    """Year and day of a cell that holds a year or an ISO day."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", cell):
        return int(cell[:4]), cell
    return _year(cell, where), None


@dataclass(frozen=True, slots=True)
class Nouns:
    """What common nouns say: kind by noun, titles, descriptions and pronouns."""

    kinds: Mapping[str, str]
    equipment: frozenset[str]
    titles: frozenset[str]
    invader: frozenset[str]
    enemy: frozenset[str]
    home: frozenset[str]
    pronouns: Mapping[str, str]
    state_acts: frozenset[str]
    abstract: frozenset[str]
    capital_only: frozenset[str]
    offices: Mapping[str, str]
    locative: frozenset[str]
    parts: frozenset[str]
    name_particles: frozenset[str]
    press: frozenset[str]
    bodies: frozenset[str]
    place_words: frozenset[str]
    human_acts: frozenset[str]
    seated: frozenset[str]
    force_acts: frozenset[str]
    same: frozenset[str]
    armed_forces: frozenset[str]
    defending: frozenset[str]
    units: frozenset[str]
    official: frozenset[str]


class ActorTable:
    """The atlas's actors, by every name and by what they are called in passing."""

    def __init__(
        self,
        names: dict[str, list[tuple[ActorEntry, str]]],
        nouns: Nouns,
        invasions: tuple[tuple[str, str, str, str | None], ...] = (),
        countries: Mapping[str, ActorEntry] | None = None,
    ) -> None:
        self._names = names
        self._countries = dict(countries or {})
        self.invasions = invasions
        self.nouns = nouns
        self._folded: dict[str, list[tuple[ActorEntry, str]]] = {}
        for alias, found in names.items():
            self._folded.setdefault(_fold(alias), []).extend(found)
        self._patterns = sorted(names)
        self._automaton: Any = None
        self._leaders: dict[str, list[ActorEntry]] = {}
        for entry in {e: None for found in names.values() for e, _ in found if e.kind == "leader"}:
            self._leaders.setdefault(entry.side or entry.name, []).append(entry)

    def __len__(self) -> int:
        return len({entry.name for found in self._names.values() for entry, _ in found})

    def names(self) -> Iterator[tuple[str, ActorEntry, str]]:
        """Every listed name with an actor that it can mean and its form, as in :meth:`entries`."""
        for alias, found in self._names.items():
            for entry, form in found:
                yield alias, entry, form

    def scan(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Known names in a text, longest first at each place: start, end and the name as listed.

        Only whole words count; letters must agree in case.
        """
        if self._automaton is None:
            from ahocorasick_rs import AhoCorasick, MatchKind

            self._automaton = AhoCorasick(self._patterns, matchkind=MatchKind.LeftmostLongest)
        for which, start, end in self._automaton.find_matches_as_indexes(text):
            before, after = text[start - 1 : start], text[end : end + 1]
            if (before.isalnum() or before == "_") or after.isalnum():
                continue
            yield start, end, self._patterns[which]

    def entries(self, alias: str) -> list[tuple[ActorEntry, str]]:
        """Every actor that a listed name can mean, with the form (name, adjective, people, seat, short)."""
        return self._names.get(alias, [])

    def choose(self, found: list[tuple[ActorEntry, str]], day: str | None = None) -> ActorEntry | None:
        """The likeliest of several actors of one name, by the day of the report when that is known."""
        if not found:
            return None
        if day and len(found) > 1:
            year = int(day[:4])
            alive = [entry for entry, _ in found if entry.lives(year)]
            if alive:
                return min(alive, key=lambda e: 0 if (e.until or year) >= year >= (e.since or 0) else 1)
        return found[0][0]

    def match(self, text: str, day: str | None = None) -> ActorEntry | None:
        """The actor that words name, or None.

        Args:
            text: the words of a mention: "Putin", "the Ukrainian army", "IDF", "Russians".
            day: ISO day of the report, to choose among holders of one name.

        >>> load_actors().match("the Kremlin").side
        'Russia'
        >>> load_actors().match("Bush", day="1991-01-17").name
        'George H. W. Bush'
        >>> load_actors().match("Ukrainian troops").name
        'Armed Forces of Ukraine'
        """
        words = re.sub(r"(?:['’]s|['’])$", "", text.strip())
        words = re.sub(r"^(?:the|a|an)\s+", "", words, flags=re.I)
        found = self._names.get(words) or (self._folded.get(_fold(words)) if len(words) > 4 else None)
        if found:
            return self.choose(found, day)
        first, _, rest = words.rpartition(" ")
        state = self.demonym(first, day) if first else None
        kind = self.nouns.kinds.get(rest.lower())
        if state is not None and kind is not None:
            return ActorEntry(self.name_of(state, rest.lower(), kind), state.side, self.kind_of(kind))
        return None

    def demonym(self, word: str, day: str | None = None) -> ActorEntry | None:
        """The state or group that an adjective belongs to ("Russian", "Houthi"), or None."""
        return self.choose([f for f in self._names.get(word, []) if f[1] == "adjective"], day)

    def country(self, code: str) -> ActorEntry | None:
        """The state of an ISO 3166 code of two letters, or None.

        >>> load_actors().country("UA").name
        'Ukraine'
        """
        return self._countries.get(code)

    def holder(self, office: str, side: str, day: str | None) -> ActorEntry | None:
        """Who held an office of a side on a day (or holds it still), when exactly one did.

        >>> load_actors().holder("president", "Russia", "2022-04-01").name
        'Vladimir Putin'
        """
        role = self.nouns.offices.get(office.lower())
        if role is None:
            return None
        found = [e for e in self._leaders.get(side, []) if e.role == role and e.serves(day)]
        return found[0] if len(found) == 1 else None

    def invader_of(self, sides: Iterable[str], day: str | None) -> str | None:
        """Who was invading one of some sides on a day, when exactly one was.

        >>> load_actors().invader_of(["Ukraine"], "2022-03-01")
        'Russia'
        """
        found = {invader for invader, _ in self._invasions_of(sides, day)}
        return found.pop() if len(found) == 1 else None

    def victim_of(self, sides: Iterable[str], day: str | None) -> str | None:
        """Which of some sides was being invaded on a day, when exactly one was.

        >>> load_actors().victim_of(["Russia", "Ukraine"], "2022-03-01")
        'Ukraine'
        """
        found = {victim for _, victim in self._invasions_of(sides, day)}
        return found.pop() if len(found) == 1 else None

    def _invasions_of(self, sides: Iterable[str], day: str | None) -> set[tuple[str, str]]:
        if day is None:
            return set()
        among = set(sides)
        return {
            (invader, victim)
            for invader, victim, since, until in self.invasions
            if victim in among and since <= day and (until is None or day <= until)
        }

    @staticmethod
    def kind_of(noun_kind: str) -> str:
        """The actor kind of a noun class."""
        return "state force" if noun_kind == "force" else noun_kind

    def name_of(self, owner: ActorEntry, noun: str, noun_kind: str) -> str:
        """A canonical name for "<owner> <noun>": a state's troops are its armed forces."""
        if owner.kind == "state" and noun_kind == "force" and noun in self.nouns.armed_forces:
            known = self._names.get(f"Armed Forces of {owner.name}")
            return known[0][0].name if known else f"Armed Forces of {owner.name}"
        if owner.kind in ("rebel", "militia", "state force") and noun_kind in ("force", "rebel", "militia"):
            return owner.name
        return f"{noun} of {owner.name}"


_WORDS = (
    "locative",
    "parts",
    "name_particles",
    "press",
    "bodies",
    "place_words",
    "human_acts",
    "seated",
    "force_acts",
    "same",
    "armed_forces",
    "defending",
    "units",
    "official",
)


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold().replace("’", "'")


def _year(text: str, where: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"\d{4}", text):
        raise BadData(f"year {text!r}", where=where, remedy="use four digits or leave it empty")
    return int(text)


def _table(name: str) -> list[dict[str, str]]:
    source = files("svidok.atlas") / "data" / "actors" / name
    rows = list(csv.DictReader(source.read_text("utf-8").splitlines()))
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values() or not row["name"]:
            raise BadData("wrong number of columns", where=f"actors/{name}:{number}", remedy="mend the row")
    return rows


def _toml(name: str) -> dict[str, Any]:
    source = files("svidok.atlas") / "data" / "actors" / name
    return tomllib.loads(source.read_text("utf-8"))


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _load_nouns() -> Nouns:
    data = _toml("nouns.toml")
    kinds: dict[str, str] = {}
    for kind in ("force", "rebel", "militia", "civilians", "organisation", "person"):
        for noun in data[kind]:
            if noun != noun.lower():
                raise BadData(f"noun {noun!r}", where="actors/nouns.toml", remedy="write it in lower case")
            kinds.setdefault(noun, kind)
    return Nouns(
        kinds=kinds,
        equipment=frozenset(data["equipment"]),
        titles=frozenset(data["titles"]),
        invader=frozenset(data["invader"]),
        enemy=frozenset(data["enemy"]),
        home=frozenset(data["home"]),
        pronouns=dict(data["pronouns"]),
        state_acts=frozenset(data["state_acts"]),
        abstract=frozenset(data["abstract"]),
        capital_only=frozenset(data["capital_only"]),
        offices=dict(data["offices"]),
        **{name: frozenset(data[name]) for name in _WORDS},
    )


@cache
def load_actors() -> ActorTable:
    """All actors of the atlas, read once.

    Raises:
        BadData: a data file breaks its schema.

    >>> len(load_actors()) > 1000
    True
    """
    names: dict[str, list[tuple[ActorEntry, str]]] = {}
    modern: set[str] = set()
    countries: dict[str, ActorEntry] = {}

    def add(alias: str, entry: ActorEntry, form: str) -> None:
        known = names.setdefault(alias, [])
        if (entry, form) not in known:
            known.append((entry, form))

    for number, row in enumerate(_table("states.csv"), 2):
        where = f"actors/states.csv:{number}"
        side = row["side"] or row["name"]
        since, until = _year(row["from"], where), _year(row["to"], where)
        state = ActorEntry(row["name"], side, "state", since=since, until=until)
        if row["iso"]:
            modern.add(row["name"])
            countries[row["iso"]] = state
        people = ActorEntry(f"people of {row['name']}", side, "civilians", since=since, until=until)
        for alias in [row["name"], *_split(row["aliases"])]:
            add(alias.removeprefix("the "), state, "name")
        for alias in _split(row["seats"]):
            add(alias.removeprefix("the "), state, "seat")
        for alias in _split(row["adjectives"]):
            add(alias, state, "adjective")
        for alias in _split(row["people"]):
            add(alias, people, "people")
    for entry in _toml("groups.toml")["actor"]:
        _check_group(entry)
        group = ActorEntry(
            entry["name"],
            entry.get("side", entry["name"]),
            entry["kind"],
            since=entry.get("from"),
            until=entry.get("to"),
        )
        for alias in [entry["name"], *entry.get("aliases", [])]:
            add(alias.removeprefix("the "), group, "name")
        for alias in entry.get("adjective", []):
            add(alias, group, "adjective")
        for alias in entry.get("members", []):
            add(alias, group, "people")
    for number, row in enumerate(_table("leaders.csv"), 2):
        where = f"actors/leaders.csv:{number}"
        (since, first_day), (until, last_day) = _bounds(row["from"], where), _bounds(row["to"], where)
        leader = ActorEntry(
            row["name"], row["side"], "leader", row["role"], since, until, first_day, last_day
        )
        for alias in [row["name"], *_split(row["aliases"])]:
            alone = " " in row["name"] and " " not in alias and alias.isalpha() and not alias.isupper()
            add(alias.removeprefix("the "), leader, "short" if alone else "name")
        if row["short"]:
            add(row["short"], leader, "short")
    nouns = _load_nouns()
    for alias in [a for a in names if a[0].isupper() and len(a) >= 5 and a.isalpha()]:
        small = alias.lower()
        if small not in names and small not in nouns.capital_only and small not in nouns.kinds:
            for entry, form in names[alias]:
                own = entry.name.removeprefix("people of ") in modern
                if own and (form in ("adjective", "people") or alias == entry.name):
                    add(small, entry, form)
    return ActorTable(names, nouns, _load_invasions(), countries)


def _load_invasions() -> tuple[tuple[str, str, str, str | None], ...]:
    source = files("svidok.atlas") / "data" / "actors" / "invasions.csv"
    rows = csv.DictReader(source.read_text("utf-8").splitlines())
    return tuple((row["invader"], row["victim"], row["from"], row["to"] or None) for row in rows)


def _check_group(entry: dict[str, Any]) -> None:
    where = f"actors/groups.toml [{entry.get('name')}]"
    unknown = set(entry) - {"name", "side", "kind", "aliases", "adjective", "members", "from", "to"}
    if unknown or "name" not in entry:
        raise BadData(f"unknown keys {sorted(unknown)}", where=where, remedy="see the head of the file")
    if entry.get("kind") not in KINDS:
        raise BadData(f"kind {entry.get('kind')!r}", where=where, remedy=f"use one of {', '.join(KINDS)}")
