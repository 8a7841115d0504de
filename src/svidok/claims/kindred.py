"""Places that a sentence gives a happening by what it tells beside it: its twin, its cause, a fight.

"Killed" is a crime and a loss at one place; who died "as a result of the shelling of X" died there, who fell
"during the defence of X" fell there, and of "X is a town which was destroyed" X was destroyed.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from svidok.atlas.lexicon import Lexicon
from svidok.claims.elsewhere import TOWARDS
from svidok.claims.kinds import Scope, kinds_of
from svidok.claims.scene import OUTCOMES, SCENELESS, VIOLENT, Draft
from svidok.claims.ways import lifted

__all__ = ["fought_at", "predicated", "share", "whither_fired"]

DEFENCES = frozenset({"defence", "defense"})
AT = frozenset({"of", "for", "at", "near", "in"})
CAUSES = frozenset({"result", "consequence", "because", "due"})


def predicated(scope: Scope, draft: Draft) -> int | None:
    """The place of which a clause on its predicate tells ("X is a town which was destroyed")."""
    tree = scope.tree
    node = draft.token
    while tree.dep[node] in {"conj", "xcomp"} and tree.head[node] != node:
        node = tree.head[node]
    noun = tree.head[node]
    if tree.dep[node] != "relcl" or tree.dep[noun] != "attr" or noun not in draft.frame.objects:
        return None
    return next((scope.places[one] for one in tree.of(tree.head[noun], "nsubj") if one in scope.places), None)


def fought_at(scope: Scope, draft: Draft, lexicon: Lexicon) -> set[int]:
    """Where the fight was during which something happened ("killed during the defence of X")."""
    tree = scope.tree
    found: set[int] = set()
    for during in (kid for anchor in draft.frame.anchors for kid in tree.of(anchor, "prep")):
        if tree.low[during] not in {"during", "in"}:
            continue
        for fight in tree.of(during, "pobj"):
            if tree.lemma[fight] not in DEFENCES and "fighting" not in kinds_of(scope, fight, lexicon):
                continue
            for at in tree.of(fight, "prep"):
                if tree.low[at] in AT:
                    found.update(scope.places[one] for one in tree.of(at, "pobj") if one in scope.places)
    return {number for number in found if scope.mentions.places[number].kind not in {"country", "region"}}


def whither_fired(scope: Scope, draft: Draft, origins: Set[int], lexicon: Lexicon) -> set[int]:
    """At what something was fired, where the parser hangs it on whence ("fired from Crimea at Odesa").

    Args:
        scope: the sentence.
        draft: the happening.
        origins: the places that are no scene of it.
        lexicon: for the nouns of land that a place names ("the territory of X").
    """
    tree = scope.tree
    if draft.type not in VIOLENT:
        return set()
    whence = {top for n in origins for top in (scope.place_tokens[n], lifted(scope, n, lexicon))}
    return {
        number
        for number, token in scope.place_tokens.items()
        if tree.dep[token] == "pobj"
        and tree.low[tree.head[token]] in TOWARDS
        and tree.head[tree.head[token]] in whence
    }


def share(scope: Scope, drafts: Sequence[Draft]) -> None:
    """Let happenings of a sentence that plainly are of one scene share it, in place."""
    told = [draft for draft in drafts if draft.type not in SCENELESS]
    first = {draft.token: draft for draft in told if not draft.also}
    for draft in told:
        main = first.get(draft.token)
        if draft.also and main is not None and main.places:
            draft.places = dict(main.places)
        elif not draft.places:
            _from_cause(scope, draft, told)


def _from_cause(scope: Scope, draft: Draft, told: Sequence[Draft]) -> None:
    for other in told:
        if other is draft or not other.places:
            continue
        if _is_caused(scope, draft, other):
            draft.places = dict.fromkeys(other.places, "")
            draft.notes.append("place of its cause")
            return


def _is_caused(scope: Scope, draft: Draft, other: Draft) -> bool:
    """Whether a loss is told as the result of an attack ("died as a result of the shelling of X")."""
    if draft.type not in OUTCOMES or other.type not in VIOLENT:
        return False
    tree = scope.tree
    above = {*draft.frame.anchors, *tree.up(draft.token)}
    cause = False
    for node in tree.up(other.token):
        if node in above:
            return cause
        cause = cause or tree.low[node] in CAUSES
    return False
