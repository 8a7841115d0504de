"""The ACLED sub-event type, the PLOVER root and the confidence of each claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.atlas.ontology import Ontology
from svidok.claims.kinds import kinds_of, look_through
from svidok.claims.parse import Parsed
from svidok.claims.scene import Draft

__all__ = ["BY_MEANS", "VIOLENT", "refine"]

VIOLENT = frozenset({"battle", "strike", "air_strike", "bomb", "chemical", "attack_civilians"})
BY_MEANS = frozenset({"strike", "air_strike", "bomb", "chemical"})
HOSTILE = VIOLENT | {"capture", "siege", "detain", "abduct", "destroy"}
DONE = frozenset({"asserted", "reported", "announced"})
UNDONE = HOSTILE | {"protest"}
GENERIC = frozenset({"attack", "assault", "raid", "explosion", "blast", "strike", "operation", "offensive"})
NON_STATE = "Non-state actor overtakes territory"
STATE = "Government regains territory"
HANDED = "Non-violent transfer of territory"


def refine(drafts: list[Draft], parsed: Sequence[Parsed], lexicon: Lexicon, ontology: Ontology) -> None:
    """Fill ``acled``, ``plover`` and ``confidence`` of the drafts of one document, in place.

    The sub-event types follow the ACLED codebook: an attack is named after its means; a clash that
    changes who holds a place after that change; a place taken where the holder left is a
    non-violent transfer; a protest after what met it or what it did.
    """
    for draft in drafts:
        sense = draft.match.sense
        draft.acled = (None if draft.also else sense.acled) or ontology[draft.type].acled
        draft.plover = _root(draft, (None if draft.also else sense.plover) or ontology[draft.type].plover)
        if draft.type == "bomb":
            draft.acled = _device(draft) or draft.acled
    _said(drafts, lexicon)
    by_block: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_block[parsed[draft.sentence].sentence.block].append(draft)
    for group in by_block.values():
        _same_blast(group)
        _territory(group, lexicon)
        _means(group, lexicon)
        _protests(group, lexicon)
    for draft in drafts:
        if draft.type in UNDONE and not _happened(draft):
            draft.acled = None  # ACLED codes what took place
    for position, draft in enumerate(drafts):
        draft.confidence = _confidence(draft, position)


def _said(drafts: list[Draft], lexicon: Lexicon) -> None:
    """Name a plain "said" after what is said: that others must act, that one will help, or strike."""
    by_sentence: dict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_sentence[draft.sentence].append(draft)
    for draft in drafts:
        if draft.type != "statement" or draft.plover is not None:
            continue
        tree = draft.scope.tree
        content = tree.of(draft.token, "ccomp")
        if not content:
            continue
        modals = {lexicon.modals.get(tree.low[kid]) for kid in tree.of(content[0], "aux")}
        if "requested" in modals:
            draft.plover = "DEMAND"
            continue
        first, last = tree.edges(content[0])
        within = [
            one for one in by_sentence[draft.sentence] if first <= one.token <= last and one is not draft
        ]
        roots = {one.plover for one in within if one.standing.modality in {"planned", "possible"}}
        draft.plover = next(
            (root for root in ("THREATEN", "REJECT", "AGREE", "DEMAND") if root in roots), None
        )


def _territory(group: list[Draft], lexicon: Lexicon) -> None:
    """Who takes a place decides the name; a clash beside it is part of the taking."""
    taken: dict[int, str] = {}
    left = {draft.sentence for draft in group if draft.type == "withdraw" and _happened(draft)}
    for draft in group:
        if draft.type == "capture":
            draft.acled = HANDED if draft.sentence in left else _taker(draft, lexicon)
            if draft.standing.modality in DONE and draft.standing.polarity == "affirmed":
                taken[draft.sentence] = draft.acled
    for draft in group:
        if draft.type == "battle" and draft.sentence in taken:
            draft.acled = taken[draft.sentence]
        elif draft.type == "withdraw" and draft.sentence in taken:
            draft.acled = HANDED


def _happened(draft: Draft) -> bool:
    return draft.standing.modality in DONE and draft.standing.polarity == "affirmed"


def _taker(draft: Draft, lexicon: Lexicon) -> str:
    frame = draft.frame
    lost = draft.match.sense.roles.get("subject") in {"target", "place"}
    takers = [one for name, one in frame.preps if name == "to"] if lost else frame.subjects
    if _kinds(draft, takers, lexicon) & {"rebel"}:
        return NON_STATE
    return NON_STATE if any(actor.kind in {"rebel", "militia"} for actor in draft.actors) else STATE


def _kinds(draft: Draft, tokens: Iterable[int], lexicon: Lexicon) -> set[str]:
    found: set[str] = set()
    for one in tokens:
        found |= kinds_of(draft.scope, look_through(draft.scope, one, lexicon), lexicon)
    return found


def _means(group: list[Draft], lexicon: Lexicon) -> None:
    """Name a generic attack, a killing or a destruction after the means told in the same sentence."""
    means: dict[int, str] = {}
    searched = any(draft.type == "detain" or draft.acled == "Disrupted weapons use" for draft in group)
    for draft in group:
        tree = draft.scope.tree
        if draft.type in VIOLENT and _gas(tree.lemma, lexicon):
            draft.acled = means[draft.sentence] = "Chemical weapon"
            continue
        if draft.type in BY_MEANS and tree.lemma[draft.token] not in GENERIC and draft.acled:
            means.setdefault(draft.sentence, draft.acled)
    for draft in group:
        if draft.type not in VIOLENT and draft.type != "destroy":
            continue
        tree = draft.scope.tree
        kinds = _kinds(draft, draft.frame.subjects, lexicon)
        named = means.get(draft.sentence)
        if draft.type == "destroy" and draft.acled != "Disrupted weapons use":
            if named is not None:
                draft.acled = named
            elif kinds & {"aircraft", "air_bomb"}:
                draft.acled = "Air/drone strike"
        elif draft.type == "strike" and kinds & {"aircraft", "air_bomb"}:
            draft.acled = "Air/drone strike"
        elif draft.type in {"battle", "attack_civilians", "strike"} and named is not None:
            if draft.type == "attack_civilians" or tree.lemma[draft.token] in GENERIC:
                draft.acled = named
        elif draft.type == "attack_civilians" and "bomber" in kinds:
            draft.acled = "Suicide bomb"
        if draft.type == "battle" and tree.lemma[draft.token] == "raid" and searched:
            draft.acled = None  # a search by the police, not a clash
        if draft.type in {"attack_civilians", "destroy"} and _mob(draft, lexicon):
            draft.acled = "Mob violence"


def _gas(lemmas: Sequence[str], lexicon: Lexicon) -> bool:
    """Whether a sentence tells of a poison gas (tear gas is none)."""
    return bool(lexicon.words["poison_words"].intersection(lemmas))


def _mob(draft: Draft, lexicon: Lexicon) -> bool:
    tree = draft.scope.tree
    return any(tree.lemma[one] in lexicon.words["mobs"] for one in draft.frame.subjects)


BURSTS = frozenset({"blast", "explosion", "detonation"})


def _same_blast(group: list[Draft]) -> None:
    """Let a blast after a bomb be a bomb too ("The second blast struck as ambulances arrived")."""
    bombs = [draft.sentence for draft in group if draft.type == "bomb"]
    if not bombs:
        return
    for draft in group:
        burst = draft.type == "strike" and draft.scope.tree.lemma[draft.token] in BURSTS
        if burst and min(bombs) <= draft.sentence:
            draft.type, draft.acled = "bomb", next(one.acled for one in group if one.type == "bomb")


def _protests(group: list[Draft], lexicon: Lexicon) -> None:
    """Name a protest after what met it, or what it did, in its sentence and those beside it."""
    protests = [draft for draft in group if draft.type == "protest"]
    crowds = {
        draft.sentence
        for draft in group
        if draft.type == "protest" or lexicon.words["protest_people"].intersection(draft.scope.tree.lemma)
    }
    if not crowds:
        return
    near = crowds | {draft.sentence + step for draft in protests for step in (-1, 1)}
    beside = [draft for draft in group if draft.sentence in near]
    words = {lemma for draft in beside for lemma in draft.scope.tree.lemma}
    forced = bool(words & lexicon.words["protest_force"])
    violent = bool(words & lexicon.words["protest_violence"])
    excess = bool(words & lexicon.words["protest_excess"])
    if violent and not ("peaceful" in words and (forced or excess)):
        name = "Violent demonstration"
    elif excess and (forced or words & {"police", "force", "officer", "troop"}):
        name = "Excessive force against protesters"
    elif forced:
        name = "Protest with intervention"
    else:
        name = "Peaceful protest"
    for draft in protests:
        draft.acled = name
    if name == "Peaceful protest":
        return
    for draft in beside:
        kinds = _kinds(draft, (*draft.frame.subjects, *draft.frame.objects), lexicon)
        crowd = kinds & {"protesters", "police", "mob", "civilians"}
        if draft.type == "protest":
            continue
        if draft.type in {"detain", "attack_civilians", "chemical"} or (
            draft.type in {"battle", "destroy"} and (crowd or not kinds)
        ):
            draft.acled = name


def _device(draft: Draft) -> str | None:
    words = set(draft.scope.tree.lemma)
    if "suicide" in words or "bomber" in words:
        return "Suicide bomb"
    return "Grenade" if "grenade" in words and "propel" not in words else None


def _root(draft: Draft, plover: str | None) -> str | None:
    """The PLOVER root, after the standing: demanded, offered, threatened, refused."""
    standing = draft.standing
    if standing.modality == "requested" and draft.type != "statement":
        return "DEMAND"
    if draft.type in {"aid", "negotiate"} and standing.modality in {"planned", "announced", "possible"}:
        return "REJECT" if standing.polarity == "negated" else "AGREE"
    if plover == "AGREE" and standing.polarity == "negated":
        return "REJECT"
    if draft.type == "sanction" and standing.modality in {"planned", "possible"}:
        return "THREATEN"
    if draft.type in HOSTILE and standing.modality == "planned":
        return "THREATEN"
    return plover


def _confidence(draft: Draft, position: int) -> float:
    """How sure, and how much the main happening: sense fit, standing, place in the text."""
    value = 0.55 + 0.12 * min(max(draft.match.score, -0.5), 2.0)
    if draft.standing.modality not in DONE:
        value -= 0.2
    if draft.standing.polarity == "negated":
        value -= 0.15
    if draft.type == "statement":
        value -= 0.2
    if draft.type == "casualties":
        value -= 0.1
    if draft.frame.pos == "noun":
        value -= 0.05
    value -= 0.03 * min(draft.sentence, 6)
    value -= 0.002 * min(position, 40)
    return min(0.99, max(0.05, value))
