"""How a place stands to a happening of its sentence: the grammar between them, as named features.

The way from the place up to where it meets the happening, what lies on it, what other happening and what
other place stands nearer, and what the rules of :mod:`svidok.claims.scene` made of it. The features are
grammatical: relations, prepositions, kinds of nouns, and the lemmas that govern the place and the happening.
:mod:`svidok.claims.attachment` weighs them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from svidok.atlas.lexicon import Lexicon
from svidok.claims.bearings import bearings_of
from svidok.claims.kinds import Scope
from svidok.claims.rivals import other_happenings, other_places
from svidok.claims.tree import Tree
from svidok.claims.ways import Telling, Way, kind_at, lifted, preposition, signature, way_between

__all__ = ["ties_of"]

T = TypeVar("T")

MOST = 40  # places, and happenings, that are weighed against one another

CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "xcomp", "pcomp", "parataxis", "csubj"})


def ties_of(
    scope: Scope, tellings: Sequence[Telling], which: int, lexicon: Lexicon
) -> dict[int, frozenset[str]]:
    """For each place of a sentence, the features of its tie to one of the sentence's happenings.

    Args:
        scope: the sentence.
        tellings: all happenings of the sentence.
        which: index of the one that is asked about.
        lexicon: for the kinds of nouns on the way.

    Returns:
        Place number to the names of the features that hold; of a sentence that has no end, only the
        places nearest to the happening, so that its time grows with its length and no faster.
    """
    telling = tellings[which]
    numbers = _nearest(
        [n for n in scope.place_tokens if not scope.mentions.places[n].metonym],
        lambda n: abs(scope.place_tokens[n] - telling.token),
    )
    rivals = _nearest(tellings, lambda other: abs(other.token - telling.token))
    tops = {n: lifted(scope, n, lexicon) for n in numbers}
    ways = {n: way_between(scope.tree, tops[n], telling) for n in numbers}
    bearings = bearings_of(scope, telling, ways, tops, lexicon)
    found = {}
    for number in numbers:
        names = {"always", f"places {min(len(numbers), 4)}"}
        names.update(_told(scope, telling, lexicon))
        names.update(_by_rule(telling, number))
        names.update(_of_way(scope, telling, ways[number], number, tops[number], lexicon))
        names.update(other_happenings(scope, rivals, telling, ways[number], number, tops[number]))
        names.update(other_places(scope, ways, tops, number, telling, lexicon))
        names.update(_crossed(names))
        names.update(_governors(scope.tree, telling, scope.place_tokens[number]))
        found[number] = frozenset(names | bearings[number])
    return found


def _nearest(many: Sequence[T], distance: Callable[[T], int]) -> list[T]:
    """The nearest ones, in their order; all, unless there are more than any sentence with an end has."""
    if len(many) <= MOST:
        return list(many)
    kept = sorted(range(len(many)), key=lambda at: distance(many[at]))[:MOST]
    return [many[at] for at in sorted(kept)]


def _told(scope: Scope, telling: Telling, lexicon: Lexicon) -> set[str]:
    names = {f"type {telling.type}", f"trigger {telling.pos}"}
    if telling.passive:
        names.add("passive")
    if telling.unsure:
        names.add("unsure")
    for role, tokens in (("subject", telling.subjects), ("object", telling.objects)):
        if not tokens:
            names.add(f"no {role}")
        for token in tokens:
            kind = kind_at(scope, token, lexicon)
            names.add(f"{role} {kind}")
    return names


def _by_rule(telling: Telling, number: int) -> set[str]:
    rule = telling.rule.get(number)
    if rule is not None:
        return {f"rule {rule}", "rule"}
    return {"rule elsewhere" if telling.rule else "rule nowhere"}


def _of_way(scope: Scope, telling: Telling, way: Way, number: int, token: int, lexicon: Lexicon) -> set[str]:
    tree = scope.tree
    place = scope.mentions.places[number]
    names = {
        f"dep {tree.dep[token]}",
        f"own dep {tree.dep[scope.place_tokens[number]]}"
        + (" lifted" if token != scope.place_tokens[number] else ""),
        f"kind {place.kind}",
        f"steps {min(way.length, 8)}",
        f"above {min(len(way.trigger), 5)}",
        "below" if way.below else "beside",
        "after" if token > telling.token else "before",
        f"words {min(abs(token - telling.token).bit_length(), 6)}",
    }
    if place.lat is None:
        names.add("unknown")
    if place.relation:
        names.add("relation")
    if token in telling.objects:
        names.add("is object")
    if token in telling.subjects:
        names.add("is subject")
    if token in telling.anchors:
        names.add("is anchor")
    names.update(f"trigger up {tree.dep[node]}" for node in way.trigger)
    clauses = [tree.dep[node] for node in way.place if tree.dep[node] in CLAUSES or _verbal_conj(tree, node)]
    names.update(f"place in {dep}" for dep in clauses)
    names.add(f"clauses {min(len(clauses), 3)}")
    preps = [tree.low[node] for node in way.place if tree.dep[node] in {"prep", "agent"}]
    names.add(f"preps {min(len(preps), 3)}")
    if preps:
        names.add(f"near prep {preposition(preps[0], lexicon, telling.type)}")
        names.add(f"far prep {preposition(preps[-1], lexicon, telling.type)}")
    if way.place:
        edge = tree.dep[way.place[-1]]
        names.add(f"edge {edge}")
        if any(node in telling.subjects for node in way.place[1:]):
            names.add("in subject")
        if any(node in telling.objects for node in way.place[1:]):
            names.add("in object")
        if edge in {"prep", "agent"} and len(preps) == 1 and len(way.place) == 2:
            names.add(f"direct {preposition(preps[0], lexicon, telling.type)}")
    names.add(f"way {signature(scope, way, lexicon, telling.type)}")
    for host in way.place[1:]:
        if tree.is_nominal(host) and host not in scope.places:
            names.add(f"host {kind_at(scope, host, lexicon)}")
            names.add(f"host dep {tree.dep[host]}")
            break
    if any(tree.of(node, "npadvmod") for node in way.place[:4]):
        names.add("measured")
    first = next((i for i in range(tree.size) if tree.pos(i) == "noun"), 0)
    if token <= first + 1:
        names.add("fronted" if tree.tag[0] == "IN" else "first")
    if token < 4 and tree.word(token).isupper() and len(tree.word(token)) > 3:
        names.add("dateline")
    before = tree.low[token - 1] if token else ""
    if before in {"-", "("}:
        names.add("glued or in brackets")
    return names


def _verbal_conj(tree: Tree, node: int) -> bool:
    return tree.dep[node] == "conj" and tree.pos(node) == "verb"


def _crossed(names: set[str]) -> set[str]:
    """Pairs of features that mean something only together."""
    rule = next((n for n in names if n.startswith("rule ")), "rule none")
    type_ = next((n for n in names if n.startswith("type ")), "")
    near = next(
        (n for n in names if n.startswith("near prep ")), next(n for n in names if n.startswith("dep "))
    )
    kind = next((n for n in names if n.startswith("kind ")), "")
    pairs = {f"{rule} & {near}", f"{rule} & {kind}", f"{rule} & {type_}", f"{type_} & {near}"}
    for name in names:
        if name.startswith(
            (
                "host ",
                "edge ",
                "happening on",
                "noun happening on",
                "object ",
                "clauses ",
                "above ",
                "under a place ",
                "trigger up ",
                "another ",
                "finer place",
            )
        ):
            pairs.add(f"{rule} & {name}")
            pairs.add(f"{near} & {name}")
    return pairs


def _governors(tree: Tree, telling: Telling, token: int) -> set[str]:
    """Lemmas of the trigger and of what stands over it and over the place."""
    names = {f"trigger lemma {tree.lemma[telling.token]}"}
    for prefix, start, reach in (("place under", token, 5), ("trigger under", telling.token, 2)):
        node = start
        for _ in range(reach):
            if tree.head[node] == node:
                break
            node = tree.head[node]
            names.add(f"{prefix} {tree.lemma[node]}")
    return names
