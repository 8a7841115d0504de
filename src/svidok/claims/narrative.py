"""What a story hands on from sentence to sentence: places and days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from svidok.atlas.lexicon import Lexicon
from svidok.claims.entries import entry_days, led_in
from svidok.claims.headings import headings_of, heads_of
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.parse import Parsed
from svidok.claims.scene import SCENELESS, Draft, dated_aside, had_been, left_behind
from svidok.claims.towns import NARROW, seats_of
from svidok.claims.tree import Tree
from svidok.records import Place, Sentence

__all__ = ["CAUSES", "RESULTS", "SETTLED", "carry_scene", "carry_time", "continues"]


def carry_scene(drafts: list[Draft], parsed: Sequence[Parsed], mentions: Mentions, lexicon: Lexicon) -> None:
    """Resolve "the city" and "there" to the last fitting place, and carry a scene to its next sentence."""
    last: dict[int, list[Draft]] = {}
    for draft in drafts:
        last.setdefault(draft.sentence, []).append(draft)
    used: set[int] = set()
    heads = headings_of(heads_of(parsed, mentions), parsed, mentions)
    seats = seats_of(mentions)
    for number, group in last.items():
        used.update(place for draft in group for place in draft.places)
        used.update(_told_of(group[0].scope))
        own = any(draft.scope.place_tokens for draft in group)
        for draft in group:
            if draft.places or draft.type in SCENELESS:
                continue
            shown = chain(
                _meant(draft, seats, used, mentions, lexicon),
                _shown(draft, number, last, parsed, mentions, heads, own=own),
            )
            place, how = next((one for one in shown if one[0] is not None), (None, ""))
            if place is not None:
                draft.places, draft.inherited = {place: ""}, True
                draft.ties[place] = how
        scene = {place for draft in group if draft.inherited for place in draft.places}
        if len(scene) == 1 and not own:
            for draft in group:
                if not draft.places and draft.type not in SCENELESS:
                    draft.places, draft.inherited = dict.fromkeys(scene, ""), True
        for draft in group:
            beside = _coordinated(draft, group) or _in_another(draft, group)
            if beside is not None and not draft.places and draft.type not in SCENELESS:
                draft.places, draft.inherited = dict(beside.places), True


def _meant(
    draft: Draft, seats: Sequence[int], used: set[int], mentions: Mentions, lexicon: Lexicon
) -> Iterator[tuple[int | None, str]]:
    """The places that words of its own may stand for, and how: "the capital", "the city", "there"."""
    yield _capital(draft, seats, mentions), "capital"
    yield _definite_place(draft, mentions, lexicon, used), "definite"


def _shown(
    draft: Draft,
    number: int,
    groups: dict[int, list[Draft]],
    parsed: Sequence[Parsed],
    mentions: Mentions,
    heads: Mapping[int, int],
    *,
    own: bool,
) -> Iterator[tuple[int | None, str]]:
    """The places that the lines around a happening may show, and how, the surest first."""
    yield _label(parsed[number].sentence, mentions), "label"
    if own:
        return
    if continues(draft):
        yield _scene_before(number, groups, parsed), "continued"
    if _follows_from(draft, groups.get(number - 1, ())):
        before = _scene_before(number, groups, parsed)
        yield (
            (  # a name without a point adds nothing here
                before if before is not None and mentions.places[before].lat is not None else None
            ),
            "result",
        )
    if _goes_on(draft, number, parsed, mentions):
        before = _scene_before(number, groups, parsed, told=True)
        yield before if before is not None and _narrow(mentions.places[before]) else None, "next step"
    yield _scene_set(number, parsed, mentions), "set"
    if number in heads and not _is_told_before(number, parsed, mentions):
        yield heads[number], "heading"


def _is_told_before(number: int, parsed: Sequence[Parsed], mentions: Mentions) -> bool:
    """Whether the paragraph of a sentence has named a place before it."""
    sentence = parsed[number].sentence
    first = number
    while first and parsed[first - 1].sentence.block == sentence.block:
        first -= 1
    return bool(mentions.within("p", parsed[first].sentence.start, sentence.start))


def _in_another(draft: Draft, group: Sequence[Draft]) -> Draft | None:
    """The happening in which this one happened, where that one has a place ("killed in Derna shelling")."""
    if draft.type not in RESULTS:
        return None
    for prep, noun in draft.frame.preps:
        for other in group:
            if prep not in {"in", "during", "by"} or other is draft or not other.places:
                continue
            if noun in other.frame.anchors or draft.scope.places.get(noun) in other.places:
                return other
    return None


def _coordinated(draft: Draft, group: Sequence[Draft]) -> Draft | None:
    """The happening that a clause is joined to by "and", where that one took its place from the scene."""
    tree = draft.scope.tree
    i = draft.token
    while tree.dep[i] == "conj" and tree.head[i] != i:
        i = tree.head[i]
        for other in group:
            if other is not draft and other.inherited and i in other.frame.anchors:
                return other
    return None


def carry_time(drafts: list[Draft], parsed: Sequence[Parsed], mentions: Mentions) -> None:
    """Let a past happening without a time take that of the one told before it in the same block."""
    led = {**entry_days(parsed, mentions), **led_in(parsed, mentions)}
    told: tuple[int, Draft] | None = None
    for draft in drafts:
        if (
            not draft.times
            and draft.sentence in led
            and draft.standing.modality in SETTLED
            and draft.type != "statement"
            and not _is_before(draft)
        ):
            draft.times, draft.time_inherited = [led[draft.sentence]], True
    for draft in drafts:
        block = parsed[draft.sentence].sentence.block
        if draft.type in SCENELESS or draft.standing.modality not in SETTLED:
            continue
        days = [mentions.times[number] for number in draft.times]
        if any(day.earliest and day.latest for day in days):
            told = None if dated_aside(draft) else (block, draft)
        elif any(day.earliest or day.latest for day in days):
            continue  # "held it since 1 March": the scene stays on its own day
        elif (
            told
            and told[0] == block
            and draft.sentence - told[1].sentence <= _reach(draft, told[1].type)
            and _is_past(draft)
            and not (had_been(draft) or left_behind(told[1], draft))
        ):
            draft.times, draft.time_inherited = list(told[1].times), True


def _is_before(draft: Draft) -> bool:
    """Whether a happening is told in the past perfect, as what came before the scene."""
    tree = draft.scope.tree
    verb = next((node for node in tree.up(draft.token) if tree.pos(node) == "verb"), None)
    return verb is not None and any(tree.low[kid] in {"had", "'d"} for kid in tree.of(verb, "aux"))


def _reach(draft: Draft, cause: str) -> int:
    """Over how many sentences a scene reaches to a happening: one when a pronoun carries it on."""
    if continues(draft) or (draft.type in RESULTS and cause in CAUSES):
        return 1
    return 0


CARRIED = frozenset({"they", "them", "he", "she", "him", "her", "it", "his", "their"})


def continues(draft: Draft) -> bool:
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


def _capital(draft: Draft, seats: Sequence[int], mentions: Mentions) -> int | None:
    """The seat of government that was told of before "the capital" where a happening was."""
    tree, frame = draft.scope.tree, draft.frame
    nouns = [*frame.objects, *(noun for _, noun in frame.preps)]
    if not any(tree.lemma[noun] == "capital" and _is_definite(tree, noun) for noun in nouns):
        return None
    before = [number for number in seats if mentions.places[number].start < tree.start[draft.token]]
    return max(before, key=lambda number: mentions.places[number].start, default=None)


def _is_definite(tree: Tree, noun: int) -> bool:
    """Whether "the", "this" or "that" stands at a noun."""
    return any(tree.dep[kid] == "det" and tree.low[kid] in {"the", "this", "that"} for kid in tree.kids[noun])


def _definite_place(draft: Draft, mentions: Mentions, lexicon: Lexicon, used: set[int]) -> int | None:
    """The place that "the city", "there" or "it" of this happening stands for."""
    tree, frame = draft.scope.tree, draft.frame
    before = sorted(used, key=lambda number: mentions.places[number].start)
    if any(tree.low[kid] in {"there", "here"} for kid in tree.of(draft.token, "advmod")):
        here = [number for number in before if mentions.places[number].start < tree.start[draft.token]]
        return here[-1] if here else None
    nouns = [*frame.objects, *(one for _, one in frame.preps)]
    nouns += [low for one in tuple(nouns) for of in tree.of(one, "prep") for low in tree.of(of, "pobj")]
    if draft.match.sense.roles.get("subject") == "place":
        nouns.extend(frame.subjects)
    for one in nouns:
        named = draft.scope.places.get(tree.head[one]) if tree.dep[one] == "appos" else None
        if named is not None:  # "Bucha, a city from which they withdrew"
            return named
        settled = any(
            "settlement" in kinds_of(draft.scope, noun, lexicon)
            for noun in (one, *tree.of(one, "compound"))  # "the city", "the city centre"
        ) and _is_definite(tree, one)
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


def _follows_from(draft: Draft, before: Sequence[Draft]) -> bool:
    """Whether a happening is what came of those of the sentence before, told without a place of its own.

    "Rockets hit a block of flats in Zaporizhzhia. Twenty people died."
    """
    if draft.type not in RESULTS or draft.standing.modality not in SETTLED or not _is_past(draft):
        return False
    return any(one.type in CAUSES and one.standing.modality in SETTLED for one in before)


def _label(sentence: Sentence, mentions: Mentions) -> int | None:
    """The place that labels a line or a row of a table ("Kozarovychi: the dam was breached").

    "Moscow: our forces hold on" names a voice.
    """
    for number in mentions.within("p", sentence.start, sentence.end)[:1]:
        place = mentions.places[number]
        behind = sentence.text[place.end - sentence.start :].lstrip()
        voice = place.metonym or re.search(r"\b(?:we|our|us)\b", behind, re.IGNORECASE)
        if place.start == sentence.start and not voice and behind.startswith((":", ";")):
            return number
    return None


def _goes_on(draft: Draft, number: int, parsed: Sequence[Parsed], mentions: Mentions) -> bool:
    """Whether a happening is the next step of a story told in the past, in a sentence that names no place."""
    sentence = parsed[number].sentence
    return (
        draft.type in STEPS
        and draft.standing.modality in SETTLED
        and _is_past(draft)
        and not mentions.within("p", sentence.start, sentence.end)
    )


def _narrow(place: Place) -> bool:
    """Whether a place is no wider than a town and has a point."""
    return place.lat is not None and place.kind in NARROW


SETTLED = frozenset({"asserted", "reported", "announced"})
STEPS = frozenset(
    {
        "air_strike", "attack_civilians", "battle", "bomb", "casualties", "chemical", "destroy", "detain",
        "abduct", "sexual_violence", "strike", "protest", "prepare",
    }
)  # fmt: skip
"""Happenings that a story tells one after the other on one scene; armies and aid move between scenes."""
RESULTS = frozenset({"casualties", "destroy"})
CAUSES = frozenset({"strike", "air_strike", "bomb", "chemical", "attack_civilians"})
SETTING = 12  # words of a line that only names where the next ones happen


def _scene_set(number: int, parsed: Sequence[Parsed], mentions: Mentions) -> int | None:
    """The one place of a short line without a verb that sets the scene ("The hero city of Chernihiv.")."""
    for before in range(number - 1, -1, -1):
        sentence = parsed[before].sentence
        if sentence.block != parsed[number].sentence.block:
            return None
        places = mentions.within("p", sentence.start, sentence.end)
        if places:
            first = mentions.places[places[0]]
            if first.start == sentence.start and sentence.text[first.end - sentence.start :].startswith(":"):
                return places[0]  # "Makariv: a flag over the police station."
            verbless = not any(token.tag_.startswith(("V", "MD")) for token in parsed[before].doc)
            short = len(parsed[before].doc) <= SETTING
            return places[0] if short and verbless and len(places) == 1 else None
    return None


def _scene_before(
    number: int, groups: dict[int, list[Draft]], parsed: Sequence[Parsed], *, told: bool = False
) -> int | None:
    """The one place of the sentence before, in the same block; only its own words' when ``told``."""
    before = groups.get(number - 1, ())
    if not before or parsed[number - 1].sentence.block != parsed[number].sentence.block:
        return None
    places = {
        place
        for draft in before
        if draft.type != "statement"
        for place in draft.places
        if not draft.inherited or (draft.type in CAUSES and not told)
    }
    return places.pop() if len(places) == 1 else None
