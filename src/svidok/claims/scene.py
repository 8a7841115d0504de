"""Which place, time and number belongs to which happening of a sentence."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import pairwise

from svidok.atlas.lexicon import Lexicon
from svidok.claims.arguments import Frame
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.modality import Standing
from svidok.claims.senses import Match
from svidok.claims.tree import Tree
from svidok.records import Actor, Time, TimeSpan

__all__ = ["SCENELESS", "Draft", "attach", "dated_aside", "had_been", "left_behind", "set_apart"]

STEPS = 16
AGENTIVE = frozenset({"nsubj", "agent", "poss"})
WIDE = frozenset({"region", "country", "area"})
SOURCE_PREPS = frozenset({"from"})
GOALS = frozenset({"to", "into", "toward", "towards"})
LEAVING = frozenset({"withdraw", "displace", "abduct"})
OUTCOMES = frozenset({"casualties", "attack_civilians", "destroy", "detain", "displace"})
SCENIC = OUTCOMES | {  # what happens where the happening that it is told with happens
    "battle", "strike", "air_strike", "bomb", "chemical", "capture", "siege", "abduct", "sexual_violence",
    "protest", "deprive", "base", "alert",
}  # fmt: skip
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
    ties: dict[int, str] = field(default_factory=dict)  # how a place came to it, where not by its own way
    leanings: dict[int, float] = field(
        default_factory=dict
    )  # what its grammar leaves to the story, 0 at most
    times: list[int] = field(default_factory=list)
    moment: bool = False  # its time opens or closes a stretch for others: "since Friday, when they came"
    quantities: list[int] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    targets: list[Actor] = field(default_factory=list)
    inherited: bool = False
    time_inherited: bool = False
    time: TimeSpan | None = None
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
                if _of_another(scope, token, anchors, lexicon) or _of_those_who(scope, token, anchors):
                    continue
                own = [] if _clause_beside(scope, token, anchors) else _owners(scope, token, anchors)
                for draft in own or _below(scope, token, drafts):
                    draft.times.append(number)
    _stamped(scope, drafts)
    _told_when(scope, drafts)
    _said_then(scope, drafts)
    for token, numbers in scope.quantities.items():
        for draft in _owners(scope, token, anchors):
            for one in _counted_in(scope, draft, drafts) or [draft]:
                one.quantities.extend(numbers)
    _hand_on(scope, drafts, anchors)


def _counted_in(scope: Scope, saying: Draft, drafts: list[Draft]) -> list[Draft]:
    """The losses that a saying puts a number to: "raised the death toll to 250" tells 250 dead."""
    if saying.type != "statement":
        return []
    return [one for one in drafts if one.type == "casualties" and scope.tree.head[one.token] == saying.token]


def _owners(scope: Scope, token: int, anchors: dict[int, list[Draft]]) -> list[Draft]:
    """The drafts of the nearest anchor above a token; its own light noun before the verb.

    What stands in the content of a saying does not belong to the saying.
    """
    tree = scope.tree
    told = False
    for node in tree.up(token):
        owners = anchors.get(node)
        if owners:
            own = _own(owners, node)
            return [] if told and all(draft.type in SCENELESS for draft in own) else own
        told = told or tree.dep[node] == "ccomp"
    return []


def _clause_beside(scope: Scope, token: int, anchors: dict[int, list[Draft]]) -> bool:
    """Whether a token stands in a clause beside a happening's, of its own subject and without a happening.

    "The ships were sunk, and the canal remained closed until April."
    """
    tree = scope.tree
    for node in tree.up(token):
        if node in anchors:
            return False
        if tree.dep[node] == "conj" and tree.pos(node) == "verb" and tree.of(node, "nsubj", "nsubjpass"):
            return True
    return False


def _told_when(scope: Scope, drafts: list[Draft]) -> None:
    """Date a clause by the time that its "when" follows ("besieged since Friday, when they came")."""
    for draft in drafts:
        number = None if draft.times else _before_when(scope, draft.token)
        if number is not None:
            draft.times, draft.moment = [number], True


def _said_then(scope: Scope, drafts: list[Draft]) -> None:
    """Date a saying by the day of the verb that it is joined to ("he came on 21 April and announced")."""
    tree = scope.tree
    for draft in drafts:
        if draft.type not in SCENELESS or draft.times or tree.dep[draft.token] != "conj":
            continue
        verb = draft.token
        while tree.dep[verb] == "conj" and not tree.of(verb, "nsubj", "nsubjpass"):
            verb = tree.head[verb]
        for top, numbers in scope.times.items():
            above = next((node for node in tree.up(top) if tree.pos(node) == "verb"), None)
            said = tree.of(
                verb, "ccomp"
            )  # "said that it was bombed on Tuesday, and claimed": not the saying's
            if above == verb != draft.token and not any(content < top for content in said):
                draft.times = [n for n in numbers if _is_closed(scope.mentions.times[n])]


def _is_closed(time: Time) -> bool:
    """Whether both bounds of a time are known."""
    return bool(time.earliest and time.latest)


def _before_when(scope: Scope, token: int) -> int | None:
    """The time that stands just before the "when" of a token's clause."""
    tree = scope.tree
    for node in tree.up(token):
        if tree.pos(node) != "verb":
            continue
        when = next((kid for kid in tree.of(node, "advmod") if tree.low[kid] == "when"), None)
        if when is not None:
            before = when - 2 if when and tree.low[when - 1] == "," else when - 1
            return next(
                (n for top, some in scope.times.items() for n in some if _ends(scope, n, top, before)), None
            )
        if tree.dep[node] not in {"conj", "xcomp"}:
            return None
    return None


def _ends(scope: Scope, number: int, top: int, token: int) -> bool:
    """Whether a time with bounds ends with a token."""
    time = scope.mentions.times[number]
    known = bool(time.earliest or time.latest)
    return known and token >= top and scope.tree.start[token] < time.end <= scope.tree.end[token]


def _stamped(scope: Scope, drafts: list[Draft]) -> None:
    """Let a date that opens the sentence before a colon or a dash date all that it tells."""
    tree = scope.tree
    start = tree.start[0]
    for numbers in scope.times.values():
        for number in numbers:
            time = scope.mentions.times[number]
            head = tree.slice((start, time.start))
            behind = tree.slice((time.end, tree.end[-1]))[:9].lstrip()
            if time.type != "DATE" or not STAMP.match(behind) or any(map(str.isalpha, head)):
                continue
            for draft in drafts:
                draft.times = draft.times or [number]


STAMP = re.compile(r"(?:,?\s*\d{1,2}[:.]\d\d)?\s?[:–—]\s")


def _of_another(scope: Scope, token: int, anchors: dict[int, list[Draft]], lexicon: Lexicon) -> bool:
    """Whether a time dates a noun that is no claim ("since the war of 1904")."""
    tree = scope.tree
    for node in tree.up(token):
        if node in anchors or tree.pos(node) == "verb":
            return False
        if node != token and "happening" in kinds_of(scope, node, lexicon):
            return True
    return False


def _of_those_who(scope: Scope, token: int, anchors: dict[int, list[Draft]]) -> bool:
    """Whether a time tells of persons or a place in a clause on them, not of what they did or suffered.

    "The rebels who were neutral until May are fighting", "the district, which they have held since July".
    """
    tree = scope.tree
    for node in tree.up(token):
        if node in anchors:
            return False
        if tree.dep[node] == "relcl" and tree.head[node] not in anchors:
            first, last = tree.edges(node)
            about = any(tree.low[i] in ABOUT for i in range(first, min(node, last) + 1))
            return about or bool({tree.low[kid] for kid in tree.of(node, "aux")} & HAD)
    return False


ABOUT = frozenset({"who", "whom", "whose", "where"})
HAD = frozenset({"had", "have", "has"})


def _below(scope: Scope, token: int, drafts: list[Draft]) -> list[Draft]:
    """For a time on a verb that tells no happening, the first happening that this verb governs."""
    tree = scope.tree
    clause = next((node for node in tree.up(token) if tree.pos(node) == "verb"), None)
    if clause is None:
        return []
    for draft in drafts:
        if draft.type in SCENELESS or draft.times:
            continue
        for node in tree.up(draft.token):
            if node == clause:
                return [draft]
            if tree.dep[node] in {"relcl", "ccomp"}:
                break
    return []


def _own(owners: list[Draft], node: int) -> list[Draft]:
    direct = [draft for draft in owners if draft.token == node and draft.type not in SCENELESS]
    others = [draft for draft in owners if draft.token != node]
    return [*direct, *others] or owners


@dataclass(slots=True)
class _Path:
    """How a place hangs on a happening: where the way up ends, and what lies on it."""

    node: int
    child: int
    prep: str = ""
    weak: bool = False
    loose: bool = False


def _places(scope: Scope, drafts: list[Draft], anchors: dict[int, list[Draft]], lexicon: Lexicon) -> None:
    """Places to drafts: firm ties first, then ties through a subject or a distance, then loose adverbials."""
    weak: list[tuple[Draft, int, str]] = []
    loose: dict[int, list[tuple[int, str]]] = {}
    for number, token in scope.place_tokens.items():
        if scope.mentions.places[number].metonym:
            continue
        path = _climb_place(scope, token, number, anchors, lexicon)
        if path is None:
            continue
        if path.loose:
            comes = path.prep == "to" and scope.tree.lemma[path.node] in COMING
            if path.prep in lexicon.words["at_prepositions"] or comes:
                loose.setdefault(path.node, []).append((number, path.prep))
            continue
        for draft in _own(anchors[path.node], path.node):
            tie = _tie(scope, draft, token, path, lexicon)
            if tie == "firm":
                draft.places[number] = path.prep
            elif tie == "weak":
                weak.append((draft, number, path.prep))
    _lists(scope, drafts)
    bare = {id(draft) for draft in drafts if not draft.places}
    for draft, number, prep in weak:
        if id(draft) in bare:
            draft.places[number], draft.ties[number] = prep, "weak"
    for draft in drafts:
        if not draft.places and draft.type not in SCENELESS and loose:
            draft.places.update(_adverbial(scope, draft, loose) or _fronted(scope, loose))
            draft.ties.update(dict.fromkeys(draft.places, "loose"))
        _prefer(scope, draft)


COMING = frozenset({"come", "go", "travel", "fly", "arrive", "return", "drive"})


def _lists(scope: Scope, drafts: list[Draft]) -> None:
    """Let a place that follows another one in a list share its happenings, wherever the parser hung it."""
    places = scope.mentions.places
    order = sorted(scope.place_tokens, key=lambda number: places[number].start)
    taken = {number for draft in drafts for number in draft.places}
    for before, number in pairwise(order):
        one, other = places[before], places[number]
        between = scope.tree.slice((one.end, other.start)).strip()
        if number in taken or between not in {",", "and", ", and", ";", "&", "or"} or other.metonym:
            continue
        if (other.kind in WIDE and one.kind not in WIDE) or (other.name and other.name in one.within):
            continue
        for draft in drafts:
            if before in draft.places:
                draft.places[number] = draft.places[before]
                taken.add(number)


def _fronted(scope: Scope, loose: dict[int, list[tuple[int, str]]]) -> dict[int, str]:
    """Places that open the sentence set the scene of all that it tells ("In Homs the mayor put the ...")."""
    tree = scope.tree
    first = next((i for i in range(tree.size) if tree.pos(i) == "noun"), 0)
    return {
        number: prep
        for hung in loose.values()
        for number, prep in hung
        if scope.place_tokens[number] <= first + 1 and tree.low[0] == prep
    }


def _adverbial(scope: Scope, draft: Draft, loose: dict[int, list[tuple[int, str]]]) -> dict[int, str]:
    """Places that hang on a verb above which tells no happening itself ("were found murdered in")."""
    tree = scope.tree
    i = draft.token
    for _ in range(STEPS):
        if i in loose:
            return dict(loose[i])
        above = tree.head[i]
        if above == i or tree.dep[i] in {"relcl", "acl"}:
            return {}
        if tree.dep[i] == "ccomp" and tree.pos(above) == "verb":
            return {}
        i = above
    return {}


def _climb_place(
    scope: Scope, token: int, number: int, anchors: dict[int, list[Draft]], lexicon: Lexicon
) -> _Path | None:
    """The way from a place up to the nearest happening, or to the verb of its clause.

    None when the place only tells where another named place lies ("Kufa near Najaf"), whose organ an
    organisation is ("Denmark's news agency"), or where somebody comes from.
    """
    tree = scope.tree
    path = _Path(token, token)
    if token in anchors and tree.pos(token) == "noun":
        return path
    i = token
    for _ in range(STEPS):
        above, dep = tree.head[i], tree.dep[i]
        if above == i:
            return path if path.loose else None
        if dep == "prep" or tree.tag[i] == "IN":
            path.prep = tree.low[i]
            if path.prep in DIRECTIONS or tree.low[above] in DIRECTIONS:
                path.weak = path.weak or any(tree.of(one, "npadvmod") for one in (i, above))
        other = scope.places.get(above)
        if other is not None and other != number and dep in {"prep", "appos", "nmod", "npadvmod"}:
            return None
        if above not in anchors and _leads_away(scope, i, number, path.prep, lexicon, first=i == token):
            return None
        path.node, path.child = above, i
        if above in anchors:
            path.loose = False
            return path
        if path.loose:
            return path
        if tree.pos(above) == "verb":
            clause = tree.dep[above]
            if clause in {"relcl", "acl", "advcl"}:
                path.weak = path.weak or tree.lemma[above] not in lexicon.words["locating_verbs"]
            elif clause not in {"xcomp", "pcomp", "oprd", "aux"}:
                path.loose = True
                return path
        i = above
    return None


def _leads_away(scope: Scope, i: int, number: int, prep: str, lexicon: Lexicon, *, first: bool) -> bool:
    """Whether the noun above a place is no scene: another place's name, an origin, an organ, a war."""
    tree = scope.tree
    above, dep = tree.head[i], tree.dep[i]
    if (first or dep == "prep") and _names_a_place(scope, above, i, number, dep):
        return True
    if not tree.is_nominal(above):
        return False
    if dep == "prep":
        return prep == "from" and "people" in kinds_of(scope, above, lexicon)
    if first and dep in {"compound", "nmod", "amod"}:
        if tree.lemma[above] in lexicon.words["named_units"]:  # "the Maikop brigade"
            return True
        return bool(kinds_of(scope, above, lexicon) & {"fighting", "happening", "organisation"})
    return (
        first and dep == "poss" and bool(kinds_of(scope, above, lexicon) & {"organisation", "name", "leader"})
    )


def _names_a_place(scope: Scope, noun: int, child: int, number: int, dep: str) -> bool:
    """Whether a noun is named by another place than the one that hangs on it ("Kufa town near Najaf")."""
    tree = scope.tree
    if not tree.is_nominal(noun) or noun in scope.places:
        return False
    for kid in tree.kids[noun]:
        if kid == child:
            continue
        if tree.dep[kid] in {"compound", "nmod"} and scope.places.get(kid, number) != number:
            return dep in {"prep", "poss", "appos", "npadvmod"}
        called = (
            tree.of(kid, "pobj") if tree.dep[kid] == "prep" and tree.low[kid] == "of" and kid < child else []
        )
        if any(scope.places.get(pobj, number) != number for pobj in called):
            return dep in {"prep", "appos", "npadvmod"}
    return False


DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "from"}
)
TOPICAL = frozenset({"about", "like", "than", "as", "despite", "according", "with", "over", "for", "against"})


def _tie(scope: Scope, draft: Draft, token: int, path: _Path, lexicon: Lexicon) -> str | None:
    """How firmly a place that leads to a happening belongs to it: firm, weak, or None."""
    tree, frame = scope.tree, draft.frame
    if draft.type in SCENELESS:
        near = tree.dep[path.child] == "prep" and tree.head[token] == path.child
        return "firm" if near and path.prep in {"in", "at"} else None
    if draft.match.sense.roles.get("subject") not in {"target", "place"}:
        for subject in set(frame.subjects) - set(frame.objects):
            if not _under(scope, token, subject, path.node):
                continue
            if subject == token and _befalls(scope, draft, token):
                return "firm"
            if subject == token and frame.pos == "noun" and tree.dep[token] in {"poss", "compound", "nmod"}:
                place = scope.mentions.places[scope.places[token]]
                return (
                    "firm" if place.kind not in {"country", "region"} or tree.dep[token] != "poss" else None
                )
            if path.prep == "of" and scope.mentions.places[scope.places[token]].kind in {"country", "region"}:
                return None
            return "weak" if path.prep in {"in", "at", "near", "outside", "around", "of"} else None
    if draft.type == "aid" and path.child == token and tree.dep[token] in {"dobj", "dative"}:
        return "firm" if tree.lemma[draft.token] in {"reach", "enter"} else None  # else who receives it
    if draft.type == "aid" and path.prep == "for":
        return "firm"
    if draft.type == "displace" and path.prep in {"towards", "toward", "for"}:
        return None
    if path.prep in TOPICAL:
        direct = tree.head[path.child] == draft.token and tree.dep[path.child] == "prep"
        if (
            path.prep in {"for", "over"}
            and frame.pos == "noun"
            and direct
            and draft.type in {"battle", "capture"}
        ):
            return "firm"
        if path.prep == "over" and (
            draft.type in {"air_strike", "destroy"} or (draft.type == "strike" and frame.pos == "verb")
        ):
            return "firm"
        return "firm" if path.prep == "against" and draft.type in VIOLENT else None
    if draft.type == "protest" and path.prep in {"of", "by", "from"} and path.child in frame.anchors:
        return None
    return "weak" if path.weak else "firm"


VIOLENT = frozenset({"battle", "strike", "air_strike", "bomb", "chemical"})
ENDURED = VIOLENT | {"siege", "defect", "deprive", "destroy"}


def _befalls(scope: Scope, draft: Draft, token: int) -> bool:
    """Whether a town as the subject is where it happens ("Metz held out", "the old town came under fire")."""
    place = scope.mentions.places[scope.places[token]]
    asked = draft.match.sense.subject or ()
    narrow = place.kind in {"settlement", "district", "facility"}
    return narrow and draft.type in ENDURED and draft.frame.pos == "verb" and "place" in asked


def _under(scope: Scope, token: int, top: int, stop: int) -> bool:
    """Whether a token stands under a noun, below the happening that its way up leads to."""
    for node in scope.tree.up(token):
        if node == top:
            return True
        if node == stop:
            return False
    return False


def _prefer(scope: Scope, draft: Draft) -> None:
    """Of an origin and other places, keep those that the happening is about; drop containers."""
    if len(draft.places) < 2:
        return
    origin = {number for number, prep in draft.places.items() if prep in SOURCE_PREPS}
    if draft.type in LEAVING:
        if origin:
            draft.places = {n: p for n, p in draft.places.items() if p not in GOALS}
    elif len(origin) < len(draft.places):
        draft.places = {n: p for n, p in draft.places.items() if n not in origin}
    places = scope.mentions.places
    fine = [n for n in draft.places if places[n].kind in {"settlement", "facility", "district"}]
    if fine:
        wide = {
            n for n, p in draft.places.items() if p in {"in", "within", "across"} and places[n].kind in WIDE
        }
        draft.places = {n: p for n, p in draft.places.items() if n not in wide}
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
            given = above.places
            if _set_apart(draft, above):  # "was flown to Darwin after his house had burned"
                given = {number: prep for number, prep in given.items() if prep not in GOALS}
            if not draft.places and given and (draft.type in SCENIC or draft.type == above.type):
                draft.places = dict(given)
                draft.ties.update(dict.fromkeys(draft.places, "from above"))
                draft.notes.append("place handed on from above")
            apart = _set_apart(draft, above) or had_been(draft)
            if not draft.times and above.times and not dated_aside(above) and not apart:
                draft.times, draft.moment = list(above.times), above.moment
    for draft in drafts:
        told = _told_by_subject(scope, draft, anchors) if draft.type not in SCENELESS else None
        if told is not None and not draft.places and told.places:
            draft.places = dict(told.places)
            draft.ties.update(dict.fromkeys(draft.places, "from subject"))
            draft.notes.append("place of the happening that does it")
        if told is not None and not draft.times and told.times and not dated_aside(told):
            draft.times, draft.moment = list(told.times), told.moment
    for draft in drafts:
        if draft.type in SCENELESS:
            continue
        below = [one for one in drafts if one.type not in SCENELESS and draft in parents[id(one)]]
        for one in below:
            near = {number: prep for number, prep in one.places.items() if prep not in SOURCE_PREPS}
            if not draft.places and near and draft.type in OUTCOMES:
                draft.places = near
                draft.ties.update(dict.fromkeys(draft.places, "from below"))
                draft.notes.append("place handed on from below")
            if draft.times or not one.times or _set_apart(one, draft) or left_behind(one, draft):
                continue
            if draft.type in OUTCOMES or _beside(scope, one):
                draft.times, draft.moment = list(one.times), one.moment


def _told_by_subject(scope: Scope, draft: Draft, anchors: dict[int, list[Draft]]) -> Draft | None:
    """The happening that brings another about: its subject, or the noun that its clause tells of.

    "The ambush at Hostomel cost lives", "a battle at Brovary in which bridges were blown up".
    """
    tree = scope.tree
    candidates = list(draft.frame.subjects)
    i = draft.token
    for _ in range(STEPS):
        if tree.dep[i] == "relcl":
            noun = tree.head[i]
            candidates.append(noun)
            if tree.dep[noun] == "attr":  # "the battle was a defeat in which ..."
                candidates += tree.of(tree.head[noun], "nsubj")
            break
        if tree.dep[i] not in {"conj", "xcomp", "ccomp"} or tree.head[i] == i:
            break
        i = tree.head[i]
    for token in candidates:
        for other in anchors.get(token, ()):
            if other is not draft and other.type not in SCENELESS and other.frame.pos == "noun":
                return other
    return None


def dated_aside(draft: Draft) -> bool:
    """Whether all times of a noun stand in a relative clause of its own, which dates that noun alone."""
    tree = draft.scope.tree
    if draft.frame.pos != "noun":
        return False
    for number in draft.times:
        start = draft.scope.mentions.times[number].start
        token = next((i for i in range(tree.size) if tree.start[i] <= start < tree.end[i]), None)
        path = [] if token is None else list(tree.up(token))
        if draft.token not in path:
            return False
        if not any(tree.dep[node] == "relcl" for node in path[: path.index(draft.token)]):
            return False
    return bool(draft.times)


def had_been(draft: Draft) -> bool:
    """Whether a clause on some noun tells what had been before ("whose church had been burned")."""
    tree = draft.scope.tree
    verb = next((node for node in tree.up(draft.token) if tree.pos(node) == "verb"), draft.token)
    had = any(tree.low[kid] in {"had", "'d"} for kid in tree.of(verb, "aux"))
    while tree.dep[verb] == "conj":
        verb = tree.head[verb]
    when = any(tree.low[kid] == "when" for kid in tree.of(verb, "advmod"))
    return had and tree.dep[verb] == "relcl" and not when


def left_behind(told: Draft, draft: Draft) -> bool:
    """Whether a day tells when a place was left, of which the sentence tells something else.

    "In the town from which they withdrew on 31 March bodies were found."
    """
    tree = told.scope.tree
    if told.sentence != draft.sentence:
        return False
    clause = next((node for node in tree.up(told.token) if tree.dep[node] == "relcl"), None)
    if clause is None or clause in tree.up(draft.token):
        return False
    return any(
        tree.low[one] in {"which", "where"}
        for prep in tree.of(clause, "prep")
        if tree.low[prep] == "from"
        for one in tree.of(prep, "pobj", "pcomp", "advmod")
    )


APART = frozenset({"after", "before", "since", "until", "till", "once"})


def _set_apart(low: Draft, high: Draft) -> bool:
    """Whether a happening's clause tells what came before or after the one above it."""
    return set_apart(low.scope.tree, low.token, high.frame.anchors)


def set_apart(tree: Tree, token: int, anchors: Collection[int]) -> bool:
    """Whether a word stands in a clause on what came before or after a happening ("after they left").

    ``anchors`` are the words of the happening that the clause hangs on.
    """
    for node in tree.up(token):
        if node in anchors:
            return False
        if tree.dep[node] == "advcl" and any(
            tree.low[mark] in APART for mark in tree.of(node, "mark", "prep", "advmod")
        ):
            return True
        if tree.dep[node] in {"pcomp", "pobj"} and tree.low[tree.head[node]] in APART:
            return True
    return False


def _beside(scope: Scope, draft: Draft) -> bool:
    """Whether a clause stands beside the one above it, which the parser may hang the wrong way round."""
    tree = scope.tree
    if tree.dep[draft.token] == "conj" and tree.of(draft.token, "nsubj", "nsubjpass"):
        return False
    return tree.dep[draft.token] in {"conj", "ccomp", "parataxis"}


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
