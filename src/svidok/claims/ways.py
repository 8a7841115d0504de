"""The way between a place and a happening of its sentence: up the parse to where the two meet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.tree import Tree

__all__ = ["Telling", "Way", "kind_at", "lifted", "preposition", "signature", "way_between"]

STEPS = 20

HOSTS = (
    *("happening", "event", "organisation", "force", "leader", "people", "infrastructure", "equipment"),
    *("place", "time", "name", "other"),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """A happening of a sentence, as far as its tie to places goes.

    ``token`` is the trigger, ``anchors`` the tokens that carry it, ``rule`` what the rules say of each
    place ("firm", "handed"...; a place not in it was left out by them).
    """

    type: str
    token: int
    pos: str
    anchors: frozenset[int]
    subjects: frozenset[int]
    objects: frozenset[int]
    passive: bool
    unsure: bool
    rule: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Way:
    """From a place up to where it meets a happening, and from the trigger up to there.

    ``below`` tells that they meet in the happening itself.
    """

    place: tuple[int, ...]
    trigger: tuple[int, ...]
    below: bool

    @property
    def length(self) -> int:
        """How many steps lie between them."""
        return len(self.place) + len(self.trigger)


def lifted(scope: Scope, number: int, lexicon: Lexicon) -> int:
    """The noun that a place names: "town" for X in "the town of X" and "X town", else the place itself."""
    tree = scope.tree
    token = scope.place_tokens[number]
    for _ in range(2):
        above = tree.head[token]
        if tree.dep[token] == "pobj" and tree.low[above] == "of":
            above = tree.head[above]
        elif tree.dep[token] not in {"compound", "nmod"}:
            break
        if above in scope.places or not tree.is_nominal(above):
            break
        if not kinds_of(scope, above, lexicon) & {"place", "settlement"} or _named_otherwise(
            scope, above, token
        ):
            break
        token = above
    return token


def _named_otherwise(scope: Scope, noun: int, child: int) -> bool:
    """Whether a noun is already named by another place than the one below it ("the X area of Y")."""
    number = scope.places.get(child)
    return any(
        kid in scope.places and scope.places[kid] != number
        for kid in scope.tree.of(noun, "compound", "nmod", "poss", "amod")
    )


def way_between(tree: Tree, token: int, telling: Telling) -> Way:
    """From a token up to the first node that the happening's own way up, or one of its anchors, shares."""
    up = []
    for node in tree.up(telling.token):
        up.append(node)
        if len(up) > STEPS:
            break
    reach = {*up, *telling.anchors}
    path = []
    meet = None
    for node in tree.up(token):
        if node in reach:
            meet = node
            break
        path.append(node)
        if len(path) > STEPS:
            break
    if meet is None:
        return Way(tuple(path), tuple(up), False)
    if meet in telling.anchors:
        return Way(tuple(path), (), True)
    return Way(tuple(path), tuple(up[: up.index(meet)]), False)


def kind_at(scope: Scope, token: int, lexicon: Lexicon) -> str:
    """The one kind of a noun that says most about what a place below it is to a happening."""
    if token in scope.places:
        return "place"
    kinds = kinds_of(scope, token, lexicon)
    return next((kind for kind in HOSTS if kind in kinds), "other")


def preposition(word: str, lexicon: Lexicon, type_: str) -> str:
    """The word itself where it is a preposition of place, else "other".

    What is left is where a leaving happens: "from" is to it what "in" is to other happenings.
    """
    if word == "from" and type_ in LEAVING:
        return "in"
    return word if word in lexicon.words["place_prepositions"] else "other"


LEAVING = frozenset({"withdraw", "displace"})


def signature(scope: Scope, way: Way, lexicon: Lexicon, type_: str) -> str:
    """The way in short: relations, prepositions and kinds of nouns, at most four steps."""
    tree = scope.tree
    steps = []
    for node in way.place[:6]:
        if tree.dep[node] == "prep":
            steps.append(preposition(tree.low[node], lexicon, type_))
        elif node == way.place[0]:
            steps.append(tree.dep[node])
        else:
            steps.append(
                f"{kind_at(scope, node, lexicon)}-{tree.dep[node]}"
                if tree.is_nominal(node)
                else tree.dep[node]
            )
    down = "/".join(tree.dep[node] for node in way.trigger[:3])
    return "<".join(steps) + (f">{down}" if down else "")
