"""What befell those whom a stretch of text counts, and counts whose noun stands elsewhere.

Prose counts loosely: "nineteen never came home", "of two hundred houses some forty are ash", "sixty of our
bombers failed to return". Two accounts can be compared only when it is known what is counted and what
became of it, so both are read from the words beside the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from svidok.atlas.units import Counted, load_counts
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.vocabulary import pattern, tables
from svidok.records import Bound, Offsets, Quantity

__all__ = ["counting"]

_CLAUSE = re.compile(
    r"[.;:—–!?]|,\s+(?:and|but|while|whereas|where|though)\b|\s(?:but|while|whereas)\s|"
    rf"(?:\sand|,(?:\s+and)?(?:\s+(?:only|just|some))?)\s+(?={CARDINAL}\b)",
    re.IGNORECASE,
)
_OF_THINGS = r"of\s+(?:the|our|their|his|her|its|these|those)\s+(?:[\w’'-]+\s+){0,2}?"
_PEOPLE = Counted("person", "people")
_REACH = 60
_CROWD = frozenset({"enemy", "dead", "people", "who", "those", "them", "whom"})


def counting(
    text: str, start: int, known: Sequence[Quantity], days: Sequence[Offsets] = ()
) -> tuple[Quantity, ...]:
    """The counts of a stretch of text, each with what befell the counted where the words beside it tell.

    Args:
        text: the stretch; ``start`` its offset in the document.
        known: quantities already read. They are kept, with their fate where they lack one.
        days: offsets of dates, whose numbers count nothing.

    >>> [(q.what, q.low, q.fate) for q in counting("Of the crew nineteen never came home", 0, ())]
    [('person', 19.0, 'killed')]
    """
    if not known and not _number().search(text):
        return ()
    out = [_with_fate(text, start, _of_hands(text, start, q)) for q in known]
    for match in _number().finditer(text):
        at = start + match.start("number")
        if any(q.start <= at < q.end for q in out) or any(a <= at < b for a, b in days):
            continue
        found = _bare(text, start, match, out)
        if found is not None:
            out.append(found)
    return tuple(sorted(out, key=lambda q: (q.start, q.end)))


@lru_cache(maxsize=1)
def _number() -> re.Pattern[str]:
    return re.compile(
        r"(?<![\w,.:/-])(?:(?P<bound>at least|no fewer than|more than|over|some|about|around|close on|"
        r"close to|nearly|almost|not quite|fewer than|less than|up to)\s+)?"
        rf"(?P<number>{CARDINAL})\b(?![-:/%]\w|\s*%|[,.]\d)",
        re.IGNORECASE,
    )


_HANDS = re.compile(
    r"\bof\s+(?:her|his|its|the|their|our)\s+(?:[\w’'-]+\s+){0,2}?"
    r"(?:crew|hands|complement|ship['’]s company|company|people|men|garrison|defenders|passengers|members)$|"
    r"(?<!\bof the )\b(?:crewmen|hands|members)$",
    re.IGNORECASE,
)
"""Those aboard a ship or in a place, however a count calls them: "eleven of her crew"."""
_ON_FOOT = re.compile(r"\bfoot$", re.IGNORECASE)
_MEN_ON_FOOT = re.compile(r"\s+on\s+(?:foot|horseback)\b|\s+under\s+arms\b|\s+strong\b", re.IGNORECASE)
_OF_HORSE = re.compile(r"(?<=troops)\s+of\s+(?:horse|cavalry|dragoons|lancers|hussars)\b", re.IGNORECASE)
_LONG = re.compile(
    r"\s*(?:-|high|long|tall|deep|wide|thick|above|below|up|down|away|from|of|in|by|off|behind)\b"
)
LEAST_FOOT = 50
"""From so many "foot" on that nothing measures, foot soldiers are meant."""


def _of_hands(text: str, start: int, q: Quantity) -> Quantity:
    """A count of a ship's hands is of people, and one of foot is of soldiers."""
    end = q.end - start
    if _ON_FOOT.search(q.text) and q.kind == "distance":
        many = max(q.low or 0, q.high or 0) >= LEAST_FOOT
        return replace(q, what="soldier", kind="people") if many and not _LONG.match(text, end) else q
    if q.kind == "people" and q.what in {"person", "man"} and _MEN_ON_FOOT.match(text, end):
        return replace(q, what="soldier")
    if q.kind == "people" and _OF_HORSE.match(text, end):
        return replace(q, what="troop", kind="units")
    if q.kind in {None, "units"} and _HANDS.search(q.text):
        return replace(q, what=_PEOPLE.what, kind=_PEOPLE.kind)
    return q


def _with_fate(text: str, start: int, q: Quantity) -> Quantity:
    """A count with its fate: words right behind it ("taken prisoner") go before what its verb tells."""
    if q.kind not in {"people", "equipment", "places", None}:
        return q
    beside = _beside(text, q.end - start)
    fate = (
        beside if beside or (q.fate and q.fate != "detained") else _fate(text, q.start - start, q.end - start)
    )
    fate = fate or _beside(q.text, 0) or _beside(q.text, q.text.rfind(" ") + 1)
    if fate is None:
        return q
    what, kind = q.what, q.kind
    things = tables()["counts"]["things"]
    noun = q.text.casefold().split()[-1].removesuffix("s")
    if noun in things and fate in {"captured", "lost", "destroyed"}:
        what, kind = things[noun], "equipment"
    elif kind is None and noun in _CROWD:
        what, kind = _PEOPLE.what, _PEOPLE.kind
    return replace(q, what=what, kind=kind, fate=_of_kind(fate, kind))


def _beside(text: str, end: int) -> str | None:
    """The fate that a participle right behind a count tells."""
    at = end + len(text[end:]) - len(text[end:].lstrip())
    return next((name for name in _names() if pattern("fates", name).match(text, at)), None)


def _of_kind(fate: str, kind: str | None) -> str:
    """Things that are lost or killed are destroyed."""
    return "destroyed" if kind in {"equipment", "places"} and fate in {"killed", "lost"} else fate


def _fate(text: str, start: int, end: int) -> str | None:
    """What the words after a count, up to the end of its clause, or else those before it tell of its fate."""
    stop = _CLAUSE.search(text, end)
    after = text[end : min(stop.start() if stop else len(text), end + _REACH)]
    found = [(m.start(), name) for name, m in ((n, pattern("fates", n).search(after)) for n in _names()) if m]
    if found:
        return min(found)[1]
    opened = [m.end() for m in _CLAUSE.finditer(text, 0, start)]
    before = text[max(opened[-1] if opened else 0, start - _REACH) : start]
    told = [(m.end(), name) for name in _names() for m in pattern("fates_before", name).finditer(before)]
    return max(told)[1] if told else None


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    return tuple(sorted(tables()["fates"]))


def _bare(text: str, start: int, match: re.Match[str], known: Sequence[Quantity]) -> Quantity | None:
    """A number without a noun right behind it: what it counts stands before it, or is people."""
    value = cardinal(match.group("number"))
    digits = match.group("number").isdigit()
    if value is None or value < 2 or (digits and 1000 <= value <= 2100):
        return None
    end = match.end()
    things = _things().match(text, end)
    counted = None
    if things is not None:
        counted = _noun(things.group("noun"))
        end = things.end() if counted else end
    fate = _fate(text, match.start(), end)
    if things is not None and counted is None:
        return None
    if things is None:
        direct = _direct().match(text, end)
        told = _TOLD.search(text[: match.start()])
        if direct is None and told is None:
            return None
        counted = _noun(told.group("noun")) if told else _told_before(text[: match.start()], start, known)
        if told is not None:
            fate = load_counts().counted_fates.get(told.group("noun").casefold().removesuffix("s"), fate)
            fate = "rescued" if told.group("noun").casefold() == "survivors" else fate
    if counted is None or fate is None:
        return None
    low, high, bound = _range(value, (match.group("bound") or "").casefold())
    span = (match.start(), end)
    return Quantity(
        start + span[0], start + span[1], text[span[0] : span[1]], counted.what, counted.kind, low, high,
        bound=bound, fate=_of_kind(fate, counted.kind),
    )  # fmt: skip


_TOLD = re.compile(r"\b(?P<noun>survivors|dead|killed|wounded|missing|prisoners)\s*[:–—]\s*$", re.IGNORECASE)
"""A heading before a number: "Survivors: 977"."""
_OF = re.compile(
    rf"\b[Oo]f\s+(?:(?P<count>{CARDINAL})\s+|(?:all\s+)?(?:the|those|these|our|their|his|its)\s+)?"
    r"(?:[\w’'-]+\s+){0,2}?(?P<noun>[a-z]+)\b[^.;]{0,80}?,?\s*$"
)
"""What a number counts a part of: "of those who were riding in the bus", "of two hundred houses"."""


@lru_cache(maxsize=1)
def _things() -> re.Pattern[str]:
    return re.compile(rf"\s+{_OF_THINGS}(?P<noun>[a-z]+)\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _direct() -> re.Pattern[str]:
    """What can stand between a number and the words that tell a fate: little."""
    told = "|".join(pattern("fates", name).pattern for name in _names())
    return re.compile(
        rf"\s*,?\s*(?:[\w’'-]+\s+(?:and\s+)?[\w’'-]+,\s+)?(?:\w+\s+){{0,2}}?(?:{told})", re.IGNORECASE
    )


def _told_before(before: str, start: int, known: Sequence[Quantity]) -> Counted:
    """What the words before a number, or the count of a whole before it, make it count; else people."""
    of = _OF.search(before)
    if of is None:
        return _PEOPLE
    for q in known:
        if q.what is not None and start + of.start() <= q.start and q.end <= start + of.end():
            return Counted(q.what, q.kind or "people")
    return _noun(of.group("noun")) or _PEOPLE


def _noun(word: str) -> Counted | None:
    word = word.casefold()
    things = tables()["counts"]["things"]
    nouns = load_counts().nouns
    forms = [word, word.removesuffix("s"), word.removesuffix("es"), re.sub("men$", "man", word)]
    for form in forms:
        if form in things:
            return Counted(things[form], "equipment")
        if form in nouns and nouns[form].kind in {"people", "equipment", "places"}:
            return nouns[form]
    return _PEOPLE if word in _CROWD else None


def _range(value: int, bound: str) -> tuple[float | None, float | None, Bound]:
    if bound in {"at least", "no fewer than", "more than", "over"}:
        return float(value), None, "at_least"
    if bound in {"not quite", "fewer than", "less than", "up to"}:
        return None, float(value), "at_most"
    return float(value), float(value), "about" if bound else "exact"
