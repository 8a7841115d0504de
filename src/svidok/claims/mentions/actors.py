"""Who acts, suffers or speaks: named actors, groups under arms, civilians, offices and persons.

A mention is a noun phrase without its article, found at its head word; modifiers ("Russian",
"Putin's", "of Ukraine") say whose it is. Descriptions and pronouns are resolved afterwards, by
:mod:`svidok.claims.mentions.referents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.atlas.actors import ActorTable
from svidok.claims.mentions.descriptions import join_appositions, read_description
from svidok.claims.mentions.names import read_name, read_short_name
from svidok.claims.mentions.persons import read_person, read_pronoun
from svidok.claims.mentions.phrases import Candidate, hyphened, known_names
from svidok.claims.mentions.referents import resolve
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Actor, Place

__all__ = ["Candidate", "find_actors"]


def find_actors(
    parsed: Sequence[Parsed],
    *,
    table: ActorTable,
    places: Sequence[Place] = (),
    day: str | None = None,
    side: str | None = None,
    official: bool = False,
) -> tuple[Actor, ...]:
    """All actors of a document, in reading order, with name, side and kind.

    Args:
        parsed: its sentences in order.
        table: the atlas's actors.
        places: places already found, which are no persons.
        day: ISO day of the report, to choose among holders of one name.
        side: the side that the report's "we" and "our" stand for, when known.
        official: whether the report is that side's own (its army's or government's), which names its own
            units without their country.

    Returns:
        Actors whose offsets index the document. A pronoun or description that stands for something
        named before carries its name, side and kind; one that cannot be resolved keeps None.
    """
    sentences = [tokens_of(one) for one in parsed]
    day = day if day and _ISO.match(day) else _era(sentences)
    here = {(p.start, p.end) for p in places if not p.metonym}
    taken = _place_words(sentences, here)
    found: list[Candidate] = []
    people: dict[str, Candidate] = {}
    for number, t in enumerate(sentences):
        found.extend(_sentence(number, t, table, taken[number], people, day))
    join_appositions(found, sentences)
    countries = [p.country for p in places if p.country]
    resolve(found, sentences, table, side=side, official=official, day=day, countries=countries)
    actors = []
    for c in found:
        t = sentences[c.number]
        start, end = t.begin[c.first], t.end[c.last]
        actors.append(Actor(start, end, t.slice((start, end)), c.name, c.side, c.kind))
    return tuple(sorted(set(actors), key=lambda a: (a.start, a.end)))


_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def _era(sentences: Sequence[Tokens]) -> str | None:
    """The middle one of the years that an undated text names, as a day in it; None for under three."""
    years = sorted(
        int(word)
        for t in sentences
        for word in t.word
        if len(word) == 4 and word.isdigit() and "1750" <= word <= "2035"
    )
    return f"{years[len(years) // 2]}-07-01" if len(years) >= 3 else None


def _place_words(sentences: Sequence[Tokens], places: set[tuple[int, int]]) -> list[set[int]]:
    taken: list[set[int]] = [set() for _ in sentences]
    ordered = sorted(places)
    k = 0
    for number, t in enumerate(sentences):
        end = t.start + len(t.text)
        while k < len(ordered) and ordered[k][0] < end:
            first, last = t.at(ordered[k][0]), t.at(ordered[k][1] - 1)
            if first is not None and last is not None:
                taken[number].update(range(first, last + 1))
            k += 1
    return taken


# --- one sentence ----------------------------------------------------------------------------


def _sentence(
    number: int,
    t: Tokens,
    table: ActorTable,
    taken: set[int],
    people: dict[str, Candidate],
    day: str | None,
) -> list[Candidate]:
    known = known_names(t, table, day)
    found: list[Candidate] = []
    covered: set[int] = set()
    heads = [i for i in range(t.n) if t.pos[i] in ("NOUN", "PROPN", "PRON") or i in known]
    # phrases first: a longer phrase covers the names inside it
    for i in heads:
        if i in covered:
            continue
        if t.pos[i] == "PRON":
            candidate = read_pronoun(number, t, i, table)
        elif i in known and known[i][1] == i and known[i][3] != "adjective":
            candidate = read_name(number, t, i, known, table, people, day)
            if candidate is None and known[i][3] == "short":
                candidate = read_person(number, t, i, {}, table, taken, people) or read_short_name(
                    number, t, i, known, day
                )
        elif i in known:
            continue
        else:
            candidate = read_description(number, t, i, known, table, taken, day, people)
            if candidate is None and t.pos[i] == "PROPN":
                candidate = read_person(number, t, i, known, table, taken, people)
        if candidate is None:
            continue
        covered.update(range(candidate.first, candidate.last + 1))
        found = [f for f in found if not (candidate.first <= f.head <= candidate.last)]
        found.append(candidate)
        if candidate.kind in ("person", "leader") and candidate.name:
            people.setdefault(candidate.name.rsplit(" ", 1)[-1], candidate)
    for i, (first, last, entry, form) in known.items():
        if form == "adjective" and i == last and i not in covered and not hyphened(t, first, last):
            found.append(
                Candidate(
                    number,
                    first,
                    last,
                    i,
                    entry.kind,
                    entry.name,
                    entry.side,
                    plural=True,
                    subject=False,
                    words=("adjective",) if t.dep[i] in ("amod", "compound", "nmod") else (),
                )
            )
    return sorted(found, key=lambda c: c.first)
