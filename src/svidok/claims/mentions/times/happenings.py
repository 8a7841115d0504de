"""Durations counted from a happening that the text dates elsewhere.

"The invasion that began on February 24 ... In the first 23 days of the invasion": 24 February to
18 March. Only what the text itself says is used: a happening is dated by a sentence that names it
and says that it began, ended or took place on a day.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass, replace

from svidok.claims.mentions.times.calendar import iso_day
from svidok.claims.mentions.times.counting import on_day, shift, step
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.story import SENTENCE_END, Story

__all__ = ["count_from"]

WORDS = re.compile(r"[^\W\d_]{3,}")
NEAR = 50  # dated clauses on either side that a duration is held against
REACH = 90  # characters of the clause that are looked at
CLAUSE = re.compile(r",?\s+([^.,;:()\n]{6,90})")


@dataclass(frozen=True, slots=True)
class Dated:
    """A clause that ends in a day: the stems of its words, and where it stands.

    ``begins``: it says that something began or took place; ``close``: the stems of the last words
    before that, or before the day ("his capture on March 26"), ``last`` those of the very last;
    ``opens``: the day opens the sentence, and the clause stands behind it.
    """

    left: int
    at: int
    moment: Moment
    stems: frozenset[str]
    close: frozenset[str]
    last: frozenset[str]
    begins: bool
    opens: bool = False


def count_from(
    text: str, lower: str, resolved: list[Resolved], story: Story, language: Language
) -> list[Resolved]:
    """Give durations the bounds that they span, where what they count from is dated.

    Three kinds: "the first N days of X" and "within N days of X" run on from X; "N days after X" and
    "before X" are that far from it; "the last N days" and "the next N days" count from the writing.
    """
    durations = [item for item in resolved if item.span is not None]
    if not durations:
        return resolved
    clauses: list[Dated] | None = None
    places: list[int] = []
    counted = []
    for place, item in enumerate(resolved):
        if item.span is not None:
            side = item.expression.fields.get("span_side")
            following = resolved[place + 1].expression.start if place + 1 < len(resolved) else len(text)
            phrase = _phrase(lower, item, language, following)
            if phrase is not None and phrase[1]:
                if clauses is None:
                    clauses = list(_clauses(text, lower, resolved, language))
                    places = [clause.at for clause in clauses]
                item = _from_happening(item, phrase, clauses, places)
                if phrase[0] in ("after", "before") and item.counted is None and story.written is None:
                    item = replace(item, type="DATE", value=None)  # of a chronicle's day, only the distance
            elif side in (-1, 2):
                item = _from_writing(item, int(side), story)
        counted.append(item)
    return counted


def _stems(words: str, language: Language) -> frozenset[str]:
    empty = language.cues.get("empty", frozenset())
    return frozenset(
        language.irregular.get(word, word)[:4] for word in WORDS.findall(words) if word not in empty
    )


def _clauses(text: str, lower: str, resolved: list[Resolved], language: Language) -> Iterator[Dated]:
    begin = language.cue_patterns.get("begin")
    for place, item in enumerate(resolved):
        if item.moment is None or item.moment.days is None or item.moment.grain != "day":
            continue
        start = item.expression.start
        left = max(0, start - REACH)
        for mark in SENTENCE_END.finditer(text, left, start + 1):
            left = mark.end()
        words = lower[left:start]
        began = [found.end() for found in begin.finditer(words)] if begin else []
        begins = bool(began) and len(words) - began[-1] <= 12
        said = words[: began[-1]] if begins else words
        close = _stems(" ".join(said.split()[-5:]), language)
        last = _stems(" ".join(words.split()[-2:]), language)
        stems = _stems(words, language)
        if not stems:  # "On", "By the": the day opens its sentence
            following = resolved[place + 1].expression.start if place + 1 < len(resolved) else len(text)
            yield from _told_after(lower, item, following, language)
            continue
        yield Dated(left, start, item.moment, stems, close, last, begins)


def _told_after(lower: str, item: Resolved, following: int, language: Language) -> Iterator[Dated]:
    """The clause behind a day that opens its sentence: "On 2 April troops landed on the islands"."""
    assert item.moment is not None
    end = item.expression.end
    found = CLAUSE.match(lower, end, min(following, end + REACH))
    if found is None:
        return
    words = found[1].split()
    stems = _stems(" ".join(words), language)
    if len(words) > 1:
        yield Dated(end, end, item.moment, stems, stems, stems, begins=True, opens=True)


def _phrase(
    lower: str, item: Resolved, language: Language, following: int
) -> tuple[str, frozenset[str]] | None:
    """How a duration hangs on a happening ("after", "before", "within"), and the happening's stems."""
    end = item.expression.end
    found = re.compile(r"\s*(\w+)\s+([^.,;:()\n]{3,60})").match(lower, end)
    if item.expression.make == "nth" and "of" not in language.hinges.values():  # a genitive follows
        return "nth", _stems(" ".join(_named(lower[end : end + 40].split()[:2], language)), language)
    if found is None:
        return None
    kind = language.hinges.get(found.group(1))
    if kind is None or (kind in ("after", "before") and following < found.end()):
        return None  # a date stands in the phrase: it is dated by itself
    if kind == "of":
        before = lower[max(0, item.expression.start - 12) : item.expression.start]
        if item.expression.make == "nth":
            kind = "nth"
        elif item.expression.fields.get("span_side") == 1 or re.search(language.within, before):
            kind = "run"
        else:
            return None
    return kind, _stems(" ".join(_named(found.group(2).split()[:6], language)), language)


def _named(words: list[str], language: Language) -> Iterator[str]:
    """The words that name a happening: up to a stop, or to where the next phrase begins.

    "the siege the water was cut" is the siege; "вторгнення впав Херсон" is вторгнення.
    """
    stop, opens = language.cues.get("stop", frozenset()), language.cues.get("determiner", frozenset())
    joint = language.cues.get("joint", frozenset())
    verb = language.cue_patterns.get("verb")
    before = ""
    for word in words:
        begun = before and (word in opens and before not in joint)
        if word in stop or begun or (before and verb is not None and verb.fullmatch(word)):
            return
        yield word
        before = word


def _from_happening(
    item: Resolved, phrase: tuple[str, frozenset[str]], clauses: list[Dated], places: list[int]
) -> Resolved:
    kind, stems = phrase
    best: tuple[int, int, Dated] | None = None
    here = bisect(places, item.expression.start)
    near_by = clauses[max(0, here - NEAR) : here + NEAR]
    opening = [clause.moment for clause in near_by if clause.opens and stems <= clause.stems]
    for clause in near_by:
        if clause.opens and (not stems <= clause.stems or len(set(opening)) > 1):
            continue  # such a clause says more than one thing: all must fit, and no other day
        shared = stems & clause.stems
        own = clause.left <= item.expression.start < clause.at  # the day stands behind, in the same clause
        if len(shared) * 3 < len(stems) * 2 or not shared or (own and not clause.begins):
            continue
        near = clause.close if clause.begins or len(shared) > 1 else clause.last
        if not shared & near:
            continue
        rank = (len(shared), -abs(clause.at - item.expression.start))
        if best is None or rank > best[:2]:
            best = (*rank, clause)
    if best is None or item.span is None:
        return item
    moment = best[2].moment
    count, unit = item.span
    base = moment.days[0] if moment.days is not None else None
    far = step(base, -count if kind == "before" else count, unit) if base is not None else None
    if base is None or far is None:
        return item
    anchor = f"happening dated {moment.value}"
    if kind == "nth":
        return replace(item, moment=on_day(far), value=on_day(far).value, anchor=anchor)
    if kind == "run":
        last = far - 1 if item.expression.fields.get("span_side") == 1 else far
        return replace(item, counted=(iso_day(base), iso_day(last)), anchor=anchor)
    if unit not in ("day", "night"):
        vague = shift(moment, -count if kind == "before" else count, unit)
        days = vague.days if vague is not None else None
        return replace(item, counted=(iso_day(days[0]), iso_day(days[1])), anchor=anchor) if days else item
    return replace(item, counted=(iso_day(far), iso_day(far)), anchor=anchor)


def _from_writing(item: Resolved, side: int, story: Story) -> Resolved:
    base = story.written
    if base is None or base.days is None or item.span is None or story.narrative:
        return item
    here = base.days[0]
    there = step(here, -item.span[0] if side == -1 else item.span[0], item.span[1])
    if there is None:
        return item
    return replace(
        item,
        counted=(iso_day(min(here, there)), iso_day(max(here, there))),
        anchor=f"published {base.value}",
    )
