"""Mentions and parses of one document into claims: who says that who did what, where, when, how many."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import NO_CLAIM, Lexicon, load_lexicon
from svidok.atlas.ontology import Ontology, load_ontology
from svidok.claims.fragments import is_fragment, mend_fragment, presence, sole_place, state_told
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.modality import standing_of
from svidok.claims.parse import Parsed
from svidok.claims.people import actors_of
from svidok.claims.refine import VIOLENT, refine
from svidok.claims.scene import SCENELESS, Draft, attach, dated_aside
from svidok.claims.senses import best_match
from svidok.claims.tree import NOUN_RELATIONS, Tree
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
    TimeSpan,
    content_id,
)

__all__ = ["assemble"]

LIGHT_REACH = 5  # words between an event noun and the light verb that still read as one trigger
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
) -> tuple[Claim, ...]:
    """Every claim that a document makes, in the order of its text.

    Args:
        document: the report.
        parsed: its parsed sentences, in order.
        places, times, actors, quantities: its mentions, with offsets in its text.
        attributions: who says what in it.
        lexicon, ontology: the knowledge to read with; None for the package's own.

    Returns:
        Claims with type, trigger, arguments, places (indexes into ``places``), time, quantities,
        polarity, modality, speaker, a confidence in 0..1 that ranks the main happening of the text
        first, and the reason ("why") in words.
    """
    lexicon = lexicon or load_lexicon()
    ontology = ontology or load_ontology()
    mentions = Mentions(places, times, actors, quantities)
    drafts: list[Draft] = []
    for number, one in enumerate(parsed):
        drafts.extend(_of_sentence(number, one, mentions, lexicon))
    attribute(drafts, parsed, attributions, lexicon)
    drafts = statements(drafts, parsed, mentions, attributions, lexicon)
    drafts = [draft for draft in drafts if not _only_wished(draft, lexicon)]
    _carry_scene(drafts, parsed, mentions, lexicon)
    _carry_time(drafts, parsed, mentions)
    drafts = _without_back_references(drafts, parsed, lexicon)
    refine(drafts, parsed, lexicon, ontology)
    today = _date_of_post(document)
    claims = [_claim(document, parsed, draft, mentions, today) for draft in drafts]
    unique: dict[str, Claim] = {}
    for claim in claims:
        unique.setdefault(claim.id, claim)
    return tuple(sorted(unique.values(), key=lambda claim: (claim.trigger, claim.type, claim.id)))


def _of_sentence(number: int, parsed: Parsed, mentions: Mentions, lexicon: Lexicon) -> list[Draft]:
    """Drafts of one sentence with their standing, places, times and quantities."""
    tree = Tree(parsed)
    if not tree.size:
        return []
    _mend_lemmas(tree, lexicon)
    mend_fragment(tree, lexicon)
    candidates = [i for i in range(tree.size) if tree.lemma[i] in lexicon.trigger_lemmas]
    if not candidates and not is_fragment(tree):
        return []
    scope = Scope(tree, mentions)
    drafts: list[Draft] = []
    for i in candidates:
        if tree.dep[i] in SKIPPED_RELATIONS or i in scope.places or i in scope.timed:
            continue
        told = state_told(scope, i, lexicon)
        if tree.dep[i] == "amod" and tree.pos(i) == "verb" and told is None:  # "rebel-held": a state
            continue
        if _only_phase(tree, i, lexicon):
            continue
        match = best_match(scope, i, lexicon, frame=told)
        if match is None or match.sense.type == NO_CLAIM:
            continue
        standing = standing_of(tree, match.frame, lexicon)
        if match.sense.polarity == "negated":
            standing.negations += 1
        if match.sense.modality is not None:
            standing.to(match.sense.modality, "sense")  # type: ignore[arg-type]
        drafts.append(Draft(match, scope, number, match.sense.type, standing))
        drafts.extend(Draft(match, scope, number, other, standing, also=True) for other in match.sense.also)
    drafts = _merge(scope, drafts)
    drafts = [draft for draft in drafts if draft.standing.dropped is None]
    drafts = _without_results(scope, drafts)
    if not drafts and (shown := presence(scope, lexicon)) is not None:
        standing = standing_of(tree, shown.frame, lexicon)
        drafts = [] if standing.dropped else [Draft(shown, scope, number, shown.sense.type, standing)]
    for draft in drafts:
        draft.actors, draft.targets = actors_of(draft, lexicon)
    attach(scope, drafts, lexicon)
    sole = sole_place(scope) if drafts else None
    for draft in drafts:
        if sole is not None and sole not in draft.places and draft.type not in SCENELESS:
            draft.places = {sole: "alone"}  # what else it names contains this place
    return drafts


def _only_phase(tree: Tree, i: int, lexicon: Lexicon) -> bool:
    """Whether a verb only tells a phase of the infinitive that it governs ("proceeded to destroy")."""
    if tree.pos(i) != "verb" or not tree.of(i, "xcomp"):
        return False
    known = lexicon.embedding(tree.lemma[i], "verb")
    return known is not None and known.effect == "aspect"


def _mend_lemmas(tree: Tree, lexicon: Lexicon) -> None:
    """Put right what the tagger gets wrong: lemmas ("raped": "rap"), nouns ("the counteroffensive" began)."""
    for i, low in enumerate(tree.low):
        misread = tree.tag[i] == "JJ" and tree.dep[i] in NOUN_RELATIONS
        if misread and lexicon.of(tree.lemma[i], "noun") and not lexicon.of(tree.lemma[i], "adj"):
            tree.tag[i] = "NN"
        if tree.tag[i] in {"NN", "NNS"} and low in lexicon.lemmas:
            tree.lemma[i] = lexicon.lemmas[low]
        elif tree.pos(i) == "verb":
            mended = lexicon.lemmas.get(low)
            if mended is None and tree.lemma[i] not in lexicon.verbs:
                mended = lexicon.forms.get(low)
            tree.lemma[i] = mended or tree.lemma[i]


def _merge(scope: Scope, drafts: list[Draft]) -> list[Draft]:
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
    return _one_toll(scope, [draft for draft in drafts if id(draft) not in dropped])


def _one_toll(scope: Scope, drafts: list[Draft]) -> list[Draft]:
    """Killed, wounded and captured of one clause make one claim with several numbers."""
    tree = scope.tree
    tolls = [draft for draft in drafts if draft.type == "casualties"]
    joined: set[int] = set()
    for draft in tolls:
        for other in tolls:
            if other is draft or id(other) in joined or id(draft) in joined:
                continue
            if _same_clause(tree, draft.token, other) or _run_on(tree, other.token, draft.token):
                joined.add(id(draft))
                other.frame.anchors.extend(
                    one for one in draft.frame.anchors if one not in other.frame.anchors
                )
                other.frame.objects.extend(
                    one for one in draft.frame.objects if one not in other.frame.objects
                )
    return [draft for draft in drafts if id(draft) not in joined]


def _run_on(tree: Tree, first: int, second: int) -> bool:
    """Whether two counts follow one another without a verb of their own ("75 wounded, 46 missing")."""
    if not 0 < second - first <= 5:
        return False
    between = range(first + 1, second)
    return all(tree.tag[i] in {"CD", ",", "CC", "NNS", "NN", "JJ", "IN", "RB"} for i in between) and any(
        tree.tag[i] == "CD" for i in between
    )


def _same_clause(tree: Tree, token: int, other: Draft) -> bool:
    """Whether a trigger is coordinated with another one, or hangs on what that one counts."""
    i = token
    for _ in range(6):
        above = tree.head[i]
        if above == i or tree.dep[i] not in {"conj", "acl", "oprd", "acomp", "amod", "dobj", "advcl"}:
            return False
        if tree.dep[i] == "advcl" and tree.of(i, "mark"):
            return False
        if above == other.token:
            return True
        i = above
    return False


def _without_results(scope: Scope, drafts: list[Draft]) -> list[Draft]:
    """A killing that is told as the outcome of an attack gives casualties, not a second attack."""
    tree = scope.tree
    violent = {draft.token for draft in drafts if draft.type in VIOLENT and not draft.also}
    kept = []
    for draft in drafts:
        told = violent.intersection(draft.frame.subjects) - {draft.token}
        if draft.also and draft.type in VIOLENT and told:
            continue  # "the shelling killed": the shelling is told by its own noun
        implied = draft.type in VIOLENT and (draft.also or "casualties" in draft.match.sense.also)
        if implied and _is_outcome(tree, draft.token, violent, joined=draft.also):
            continue
        if draft.type == "aid" and tree.dep[draft.token] == "acl":  # "doctors treating the wounded"
            continue
        kept.append(draft)
    return kept


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


AIMS = frozenset({"capture", "battle", "siege", "withdraw", "move", "protest", "air_strike", "strike"})


def _only_wished(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a happening is only what the author calls for ("they must leave"), or an incidental purpose."""
    standing = draft.standing
    if standing.wished and draft.speaker is None:
        return True
    if draft.type == "battle" and not draft.places and _by_author(draft, lexicon):
        return True  # "we are fighting for freedom"
    return standing.purpose and draft.type not in AIMS


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


def _is_topic(tree: Tree, noun: int, lexicon: Lexicon) -> bool:
    """Whether a noun is only what something is for or about ("measures for the evacuation of civilians")."""
    prep = tree.head[noun]
    if tree.dep[noun] != "pobj" or tree.low[prep] not in lexicon.words["topical_prepositions"]:
        return False
    above = tree.head[prep]
    return tree.pos(above) != "verb" and tree.lemma[above] not in lexicon.words["showing_nouns"]


def _bequeath(draft: Draft, drafts: Sequence[Draft]) -> None:
    """Leave the place and time of a noun that is no claim to the happening that it hangs on."""
    if draft.inherited or not (draft.places or draft.times):
        return
    tree = draft.scope.tree
    beside = [one for one in drafts if one.sentence == draft.sentence and one.token != draft.token]
    for node in tree.up(draft.token):
        for one in beside:
            if node in one.frame.anchors and one.type not in SCENELESS:
                one.places = one.places or dict(draft.places)
                one.times = one.times or list(draft.times)
                return


def _without_back_references(drafts: list[Draft], parsed: Sequence[Parsed], lexicon: Lexicon) -> list[Draft]:
    """Drop nouns that only point back ("the attack"), block by block."""
    told: set[tuple[int, str]] = set()
    kept = []
    for draft in drafts:
        block = parsed[draft.sentence].sentence.block
        if _informative(draft, lexicon, block, told):
            kept.append(draft)
            told.add((block, _family(draft)))
        else:
            _bequeath(draft, drafts)
    return kept


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
    own = bool((draft.places and not draft.inherited) or draft.quantities or tree.of(i, "nummod"))
    definite = any(
        tree.dep[kid] == "det" and tree.low[kid] in lexicon.words["back_references"] for kid in tree.kids[i]
    )
    if definite and not draft.quantities and _sets_time(tree, i, lexicon):
        return False
    if not draft.quantities and not draft.standing.reasons and _is_topic(tree, i, lexicon):
        return False
    if tree.lemma[i] in BACKGROUND:
        dated = bool(draft.times and not draft.time_inherited)
        return dated or bool(draft.quantities) or frame.light_kind in {"act", "occur"}
    if frame.light_kind in {"act", "suffer"}:
        return True
    told_apart = own or bool(draft.times and not draft.time_inherited)
    if any(tree.low[kid] == "any" for kid in tree.of(i, "det")) and draft.standing.modality != "denied":
        return False
    if draft.standing.reasons and tree.dep[i] in {"dobj", "nsubjpass"}:
        return True
    if _lasts(tree, i, lexicon):
        return True
    occurs = frame.light_kind in {"occur", "end"}
    with_arguments = any(tree.dep[kid] == "prep" and tree.low[kid] in ARGUMENTS for kid in tree.kids[i])
    if draft.type in SOFT and not (told_apart or occurs or draft.standing.reasons):
        return False
    if definite:
        return own or with_arguments or (occurs and (block, _family(draft)) not in told)
    return own or occurs or with_arguments or bool(draft.actors or draft.targets)


def _carry_scene(drafts: list[Draft], parsed: Sequence[Parsed], mentions: Mentions, lexicon: Lexicon) -> None:
    """Resolve "the city" and "there" to the last fitting place, and carry a scene to its next sentence."""
    last: dict[int, list[Draft]] = {}
    for draft in drafts:
        last.setdefault(draft.sentence, []).append(draft)
    used: set[int] = set()
    for number, group in last.items():
        used.update(place for draft in group for place in draft.places)
        used.update(_told_of(group[0].scope))
        own = any(draft.scope.place_tokens for draft in group)
        for draft in group:
            if draft.places or draft.type in SCENELESS:
                continue
            found = _definite_place(draft, mentions, lexicon, used)
            if found is None and not own and _continues(draft):
                found = _scene_before(number, last, parsed)
            if found is not None:
                draft.places = {found: ""}
                draft.inherited = True
        scene = {place for draft in group if draft.inherited for place in draft.places}
        if len(scene) == 1 and not own:
            for draft in group:
                if not draft.places and draft.type not in SCENELESS:
                    draft.places, draft.inherited = dict.fromkeys(scene, ""), True


def _carry_time(drafts: list[Draft], parsed: Sequence[Parsed], mentions: Mentions) -> None:
    """Let a past happening without a time take that of the one told before it in the same block."""
    told: tuple[int, int, list[int]] | None = None
    for draft in drafts:
        block = parsed[draft.sentence].sentence.block
        if draft.type in SCENELESS or draft.standing.modality not in SETTLED:
            continue
        if any(mentions.times[number].earliest or mentions.times[number].latest for number in draft.times):
            told = None if dated_aside(draft) else (block, draft.sentence, draft.times)
        elif told and told[0] == block and draft.sentence - told[1] <= _reach(draft) and _is_past(draft):
            draft.times, draft.time_inherited = list(told[2]), True


def _reach(draft: Draft) -> int:
    """Over how many sentences a scene reaches to a happening: one when a pronoun carries it on."""
    if _continues(draft):
        return 1
    return 0


CARRIED = frozenset({"they", "them", "he", "she", "him", "her", "it", "his", "their"})


def _continues(draft: Draft) -> bool:
    """Whether a happening goes on about those of the sentence before ("They shot", "six of them died")."""
    tree = draft.scope.tree
    for one in (*draft.frame.subjects, *draft.frame.objects):
        if tree.low[one] in CARRIED:
            return True
        if any(tree.low[pobj] == "them" for prep in tree.of(one, "prep") for pobj in tree.of(prep, "pobj")):
            return True
    return False


def _is_past(draft: Draft) -> bool:
    """Whether a happening is told in the simple past, as the next step of a story."""
    tree = draft.scope.tree
    for node in tree.up(draft.token):
        if tree.pos(node) != "verb":
            continue
        tags = {tree.tag[kid] for kid in tree.of(node, "aux", "auxpass")} | {tree.tag[node]}
        if tags & {"VBZ", "VBP", "MD"}:
            return False
        if "VBD" in tags:
            return True
    return False


def _told_of(scope: Scope) -> set[int]:
    """Places of a sentence that a preposition puts on the scene, though no claim has them."""
    tree = scope.tree
    return {
        number
        for number, token in scope.place_tokens.items()
        if tree.dep[token] in {"pobj", "appos", "ROOT", "dobj", "conj"}
        and not scope.mentions.places[number].metonym
    }


def _definite_place(draft: Draft, mentions: Mentions, lexicon: Lexicon, used: set[int]) -> int | None:
    """The place that "the city", "there" or "it" of this happening stands for."""
    tree, frame = draft.scope.tree, draft.frame
    before = sorted(used, key=lambda number: mentions.places[number].start)
    if any(tree.low[kid] == "there" for kid in tree.of(draft.token, "advmod")):
        here = [number for number in before if mentions.places[number].start < tree.start[draft.token]]
        return here[-1] if here else None
    nouns = [*frame.objects, *(one for _, one in frame.preps)]
    if draft.match.sense.roles.get("subject") == "place":
        nouns.extend(frame.subjects)
    for one in nouns:
        named = draft.scope.places.get(tree.head[one]) if tree.dep[one] == "appos" else None
        if named is not None:  # "Bucha, a city from which they withdrew"
            return named
        settled = any(
            "settlement" in kinds_of(draft.scope, noun, lexicon)
            for noun in (one, *tree.of(one, "compound"))  # "the city", "the city centre"
        ) and any(
            tree.dep[kid] == "det" and tree.low[kid] in {"the", "this", "that"} for kid in tree.kids[one]
        )
        pronoun = tree.low[one] == "it" and draft.type in {"capture", "siege", "withdraw"}
        if not (settled or pronoun) or tree.tag[one] in {"NNS", "NNP", "NNPS"}:
            continue
        start = tree.start[one]
        best = None
        for number, place in enumerate(mentions.places):
            if number not in used:
                continue
            if (
                place.start < start
                and start - place.start < 600
                and place.kind in {"settlement", "district"}
                and not place.metonym
            ) and (best is None or place.start > mentions.places[best].start):
                best = number
        if best is not None:
            return best
    return None


def _scene_before(number: int, groups: dict[int, list[Draft]], parsed: Sequence[Parsed]) -> int | None:
    """The one place of the sentence before, in the same block."""
    before = groups.get(number - 1, ())
    if not before or parsed[number - 1].sentence.block != parsed[number].sentence.block:
        return None
    places = {
        place
        for draft in before
        if draft.type != "statement" and not draft.inherited
        for place in draft.places
    }
    return places.pop() if len(places) == 1 else None


POST = 600  # characters up to which a dated text counts as a post
SETTLED = frozenset({"asserted", "reported", "announced"})


def _date_of_post(document: Document) -> TimeSpan | None:
    """The day of a short dated post, which dates what it tells in the present tense."""
    if document.published is None or len(document.text) > POST:
        return None
    return TimeSpan(document.published, document.published, document.published, None, inherited=True)


def _is_now(draft: Draft) -> bool:
    """Whether a happening is told in the present or present perfect, or without a verb, as a post does."""
    if draft.standing.modality not in SETTLED or draft.standing.purpose:
        return False
    tree: Tree = draft.scope.tree
    for node in tree.up(draft.token):
        if tree.pos(node) != "verb":
            continue
        tags = {tree.tag[kid] for kid in tree.of(node, "aux", "auxpass")} | {tree.tag[node]}
        if tags & {"VBD", "MD"}:
            return False
        if tags & {"VBZ", "VBP"}:
            return True
    return bool(tree.tag[tree.head[draft.token]] != "VBD")


def _claim(
    document: Document, parsed: Sequence[Parsed], draft: Draft, mentions: Mentions, today: TimeSpan | None
) -> Claim:
    tree = draft.scope.tree
    trigger = _trigger(draft)
    start, end = _evidence(draft, parsed[draft.sentence])
    places = tuple(sorted(draft.places, key=lambda n: mentions.places[n].start))
    time = _time(draft, mentions)
    if time is None and today is not None and _is_now(draft):
        time = today
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
        time=time,
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


def _time(draft: Draft, mentions: Mentions) -> TimeSpan | None:
    """The narrowest of the times that belong to a happening; two days told together are both meant."""
    best = None
    for number in draft.times:
        time = mentions.times[number]
        if time.earliest is None and time.latest is None:
            continue
        if best is None or _width(time) < _width(best):
            best = time
    if best is None:
        return None
    times = sorted((mentions.times[number] for number in set(draft.times)), key=lambda time: time.start)
    run = _joined(times, best, draft)
    first, last = run[0], run[-1]
    if first is not last and first.earliest and last.latest and first.earliest[:10] <= last.latest[:10]:
        edtf = f"{first.earliest[:10]}/{last.latest[:10]}"
        return TimeSpan(
            first.earliest[:10], last.latest[:10], edtf, (first.start, last.end), draft.time_inherited
        )
    return TimeSpan(best.earliest, best.latest, best.edtf, (best.start, best.end), draft.time_inherited)


def _joined(times: Sequence[Time], best: Time, draft: Draft) -> list[Time]:
    """The run of days around one that "and" or "or" joins to it ("on 24 and 25 February")."""
    run = [best]
    tree: Tree = draft.scope.tree
    for one in times[times.index(best) + 1 :]:
        if tree.slice((run[-1].end, one.start)).strip() not in {"and", "or", "and on", "or on"}:
            break
        run.append(one)
    for one in reversed(times[: times.index(best)]):
        if tree.slice((one.end, run[0].start)).strip() not in {"and", "or", "and on", "or on"}:
            break
        run.insert(0, one)
    return run


def _width(time: Time) -> float:
    from datetime import date

    if not time.earliest or not time.latest:
        return 1e6
    try:
        low, high = date.fromisoformat(time.earliest[:10]), date.fromisoformat(time.latest[:10])
    except ValueError:
        return 1e5
    return float((high - low).days)
