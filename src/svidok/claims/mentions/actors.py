"""Who acts, suffers or speaks: named actors, groups under arms, civilians, offices and persons.

A mention is a noun phrase without its article, found at its head word; modifiers ("Russian",
"Putin's", "of Ukraine") say whose it is. Descriptions and pronouns are resolved afterwards, by
:mod:`svidok.claims.mentions.referents`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from svidok.atlas.actors import ActorEntry, ActorTable, Nouns
from svidok.claims.mentions.referents import resolve
from svidok.claims.mentions.tokens import Parsed, Tokens, tokens_of
from svidok.records import Actor, Place

__all__ = ["Candidate", "find_actors"]

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


def find_actors(
    parsed: Sequence[Parsed],
    *,
    table: ActorTable,
    places: Sequence[Place] = (),
    day: str | None = None,
    side: str | None = None,
) -> tuple[Actor, ...]:
    """All actors of a document, in reading order, with name, side and kind.

    Args:
        parsed: its sentences in order.
        table: the atlas's actors.
        places: places already found, which are no persons.
        day: ISO day of the report, to choose among holders of one name.
        side: the side that the report's "we" and "our" stand for, when known.

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
    _join_appositions(found, sentences)
    resolve(found, sentences, table, side=side, day=day, countries=[p.country for p in places if p.country])
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
    known = _known(t, table, day)
    found: list[Candidate] = []
    covered: set[int] = set()
    heads = [i for i in range(t.n) if t.pos[i] in ("NOUN", "PROPN", "PRON") or i in known]
    # phrases first: a longer phrase covers the names inside it
    for i in heads:
        if i in covered:
            continue
        if t.pos[i] == "PRON":
            candidate = _pronoun(number, t, i, table)
        elif i in known and known[i][1] == i and known[i][3] != "adjective":
            candidate = _named(number, t, i, known, table, people, day)
            if candidate is None and known[i][3] == "short":
                candidate = _person(number, t, i, {}, table, taken, people) or _short(
                    number, t, i, known, day
                )
        elif i in known:
            continue
        else:
            candidate = _described(number, t, i, known, table, taken, day, people)
            if candidate is None and t.pos[i] == "PROPN":
                candidate = _person(number, t, i, known, table, taken, people)
        if candidate is None:
            continue
        covered.update(range(candidate.first, candidate.last + 1))
        found = [f for f in found if not (candidate.first <= f.head <= candidate.last)]
        found.append(candidate)
        if candidate.kind in ("person", "leader") and candidate.name:
            people.setdefault(candidate.name.rsplit(" ", 1)[-1], candidate)
    for i, (first, last, entry, form) in known.items():
        if form == "adjective" and i == last and i not in covered and not _hyphened(t, first, last):
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


def _known(t: Tokens, table: ActorTable, day: str | None) -> dict[int, tuple[int, int, ActorEntry, str]]:
    """Word index -> (first word, last word, entry, form) for every listed name in the sentence."""
    known: dict[int, tuple[int, int, ActorEntry, str]] = {}
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


def _hyphened(t: Tokens, first: int, last: int) -> bool:
    before = t.text[t.begin[first] - t.start - 1 : t.begin[first] - t.start]
    after = t.text[t.end[last] - t.start : t.end[last] - t.start + 1]
    return before in ("-", "–") or after in ("-", "–")


def _range(t: Tokens, head: int) -> tuple[int, int]:
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


def _extended(
    t: Tokens,
    head: int,
    known: dict[int, tuple[int, int, ActorEntry, str]],
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
            deeper, found = _extended(t, inner, known, within=within)
            inside = [known[k][2] for k in range(t.left[inner], inner) if k in known]
            owner = owner or (inside[0] if inside else None) or found
            if t.lower[c] == "of":
                last = max(last, deeper)
    return last, owner


def _owner(
    t: Tokens, first: int, head: int, known: dict[int, tuple[int, int, ActorEntry, str]]
) -> ActorEntry | None:
    """Whose the phrase is, from the names among its modifiers, nearest to the head last."""
    for i in range(first, head):
        if i in known and not _hyphened(t, known[i][0], known[i][1]):
            return known[i][2]
    return None


def _subject(t: Tokens, i: int) -> bool:
    return t.dep[i] in ("nsubj", "agent") or (t.dep[i] == "pobj" and t.dep[t.head[i]] == "agent")


def _plural(t: Tokens, i: int) -> bool:
    return t.tag[i] in ("NNS", "NNPS") or any(t.dep[c] == "conj" for c in t.children[i])


def _definite(t: Tokens, i: int) -> bool:
    return any(t.lower[c] in ("the", "this", "these", "that", "those") for c in t.kids(i, "det"))


def _named(
    number: int,
    t: Tokens,
    i: int,
    known: dict[int, tuple[int, int, ActorEntry, str]],
    table: ActorTable,
    people: dict[str, Candidate],
    day: str | None,
) -> Candidate | None:
    first, last, entry, form = known[i]
    head = i
    if t.dep[i] == "compound" and t.head[i] > i and t.head[i] not in known:
        outer = t.lower[t.head[i]]
        if outer in table.nouns.kinds or t.pos[t.head[i]] == "PROPN":
            return None if outer in table.nouns.kinds else _compound_name(number, t, i, entry, form)
    if _hyphened(t, first, last):
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
        role=entry.role, plural=form == "people" or _plural(t, i), subject=_subject(t, i), definite=True,
    )  # fmt: skip


def _short(
    number: int, t: Tokens, i: int, known: dict[int, tuple[int, int, ActorEntry, str]], day: str | None
) -> Candidate | None:
    """A leader's surname behind a word that is no first name after all ("Maniac Putin")."""
    first, last, entry, _ = known[i]
    if t.dep[i] == "compound" or _hyphened(t, first, last) or (day and not entry.lives(int(day[:4]))):
        return None
    return Candidate(
        number, first, last, i, entry.kind, entry.name, entry.side, role=entry.role,
        subject=_subject(t, i), definite=True,
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
    if _definite(t, i):
        return True
    verb = t.head[i] if t.dep[i] == "nsubj" else t.head[t.head[i]]
    return _subject(t, i) and t.lemma[verb] in nouns.force_acts


def _compound_name(number: int, t: Tokens, i: int, entry: ActorEntry, form: str) -> Candidate | None:
    if entry.kind == "state" and form in ("name", "seat"):
        return None
    return Candidate(number, i, i, i, entry.kind, entry.name, entry.side, subject=False)


def _name_begins(
    t: Tokens, first: int, head: int, known: dict[int, tuple[int, int, ActorEntry, str]], nouns: Nouns
) -> int:
    """Where a leader's phrase begins: the name with titles, offices and nations before it."""
    start, _ = _range(t, head)
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


def _described(
    number: int,
    t: Tokens,
    i: int,
    known: dict[int, tuple[int, int, ActorEntry, str]],
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
    if (kind is None and not machine) or i in taken or _hyphened(t, i, i):
        return None
    if t.word[i] in ("State", "Province", "Region", "District") and i and t.dep[i - 1] == "compound":
        return None
    first, last = _range(t, i)
    words = tuple(t.lower[first : i + 1])
    last, of = _extended(t, i, known, within=kind in ("person", "civilians") or noun in nouns.seated)
    owner = _owner(t, first, i, known) or of
    foreign = _foreign(t, i, words, nouns)
    definite = _definite(t, i)
    if machine:
        if owner is None and foreign is None:
            return None
        kind = "force"
    if owner is None and (held_by := _possessor(t, i, people)) is not None:
        owner = held_by
    speaks = t.dep[i] == "nsubj" and _says(t, t.head[i])
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
        and not (t.dep[i] == "nsubj" and _says(t, t.head[i]))
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
        plural=_plural(t, i) or t.lemma[i].lower() in ("police", "people", "personnel", "military"),
        subject=_subject(t, i), definite=definite and not any(t.pos[k] == "PROPN" for k in range(first, i)),
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


def _join_appositions(found: list[Candidate], sentences: Sequence[Tokens]) -> None:
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


# --- persons and pronouns --------------------------------------------------------------------


def _person(
    number: int,
    t: Tokens,
    i: int,
    known: dict[int, tuple[int, int, ActorEntry, str]],
    table: ActorTable,
    taken: set[int],
    people: dict[str, Candidate],
) -> Candidate | None:
    """A capitalised name that a title, an apposition or its acts show to be a person's."""
    if (t.dep[i] == "compound" and t.head[i] > i and t.pos[t.head[i]] == "PROPN") or i in taken:
        return None
    if 0 < i < t.n - 1 and t.word[i - 1] == "(" and t.word[i + 1] == ")":
        return None
    first, _ = _range(t, i)
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
        return Candidate(number, first, i, i, "organisation", name, subject=_subject(t, i))
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
            subject=_subject(t, i),
            role=before.role,
        )
    owner = _owner(t, first, i, known)
    beside = next((c for c in t.kids(i, "appos") if t.lemma[c].lower() in table.nouns.kinds), None)
    above = t.head[i] if t.dep[i] == "appos" and t.lemma[t.head[i]].lower() in table.nouns.kinds else None
    role = None
    for near in (beside, above):
        if near is not None and table.nouns.kinds[t.lemma[near].lower()] in ("person", "civilians", "force"):
            role = t.lemma[near].lower()
            low, _ = _range(t, near)
            owner = owner or _owner(t, low, near, known) or _extended(t, near, known)[1]
    if titled is None and role is None and not _behaves(t, start, i, table):
        return None
    return Candidate(
        number, first, i, i, "person", name, owner.side if owner else None, role=role, subject=_subject(t, i)
    )


def _behaves(t: Tokens, start: int, i: int, table: ActorTable) -> bool:
    """Whether a name without a title acts as persons do: it speaks, or does what only people do."""
    subject = t.dep[i] in ("nsubj", "nsubjpass")
    if subject and _says(t, t.head[i]) and (start < i or start > 0):
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


def _says(t: Tokens, verb: int) -> bool:
    from svidok.atlas.speech import load_speech

    return "clause" in load_speech().verbs.get(t.lemma[verb].lower(), {})


def _pronoun(number: int, t: Tokens, i: int, table: ActorTable) -> Candidate | None:
    form = table.nouns.pronouns.get(t.lower[i])
    if form is None or t.dep[i] == "expl" or (t.lower[i] == "it" and _empty(t, i)):
        return None
    return Candidate(
        number, i, i, i, None, noun=form, plural=form == "many", subject=_subject(t, i), words=("pronoun",)
    )


def _empty(t: Tokens, i: int) -> bool:
    """Whether "it" stands for a clause: "it was believed that", "it is impossible to"."""
    verb = t.head[i]
    if t.dep[i] == "nsubjpass":
        return t.child(verb, "ccomp", "xcomp", "csubj", "advcl", "acl") is not None
    return t.dep[i] == "nsubj" and t.lemma[verb] in _LINKING


_LINKING = frozenset(("be", "seem", "appear", "take", "become", "remain", "happen"))
