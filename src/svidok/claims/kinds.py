"""What kind of thing a noun phrase names, from the mentions and the lexicon's noun classes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from svidok.atlas.lexicon import Lexicon
from svidok.claims.tree import Tree
from svidok.records import Actor, Place, Quantity, Time

__all__ = ["Mentions", "Scope", "group_told", "kinds_of", "look_through"]

Kinds = frozenset[str]
Mention = TypeVar("Mention", Place, Time, Actor, Quantity)

ACTOR_KINDS = {
    "state": "state", "state force": "force", "rebel": "rebel", "militia": "rebel", "civilians": "civilians",
    "organisation": "organisation", "leader": "leader", "person": "people",
}  # fmt: skip
PRONOUNS: dict[str, Kinds] = {
    "they": frozenset({"pronoun", "people", "force", "civilians", "organisation", "state"}),
    "it": frozenset({"pronoun", "place", "equipment", "infrastructure", "organisation", "state"}),
    "he": frozenset({"pronoun", "people", "leader", "civilians"}),
    "we": frozenset({"pronoun", "people", "force", "civilians", "state"}),
}
PRONOUN_FORMS = {
    "they": "they", "them": "they", "themselves": "they", "these": "they", "those": "they", "others": "they",
    "it": "it", "itself": "it", "this": "it", "that": "it", "which": "it",
    "he": "he", "she": "he", "him": "he", "her": "he", "himself": "he", "herself": "he",
    "who": "they", "whom": "they",
    "i": "we", "we": "we", "us": "we", "me": "we", "you": "we", "ourselves": "we", "everyone": "they",
    "everybody": "they", "someone": "they", "somebody": "they", "anyone": "they", "anybody": "they",
    "nobody": "they", "whoever": "they", "all": "they", "many": "they", "some": "they", "both": "they",
    "most": "they", "several": "they", "rest": "they", "few": "they", "ours": "they", "theirs": "they",
}  # fmt: skip
COLLECTIVE: Kinds = frozenset({"side", "people", "force", "name", "state", "organisation"})
MEMBERS: Kinds = frozenset({"people", "civilians", "name", "state", "organisation"})


class Mentions:
    """The mentions of one document, found by offset."""

    def __init__(
        self,
        places: Sequence[Place],
        times: Sequence[Time],
        actors: Sequence[Actor],
        quantities: Sequence[Quantity],
    ) -> None:
        self.places = tuple(places)
        self.times = tuple(times)
        self.actors = tuple(actors)
        self.quantities = tuple(quantities)
        self._order = {
            name: sorted(range(len(rows)), key=lambda i: (rows[i].start, rows[i].end))
            for name, rows in (
                ("p", self.places),
                ("t", self.times),
                ("a", self.actors),
                ("q", self.quantities),
            )
        }
        self._starts = {
            name: [rows[i].start for i in self._order[name]]
            for name, rows in (
                ("p", self.places),
                ("t", self.times),
                ("a", self.actors),
                ("q", self.quantities),
            )
        }

    def within(self, name: str, start: int, end: int) -> list[int]:
        """Indexes of the mentions of one sort that start between two offsets."""
        starts = self._starts[name]
        low, high = bisect_left(starts, start), bisect_left(starts, end)
        return self._order[name][low:high]


class Scope:
    """One sentence's tree with its mentions at their tokens; ``they`` are those told of before."""

    __slots__ = (
        "actors",
        "first",
        "kinds",
        "last",
        "mentions",
        "place_tokens",
        "places",
        "quantities",
        "they",
        "timed",
        "times",
        "tree",
    )

    def __init__(self, tree: Tree, mentions: Mentions, *, they: Kinds = frozenset()) -> None:
        self.tree = tree
        self.mentions = mentions
        self.they = they
        self.places: dict[int, int] = {}
        self.actors: dict[int, Actor] = {}
        self.times: dict[int, list[int]] = {}
        self.quantities: dict[int, list[int]] = {}
        self.place_tokens: dict[int, int] = {}
        self.timed: set[int] = set()
        self.kinds: dict[int, Kinds] = {}
        if not tree.size:
            return
        start, end = tree.start[0], tree.end[-1]
        for number in mentions.within("a", start, end):
            actor = mentions.actors[number]
            for token in self._tokens(actor.start, actor.end):
                known = self.actors.get(token)
                if known is None or known.end - known.start < actor.end - actor.start:
                    self.actors[token] = actor
        for number in mentions.within("p", start, end):
            place = mentions.places[number]
            tokens = self._tokens(place.start, place.end)
            for token in tokens:
                self.places[token] = number
            if tokens:
                self.place_tokens[number] = self._top(tokens)
        for number in mentions.within("t", start, end):
            tokens = self._tokens(mentions.times[number].start, mentions.times[number].end)
            self.timed.update(tokens)
            if tokens:
                self.times.setdefault(self._top(tokens), []).append(number)
        for number in mentions.within("q", start, end):
            tokens = self._tokens(mentions.quantities[number].start, mentions.quantities[number].end)
            if tokens:
                self.quantities.setdefault(self._top(tokens), []).append(number)

    def _tokens(self, start: int, end: int) -> list[int]:
        """Tokens that overlap a stretch of text."""
        ends, starts = self.tree.end, self.tree.start
        i = bisect_left(ends, start + 1)
        found = []
        while i < self.tree.size and starts[i] < end:
            found.append(i)
            i += 1
        return found

    def _top(self, tokens: list[int]) -> int:
        """The token of a run that governs the others."""
        head = self.tree.head
        for token in tokens:
            if head[token] == token or not tokens[0] <= head[token] <= tokens[-1]:
                return token
        return tokens[-1]


def kinds_of(scope: Scope, i: int, lexicon: Lexicon) -> Kinds:
    """The kinds of the noun phrase that a token heads."""
    known = scope.kinds.get(i)
    if known is None:
        known = scope.kinds[i] = _kinds(scope, i, lexicon)
    return known


def _is_settled(place: Place) -> bool:
    """Whether a place is a town or village; one whose point is not known is filed as an area."""
    unlocated = (
        place.kind == "area" and place.relation is None and (place.key or "").startswith(("gn:", "UA"))
    )
    return place.kind == "settlement" or unlocated


AILMENTS = frozenset({"disease", "epidemic_noun"})  # what kills and is nobody: "Typhus killed a third"


def _kinds(scope: Scope, i: int, lexicon: Lexicon) -> Kinds:
    tree = scope.tree
    low, tag = tree.low[i], tree.tag[i]
    form = PRONOUN_FORMS.get(low)
    if form is not None and tag in {"PRP", "WP", "WDT", "DT", "JJ", "NN", "NNS", "PDT", "EX"}:
        return _they(_group_before(scope, i, lexicon)) if low in THEY else PRONOUNS[form]
    listed = _listed(tree, i, lexicon)
    if not listed and NUMBERED.fullmatch(low) and (named := tree.of(i, "compound", "nmod", "nsubj")):
        return kinds_of(scope, named[-1], lexicon)  # "school no. 154"
    if "led_noun" in listed and _are_led(tree, i, lexicon):
        return (listed - {"civilians"}) | {"force"}
    if _is_operation(tree, i):
        return OPERATION
    actor = None if listed & AILMENTS else scope.actors.get(i)
    vessel = _titles(tree, i, lexicon) if i in scope.places else frozenset()
    if vessel & VESSELS and "infrastructure" not in listed:  # "the cruiser Moskva"; "Antonov Airport" is none
        return vessel | {"name"}
    if i in scope.places:
        place = scope.mentions.places[scope.places[i]]
        kinds = listed | {"place", "settlement" if _is_settled(place) else "place"}
        return kinds | (
            {"state", "organisation"} if place.metonym or place.kind == "country" else frozenset()
        )
    if actor is not None and actor.kind in {"civilians", "state"} and _collective(tree, i) and not listed:
        return COLLECTIVE
    if actor is not None and actor.kind in {"civilians", "state"} and _is_army(tree, i):
        return COLLECTIVE
    if actor is not None and actor.kind == "state" and not listed and _are_members(tree, i):
        return MEMBERS
    if actor is not None and actor.kind in ACTOR_KINDS:
        titles = _titles(tree, i, lexicon) if actor.kind == "person" else frozenset()
        return listed | titles | lexicon.closure([ACTOR_KINDS[actor.kind]])
    if listed:
        if "weapon" in listed:  # "chlorine shells" are also gas
            for kid in tree.of(i, "compound", "amod"):
                listed = listed | lexicon.kinds_of(tree.lemma[kid])
        capital = tag.startswith("NNP") and i > 0 and tree.word(i)[:1].isupper()
        return listed | {"name"} if capital and "place" in listed else listed  # "the Front lost 300 fighters"
    if tag == "CD":
        return frozenset({"number", "people"})
    if tag.startswith("NNP") and (titles := _titles(tree, i, lexicon)):  # "spokesman Petrov"
        return titles | {"name"}
    if tag.startswith("NNP") or (tree.word(i)[:1].isupper() and i > 0):
        return frozenset({"name"})
    if tree.pos(i) == "noun" and lexicon.of(tree.lemma[i], "noun"):
        return frozenset({"event"})
    return frozenset({"name"}) if _opens_as_name(tree, i) else frozenset({"other"})


def _opens_as_name(tree: Tree, i: int) -> bool:
    """Whether an unknown word that opens its sentence is a name: one thing that suffers has an article."""
    alone = not tree.kids[i] and tree.tag[i] in {"NN", "JJ"} and tree.dep[i] == "nsubjpass"
    return alone and tree.word(i)[:1].isupper() and all(not tree.low[k][:1].isalnum() for k in range(i))


THEY = frozenset({"they", "some", "others", "most", "many"})
GROUPS = frozenset({"force", "civilians", "aircraft", "ship"})


def group_told(scope: Scope, lexicon: Lexicon) -> Kinds:
    """The kinds of those whom "they" in the next sentence would mean: the first group that is a subject.

    Where no subject is a group of fighters, civilians, aircraft or ships, those of the sentences before.
    """
    tree = scope.tree
    subjects = (i for i in range(tree.size) if tree.dep[i] in {"nsubj", "nsubjpass"})
    told = (kinds for i in subjects if (kinds := _of_group(scope, i, lexicon)))
    return next(told, scope.they)


def _group_before(scope: Scope, they: int, lexicon: Lexicon) -> Kinds:
    """Whom a "they" means: the nearest group that is a subject before it, in its sentence or those before."""
    for i in range(they - 1, -1, -1):
        if scope.tree.dep[i] in {"nsubj", "nsubjpass"} and (kinds := _of_group(scope, i, lexicon)):
            return kinds
    return scope.they


def _they(group: Kinds) -> Kinds:
    """The kinds of a "they" that stands for a group: fighters, aircraft and ships are no civilians."""
    if not group or "civilians" in group:
        return PRONOUNS["they"]
    return (PRONOUNS["they"] - {"civilians"}) | (group & GROUPS)


def _of_group(scope: Scope, i: int, lexicon: Lexicon) -> Kinds:
    """The kinds of a plural noun phrase or a troop, empty when it is no group or only a pronoun."""
    through = look_through(scope, i, lexicon)
    if through != i and scope.tree.low[through] in PRONOUN_FORMS:  # "some of them"
        return frozenset()
    kinds = kinds_of(scope, through, lexicon)
    named = "pronoun" not in kinds and (scope.tree.tag[i] in {"NNS", "NNPS", "CD"} or "force" in kinds)
    return kinds if named and kinds & GROUPS else frozenset()


NUMBERED = re.compile(r"(?:no|nr|№|#|n°|number)\.?\d*")
VESSELS = frozenset({"ship", "aircraft"})


def _titles(tree: Tree, i: int, lexicon: Lexicon) -> Kinds:
    """The kinds of the common nouns that stand before a name ("the cruiser Moskva", "spokesman Petrov")."""
    kids = tree.of(i, "compound", "nmod")
    return frozenset().union(*(lexicon.kinds_of(tree.lemma[kid]) for kid in kids))


OPERATION: Kinds = frozenset({"operation", "name"})


def _is_operation(tree: Tree, i: int) -> bool:
    """Whether a name is that of a military operation ("Operation Michael")."""
    return tree.tag[i].startswith("NNP") and any(
        tree.word(kid) == "Operation" for kid in tree.of(i, "compound")
    )


def _is_army(tree: Tree, i: int) -> bool:
    """Whether the name of a people stands for somebody's troops ("Roatta's Italians broke through")."""
    owners = [tree.tag[kid] for kid in tree.of(i, "poss")]
    return tree.tag[i] == "NNPS" and bool({"NNP", "NN"}.intersection(owners))


def _are_led(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """Whether men are a commander's or an army's ("his men", "men under Maskhadov", "men of the brigade")."""
    if any(tree.low[kid] in {"his", "its", "their"} or tree.tag[kid] == "NNP" for kid in tree.of(i, "poss")):
        return True
    for prep in tree.of(i, "prep"):
        for led_by in tree.of(prep, "pobj"):
            kinds = lexicon.kinds_of(tree.lemma[led_by])
            if tree.low[prep] == "under" and (tree.tag[led_by] == "NNP" or kinds & {"leader", "force"}):
                return True
            if tree.low[prep] in {"of", "from"} and "force" in kinds and "organisation" not in kinds:
                return True
    return False


def _are_members(tree: Tree, i: int) -> bool:
    """Whether the name of a people stands for some or one of it ("two million Belgians", "an American")."""
    one = any(tree.low[kid] in {"a", "an", "another"} for kid in tree.of(i, "det"))
    return tree.tag[i] == "NNPS" or (tree.tag[i] == "NNP" and one)


def _collective(tree: Tree, i: int) -> bool:
    """Whether a people is named as one side ("the Persians"), not as some of its members ("40 Persians")."""
    if tree.tag[i] not in {"NNPS", "NNS"} or not tree.word(i)[:1].isupper():
        return False
    return bool(tree.of(i, "det")) and not tree.of(i, "nummod", "amod")


def _listed(tree: Tree, i: int, lexicon: Lexicon) -> Kinds:
    """The lexicon's kinds of a noun, by its compound with the words before it first."""
    lemma = tree.lemma[i]
    if tree.tag[i] in {"NNP", "NNPS"}:
        lemma = lemma.lower()
    if i > 0:
        pair = lexicon.kinds_of(f"{tree.low[i - 1]} {lemma}")
        if pair:
            return pair
        if i > 1 and (triple := lexicon.kinds_of(f"{tree.low[i - 2]} {tree.low[i - 1]} {lemma}")):
            return triple
        if i > 1 and tree.low[i - 1] == "-":
            hyphened = lexicon.kinds_of(f"{tree.low[i - 2]}-{lemma}")
            if hyphened:
                return hyphened
    low = tree.low[i]
    if (
        tree.tag[i] in {"NNP", "NNPS"} or low[-2:-1].isdigit()
    ):  # the lemmatiser leaves "Refugees" and "C-130s" as they are
        return lexicon.kinds_of(lemma) or lexicon.kinds_of(low.removesuffix("s"))
    if low.endswith("ed") and (named := lexicon.kinds_of(low)):  # "the wounded" are no wounds
        return named
    return lexicon.kinds_of(lemma) or lexicon.kinds_of(low)


def look_through(scope: Scope, i: int, lexicon: Lexicon) -> int:
    """The noun that a counting word counts: "hundreds of civilians" is about civilians."""
    tree = scope.tree
    for _ in range(3):
        counters = lexicon.words["counters"]
        if tree.low[i] not in counters and tree.lemma[i] not in counters and tree.tag[i] != "CD":
            return i
        inner = [
            pobj for prep in tree.of(i, "prep") if tree.low[prep] == "of" for pobj in tree.of(prep, "pobj")
        ]
        if not inner:
            return _fronted(tree, i)
        if tree.lemma[i] in TOWNS and "people" in lexicon.kinds_of(tree.lemma[inner[0]]):
            return i  # "the village of Bucha" is Bucha, "cleared the village of rebels" is about the village
        i = inner[0]
    return i


TOWNS = frozenset({"town", "city", "village", "region", "district", "province", "port", "area", "island"})


def _fronted(tree: Tree, i: int) -> int:
    """The noun before its clause that a bare number counts: "Of these divisions, seven were deployed"."""
    if tree.tag[i] != "CD":
        return i
    preps = [kid for kid in tree.of(tree.head[i], "prep") if kid < i and tree.low[kid] == "of"]
    return next((one for prep in preps for one in tree.of(prep, "pobj")), i)
