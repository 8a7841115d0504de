"""Noun phrases of actors: where they begin and end, the names in them, and whose they are."""

from __future__ import annotations

from dataclasses import dataclass, field

from svidok.atlas.actors import ActorEntry, ActorTable
from svidok.atlas.units import load_counts
from svidok.claims.mentions.tokens import Tokens

__all__ = [
    "Candidate",
    "Known",
    "extended",
    "hyphened",
    "is_definite",
    "is_plural",
    "is_subject",
    "known_names",
    "owner_of",
    "phrase_range",
    "says",
]

Known = dict[int, tuple[int, int, ActorEntry, str]]
_NOT_MODIFIERS = frozenset(
    ("det", "predet", "preconj", "cc", "punct", "neg", "mark", "prep", "advmod", "nummod")
)


@dataclass(slots=True)
class Candidate:
    """An actor mention under way: its words in sentence ``number`` and what is known of it."""

    number: int
    first: int
    last: int
    head: int
    kind: str | None
    name: str | None = None
    side: str | None = None
    noun: str | None = None
    role: str | None = None
    plural: bool = False
    subject: bool = False
    definite: bool = False
    foreign: str | None = None
    noun_form: str | None = None
    words: tuple[str, ...] = field(default=())


def known_names(t: Tokens, table: ActorTable, day: str | None) -> Known:
    """Word index -> (first word, last word, entry, form) for every listed name in the sentence."""
    known: Known = {}
    shouting = t.text.isupper()
    for start, end, alias in table.scan(t.text):
        first, last = t.at(t.start + start), t.at(t.start + end - 1)
        if first is None or last is None or (shouting and len(alias) < 5):
            continue
        options = table.entries(alias)
        if t.word[last].endswith("s") and any(f == "people" for _, f in options):
            options = [o for o in options if o[1] == "people"]
        elif t.pos[last] == "ADJ" or (last + 1 < t.n and t.dep[last] in ("amod", "compound", "nmod")):
            options = [o for o in options if o[1] == "adjective"] or options
        entry = table.choose(options, day)
        if entry is None:
            continue
        form = next(f for e, f in options if e is entry)
        if form == "people" and t.pos[last] == "ADJ":
            form = "adjective"
        for i in range(first, last + 1):
            known[i] = (first, last, entry, form)
    return known


def hyphened(t: Tokens, first: int, last: int) -> bool:
    """Whether words are glued to others by a hyphen ("pro-Russian", "Russian-backed")."""
    before = t.text[t.begin[first] - t.start - 1 : t.begin[first] - t.start]
    after = t.text[t.end[last] - t.start : t.end[last] - t.start + 1]
    return before in ("-", "–") or after in ("-", "–")


def phrase_range(t: Tokens, head: int) -> tuple[int, int]:
    """First and last word of the noun phrase at ``head``, without article, number and what follows."""
    first = head
    for i in range(head - 1, t.left[head] - 1, -1):
        top = i
        while t.head[top] != head and t.head[top] != top and t.left[head] <= t.head[top] < head:
            top = t.head[top]
        if t.head[top] != head:
            break
        if t.dep[top] in _NOT_MODIFIERS and t.word[i] not in ("-", "–", "'s", "’s", "'", "’"):
            if (
                t.dep[top] in ("punct", "nummod", "advmod")
                and any(
                    t.dep[k] in ("poss", "compound", "amod", "nmod")
                    for k in range(t.left[head], i)
                    if t.head[k] == head
                )
                and t.dep[top] != "nummod"
            ):
                continue
            break
        first = i
    while first < head and (
        t.dep[first] in ("det", "punct", "nummod", "predet", "cc", "quantmod")
        or t.tag[first] in ("PRP$", "DT", "CD", ",", "``", "''", "PDT", "HYPH", "POS")
        or t.lower[first] in ("many", "several", "some", "few", "other", "most", "such", "own")
    ):
        first += 1
    return first, head


def extended(
    t: Tokens,
    head: int,
    known: Known,
    *,
    within: bool = True,
) -> tuple[int, ActorEntry | None]:
    """Where "of X" after the head ends, and the actor that X names, if it does."""
    last = head
    owner: ActorEntry | None = None
    for c in t.children[head]:
        if c != last + 1 or t.dep[c] != "prep" or t.lower[c] not in ("of", "for", "in", "to"):
            continue
        inner = t.child(c, "pobj")
        if inner is None:
            continue
        if inner in known and known[inner][3] != "seat":
            entry = known[inner][2]
            if t.lower[c] in ("of", "for") or (within and entry.kind == "state" and t.lower[c] == "in"):
                owner = owner or entry
            if t.lower[c] == "of":
                last = max(last, known[inner][1])
        if t.lower[c] in ("of", "to"):
            deeper, found = extended(t, inner, known, within=within)
            inside = [known[k][2] for k in range(t.left[inner], inner) if k in known]
            owner = owner or (inside[0] if inside else None) or found
            if t.lower[c] == "of":
                last = max(last, deeper)
    return last, owner


def owner_of(t: Tokens, first: int, head: int, known: Known) -> ActorEntry | None:
    """Whose the phrase is, from the names among its modifiers, nearest to the head last."""
    for i in range(first, head):
        if i in known and not hyphened(t, known[i][0], known[i][1]):
            return known[i][2]
    return None


def is_subject(t: Tokens, i: int) -> bool:
    """Whether word ``i`` does what its verb says, or is counted there ("dozens of men")."""
    if t.dep[i] == "pobj" and t.lower[t.head[i]] == "of":
        counter = t.head[t.head[i]]
        if t.lower[counter] in load_counts().vague or t.tag[counter] == "CD":
            i = counter
    return t.dep[i] in ("nsubj", "agent") or (t.dep[i] == "pobj" and t.dep[t.head[i]] == "agent")


def is_plural(t: Tokens, i: int) -> bool:
    """Whether word ``i`` means several, by its form or by what is joined to it."""
    return t.tag[i] in ("NNS", "NNPS") or any(t.dep[c] == "conj" for c in t.children[i])


def is_definite(t: Tokens, i: int) -> bool:
    """Whether word ``i`` has a definite article or a demonstrative."""
    return any(t.lower[c] in ("the", "this", "these", "that", "those") for c in t.kids(i, "det"))


def says(t: Tokens, verb: int) -> bool:
    """Whether a verb is one of saying."""
    from svidok.atlas.speech import load_speech

    return "clause" in load_speech().verbs.get(t.lemma[verb].lower(), {})
