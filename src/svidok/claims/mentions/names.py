"""Names that the atlas lists: leaders, groups, peoples, states and their seats of government."""

from __future__ import annotations

from svidok.atlas.actors import ActorEntry, ActorTable, Nouns
from svidok.claims.mentions.phrases import (
    Candidate,
    Known,
    hyphened,
    is_definite,
    is_plural,
    is_subject,
    phrase_range,
)
from svidok.claims.mentions.tokens import Tokens

__all__ = ["read_name", "read_short_name"]


def read_name(
    number: int,
    t: Tokens,
    i: int,
    known: Known,
    table: ActorTable,
    people: dict[str, Candidate],
    day: str | None,
) -> Candidate | None:
    """The actor that a listed name at word ``i`` means here, or None where it is a place or another."""
    first, last, entry, form = known[i]
    head = i
    if t.dep[i] == "compound" and t.head[i] > i and t.head[i] not in known:
        outer = t.lower[t.head[i]]
        if outer in table.nouns.kinds or t.pos[t.head[i]] == "PROPN":
            return None if outer in table.nouns.kinds else _compound_name(number, t, i, entry, form)
    if hyphened(t, first, last):
        return None
    if t.dep[i] == "compound" and t.lower[t.head[i]] in table.nouns.place_words:
        return None
    if form == "short" and _another(t, i, entry, table, people, day):
        return None
    if form == "people" and entry.kind == "civilians" and _belligerent(t, i, table.nouns):
        entry = table.choose(
            [f for f in table.entries(t.slice(t.span(first, last))) if f[1] == "adjective"]
        ) or (ActorEntry(entry.name.removeprefix("people of "), entry.side, "state"))
    if form == "seat" and not _seat_acts(t, i, table):
        return None
    if entry.kind == "state" and form == "name" and _stands_as_place(t, i, table.nouns):
        return None
    begin = _name_begins(t, first, head, known, table.nouns) if entry.kind == "leader" else first
    return Candidate(
        number, min(first, begin), last, head, entry.kind, entry.name, entry.side,
        role=entry.role, plural=form == "people" or is_plural(t, i), subject=is_subject(t, i), definite=True,
    )  # fmt: skip


def read_short_name(number: int, t: Tokens, i: int, known: Known, day: str | None) -> Candidate | None:
    """A leader's surname behind a word that is no first name after all ("Maniac Putin")."""
    first, last, entry, _ = known[i]
    if t.dep[i] == "compound" or hyphened(t, first, last) or (day and not entry.lives(int(day[:4]))):
        return None
    return Candidate(
        number, first, last, i, entry.kind, entry.name, entry.side, role=entry.role,
        subject=is_subject(t, i), definite=True,
    )  # fmt: skip


def _another(
    t: Tokens, i: int, entry: ActorEntry, table: ActorTable, people: dict[str, Candidate], day: str | None
) -> bool:
    """Whether a surname of the atlas is somebody else's here: "Hafizullah Amin" is not Idi Amin."""
    before = people.get(t.word[i])
    if before is not None and before.name != entry.name:
        return True
    if day is not None and not entry.lives(int(day[:4])):
        return True
    k = i - 1
    return (
        k >= 0
        and t.pos[k] == "PROPN"
        and t.dep[k] == "compound"
        and t.head[k] == i
        and t.word[k].isalpha()
        and not t.word[k].isupper()
        and t.word[k] not in entry.name
        and t.word[k] not in table.nouns.titles
        and t.lower[k] not in table.nouns.kinds
        and table.demonym(t.word[k]) is None
    )


def _belligerent(t: Tokens, i: int, nouns: Nouns) -> bool:
    """Whether a people's name means its side in the war: "the Italians", "Russians shelled"."""
    if any(t.dep[c] in ("amod", "nummod", "compound") for c in t.children[i]):
        return False
    if is_definite(t, i):
        return True
    verb = t.head[i] if t.dep[i] == "nsubj" else t.head[t.head[i]]
    return is_subject(t, i) and t.lemma[verb] in nouns.force_acts


def _compound_name(number: int, t: Tokens, i: int, entry: ActorEntry, form: str) -> Candidate | None:
    if entry.kind == "state" and form in ("name", "seat"):
        return None
    return Candidate(number, i, i, i, entry.kind, entry.name, entry.side, subject=False)


def _name_begins(t: Tokens, first: int, head: int, known: Known, nouns: Nouns) -> int:
    """Where a leader's phrase begins: the name with titles, offices and nations before it."""
    start, _ = phrase_range(t, head)
    for k in range(first - 1, start - 1, -1):
        fits = (
            t.pos[k] == "PROPN" or k in known or t.lower[k] in nouns.kinds or t.word[k] in ("'s", "’s", "of")
        )
        if not fits and t.lower[k] not in _RANKS:
            return k + 1
    return start


_RANKS = frozenset(
    ("former", "late", "acting", "then", "ex", "deputy", "vice", "foreign", "defence", "defense")
)


def _stands_as_place(t: Tokens, i: int, nouns: Nouns) -> bool:
    """Whether a state's name tells where rather than who."""
    if t.dep[i] == "conj":
        return _stands_as_place(t, t.head[i], nouns)
    if t.dep[i] == "pobj":
        prep = t.head[i]
        if t.lower[prep] in nouns.locative:
            return True
        return (
            t.lower[prep] == "of" and t.pos[t.head[prep]] == "NOUN" and t.lower[t.head[prep]] in nouns.parts
        )
    return t.dep[i] in ("npadvmod", "appos", "nmod") or (t.dep[i] == "ROOT" and t.n > 2)


def _seat_acts(t: Tokens, i: int, table: ActorTable) -> bool:
    from svidok.atlas.speech import load_speech

    if t.lower[i] in ("kremlin", "pentagon", "house", "whitehall", "кремль"):
        return t.dep[i] != "pobj" or t.lower[t.head[i]] not in table.nouns.locative
    if t.dep[i] == "conj":
        return _seat_acts(t, t.head[i], table)
    if t.dep[i] == "nsubj":
        verb = t.head[i]
        lemma = t.lemma[verb]
        if lemma in table.nouns.state_acts or lemma in load_speech().verbs:
            return True
        return any(t.lemma[c] in table.nouns.state_acts for c in t.kids(verb, "xcomp"))
    if t.dep[i] == "poss":
        return t.lemma[t.head[i]] in load_speech().nouns
    if t.dep[i] == "pobj":
        prep = t.head[i]
        if t.lower[prep] == "by":
            return t.dep[prep] == "agent"
        return (t.lower[prep] == "to" and t.lower[t.head[prep]] == "according") or (
            t.lower[prep] == "between"
            and t.lemma[t.head[prep]] in ("talk", "agreement", "war", "deal", "tension")
        )
    return False
