"""Where a happening is set that has no place in its own clause: which place of the story so far, or none.

"The town was shelled again that night": which town, the reader knows from the sentences before, a heading or
the title. :mod:`svidok.claims.stage` follows the story and says what its scene is at each sentence; every
place told so far is a candidate, named features say what part it has in the story (the scene, the heading's
place, what the whole text is about) and how the happening looks back ("there", "the city", "they"), and the
weights decide. They are data, made by ``benchmarks/fit_settings.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from svidok.atlas.lexicon import Lexicon
from svidok.claims.kinds import Mentions, kinds_of
from svidok.claims.logit import Logit
from svidok.claims.parse import Parsed
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.stage import SETTING, Part, Stage, stages_of
from svidok.claims.threads import Threads
from svidok.claims.towns import is_narrow, key_of
from svidok.claims.tree import Tree

__all__ = ["Candidate", "candidates_of", "family_of", "settle_scenes"]

FORCE = frozenset({"battle", "strike", "air_strike", "bomb", "chemical", "siege"})
HARM = frozenset({"casualties", "attack_civilians", "destroy", "detain", "abduct", "sexual_violence"})
GROUND = frozenset({"capture", "withdraw", "move", "base"})
SETTLED = frozenset({"asserted", "reported", "announced"})
PRONOUNS = frozenset({"they", "them", "he", "she", "him", "her", "it", "we", "us", "i"})
HERE = frozenset({"here", "there"})
DEFINITE = frozenset({"the", "this", "that", "our", "their", "its"})
REGIONS = frozenset(
    {"region", "province", "area", "district", "oblast", "country", "county", "island", "valley"}
)
SINCE = frozenset({"since", "total", "altogether"})
LARGE = 1_000  # from here on a number is more likely a war's or a country's than a town's
TRAITS = frozenset(
    {
        *("seat", "abroad", "in a crowd", "doubtful", "only in the dateline", "told often", "firm 0"),
        *("narrated", "partly narrated"),
    }
)
NEARLY = -0.5
"""What a place of the sentence itself must be to its happening by the grammar, where 0 is its scene."""
OWN = TRAITS | {"is scene", "is lead", "is focus", "is heading", "is in the title", "most told", "told again"}
PLAIN = frozenset({"label", "set", "heading", "capital", "result"})
"""Ways of the rules that leave nothing to weigh."""
FORM = ("by ", "in ")  # of the clause: how it is told tells nothing of where
WIDE = frozenset({"is wide scene"})
ELSEWHERE = frozenset({"elsewhere", "everywhere", "nationwide", "country", "world", "abroad"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a happening may be set in: its nearest mention, and the features that hold."""

    number: int
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
        draft.inherited = best is not None and best not in draft.scope.place_tokens
        if given != set(draft.places):
            draft.notes.append("place by the story" if draft.places else "no place by the story")


def candidates_of(
    drafts: Sequence[Draft], parsed: Sequence[Parsed], mentions: Mentions, lexicon: Lexicon
) -> list[tuple[Draft, list[Candidate]]]:
    """Each happening without a place in its own sentence, with the places it may be set in, nearest first."""
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    stages = stages_of(groups, parsed, mentions, lexicon)
    threads = Threads(groups, parsed, mentions, family_of)
    found = []
    for draft in drafts:
        if draft.type in SCENELESS or _is_placed(draft):
            continue
        looks = _looks(draft, groups[draft.sentence], parsed, lexicon)
        found.append((draft, _candidates(draft, looks, stages[draft.sentence], threads, mentions)))
    return found


def _is_placed(draft: Draft) -> bool:
    """Whether its place is told by its own sentence, or by words that can mean no other."""
    if not draft.places or not draft.inherited:
        return bool(draft.places)
    return any(n in draft.scope.place_tokens or draft.ties.get(n) in PLAIN for n in draft.places)


@dataclass(frozen=True, slots=True)
class _Looks:
    """How a happening looks back: features of its own, and what it points at."""

    names: frozenset[str]
    pointing: str


def _looks(draft: Draft, group: Sequence[Draft], parsed: Sequence[Parsed], lexicon: Lexicon) -> _Looks:
    mentions = draft.scope.mentions
    tree, frame = draft.scope.tree, draft.frame
    names = {f"of {family_of(draft.type)}", f"by {frame.pos}"}
    pointing = _pointing(draft, lexicon)
    names.add(f"pointing {pointing}")
    if any(tree.low[one] in PRONOUNS for one in (*frame.subjects, *frame.objects)):
        names.add("by pronoun")
    if draft.standing.modality not in SETTLED:
        names.add("unsettled")
    if draft.standing.polarity == "negated":
        names.add("negated")
    tags = {tree.tag[kid] for kid in tree.of(draft.token, "aux", "auxpass")} | {tree.tag[draft.token]}
    names.add("past" if "VBD" in tags else "not past")
    names.add(f"own places {min(len(draft.scope.place_tokens), 2)}")
    if any(
        one is not draft and one.places and not one.inherited and one.type not in SCENELESS for one in group
    ):
        names.add("beside one with a place")
    if draft.quantities and SINCE & set(tree.low):
        names.add("total")
    if any((mentions.quantities[n].low or 0) >= LARGE for n in draft.quantities):
        names.add("large number")
    if ELSEWHERE & set(tree.low):
        names.add("elsewhere")
    names.add(f"in {parsed[draft.sentence].sentence.role}")
    return _Looks(frozenset(names), pointing)


FAMILIES = (("force", FORCE), ("harm", HARM), ("ground", GROUND))


def family_of(type_: str) -> str:
    """The family of a type of happening, by what it does to whom; a type of no family is its own."""
    return next((name for name, some in FAMILIES if type_ in some), type_)


def _pointing(draft: Draft, lexicon: Lexicon) -> str:
    """What the clause points back at: "here", a settlement, a region, a spot, or nothing."""
    tree = draft.scope.tree
    pointing = "none"
    first, last = tree.edges(_clause(tree, draft.token))
    for i in range(first, last + 1):
        if tree.low[i] in HERE and tree.dep[i] in {"advmod", "pobj", "pcomp"}:
            return "here"
        if tree.tag[i] not in {"NN", "NNS"} or pointing != "none":
            continue
        if not any(tree.low[kid] in DEFINITE for kid in tree.kids[i] if kid < i):
            continue
        kinds = kinds_of(draft.scope, i, lexicon)
        if "settlement" in kinds:
            pointing = "settlement" if tree.tag[i] == "NN" else "settlements"
        elif tree.lemma[i] in REGIONS:
            pointing = "region"
        elif "place" in kinds or "infrastructure" in kinds:
            pointing = "spot"
    return pointing


def _clause(tree: Tree, token: int) -> int:
    for node in tree.up(token):
        if tree.pos(node) == "verb":
            return node
    return token


def _leaning(draft: Draft, part: Part, start: int, kind: str, looks: _Looks) -> set[str]:
    """What is seen of a place of the sentence itself that its grammar only nearly ties to the happening."""
    how = "nearly" if draft.leanings[part.number] > NEARLY / 2 else "less"
    after = "after" if start > draft.scope.tree.start[draft.token] else "before"
    names = {"own", f"own leaning {how}", f"own {after}", f"own & {kind}", f"own firm {part.firm}"}
    names.update(f"own & {name}" for name in looks.names if not name.startswith(FORM))
    names.update(f"own & {name}" for name in OWN & part.names)
    return names


def _candidates(
    draft: Draft, looks: _Looks, stage: Stage, threads: Threads, mentions: Mentions
) -> list[Candidate]:
    found: list[Candidate] = []
    rule = {key_of(mentions.places[number]) for number in draft.places}
    staged = any(
        part.back == 0 and part.firm >= SETTING and is_narrow(mentions.places[part.number])
        for part in stage.parts
    )
    for part in stage.parts:
        place = mentions.places[part.number]
        if staged and part.back > 0 and looks.pointing == "none":
            continue  # the sentence has a scene of its own: none from before
        kind = "narrow" if is_narrow(place) else "wide"
        names = {"always", f"{kind}", *part.names}
        if part.back == 0:
            if draft.leanings.get(part.number, -math.inf) <= NEARLY:
                continue
            names |= _leaning(draft, part, place.start, kind, looks)
        names.add("no point" if place.lat is None else "point")
        names.add("rule" if key_of(place) in rule else "rule other" if rule else "rule none")
        if "rule" in names:
            names.add(f"rule {min(part.back, 4)} back")
        for role in sorted(name for name in part.names if name.startswith("is ") and name not in WIDE):
            names.update(f"{role} & {name}" for name in looks.names if not name.startswith(FORM))
            names.add(f"{role} & {kind}")
            names.update(f"{role} & {trait}" for trait in TRAITS & part.names)
            if "rule" in names:
                names.add(f"{role} & rule")
        names.update(f"{kind} & {name}" for name in looks.names if name.startswith("pointing"))
        names.update(looks.names, threads.names(draft, part.number, part.back))
        found.append(Candidate(part.number, frozenset(names)))
    return found
