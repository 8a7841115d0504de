"""One draft where several words tell one thing: light verbs, tolls, outcomes."""

from __future__ import annotations

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Scope
from svidok.claims.refine import BY_MEANS, VIOLENT
from svidok.claims.scene import Draft
from svidok.claims.tree import Tree

__all__ = ["merge", "without_results"]


def merge(scope: Scope, drafts: list[Draft]) -> list[Draft]:
    """One draft where a light verb and its noun, or a verb and its cognate object, tell one thing."""
    dropped: set[int] = set()
    by_token = {draft.token: draft for draft in drafts if not draft.also}
    for draft in drafts:
        frame = draft.frame
        if draft.also or frame.pos != "noun":
            continue
        above = frame.light if frame.light is not None else scope.tree.head[draft.token]
        governor = by_token.get(above)
        if governor is None or governor is draft:
            continue
        same = governor.type == draft.type
        lent = frame.light == governor.token
        held = any(one == draft.token for _, one in governor.frame.preps)
        if same and governor.type not in VIOLENT and (held or scope.tree.dep[governor.token] == "acl"):
            dropped.add(id(draft if held else governor))
        elif same and lent and draft.token in governor.frame.subjects:
            dropped.add(id(governor))  # "artillery fire hit": the noun names it
        elif same and (draft.token in governor.frame.objects or draft.token in governor.frame.subjects):
            dropped.add(id(draft))
        elif (
            frame.light_kind in {"act", "suffer"}
            and draft.token in governor.frame.objects
            and governor.type != "statement"
            and governor.match.score < 1.0
        ):
            dropped.add(id(governor))
    spoken = {one: draft for draft in by_token.values() for one in draft.match.tokens if one != draft.token}
    dropped.update(id(draft) for draft in drafts if _is_spoken(draft, spoken.get(draft.token)))
    kept = _once([draft for draft in drafts if id(draft) not in dropped], scope.tree)
    return _one_toll(scope, kept)


def _is_spoken(draft: Draft, verb: Draft | None) -> bool:
    """Whether a word is only one of a verb's own ("left homeless", "put on alert").

    What a saying names and what strikes is told beside it ("came under mortar fire").
    """
    if verb is None:
        return False
    named = draft.frame.pos == "noun" and draft.type not in VIOLENT
    return verb.type == draft.type or (verb.type != "statement" and named)


def _once(drafts: list[Draft], tree: Tree) -> list[Draft]:
    """One draft where a verb only says that an attack, named beside it, struck, or what it was for.

    "The shelling hit the market" and "a strike hitting the plant" are told by the noun, "hit by a strike" by
    the verb, "gathered to protest" by the first verb.
    """
    dropped: set[int] = set()
    own = [draft for draft in drafts if not draft.also]
    for verb in (draft for draft in own if draft.frame.pos == "verb"):
        means = {one for name, one in verb.frame.preps if name in {"by", "with"}}
        for other in own:
            if other is verb or id(verb) in dropped or id(other) in dropped:
                continue
            bare = verb.standing.purpose and not (verb.frame.objects or verb.frame.preps)
            if bare and verb.type == other.type and tree.head[verb.token] == other.token:
                dropped.add(id(verb))
            if not (verb.type in VIOLENT and other.type in VIOLENT):
                continue
            suffered = verb.frame.passive or tree.tag[verb.token] == "VBN"
            if suffered and other.token in means.union(verb.frame.subjects):
                dropped.add(id(other))
                verb.frame.anchors.append(other.token)
            elif not suffered and verb.type in BY_MEANS and other.token in verb.frame.subjects:
                dropped.add(id(verb))
                other.frame.anchors.append(verb.token)
                other.frame.objects.extend(verb.frame.objects)
    return [draft for draft in drafts if id(draft) not in dropped]


def _one_toll(scope: Scope, drafts: list[Draft]) -> list[Draft]:
    """Killed, wounded and captured of one clause make one claim with several numbers."""
    tree = scope.tree
    tolls = [draft for draft in drafts if draft.type == "casualties" or _is_counted_capture(tree, draft)]
    joined: set[int] = set()
    within = {id(draft): {draft.token} for draft in tolls}
    for draft in tolls:
        for other in tolls:
            if other is draft or id(other) in joined or id(draft) in joined or other.type != "casualties":
                continue
            if (
                _same_clause(tree, draft.token, within[id(other)])
                or _run_on(tree, other.token, draft.token)
                or _summed(tree, draft.token, other.token)
            ):
                joined.add(id(draft))
                within[id(other)] |= within[id(draft)]
                other.frame.anchors.extend(
                    one for one in draft.frame.anchors if one not in other.frame.anchors
                )
                other.frame.objects.extend(
                    one for one in draft.frame.objects if one not in other.frame.objects
                )
    return [draft for draft in drafts if id(draft) not in joined]


def _is_counted_capture(tree: Tree, draft: Draft) -> bool:
    """Whether a detention is the counted captured of a toll ("40 dead and 300 captured")."""
    counted = tree.head[draft.token]
    return draft.type == "detain" and tree.dep[draft.token] == "acl" and tree.tag[counted] == "CD"


def _summed(tree: Tree, token: int, losses: int) -> bool:
    """Whether a count is what losses come to ("losses came to four killed and eleven wounded")."""
    i = token
    while tree.dep[i] in {"pobj", "conj", "prep", "amod", "acl"} and tree.head[i] != i:
        i = tree.head[i]
    return tree.dep[losses] == "nsubj" and tree.head[losses] == i != token


def _run_on(tree: Tree, first: int, second: int) -> bool:
    """Whether two counts follow one another without a verb of their own ("75 wounded, 46 missing")."""
    if not 0 < second - first <= 5:
        return False
    between = range(first + 1, second)
    return all(tree.tag[i] in {"CD", ",", "CC", "NNS", "NN", "JJ", "IN", "RB"} for i in between) and any(
        tree.tag[i] == "CD" for i in between
    )


JOINED = frozenset({"conj", "acl", "oprd", "acomp", "amod", "dobj", "advcl"})


def _same_clause(tree: Tree, token: int, others: set[int]) -> bool:
    """Whether a trigger is coordinated with one of others, or hangs on what that one counts."""
    i = token
    for _ in range(6):
        above = tree.head[i]
        part = tree.dep[i] == "pobj" or (tree.dep[i] == "prep" and tree.low[i] == "including")
        if above == i or not (part or tree.dep[i] in JOINED):
            return False
        if tree.dep[i] == "advcl" and tree.of(i, "mark"):
            return False
        if above in others:
            return True
        i = above
    return False


def without_results(scope: Scope, drafts: list[Draft], lexicon: Lexicon) -> list[Draft]:
    """A killing that is told as the outcome of an attack gives casualties, not a second attack."""
    tree = scope.tree
    violent = {draft.token for draft in drafts if draft.type in VIOLENT and not draft.also}
    wanting = {one for draft in drafts if draft.type == "deprive" for one in draft.frame.objects}
    moved = {one for draft in drafts if draft.type == "displace" for one in draft.frame.objects}
    kept = []
    for draft in drafts:
        told = violent.intersection(draft.frame.subjects) - {draft.token}
        if draft.also and draft.type in VIOLENT and told:
            continue  # "the shelling killed": the shelling is told by its own noun
        if draft.type == "attack_civilians" and draft.frame.subjects and _by_a_thing(tree, draft):
            continue  # "the first one hit the stairs and killed my brother"
        implied = draft.type in VIOLENT and (draft.also or "casualties" in draft.match.sense.also)
        if implied and _is_outcome(tree, draft.token, violent, joined=draft.also):
            continue
        if draft.type == "casualties" and _are_moved(tree, draft.token, moved):
            continue  # "took out 109 wounded"
        if draft.type == "negotiate" and _is_passed(scope, draft, lexicon):
            continue  # "evacuated through the humanitarian corridor"
        if draft.type == "aid" and tree.dep[draft.token] == "acl":  # "doctors treating the wounded"
            continue
        if draft.type == "aid" and draft.frame.pos == "noun" and draft.token in wanting:
            continue  # "cut off supplies"
        kept.append(draft)
    return kept


def _is_passed(scope: Scope, draft: Draft, lexicon: Lexicon) -> bool:
    """Whether what was agreed is only the way that people take, or what is fired at."""
    tree, token = scope.tree, draft.token
    prep = tree.head[token]
    if draft.frame.pos != "noun" or tree.dep[token] != "pobj" or tree.pos(tree.head[prep]) != "verb":
        return False
    fired = tree.lemma[tree.head[prep]] in lexicon.words["firing_verbs"]
    return tree.low[prep] in ALONG or (fired and tree.low[prep] in {"at", "on"})


ALONG = frozenset({"through", "along", "via"})


def _are_moved(tree: Tree, token: int, moved: set[int]) -> bool:
    """Whether the wounded are only those whom somebody takes away."""
    if tree.low[token] not in {"wounded", "injured"}:
        return False
    bare = tree.tag[tree.head[token]] in {"CD", "DT"} and tree.head[token] in moved
    return token in moved or bare or (tree.tag[token - 1] == "CD" and token - 1 in moved)


THINGS = frozenset({"it", "this", "that", "which", "one"})


def _by_a_thing(tree: Tree, draft: Draft) -> bool:
    """Whether what killed is only pointed at as a thing, not as somebody."""
    return "casualties" in draft.match.sense.also and all(
        tree.low[one] in THINGS for one in draft.frame.subjects
    )


def _is_outcome(tree: Tree, token: int, violent: set[int], *, joined: bool) -> bool:
    """Whether a verb hangs on an attack told before it, as a participle or (``joined``) as a second verb."""
    i = token
    for _ in range(4):
        above, dep = tree.head[i], tree.dep[i]
        if above == i or dep not in {"advcl", "relcl", "conj"}:
            return False
        if dep == "conj" and tree.tag[i] != "VBG" and not joined:
            return False
        if above in violent:
            return True
        i = above
    return False
