"""From expressions to TIMEX3: what each says, counted from where the story stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from svidok.claims.mentions.times.beforehand import asides
from svidok.claims.mentions.times.heads import imprint
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.relative import RelativeDates
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.scan import Expression
from svidok.claims.mentions.times.spans import Spans
from svidok.claims.mentions.times.special import SpecialDates
from svidok.claims.mentions.times.story import SENTENCE_END, Story
from svidok.records import Offsets

__all__ = ["MAKES", "resolve"]


def resolve(
    text: str,
    expressions: list[Expression],
    story: Story,
    language: Language,
    blocks: Sequence[Offsets] | None = None,
) -> list[Resolved]:
    """Resolve expressions in order, carrying the story along."""
    passing, story.limit = imprint(text, expressions)
    reader = _Reader(text, story, language, asides(expressions) | passing, blocks, expressions)
    return [
        replace(resolved, place=place)
        for place, expression in enumerate(expressions)
        if (resolved := reader.read(expression)) is not None
    ]


class _Reader(SpecialDates, RelativeDates, Spans):
    """All that can be made of an expression."""

    def read(self, expression: Expression) -> Resolved | None:
        """Resolve one expression; a new paragraph opens a new scene, a new sentence ends a look back."""
        while self.breaks and self.breaks[-1] <= expression.start:
            self.breaks.pop()
            self.story.turn()
        if self.story.aside is not None and SENTENCE_END.search(
            self.text, self.told_at, expression.start + 1
        ):
            self.story.resume()
        return MAKES[expression.make](self, expression)


MAKES: dict[str, Callable[[_Reader, Expression], Resolved | None]] = {
    "date": _Reader.date,
    "year": _Reader.date,
    "slashed": _Reader.slashed,
    "decade": _Reader.decade,
    "century": _Reader.century,
    "today": _Reader.today,
    "relative": _Reader.relative,
    "shift": _Reader.shift,
    "duration": _Reader.duration,
    "set": _Reader.set,
    "ref": _Reader.ref,
    "clock": _Reader.clock,
    "part": _Reader.part,
    "part_general": _Reader.part_general,
    "year_month": _Reader.year_month,
    "unit_end": _Reader.unit_end,
    "last_day": _Reader.last_day,
    "group": _Reader.group,
    "group_short": _Reader.group_short,
    "year_words": _Reader.year_words,
    "quarter": _Reader.quarter,
    "within": _Reader.within,
    "former": _Reader.former,
    "double": _Reader.double,
    "compact": _Reader.compact,
    "nth": _Reader.nth,
    "that_time": _Reader.that_time,
    "old_year": _Reader.old_year,
    "week_of": _Reader.week_of,
    "iso_week": _Reader.iso_week,
}
"""What a pattern may make (``make`` in patterns.toml), and the method that makes it."""
