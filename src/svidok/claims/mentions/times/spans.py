"""Durations, sets, vague references, hours and parts of the day."""

from __future__ import annotations

from dataclasses import replace

from svidok.claims.mentions.times.calendar import iso_day
from svidok.claims.mentions.times.counting import on_day, step
from svidok.claims.mentions.times.dates import Dates
from svidok.claims.mentions.times.forms import Value
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.result import Resolved, clock_of, duration_value, number_of, text_of
from svidok.claims.mentions.times.scan import Expression
from svidok.claims.mentions.times.story import LATE, tense

__all__ = ["Spans"]

LONG = ("day", "week", "month", "year")
MIDNIGHT = "24:00"


class Spans(Dates):
    """Reads what is no date by itself."""

    def duration(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        count, unit = fields.get("n", "X"), text_of(fields.get("unit")) or "day"
        if fields.get("half_unit"):
            count, unit = 0.5, str(fields["half_unit"])
        if fields.get("half") and isinstance(count, int):
            count = count + 0.5
        value = duration_value(count, unit)
        if fields.get("unit2"):
            more = duration_value(fields.get("n2", 1), str(fields["unit2"]))
            value += more.removeprefix("PT" if value.startswith("PT") else "P")
        mod = text_of(fields.get("mod"))
        if fields.keys() & {"year", "yy", "month"}:
            return self._edge_of(expression, Resolved(expression, "DURATION", value, mod), count, unit)
        span = (count, unit) if isinstance(count, int) else (0, unit)
        told = Resolved(expression, "DURATION", value, mod, span=span)
        base = self.story.last
        if fields.get("follows") and unit in LONG and base is not None and base.grain == "day" and base.days:
            after = iso_day(base.days[0] + 1), None  # in the following days
            return replace(told, counted=after, anchor=self._anchor(base))
        return told

    def _edge_of(self, expression: Expression, told: Resolved, count: Value, unit: str) -> Resolved:
        """The first or last days of a month or year: "the last three days of March"."""
        moment, anchor, _ = self._moment(expression)
        days = moment.days if moment is not None else None
        if days is None:
            return told
        first, last = days
        if isinstance(count, int) and expression.fields.get("span_side") == 1:
            last = min(last, (step(first, count, unit) or last + 1) - 1)
        elif isinstance(count, int):
            first = max(first, (step(last + 1, -count, unit) or first))
        return replace(told, counted=(iso_day(first), iso_day(last)), anchor=anchor)

    def set(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        weekday, part, unit = (
            number_of(fields.get("weekday")),
            text_of(fields.get("part")),
            text_of(fields.get("unit")),
        )
        if weekday is not None:
            value = f"XXXX-WXX-{weekday}"
        elif part is not None:
            value = f"XXXX-XX-XXT{part}"
        elif fields.get("month") is not None:
            value = f"XXXX-{fields['month']:02d}"
        elif fields.get("season") is not None:
            value = f"XXXX-{fields['season']}"
        else:
            value = duration_value(fields.get("n", 1), unit or "day")
        return Resolved(expression, "SET", value, text_of(fields.get("mod")))

    def ref(self, expression: Expression) -> Resolved | None:
        return Resolved(expression, "DATE", text_of(expression.fields.get("ref")))

    def former(self, expression: Expression) -> Resolved | None:
        """In chronicles "former" is a reference to the past; of persons in the news it is a title."""
        if self.story.written is not None:
            return None
        return Resolved(expression, "DATE", "PAST_REF")

    def that_time(self, expression: Expression) -> Resolved | None:
        """A time told before, in a chronicle; in the news it is no more than a turn of speech."""
        return Resolved(expression, "DATE", None) if self.story.written is None else None

    def clock(self, expression: Expression) -> Resolved | None:
        clock, zone = clock_of(expression.fields), text_of(expression.fields.get("zone"))
        if clock is None:
            return None
        base = self._scene() if self._tells_hour(expression) else self.story.scene
        if expression.start in self.ticker:
            base = self.story.scene or self.story.written
        if base is None or base.grain != "day":
            return Resolved(expression, "TIME", f"XXXX-XX-XXT{clock}{zone or ''}")
        moment = replace(self._runs_on(expression, base, clock), clock=clock, zone=zone or None, part=None)
        if clock == MIDNIGHT and moment.day != base.day:
            moment = replace(moment, clock="00:00")
        return replace(self._dated(expression, moment, self._anchor(base)), type="TIME")

    def _runs_on(self, expression: Expression, base: Moment, clock: str) -> Moment:
        """The day of an hour behind an evening or a night: "four in the morning" is of the day after it."""
        if not self.story.late or base.days is None or expression.start in self.ticker:
            return base
        after = self.lower[max(0, expression.start - 12) : expression.start].split()[-1:]
        spent = bool(after) and self.language.hinges.get(after[0]) == "after"
        return on_day(base.days[0] + 1) if clock < LATE or (clock == MIDNIGHT and spent) else base

    def _tells_hour(self, expression: Expression) -> bool:
        """Whether "01:25" is an hour of the day by its own words: 5 pm, at 17:00, 0500 GMT.

        Bare ones may be places in a video.
        """
        fields = expression.fields
        if fields.keys() & {"noon", "zone", "hour_name", "hhmm"} or "min" not in fields:
            return True
        if expression.end - expression.start > 8:
            return True
        before = self.lower[max(0, expression.start - 16) : expression.start].split()
        return bool(before) and before[-1] in self.language.cues.get("hour_before", frozenset())

    def part(self, expression: Expression) -> Resolved | None:
        part = text_of(expression.fields.get("part"))
        base = self._scene()
        written = self.story.written
        if base is None and expression.fields.get("eve") and not self.story.narrative:
            base = written
        if expression.fields.get("eve") and base is written is not None and written.days is not None:
            night = replace(on_day(written.days[0] - 1), part=part)  # told the morning after
            return replace(self._dated(expression, night, self._anchor(written)), until=written)
        if base is None or base.grain != "day":
            return Resolved(expression, "TIME", f"XXXX-XX-XXT{part}")
        if part == "MO" and self.story.late and base.days is not None:
            base = on_day(base.days[0] + 1)  # the evening of 6 May, and before dawn
        return self._dated(expression, replace(base, part=part), self._anchor(base))

    def part_general(self, expression: Expression) -> Resolved | None:
        """ "At night": no night in particular, but where a report opens with it and tells what was done."""
        if self._opens(expression) and self.story.written is not None and not self.story.narrative:
            where = self.text, self.lower, expression.start, expression.end
            if tense(*where, self.language, strict=True) == "past":
                return self.part(replace(expression, fields={**expression.fields, "eve": 1}))
        return Resolved(expression, "TIME", f"XXXX-XX-XXT{expression.fields.get('part')}")
