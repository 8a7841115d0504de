"""What the grammar shows of a happening that bears on whether a careful reader would claim it at all.

Who or what stands at the predicate, in which clause, how well the sense fits, what else is told around it
and in the whole text: "took losses" among battles is one thing, "took part" in a text about films another.
:mod:`svidok.claims.trust` weighs these signs.
"""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.claims.fragments import is_fragment
from svidok.claims.kinds import kinds_of, look_through
from svidok.claims.scene import Draft

__all__ = ["signs_of"]

WARLIKE = frozenset(
    {
        "battle", "strike", "air_strike", "bomb", "chemical", "capture", "withdraw", "siege",
        "attack_civilians", "casualties", "destroy",
    }
)  # fmt: skip
NEAR = 2  # sentences within which another happening stands beside one
SHARES = (0.05, 0.15, 0.3, 0.6)  # warlike happenings a sentence, in steps
FITS = (0.0, 0.5, 1.0, 1.5, 2.0)  # how well a sense fits, in steps
TENSES = (
    ("past", frozenset({"VBD"})),
    ("present", frozenset({"VBZ", "VBP"})),
    ("modal", frozenset({"MD"})),
)
FIRST = frozenset({"i", "we", "me", "us", "you", "my", "our", "your"})


def signs_of(drafts: Sequence[Draft], sentences: int, lexicon: Lexicon) -> list[frozenset[str]]:
    """The names of the signs that each happening of one document shows, in order.

    Args:
        drafts: the happenings in the order of the text.
        sentences: how many sentences the document has.
        lexicon: for the kinds of nouns.
    """
    alone = "one sentence" if sentences == 1 else "more sentences"
    warlike = [draft.sentence for draft in drafts if draft.type in WARLIKE]
    shown = []
    told: set[tuple[int, str]] = set()
    for draft in drafts:
        names = _own(draft, lexicon)
        own = draft.type in WARLIKE
        names.add(alone)
        if is_fragment(draft.scope.tree):
            names.update(("fragment", f"fragment {alone}", f"fragment by {draft.frame.pos}"))
            names.add("fragment with a place" if draft.places else "fragment without a place")
        share = (len(warlike) - own) / max(sentences - 1, 1)
        names.add(f"war {sum(share >= step for step in SHARES)}")
        around = sum(abs(at - draft.sentence) <= NEAR for at in warlike) - own
        names.add(f"war near {min(around, 3)}")
        names.add(f"{draft.type} & war near {min(around, 1)}")
        if (draft.sentence, draft.type) in told:
            names.add("type again in sentence")
            names.add(f"{draft.type} again in sentence")
        if (draft.sentence - 1, draft.type) in told:
            names.add("type again after sentence")
        told.add((draft.sentence, draft.type))
        shown.append(frozenset(names))
    return shown


def _own(draft: Draft, lexicon: Lexicon) -> set[str]:
    tree, frame, token = draft.scope.tree, draft.frame, draft.token
    lemma = tree.lemma[token]
    names = {
        f"lemma {lemma} {draft.type}",
        f"words {draft.match.sense.id.partition('/')[0]}",
        f"by {frame.pos}",
        f"{draft.type} by {frame.pos}",
        f"tag {tree.tag[token]}",
        f"dep {tree.dep[token]}",
        f"{frame.pos} dep {tree.dep[token]}",
        f"fit {sum(draft.match.score >= step for step in FITS)}",
    }
    for role, tokens in (("subject", frame.subjects), ("object", frame.objects)):
        if not tokens:
            names.add(f"no {role}")
            names.add(f"{draft.type} no {role}")
        for one in tokens:
            if tree.low[one] in FIRST:
                names.add(f"{role} first person")
            kinds = kinds_of(draft.scope, look_through(draft.scope, one, lexicon), lexicon)
            names.update(f"{role} {kind}" for kind in kinds)
            names.update(f"{draft.type} {role} {kind}" for kind in kinds)
    names.update(f"prep {prep}" for prep, _ in frame.preps)
    names.update(f"standing {reason}" for reason in draft.standing.reasons)
    for name in ("passive", "bare", "shared"):
        if getattr(frame, name):
            names.add(name)
    if frame.light_kind is not None:
        names.add(f"light {frame.light_kind}")
    if draft.also:
        names.add("also")
    if frame.pos == "noun":
        given = {tree.low[kid] for kid in tree.of(token, "det")}
        names.add("noun given" if given & {"the", "this", "that", "these", "those"} else "noun new")
        if tree.tag[token] == "NNS":
            names.add("noun plural")
    tags = {tree.tag[kid] for kid in tree.of(token, "aux", "auxpass")} | {tree.tag[token]}
    if frame.pos == "verb":
        names.add(
            "past"
            if "VBD" in tags
            else "present"
            if tags & {"VBZ", "VBP"}
            else "modal"
            if "MD" in tags
            else "unfinite"
        )
    if FIRST & set(tree.low):
        names.add("persons in sentence")
    return names
