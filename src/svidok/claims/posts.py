"""The day of a post: whether it dates what the post tells, or closes what has come together until then."""

from __future__ import annotations

from svidok.atlas.lexicon import Lexicon
from svidok.claims.calendar import tense_of
from svidok.claims.narrative import SETTLED
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.tree import Tree
from svidok.records import Document, TimeSpan

__all__ = ["POST", "date_of_post", "is_now", "is_so_far"]

POST = 600  # characters up to which a dated text counts as a post


def date_of_post(document: Document) -> TimeSpan | None:
    """The day of a short dated post, which dates what it tells in the present tense."""
    if document.published is None or len(document.text) > POST:
        return None
    return TimeSpan(document.published, document.published, document.published, None, inherited=True)


def is_now(draft: Draft) -> bool:
    """Whether a happening is told in the present or present perfect, or without a verb, as a post does."""
    if draft.standing.modality not in SETTLED or draft.standing.purpose:
        return False
    tree: Tree = draft.scope.tree
    if _is_total(draft):
        return False
    for node in tree.up(draft.token):
        if tree.pos(node) != "verb":
            continue
        tags = {tree.tag[kid] for kid in tree.of(node, "aux", "auxpass")} | {tree.tag[node]}
        if tags & {"VBD", "MD"}:
            return False
        if tags & {"VBZ", "VBP"}:
            return True
    return bool(tree.tag[tree.head[draft.token]] != "VBD")


def is_so_far(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a happening is told as what has come together so far: its end is the post's day.

    A sum ("14,000 were killed so far"), or what has gone on since another happening ("the army has
    taken 200,000 children since the beginning of the invasion").
    """
    if draft.standing.modality not in SETTLED or draft.standing.purpose:
        return False
    tree = draft.scope.tree
    if draft.quantities:
        sentence = " ".join(tree.low)
        if any(words in sentence for words in lexicon.words["so_far_phrases"]):
            return True
    verb = next((node for node in tree.up(draft.token) if tree.pos(node) == "verb"), None)
    if verb is None or draft.type in SCENELESS or tense_of(tree, verb) not in {"so far", "present"}:
        return False
    return any(tree.low[kid] in lexicon.words["since_words"] for kid in tree.of(verb, "prep"))


def _is_total(draft: Draft) -> bool:
    """Whether a perfect tense tells how many there are so far ("thousands have fled") or what was asked."""
    tree = draft.scope.tree
    have = [kid for kid in tree.of(draft.token, "aux") if tree.low[kid] in {"have", "has", "'ve"}]
    if not have or tree.tag[0] == "CD":  # an hour opens the sentence
        return False
    if draft.type in SCENELESS:
        return True
    surface = tree.of(draft.token, "nsubj", "nsubjpass")
    return any(tree.tag[one] == "CD" or _is_counted(draft, one) for one in surface)


def _is_counted(draft: Draft, noun: int) -> bool:
    """Whether a number stands at a noun or the noun is a number ("80,000 people", "thousands")."""
    tree = draft.scope.tree
    first, last = tree.phrase(noun)
    span = (tree.start[first], tree.end[last])
    return any(
        span[0] <= draft.scope.mentions.quantities[number].start < span[1]
        for numbers in draft.scope.quantities.values()
        for number in numbers
    )
