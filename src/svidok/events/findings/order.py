"""Order against dates: effects before causes, recapture of what was never lost, presence too early."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.atoms import fold
from svidok.events.days import interval
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact, dates_in
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.similar import alike, one_person, same_spot, spots_apart
from svidok.events.findings.sites import Site
from svidok.events.findings.vocabulary import OrderPair, another, order_pairs, pattern
from svidok.records import Finding, Time

__all__ = ["check"]

_AFTER = re.compile(
    r"\b(after|following|in response to|in retaliation for|in revenge for|in reprisal for|"
    r"as a result of|because of|"
    r"in the wake of)\b",
    re.IGNORECASE,
)
_MONTH_OR_DAY = (
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Christmas|Easter|"
    r"Ramadan|New)"
)
_BEFORE = re.compile(rf"\b((?i:before)(?!\s+(?!{_MONTH_OR_DAY})[A-Z])|(?i:ahead of|prior to))\b")
"""Before a day or deed; "before Sebastopol" tells where."""
_WAR = re.compile(r"\b(invasion|war|offensive|operation|uprising)\b", re.IGNORECASE)
_BEGAN = re.compile(r"\b(began|started|launched|broke out|begun|begins)\b", re.IGNORECASE)
_PRESENCE = re.compile(
    r"\b(control|territory|troops|attack|positions|held|advance|occupied)\b", re.IGNORECASE
)
_MAPPED = re.compile(r"\b(map|pink|red|blue|shaded|control(?:led)?|occupied|held)\b", re.IGNORECASE)
NARRATIVE_DAYS = 2


def check(dossier: Dossier) -> Iterator[Finding]:
    """Happenings whose dates break the only order they can have."""
    yield from _pairs(dossier)
    yield from _never_lost(dossier)
    yield from _within_sentence(dossier)
    yield from _too_early(dossier)
    yield from _retaken_first(dossier)


def _pairs(dossier: Dossier) -> Iterator[Finding]:
    near: dict[str, list[Fact]] = {}
    for fact in dossier.facts:
        if fact.real and (fact.dated or (fact.lent and fact.low is not None)):
            for key in {
                *fact.keys,
                *(f"#{name}" for name in fact.people),
                f"{fact.document}:{fact.sentence // 4}",
                f"{fact.document}:{(fact.sentence + 2) // 4}",
            }:
                near.setdefault(key, []).append(fact)
    seen: set[tuple[str, int, str, int]] = set()
    for key in sorted(near):
        group = near[key][:80]
        for second in group:
            for first in group:
                if second.high is None or first.low is None or second.high >= first.low:
                    continue
                names = (first.document, first.start, second.document, second.start)
                if names in seen:
                    continue
                seen.add(names)
                pair = next((p for p in order_pairs() if _breaks(p, first, second)), None)
                if pair is not None:
                    yield _finding(dossier, first, second, pair.what)


def _breaks(pair: OrderPair, first: Fact, second: Fact) -> bool:
    """Whether the earlier dated fact is the one that can only come second."""
    if not pair.first.search(first.text) or not pair.then.search(second.text) or pair.then.search(first.text):
        return False
    if _dates_the_cause(pair, second):
        return False
    if first.document != second.document and (first.time is None or second.time is None):
        return False  # a date that another sentence lends is no witness against another report
    if pair.within_days and (first.low or 0) - (second.high or 0) > pair.within_days:
        return False
    if pair.same_actor and not (first.sides & second.sides or _pronoun(first) or _pronoun(second)):
        return False
    if another(first.text) or another(second.text):
        return False
    close = first.document == second.document and abs(first.sentence - second.sentence) <= 2
    if close and (first.sentence == second.sentence or _pronoun(second)):
        return True
    answered = pair.then.search(second.text)
    if close and answered and _ANSWER.match(answered.group(0)) and _POINTS.match(first.text):
        return True
    if close and first.sentence == second.sentence + 1 and _pronoun(first):
        return True
    if pair.person and one_person(first, second):
        return True
    if spots_apart(first, second) is not None:
        return False
    if same_spot(first, second):
        taken = pair.within_days and "capture" in first.concepts & second.concepts
        return bool(close or alike(first, second) >= 0.34 or taken)
    return close and alike(first, second) >= 0.5


def _dates_the_cause(pair: OrderPair, second: Fact) -> bool:
    """ "In response to the bombing of 7 August" dates the bombing, not the response."""
    then = pair.then.search(second.text)
    if then is None or second.time is None or not _ANSWER.match(then.group(0)):
        return False
    return second.start + then.end() <= second.time[0]


_ANSWER = re.compile(
    r"in (?:response|revenge|retaliation|reprisal|answer|reply)|as a reprisal|to avenge|avenging|retaliat\w*|"
    r"condemned",
    re.IGNORECASE,
)
_POINTS = re.compile(r"\W*(?:That|This|The same)\s")
"""How a sentence opens that goes on with what the one before it named."""


def _pronoun(fact: Fact) -> bool:
    """The sentence speaks of someone or something named before."""
    return re.match(r"\W*(?:He|She|They|It|His|Her|Their|The same)\b", fact.text) is not None


def _never_lost(dossier: Dossier) -> Iterator[Finding]:
    never = [f for f in dossier.facts if pattern("order", "never").search(f.text)]
    regaining = [f for f in dossier.facts if pattern("order", "regain").search(f.text)] if never else []
    for held in never:
        said = pattern("order", "never").search(held.text)
        assert said is not None
        for taken in regaining:
            regained = pattern("order", "regain").search(taken.text)
            if regained is None or not taken.real or taken is held:
                continue
            ended = held.high is not None and (taken.low is None or taken.low > held.high)
            if ended and not _looks_back(held, taken):
                continue
            objects = [s for s in taken.sites if s.start >= taken.start + regained.end()]
            name = _kept(held, said.start(), taken, regained.end(), objects)
            if name is not None:
                yield Finding(
                    "order",
                    "high",
                    f"{name} is said to have been retaken, though it is also said that it was never lost.",
                    (dossier.words(held, "never lost"), dossier.words(taken, "retaken")),
                )


def _looks_back(held: Fact, taken: Fact) -> bool:
    """Whether a later report tells that a place was never lost, whatever day it speaks of."""
    if held.document == taken.document or held.published is None or taken.published is None:
        return False
    return held.published > taken.published and re.search(r"\b(?:until|till|by|before)\b", held.text) is None


def _kept(held: Fact, at: int, taken: Fact, after: int, objects: list[Site]) -> str | None:
    """The name of the place that was never lost, if it is the one retaken: the first site of each, or
    the name that stands before the words of the one and behind those of the other.
    """
    if objects and held.sites:
        return objects[0].name if objects[0].keys & held.sites[0].keys else None
    known = (objects or list(held.sites))[:1]
    where = held.text[:at] if objects else taken.text[after : after + NAME_REACH]
    found = (re.search(rf"(?<!\w){re.escape(fold(s.name))}(?!\w)", fold(where)) for s in known)
    return known[0].name if any(found) else None


NAME_REACH = 40
"""Characters behind "recaptured" in which its object stands."""


def _within_sentence(dossier: Dossier) -> Iterator[Finding]:
    """One sentence that puts one dated thing after another which is dated later."""
    for reading in dossier.readings:
        text = reading.document.text
        for view, sentence in zip(dossier.views[reading.document.id], reading.sentences, strict=True):
            dates = dates_in(view, sentence.start, sentence.end)
            if len(dates) != 2 or _one_night(*dates):
                continue
            found = _misplaced(text, sentence.start, dates[0], dates[1])
            if found is not None:
                a, b = (" ".join(text[d.start : d.end].split()) for d in dates)
                yield Finding(
                    "order",
                    "medium",
                    f"One sentence puts what is dated {a} {found} what is dated {b}.",
                    (
                        dossier.quote(reading.document.id, (dates[0].start, dates[0].end), a),
                        dossier.quote(reading.document.id, (dates[1].start, dates[1].end), b),
                    ),
                )


def _one_night(one: Time, two: Time) -> bool:
    """Whether two hours stand on one day or on the next: "last night, soon after midnight"."""
    if {one.type, two.type} != {"TIME"}:
        return False
    low, high = interval(one.earliest, two.latest)
    return low is not None and high is not None and high - low <= 1


def _misplaced(text: str, start: int, one: Time, two: Time) -> str | None:
    """ "before" or "after" where the words between two dates say the opposite of the dates."""
    between = text[one.end : two.start]
    low_one, high_one = interval(one.earliest, one.latest)
    low_two, high_two = interval(two.earliest, two.latest)
    lead = text[start : one.start]
    opening = re.match(r"\W*(?:(?:Only|Just|Shortly|Soon|Immediately|\w+ (?:days?|weeks?|hours?))\s+)?", lead)
    clause = lead[opening.end() :] if opening else lead
    if _AFTER.match(clause) and "," not in lead and "," in between:
        return "before" if low_one is not None and high_two is not None and high_two < low_one else None
    if re.search(r"[.;]", between) or len(between) > 160:
        return None
    word = _AFTER.search(between) or _BEFORE.search(between)
    if word is not None and "," in between[word.end() :]:  # the second date stands in a clause of its own
        return None
    if _AFTER.search(between) and not _BEFORE.search(between):
        return "after" if high_one is not None and low_two is not None and high_one < low_two else None
    if _BEFORE.search(between) and not _AFTER.search(between):
        return "before" if high_two is not None and low_one is not None and high_two < low_one else None
    return None


def _too_early(dossier: Dossier) -> Iterator[Finding]:
    """Control or presence shown for a day before the war or invasion it belongs to began."""
    begun = []
    for fact in dossier.facts:
        noun = _WAR.search(fact.text)
        exact = fact.dated and fact.low is not None and fact.low == fact.high and not fact.negated
        if noun and exact and _BEGAN.search(fact.text):
            begun.append((noun.group(1).casefold(), fact))
    begun = begun[:40]
    for fact in dossier.facts if begun else ():
        if (
            not fact.dated
            or fact.high is None
            or not _PRESENCE.search(fact.text)
            or not _MAPPED.search(fact.text)
        ):
            continue
        if pattern("patterns", "outside").search(fact.text):
            continue
        for noun_word, start in begun:
            if start.low is None or not 0 < start.low - fact.high <= 60 or start == fact:
                continue
            when, since = date_words(dossier, fact), date_words(dossier, start)
            yield Finding(
                "order",
                "medium",
                f"Control is shown as of {when}, though the {noun_word} is said to have begun only on "
                f"{since}.",
                (dossier.words(fact, when), dossier.words(start, since)),
                days_apart(start.low - fact.high),
            )
            break


def _retaken_first(dossier: Dossier) -> Iterator[Finding]:
    """A place retaken in a passage about earlier days than those of its only loss."""
    for taken in dossier.facts:
        regained = pattern("order", "regain").search(taken.text)
        if taken.dated or taken.negated or regained is None:
            continue
        objects = [s for s in taken.sites if s.start >= taken.start + regained.end()][:1]
        scene = _scene(dossier, taken)
        if not objects or scene is None or scene.high is None:
            continue
        losses = [f for f in dossier.of_document(taken.document) if _loses(f, objects[0])]
        late = [f for f in losses if f.dated and f.high is not None and f.high > scene.high + NARRATIVE_DAYS]
        if not late or len(late) < len(losses) or re.search(r"\bhad\b", late[0].text):
            continue
        when, about = date_words(dossier, late[0]), date_words(dossier, scene)
        yield Finding(
            "order",
            "low",
            f"{objects[0].name} is said to be retaken in a passage about {about}, "
            f"but its only loss told is dated {when}.",
            (dossier.words(taken, "retaken"), dossier.words(late[0], f"taken {when}")),
        )


def _loses(fact: Fact, site: Site) -> bool:
    """Whether a fact tells that a place was taken, and not retaken."""
    if not fact.real or "capture" not in fact.types or pattern("order", "regain").search(fact.text):
        return False
    return bool(fact.keys & site.keys)


def _scene(dossier: Dossier, fact: Fact) -> Fact | None:
    """The last dated fact before an undated one in its own paragraph."""
    reading = dossier.by_document[fact.document]
    block = reading.sentences[fact.sentence].block
    earlier = [
        f
        for f in dossier.of_document(fact.document)
        if f.sentence < fact.sentence and f.dated and reading.sentences[f.sentence].block == block
    ]
    return earlier[-1] if earlier else None


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
