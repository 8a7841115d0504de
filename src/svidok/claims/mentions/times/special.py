"""Dates of less common forms: slashed, decades, quarters, double dates, date-time groups..."""

from __future__ import annotations

import re
from dataclasses import replace

from svidok.claims.mentions.times.calendar import monday
from svidok.claims.mentions.times.counting import coarsen, on_day, shift
from svidok.claims.mentions.times.dates import Dates, portioned
from svidok.claims.mentions.times.feasts import military_zone
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.result import MASK, Resolved, number_of, text_of
from svidok.claims.mentions.times.scan import Expression

__all__ = ["SpecialDates"]

WORD = re.compile(r"\s(\w+)")
AHEAD = 20  # years by which "the eighties" may lie ahead of a story


class SpecialDates(Dates):
    """Reads the forms that are no plain day, month and year."""

    def slashed(self, expression: Expression) -> Resolved | None:
        """4/3/2022: the order is the other slashed dates' when they tell it; else both readings stand."""
        fields = expression.fields
        one, two = number_of(fields.get("one")), number_of(fields.get("two"))
        year, anchor = self._year(fields)
        if one is None or two is None:
            return None
        day_first = Moment(year, "day", two, one)
        month_first = Moment(year, "day", one, two)
        if one == two or not month_first.possible or (self.order == "day" and day_first.possible):
            return self._dated(expression, day_first, anchor)
        if not day_first.possible or self.order == "month":
            return self._dated(expression, month_first, anchor)
        moment = Moment(year)
        self.story.tell(moment)  # its year is sure, whichever the day
        return Resolved(
            expression,
            "DATE",
            f"{moment.value}-XX-XX",
            None,
            moment,
            f"{day_first.value} or {month_first.value}: the order of day and month is not told",
            ("ambiguous_date",),
            readings=(day_first, month_first),
        )

    def decade(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        start, anchor = number_of(fields.get("decade")), "given"
        if start is None:
            return None
        if start < 100:
            base = self.story.base
            century = 1900 if base is None or base.year is None else base.year - base.year % 100
            if base is not None and base.year is not None and century + start > base.year + AHEAD:
                century -= 100  # the eighties told of in 2022 are the 1980s
            start, anchor = century + start, self._anchor() or "century assumed"
        if fields.get("era") == "BC":
            start = -(start - start % 10 + 8)  # the 260s BC are the years 269 to 260, -268 to -259
            moment = Moment(start, "decade")
            return Resolved(expression, "DATE", moment.value, text_of(fields.get("mod")), moment, anchor)
        told = number_of(fields.get("decade_century"))
        if told is not None:
            start, anchor = (told - 1) * 100 + start % 100, "given"
        moment = Moment(start - start % 10, "decade")
        return Resolved(expression, "DATE", moment.value, text_of(fields.get("mod")), moment, anchor)

    def century(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        number = number_of(fields.get("century"))
        if number is None or not 1 <= number <= 30:
            return None
        start = 1 - number * 100 if fields.get("era") == "BC" else (number - 1) * 100
        moment = Moment(start, "century")
        return Resolved(expression, "DATE", moment.value, text_of(fields.get("mod")), moment, "given")

    def year_month(self, expression: Expression) -> Resolved | None:
        """2022-03 is a month; 1904-05, where the second runs on, is two years."""
        year, month = number_of(expression.fields.get("year")), number_of(expression.fields.get("month"))
        if year is None or month is None:
            return None
        return self._dated(expression, Moment(year, "month", month), "given")

    def year_words(self, expression: Expression) -> Resolved | None:
        century, rest = (
            number_of(expression.fields.get("century_words")),
            number_of(expression.fields.get("year_words")),
        )
        if century is None or rest is None or not 10 <= rest <= 99:
            return None
        year, month = century * 100 + rest, number_of(expression.fields.get("month"))
        season = text_of(expression.fields.get("season"))
        if month is not None:
            return self._dated(expression, Moment(year, "month", month), "given")
        return self._dated(
            expression, Moment(year, "season", season=season) if season else Moment(year), "given"
        )

    def old_year(self, expression: Expression) -> Resolved | None:
        """A year of three digits: before the common era where the story is, else only with its word."""
        year = number_of(expression.fields.get("old_year"))
        told = self.story.last.year if self.story.last is not None else None
        if year is None:
            return None
        if told is not None and told <= 0:
            year = 1 - year
        elif not expression.fields.get("worded"):
            return None
        season, month = text_of(expression.fields.get("season")), number_of(expression.fields.get("month"))
        day = number_of(expression.fields.get("day"))
        moment = Moment(year, "season", season=season) if season else Moment(year)
        if month is not None:
            moment = Moment(year, "month", month) if day is None else Moment(year, "day", month, day)
        return self._dated(expression, moment, self._anchor() if told is not None else "given")

    def unit_end(self, expression: Expression) -> Resolved | None:
        base = self.story.base
        unit = text_of(expression.fields.get("unit"))
        if base is None or unit is None:
            return Resolved(expression, "DATE", MASK.get(unit or "year"), "END")
        moment = coarsen(base, "month" if unit == "month" else "year")
        return Resolved(expression, "DATE", moment.value, "END", moment, self._anchor(base))

    def last_day(self, expression: Expression) -> Resolved | None:
        """The last day of a month: "the last day of February 2024"."""
        moment, anchor, flags = self._moment(expression)
        days = moment.days if moment is not None else None
        if days is None:
            return Resolved(expression, "DATE", moment.value if moment is not None else None)
        last = replace(on_day(days[1]), part=text_of(expression.fields.get("part")))
        return self._dated(expression, last, anchor, flags)

    def group(self, expression: Expression) -> Resolved | None:
        """A military date-time group: day, hour, minute, zone letter, month, year."""
        words = "".join(self.text[expression.start : expression.end].split()).upper()
        months = {str(form)[:3].upper(): value for form, value in self.language.classes["month"].items()}
        month, zone = number_of(months.get(words[7:10])), words[6]
        if month is None:
            return None
        year, anchor = self._year({"year" if len(words) > 12 else "yy": words[10:]})
        moment = Moment(
            year,
            "day",
            month,
            int(words[:2]),
            clock=f"{words[2:4]}:{words[4:6]}",
            zone=military_zone(zone),
        )
        return self._dated(expression, moment, anchor)

    def group_short(self, expression: Expression) -> Resolved | None:
        """A date-time group that leaves its month out: a day of the month that is told or written in."""
        words = self.text[expression.start : expression.end]
        day = self._day_only(int(words[:2]), None, "past", expression)
        moment = replace(day, clock=f"{words[2:4]}:{words[4:6]}", zone="Z")
        return self._dated(expression, moment, self._anchor())

    def double(self, expression: Expression) -> Resolved | None:
        """A date in old and new style: the later of the two days is Gregorian, and is the value."""
        fields = expression.fields
        year, anchor = self._year(fields)
        months = number_of(fields.get("month")), number_of(fields.get("month2"))
        if year is None:
            year = self.story.year_for(months[0] or months[1], number_of(fields.get("day")), "")
            anchor = self._anchor()
        one = Moment(year, "day", months[0] or months[1], number_of(fields.get("day")))
        two = Moment(year, "day", months[1] or months[0], number_of(fields.get("day2")))
        if year is None:
            return self._dated(expression, one, None)
        if one.days is None or two.days is None:
            return self._dated(expression, one if one.possible else two, anchor, ("impossible_date",))
        late, early = (one, two) if one.days[0] >= two.days[0] else (two, one)
        apart = late.days[0] - early.days[0] if late.days and early.days else 0
        if not 10 <= apart <= 13:  # 5 January 1918 is 23 December 1917 in old style
            return self._dated(expression, one, anchor, ("ambiguous_date",))
        return self._dated(expression, late, f"{anchor} (the other is the Julian date)")

    def compact(self, expression: Expression) -> Resolved | None:
        digits = self.text[expression.start : expression.end]
        return self._dated(
            expression, Moment(int(digits[:4]), "day", int(digits[4:6]), int(digits[6:])), "given"
        )

    def iso_week(self, expression: Expression) -> Resolved | None:
        """A week of ISO 8601, 2015-W40, or a day of it, 2015-W40-3."""
        year, week, *day = self.text[expression.start : expression.end].split("-")
        first = monday(int(year), int(week[1:]))
        moment = Moment(int(year), "week", int(week[1:])) if not day else on_day(first + int(day[0]) - 1)
        return self._dated(expression, moment, "given")

    def week_of(self, expression: Expression) -> Resolved | None:
        moment, anchor, flags = self._moment(expression)
        if moment is None or moment.grain != "day":
            return None
        return self._dated(expression, coarsen(moment, "week"), anchor, flags)

    def within(self, expression: Expression) -> Resolved | None:
        """A week or some days of a month or year: bounded by it, and no day of its own."""
        moment, anchor, flags = self._moment(expression)
        if moment is None:
            return None
        if moment.known:
            self.story.tell(moment)
        return portioned(Resolved(expression, "DATE", None, None, moment, anchor, flags))

    def nth(self, expression: Expression) -> Resolved | None:
        """Day 36 of something: a day, known only when what it counts from is dated."""
        number = number_of(expression.fields.get("nth"))
        if number is None or number < 1:
            return None
        return Resolved(expression, "DATE", None, span=(number - 1, "day"))

    def quarter(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        number = number_of(fields.get("quarter"))
        if number is not None and not 1 <= number <= 4:
            return None
        if fields.get("bare") and not self.quarters:  # "the quarter" of a town, in a text without accounts
            return None
        year, anchor = self._year(fields)
        ended = self._end_month(expression) if number is None and not fields.get("year_earlier") else None
        if ended is not None:
            return self._quarter_that_ended(expression, ended)
        topic = self.story.quarter or self._latest_quarter()
        if fields.get("latest"):
            topic = self._latest_quarter() or topic
        if number is None or fields.get("year_earlier"):
            if topic is None:
                return Resolved(expression, "DATE", "XXXX-QX")
            number, year, anchor = number or topic.number, topic.year, self._anchor(topic)
        if year is None:
            year, anchor = self._quarter_year(number), self._anchor()
        if year is None:
            return Resolved(expression, "DATE", f"XXXX-Q{number}")
        if fields.get("year_earlier"):
            moment = Moment(year - 1, "quarter", number)
            return Resolved(expression, "DATE", moment.value, None, moment, anchor)
        self.story.quarter = Moment(year, "quarter", number)
        return self._dated(expression, self.story.quarter, anchor)

    def _end_month(self, expression: Expression) -> int | None:
        """The month in which a quarter of accounts ended, where the words behind it tell: ended July 31."""
        cue = self.language.cue_patterns.get("ended")
        found = cue.match(self.lower, expression.end + 1) if cue is not None else None
        word = WORD.match(self.lower, found.end()) if found is not None else None
        return number_of(self.language.classes["month"].get(word[1])) if word is not None else None

    def _quarter_that_ended(self, expression: Expression, month: int) -> Resolved | None:
        """The quarter of the calendar whose end is nearest to that of a quarter of accounts."""
        year = self.story.year_for(month, None, "past")
        if year is None:
            return Resolved(expression, "DATE", "XXXX-QX")
        number = (month + 1) // 3
        self.story.quarter = Moment(year, "quarter", number) if number else Moment(year - 1, "quarter", 4)
        return self._dated(expression, self.story.quarter, self._anchor())

    def _latest_quarter(self) -> Moment | None:
        """The last quarter that had ended on the day of writing."""
        if self.story.written is None:
            return None
        return shift(coarsen(self.story.written, "quarter"), -1, "quarter")

    def _quarter_year(self, number: int | None) -> int | None:
        base = self.story.reference
        if base is None or base.year is None or number is None:
            return None
        return base.year - 1 if (base.month or 12) < number * 3 - 5 else base.year
