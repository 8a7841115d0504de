"""The stage of a story: at each sentence, which places were told so far and what part each has in it.

A story sets a scene ("In Derna ...", a heading, a label, a battle told of) and goes on in it until the
next. Some places are only spoken of: where somebody comes from, where a road leads, whose brigade it is. The
stage follows that from sentence to sentence, without deciding anything about a happening.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from svidok.atlas.lexicon import Lexicon
from svidok.claims.headings import headings_of, heads_of
from svidok.claims.kinds import Mentions, Scope, kinds_of
from svidok.claims.parse import Parsed
from svidok.claims.scene import Draft
from svidok.claims.towns import home_of, is_narrow, is_seat, key_of
from svidok.claims.tree import Tree

__all__ = ["SETTING", "Part", "Stage", "stages_of"]

REACH = 12
"""Sentences back that a place of the running text stays in mind; headings and the title stay longer."""
SETTING = 2  # how firmly a mention must be told to set a scene
TITLED = 3  # what a mention in a title or a heading weighs, in mentions
FOCUS = 1.5  # how much more often than the next the town that a text is about is told
KEPT = 200  # mentions of the town that a text is about that stay in mind beyond the reach
SHARE = 0.35  # of all tellings of towns: a chronicle of many towns is about none of them
OPENING = 3  # sentences of the body that make its opening
NARRATED, PARTLY = 0.02, 0.008  # of the words: "I" and "we" in a witness's own story, in a report with voices
CROWD = 3  # towns in one sentence above which none of them is a scene
DOUBT = 0.5  # the confidence of a place under which its mention may be no place
SETTLING = frozenset({"battle", "strike", "air_strike", "bomb", "chemical", "siege", "capture", "destroy"})
"""Happenings whose place is a scene, however it is tied to them ("fired rockets into Misrata")."""
SELF = re.compile(r"\b(?:I|we|my|our|me|us)\b", re.IGNORECASE)
STAYING = frozenset(
    {"in", "at", "near", "outside", "around", "inside", "within", "over", "on", "across", "throughout"}
)
LEADING = frozenset(
    {"from", "to", "towards", "toward", "into", "for", "onto", "via", "of", "with", "through"}
)
LIKENING = frozenset({"like", "as", "than", "unlike", "about", "against"})
BEARERS = frozenset({"people", "organisation", "force", "leader", "civilians", "equipment", "weapon", "way"})
SPEAKERS = frozenset({"organisation", "leader"})
EVENTS = frozenset({"fighting", "happening", "event"})
SETTLED = frozenset({"asserted", "reported", "announced"})


@dataclass(frozen=True, slots=True)
class Part:
    """A place told so far, by its nearest mention: how far back, how firmly told (0 to 3), its features."""

    number: int
    back: int
    firm: int
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """What the story has shown up to a sentence, nearest first."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class _Telling:
    """One mention: its sentence and how firmly it sets a scene there (3 sets it, 0 only speaks of it)."""

    number: int
    sentence: int
    firm: int
    claimed: bool
    role: str


def stages_of(
    groups: Mapping[int, Sequence[Draft]], parsed: Sequence[Parsed], mentions: Mentions, lexicon: Lexicon
) -> dict[int, Stage]:
    """The stage at each sentence that tells a happening.

    Args:
        groups: the happenings by sentence, with the places of their own.
        parsed: the sentences of the document.
        mentions: its places.
        lexicon: for the kinds of nouns.
    """
    tellings: list[_Telling] = []
    for at, one in enumerate(parsed):
        tellings.extend(_tellings(at, one, groups.get(at, ()), mentions, lexicon))
    shares = _shares(tellings, mentions, parsed)
    focus = _focus(shares)
    lead = _lead(tellings, parsed, mentions)
    home = home_of(mentions)
    heads = heads_of(parsed, mentions)
    bare = headings_of(heads, parsed, mentions)
    index = _Index(tellings, {focus, lead} - {None}, parsed, mentions)
    voice = _voice(parsed)
    return {
        at: _stage(at, index, heads.get(at), at in bare, focus, lead, shares, home, voice, parsed, mentions)
        for at in groups
    }


def _tellings(
    at: int, one: Parsed, group: Sequence[Draft], mentions: Mentions, lexicon: Lexicon
) -> list[_Telling]:
    sentence = one.sentence
    numbers = [
        n for n in mentions.within("p", sentence.start, sentence.end) if not mentions.places[n].metonym
    ]
    if not numbers:
        return []
    scope = group[0].scope if group else (None if one.skipped else Scope(Tree(one), mentions))
    own = {
        number
        for draft in group
        if not draft.inherited and draft.type != "statement" and draft.standing.modality in SETTLED
        for number in draft.places
    }
    struck = own & {number for draft in group if draft.type in SETTLING for number in draft.places}
    said = {draft.token for draft in group if draft.type == "statement"}
    told = []
    for number in numbers:
        place = mentions.places[number]
        firm = 1
        if scope is not None and number in scope.place_tokens:
            firm = _firmness(scope, scope.place_tokens[number], said, lexicon)
        behind = sentence.text[place.end - sentence.start :].lstrip()
        if place.start == sentence.start and behind[:1] in {":", "—", "–"}:
            firm = 3
        if number in struck or (number in own and firm):
            firm = max(firm, 2)
        told.append(_Telling(number, at, firm, number in own, sentence.role))
    return told


def _firmness(scope: Scope, token: int, said: Set[int], lexicon: Lexicon) -> int:
    """How firmly a mention sets a scene, by its grammar; where something is only said sets none."""
    tree = scope.tree
    dep, above = tree.dep[token], tree.head[token]
    if dep in {"compound", "nmod", "poss", "amod"}:
        kinds = kinds_of(scope, above, lexicon)
        if kinds & EVENTS:
            return 2
        return 0 if kinds & BEARERS or "name" in kinds else 1
    if dep == "appos" and above in scope.places:
        return 1
    if dep in {"pobj", "conj", "appos"}:
        node = token
        while tree.dep[node] in {"conj", "appos"} and tree.head[node] != node:
            node = tree.head[node]
        if tree.dep[node] != "pobj":
            return 1
        prep = tree.head[node]
        low, host = tree.low[prep], tree.head[prep]
        if low in LIKENING:
            return 0
        if low in STAYING:
            if host in said:
                return 0
            if prep <= 1:
                return 3
            bearer = tree.is_nominal(host) and kinds_of(scope, host, lexicon)
            return 0 if bearer and bearer & SPEAKERS else 1 if bearer and bearer & BEARERS else 2
        if low == "of" and tree.is_nominal(host) and kinds_of(scope, host, lexicon) & EVENTS:
            return 2
        return 0 if low in LEADING and not (low == "of" and host not in scope.places) else 1
    return 1


def _shares(tellings: Sequence[_Telling], mentions: Mentions, parsed: Sequence[Parsed]) -> dict[str, float]:
    """How much of a text each town has, as a share of all tellings of towns, the most told first."""
    weights: Counter[str] = Counter()
    for one in tellings:
        place = mentions.places[one.number]
        if is_narrow(place) and one.firm:
            weights[key_of(place)] += TITLED if one.role == "title" else one.role != "dateline"
    total = max(1, weights.total())
    return {key: weight / total for key, weight in weights.most_common()}


def _focus(shares: Mapping[str, float]) -> str | None:
    """The town that the whole text is about: told most often, in the title above all."""
    first, second, *_ = [*shares, None, None]
    if first is None or shares[first] < SHARE:
        return None
    return None if second is not None and shares[first] < FOCUS * shares[second] else first


def _lead(tellings: Sequence[_Telling], parsed: Sequence[Parsed], mentions: Mentions) -> str | None:
    """The town that a text opens with: where the first happening of its opening lines is told to be."""
    body = [at for at, one in enumerate(parsed) if one.sentence.role == "body"][:OPENING]
    told = [
        one
        for one in tellings
        if one.sentence in body and one.role == "body" and is_narrow(mentions.places[one.number])
    ]
    first = next((one for one in told if one.claimed), None) or next((one for one in told if one.firm), None)
    return key_of(mentions.places[first.number]) if first is not None else None


def _voice(parsed: Sequence[Parsed]) -> str:
    """Whether somebody tells what he lived through, who stays where he is while nothing else is told."""
    words = sum(len(one.doc) for one in parsed)
    selves = sum(len(SELF.findall(one.sentence.text)) for one in parsed)
    share = selves / max(1, words)
    return "narrated" if share > NARRATED else "partly narrated" if share > PARTLY else "told"


class _Index:
    """The tellings of a document by sentence, so that a sentence looks at a bounded number of them."""

    def __init__(
        self,
        tellings: Sequence[_Telling],
        kept: Set[str | None],
        parsed: Sequence[Parsed],
        mentions: Mentions,
    ) -> None:
        self._tellings = tellings
        self._sentences = [one.sentence for one in tellings]
        self._numbers = {one.number: k for k, one in enumerate(tellings)}
        self._standing: list[int] = []
        self._kept: list[int] = []
        for k, one in enumerate(tellings):
            if one.role in {"title", "dateline"}:
                self._standing.append(k)
            elif key_of(mentions.places[one.number]) in kept:
                self._kept.append(k)

    def before(self, at: int, head: int | None) -> Iterator[_Telling]:
        """What stays in mind at a sentence, nearest first: its reach, titles, the heading, the focus."""
        low, high = bisect_left(self._sentences, at - REACH), bisect_right(self._sentences, at)
        kept = set(range(low, high))
        kept.update(k for k in self._standing if k < low)
        far = bisect_left(self._kept, low)
        kept.update(self._kept[max(0, far - KEPT) : far])
        if head is not None and self._numbers[head] < low:
            kept.add(self._numbers[head])
        return (self._tellings[k] for k in sorted(kept, reverse=True))


def _stage(
    at: int,
    index: _Index,
    head: int | None,
    bare: bool,
    focus: str | None,
    lead: str | None,
    shares: Mapping[str, float],
    home: str | None,
    voice: str,
    parsed: Sequence[Parsed],
    mentions: Mentions,
) -> Stage:
    runs: dict[str, list[_Telling]] = {}
    for one in index.before(at, head):
        runs.setdefault(key_of(mentions.places[one.number]), []).append(one)
    order = sorted(runs.values(), key=lambda run: (-run[0].sentence, mentions.places[run[0].number].start))
    scene = _scene(at, order, mentions, narrow=True)
    wide = _scene(at, order, mentions, narrow=False)
    headed = key_of(mentions.places[head]) if head is not None else None
    block = parsed[at].sentence.block
    if scene is not None and any(
        parsed[one.sentence].sentence.block == block and one.sentence < at and one.firm >= SETTING
        for run in order
        for one in run
        if key_of(mentions.places[one.number]) == scene
    ):
        headed = None  # the paragraph has set a scene of its own under the heading
    crowds = Counter(one.sentence for run in order for one in run if is_narrow(mentions.places[one.number]))
    parts = []
    for run in order:
        nearest = run[0]
        place = mentions.places[nearest.number]
        key = key_of(place)
        back = at - nearest.sentence
        blocks = parsed[at].sentence.block - parsed[nearest.sentence].sentence.block
        names = {voice, f"firm {nearest.firm}", "alone" if len(order) == 1 else "one of several"}
        roles = {one.role for one in run}
        if key != headed:  # how far back that stands is nothing
            names.update((f"back {min(back, 4)}", f"blocks {min(blocks, 2)}"))
        if len(run) > 1:
            names.add("told again")
        if len(run) > 3:
            names.add("told often")
        if key == next(iter(shares), None):
            names.add("most told")
        if crowds[nearest.sentence] > CROWD:
            names.add("in a crowd")
        if place.confidence < DOUBT:
            names.add("doubtful")
        if home is not None and place.country is not None and place.country != home:
            names.add("abroad")
        if is_seat(place):
            names.add("seat")
            if roles == {"dateline"}:
                names.add("seat in the dateline")
        if any(one.claimed for one in run):
            names.add("claimed")
        if key == scene:
            names.add("is scene")
        if key == wide:
            names.add("is wide scene")
        if key == headed:
            names.add("is heading" if bare else "is in the heading")
        elif headed is not None:
            names.add("not of the heading" if back > 0 else "beside the heading")
        if key == lead:
            names.add("is lead")
        if key == focus:
            names.add("is focus")
            if scene is None or scene == key:
                names.add("is focus and scene")
        if "title" in roles:
            names.add("is in the title")
        elif "dateline" in roles:
            names.add("is in the dateline")
        if roles == {"dateline"}:
            names.add("only in the dateline")
        parts.append(Part(nearest.number, back, nearest.firm, frozenset(names)))
    return Stage(tuple(parts))


def _scene(at: int, order: Sequence[Sequence[_Telling]], mentions: Mentions, *, narrow: bool) -> str | None:
    """The place that the story was last set in before a sentence."""
    best: tuple[int, int, int] | None = None
    found = None
    for run in order:
        place = mentions.places[run[0].number]
        if is_narrow(place) != narrow:
            continue
        for one in run:
            if one.firm < SETTING or one.sentence == at:
                continue
            rank = (one.sentence, one.firm + one.claimed, mentions.places[one.number].start)
            if best is None or rank > best:
                best, found = rank, key_of(place)
    return found
