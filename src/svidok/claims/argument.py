"""What an author argues rather than tells: what such people do, what would be, what never was."""

from __future__ import annotations

from svidok.atlas.lexicon import Lexicon
from svidok.claims.scene import Draft
from svidok.claims.tree import Tree

__all__ = ["argues"]

GENERIC_DETERMINERS = frozenset({"a", "an", "any", "every", "each", "no"})
HYPOTHETICAL = frozenset({"would", "could", "might", "'d"})
DEFINITE = frozenset({"the", "this", "these"})
PRESENT = frozenset({"now", "today", "still", "tonight", "currently", "again"})
DEFINING = frozenset({"mean", "be"})
DOCTRINE = ("ism",)
RATHER_REACH = 8


def argues(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a happening is no news but a step of an argument of the author.

    Generic truths ("imperialists bomb and the poor bury their dead", "an army that surrounds a town"), what
    would follow from a condition ("if they loved peace, they would lay down their arms"), what is liked
    better than something else ("would rather burn the town than lose it"), what has never been, and what
    nobody gets anything but ("offers them nothing but hunger"). What a speaker says is told, so it stays.
    """
    if draft.speaker is not None:
        return False
    tree, i = draft.scope.tree, draft.token
    if _is_rather(tree, i) or _is_nothing_but(tree, i) or _is_condition(tree, i):
        return True
    if draft.times or draft.quantities:
        return False
    if draft.frame.pos == "noun":
        return _is_compared(tree, i, lexicon)
    if draft.places:
        return False
    return _is_never(tree, i) or _is_defined(tree, i) or (draft.frame.pos == "verb" and _is_generic(draft))


def _is_defined(tree: Tree, noun: int) -> bool:
    """Whether a bare subject is told what it means ("shelling means firing projectiles")."""
    verb = tree.head[noun]
    means = tree.dep[noun] == "nsubj" and tree.lemma[verb] == "mean" and tree.tag[verb] == "VBZ"
    return means and not tree.of(noun, "det", "poss", "amod")


def _is_generic(draft: Draft) -> bool:
    """Whether a verb in the present tense tells what such people or things do.

    Only subjects that name nobody in particular are such: with "a", "any", "every", or in the plural with
    no article, number, nationality or name where the clause names nothing certain either; in a sentence of
    its own, for headings tell news so.
    """
    tree, i = draft.scope.tree, draft.token
    if (
        tree.tag[i] == "VBG"
        and tree.dep[i] in {"csubj", "xcomp"}
        and tree.tag[tree.head[i]] in {"VBZ", "VBP"}
    ):
        return tree.lemma[tree.head[i]] in DEFINING  # "shelling means firing projectiles"
    clause = next((node for node in tree.up(i) if tree.dep[node] == "relcl"), None)
    whom = [tree.head[clause]] if clause is not None else list(draft.frame.subjects)
    if any(tree.low[one] == "will" for one in tree.of(i, "aux")):  # "a town that resists will be burnt"
        anyone = [one for one in tree.of(i, "nsubj", "nsubjpass") if _names_any(tree, one)]
        return any(_is_simple_present(tree, kid) for one in anyone for kid in tree.of(one, "relcl"))
    if not (_is_simple_present(tree, i) or (clause is not None and _is_simple_passive(tree, i))):
        return False
    if any(_names_any(tree, one) for one in (*draft.frame.subjects, *whom)):
        return True
    if "CD" in tree.tag or not tree.text.rstrip("\"'”’)").endswith((".", "!")):
        return False
    if _names_something(tree, i):
        return False
    return any(_is_such_people(draft, one, told=clause is not None) for one in whom)


def _is_simple_present(tree: Tree, verb: int) -> bool:
    if tree.low[verb].endswith("ed"):
        return False  # a past that looks like a present
    helpers = [tree.low[one] for one in tree.of(verb, "auxpass", "aux")]
    return (tree.tag[verb] in {"VBZ", "VBP"} and not helpers) or helpers in (["do"], ["does"])


def _is_simple_passive(tree: Tree, verb: int) -> bool:
    """Whether a passive tells no more than that it is so ("who are massacred")."""
    return tree.tag[verb] == "VBN" and [tree.tag[one] for one in tree.of(verb, "auxpass", "aux")] in (
        ["VBZ"],
        ["VBP"],
    )


def _names_something(tree: Tree, verb: int) -> bool:
    """Whether a clause names a certain thing or time ("now control the airport")."""
    told = tree.of(verb, "dobj")
    told += [
        one for prep in tree.of(verb, "prep") if tree.low[prep] != "than" for one in tree.of(prep, "pobj")
    ]
    return any(tree.low[kid] in DEFINITE for one in told for kid in tree.of(one, "det")) or any(
        tree.low[kid] in PRESENT for kid in tree.of(verb, "advmod", "npadvmod")
    )


def _names_any(tree: Tree, noun: int) -> bool:
    return any(tree.low[kid] in GENERIC_DETERMINERS for kid in tree.of(noun, "det"))


def _is_such_people(draft: Draft, noun: int, *, told: bool) -> bool:
    """Whether a noun is a plural that nothing makes definite ("nationalists", "free men"), or a doctrine.

    With a clause that tells who they are (``told``) the article may stand: "the generals who plunder it".
    """
    tree = draft.scope.tree
    if tree.tag[noun] == "NN" and tree.low[noun].endswith(DOCTRINE) and not tree.of(noun, "det", "poss"):
        return True
    if tree.tag[noun] not in ({"NNS", "NNPS"} if noun == 0 else {"NNS"}):
        return False
    actor = draft.scope.actors.get(noun)
    if (actor is not None and actor.side) or tree.of(noun, "poss", "nummod", "compound"):
        return False
    if not told and tree.of(noun, "det", "prep", "acl"):
        return False
    return not any(tree.word(kid)[0].isupper() for kid in tree.kids[noun] if 0 < kid < noun)


def _is_condition(tree: Tree, i: int) -> bool:
    """Whether a happening would follow from what an "if" in the past tense supposes."""
    for node in tree.up(i):
        modal = any(tree.low[one] in HYPOTHETICAL for one in tree.of(node, "aux"))
        for clause in tree.of(node, "advcl") if modal else ():
            supposed = any(tree.low[one] == "if" for one in tree.of(clause, "mark"))
            if supposed and "VBD" in {tree.tag[one] for one in (clause, *tree.of(clause, "aux", "auxpass"))}:
                return True
        if tree.dep[node] not in {"conj", "xcomp"}:
            return False
    return False


def _is_rather(tree: Tree, i: int) -> bool:
    """Whether somebody only likes one thing better than another ("would rather die than lose it")."""
    return any(
        tree.low[k] in {"rather", "sooner"} and tree.low[k - 1] in HYPOTHETICAL
        for k in range(max(1, i - RATHER_REACH), i)
    )


def _is_nothing_but(tree: Tree, i: int) -> bool:
    """Whether a noun is all that somebody gets ("nothing but war, famine and displacement")."""
    for node in tree.up(i):
        if tree.low[node] == "nothing":
            return any(tree.low[kid] == "but" and kid < i for kid in tree.of(node, "prep"))
        if tree.dep[node] not in {"conj", "pobj", "prep", "appos"}:
            return False
    return False


def _is_compared(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """Whether a noun is only likened ("recalls what happened at Oradour, among other atrocities")."""
    if tree.dep[i] == "pobj" and tree.low[tree.head[i]] == "among":
        return any(tree.low[kid] == "other" for kid in tree.of(i, "amod"))
    for node in tree.up(i):
        if tree.dep[node] in {"nsubj", "dobj"}:
            return tree.lemma[tree.head[node]] in lexicon.words["comparing_verbs"]
        if tree.dep[node] not in {"conj", "pobj", "prep"}:
            return False
    return False


def _is_never(tree: Tree, i: int) -> bool:
    """Whether a verb tells what nobody has ever done ("no army has ever captured")."""
    said = {tree.low[kid] for kid in tree.of(i, "advmod", "neg")}
    nobody = any(tree.low[kid] == "no" for one in tree.of(i, "nsubj") for kid in tree.of(one, "det"))
    return "ever" in said and nobody
