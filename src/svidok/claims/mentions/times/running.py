"""Spans of a story that run on from the day just told: within a week, for four days, on the first day."""

from __future__ import annotations

from dataclasses import dataclass, replace

from svidok.claims.mentions.times.calendar import iso_day
from svidok.claims.mentions.times.counting import on_day, step
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.result import Resolved
from svidok.claims.mentions.times.story import LOOKS_AHEAD, SENTENCE_END, looks_back, tense

__all__ = ["Running"]

NEAR = 12  # characters between "began" and the day on which it did
CLAUSE = 120  # characters before a span in which its verb is looked for
LONG = ("day", "week", "fortnight", "month")


@dataclass(frozen=True, slots=True)
class Running:
    """Counts spans from the days that a text tells before them."""

    text: str
    lower: str
    language: Language

    def on(self, told: list[Resolved], place: int) -> Resolved:
        """The span at a place of those that are told, with bounds where a day before it gives them.

        "Within a week" and "for four days" run on from the day told in its sentence or the one before;
        "on the first day" and "in the first two days" count from the last day on which something began.
        """
        item = told[place]
        if item.span is None:
            return item
        if item.expression.make == "nth":
            return self._of_what_began(item, told[:place])
        if item.span[1] not in LONG or not item.span[0]:
            return item
        if item.expression.fields.get("span_side") == 1:
            return self._of_what_began(item, told[:place])
        before = self._word_before(item)
        inside, lasting = (self.language.cues.get(name, frozenset()) for name in ("runs_in", "runs_on"))
        if not before or before[0] not in inside | lasting:
            return item
        base = self._day_before(told[:place], item.expression.start)
        where = self.text, self.lower, item.expression.start, item.expression.end, self.language
        when = tense(*where)
        if base is None or when in LOOKS_AHEAD or (before[0] in lasting and when != "past"):
            return item
        perfect = self.language.cue_patterns.get("perfect")
        opens = max(0, item.expression.start - CLAUSE)
        for end in SENTENCE_END.finditer(self.text, opens, item.expression.start + 1):
            opens = end.end()
        held_now = perfect is not None and perfect.search(self.lower, opens, item.expression.start)
        if looks_back(*where) or (before[0] in lasting and held_now):
            return item
        return self._run(item, base, item.span[0])

    def lasts(self, item: Resolved) -> bool:
        """Whether a span is filled and no distance: for two days before, in the last three days before."""
        if item.expression.fields.get("span_side") is not None:
            return True
        before = self._word_before(item)
        return bool(before) and before[0] in self.language.cues.get("fills", frozenset())

    def _word_before(self, item: Resolved) -> list[str]:
        return self.lower[max(0, item.expression.start - 10) : item.expression.start].split()[-1:]

    def _of_what_began(self, item: Resolved, before: list[Resolved]) -> Resolved:
        base = next((at for one in reversed(before) if (at := self._began(one)) is not None), None)
        if base is None or item.span is None:
            return item
        if item.expression.make == "nth":
            day = on_day(base + item.span[0])
            return replace(item, moment=day, value=day.value, anchor=f"story {on_day(base).value}")
        last = step(base, item.span[0], item.span[1])
        return self._run(item, base, item.span[0], last - 1 if last is not None else None)

    @staticmethod
    def _run(item: Resolved, base: int, count: int, last: int | None = None) -> Resolved:
        assert item.span is not None
        last = step(base, count, item.span[1]) if last is None else last
        if last is None:
            return item
        counted = iso_day(base), iso_day(last)
        return replace(item, counted=counted, anchor=f"story {on_day(base).value}")

    def _day_before(self, before: list[Resolved], start: int) -> int | None:
        """The day told in the sentence, or else in the one before, and in the same paragraph."""
        for item in reversed(before):
            between = self.text[item.expression.end : start]
            if "\n" in between or len(SENTENCE_END.findall(between)) > 1:
                return None
            if item.moment is not None and item.moment.days is not None:
                return item.moment.days[0] if item.moment.grain == "day" else None
        return None

    def _began(self, item: Resolved) -> int | None:
        """The day, where the words before it say that something began on it."""
        if item.moment is None or item.moment.grain != "day" or item.moment.days is None:
            return None
        begin, start = self.language.cue_patterns.get("starts"), item.expression.start
        words = self.lower[max(0, start - NEAR - 20) : start]
        found = [one.end() for one in begin.finditer(words)] if begin is not None else []
        return item.moment.days[0] if found and len(words) - found[-1] <= NEAR else None
