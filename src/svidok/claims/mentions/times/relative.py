"""Counted from the writing or the story: yesterday, last year, the next day, two weeks later."""

from __future__ import annotations

from dataclasses import replace

from svidok.claims.mentions.times.calendar import from_day_number, iso_day
from svidok.claims.mentions.times.counting import coarsen, on_day, shift
from svidok.claims.mentions.times.dates import Dates, portioned
from svidok.claims.mentions.times.moment import Grain, Moment
from svidok.claims.mentions.times.result import MASK, Resolved, clock_of, number_of, text_of
from svidok.claims.mentions.times.scan import Expression
from svidok.claims.mentions.times.story import LOOKS_AHEAD, tense
from svidok.records import TimeType

__all__ = ["RelativeDates"]

MONTHS = {"year": 12, "decade": 120}
JOINTS = (", ", " - ", " – ", " — ", " (")
STOPS = (".", ",", ";", ")", "")
NAMED = ("month", "year")  # "that month" may be one told in passing
HOURS = ("hour", "minute", "second")
CLOCK = {"hour": 60, "minute": 1}  # minutes of a unit that moves the hands of a clock
DAY = 24 * 60
FEW = 6  # hours that are taken to lie within the day that they are counted from


def _half(count: object) -> bool:
    """Whether a count is a number and a half: 2.5, or "0.5" of the data."""
    return isinstance(count, float) or (isinstance(count, str) and count.replace(".", "", 1).isdigit())


def _few(count: object, unit: str) -> bool:
    """Whether so few hours are meant that they are taken to lie within one day: an hour, forty minutes."""
    return unit != "hour" or ((isinstance(count, int) or _half(count)) and float(str(count)) <= FEW)


class RelativeDates(Dates):
    """Reads what is counted from another day."""

    def today(self, expression: Expression) -> Resolved | None:
        base = self.story.entry or self.story.written
        offset = number_of(expression.fields.get("today")) or 0
        if base is None or base.days is None:
            if self.story.last is not None and offset and self.story.last.grain == "day":
                base = self.story.last
            else:
                part = text_of(expression.fields.get("part"))
                if part is not None:
                    return Resolved(expression, "TIME", f"XXXX-XX-XXT{part}")
                return Resolved(expression, "DATE", "XXXX-XX-XX" if offset else "PRESENT_REF")
        assert base.days is not None
        fields = expression.fields
        clock, zone = clock_of(fields), text_of(fields.get("zone"))
        moment = replace(
            on_day(base.days[0] + offset),
            part=None if clock else text_of(fields.get("part")),
            clock=clock,
            zone=zone if clock else None,
        )
        return self._dated(expression, moment, self._anchor(base))

    def relative(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        back = number_of(fields.get("back")) or 0
        base = self.story.base if fields.get("base") == "story" else self._counted_from_writing()
        if fields.get("base") == "story" and back == 0 and fields.get("unit") in NAMED and self.story.named:
            base = self.story.named
        if base is None and back == 0 and fields.get("unit") == "year":
            base = self.story.last
        if fields.get("base") == "weekend":
            return self._weekend(expression)
        unit, weekday = text_of(fields.get("unit")), number_of(fields.get("weekday"))
        month, season, part = (
            number_of(fields.get("month")),
            text_of(fields.get("season")),
            text_of(fields.get("part")),
        )
        moment: Moment | None = None
        if base is not None and base.year is not None:
            if weekday is not None:
                moment = self._weekday_from(base, weekday, back)
                moment = replace(moment, part=part) if moment is not None else None
            elif month is not None:
                moment = Moment(self._month_year(base, month, back), "month", month)
            elif season is not None:
                moment = self._season_from(base, season, back)
            elif part is not None and unit is None:
                moment = shift(base, back, "day")
                moment = replace(moment, part=part) if moment is not None and moment.grain == "day" else None
            elif unit == "night":
                part, unit = "NI", None
                moment = shift(base, back, "day")
                moment = replace(moment, part=part) if moment is not None and moment.grain == "day" else None
            elif unit is not None:
                moment = self._unit_from(base, unit, back)
        if moment is None and fields.get("base") == "story" and unit in ("week", "month", "year"):
            base = self.story.written  # no week is told of: next week, of the writing
            moment = self._unit_from(base, unit, back) if base is not None else None
        if unit == "hour" and back == 0 and fields.get("base") == "story":
            hour = self.story.hour or base  # "the same hour": that hour, or one of that day
            moment = hour if hour is not None and hour.grain == "day" else None
        if moment is None:
            part = "NI" if unit == "night" else part
            mask = MASK.get(unit or "day", "XXXX-XX-XX") if part is None else f"XXXX-XX-XXT{part}"
            return Resolved(expression, "DATE" if part is None else "TIME", mask, text_of(fields.get("mod")))
        clock = clock_of(fields)
        if clock and moment.grain == "day":
            moment = replace(moment, clock=clock, zone=text_of(fields.get("zone")), part=None)
        elif part and moment.grain == "day":
            moment = replace(moment, part=part)
        return portioned(
            self._dated(
                expression, moment, self._anchor(base), aside=fields.get("base") == "story" and back < 0
            )
        )

    def _weekend(self, expression: Expression) -> Resolved | None:
        base = self.story.reference
        days = base.days if base is not None and base.grain == "day" else None
        if days is None:
            return Resolved(expression, "DATE", "XXXX-WXX-WE")
        when = tense(self.text, self.lower, expression.start, expression.end, self.language)
        past = (days[0] - 1) % 7 < 5 and when not in LOOKS_AHEAD
        return self._dated(
            expression, on_day(days[0] - (7 if past else 0), grain="weekend"), self._anchor(base)
        )

    def _weekday_from(self, base: Moment, weekday: int, back: int) -> Moment | None:
        if base.days is None or base.grain != "day":
            return None
        at = base.days[0]
        if back < 0:
            return on_day(at - ((at - weekday) % 7 or 7))
        if back > 0:
            return on_day(at + ((weekday - at) % 7 or 7))
        monday = at - (at - 1) % 7
        return on_day(monday + weekday - 1)

    def _month_year(self, base: Moment, month: int, back: int) -> int | None:
        here = base.month or (
            from_day_number(base.days[0])[1] if base.grain == "season" and base.days else None
        )
        if base.year is None or here is None:
            return base.year
        if back < 0:
            return base.year if month < here else base.year - 1
        if back > 0:
            return base.year if month > here else base.year + 1
        return base.year

    def _season_from(self, base: Moment, season: str, back: int) -> Moment:
        current = coarsen(base, "season")
        order = ["SP", "SU", "FA", "WI"]
        year = base.year or 0
        if current.grain != "season" or current.year is None:
            return Moment(year + back, "season", season=season)
        here, there = order.index(current.season or "SP"), order.index(season)
        if back < 0:
            year = current.year if there < here else current.year - 1
        elif back > 0:
            year = current.year if there > here else current.year + 1
        else:
            year = current.year
        return Moment(year, "season", season=season)

    def _unit_from(self, base: Moment, unit: str, back: int) -> Moment | None:
        grain: Grain
        match unit:
            case "day" | "week" | "month" | "quarter" | "year" | "decade" | "century" | "weekend" | "season":
                grain = unit
            case _:
                return None
        current = coarsen(base, grain)
        if current.grain != grain:
            return None
        return shift(current, back, unit)

    def shift(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        sign, unit = number_of(fields.get("sign")) or 1, text_of(fields.get("unit")) or "day"
        count = fields.get("n", 1)
        if fields.get("half") and isinstance(count, int):
            count += 0.5
        base = self.story.base if fields.get("base") == "story" else self._counted_from_writing()
        mod = text_of(fields.get("mod"))
        kind: TimeType = "TIME" if unit in HOURS else "DATE"
        if self._restates(expression, base, sign):
            assert base is not None
            told = self._unit_from(base, unit, 0)
            return Resolved(expression, "DATE", told.value, mod, told, self._anchor(base)) if told else None
        if count == "X":
            if fields.get("base") == "story":
                if unit in HOURS and base is not None and base.grain == "day":
                    return self._hours_later(expression, base, unit, sign)
                return Resolved(expression, kind, MASK.get(unit, "XXXX-XX-XX"), mod)
            return self._some_time_ago(expression, sign, unit)
        written = self.story.written
        if unit in ("hour", "minute", "second") and fields.get("base") == "doc" and written is not None:
            return self._hours_ago(expression, written, unit)
        moment = None
        if unit == "year" and sign < 0 and self.story.quarter is not None and count == 1:
            base = self.story.quarter
            moment = replace(base, year=(base.year or 0) - 1)
        elif base is not None and isinstance(count, int):
            moment = shift(base, sign * count, "day" if unit == "night" else unit)
            if moment is not None and unit == "night":
                kind, moment = "TIME", replace(moment, part="NI")
            if moment is not None and unit == "week" and count > 1 and fields.get("base") == "doc":
                moment = coarsen(moment, "week")  # "two weeks ago" tells no day
        elif base is not None and unit in MONTHS and _half(count):
            moment = shift(base, round(sign * float(str(count)) * MONTHS[unit]), "month")
        if fields.get("base") == "story" and unit in CLOCK and self.story.hour is not None:
            clocked = self._clock_later(self.story.hour, sign * float(str(count)) * CLOCK[unit])
            if clocked is not None:
                return self._dated(expression, clocked, self._anchor(self.story.hour), aside=sign < 0)
        if moment is None and unit in HOURS and base is not None and base.grain == "day":
            return self._hours_later(expression, base, unit, sign)
        if moment is not None and sign < 0:
            return Resolved(expression, "DATE", moment.value, mod, moment, self._anchor(base))
        if moment is None:
            return Resolved(expression, kind, MASK.get(unit, "XXXX-XX-XX"), mod)
        return self._dated(expression, moment, self._anchor(base))

    def _some_time_ago(self, expression: Expression, sign: int, unit: str) -> Resolved:
        """ "A few days ago": no day is told, but it lies behind the writing."""
        written = self.story.written
        mod = text_of(expression.fields.get("mod"))
        told = Resolved(expression, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", mod)
        if written is None or written.days is None or (unit in HOURS and sign > 0):
            return told
        if unit in HOURS:
            today = iso_day(written.days[0])
            return replace(told, counted=(today, today), anchor=self._anchor(written))
        side = iso_day(written.days[0] + sign)
        counted = (None, side) if sign < 0 else (side, None)
        return replace(told, counted=counted, anchor=self._anchor(written))

    def _restates(self, expression: Expression, base: Moment | None, sign: int) -> bool:
        """Whether the words only count how far the day just told is: "on 11 January 2025, a year later."."""
        if expression.fields.get("base") != "story" or sign < 0 or base is None or base.grain != "day":
            return False
        gap, behind = (
            self.text[self.told_at : expression.start],
            self.text[expression.end : expression.end + 2],
        )
        return gap in JOINTS and behind.strip()[:1] in STOPS

    @staticmethod
    def _clock_later(hour: Moment, minutes: float) -> Moment | None:
        """The hour of the day some minutes after one that is told in hours and minutes."""
        days = hour.days
        if days is None or hour.clock is None or len(hour.clock) != 5:
            return None
        at = days[0] * DAY + int(hour.clock[:2]) * 60 + int(hour.clock[3:]) + round(minutes)
        clock = f"{at % DAY // 60:02d}:{at % 60:02d}"
        return replace(on_day(at // DAY), clock=clock, zone=hour.zone)

    def _hours_later(self, expression: Expression, base: Moment, unit: str, sign: int) -> Resolved:
        """Hours or minutes from a day of the story: that day or, where the hours allow it, the next."""
        days = base.days
        assert days is not None
        count = expression.fields.get("n", 1)
        over = (int(count) + 23) // 24 if unit == "hour" and isinstance(count, int) else 1
        reach = 0 if _few(count, unit) and not self.story.late else over
        low, high = sorted((days[0], days[0] + reach * sign))
        value = f"{base.value}TXX" if over == 1 else "XXXX-XX-XXTXX"
        counted = iso_day(low), iso_day(high)
        return Resolved(expression, "TIME", value, anchor=self._anchor(base), counted=counted)

    def _hours_ago(self, expression: Expression, written: Moment, unit: str) -> Resolved:
        """Hours before the writing: that day or, where the hours allow it, the day before."""
        count = expression.fields.get("n", 1)
        days = written.days
        assert days is not None
        back = 1 if unit != "hour" or not isinstance(count, int) else (count + 23) // 24
        counted = (iso_day(days[0] - (0 if _few(count, unit) else back)), iso_day(days[0]))
        value = f"{written.value}TXX" if back == 1 else "XXXX-XX-XXTXX"
        return Resolved(expression, "TIME", value, anchor=self._anchor(written), counted=counted)
