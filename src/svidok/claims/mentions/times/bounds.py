"""The moment that is meant: ranges join their ends, "since" and "by" open one side."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from svidok.claims.mentions.times.forms import normal
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.links import Link
from svidok.claims.mentions.times.result import Resolved, untold_half

__all__ = ["Meant", "bound"]

NEXT = re.compile(r"[^\S\n](\w+)(?:[^\S\n](\w+))?")
LAST = re.compile(r"[^\W\d_]+$")
OPENING = '.,;:!?…(\n–—•*"“«'  # marks behind which a clause opens

BEFORE = re.compile(r"[^\W\d_]+(?:\s+[^\W\d_]+){0,3}\s*$")


@dataclass(frozen=True, slots=True)
class Meant:
    """Inclusive bounds (an open side is None), EDTF, and what is wrong with them."""

    earliest: str | None
    latest: str | None
    edtf: str | None
    flags: tuple[str, ...] = ()


def bound(text: str, resolved: list[Resolved], links: list[Link], language: Language) -> list[Meant]:
    """The bounds of each expression, in order."""
    meant = [_own(item) for item in resolved]
    places = {item.place: place for place, item in enumerate(resolved)}
    joined: set[int] = set()
    for link in links:
        if link.kind != "range":
            continue
        left, right = places.get(link.left), places.get(link.right)
        if left is None or right is None:
            continue
        span = _range(resolved[left], resolved[right])
        if span is None:
            continue
        for place in (left, right):
            meant[place] = (
                Meant(meant[place].earliest, meant[place].latest, meant[place].edtf, span.flags)
                if (span.flags)
                else span
            )
            joined.add(place)
    for place, item in enumerate(resolved):
        if place not in joined and item.moment is not None:
            told = _opened(text, item, meant[place], language)
            if item.mod == "MID" and None in (told.earliest, told.latest):  # the month's edge is the surer
                told = _opened(text, item, _own(replace(item, counted=None)), language)
            meant[place] = told
    return meant


def _own(item: Resolved) -> Meant:
    moment = item.moment
    if moment is not None and moment.clock is not None and untold_half(item.expression.fields):
        moment = replace(moment, clock=None, zone=None)  # in the morning or in the evening: that day
    if item.counted is not None:
        one, two = item.counted
        return Meant(one, two, one if one == two else f"{one or '..'}/{two or '..'}")
    if item.readings:
        days = sorted(reading.bounds[0] for reading in item.readings if reading.bounds is not None)
        return Meant(days[0], days[-1], f"[{','.join(days)}]") if days else Meant(None, None, None)
    if moment is None or moment.bounds is None:
        return Meant(None, None, None)
    if item.until is not None and item.until.bounds is not None:
        return Meant(moment.bounds[0], item.until.bounds[1], _interval(moment.edtf, item.until.edtf))
    approximate = "~" if item.mod == "APPROX" and moment.edtf and "/" not in moment.edtf else ""
    return Meant(*moment.bounds, f"{moment.edtf}{approximate}" if moment.edtf else None)


def _range(left: Resolved, right: Resolved) -> Meant | None:
    one, two = left.moment, right.moment
    if one is None or two is None or one.bounds is None or two.bounds is None:
        return None
    if one.days is not None and two.days is not None and one.days[0] > two.days[1]:
        return Meant(None, None, None, ("reversed_range",))
    if one.days is not None and two.days is not None and _within(one.days, two.days):
        return None  # "March – 2021": one names the other more exactly
    return Meant(one.bounds[0], two.bounds[1], _interval(one.edtf, two.edtf))


def _within(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return two[0] < one[0] or one[1] > two[1]


def _interval(one: str | None, two: str | None) -> str | None:
    if one is None or two is None:
        return None
    return f"{one.split('/')[0]}/{two.split('/')[-1]}"


def _opened(text: str, item: Resolved, meant: Meant, language: Language) -> Meant:
    """Open a side of the bounds where the words beside the expression do: since, by, from ... onwards."""
    start, end = item.expression.start, item.expression.end
    if meant.edtf is None:
        return meant
    found = BEFORE.search(text, max(0, start - 32), start)
    words = normal(found.group()).split() if found is not None else []
    tails = {" ".join(words[place:]) for place in range(len(words))}
    moment = item.moment
    onward = text[end : end + 12].lower().lstrip().startswith(tuple(language.words("onward")))
    onward = onward or (bool(tails & language.words("from_then")) and _goes_on(text, end, language))
    if onward or (tails & language.words("from_then") and _begins(text, start, tails, language)):
        return _open_after(meant)
    hour = moment is not None and (moment.part is not None or moment.clock is not None)
    if hour and tails & language.words("since"):
        return _open_after(meant)
    if hour and tails & language.words("until"):
        return _open_before(meant)
    if (
        hour
        and meant.earliest
        and meant.latest
        and tails & (language.words("after") | language.words("before"))
    ):
        first, last = meant.earliest[:10], meant.latest[:10]  # "before dawn on Tuesday" is on Tuesday
        return Meant(first, last, first if first == last else f"{first}/{last}")
    if tails & language.words("after"):
        return _open_after(meant)
    return _open_before(meant) if tails & language.words("before") else meant


def _goes_on(text: str, end: int, language: Language) -> bool:
    """Whether "from the next week on" tells no end: no noun of "on" follows, as in "on 5 May"."""
    word = NEXT.match(text, end)
    return (
        word is not None
        and word[1] in language.words("on_from")
        and (word[2] is None or (word[2].isalpha() and word[2] not in language.cues.get("determiner", ())))
    )


def _begins(text: str, start: int, tails: set[str], language: Language) -> bool:
    """Whether "from 22 March" tells when something began: it opens its clause, or a verb stands before it."""
    longest = max(len(tail) for tail in tails & language.words("from_then"))
    before = text[max(0, start - longest - 24) : start].rstrip()[:-longest].rstrip()
    if not before or before[-1] in OPENING:
        return True
    word = LAST.search(before)
    past = language.cue_patterns.get("past")
    return word is not None and past is not None and past.fullmatch(word.group().lower()) is not None


def _open_after(meant: Meant) -> Meant:
    return Meant(meant.earliest, None, f"{(meant.edtf or '').split('/')[0]}/..")


def _open_before(meant: Meant) -> Meant:
    return Meant(None, meant.latest, f"../{(meant.edtf or '').split('/')[-1]}")
