"""When a happening was: which of the days that its clause, its sentence and the story tell, or none.

"They left on the 30th; the bridge had been blown up": which of the two the 30th dates, and what dates the
other, grammar alone does not say. :mod:`svidok.claims.calendar` gathers the days told; each in reach is a
candidate, named features say how it hangs on the happening, how it is told and what the rules of grammar and
story (:mod:`svidok.claims.scene`, :mod:`svidok.claims.narrative`) made of it, and the weights decide. They
are data, made by ``benchmarks/fit_dating.py``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from svidok.atlas.lexicon import Lexicon
from svidok.claims.calendar import Bounds, Calendar, Told, bounds_of, days_of, span_of, tense_of
from svidok.claims.hanging import preposition_of, top_of, way_of
from svidok.claims.kinds import Mentions, kinds_of
from svidok.claims.logit import Logit
from svidok.claims.narrative import CAUSES, RESULTS, SETTLED, continues, date_of_post, is_now, is_so_far
from svidok.claims.parse import Parsed
from svidok.claims.scene import SCENELESS, Draft
from svidok.claims.settings import family_of
from svidok.claims.tree import Tree
from svidok.records import Document, TimeSpan

__all__ = ["Dated", "dates_of", "settle_dates"]

EVENTS = frozenset({"event", "happening", "fighting"})
BREAKS = frozenset(";:—–()")
MOST = 10  # stretches of its own sentence that a happening looks at
TELLING = ("tense", "of ", "settled", "unsettled", "in a")  # what bears on days from another sentence
HANGING = ("kind", "rel", "prep", "nearest")  # what bears on days that the rules chose


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of days that a happening may have, and the features that hold."""

    span: TimeSpan
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the rules gave a happening, and by what kind of rule."""

    span: TimeSpan | None
    kind: str


@dataclass(slots=True)
class _Found:
    """A candidate in the making: what part its words have, and its features."""

    span: TimeSpan
    part: str
    names: set[str] = field(default_factory=set)


def settle_dates(
    drafts: Sequence[Draft],
    document: Document,
    parsed: Sequence[Parsed],
    mentions: Mentions,
    model: Logit,
    lexicon: Lexicon,
) -> None:
    """Let the model say when each happening was, in place.

    Args:
        drafts: the happenings of one document in the order of its text, with what the rules gave them.
        document: for its day of publication.
        parsed: its parsed sentences.
        mentions: its times.
        model: the weights.
        lexicon: for the kinds of nouns.
    """
    for draft, rule, candidates in dates_of(drafts, document, parsed, mentions, lexicon):
        best, highest = None, model.least
        for candidate in candidates:
            score = model.score(candidate.names)
            if score > highest:
                best, highest = candidate.span, score
        draft.time = best
        if bounds_of(rule) != bounds_of(best):
            draft.notes.append("time by the story" if best else "no time by the story")


def dates_of(
    drafts: Sequence[Draft],
    document: Document,
    parsed: Sequence[Parsed],
    mentions: Mentions,
    lexicon: Lexicon,
) -> Iterator[tuple[Draft, TimeSpan | None, list[Dated]]]:
    """Each happening, the time that the rules gave it, and the stretches of days that it may have."""
    today = date_of_post(document)
    rules = {id(draft): _rule(draft, today) for draft in drafts}
    groups: dict[int, list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(draft.sentence, []).append(draft)
    kind = "in a post" if today else "in a dated text" if document.published else "in an undated text"
    story = _Story(parsed, mentions, Calendar(document, parsed, mentions), lexicon, groups, rules, kind)
    for draft in drafts:
        yield draft, rules[id(draft)].span, story.candidates(draft)


def _rule(draft: Draft, today: TimeSpan | None) -> _Rule:
    span = span_of(draft)
    if span is not None:
        return _Rule(span, "carried" if draft.time_inherited else "own")
    if today is not None and is_now(draft):
        return _Rule(today, "post")
    if today is not None and is_so_far(draft):
        return _Rule(_until(today), "so far")
    return _Rule(None, "none")


@dataclass(slots=True)
class _Story:
    """What the happenings of one document are dated by."""

    parsed: Sequence[Parsed]
    mentions: Mentions
    calendar: Calendar
    lexicon: Lexicon
    groups: Mapping[int, Sequence[Draft]]
    rules: Mapping[int, _Rule]
    kind: str
    tenses: dict[int, str] = field(default_factory=dict)

    def candidates(self, draft: Draft) -> list[Dated]:
        """Every stretch of days in reach of a happening, with its features."""
        rule, looks = self.rules[id(draft)], self._looks(draft)
        found: dict[Bounds, _Found] = {}
        for one in self._in_reach(draft):
            known = found.setdefault(bounds_of(one.span), one)
            known.names |= one.names
        if rule.span is not None:
            found.setdefault(bounds_of(rule.span), _Found(rule.span, "rule")).span = rule.span
        if draft.standing.modality in SETTLED:
            for one in _limits(found):
                found.setdefault(bounds_of(one.span), one)
        return [Dated(one.span, self._names(draft, one, rule, looks)) for one in found.values()]

    def _names(self, draft: Draft, one: _Found, rule: _Rule, looks: frozenset[str]) -> frozenset[str]:
        part = one.part
        names = {"always", f"part {part}", *one.names, *looks}
        if rule.span is not None and bounds_of(rule.span) == bounds_of(one.span):
            names.update((f"rule {rule.kind}", f"rule {rule.kind} & {part}"))
            hanging = [name for name in one.names if name.startswith(HANGING)]
            names.update(f"rule {rule.kind} & {name}" for name in (*looks, *hanging))
        else:
            names.update((f"rule other {rule.kind}", f"rule other {rule.kind} & {part}"))
            if rule.span is not None:
                wider = days_of(rule.span) < days_of(one.span)
                names.add("wider than the rule" if wider else "not wider than the rule")
        crossed = looks if part.startswith("own") else [n for n in looks if n.startswith(TELLING)]
        names.update(f"{part} & {name}" for name in crossed)
        names.update(f"{part} & {name}" for name in one.names if name.startswith("kind"))
        return frozenset(names)

    def _looks(self, draft: Draft) -> frozenset[str]:
        """Features of the happening itself, whatever the candidate."""
        tense = tense_of(draft.scope.tree, draft.token)
        names = {
            self.kind,
            f"of {family_of(draft.type)}",
            f"tense {tense}",
            "settled" if draft.standing.modality in SETTLED else "unsettled",
            f"days in sentence {min(len(self.calendar.within(draft.sentence)), 3)}",
        }
        if draft.speaker is not None:
            names.add("said")
        if draft.quantities:
            names.update(("counted", f"counted {tense}"))
        if continues(draft):
            names.add("continues")
        group = self.groups[draft.sentence]
        if any(one is not draft and self.rules[id(one)].kind == "own" for one in group):
            names.add("beside one dated")
        if draft.sentence in self.calendar.heads:
            names.add("under a day")
        return frozenset(names)

    def _in_reach(self, draft: Draft) -> Iterator[_Found]:
        """The stretches told in the sentence, before it, over it, and the day of publication."""
        at = draft.sentence
        near = self._near(draft)
        for told in near:
            yield self._own(draft, told, near)
        for rank, told in enumerate(self.calendar.before(at)):
            yield self._before(draft, told, last=rank == 0)
        head = self.calendar.head(at)
        if head is not None:
            yield _Found(replace(head.span, inherited=True), "head", set(head.names))
        for told in self.calendar.titles:
            if told.sentence < at:
                yield _Found(replace(told.span, inherited=True), "title", {"titled", *told.names})
        day = self.calendar.published
        if day is not None:
            yield _Found(TimeSpan(day, day, day, None, inherited=True), "published", {"published"})

    def _before(self, draft: Draft, told: Told, *, last: bool) -> _Found:
        """A stretch told before the sentence: how far back, in what tense, and what it dates there."""
        tense = tense_of(draft.scope.tree, draft.token)
        above = self.parsed[draft.sentence].sentence.block - self.parsed[told.sentence].sentence.block
        names = {
            f"back {min(draft.sentence - told.sentence, 4)}",
            f"blocks {min(above, 2)}",
            f"told {self._tense(told)} & {tense}",
            *told.names,
        }
        for other in self.groups.get(told.sentence, ()):
            rule = self.rules[id(other)]
            if rule.kind == "post" or bounds_of(rule.span) != bounds_of(told.span):
                continue
            names.add("dates another")
            if other.type == draft.type:
                names.add("dates its like")
            if other.places and draft.places:
                there = set(other.places) & set(draft.places)
                names.add("dates one there" if there else "dates one elsewhere")
            if other.type in CAUSES and draft.type in RESULTS:
                names.add("dates its cause")
        part = f"{'last' if last else 'earlier'} {'above' if above else 'here'}"
        return _Found(replace(told.span, inherited=True), part, names)

    def _tense(self, told: Told) -> str:
        """The tense of the clause that a time of another sentence stands in."""
        number = told.numbers[0]
        if number not in self.tenses:
            one, time = self.parsed[told.sentence], self.mentions.times[number]
            group = self.groups.get(told.sentence)
            tree = group[0].scope.tree if group else None if one.skipped else Tree(one)
            self.tenses[number] = tense_of(tree, top_of(tree, time.start, time.end)) if tree else "none"
        return self.tenses[number]

    def _near(self, draft: Draft) -> Sequence[Told]:
        """The stretches told in the sentence, of very many the nearest to the happening."""
        own = self.calendar.within(draft.sentence)
        if len(own) <= MOST:
            return own
        trigger, times = draft.scope.tree.start[draft.token], self.mentions.times
        return sorted(own, key=lambda told: abs(times[told.numbers[0]].start - trigger))[:MOST]

    def _own(self, draft: Draft, told: Told, own: Sequence[Told]) -> _Found:
        """A stretch told in the sentence: how it hangs on the happening, in grammar and in order."""
        tree = draft.scope.tree
        time = self.mentions.times[told.numbers[-1]]
        token = top_of(tree, time.start, time.end)
        way, host = way_of(draft, token)
        here = tense_of(tree, token)
        owner = self._owner(draft, token)
        names = {
            *told.names,
            f"rel {way}",
            f"prep {preposition_of(tree, token)}",
            f"told {here}",
            f"told {here} & tense {tense_of(tree, draft.token)}",
            f"owner {owner}",
            f"owner {owner} & rel {way}",
        }
        if host is not None and tree.is_nominal(host):
            names.add("on event" if kinds_of(draft.scope, host, self.lexicon) & EVENTS else "on noun")
        low, high = sorted((time.start, tree.start[draft.token]))
        order = "before" if low == time.start else "after"
        if order == "before" and not any(tree.pos(i) == "verb" for i in range(min(token, draft.token))):
            names.add("opens")
        starts = [self.mentions.times[one.numbers[0]].start for one in own if one is not told]
        near = "farther" if any(low < start < high for start in starts) else "nearest"
        between = set(tree.slice((low, high)))
        mark = "break" if BREAKS & between else "comma" if "," in between else "no mark"
        names.update((near, f"{near} {order}", f"{near} {order} {mark}", f"{mark} between"))
        names.add(f"rel {way} {near} {order}")
        if len({bounds_of(one.span) for one in own}) == 1:
            names.add("sole in sentence")
        return _Found(told.span, f"own {way}", names)

    def _owner(self, draft: Draft, token: int) -> str:
        """Whose word is met first above a time: the happening's, a saying's, another's, or no one's."""
        group = self.groups[draft.sentence]
        for node in draft.scope.tree.up(token):
            owners = [one for one in group if node in one.frame.anchors]
            if draft in owners:
                return "self"
            if owners:
                return "saying" if all(one.type in SCENELESS for one in owners) else "other"
        return "none"


def _limits(found: Mapping[Bounds, _Found]) -> list[_Found]:
    """ "Until that day", for what had been, or is counted, by a day of the sentence or the nearest one."""
    closed = [one for one in found.values() if one.span.earliest and one.span.latest]
    near = [one for one in closed if one.part.startswith("own")] or closed[:1]
    return [
        _Found(
            _until(one.span),
            f"until {one.part.partition(' ')[0]}",
            {f"until {name}" for name in one.names if name.startswith(("kind", "rel"))},
        )
        for one in near
    ]


def _until(span: TimeSpan) -> TimeSpan:
    latest = span.latest and span.latest[:10]
    return TimeSpan(None, latest, f"../{latest}", span.span, inherited=True)
