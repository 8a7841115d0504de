"""Times counted from a happening that the text dates elsewhere.

"The invasion that began on February 24 ... In the first 23 days of the invasion": 24 February to
18 March. "After the fall of Girona", where another sentence tells that it fell on 5 February, begins then.
"""

from __future__ import annotations

import re
from dataclasses import replace

from svidok.claims.mentions.times.anchors import anchored
from svidok.claims.mentions.times.calendar import iso_day
from svidok.claims.mentions.times.clauses import DatedClauses
from svidok.claims.mentions.times.counting import coarsen, on_day, shift, step
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Grain
from svidok.claims.mentions.times.naming import LONGEST, stems_of
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.running import Running
from svidok.claims.mentions.times.story import LOOKS_AHEAD, Story, tense

__all__ = ["count_from"]

HINGE = re.compile(r"\s*(\w+)\s+([^.,;:()\n]{3,60})")
COARSE: dict[str, Grain] = {"week": "week", "month": "month", "year": "year", "decade": "decade"}


def count_from(
    text: str, lower: str, resolved: list[Resolved], story: Story, language: Language
) -> list[Resolved]:
    """Give times the bounds that they have, where the happening that they count from is dated.

    Four kinds: "the first N days of X" and "within N days of X" run on from X; "N days after X" and
    "before X" are that far from it, "for N days after X" run on till there; "the last N days" and "the next
    N days" count from the writing;
    "after the fall of X" and "until the fall of X" are found only where X is dated.
    """
    clauses = DatedClauses(text, lower, resolved, language)
    running = Running(text, lower, language)
    counted = []
    for place, item in enumerate(resolved):
        if item.span is not None:
            length, side = item.span[0], item.expression.fields.get("span_side")
            following = resolved[place + 1].expression.start if place + 1 < len(resolved) else len(text)
            phrase = _phrase(text, lower, item, language, following)
            if phrase is not None and phrase[1]:
                lasts = running.lasts(item)
                item = _from_happening(item, phrase, clauses, lasts=lasts)
                alone = item.counted is None and length > 0 and story.written is None
                if phrase[0] in ("after", "before") and alone:
                    item = replace(item, type="DATE", value=None)  # of a chronicle's day, only the distance
            elif phrase is None and side in (-1, 2):
                item = _from_writing(item, int(side), story)
            elif phrase is None and side is None and length:
                item = _ahead(text, lower, item, story, language)
            if item.counted is None and item.value != "PXD" and (phrase is None or not phrase[1]):
                item = running.on(resolved, place)
        counted.append(item)
    counted += anchored(text, lower, counted, clauses, language)
    counted.sort(key=lambda item: item.expression.start)
    return counted


def _phrase(
    text: str, lower: str, item: Resolved, language: Language, following: int
) -> tuple[str, frozenset[str]] | None:
    """How a duration hangs on a happening ("after", "before", "run"), and the happening's stems."""
    end = item.expression.end
    side = item.expression.fields.get("span_side")
    if (item.expression.make == "nth" or side == 1) and "of" not in language.hinges.values():
        genitive = text[end : end + 40].split()[:2]
        return "nth" if item.expression.make == "nth" else "run", stems_of(genitive, language)
    found = HINGE.match(lower, end)
    if found is None:
        return None
    kind = language.hinges.get(found.group(1))
    if kind is None or (kind in ("after", "before") and following < found.end()):
        return None  # a date stands in the phrase: it is dated by itself
    if kind == "of":
        before = lower[max(0, item.expression.start - 12) : item.expression.start]
        if item.expression.make == "nth":
            kind = "nth"
        elif side in (-1, 2):
            return kind, frozenset()  # the last week of something: neither its first nor that of the writing
        elif side == 1 or re.search(language.within, before):
            kind = "run"
        else:
            return None
    return kind, stems_of(text[found.start(2) : found.end(2)].split()[:LONGEST], language)


def _from_happening(
    item: Resolved, phrase: tuple[str, frozenset[str]], clauses: DatedClauses, *, lasts: bool
) -> Resolved:
    kind, name = phrase
    fitting = clauses.fitting(name, item.expression.start)
    if not fitting or item.span is None:
        return item
    moment = fitting[0].moment
    count, unit = item.span
    base = moment.days[0] if moment.days is not None else None
    far = step(base, -count if kind == "before" else count, unit) if base is not None else None
    if base is None or far is None:
        return item
    anchor = f"happening dated {moment.value}"
    if kind == "nth":
        return replace(item, moment=on_day(far), value=on_day(far).value, anchor=anchor)
    if not count:  # days after it: how many is not told
        side = (None, iso_day(base)) if kind == "before" else (iso_day(base), None)
        return replace(item, counted=side, anchor=anchor)
    if kind == "run":
        last = far - 1 if item.expression.fields.get("span_side") == 1 else far
        return replace(item, counted=(iso_day(base), iso_day(last)), anchor=anchor)
    if lasts:
        return replace(item, counted=(iso_day(min(base, far)), iso_day(max(base, far))), anchor=anchor)
    if unit not in ("day", "night"):
        vague = shift(moment, -count if kind == "before" else count, unit)
        days = vague.days if vague is not None else None
        return replace(item, counted=(iso_day(days[0]), iso_day(days[1])), anchor=anchor) if days else item
    return replace(item, counted=(iso_day(far), iso_day(far)), anchor=anchor)


def _from_writing(item: Resolved, side: int, story: Story) -> Resolved:
    base = story.written
    if base is None or base.days is None or item.span is None or story.narrative:
        return item
    here, (length, unit) = base.days[0], item.span
    there = step(here, -length if side == -1 else length, unit)
    if there is None:
        return item
    counted: tuple[str | None, str | None] = iso_day(min(here, there)), iso_day(max(here, there))
    if not length:  # "the next few days": how many is not told
        counted = (None, iso_day(here)) if side == -1 else (iso_day(here), None)
    return replace(item, counted=counted, anchor=f"{story.of_writing} {base.value}")


def _ahead(text: str, lower: str, item: Resolved, story: Story, language: Language) -> Resolved:
    """ "Talks will resume in two weeks", "within 24 hours they will": counted from the writing."""
    expression, base = item.expression, story.written
    left = max(0, expression.start - 12)
    within = language.cue_patterns.get("ahead_within")
    hence = language.cue_patterns.get("ahead_in")
    near = lower[left : expression.start].split()[-2:]
    runs = bool(near) and within is not None and within.fullmatch(near[-1]) is not None
    then = bool(near) and hence is not None and hence.fullmatch(near[-1]) is not None
    if near and near[0] in language.cues.get("counted_in", frozenset()):
        return item  # "for the first time in a month" looks back
    if base is None or base.days is None or item.span is None or story.narrative or not (runs or then):
        return item
    if tense(text, lower, expression.start, expression.end, language) not in LOOKS_AHEAD:
        return item
    count, unit = item.span
    last = step(base.days[0], count, unit)
    if last is None:
        return item
    first = base.days[0]
    if then and unit in COARSE:
        moment = shift(coarsen(base, COARSE[unit]), count, unit)
        if moment is None or moment.days is None:
            return item
        first, last = moment.days
    elif then:
        first = last
    return replace(item, counted=(iso_day(first), iso_day(last)), anchor=f"{story.of_writing} {base.value}")
