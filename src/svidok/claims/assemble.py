"""Mentions and parses of one document into claims: who says that who did what, where, when, how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from svidok.atlas.lexicon import NO_CLAIM, Lexicon, load_lexicon
from svidok.atlas.ontology import Ontology, load_ontology
from svidok.claims.attachment import Attachment, load_attachment, settle
from svidok.claims.dating import settle_dates
from svidok.claims.fragments import is_fragment, mend_fragment, presence, sole_place, state_told
from svidok.claims.kinds import Mentions, Scope, group_told
from svidok.claims.logit import Logit, load_logit
from svidok.claims.mending import (
    mend_counts,
    mend_fires,
    mend_gerunds,
    mend_lemmas,
    mend_listed_verbs,
    mend_time_phrases,
)
from svidok.claims.merging import merge, without_results
from svidok.claims.modality import standing_of
from svidok.claims.narrative import carry_scene, carry_time
from svidok.claims.parse import Parsed
from svidok.claims.people import actors_of
from svidok.claims.refine import refine
from svidok.claims.scene import SCENELESS, Draft, attach
from svidok.claims.senses import best_match, rest_of_losses
from svidok.claims.settings import settle_scenes
from svidok.claims.signs import signs_of
from svidok.claims.topics import only_wished, without_back_references
from svidok.claims.tree import Tree
from svidok.claims.witness import attribute, statements
from svidok.records import (
    Actor,
    Attribution,
    Claim,
    Document,
    Offsets,
    Place,
    Quantity,
    Time,
    content_id,
)

__all__ = ["assemble", "assemble_signed"]

LIGHT_REACH = 5  # words between an event noun and the light verb that still read as one trigger
TRIED = frozenset({"battle", "siege", "move", "withdraw", "displace"})  # who tried to storm or to flee did so
SKIPPED_RELATIONS = frozenset({"compound", "aux", "auxpass", "nmod"})


def assemble(
    document: Document,
    parsed: Sequence[Parsed],
    *,
    places: Sequence[Place] = (),
    times: Sequence[Time] = (),
    actors: Sequence[Actor] = (),
    quantities: Sequence[Quantity] = (),
    attributions: Sequence[Attribution] = (),
    lexicon: Lexicon | None = None,
    ontology: Ontology | None = None,
    attachment: Attachment | None = None,
    settings: Logit | None = None,
    dating: Logit | None = None,
) -> tuple[Claim, ...]:
    """Every claim that a document makes, in the order of its text.

    Args:
        document: the report.
        parsed: its parsed sentences, in order.
        places, times, actors, quantities: its mentions, with offsets in its text.
        attributions: who says what in it.
        lexicon, ontology, attachment, settings, dating: the knowledge to read with; None for the
            package's own.

    Returns:
        Claims with type, trigger, arguments, places (indexes into ``places``), time, quantities,
        polarity, modality, speaker, a confidence in 0..1 that ranks the main happening of the text
        first, and the reason ("why") in words.
    """
    return assemble_signed(
        document,
        parsed,
        places=places,
        times=times,
        actors=actors,
        quantities=quantities,
        attributions=attributions,
        lexicon=lexicon,
        ontology=ontology,
        attachment=attachment,
        settings=settings,
        dating=dating,
    )[0]


def assemble_signed(
    document: Document,
    parsed: Sequence[Parsed],
    *,
    places: Sequence[Place] = (),
    times: Sequence[Time] = (),
    actors: Sequence[Actor] = (),
    quantities: Sequence[Quantity] = (),
    attributions: Sequence[Attribution] = (),
    lexicon: Lexicon | None = None,
    ontology: Ontology | None = None,
    attachment: Attachment | None = None,
    settings: Logit | None = None,
    dating: Logit | None = None,
) -> tuple[tuple[Claim, ...], Mapping[str, frozenset[str]]]:
    """The claims of :func:`assemble`, and by their ids the signs that tell how far to trust each."""
    lexicon = lexicon or load_lexicon()
    ontology = ontology or load_ontology()
    attachment = attachment or load_attachment()
    mentions = Mentions(places, times, actors, quantities)
    drafts: list[Draft] = []
    they: frozenset[str] = frozenset()
    block = None
    for number, one in enumerate(parsed):
        they, block = they if one.sentence.block == block else frozenset(), one.sentence.block
        told, they = _of_sentence(number, one, mentions, lexicon, attachment, they=they)
        drafts.extend(told)
    attribute(drafts, parsed, attributions, lexicon)
    drafts = statements(drafts, parsed, mentions, attributions, lexicon)
    drafts = [draft for draft in drafts if not (draft.standing.dropped or only_wished(draft, lexicon))]
    carry_scene(drafts, parsed, mentions, lexicon)
    settle_scenes(drafts, parsed, mentions, settings or load_logit("settings"), lexicon)
    carry_time(drafts, parsed, mentions)
    drafts = without_back_references(drafts, parsed, lexicon)
    refine(drafts, parsed, lexicon, ontology)
    settle_dates(drafts, document, parsed, mentions, dating or load_logit("dating"), lexicon)
    claims = [_claim(document, parsed, draft, mentions) for draft in drafts]
    unique: dict[str, Claim] = {}
    for claim in claims:
        unique.setdefault(claim.id, claim)
    made = tuple(sorted(unique.values(), key=lambda claim: (claim.trigger, claim.type, claim.id)))
    shown = signs_of(drafts, len(parsed), lexicon)
    return made, {claim.id: names for claim, names in zip(claims, shown, strict=True)}


def _of_sentence(
    number: int,
    parsed: Parsed,
    mentions: Mentions,
    lexicon: Lexicon,
    attachment: Attachment,
    *,
    they: frozenset[str],
) -> tuple[list[Draft], frozenset[str]]:
    """Drafts of one sentence with their standing, places, times and quantities, and whom it tells of.

    ``they`` are the kinds of those whom the sentences before tell of.
    """
    if parsed.skipped:
        return [], they
    tree = Tree(parsed)
    if not tree.size:
        return [], they
    mend_lemmas(tree, lexicon)
    mend_gerunds(tree)
    mend_listed_verbs(tree, lexicon)
    mend_fires(tree)
    mend_counts(tree)
    mend_time_phrases(tree, mentions)
    mend_fragment(tree, lexicon)
    scope = Scope(tree, mentions, they=they)
    they = group_told(scope, lexicon)
    candidates = [i for i in range(tree.size) if tree.lemma[i] in lexicon.trigger_lemmas]
    if not candidates and not is_fragment(tree):
        return [], they
    drafts: list[Draft] = []
    for i in candidates:
        if tree.dep[i] in SKIPPED_RELATIONS or i in scope.places or i in scope.timed:
            continue
        told = state_told(scope, i, lexicon)
        if tree.dep[i] == "amod" and tree.pos(i) == "verb" and told is None:  # "rebel-held": a state
            continue
        if told is None and _is_compounded(tree, i):
            continue
        if _only_phase(tree, i, lexicon) or (parsed.sentence.role == "footnote" and _is_cited(tree, i)):
            continue
        match = best_match(scope, i, lexicon, frame=told)
        if match is None or match.sense.type == NO_CLAIM:
            continue
        standing = standing_of(tree, match.frame, lexicon)
        if match.sense.polarity == "negated":
            standing.negations += 1
        if match.sense.modality is not None:
            standing.to(match.sense.modality, "sense")  # type: ignore[arg-type]
        if standing.tried and not standing.purpose and match.sense.type in TRIED:
            standing.modality = "asserted" if standing.modality == "planned" else standing.modality
        drafts.append(Draft(match, scope, number, match.sense.type, standing))
        drafts.extend(Draft(match, scope, number, other, standing, also=True) for other in match.sense.also)
        rest = rest_of_losses(scope, match, lexicon)
        if rest is not None:
            drafts.append(Draft(rest, scope, number, rest.sense.type, standing, also=True))
    drafts = merge(scope, drafts)
    drafts = [draft for draft in drafts if draft.standing.dropped is None]
    drafts = without_results(scope, drafts, lexicon)
    if not drafts and (shown := presence(scope, lexicon)) is not None:
        standing = standing_of(tree, shown.frame, lexicon)
        drafts = [] if standing.dropped else [Draft(shown, scope, number, shown.sense.type, standing)]
    for draft in drafts:
        draft.actors, draft.targets = actors_of(draft, lexicon)
    attach(scope, drafts, lexicon)
    settle(scope, drafts, attachment, lexicon)
    sole = sole_place(scope) if drafts else None
    for draft in drafts:
        if sole is not None and sole not in draft.places and draft.type not in SCENELESS:
            draft.places = {sole: "alone"}  # what else it names contains this place
            draft.ties[sole] = "alone"
    return drafts, they


def _is_cited(tree: Tree, i: int) -> bool:
    """Whether a token stands in the quoted title of a work."""
    return tree.slice((tree.start[0], tree.start[i])).count('"') % 2 == 1 or "“" in tree.slice(
        (tree.start[0], tree.start[i])
    )


def _is_compounded(tree: Tree, i: int) -> bool:
    """Whether a participle only describes the noun after it ("state-funded media", "war-torn towns")."""
    before_noun = i + 1 < tree.size and tree.tag[i + 1].startswith("NN")
    return before_noun and i > 0 and tree.low[i - 1] == "-" and tree.tag[i] in {"VBN", "VBD", "JJ"}


def _only_phase(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """Whether a verb only tells a phase of the infinitive that it governs ("proceeded to destroy")."""
    if tree.pos(i) != "verb" or not tree.of(i, "xcomp"):
        return False
    known = lexicon.embedding(tree.lemma[i], "verb")
    return known is not None and known.effect == "aspect"


def _claim(document: Document, parsed: Sequence[Parsed], draft: Draft, mentions: Mentions) -> Claim:
    tree = draft.scope.tree
    trigger = _trigger(draft)
    start, end = _evidence(draft, parsed[draft.sentence])
    places = tuple(sorted(draft.places, key=lambda n: mentions.places[n].start))
    quantities = tuple(mentions.quantities[n] for n in sorted(set(draft.quantities)))
    standing = draft.standing
    word = " ".join(tree.low[one] for one in draft.match.tokens)
    reasons = [f"{draft.match.sense.pos} {word!r} (sense {draft.match.sense.id})", *draft.match.reasons]
    if standing.reasons:
        reasons.append(f"standing: {', '.join(standing.reasons)}")
    reasons.extend(draft.notes)
    return Claim(
        id=content_id(
            document.id, trigger, draft.type, standing.polarity, standing.modality, draft.speaker, places
        ),
        document=document.id,
        start=start,
        end=end,
        trigger=trigger,
        type=draft.type,
        acled=draft.acled,
        plover=draft.plover,
        actors=tuple(draft.actors),
        targets=tuple(draft.targets),
        places=places,
        time=draft.time,
        quantities=quantities,
        polarity=standing.polarity,
        modality=standing.modality,
        speaker=draft.speaker,
        confidence=round(draft.confidence, 3),
        why="; ".join(reasons),
        places_inherited=draft.inherited,
    )


def _trigger(draft: Draft) -> Offsets:
    """The predicate's words; a far particle or object does not widen them beyond three words."""
    tree, tokens = draft.scope.tree, draft.match.tokens
    main = draft.token
    first = last = main
    for one in sorted(tokens, key=lambda t: abs(t - main)):
        if abs(one - main) <= 3:
            first, last = min(first, one), max(last, one)
    light = draft.frame.light
    if light is not None and abs(light - main) <= LIGHT_REACH:
        first, last = min(first, light), max(last, light)
    return tree.offsets(first, last)


def _evidence(draft: Draft, parsed: Parsed) -> Offsets:
    """The clause that the trigger stands in."""
    tree = draft.scope.tree
    clause = draft.token
    for node in tree.up(draft.token):
        clause = node
        if tree.pos(node) == "verb" and tree.dep[node] in {
            "ROOT",
            "ccomp",
            "conj",
            "advcl",
            "relcl",
            "parataxis",
        }:
            break
    first, last = tree.edges(clause)
    return tree.offsets(first, last)
