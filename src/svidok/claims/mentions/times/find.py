"""The whole flow of times on one screen: scan, link, share, resolve, bound."""

from __future__ import annotations

from collections.abc import Sequence

from svidok.claims.mentions.times.bounds import Meant, bound
from svidok.claims.mentions.times.entries import lend_years
from svidok.claims.mentions.times.happenings import count_from
from svidok.claims.mentions.times.heads import dateline
from svidok.claims.mentions.times.language import languages, load_language
from svidok.claims.mentions.times.links import link, merge, share
from svidok.claims.mentions.times.resolve import resolve
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.scan import Expression, fold, scan
from svidok.claims.mentions.times.story import Story, day_of
from svidok.records import Offsets, Time

__all__ = ["find_times"]


def find_times(
    text: str,
    *,
    published: str | None = None,
    language: str = "en",
    blocks: Sequence[Offsets] | None = None,
) -> tuple[Time, ...]:
    """Every expression of time in a text, in order, anchored to the day of writing and to the story.

    Args:
        text: the text; offsets of the result index it.
        published: the ISO day of writing ("2022-04-27"), or None when unknown.
        language: a code of ``languages()``; of another language only dates in digits are read.
        blocks: offsets of paragraphs, when known; else lines are taken.

    Returns:
        Times with TIMEX3 ``type``, ``value`` and ``mod``, inclusive ISO bounds of the moment that is
        meant (both ends of a range carry the bounds of the range; "by 13 March" is open to the
        left), EDTF, and the ``anchor`` that the value was counted from.

    Raises:
        InputError: ``published`` is no day of the calendar.

    >>> [(t.text, t.value) for t in find_times("On 24 February 2022 it began; two days later they left.")]
    [('24 February 2022', '2022-02-24'), ('two days later', '2022-02-26')]
    """
    knowledge = load_language(language if language in languages() else "und")
    expressions = merge(text, scan(text, knowledge), knowledge)
    if not expressions:
        return ()
    links = link(text, expressions, knowledge)
    expressions = lend_years(text, share(text, expressions, links))
    story = _opening(text, expressions, published)
    resolved = resolve(text, expressions, story, knowledge, blocks)
    resolved = count_from(text, fold(text), resolved, story, knowledge)
    return _times(text, resolved, bound(text, resolved, links, knowledge))


def _opening(text: str, expressions: list[Expression], published: str | None) -> Story:
    written = day_of(published)
    years = [
        int(str(e.fields["year"]))
        for e in expressions
        if "year" in e.fields and e.make == "date" and "month" in e.fields and "era" not in e.fields
    ]
    narrative = written is None
    if written is not None and len(years) >= 5:
        near = sum(1 for year in years if abs(year - (written.year or 0)) <= 1)
        narrative = near * 3 < len(years)
    story = Story(written, narrative)
    opened = dateline(text, expressions, story)
    if opened is not None and opened != written:
        story.written, story.dateline = opened, True
        story.narrative = narrative and written is not None
    return story


def _times(text: str, resolved: list[Resolved], meant: list[Meant]) -> tuple[Time, ...]:
    return tuple(
        Time(
            item.expression.start,
            item.expression.end,
            text[item.expression.start : item.expression.end],
            item.type,
            item.value,
            item.mod,
            bound.earliest,
            bound.latest,
            bound.edtf,
            item.anchor,
            item.flags + bound.flags,
        )
        for item, bound in zip(resolved, meant, strict=True)
    )
