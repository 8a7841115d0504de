"""Days that one clause of a sentence tells of another's happening: by a distance, a limit, a duration.

"A week after they came in", "cut off since the army left in June", "after two days of fighting": no word of
time stands at the happening itself, yet the day that the sentence tells, or that of its writing, dates it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from svidok.claims.calendar import day_of
from svidok.claims.hanging import top_of
from svidok.claims.scene import Draft
from svidok.claims.tree import Tree
from svidok.records import Time, TimeSpan

__all__ = ["counted_span"]

LENGTH = re.compile(r"PT?(\d{1,3})([HDW])")
DAYS = {"H": 0, "D": 1, "W": 7}
BESIDE = 3  # characters between a day and the distance from it: "on 30 March, one day after"
LONGEST = 400  # days that a clause is counted over
LIMITS = {"since": True, "until": False, "till": False}


def counted_span(draft: Draft, published: str | None) -> TimeSpan | None:
    """The days of a happening by what another clause tells, or None.

    Args:
        draft: the happening.
        published: the day of publication, which a sentence in the present counts from.
    """
    if not draft.scope.times:
        return None
    durations = [time for time in _times(draft) if LENGTH.fullmatch(time.value or "")]
    if not durations:
        return _limited(draft)
    return _at_a_distance(draft, durations, published) or _limited(draft) or _lasting(draft, durations)


def _at_a_distance(draft: Draft, durations: Sequence[Time], published: str | None) -> TimeSpan | None:
    """ "Eight days after it was freed": as long before the day that the sentence tells, or is written on.

    "Eight days before it was freed": as long after it. Of several days, that counts which stands beside.
    """
    tree = draft.scope.tree
    clause, mark = _marked(tree, draft.token, frozenset({"after", "before"}))
    if mark is None:
        return None
    span = next((time for time in durations if 0 < tree.start[mark] - time.end < 2), None)
    days = None if span is None else _length(span)
    if span is None or days is None:
        return None
    outside, beside = set(), set()
    for day, time in _days(draft):
        if clause in tree.up(top_of(tree, time.start, time.end)):
            return None  # "ten weeks after war broke out on 15 April": it has a day of its own
        outside.add(day)
        if 0 < span.start - time.end <= BESIDE:
            beside.add(day)
    known = outside if len(outside) < 2 else beside
    if len(known) > 1 or (outside and not known):
        return None
    told = known.pop() if known else published if _is_now(tree, clause) else None
    back = days if tree.low[mark] == "after" else -days
    return _before(told, back, last=False) if told else None


def _limited(draft: Draft) -> TimeSpan | None:
    """ "Cut off since the army left in June": the day of the clause opens or closes its stretch."""
    tree = draft.scope.tree
    verb = next((node for node in tree.up(draft.token) if tree.pos(node) == "verb"), None)
    if verb is None or draft.frame.pos == "noun":
        return None
    for clause in tree.of(verb, "advcl"):
        marks = {tree.low[kid] for kid in tree.of(clause, "mark", "prep", "advmod")} & LIMITS.keys()
        if not marks:
            continue
        inside = [
            time
            for time in _times(draft)
            if time.earliest and time.latest and clause in tree.up(top_of(tree, time.start, time.end))
        ]
        if len(inside) != 1 or any(
            draft.scope.mentions.times[number] not in inside for number in draft.times
        ):
            continue
        time = inside[0]
        earliest, latest = day_of(time.earliest or ""), day_of(time.latest or "")
        if all(LIMITS[mark] for mark in marks):
            return TimeSpan(earliest, None, f"{earliest}/..", (time.start, time.end))
        return TimeSpan(None, latest, f"../{latest}", (time.start, time.end))
    return None


def _lasting(draft: Draft, durations: Sequence[Time]) -> TimeSpan | None:
    """ "After two days of fighting", "had attacked for three days": so long until the day of the sentence."""
    tree = draft.scope.tree
    told = {day for day, _ in _days(draft)}
    if len(told) != 1:
        return None
    for time in durations:
        days = _length(time)
        top = top_of(tree, time.start, time.end)
        if not days or not (_measures(tree, top, draft.token) or _ran_for(tree, top, draft)):
            continue
        return _before(told.pop(), days, last=True)
    return None


def _measures(tree: Tree, top: int, token: int) -> bool:
    """Whether a duration is that of a noun behind "after": after two days of X, after an X of two days."""
    if tree.dep[top] != "pobj":
        return False
    prep = tree.head[top]
    if tree.low[prep] == "of" and tree.head[prep] == token:
        return tree.dep[token] == "pobj" and tree.low[tree.head[token]] == "after"
    ofs = (of for of in tree.of(top, "prep") if tree.low[of] == "of")
    return tree.low[prep] == "after" and any(token in tree.of(of, "pobj") for of in ofs)


def _ran_for(tree: Tree, top: int, draft: Draft) -> bool:
    """Whether a happening that had been, before that of the sentence, had been for that long."""
    prep = tree.head[top]
    if tree.low[prep] != "for" or tree.head[prep] not in draft.frame.anchors:
        return False
    had = any(tree.low[kid] in {"had", "'d"} for kid in tree.of(draft.token, "aux"))
    return had and tree.dep[draft.token] in {"advcl", "relcl"}


def _marked(tree: Tree, token: int, marks: frozenset[str]) -> tuple[int, int | None]:
    """The clause or the noun phrase of a happening, and the word that sets it behind another."""
    for node in tree.up(token):
        above = tree.head[node]
        if tree.dep[node] in {"pobj", "pcomp"} and tree.low[above] in marks:
            return node, above
        if tree.pos(node) == "verb":
            kids = tree.of(node, "mark", "prep", "advmod")
            return node, next((kid for kid in kids if tree.low[kid] in marks and kid < node), None)
        if tree.dep[node] not in {"conj", "compound"} and node != token:
            break
    return token, None


def _is_now(tree: Tree, clause: int) -> bool:
    """Whether the clause above one is told in the present."""
    for node in tree.up(tree.head[clause]):
        if tree.pos(node) == "verb":
            tags = {tree.tag[node], *(tree.tag[kid] for kid in tree.of(node, "aux", "auxpass"))}
            return bool(tags & {"VBZ", "VBP"})
    return False


def _days(draft: Draft) -> Iterator[tuple[str, Time]]:
    """The times of a sentence that tell one day, and the days."""
    for time in _times(draft):
        if time.earliest and time.latest and day_of(time.earliest) == day_of(time.latest):
            yield day_of(time.earliest), time


def _times(draft: Draft) -> Iterator[Time]:
    mentions = draft.scope.mentions
    return (mentions.times[number] for some in draft.scope.times.values() for number in some)


def _length(time: Time) -> int | None:
    found = LENGTH.fullmatch(time.value or "")
    days = int(found[1]) * DAYS[found[2]] if found else None
    return days if days is not None and days <= LONGEST else None


def _before(day: str, days: int, *, last: bool) -> TimeSpan | None:
    """The day that lies so many before another (below none: behind it), or all up to it (``last``)."""
    try:
        first = (date.fromisoformat(day) - timedelta(days=days)).isoformat()
    except (ValueError, OverflowError):
        return None
    end = day if last else first
    return TimeSpan(first, end, first if first == end else f"{first}/{end}", None, inherited=True)
