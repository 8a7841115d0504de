"""Which drafts tell of a happening, and which only point back, wish, or name a topic."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.claims.argument import argues
from svidok.claims.parse import Parsed
from svidok.claims.refine import VIOLENT
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.tree import Tree
from svidok.claims.witness import is_stance

__all__ = ["only_wished", "without_back_references"]

UNREAL = frozenset({"planned", "possible", "requested", "denied"})
AVOIDING = frozenset({"avoid", "avoiding", "prevent", "preventing", "stop", "block", "avert", "forestall"})
AIMS = frozenset({"capture", "battle", "siege", "withdraw", "move", "protest", "air_strike", "strike"})


def only_wished(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a happening is only what the author calls for ("they must leave"), or an incidental purpose."""
    standing = draft.standing
    if standing.wished and draft.speaker is None:
        return True
    if standing.modality in UNREAL and _is_authors_will(draft, lexicon):
        return True
    if draft.scope.tree.low[draft.scope.tree.head[draft.token]] == "nowhere":  # "nowhere to flee"
        return True
    if draft.match.sense.plover in {"RETREAT", "CONCEDE"} and standing.polarity == "negated":
        return draft.type == "negotiate"  # "refused to let them pass" lets nobody pass
    if draft.type == "aid" and not draft.quantities and is_stance(draft, lexicon):
        return not any(prep in {"with", "by"} for prep, _ in draft.frame.preps)  # "they support us"
    if draft.type in {"negotiate", "statement"} and _by_share(draft, lexicon):
        return True
    if draft.type == "battle" and not draft.places and _by_author(draft, lexicon):
        return True  # "we are fighting for freedom"
    if _is_gerund_topic(draft) or _of_those_who(draft) or _is_state_of(draft) or _is_lasting(draft, lexicon):
        return True
    if argues(draft, lexicon):
        return True
    if standing.polarity == "negated" and not AVOIDING.isdisjoint(standing.reasons):
        return standing.purpose or standing.modality == "planned"  # "withdrew to avoid encirclement"
    return standing.purpose and draft.type not in AIMS


def _by_share(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether those who agree or say are a share of those asked ("62 percent of the voters agreed")."""
    tree = draft.scope.tree
    shares = lexicon.words["poll_words"] - {"majority", "minority"}
    return any(tree.lemma[one] in shares or tree.low[one] in shares for one in draft.frame.subjects)


def _is_gerund_topic(draft: Draft) -> bool:
    """Whether a gerund only says what a noun is for ("her contribution to strengthening ties")."""
    tree, i = draft.scope.tree, draft.token
    if draft.type not in SOFT or tree.dep[i] != "pcomp" or tree.tag[i] != "VBG":
        return False
    prep = tree.head[i]
    return tree.pos(tree.head[prep]) == "noun" and not (draft.times or draft.quantities)


def _is_state_of(draft: Draft) -> bool:
    """Whether an adjective only tells for whom or whence something is ("people from devastated areas")."""
    tree, i = draft.scope.tree, draft.token
    if draft.frame.pos != "adj" or tree.dep[i] != "amod" or draft.quantities:
        return False
    noun = tree.head[i]
    prep = tree.head[noun]
    if tree.dep[noun] != "pobj" or tree.low[prep] not in {"for", "from"}:
        return False
    return tree.low[prep] == "for" or (tree.pos(tree.head[prep]) == "noun" and not tree.of(noun, "det"))


def _is_lasting(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a clause only tells how something named stood ("the squadron stationed at Tsingtao")."""
    tree, i = draft.scope.tree, draft.token
    if draft.type not in LASTING or tree.lemma[i] not in lexicon.words["lasting_verbs"]:
        return False
    start, end = tree.offsets(*tree.edges(i))
    told = (draft.scope.mentions.times[number] for number in draft.times)
    dated = any(one.type != "DURATION" and start <= one.start < end for one in told)
    return tree.dep[i] in {"acl", "relcl", "csubjpass"} and not dated


LASTING = frozenset({"capture", "move", "prepare", "base"})


def _of_those_who(draft: Draft) -> bool:
    """Whether a relative clause only says whom one means ("those who died", "all who defend us")."""
    tree = draft.scope.tree
    for node in tree.up(draft.token):
        if tree.dep[node] == "relcl":
            return tree.low[tree.head[node]] in GENERIC and not (
                draft.places or draft.times or draft.quantities
            )
    return False


GENERIC = frozenset(
    {"those", "all", "anyone", "everyone", "everybody", "anybody", "whoever", "one", "someone"}
)


def _is_authors_will(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether the author's "we" or "I" governs what is wanted, demanded or feared."""
    tree = draft.scope.tree
    for node in tree.up(draft.token):
        subjects = tree.of(node, "nsubj") if node != draft.token else []
        if subjects and all(tree.low[one] in lexicon.words["first_person"] for one in subjects):
            return draft.speaker is None
    return False


def _by_author(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether those who act are only "we", "I" or "you"."""
    words = [draft.scope.tree.low[one] for one in draft.frame.subjects]
    return bool(words) and all(word in lexicon.words["first_person"] or word == "you" for word in words)


BACKGROUND = frozenset(
    {"invasion", "war", "conflict", "occupation", "hostility", "operation", "campaign", "violence"}
)


def _sets_time(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun only dates something else ("since the attack on", "on the day of the invasion")."""
    prep = tree.head[noun]
    if tree.dep[noun] != "pobj":
        return False
    if tree.low[prep] in lexicon.words["time_prepositions"]:
        return True
    return tree.low[prep] == "of" and "time" in lexicon.kinds_of(tree.lemma[tree.head[prep]])


def _lasts(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun tells what filled a counted stretch of time ("three days of shelling")."""
    prep = tree.head[noun]
    above = tree.head[prep]
    counted = bool(tree.of(above, "nummod")) and "time" in lexicon.kinds_of(tree.lemma[above])
    return tree.dep[noun] in {"pobj", "pcomp"} and tree.low[prep] == "of" and counted


def _after_one(tree: Tree, noun: int) -> bool:
    """Whether a noun newly tells what went before ("fell after a battle", "after a night of raids")."""
    top = noun
    while tree.dep[top] == "pobj" and tree.low[tree.head[top]] == "of":
        top = tree.head[tree.head[top]]
    new = any(tree.low[kid] in {"a", "an"} for kid in tree.of(top, "det"))
    return (
        new and tree.dep[top] == "pobj" and tree.low[tree.head[top]] in {"after", "in", "during", "following"}
    )


def _is_topic(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun is only what something is for or about ("measures for the evacuation of civilians")."""
    prep = tree.head[noun]
    if tree.dep[noun] != "pobj" or tree.low[prep] not in lexicon.words["topical_prepositions"]:
        return False
    above = tree.head[prep]
    return tree.pos(above) != "verb" and tree.lemma[above] not in lexicon.words["showing_nouns"]


LOCATING = frozenset({"in", "at", "near", "on", "outside", "around", "across", "over", "within"})


def _bequeath(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Leave the place and time of a noun that is no claim to the happening that it hangs on."""
    if draft.inherited or not (draft.places or draft.times):
        return
    tree = draft.scope.tree
    beside = [one for one in drafts if one.sentence == draft.sentence and one.token != draft.token]
    places = {
        number: prep
        for number, prep in draft.places.items()
        if prep in LOCATING or draft.scope.mentions.places[number].kind not in {"country", "region"}
    }  # "the aggression by Russia" was not in Russia
    for node in tree.up(draft.token):
        for one in beside:
            if node in one.frame.anchors and one.type not in SCENELESS:
                one.places = one.places or dict(places)
                one.times = one.times or list(draft.times)
                return


def without_back_references(drafts: list[Draft], parsed: Sequence[Parsed], lexicon: Lexicon) -> list[Draft]:
    """Drop nouns that only point back ("the attack"), block by block."""
    told: set[tuple[int, str]] = set()
    placed: set[tuple[str, str]] = set()
    kept = []
    for draft in drafts:
        block = parsed[draft.sentence].sentence.block
        if _informative(draft, lexicon, block, told) and not _told_there(draft, placed):
            kept.append(draft)
            told.add((block, _family(draft)))
            if draft.standing.polarity == "affirmed" and draft.standing.modality not in UNREAL:
                placed |= _spots(draft)
        else:
            _bequeath(draft, drafts)
    return kept


def _spots(draft: Draft) -> set[tuple[str, str]]:
    """The type of a happening with each place that its own sentence gives it."""
    places = [] if draft.inherited else [draft.scope.mentions.places[n] for n in draft.places]
    return {(draft.type, place.key or place.text) for place in places}


def _put_at(tree: Tree, noun: int) -> bool:
    """Whether a verb sets a number beside losses ("raised the toll to 250", "put casualties at 80")."""
    preps = tree.of(tree.head[noun], "prep") if tree.dep[noun] in {"dobj", "nsubjpass"} else []
    told = [one for prep in preps if tree.low[prep] in {"to", "at"} for one in tree.of(prep, "pobj")]
    return any(tree.tag[one] == "CD" or tree.of(one, "nummod", "quantmod") for one in told)


def _told_there(draft: Draft, placed: set[tuple[str, str]]) -> bool:
    """Whether a definite noun only points back to what was told of its places ("the fall of Guernica")."""
    if draft.frame.pos != "noun" or draft.quantities or (draft.times and not draft.time_inherited):
        return False
    definite = any(draft.scope.tree.low[kid] == "the" for kid in draft.scope.tree.of(draft.token, "det"))
    spots = _spots(draft)
    return definite and draft.type in ONCE and bool(spots) and spots <= placed


ONCE = frozenset({"capture", "withdraw"})  # what befalls a place once at a time; battles for it may be many


def _family(draft: Draft) -> str:
    """Attacks of any means refer back to one another ("the blast", "the attack")."""
    return "violence" if draft.type in VIOLENT else draft.type


# types whose nouns ("talks", "aid") are mostly topics, unless told with a place, a day or a number
SOFT = frozenset({"aid", "negotiate", "displace", "alert", "prepare", "statement"})

ARGUMENTS = frozenset({"of", "on", "against", "by", "between", "upon", "into"})


def _informative(draft: Draft, lexicon: Lexicon, block: int, told: set[tuple[int, str]]) -> bool:
    """Whether a noun tells of a happening rather than refers back to one; ``told`` is what stands before."""
    frame = draft.frame
    if frame.pos != "noun" or draft.match.sense.bare:
        return True
    tree: Tree = draft.scope.tree
    i = draft.token
    if tree.lemma[i] in lexicon.words["counted_nouns"]:
        return bool(tree.of(i, "nummod"))  # "12,000 prisoners", not "the prisoners of the fort"
    own = bool((draft.places and not draft.inherited) or draft.quantities or tree.of(i, "nummod"))
    own = own or (draft.type == "casualties" and _put_at(tree, i))
    definite = any(
        tree.dep[kid] == "det" and tree.low[kid] in lexicon.words["back_references"] for kid in tree.kids[i]
    )
    if any(tree.low[kid] in lexicon.words["ordinals"] for kid in tree.of(i, "amod", "det")):
        definite, own = False, own or frame.light_kind == "occur" or bool(tree.dep[i] == "nsubj")
    if definite and not draft.quantities and _sets_time(tree, i, lexicon):
        return False
    plain = draft.standing.modality in {"asserted", "reported"}
    if not draft.quantities and plain and _is_topic(tree, i, lexicon):
        return False
    if tree.lemma[i] in BACKGROUND:
        dated = bool(draft.times and not draft.time_inherited)
        return dated or bool(draft.quantities) or frame.light_kind in {"act", "occur"}
    if definite and tree.dep[i] == "dobj" and tree.of(tree.head[i], "oprd"):
        return False  # "called the deaths a mistake"
    if frame.light_kind in {"act", "suffer"}:
        return True
    told_apart = own or bool(draft.times and not draft.time_inherited)
    if any(tree.low[kid] == "any" for kid in tree.of(i, "det")) and draft.standing.modality != "denied":
        return False
    back = definite and set(draft.standing.reasons) == {"attributed"}  # "condemned the attack"
    if draft.standing.reasons and not back and tree.dep[i] in {"dobj", "nsubjpass"}:
        return True
    if _lasts(tree, i, lexicon) or (draft.type in VIOLENT and _after_one(tree, i)):
        return True
    occurs = frame.light_kind in {"occur", "end"}
    with_arguments = any(tree.dep[kid] == "prep" and tree.low[kid] in ARGUMENTS for kid in tree.kids[i])
    if draft.type in SOFT and not (told_apart or occurs or draft.standing.reasons):
        return False
    if definite:
        dated = bool(draft.times and not draft.time_inherited)  # "the bombardment ceased on 22 February"
        return own or with_arguments or (occurs and (dated or (block, _family(draft)) not in told))
    return own or occurs or with_arguments or bool(draft.actors or draft.targets)
