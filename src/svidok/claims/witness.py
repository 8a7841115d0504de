"""Whose words a claim rests on, and the claims that somebody said something."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.parse import Parsed
from svidok.claims.people import actor_at
from svidok.claims.scene import Draft
from svidok.records import Attribution

__all__ = ["attribute", "is_stance", "statements"]

FINDINGS = frozenset(
    {"strike", "air_strike", "bomb", "chemical", "casualties", "destroy", "attack_civilians"}
)


def attribute(
    drafts: Sequence[Draft], parsed: Sequence[Parsed], attributions: Sequence[Attribution], lexicon: Lexicon
) -> None:
    """Give each draft inside attributed content its speaker and standing.

    The innermost attribution wins. Where none covers a draft, the saying verb above it in the parse
    does.
    """
    headings = {  # "Kozarovychi: the dam was breached" has a heading, no speaker
        place.end: place.start
        for place in (drafts[0].scope.mentions.places if drafts else ())
        if place.kind != "country" and not place.metonym
    }
    for draft in drafts:
        tree = draft.scope.tree
        start, end = tree.start[draft.token], tree.end[draft.token]
        if draft.type == "statement":
            draft.standing.speakers = []
            continue
        covering = [
            one
            for one in attributions
            if one.content[0] <= start
            and end <= one.content[1]
            and not (one.cue[0] <= start < one.cue[1])
            and not _author_or_refusal(draft, one, lexicon)
            and not _beside_the_saying(draft, one)
            and not _says_nothing(draft, one, lexicon)
            and not _clause_before(draft, one)
            and not _told_of(draft, one)
            and not _is_heading(draft, one, headings)
        ]
        if covering:
            inner = _deciding(covering)
            if _is_poll(parsed, inner, lexicon):
                draft.standing.drop("a poll")
                continue
            draft.speaker = inner.speaker or (_words(parsed, inner.source) if inner.source else None)
            if inner.denies and not draft.standing.settled:
                if draft.standing.modality != "denied" and not draft.standing.unwanted:
                    draft.standing.to("denied", "denied")
                    draft.standing.negations += 1
            else:
                draft.standing.to("reported", "attributed")
                if draft.standing.modality == "announced" and draft.type in FINDINGS:
                    draft.standing.modality = (
                        "reported"  # "90 missiles were launched, the air force announced"
                    )
        elif any(_heard_by_author(draft, one) for one in attributions):
            draft.standing.to("reported", "heard")
        elif draft.standing.cue is not None and draft.standing.speakers:
            speaker = actor_at(draft.scope, draft.standing.speakers[0], lexicon)
            draft.speaker = speaker.name or speaker.text
        if draft.speaker is not None and draft.speaker.lower() in lexicon.words["first_person"]:
            draft.speaker = None  # the author's own words
            if draft.standing.modality == "reported":
                draft.standing.modality = "asserted"


def _heard_by_author(draft: Draft, attribution: Attribution) -> bool:
    """Whether the author tells what came to his ears ("we hear that nine were shot")."""
    tree, cue = draft.scope.tree, _cue_token(draft, attribution)
    start = tree.start[draft.token]
    if cue is None or not attribution.content[0] <= start < attribution.content[1]:
        return False
    author = {tree.low[one] for one in tree.of(cue, "nsubj", "nsubjpass")} & {"i", "we"}
    return bool(author) and tree.lemma[cue] == "hear"


def _deciding(covering: Sequence[Attribution]) -> Attribution:
    """The innermost attribution; but who denies "reports that ..." denies what the reports say."""
    inner, *outer = sorted(covering, key=lambda one: (one.content[1] - one.content[0], one.cue))
    for one in outer:
        if one.denies and not inner.denies and inner.source in (None, one.source):
            return one
    return inner


def _is_poll(parsed: Sequence[Parsed], attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether a source is a share of those asked ("86% of them want"): what people think is no report."""
    words = (_words(parsed, attribution.source) or "" if attribution.source else "").lower()
    return any(word in words for word in lexicon.words["poll_words"])


ADVERBIAL = frozenset({"after", "as", "when", "while", "since", "before", "until"})


def _beside_the_saying(draft: Draft, attribution: Attribution) -> bool:
    """Whether a happening only tells when it was said ("described burns after planes bombed the town")."""
    tree = draft.scope.tree
    for node in tree.up(draft.token):
        above = tree.head[node]
        said = attribution.cue[0] <= tree.start[above] < attribution.cue[1]
        if said and tree.dep[node] == "advcl" and above < node:
            marks = {tree.low[one] for one in tree.of(node, "mark", "advmod")}
            return bool(marks & ADVERBIAL) and not tree.of(above, "ccomp")
    return False


SIDE = frozenset({"relcl", "acl"})


def _cue_token(draft: Draft, attribution: Attribution) -> int | None:
    """The cue's verb in the sentence of a happening, or its last word there."""
    tree = draft.scope.tree
    inside = [i for i in range(tree.size) if attribution.cue[0] <= tree.start[i] < attribution.cue[1]]
    return next((i for i in reversed(inside) if tree.pos(i) == "verb"), inside[-1] if inside else None)


def _says_nothing(draft: Draft, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether a cue only names ("is called"), likens ("the killing recalls the massacre of 1920"), or hangs
    on a word of the happening ("commanded by Ali").
    """
    tree, cue = draft.scope.tree, _cue_token(draft, attribution)
    if cue is None:
        return False
    if any(_befalls(tree.lemma[one], lexicon) for one in tree.of(cue, "nsubj")):
        return True
    if tree.lemma[cue] in lexicon.words["naming_verbs"] and not tree.of(cue, "ccomp"):
        return tree.pos(cue) == "noun" or bool(tree.of(cue, "auxpass"))
    return tree.dep[cue] in SIDE and not tree.of(cue, "ccomp") and draft.token in tree.up(tree.head[cue])


def _clause_before(draft: Draft, attribution: Attribution) -> bool:
    """Whether a saying put into a clause leaves a happening of the clause before to the author.

    "He was arrested and, his lawyer says, beaten": only the second is the lawyer's.
    """
    tree, cue = draft.scope.tree, _cue_token(draft, attribution)
    if cue is None or cue < draft.token or attribution.content[0] > tree.start[draft.token]:
        return False
    ends = max(attribution.cue[1], attribution.source[1] if attribution.source else 0)
    if not any(tree.start[i] >= ends and tree.low[i].isalnum() for i in range(tree.size)):
        return False  # at the end of the sentence it covers all
    between = range(draft.token + 1, cue)
    breaks = [
        i for i in between if tree.low[i] == ";" or (tree.dep[i] == "cc" and tree.pos(tree.head[i]) == "verb")
    ]
    return bool(breaks)


def _told_of(draft: Draft, attribution: Attribution) -> bool:
    """Whether a happening only tells who is told, or against what is said.

    "MacMahon, who had gathered an army, was ordered to march", "they say that they want peace, but they are
    bombing houses".
    """
    tree, cue = draft.scope.tree, _cue_token(draft, attribution)
    if cue is None:
        return False
    for node in tree.up(draft.token):
        above = tree.head[node]
        if tree.dep[node] in SIDE and tree.dep[above] == "nsubjpass" and tree.head[above] == cue:
            return True
        if tree.dep[node] == "conj" and above == cue and tree.of(node, "nsubj", "nsubjpass"):
            return bool({tree.low[one] for one in tree.of(cue, "cc")} & AGAINST)
    return False


AGAINST = frozenset({"but", "yet"})


def _is_heading(draft: Draft, attribution: Attribution, headings: dict[int, int]) -> bool:
    """Whether the source is a place that heads what follows, a list's dash before it or not."""
    if attribution.source is None or attribution.source[1] not in headings:
        return False
    tree = draft.scope.tree
    start = headings[attribution.source[1]]
    return not any(map(str.isalpha, tree.slice((attribution.source[0], start))))


def _author_or_refusal(draft: Draft, attribution: Attribution, lexicon: Lexicon) -> bool:
    """Whether an attribution only points to the author ("we say") or tells of a refusal to act."""
    tree = draft.scope.tree
    first, last = tree.start[0], tree.end[-1]
    source = attribution.source
    if source is not None and first <= source[0] and source[1] <= last:
        words = tree.slice(source)
        if words.lower() in lexicon.words["first_person"]:
            return True
    for i in range(tree.size):
        if attribution.cue[0] <= tree.start[i] < attribution.cue[1]:
            known = lexicon.embedding(tree.lemma[i], tree.pos(i) or "")
            if known is not None and known.effect == "negated":
                return True
            if tree.lemma[i] in lexicon.words["evaluating_verbs"] and not tree.of(i, "ccomp"):
                return True  # "praised those who held the town as it came under attack": nobody said so
    return False


def statements(
    drafts: list[Draft],
    parsed: Sequence[Parsed],
    mentions: Mentions,
    attributions: Sequence[Attribution],
    lexicon: Lexicon,
) -> list[Draft]:
    """Keep the statements that somebody other than the author makes, with that speaker."""
    kept = []
    for draft in drafts:
        if draft.type != "statement":
            kept.append(draft)
            continue
        scope = draft.scope
        subjects = draft.frame.subjects
        if not subjects or _unsaid(draft, lexicon) or _is_author(scope, subjects, lexicon):
            continue
        start, end = scope.tree.start[draft.token], scope.tree.end[draft.token]
        known = next((one for one in attributions if one.cue[0] < end and start < one.cue[1]), None)
        own = actor_at(scope, subjects[0], lexicon)
        draft.speaker = (known.speaker if known else None) or own.name or own.text
        draft.standing.modality = "reported" if _is_retold(draft, lexicon) else "asserted"
        draft.standing.negations = 0
        kept.append(draft)
    return kept


def _is_retold(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether somebody else tells that it was said ("33 of them said that fighters had ordered them out")."""
    tree, node = draft.scope.tree, draft.token
    subjects = tree.of(node, "nsubj")
    if not subjects or any(
        tree.tag[one] in {"WP", "WDT"} or tree.low[one] in {"i", "we"} for one in subjects
    ):
        return False
    while tree.dep[node] == "conj":
        node = tree.head[node]
    above = tree.head[node]
    known = lexicon.embedding(tree.lemma[above], "verb")
    if tree.dep[node] != "ccomp" or known is None or known.effect not in TOLD:
        return False
    if above < node:
        hearsay = tree.tag[above] == "VBP" and any(tree.low[one] == "they" for one in tree.of(above, "nsubj"))
        return not (hearsay or any(tree.low[one] == "where" for one in tree.of(node, "advmod")))
    last = next(k for k in range(tree.size - 1, -1, -1) if tree.low[k].isalnum())
    apart = any(tree.low[k] in {";", ":", "–", "-"} for k in range(node, above))
    return last - above <= 1 and not apart and not tree.of(above, "dobj", "acomp")  # "he had left, she said"


TOLD = frozenset({"reported", "announced"})
UNSAID = frozenset({"planned", "possible", "requested"})


def _unsaid(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether nothing was said: "did not comment", "may accuse", "asked them to promise", "they support"."""
    tree, standing = draft.scope.tree, draft.standing
    if standing.purpose or standing.modality in UNSAID or is_stance(draft, lexicon):
        return True
    if standing.modality == "denied" or standing.polarity == "negated":
        own = any(tree.dep[kid] == "neg" for kid in tree.kids[draft.token])
        governed = any(tree.dep[node] in {"ccomp", "xcomp", "pcomp"} for node in tree.up(draft.token))
        # "denied it and promised": what stands beside is not denied itself
        return own or governed or not _can_speak(draft, lexicon)
    prep = tree.low[tree.head[draft.token]] if tree.dep[draft.token] == "pcomp" else ""
    if prep in {"before", "without", "in"}:
        return True  # "united in rejecting the invasion" tells a stance
    if _replies_by_deed(draft) or _of_nobody(draft):
        return True
    if tree.lemma[draft.token] in lexicon.words["impersonal_verbs"] and all(
        tree.low[one] in lexicon.words["thing_pronouns"] for one in draft.frame.subjects
    ):
        return True  # "it reminded me", "this shows"
    return _only_underlines(draft, lexicon) or not _can_speak(draft, lexicon)


def _only_underlines(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a deed, and nobody's words, brings something home ("struck the town, stressing that ...")."""
    tree, verb = draft.scope.tree, draft.token
    if tree.lemma[verb] not in lexicon.words["underlining_verbs"]:
        return False
    if tree.dep[verb] != "advcl" or tree.tag[verb] != "VBG":
        return False
    kinds = [kinds_of(draft.scope, one, lexicon) for one in draft.frame.subjects]
    return all("force" in some or not some & PERSONAL for some in kinds)


PERSONAL = frozenset({"leader", "people", "name", "pronoun", "organisation", "state"})


def _replies_by_deed(draft: Draft) -> bool:
    """Whether an answer was a deed ("replied by shooting down a plane")."""
    tree, verb = draft.scope.tree, draft.token
    deeds = [
        one for prep in tree.of(verb, "prep") if tree.low[prep] == "by" for one in tree.of(prep, "pcomp")
    ]
    return tree.lemma[verb] in REPLIES and bool(deeds) and not tree.of(verb, "ccomp")


REPLIES = frozenset({"reply", "respond", "answer", "retort"})


def _of_nobody(draft: Draft) -> bool:
    """Whether those who say it are an empty "it" ("it is customary to ask for justice")."""
    tree = draft.scope.tree
    subjects = draft.frame.subjects
    empty = subjects and all(
        tree.low[one] == "it" and tree.lemma[tree.head[one]] == "be" and tree.head[one] != draft.token
        for one in subjects
    )
    return bool(empty) and tree.dep[draft.token] in {"xcomp", "advcl", "acl", "pcomp", "csubj", "ccomp"}


def is_stance(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether a verb tells what somebody holds, not what was said: "they support us", "is backing"."""
    tree, verb = draft.scope.tree, draft.token
    if tree.lemma[verb] not in lexicon.words["stance_verbs"] or draft.match.sense.pos != "verb":
        return False
    if tree.of(verb, "ccomp"):
        return False
    tags = {tree.tag[one] for one in tree.of(verb, "aux", "auxpass")} | {tree.tag[verb]}
    return bool(tags & {"VBZ", "VBP", "VBG", "VB"}) and not tags & {"VBD", "VBN"}


def _can_speak(draft: Draft, lexicon: Lexicon) -> bool:
    """Whether one of those who are to have said it is no mere place ("the territories reveal")."""
    scope = draft.scope
    return any(
        one in scope.places
        or one in scope.actors
        or kinds_of(scope, one, lexicon) - {"place", "settlement", "infrastructure"}
        for one in draft.frame.subjects
        if not _befalls(scope.tree.lemma[one], lexicon)
    )


def _befalls(noun: str, lexicon: Lexicon) -> bool:
    """Whether a noun names what befalls people or things ("no casualties reported" is nobody's word)."""
    return any(sense.type in FINDINGS for _, sense in lexicon.of(noun, "noun"))


def _is_author(scope: Scope, subjects: list[int], lexicon: Lexicon) -> bool:
    nobody = lexicon.words["first_person"] | lexicon.words["nobody_in_particular"]
    return all(scope.tree.low[one] in nobody and not scope.tree.of(one, "prep") for one in subjects)


def _words(parsed: Sequence[Parsed], offsets: tuple[int, int]) -> str | None:
    for one in parsed:
        sentence = one.sentence
        if sentence.start <= offsets[0] < sentence.end:
            return sentence.text[offsets[0] - sentence.start : offsets[1] - sentence.start] or None
    return None
