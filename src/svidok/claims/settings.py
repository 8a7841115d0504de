"""Where a happening is set that has no place in its own clause: which place of the story so far, or none.

"The town was shelled again that night": which town, the reader knows from the sentences before, a heading or
the title. Every place told so far is a candidate; named features say how far back it stands, how it was told
there, what else was said to happen in it and how the happening looks back ("there", "the city", "they").
The rules of :mod:`svidok.claims.narrative` give one feature among them, their own answer. The weights are
data, made by ``benchmarks/fit_settings.py``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.logit import Logit
from svidok.claims.parse import Parsed
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.tree import Tree
from svidok.records import Place

__all__ = ["Candidate", "candidates_of", "settle_scenes"]

REACH = 10
"""Sentences back that a place of the running text stays in mind; headings and the title stay longer."""
STANDING_ROLES = frozenset({"title", "heading", "dateline"})
FORCE = frozenset({"battle", "strike", "air_strike", "bomb", "chemical", "siege"})
HARM = frozenset({"casualties", "attack_civilians", "destroy", "detain", "abduct", "sexual_violence"})
GROUND = frozenset({"capture", "withdraw", "move", "base"})
SETTLED = frozenset({"asserted", "reported", "announced"})
PRONOUNS = frozenset({"they", "them", "he", "she", "him", "her", "it", "we", "us", "i"})
HERE = frozenset({"here", "there"})
DEFINITE = frozenset({"the", "this", "that", "our", "their", "its"})
GOING = frozenset({"to", "towards", "toward", "into", "for", "onto"})
COMING = frozenset({"from", "out"})
STAYING = frozenset({"in", "at", "near", "outside", "around", "inside", "within", "over", "on"})
LIKENING = frozenset({"like", "as", "than", "unlike"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a happening may be set in: its nearest mention, and the features that hold."""

    number: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Told:
    """One earlier mention of a place: the sentence it stands in and how it is told there."""

    number: int
    sentence: int
    names: frozenset[str]


def settle_scenes(
    drafts: Sequence[Draft], parsed: Sequence[Parsed], mentions: Mentions, model: Logit, lexicon: Lexicon
) -> None:
    """Let the model say where the happenings without a place of their own are set, in place.

    Args:
        drafts: the happenings of one document in the order of its text, with what the rules gave them.
        parsed: its parsed sentences.
        mentions: its places.
        model: the weights.
        lexicon: for the kinds of nouns.
    """
    if not mentions.places:
        return
    for draft, candidates in candidates_of(drafts, parsed, mentions, lexicon):
        best, highest = None, model.least
        for candidate in candidates:
            score = model.score(candidate.names)
            if score > highest:
                best, highest = candidate.number, score
        given = set(draft.places)
        draft.places = {} if best is None else {best: draft.places.get(best, "")}
        draft.inherited = best is not None
        if given != set(draft.places):
            draft.notes.append("place by the story" if draft.places else "no place by the story")


def candidates_of(
    drafts: Sequence[Draft], parsed: Sequence[Parsed], mentions: Mentions, lexicon: Lexicon
) -> list[tuple[Draft, list[Candidate]]]:
    """Each happening without a place of its own, with the places that it may be set in, nearest first."""
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    told = _all_told(groups, parsed, mentions)
    counts = Counter(_key(mentions.places[one.number]) for one in told)
    found = []
    for draft in drafts:
        if draft.type in SCENELESS or (draft.places and not draft.inherited):
            continue
        looks = _looks(draft, groups[draft.sentence], parsed, lexicon)
        found.append((draft, _candidates(draft, looks, told, counts, parsed, mentions)))
    return found


def _key(place: Place) -> str:
    return place.key or (place.name or place.text).lower()


def _all_told(groups: dict[int, list[Draft]], parsed: Sequence[Parsed], mentions: Mentions) -> list[_Told]:
    """Every mention of a place in the order of the text, with how its own sentence tells it."""
    told = []
    for at, one in enumerate(parsed):
        sentence = one.sentence
        numbers = mentions.within("p", sentence.start, sentence.end)
        if not numbers:
            continue
        group = groups.get(at, ())
        scope = group[0].scope if group else (None if one.skipped else Scope(Tree(one), mentions))
        for number in numbers:
            place = mentions.places[number]
            names = {f"kind {place.kind}", f"role {sentence.role}"}
            if place.lat is None:
                names.add("no point")
            if place.relation:
                names.add("relation")
            if place.metonym:
                names.add("metonym")
            if len(numbers) > 1:
                names.add("told with others")
            behind = sentence.text[place.end - sentence.start :].lstrip()
            if place.start == sentence.start and behind[:1] in {":", ";", ",", "—", "–"}:
                names.add("label")
            if scope is not None and number in scope.place_tokens:
                names.update(_grammar(scope, scope.place_tokens[number]))
            for draft in group:
                if number in draft.places and not draft.inherited:
                    kind = "statement" if draft.type == "statement" else _family(draft.type)
                    names.update(("of a claim", f"of a claim of {kind}"))
            told.append(_Told(number, at, frozenset(names)))
    return told


def _grammar(scope: Scope, token: int) -> set[str]:
    """How a place hangs in its sentence: its relation, the preposition over it, whether it comes first."""
    tree = scope.tree
    names = {f"dep {tree.dep[token]}"}
    above = tree.head[token]
    low = tree.low[above]
    if tree.dep[token] == "pobj":
        for name, words in (
            ("going", GOING), ("coming", COMING), ("staying", STAYING), ("likening", LIKENING),
        ):  # fmt: skip
            if low in words:
                names.add(name)
        if low == "of" and tree.is_nominal(tree.head[above]):
            names.add(
                f"of a {tree.lemma[tree.head[above]]}" if tree.lemma[tree.head[above]] in NAMED else "of"
            )
    if token <= 2 or (tree.dep[token] == "pobj" and above <= 1):
        names.add("first")
    return names


NAMED = frozenset({"battle", "siege", "fall", "city", "town", "village", "capture", "massacre", "defence"})


def _family(type_: str) -> str:
    for name, types in (("force", FORCE), ("harm", HARM), ("ground", GROUND)):
        if type_ in types:
            return name
    return "other"


@dataclass(frozen=True, slots=True)
class _Looks:
    """How a happening looks back: features of its own, and whether it points at a settlement or a place."""

    names: frozenset[str]
    pointing: str


def _looks(draft: Draft, group: Sequence[Draft], parsed: Sequence[Parsed], lexicon: Lexicon) -> _Looks:
    tree, frame = draft.scope.tree, draft.frame
    names = {f"by {_family(draft.type)}", f"type {draft.type}", f"by {frame.pos}"}
    pointing = "none"
    clause = tree.edges(_clause(tree, draft.token))
    for i in range(clause[0], clause[1] + 1):
        low = tree.low[i]
        if low in HERE and tree.dep[i] in {"advmod", "pobj", "pcomp"}:
            pointing = "here"
        elif tree.tag[i] in {"NN", "NNS"} and pointing == "none":
            given = any(tree.low[kid] in DEFINITE for kid in tree.kids[i] if kid < i)
            if given and "settlement" in kinds_of(draft.scope, i, lexicon):
                pointing = "settlement" if tree.tag[i] == "NN" else "settlements"
            elif given and tree.lemma[i] in REGIONS:
                pointing = "region"
            elif given and "place" in kinds_of(draft.scope, i, lexicon):
                pointing = "spot"
    names.add(f"pointing {pointing}")
    if any(tree.low[one] in PRONOUNS for one in (*frame.subjects, *frame.objects)):
        names.add("by pronoun")
    if draft.standing.modality not in SETTLED:
        names.add("unsettled")
    if draft.standing.polarity == "negated":
        names.add("negated")
    if draft.speaker is not None:
        names.add("spoken")
    tags = {tree.tag[kid] for kid in tree.of(draft.token, "aux", "auxpass")} | {tree.tag[draft.token]}
    names.add("past" if "VBD" in tags else "not past")
    own = len(draft.scope.place_tokens)
    names.add(f"own places {min(own, 3)}")
    if any(
        one is not draft and one.places and not one.inherited and one.type not in SCENELESS for one in group
    ):
        names.add("beside one with a place")
    if tree.dep[draft.token] in {"relcl", "acl", "advcl"}:
        names.add("aside")
    names.add(f"in {parsed[draft.sentence].sentence.role}")
    return _Looks(frozenset(names), pointing)


REGIONS = frozenset(
    {"region", "province", "area", "district", "oblast", "country", "county", "island", "valley"}
)


def _clause(tree: Tree, token: int) -> int:
    for node in tree.up(token):
        if tree.pos(node) == "verb":
            return node
    return token


def _candidates(
    draft: Draft,
    looks: _Looks,
    told: Sequence[_Told],
    counts: Counter[str],
    parsed: Sequence[Parsed],
    mentions: Mentions,
) -> list[Candidate]:
    at = draft.sentence
    tree = draft.scope.tree
    nearest: dict[str, list[_Told]] = {}
    for one in reversed(told):
        if one.sentence > at or (
            one.sentence < at - REACH and parsed[one.sentence].sentence.role not in STANDING_ROLES
        ):
            continue
        place = mentions.places[one.number]
        if place.metonym or (
            one.sentence == at and place.start > tree.start[draft.token] and _later(draft, one)
        ):
            continue
        nearest.setdefault(_key(place), []).append(one)
    order = sorted(nearest.values(), key=lambda run: -mentions.places[run[0].number].start)
    common = max((counts[key] for key in nearest), default=0)
    found = []
    settlements = 0
    for rank, run in enumerate(order):
        place = mentions.places[run[0].number]
        key = _key(place)
        settlement = place.kind in {"settlement", "facility"}
        names = {"always", f"rank {min(rank, 4)}"}
        if settlement:
            names.add(f"settlement rank {min(settlements, 3)}")
            settlements += 1
        names.update(run[0].names)
        back = at - run[0].sentence
        far = f"back {_step(back)}"
        names.add(far)
        blocks = parsed[at].sentence.block - parsed[run[0].sentence].sentence.block
        names.add(f"blocks {min(blocks, 3)}")
        names.add("alone" if len(order) == 1 else "one of several")
        if counts[key] == common and counts[key] > 1:
            names.add("commonest")
        if len(run) > 1:
            names.add(f"told again {min(len(run), 4)}")
            for older in run[1:]:
                names.update(
                    f"before {name}" for name in older.names if name.startswith(("of a claim", "role "))
                )
        for other in order:
            rival = mentions.places[other[0].number]
            if rival is not place and place.name and place.name in rival.within:
                names.add("contains another")
            elif rival is not place and rival.name and rival.name in place.within:
                names.add("within another")
        if draft.inherited and any(_key(mentions.places[n]) == key for n in draft.places):
            names.add("rule")
        else:
            names.add("rule other" if draft.places else "rule none")
        names.update(_crossed(names, looks, far, f"kind {place.kind}"))
        found.append(Candidate(run[0].number, frozenset(names)))
    return found


def _later(draft: Draft, one: _Told) -> bool:
    """Whether a place behind the trigger in its own sentence belongs to something told later."""
    return one.number not in draft.scope.place_tokens


def _step(back: int) -> str:
    return str(back) if back <= 3 else "4-6" if back <= 6 else "7+"


def _crossed(names: set[str], looks: _Looks, far: str, kind: str) -> set[str]:
    """What the happening is, beside how the place stands to it."""
    rule = "rule" if "rule" in names else "rule other" if "rule other" in names else "rule none"
    claimed = "claimed" if "of a claim" in names else "told"
    same = "same block" if "blocks 0" in names else "other block"
    crossed = {
        f"{far} {same}",
        f"{far} {claimed}",
        f"{far} {kind}",
        f"{same} {claimed}",
        f"{rule} & {far}",
        f"{rule} & {kind}",
    }
    for name in looks.names:
        crossed.update(
            (name, f"{name} & {far}", f"{name} & {kind}", f"{name} & {rule}", f"{name} & {claimed}")
        )
        if name.startswith("by "):
            crossed.update(f"{name} & {other}" for other in names if other.startswith("of a claim of"))
    if looks.pointing != "none":
        crossed.update(
            f"pointing {looks.pointing} & {other}"
            for other in names
            if other.startswith(("settlement rank", "rank", "commonest", "role"))
        )
    return crossed
