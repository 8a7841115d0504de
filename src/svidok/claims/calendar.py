"""The calendar of a story: the stretches of days that it tells, sentence by sentence, and how it tells them.

A story dates what it tells by words in the clause, by a day told before ("On 12 May ... The next shell ..."),
by a day that heads an entry, by the line of publication. The calendar gathers those words, each with the
days that it means, without deciding which happening they date.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from svidok.claims.entries import entry_days, led_in
from svidok.claims.kinds import Mentions
from svidok.claims.parse import Parsed
from svidok.claims.scene import Draft
from svidok.claims.tree import Tree
from svidok.records import Document, Time, TimeSpan

__all__ = [
    "Bounds",
    "Calendar",
    "Told",
    "bounds_of",
    "day_of",
    "days_of",
    "moment_of",
    "span_of",
    "tense_of",
    "until",
]

Bounds = tuple[str | None, str | None]

REACH = 10
"""Sentences back that a day of the running text stays in mind; days of heads and titles stay longer."""
MOST = 5  # stretches of days before a sentence that stay in mind
JOINS = frozenset({"and", "or", "and on", "or on", ", and", ", or"})
COMMA = ","  # joins too, where one of the others ends the list: on 5, 6 and 7 March
WIDTHS = ((0, "day"), (14, "days"), (31, "month"), (125, "season"), (366, "year"))
DAY_OR_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?")
AGES = 1e6  # days of a stretch that is open to one side


@dataclass(frozen=True, slots=True)
class Told:
    """A stretch of days by its mentions (one, or several joined by "and"): its sentence and its features."""

    numbers: tuple[int, ...]
    span: TimeSpan
    sentence: int
    names: frozenset[str]


class Calendar:
    """The days told in one document, so that a sentence looks at a bounded number of them.

    Args:
        document: for its day of publication.
        parsed: its parsed sentences.
        mentions: its times.
    """

    def __init__(self, document: Document, parsed: Sequence[Parsed], mentions: Mentions) -> None:
        self.published = document.published
        self.heads = {**entry_days(parsed, mentions), **led_in(parsed, mentions)}
        self._mentions = mentions
        self._told: dict[int, tuple[Told, ...]] = {}
        self._dated: list[int] = []
        self.titles: list[Told] = []
        for at, one in enumerate(parsed):
            told = tuple(_told(at, one, mentions))
            if told:
                self._told[at] = told
                self._dated.append(at)
                if one.sentence.role in {"title", "dateline"}:
                    self.titles.extend(told)

    def within(self, at: int) -> tuple[Told, ...]:
        """The stretches told in a sentence, in the order of its text."""
        return self._told.get(at, ())

    def before(self, at: int) -> Iterator[Told]:
        """The last stretches told before a sentence, nearest first, each once."""
        seen: set[Bounds] = set()
        for k in range(bisect_left(self._dated, at) - 1, -1, -1):
            if self._dated[k] < at - REACH:
                return
            for told in reversed(self._told[self._dated[k]]):
                if bounds_of(told.span) in seen:
                    continue
                seen.add(bounds_of(told.span))
                yield told
                if len(seen) == MOST:
                    return

    def head(self, at: int) -> Told | None:
        """The day that heads a sentence's entry or list."""
        number = self.heads.get(at)
        if number is None:
            return None
        time = self._mentions.times[number]
        return Told((number,), _span((time,)), at, frozenset({"head", *_kind(time)}))


def bounds_of(span: TimeSpan | None) -> Bounds:
    """The first and the last day of a stretch, hours left out."""
    if span is None:
        return None, None
    return span.earliest and day_of(span.earliest), span.latest and day_of(span.latest)


def days_of(time: Time | TimeSpan) -> float:
    """How many days lie between the bounds; very many where one side is open."""
    if not time.earliest or not time.latest:
        return AGES
    try:
        low, high = date.fromisoformat(time.earliest[:10]), date.fromisoformat(time.latest[:10])
    except ValueError:
        return AGES / 10
    return float((high - low).days)


def span_of(draft: Draft) -> TimeSpan | None:
    """The narrowest of the times that belong to a happening; two days told together are both meant."""
    mentions = draft.scope.mentions
    best = None
    for number in draft.times:
        time = mentions.times[number]
        if time.earliest is None and time.latest is None:
            continue
        if best is None or days_of(time) < days_of(best):
            best = time
    if best is None:
        return None
    if draft.moment and (known := moment_of(best)) is not None:
        return replace(known, inherited=draft.time_inherited)
    times = sorted((mentions.times[number] for number in set(draft.times)), key=lambda time: time.start)
    return _span(_joined(times, best, draft.scope.tree), best, inherited=draft.time_inherited)


def day_of(bound: str) -> str:
    """The day of a bound of time, without its hour; years before our era have a sign.

    >>> day_of("2022-03-04T06:00"), day_of("-0047-08-09")
    ('2022-03-04', '-0047-08-09')
    """
    return bound.partition("T")[0]


def until(span: TimeSpan) -> TimeSpan:
    """The stretch without a beginning that ends with the last day of another."""
    latest = span.latest and day_of(span.latest)
    return TimeSpan(None, latest, f"../{latest}", span.span, inherited=True)


def moment_of(time: Time) -> TimeSpan | None:
    """The day or the month that a time names, where its words open or close a stretch from there.

    >>> time = Time(0, 12, "since Friday", "DATE", "1994-02-04", earliest="1994-02-04", edtf="1994-02-04/..")
    >>> moment_of(time).latest
    '1994-02-04'
    """
    if time.earliest and time.latest:
        return TimeSpan(time.earliest, time.latest, time.edtf, (time.start, time.end))
    named = DAY_OR_MONTH.match(time.value or "")
    if named is None:
        return None
    year, month, day = int(named[1]), int(named[2]), named[3]
    if day is not None:
        return TimeSpan(named[0], named[0], named[0], (time.start, time.end))
    last = monthrange(year, month)[1]
    return TimeSpan(f"{named[0]}-01", f"{named[0]}-{last}", named[0], (time.start, time.end))


def _joined(times: Sequence[Time], best: Time, tree: Tree) -> list[Time]:
    """The run of days around one that "and" or "or" joins to it ("on 24 and 25 February")."""
    joints = [tree.slice((one.end, two.start)) for one, two in pairwise(times)]
    at = times.index(best)
    return next([times[k] for k in run] for run in _runs(joints) if at in run)


def _runs(joints: Sequence[str]) -> Iterator[range]:
    """Which of the days told one after the other are one list, by the words between them.

    >>> list(_runs([", ", " and ", "; "]))
    [range(0, 3), range(3, 4)]
    """
    marks = [joint.strip() for joint in joints]
    first = 0
    while first <= len(marks):
        last = first
        for at in range(first, len(marks)):
            if marks[at] in JOINS:
                last = at + 1
            elif marks[at] != COMMA:
                break
        yield range(first, last + 1)
        first = last + 1


def _span(run: Sequence[Time], best: Time | None = None, *, inherited: bool = False) -> TimeSpan:
    first, last = run[0], run[-1]
    if first is not last and first.earliest and last.latest:
        low, high = day_of(first.earliest), day_of(last.latest)
        if low <= high:
            return TimeSpan(low, high, f"{low}/{high}", (first.start, last.end), inherited)
    one = best or first
    return TimeSpan(one.earliest, one.latest, one.edtf, (one.start, one.end), inherited)


def _told(at: int, one: Parsed, mentions: Mentions) -> Iterator[Told]:
    """Each time of a sentence, and each run of times that "and" joins."""
    sentence = one.sentence
    numbers = [
        number
        for number in mentions.within("t", sentence.start, sentence.end)
        if mentions.times[number].earliest or mentions.times[number].latest
    ]
    if not numbers:
        return
    times = [mentions.times[number] for number in numbers]
    text, start = sentence.text, sentence.start
    joints = [text[one.end - start : two.start - start] for one, two in pairwise(times)]
    for places in _runs(joints):
        run = [numbers[place] for place in places]
        for number in run:
            time = mentions.times[number]
            names = {*_kind(time), *({"of a run"} if len(run) > 1 else ())}
            yield Told((number,), _span((time,)), at, frozenset(names))
        days = [times[place] for place in places]
        whole = _span(days)
        if len(run) > 1 and whole.span != (days[0].start, days[0].end):
            yield Told(tuple(run), whole, at, frozenset({"run", "kind days"}))


def _kind(time: Time) -> set[str]:
    """What kind of stretch an expression tells, and what its words say it from."""
    if time.earliest is None:
        kind = "until"
    elif time.latest is None:
        kind = "since"
    else:
        days = days_of(time)
        kind = next((name for most, name in WIDTHS if days <= most), "years")
    names = {f"kind {kind}", f"by {(time.anchor or 'none').partition(' ')[0]}"}
    if time.type == "TIME":
        names.add("hour")
    return names


def tense_of(tree: Tree, token: int) -> str:
    """The tense of the finite clause that a token stands in, in the terms of a story.

    ``before`` (had come), ``so far`` (has come), ``past``, ``present``, ``modal``, or ``none`` in a line
    without a finite verb.
    """
    for node in tree.up(token):
        if tree.pos(node) != "verb":
            continue
        helpers = tree.of(node, "aux", "auxpass")
        tags = {tree.tag[kid] for kid in helpers} | {tree.tag[node]}
        words = {tree.low[kid] for kid in helpers}
        if "MD" in tags:
            return "modal"
        if words & {"had", "'d"}:
            return "before"
        if words & {"have", "has", "'ve"}:
            return "so far"
        if "VBD" in tags:
            return "past"
        if tags & {"VBZ", "VBP"}:
            return "present"
    return "none"
