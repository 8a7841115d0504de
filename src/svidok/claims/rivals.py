"""Where a place stands among the other places and happenings of its sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope
from svidok.claims.tree import Tree
from svidok.claims.ways import Telling, Way, preposition, way_between
from svidok.records import Place

__all__ = ["lists_of", "other_happenings", "other_places"]

ORDER = ("settlement", "facility", "district", "area", "water", "region", "country")

SCENELESS = frozenset({"statement", "sanction"})

JOINING = frozenset({"and", ", and", "or", "&"})

SETTING = frozenset({"in", "at", "near", "outside", "around", "inside"})


def lists_of(scope: Scope) -> tuple[tuple[int, ...], ...]:
    """The places of a sentence in their lists ("in Samarra, Balad and Ishaki"); most stand alone.

    A region behind a town and a place behind one that lies in it are no list ("Murphy, North Carolina").
    """
    places = scope.mentions.places
    order = sorted(
        (n for n in scope.place_tokens if not places[n].metonym), key=lambda n: (places[n].start, n)
    )
    between = [scope.tree.slice((places[a].end, places[b].start)).strip() for a, b in pairwise(order)]
    lists: list[list[int]] = [[n] for n in order[:1]]
    for at, (one, other) in enumerate(pairwise(order)):
        ends_in_and = next((text for text in between[at:] if text != ","), "") in JOINING
        if _coordinate(scope, one, other) or (
            not _contains(places[other], places[one])
            and (between[at] in JOINING or (between[at] == "," and ends_in_and))
        ):
            lists[-1].append(other)
        else:
            lists.append([other])
    return tuple(tuple(one) for one in lists)


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
    scope: Scope, tellings: Sequence[Telling], which: int, way: Way, number: int, token: int
) -> set[str]:
    """What other happenings have to do with a place: on the way, nearer, holding it by rule."""
    own = tellings[which]
    on_way = {*way.place}
    names = set()
    for k, other in enumerate(tellings):
        if k == which or other.token == own.token:
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
