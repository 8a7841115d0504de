"""The stretches of days in reach of a happening, and by what features each of them tells of it.

Those told in its sentence, before it, over it, and the day of publication; how each hangs on the happening,
how it is told, and what the rules of grammar and story made of it. The weights of
:mod:`svidok.claims.dating` choose among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from svidok.atlas.lexicon import Lexicon
from svidok.claims.calendar import Bounds, Calendar, Told, bounds_of, days_of, tense_of, until
from svidok.claims.hanging import clauses_between, preposition_of, told_how, top_of, way_of
from svidok.claims.kinds import Mentions, kinds_of
from svidok.claims.logit import JOINT
from svidok.claims.narrative import CAUSES, RESULTS, SETTLED, continues
from svidok.claims.parse import Parsed
from svidok.claims.scene import SCENELESS, Draft, set_apart
from svidok.claims.settings import family_of
from svidok.claims.tree import Tree
from svidok.records import TimeSpan

__all__ = ["Dated", "Rule", "Story"]

EVENTS = frozenset({"event", "happening", "fighting"})
BREAKS = frozenset(";:—–()")
MOST = 10  # stretches of its own sentence that a happening looks at
TELLING = ("tense", "of ", "settled", "unsettled", "in a")  # what bears on days from another sentence
NOT_PARSED = "none", frozenset[str]()
HANGING = ("kind", "rel", "prep", "nearest")  # what bears on days that the rules chose


@dataclass(frozen=True, slots=True)
class Dated:
    """A stretch of days that a happening may have, and the features that hold.

    ``single`` are features that name one thing, ``crossings`` those that name two: the first, and all that
    come second to it.
    """

    span: TimeSpan
    single: frozenset[str]
    crossings: tuple[tuple[str, Iterable[str]], ...]

    @property
    def names(self) -> frozenset[str]:
        """All features by their names."""
        crossed = (f"{one}{JOINT}{other}" for one, others in self.crossings for other in others)
        return frozenset((*self.single, *crossed))


@dataclass(frozen=True, slots=True)
class Rule:
    """What the rules gave a happening, and by what kind of rule."""

    span: TimeSpan | None
    kind: str
    bounds: Bounds = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "bounds", bounds_of(self.span))


@dataclass(slots=True)
class _Found:
    """A candidate in the making: what part its words have, and its features."""

    span: TimeSpan
    part: str
    names: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Story:
    """What the happenings of one document are dated by."""

    parsed: Sequence[Parsed]
    mentions: Mentions
    calendar: Calendar
    lexicon: Lexicon
    groups: Mapping[int, Sequence[Draft]]
    rules: Mapping[int, Rule]
    kind: str
    ways: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def candidates(self, draft: Draft) -> list[Dated]:
        """Every stretch of days in reach of a happening, with its features."""
        rule, looks = self.rules[id(draft)], self._looks(draft)
        found: dict[Bounds, _Found] = {}
        for one in self._in_reach(draft):
            known = found.setdefault(bounds_of(one.span), one)
            known.names |= one.names
        if rule.span is not None:
            found.setdefault(rule.bounds, _Found(rule.span, "rule")).span = rule.span
        if draft.standing.modality in SETTLED:
            for one in _limits(found):
                found.setdefault(bounds_of(one.span), one)
        return [self._weighed(one, bounds, rule, looks) for bounds, one in found.items()]

    @staticmethod
    def _weighed(one: _Found, bounds: Bounds, rule: Rule, looks: frozenset[str]) -> Dated:
        """A candidate with the features of its own, of the happening, and of both together."""
        part, kind = one.part, f"rule other {rule.kind}"
        names = {"always", f"part {part}", *one.names, *looks}
        kinds = [name for name in one.names if name.startswith("kind")]
        seen = looks if part.startswith("own") else [name for name in looks if name.startswith(TELLING)]
        crossings: list[tuple[str, Iterable[str]]] = [(part, seen), (part, kinds)]
        if rule.span is not None and rule.bounds == bounds:
            kind = f"rule {rule.kind}"
            crossings += [(kind, looks), (kind, [name for name in one.names if name.startswith(HANGING)])]
        elif rule.span is not None:
            wider = days_of(rule.span) < days_of(one.span)
            names.add("wider than the rule" if wider else "not wider than the rule")
        names.add(kind)
        return Dated(one.span, frozenset(names), (*crossings, (kind, (part,))))

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
            if self.rules[id(draft)].span is not None or not self._is_apart(draft, told):
                yield self._own(draft, told, near)
        tense = tense_of(draft.scope.tree, draft.token)
        if tense == "before" and self.rules[id(draft)].span is None:
            return  # what had been lies before the days of the story
        for rank, told in enumerate(self.calendar.before(at)):
            yield self._before(draft, told, tense, last=rank == 0)
        head = self.calendar.head(at)
        if head is not None:
            yield _Found(replace(head.span, inherited=True), "head", set(head.names))
        for told in self.calendar.titles:
            if told.sentence < at:
                yield _Found(replace(told.span, inherited=True), "title", {"titled", *told.names})
        day = self.calendar.published
        if day is not None:
            yield _Found(TimeSpan(day, day, day, None, inherited=True), "published", {"published"})

    def _before(self, draft: Draft, told: Told, tense: str, *, last: bool) -> _Found:
        """A stretch told before the sentence: how far back, in what tense, and what it dates there."""
        here, how = self._how(told)
        above = self.parsed[draft.sentence].sentence.block - self.parsed[told.sentence].sentence.block
        names = {
            f"back {min(draft.sentence - told.sentence, 4)}",
            f"blocks {min(above, 2)}",
            f"told {here} & {tense}",
            *told.names,
            *how,
        }
        bounds = bounds_of(told.span)
        for other in self.groups.get(told.sentence, ()):
            rule = self.rules[id(other)]
            if rule.kind == "post" or rule.bounds != bounds:
                continue
            names.add("dates another")
            if other.type == draft.type:
                names.add("dates its like")
            if other.places and draft.places:
                there = set(other.places) & set(draft.places)
                names.add("dates one there" if there else "dates one elsewhere")
            names.add(f"{family_of(other.type)} then {family_of(draft.type)}")
            if other.type in CAUSES and draft.type in RESULTS:
                names.add("dates its cause")
        part = f"{'last' if last else 'earlier'} {'above' if above else 'here'}"
        return _Found(replace(told.span, inherited=True), part, names)

    def _how(self, told: Told) -> tuple[str, frozenset[str]]:
        """The tense of the clause that a time of another sentence stands in, and how it stands in it."""
        number = told.numbers[0]
        if number not in self.ways:
            one, time = self.parsed[told.sentence], self.mentions.times[number]
            group = self.groups.get(told.sentence)
            tree = group[0].scope.tree if group else None if one.skipped else Tree(one)
            token = top_of(tree, time.start, time.end) if tree else 0
            self.ways[number] = (tense_of(tree, token), told_how(tree, token)) if tree else NOT_PARSED
        return self.ways[number]

    def _near(self, draft: Draft) -> Sequence[Told]:
        """The stretches told in the sentence, of very many the nearest to the happening."""
        own = self.calendar.within(draft.sentence)
        if len(own) <= MOST:
            return own
        trigger, times = draft.scope.tree.start[draft.token], self.mentions.times
        return sorted(own, key=lambda told: abs(times[told.numbers[0]].start - trigger))[:MOST]

    def _is_apart(self, draft: Draft, told: Told) -> bool:
        """Whether a time is that of a clause on what came before or after ("before they left on Friday")."""
        tree = draft.scope.tree
        time = self.mentions.times[told.numbers[-1]]
        token = top_of(tree, time.start, time.end)
        verb = next((node for node in tree.up(token) if tree.pos(node) == "verb"), token)
        return verb != token and set_apart(tree, verb, draft.frame.anchors)

    def _own(self, draft: Draft, told: Told, own: Sequence[Told]) -> _Found:
        """A stretch told in the sentence: how it hangs on the happening, in grammar and in order."""
        tree = draft.scope.tree
        time = self.mentions.times[told.numbers[-1]]
        token = top_of(tree, time.start, time.end)
        way, host = way_of(draft, token)
        here, tense = tense_of(tree, token), tense_of(tree, draft.token)
        owner = self._owner(draft, token)
        names = {
            *told.names,
            f"rel {way}",
            f"prep {preposition_of(tree, token)}",
            f"told {here}",
            f"told {here} & tense {tense}",
            f"owner {owner}",
            f"owner {owner} & rel {way}",
        }
        for clause in clauses_between(draft, token, way):
            names.update((f"cross {way} {clause}", f"cross {way} {clause} {tense}"))
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
            until(one.span),
            f"until {one.part.partition(' ')[0]}",
            {f"until {name}" for name in one.names if name.startswith(("kind", "rel"))},
        )
        for one in near
    ]
