"""Days, counts and lit-up words as the pages show them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from svidok.web.texts import Texts

__all__ = ["Stretch", "day_words", "lit", "when_words"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of text that is shown in one way: the claims whose words it belongs to, and its role.

    ``first`` names the claims that begin here, so that each claim has one anchor in the text.
    """

    text: str
    claims: tuple[str, ...] = ()
    triggers: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    marked: bool = False


@lru_cache(maxsize=20_000)
def day_words(day: str | None, texts: Texts) -> str | None:
    """A day, month or year in words; an hour is kept.

    >>> from svidok.web.texts import load_texts
    >>> day_words("2022-03-04", load_texts("en")), day_words("-0240", load_texts("en"))
    ('4 Mar 2022', '241 BC')
    """
    if not day:
        return None
    body, _, hour = day.partition("T")
    sign = body.startswith("-")
    year, *rest = body.lstrip("-").split("-")
    shown = texts("when.bc", year=int(year) + 1) if sign else str(int(year))
    if rest:
        shown = f"{texts(f'month.{int(rest[0])}')} {shown}"
    if len(rest) > 1:
        shown = f"{int(rest[1])} {shown}"
    return f"{shown}, {hour[:5]}" if hour else shown


@lru_cache(maxsize=20_000)
def when_words(earliest: str | None, latest: str | None, texts: Texts, edtf: str | None = None) -> str:
    """An interval in the fewest words that say it; unknown is said to be unknown.

    >>> from svidok.web.texts import load_texts
    >>> en = load_texts("en")
    >>> when_words("2022-03-04", "2022-03-10", en), when_words("2022-03-01", "2022-03-31", en, "2022-03")
    ('4–10 Mar 2022', 'Mar 2022')
    >>> when_words(None, "2022-03-13", en)
    'by 13 Mar 2022'
    """
    if edtf and edtf.replace("-", "").isdigit() and len(edtf) in (4, 7):
        return day_words(edtf, texts) or ""
    first, last = day_words(earliest, texts), day_words(latest, texts)
    if first is None and last is None:
        return texts("when.unknown")
    if first is None:
        return texts("when.by", day=last)
    if last is None:
        return texts("when.since", day=first)
    if first == last:
        return first
    a, b = first.split(" "), last.split(" ")
    if len(a) == len(b) == 3 and "," not in first + last:
        if a[1:] == b[1:]:
            return f"{a[0]}–{last}"
        if a[2] == b[2]:
            return f"{a[0]} {a[1]} – {last}"
    return f"{first} – {last}"


def lit(
    text: str,
    spans: Sequence[tuple[int, int, str]],
    triggers: Sequence[tuple[int, int, str]] = (),
    *,
    start: int = 0,
    end: int | None = None,
) -> tuple[Stretch, ...]:
    """Cut a text where the words of claims begin and end.

    Args:
        text: the whole text; offsets count its code points.
        spans: start, end and name of what each stretch belongs to; they may overlap.
        triggers: the same for the words that name a happening.
        start, end: the part to cut.
    Returns:
        stretches that together give ``text[start:end]``.

    >>> [s.text for s in lit("He fled Bucha.", [(3, 13, "a")])]
    ['He ', 'fled Bucha', '.']
    """
    end = len(text) if end is None else end
    inside = [s for s in spans if s[0] < end and s[1] > start]
    points = [s for s in triggers if s[0] < end and s[1] > start]
    cuts = sorted({start, end, *(min(max(p, start), end) for s in (*inside, *points) for p in s[:2])})
    stretches = []
    seen: set[str] = set()
    for left, right in itertools.pairwise(cuts):
        own = tuple(name for a, b, name in inside if a <= left and right <= b)
        trigger = tuple(name for a, b, name in points if a <= left and right <= b)
        first = tuple(name for name in own if name not in seen)
        seen.update(first)
        stretches.append(Stretch(text[left:right], own, trigger, first))
    return tuple(stretches)
