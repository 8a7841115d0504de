"""Order against dates: effects before causes, recapture of what was never lost, presence too early."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.days import interval
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.say import date_words, days_apart, where
from svidok.events.findings.similar import alike, same_spot, spots_apart
from svidok.events.findings.vocabulary import order_pairs, pattern
from svidok.records import Finding, Time

__all__ = ["check"]

_AFTER = re.compile(
    r"\b(after|following|in response to|in retaliation for|in revenge for|as a result of|because of)\b", re.I
)
_BEFORE = re.compile(r"\b(before|ahead of|prior to)\b", re.I)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Happenings whose dates break the only order they can have."""
    yield from _pairs(dossier)
    yield from _never_lost(dossier)
    yield from _within_sentence(dossier)
    yield from _too_early(dossier)


def _pairs(dossier: Dossier) -> Iterator[Finding]:
    dated = [f for f in dossier.facts if f.dated and f.real]
    for second in dated:
        for first in dated:
            if first is second or second.high is None or first.low is None or second.high >= first.low:
                continue
            for before, then, what in order_pairs():
                if _breaks(before, then, first, second):
                    yield _finding(dossier, first, second, what)
                    break


def _breaks(before: re.Pattern[str], then: re.Pattern[str], first: Fact, second: Fact) -> bool:
    """Whether the earlier dated fact is the one that can only come second."""
    hit_first, hit_then = before.search(first.text), then.search(second.text)
    if (
        not hit_first
        or not hit_then
        or then.search(first.text)
        or (before.search(second.text) and not then.search(second.text))
    ):
        return False
    if pattern("patterns", "contrast").search(first.text) or pattern("patterns", "contrast").search(
        second.text
    ):
        return False
    close = first.document == second.document and abs(first.sentence - second.sentence) <= 2
    if close and (first.sentence == second.sentence or _pronoun(second)):
        return True
    if spots_apart(first, second) is not None:
        return False
    return (same_spot(first, second) and (close or alike(first, second) >= 0.34)) or (
        close and alike(first, second) >= 0.5
    )


def _pronoun(fact: Fact) -> bool:
    """The sentence speaks of someone or something named before."""
    return re.match(r"\W*(?:He|She|They|It|His|Her|Their|The same)\b", fact.text) is not None


def _never_lost(dossier: Dossier) -> Iterator[Finding]:
    never = [f for f in dossier.facts if pattern("order", "never").search(f.text) and f.places]
    for held in never:
        for taken in dossier.facts:
            regained = pattern("order", "regain").search(taken.text)
            if taken is held or not regained or not taken.real or taken.start == held.start:
                continue
            objects = [p for p in taken.places if p.start >= taken.start + regained.end()]
            kept = [p for p in held.places if p.kind not in {"country", "region"}]
            if any(_same_place(p, q) for p in objects[:1] for q in kept[:1]):
                place = where(held) or "the place"
                yield Finding(
                    "order",
                    "high",
                    f"{place} is said to have been retaken, though it is also said that it was never lost.",
                    (dossier.words(held, "never lost"), dossier.words(taken, "retaken")),
                )


def _same_place(p: object, q: object) -> bool:
    from svidok.events.atoms import place_key

    return place_key(p) == place_key(q)  # type: ignore[arg-type]


def _within_sentence(dossier: Dossier) -> Iterator[Finding]:
    """One sentence that puts one dated thing after another which is dated later."""
    for reading in dossier.readings:
        text = reading.document.text
        for sentence in reading.sentences:
            dates = sorted(
                (
                    t
                    for t in reading.times
                    if sentence.start <= t.start
                    and t.end <= sentence.end
                    and t.type in {"DATE", "TIME"}
                    and interval(t.earliest, t.latest) != (None, None)
                ),
                key=lambda t: t.start,
            )
            if len(dates) != 2:
                continue
            found = _misplaced(text, sentence.start, dates[0], dates[1])
            if found is not None:
                a, b = text[dates[0].start : dates[0].end], text[dates[1].start : dates[1].end]
                yield Finding(
                    "order",
                    "medium",
                    f"One sentence puts what is dated {a} {found} what is dated {b}.",
                    (
                        dossier.quote(reading.document.id, (dates[0].start, dates[0].end), a),
                        dossier.quote(reading.document.id, (dates[1].start, dates[1].end), b),
                    ),
                )


def _misplaced(text: str, start: int, one: Time, two: Time) -> str | None:
    """ "before"/"after" when the word between two dates says the opposite of the dates."""
    between = text[one.end : two.start]
    lead = text[start : one.start]
    opening = re.match(
        r"\W*(?:Only |Just |Shortly |Soon |Weeks? |Days? |[\w]+ (?:days?|weeks?|hours?) )?", lead
    )
    clause = lead[opening.end() :] if opening else lead
    if _AFTER.match(clause) and "," not in lead and "," in between:
        low, high = interval(one.earliest, one.latest)[0], interval(two.earliest, two.latest)[1]
        return "after" if low is not None and high is not None and high < low else None
    if len(re.findall(r"[.;]", between)) or len(between) > 160:
        return None
    low_one, high_one = interval(one.earliest, one.latest)
    low_two, high_two = interval(two.earliest, two.latest)
    if _AFTER.search(between) and not _BEFORE.search(between):
        return "after" if high_one is not None and low_two is not None and high_one < low_two else None
    if _BEFORE.search(between) and not _AFTER.search(between):
        return "before" if high_two is not None and low_one is not None and high_two < low_one else None
    return None


def _too_early(dossier: Dossier) -> Iterator[Finding]:
    """Control, attack or presence by a side dated before the war or invasion it belongs to began."""
    begun = []
    for fact in dossier.facts:
        noun = re.search(r"\b(invasion|war|offensive|operation|uprising|campaign)\b", fact.text, re.I)
        began = re.search(r"\b(began|started|launched|broke out|begun|that began|begins)\b", fact.text, re.I)
        if (
            noun
            and began
            and fact.dated
            and fact.low is not None
            and fact.low == fact.high
            and not fact.negated
        ):
            begun.append((noun.group(1).casefold(), fact))
    if not begun:
        return
    for fact in dossier.facts:
        presence = re.search(r"\b(control|territory|troops|attack|positions|held|advance)\b", fact.text, re.I)
        as_of = re.search(r"\b(as of|as at|on|by)\b", fact.text, re.I)
        if not presence or not as_of or not fact.dated or fact.high is None:
            continue
        if not re.search(r"\b(map|pink|red|control(?:led)?|occupied|held)\b", fact.text, re.I):
            continue
        for noun_word, start in begun:
            if start.low is None or not 0 < start.low - fact.high <= 60 or start.start == fact.start:
                continue
            if pattern("patterns", "outside").search(fact.text):
                continue
            when = date_words(dossier, fact)
            yield Finding(
                "order",
                "medium",
                f"Control is shown as of {when}, though the {noun_word} is said to have begun only on "
                f"{date_words(dossier, start)}.",
                (dossier.words(fact, when), dossier.words(start, date_words(dossier, start))),
                days_apart(start.low - fact.high),
            )
            break


def _finding(dossier: Dossier, first: Fact, second: Fact, what: str) -> Finding:
    a, b = date_words(dossier, first), date_words(dossier, second)
    days = (first.low or 0) - (second.high or 0)
    return Finding(
        "order",
        "high",
        f"The dates put the {what}: {b} against {a}.",
        (dossier.words(second, b), dossier.words(first, a)),
        days_apart(days),
    )
