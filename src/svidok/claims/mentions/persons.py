"""Persons by title, apposition or act, and pronouns."""

from __future__ import annotations

from svidok.atlas.actors import ActorTable
from svidok.claims.mentions.phrases import (
    Candidate,
    Known,
    extended,
    is_subject,
    owner_of,
    phrase_range,
    says,
)
from svidok.claims.mentions.tokens import Tokens

__all__ = ["read_person", "read_pronoun"]


def read_person(
    number: int,
    t: Tokens,
    i: int,
    known: Known,
    table: ActorTable,
    taken: set[int],
    people: dict[str, Candidate],
) -> Candidate | None:
    """A capitalised name that a title, an apposition or its acts show to be a person's."""
    if (t.dep[i] == "compound" and t.head[i] > i and t.pos[t.head[i]] == "PROPN") or i in taken:
        return None
    if 0 < i < t.n - 1 and t.word[i - 1] == "(" and t.word[i + 1] == ")":
        return None
    first, _ = phrase_range(t, i)
    start = i
    while start - 1 >= first and (
        (t.pos[start - 1] == "PROPN" and (start - 1) not in known)
        or t.lower[start - 1] in table.nouns.name_particles
    ):
        start -= 1
    if any(k in taken for k in range(start, i + 1)) or not t.word[i][:1].isupper():
        return None
    if any(c.isdigit() for k in range(start, i + 1) for c in t.word[k]):
        return None
    if start == i and t.word[i].isupper() and len(t.word[i]) > 1:
        return None
    titled = _titled(t, first, i, table)
    while start < i and titled is not None and (t.word[start] in table.nouns.titles or start <= titled):
        start += 1
    if start < i and t.word[start] == "State" and start > 1 and t.lower[start - 2] == "secretary":
        start += 1
    name = t.slice(t.span(start, i))
    surname = t.word[i]
    if any(t.lower[k] in table.nouns.place_words for k in range(start, i + 1)):
        return None
    if i > start and (
        surname.lower() in table.nouns.press
        or any(t.lower[k] in table.nouns.bodies for k in range(start, i + 1))
    ):
        return Candidate(number, first, i, i, "organisation", name, subject=is_subject(t, i))
    before = people.get(surname)
    if before is not None and start == i:
        return Candidate(
            number,
            first,
            i,
            i,
            before.kind,
            before.name,
            before.side,
            subject=is_subject(t, i),
            role=before.role,
        )
    owner = owner_of(t, first, i, known)
    beside = next((c for c in t.kids(i, "appos") if t.lemma[c].lower() in table.nouns.kinds), None)
    above = t.head[i] if t.dep[i] == "appos" and t.lemma[t.head[i]].lower() in table.nouns.kinds else None
    role = None
    for near in (beside, above):
        if near is not None and table.nouns.kinds[t.lemma[near].lower()] in ("person", "civilians", "force"):
            role = t.lemma[near].lower()
            low, _ = phrase_range(t, near)
            owner = owner or owner_of(t, low, near, known) or extended(t, near, known)[1]
    if titled is None and role is None and not _behaves(t, start, i, table):
        return None
    return Candidate(
        number,
        first,
        i,
        i,
        "person",
        name,
        owner.side if owner else None,
        role=role,
        subject=is_subject(t, i),
    )


def _behaves(t: Tokens, start: int, i: int, table: ActorTable) -> bool:
    """Whether a name without a title acts as persons do: it speaks, or does what only people do."""
    subject = t.dep[i] in ("nsubj", "nsubjpass")
    if subject and says(t, t.head[i]) and (start < i or start > 0):
        return True
    words = t.word[start : i + 1]
    if not all(w[:1].isupper() and not w.isupper() for w in words if len(w) > 2):
        return False
    if subject and len(words) == 2:
        return all(w.isalpha() for w in words)
    return t.dep[i] == "nsubj" and t.lemma[t.head[i]] in table.nouns.human_acts


def _titled(t: Tokens, first: int, i: int, table: ActorTable) -> int | None:
    """Index of the last title word before the name."""
    last = None
    for k in range(max(first - 1, 0), i):
        if t.word[k] in table.nouns.titles or (table.nouns.kinds.get(t.lower[k]) == "person" and k >= first):
            last = k
    return last


def read_pronoun(number: int, t: Tokens, i: int, table: ActorTable) -> Candidate | None:
    """A pronoun that may stand for an actor."""
    form = table.nouns.pronouns.get(t.lower[i])
    if form is None or t.dep[i] == "expl" or (t.lower[i] == "it" and _empty(t, i)):
        return None
    return Candidate(
        number, i, i, i, None, noun=form, plural=form == "many", subject=is_subject(t, i), words=("pronoun",)
    )


def _empty(t: Tokens, i: int) -> bool:
    """Whether "it" stands for a clause: "it was believed that", "it is impossible to"."""
    verb = t.head[i]
    if t.dep[i] == "nsubjpass":
        return t.child(verb, "ccomp", "xcomp", "csubj", "advcl", "acl") is not None
    return t.dep[i] == "nsubj" and t.lemma[verb] in _LINKING


_LINKING = frozenset(("be", "seem", "appear", "take", "become", "remain", "happen"))
