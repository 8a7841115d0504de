"""Where a place stands among the other places and happenings of its sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.tree import Tree
from svidok.claims.ways import Telling, Way, preposition, way_between
from svidok.records import Place

__all__ = ["finer_of", "lists_of", "other_happenings", "other_places"]

ORDER = ("settlement", "facility", "district", "area", "water", "region", "country")

SCENELESS = frozenset({"statement", "sanction"})

SETTING = frozenset({"in", "at", "near", "outside", "around", "inside"})


def lists_of(scope: Scope, lexicon: Lexicon) -> tuple[tuple[int, ...], ...]:
    """The places of a sentence in their lists ("in Samarra, Balad and Ishaki"); most stand alone.

    A region behind a town and a place behind one that lies in it are no list ("Murphy, North Carolina").
    What only says of what kind the next one is leaves the list whole ("Amran and the nearby town of Raida").
    """
    places = scope.mentions.places
    order = sorted(
        (n for n in scope.place_tokens if not places[n].metonym), key=lambda n: (places[n].start, n)
    )
    between = [_joint(scope, a, b, lexicon) for a, b in pairwise(order)]
    lists: list[list[int]] = [[n] for n in order[:1]]
    for at, (one, other) in enumerate(pairwise(order)):
        ends_in_and = next((joint for joint in between[at:] if joint != ","), "") == "and"
        if _coordinate(scope, one, other) or (
            not _contains(places[other], places[one])
            and (
                between[at] == "and"
                or (between[at] == "," and (ends_in_and or _long(order, between, at, places)))
            )
        ):
            lists[-1].append(other)
        else:
            lists.append([other])
    return tuple(tuple(one) for one in lists)


def _long(order: Sequence[int], between: Sequence[str], at: int, places: Sequence[Place]) -> bool:
    """Whether a comma stands in a run of three or more towns, none in the next: a list without its "and"."""
    first = last = at
    while first > 0 and between[first - 1] == ",":
        first -= 1
    while last + 1 < len(between) and between[last + 1] == ",":
        last += 1
    run = [places[n] for n in order[first : last + 2]]
    return (
        len(run) > 2
        and not any(place.kind in {"country", "region"} for place in run)
        and not any(_contains(two, one) or _contains(one, two) for one, two in pairwise(run))
    )


def _joint(scope: Scope, one: int, other: int, lexicon: Lexicon) -> str:
    """What joins two places that follow one another: "and", ",", or nothing.

    Words in brackets, articles, adjectives and the nouns of places between them join no less.
    """
    tree = scope.tree
    low, high = scope.mentions.places[one].end, scope.mentions.places[other].start
    joints: list[str] = []
    depth = words = 0
    for i in range(tree.size):
        if not low <= tree.start[i] < high:
            continue
        if tree.low[i] in {"(", ")"}:
            depth += 1 if tree.low[i] == "(" else -1
        elif depth or tree.tag[i] == "_SP":
            continue
        elif tree.low[i] in JOINTS:
            joints.append(tree.low[i])
        else:
            words += 1
            if words > LONGEST or not _only_describes(scope, i, lexicon):
                return ""
    if joints in ([","], []):
        return "".join(joints)
    return "and" if joints in (["and"], [",", "and"], ["or"], ["&"]) else ""


JOINTS = frozenset({",", "and", "or", "&"})
INNER = re.compile(r",? (?:in |of )?(?:the )?")
HOUSED = re.compile(r" in (?:the (?:city|town|village) of )?")


def finer_of(scope: Scope) -> dict[int, int]:
    """The exact place that each container of the sentence follows ("Lutsk, Volyn region")."""
    places = scope.mentions.places
    order = sorted(
        (n for n in scope.place_tokens if not places[n].metonym), key=lambda n: (places[n].start, n)
    )
    found: dict[int, int] = {}
    for one, other in pairwise(order):
        between = scope.tree.slice((places[one].end, places[other].start))
        if places[one].lat is None or places[one].relation:
            continue
        housed = places[one].kind == "facility" and places[other].kind == "settlement"
        if (_contains(places[other], places[one]) and INNER.fullmatch(between)) or (
            housed and HOUSED.fullmatch(between)
        ):
            found[other] = found.get(one, one)
    return found


DESCRIBING = frozenset({"DT", "JJ", "JJS", "VBN", "PRP$"})
LONGEST = 5  # words that describe the next place of a list
SIDES = frozenset(
    {"north", "south", "east", "west", "centre", "center"}
)  # "Kharkiv in the north and Mariupol"


def _only_describes(scope: Scope, i: int, lexicon: Lexicon) -> bool:
    tree = scope.tree
    if i in scope.places or tree.tag[i] in DESCRIBING or tree.low[i] in {"of", "in", "at", "near"} | SIDES:
        return i not in scope.places
    return tree.pos(i) == "noun" and bool(kinds_of(scope, i, lexicon) & {"place", "settlement"})


def _contains(wide: Place, fine: Place) -> bool:
    outer = {"country", "region"}
    return (wide.name is not None and wide.name in fine.within) or (
        wide.kind in outer and fine.kind not in outer
    )


def _coordinate(scope: Scope, one: int, other: int) -> bool:
    """Whether the parser joins two places, either way round."""
    tree, places = scope.tree, scope.places
    for low, high in ((one, other), (other, one)):
        node = scope.place_tokens[low]
        for _ in range(6):
            if tree.dep[node] != "conj":
                break
            node = tree.head[node]
            if places.get(node) == high:
                return True
    return False


def other_happenings(
    scope: Scope, tellings: Sequence[Telling], own: Telling, way: Way, number: int, token: int
) -> set[str]:
    """What other happenings have to do with a place: on the way, nearer, holding it by rule."""
    on_way = {*way.place}
    names = set()
    for other in tellings:
        if other.token == own.token:
            continue
        sort = "saying" if other.type in SCENELESS else "happening"
        if on_way & other.anchors:
            names.add(f"{sort} on the way")
            names.add(f"{other.pos} {sort} on the way")
        if number in other.rule:
            names.add(f"{sort} has it")
        if sort == "happening" and way_between(scope.tree, token, other).length < way.length:
            names.add("happening nearer")
    return names


def other_places(
    scope: Scope,
    ways: Mapping[int, Way],
    tops: Mapping[int, int],
    number: int,
    telling: Telling,
    lexicon: Lexicon,
) -> set[str]:
    """Where a place stands among the others of its sentence: finer, nearer, below, beside."""
    tree, places = scope.tree, scope.mentions.places
    token, place = tops[number], places[number]
    names = set()
    for other, way in ways.items():
        if other == number:
            continue
        rival, spot = places[other], tops[other]
        if spot in ways[number].place[1:]:
            names.add("under a place")
            near = [tree.low[n] for n in ways[number].place if tree.dep[n] == "prep"]
            names.add(
                f"under a place {preposition(near[0], lexicon, telling.type) if near else tree.dep[token]}"
            )
        if token in way.place[1:]:
            names.add("over a place")
        between = tree.slice((place.end, rival.start)).strip() if rival.start >= place.end else None
        behind = tree.slice((rival.end, place.start)).strip() if place.start >= rival.end else None
        if between == ",":
            names.add("comma place follows")
        if behind == ",":
            names.add("comma place precedes")
        if {between, behind} & {"and", ", and", "or", "&"}:
            names.add("joined place")
        if rival.name and rival.name in place.within:
            names.add("inside another")
        if place.name and place.name in rival.within:
            names.add("around another")
        if way.below and _direct(tree, way):
            names.add("another stands directly")
        if way.below and not ways[number].below:
            names.add("another is below")
        if way.length < ways[number].length:
            names.add("place nearer")
            if _rank(rival.kind) < _rank(place.kind):
                names.add("finer place nearer")
        if _rank(rival.kind) < _rank(place.kind):
            names.add("finer place")
        if other in telling.rule and number not in telling.rule:
            names.add("other by rule")
    return names


def _direct(tree: Tree, way: Way) -> bool:
    return len(way.place) == 2 and tree.dep[way.place[1]] == "prep" and tree.low[way.place[1]] in SETTING


def _rank(kind: str | None) -> int:
    return ORDER.index(kind) if kind in ORDER else 3
