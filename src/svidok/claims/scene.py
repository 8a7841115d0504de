"""Which place, time and number belongs to which happening of a sentence."""

from __future__ import annotations

from dataclasses import dataclass, field

from svidok.atlas.lexicon import Lexicon
from svidok.claims.arguments import Frame
from svidok.claims.kinds import Scope
from svidok.claims.modality import Standing
from svidok.claims.senses import Match
from svidok.records import Actor

__all__ = ["Draft", "attach"]

STEPS = 16
AGENTIVE = frozenset({"nsubj", "agent", "poss"})
SOURCE_PREPS = frozenset({"from"})
LEAVING = frozenset({"withdraw", "displace"})
SCENELESS = frozenset({"statement", "sanction"})


@dataclass(slots=True)
class Draft:
    """A claim in the making: a fired sense with its frame, before its record is built."""

    match: Match
    scope: Scope
    sentence: int
    type: str
    standing: Standing
    also: bool = False
    places: dict[int, str] = field(default_factory=dict)
    times: list[int] = field(default_factory=list)
    quantities: list[int] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    inherited: bool = False
    time_inherited: bool = False
    speaker: str | None = None
    acled: str | None = None
    plover: str | None = None
    confidence: float = 0.5
    notes: list[str] = field(default_factory=list)

    @property
    def frame(self) -> Frame:
        """The arguments."""
        return self.match.frame

    @property
    def token(self) -> int:
        """The trigger's token."""
        return self.match.frame.trigger


def attach(scope: Scope, drafts: list[Draft], lexicon: Lexicon) -> None:
    """Give each draft of one sentence the places, times and quantities that belong to it.

    A mention belongs to the first happening met on the way from it up to the root of the parse; what
    several coordinated or subordinate happenings have in common is then handed on.
    """
    if not drafts:
        return
    anchors: dict[int, list[Draft]] = {}
    for draft in drafts:
        for anchor in draft.frame.anchors:
            anchors.setdefault(anchor, []).append(draft)
    _places(scope, drafts, anchors, lexicon)
    for token, numbers in scope.times.items():
        for number in numbers:
            if scope.mentions.times[number].type in {"DATE", "TIME"}:
                for draft in _owners(scope, token, anchors):
                    draft.times.append(number)
    for token, numbers in scope.quantities.items():
        for draft in _owners(scope, token, anchors):
            draft.quantities.extend(numbers)
    _hand_on(scope, drafts, anchors)


def _owners(scope: Scope, token: int, anchors: dict[int, list[Draft]]) -> list[Draft]:
    """The drafts of the nearest anchor above a token; its own light noun before the verb."""
    for node in scope.tree.up(token):
        owners = anchors.get(node)
        if owners:
            return _own(owners, node)
    return []


def _own(owners: list[Draft], node: int) -> list[Draft]:
    direct = [draft for draft in owners if draft.token == node and draft.type not in SCENELESS]
    others = [draft for draft in owners if draft.token != node]
    return [*direct, *others] or owners


def _places(scope: Scope, drafts: list[Draft], anchors: dict[int, list[Draft]], lexicon: Lexicon) -> None:
    for number, token in scope.place_tokens.items():
        place = scope.mentions.places[number]
        if place.metonym:
            continue
        found = _climb_place(scope, token, number, anchors, lexicon)
        if found is None:
            continue
        node, child, prep = found
        for draft in _own(anchors[node], node):
            if _takes_place(scope, draft, token, child, prep, lexicon):
                draft.places[number] = prep
    for draft in drafts:
        _prefer(scope, draft)


def _climb_place(
    scope: Scope, token: int, number: int, anchors: dict[int, list[Draft]], lexicon: Lexicon
) -> tuple[int, int, str] | None:
    """The anchor above a place, the child it is reached through, and the last preposition on the way.

    None when the place only tells where another named place lies ("Kufa near Najaf"), or when it
    qualifies a person ("the mayor of Lviv") who acts.
    """
    tree = scope.tree
    i, prep = token, ""
    if i in anchors and tree.pos(i) == "noun":
        return i, i, ""
    for _ in range(STEPS):
        above = tree.head[i]
        if above == i:
            return None
        if tree.dep[i] == "prep" or tree.tag[i] == "IN":
            prep = tree.low[i]
        other = scope.places.get(above)
        if other is not None and other != number and tree.dep[i] not in {"conj"}:
            if tree.dep[i] in {"prep", "appos", "nmod", "npadvmod"}:
                return None
        if above in anchors:
            return above, i, prep
        i = above
    return None


def _takes_place(scope: Scope, draft: Draft, token: int, child: int, prep: str, lexicon: Lexicon) -> bool:
    """Whether a place reached through a child of the trigger is where the happening happened."""
    tree = scope.tree
    frame = draft.frame
    if draft.type in SCENELESS:
        return (
            prep in lexicon.words["at_prepositions"]
            and tree.dep[child] == "prep"
            and tree.head[token] == child
        )
    actors = set(frame.subjects) - set(frame.objects)
    for subject in frame.subjects:
        if draft.match.sense.roles.get("subject") in {"target", "place"}:
            break
        if subject in actors and _under(scope, token, subject):
            if subject == token and frame.pos == "noun" and tree.dep[token] in {"poss", "compound", "nmod"}:
                place = scope.mentions.places[scope.places[token]]
                return place.kind not in {"country", "region"} or tree.dep[token] != "poss"
            return False
    return prep not in {"about", "like", "than", "as", "despite", "according"}


def _under(scope: Scope, token: int, top: int) -> bool:
    for node in scope.tree.up(token):
        if node == top:
            return True
    return False


def _prefer(scope: Scope, draft: Draft) -> None:
    """Of an origin and other places, keep those that the happening is about; drop containers."""
    if len(draft.places) < 2:
        return
    origin = {number for number, prep in draft.places.items() if prep in SOURCE_PREPS}
    if draft.type in LEAVING:
        if origin:
            draft.places = {
                n: p for n, p in draft.places.items() if p not in {"to", "into", "toward", "towards"}
            }
    elif len(origin) < len(draft.places):
        draft.places = {n: p for n, p in draft.places.items() if n not in origin}
    places = scope.mentions.places
    for number in list(draft.places):
        place = places[number]
        if not place.name:
            continue
        for other in draft.places:
            if other != number and place.name in places[other].within:
                del draft.places[number]
                break


SHARED = frozenset(
    {
        "advcl",
        "conj",
        "relcl",
        "acl",
        "xcomp",
        "pcomp",
        "ccomp",
        "dobj",
        "nsubj",
        "nsubjpass",
        "pobj",
        "prep",
        "appos",
        "agent",
        "oprd",
        "dep",
        "parataxis",
    }
)


def _hand_on(scope: Scope, drafts: list[Draft], anchors: dict[int, list[Draft]]) -> None:
    """Hand places and times on between happenings of one sentence that form one scene."""
    parents = {id(draft): _parents(scope, draft, anchors) for draft in drafts}
    for draft in drafts:
        if draft.type in SCENELESS:
            continue
        for above in parents[id(draft)]:
            if not draft.places and above.places:
                draft.places = dict(above.places)
            if not draft.times and above.times:
                draft.times = list(above.times)
    for draft in drafts:
        if draft.type in SCENELESS:
            continue
        below = [one for one in drafts if one.type not in SCENELESS and draft in parents[id(one)]]
        for one in below:
            if (
                not draft.places
                and one.places
                and draft.type in {"casualties", "attack_civilians", "destroy", "detain", "displace"}
            ):
                draft.places = dict(one.places)
            if not draft.times and one.times:
                draft.times = list(one.times)


def _parents(scope: Scope, draft: Draft, anchors: dict[int, list[Draft]]) -> list[Draft]:
    """Drafts met on the way up from a trigger, nearest first, as far as the scene holds."""
    tree = scope.tree
    found: list[Draft] = []
    i = draft.token
    own = set(draft.frame.anchors)
    for _ in range(STEPS):
        above = tree.head[i]
        if above == i or tree.dep[i] not in SHARED:
            break
        i = above
        if i in own:
            continue
        for other in anchors.get(i, ()):
            if other is draft or other in found:
                continue
            if other.type == "statement":
                return found
            found.append(other)
    return found
