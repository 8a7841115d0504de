"""How a time of a sentence hangs on a happening of it: on which word, across which clauses, by what word."""

from __future__ import annotations

from svidok.claims.scene import Draft
from svidok.claims.tree import Tree

__all__ = ["clauses_between", "preposition_of", "told_how", "top_of", "way_of"]

STARTS = frozenset({"since", "from", "after"})
LIMITS = frozenset({"until", "till", "before", "by"})
RANGES = frozenset({"between", "during", "within", "over", "through", "throughout"})
POINTS = frozenset({"on", "in", "at"})
RELATIONS = (("start", STARTS), ("limit", LIMITS), ("range", RANGES), ("point", POINTS))
MOST = 3  # clauses between a time and a happening that are told apart
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "conj", "xcomp", "pcomp", "parataxis", "dep"})


def way_of(draft: Draft, token: int) -> tuple[str, int | None]:
    """How a time lies to the happening in the tree, and the word that it hangs on.

    ``at`` it, ``below`` it in another clause, in the clause ``above`` it, or ``aside``.
    """
    tree = draft.scope.tree
    host: int | None = None
    crossed = False
    path = list(tree.up(token))
    for node in path:
        if node in draft.frame.anchors:
            return "below" if crossed else "at", host
        if host is None and node != token and tree.dep[node] != "prep" and tree.tag[node] != "IN":
            host = node
        crossed = crossed or (tree.dep[node] in CLAUSES and tree.pos(node) == "verb")
    clause = next((node for node in path if tree.pos(node) == "verb"), path[-1])
    return ("above" if clause in tree.up(draft.token) else "aside"), host


def clauses_between(draft: Draft, token: int, way: str) -> list[str]:
    """By what relations the clauses hang that lie between a time and its happening, from the lower one up."""
    tree = draft.scope.tree
    low = token if way == "below" else draft.token
    stop = set(draft.frame.anchors) if way == "below" else set(tree.up(token))
    found = []
    for node in tree.up(low):
        if node in stop and node != low:
            break
        if tree.dep[node] in CLAUSES:
            apart = tree.dep[node] == "conj" and tree.of(node, "nsubj", "nsubjpass")
            found.append("conj apart" if apart else tree.dep[node])
    return found[:MOST]


def told_how(tree: Tree, token: int) -> frozenset[str]:
    """How a time stands in its own sentence: behind what word, in what clause, before or behind a verb."""
    clause = next((node for node in tree.up(token) if tree.pos(node) == "verb"), None)
    where = "none" if clause is None else "main" if tree.dep[clause] == "ROOT" else tree.dep[clause]
    first = not any(tree.pos(i) == "verb" for i in range(token))
    order = "first" if first else "later"
    return frozenset({f"set {preposition_of(tree, token)}", f"set in {where}", f"set {order}"})


def top_of(tree: Tree, start: int, end: int) -> int:
    """The token of a mention that governs its others."""
    tokens = [i for i in range(tree.size) if tree.start[i] < end and tree.end[i] > start] or [0]
    inside = set(tokens)
    return next((i for i in tokens if tree.head[i] == i or tree.head[i] not in inside), tokens[-1])


def preposition_of(tree: Tree, token: int) -> str:
    """What kind of preposition a time stands behind, by what it tells of the time."""
    above = tree.head[token]
    bare = tree.dep[token] not in {"pobj", "pcomp"} and tree.tag[above] != "IN"
    low = tree.low[token] if bare else tree.low[above]
    kind = next((name for name, words in RELATIONS if low in words), None)
    return kind or ("none" if bare else "of" if low == "of" else "other")
