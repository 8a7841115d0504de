"""Phrases whose head word says what kind of actor is meant: "Russian troops", "head of X", "residents"."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.actors import ActorEntry, ActorTable, Nouns
from svidok.claims.mentions.phrases import (
    Candidate,
    Known,
    extended,
    hyphened,
    is_definite,
    is_plural,
    is_subject,
    owner_of,
    phrase_range,
    says,
)
from svidok.claims.mentions.tokens import Tokens

__all__ = ["join_appositions", "read_description"]


def read_description(
    number: int,
    t: Tokens,
    i: int,
    known: Known,
    table: ActorTable,
    taken: set[int],
    day: str | None,
    people: dict[str, Candidate],
) -> Candidate | None:
    """A phrase whose head says what kind of actor it is: "Russian troops", "head of X"."""
    if t.dep[i] == "compound" and t.head[i] > i:
        return None
    nouns = table.nouns
    noun = t.lower[i]
    kind = nouns.kinds.get(noun) or nouns.kinds.get(t.lemma[i].lower())
    if i > 0 and f"{t.lower[i - 1]} {noun}" in nouns.kinds:
        noun = f"{t.lower[i - 1]} {noun}"
        kind = nouns.kinds[noun]
    machine = kind is None and (noun in nouns.equipment or t.lemma[i].lower() in nouns.equipment)
    if (kind is None and not machine) or i in taken or hyphened(t, i, i):
        return None
    if t.word[i] in ("State", "Province", "Region", "District") and i and t.dep[i - 1] == "compound":
        return None
    first, last = phrase_range(t, i)
    words = tuple(t.lower[first : i + 1])
    last, of = extended(t, i, known, within=kind in ("person", "civilians") or noun in nouns.seated)
    owner = owner_of(t, first, i, known) or of
    foreign = _foreign(t, i, words, nouns)
    definite = is_definite(t, i)
    if machine:
        if owner is None and foreign is None:
            return None
        kind = "force"
    if owner is None and (held_by := _possessor(t, i, people)) is not None:
        owner = held_by
    speaks = t.dep[i] == "nsubj" and says(t, t.head[i])
    named_party = definite and foreign is None and t.dep[i] in _PARTIES
    if owner is None and noun in nouns.abstract and not (speaks or named_party):
        return None
    if owner is None and foreign is None:
        if kind == "organisation" and not _acts(t, i):
            return None
        if kind == "person" and t.dep[i] == "compound":
            return None
    if (
        noun in ("source", "sources")
        and not (t.dep[i] == "nsubj" and says(t, t.head[i]))
        and not _acts_to(t, i)
    ):
        return None
    if noun == "command" and first == i:
        return None
    if noun in _POSTS and owner is None and last == i:
        return None
    if kind == "rebel" and any(nouns.kinds.get(w) == "force" for w in words[:-1]):
        kind = "force"
    shown = ActorTable.kind_of(kind or "force")
    name = None
    role = None
    whole = table.match(t.slice(t.span(first, i)), day) if first < i and t.word[first][:1].isupper() else None
    if whole is not None and whole.kind != "leader" and whole.side is not None and owner is None:
        owner = whole
    if kind == "person":
        role = noun
        office = _office(t, first, last, i, noun, nouns)
        held = table.holder(office, owner.side or owner.name, day) if office and owner is not None else None
        if held is not None:
            name, shown, role = held.name, held.kind, held.role
        elif owner is not None and noun in ("member", "members") and owner.kind in ("rebel", "militia"):
            name, shown = owner.name, owner.kind
    elif owner is not None and not machine:
        name = _owned_name(t, i, noun, kind or "force", owner, table)
        if owner.kind in ("rebel", "militia") and (kind == "force" or name == owner.name):
            shown = owner.kind
    return Candidate(
        number, first, last, i, shown, name, owner.side if owner else None,
        noun=t.lemma[i].lower(), role=role,
        plural=is_plural(t, i) or t.lemma[i].lower() in ("police", "people", "personnel", "military"),
        subject=is_subject(t, i), definite=definite and not any(t.pos[k] == "PROPN" for k in range(first, i)),
        foreign=foreign, words=words,
    )  # fmt: skip


_POSTS = ("head", "chair")  # a person only with what they head
_PARTIES = ("nsubj", "nsubjpass", "pobj", "dobj", "poss", "conj")


def _possessor(t: Tokens, i: int, people: dict[str, Candidate]) -> ActorEntry | None:
    """The side of a person named before whose group this is: "Lee's army" after "General Lee"."""
    poss = t.child(i, "poss")
    known = people.get(t.word[poss]) if poss is not None else None
    if known is None or known.side is None:
        return None
    return ActorEntry(known.name or known.side, known.side, "leader")


def _foreign(t: Tokens, i: int, words: tuple[str, ...], nouns: Nouns) -> str | None:
    """Whether the phrase calls them invaders, the enemy, or ours."""
    if any(w in nouns.invader for w in words):
        return "invader"
    if any(w in nouns.enemy for w in words):
        return "enemy"
    return "home" if any(t.lower[c] in nouns.home for c in t.kids(i, "poss")) else None


def _office(t: Tokens, first: int, last: int, i: int, noun: str, nouns: Nouns) -> str | None:
    """The office that a phrase names: "foreign minister", "minister of foreign affairs"."""
    behind = " ".join(t.lower[i : last + 1])
    for office in sorted(nouns.offices, key=len, reverse=True):
        if behind.startswith(office) and " " in office:
            return office
    return noun if noun in nouns.offices and first <= i else None


def _owned_name(t: Tokens, i: int, noun: str, kind: str, owner: ActorEntry, table: ActorTable) -> str:
    """A canonical name for an owned group: "Armed Forces of Ukraine", "government of Mali"."""
    if owner.kind == "leader":
        owner = _state_of(owner)
    before = t.lower[i - 1] if i and t.dep[i - 1] == "compound" and t.head[i - 1] == i else ""
    if kind == "organisation" and before and " " not in noun and not t.word[i - 1][:1].isupper():
        noun = f"{before} {noun}"
    if (
        kind == "organisation"
        and owner.kind in ("organisation", "rebel", "militia")
        and noun in table.nouns.same
    ):
        return owner.name
    if kind == "rebel" and owner.kind == "state":
        return f"{noun} of {owner.name}"
    return table.name_of(owner, noun, kind)


def _acts_to(t: Tokens, i: int) -> bool:
    """Whether the phrase follows "according to"."""
    return (
        t.dep[i] == "pobj"
        and t.lower[t.head[i]] == "to"
        and t.head[t.head[i]] != t.head[i]
        and t.lower[t.head[t.head[i]]] == "according"
    )


def join_appositions(found: list[Candidate], sentences: Sequence[Tokens]) -> None:
    """Give an office the name set beside it, and a name the side of its office, in place.

    "The President of the European Council, Charles Michel", "Vadym Denysenko, adviser to X".
    """
    heads = {(c.number, c.head): c for c in found}
    for c in found:
        t = sentences[c.number]
        if t.dep[c.head] != "appos":
            continue
        other = heads.get((c.number, t.head[c.head]))
        if other is None or {c.kind, other.kind} - {"person", "leader", "state force", "civilians"}:
            continue
        named, plain = (c, other) if c.name and not other.name else (other, c)
        if not named.name or plain.name or named.kind not in ("person", "leader"):
            continue
        if plain.plural:
            continue
        named.side = named.side or plain.side
        named.role = named.role or plain.role or plain.noun
        plain.name, plain.side, plain.kind = named.name, named.side, named.kind


def _state_of(leader: ActorEntry) -> ActorEntry:
    return ActorEntry(leader.side or leader.name, leader.side, "state")


def _acts(t: Tokens, i: int) -> bool:
    """Whether an unowned organisation noun ("the council") is a party to something, not a mere thing."""
    return (
        t.dep[i] == "nsubj"
        or (t.dep[i] == "pobj" and t.dep[t.head[i]] == "agent")
        or (t.dep[i] == "pobj" and t.lower[t.head[i]] == "to" and t.lower[t.head[t.head[i]]] == "according")
    )
