"""From expressions to TIMEX3: what each says, counted from where the story stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from svidok.claims.mentions.times.forms import Value
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import (
    Grain,
    Moment,
    coarsen,
    day_number,
    days_in_month,
    iso_day,
    on_day,
    shift,
)
from svidok.claims.mentions.times.scan import Expression, fold
from svidok.claims.mentions.times.story import Story, tense
from svidok.records import Offsets, TimeType

__all__ = ["Resolved", "resolve"]

PARAGRAPH = re.compile(r"\n[^\S\n]{0,8}\n|(?<=[.!?…:;\"”»)])[^\S\n]{0,8}\n")
UNIT_CODE = {
    "second": ("T", "S"),
    "minute": ("T", "M"),
    "hour": ("T", "H"),
    "day": ("", "D"),
    "night": ("", "D"),
    "week": ("", "W"),
    "fortnight": ("", "W"),
    "weekend": ("", "D"),
    "month": ("", "M"),
    "quarter": ("", "Q"),
    "season": ("", "M"),
    "year": ("", "Y"),
    "decade": ("", "DE"),
    "century": ("", "CE"),
    "millennium": ("", "ML"),
}
MASK = {
    "day": "XXXX-XX-XX",
    "night": "XXXX-XX-XXTNI",
    "week": "XXXX-WXX",
    "weekend": "XXXX-WXX-WE",
    "fortnight": "XXXX-WXX",
    "month": "XXXX-XX",
    "quarter": "XXXX-QX",
    "year": "XXXX",
    "decade": "XXX",
    "century": "XX",
    "hour": "XXXX-XX-XXTXX",
    "minute": "XXXX-XX-XXTXX",
    "second": "XXXX-XX-XXTXX",
}


@dataclass(frozen=True, slots=True)
class Resolved:
    """What one expression comes to. ``moment`` is None for durations, sets and vague references."""

    expression: Expression
    type: TimeType
    value: str | None
    mod: str | None = None
    moment: Moment | None = None
    anchor: str | None = None
    flags: tuple[str, ...] = ()
    span: tuple[int, str] | None = None  # a duration's length, for counting from a date
    counted: tuple[str, str] | None = None  # the bounds of a duration that is counted from a date
    until: Moment | None = None  # the day that a night runs into
    readings: tuple[Moment, ...] = ()  # of an ambiguous date
    place: int = 0  # of the expression, in order


def resolve(
    text: str,
    expressions: list[Expression],
    story: Story,
    language: Language,
    blocks: Sequence[Offsets] | None = None,
) -> list[Resolved]:
    """Resolve expressions in order, carrying the story along."""
    reader = _Reader(text, story, language, asides(expressions), blocks, expressions)
    return [
        replace(resolved, place=place)
        for place, expression in enumerate(expressions)
        if (resolved := reader.read(expression)) is not None
    ]


def asides(expressions: list[Expression], far: int = 3) -> frozenset[int]:
    """Starts of years told in passing: far from the years before and after, which are near each other.

    >>> asides([])
    frozenset()
    """
    dated = [
        (e.start, int(str(e.fields["year"])))
        for e in expressions
        if "year" in e.fields
        and "era" not in e.fields
        and e.make in ("date", "year")
        and "shared" not in e.fields
    ]
    found: set[int] = set()
    for length in (1, 2):
        for place in range(1, len(dated) - length):
            before, after = dated[place - 1][1], dated[place + length][1]
            inside = dated[place : place + length]
            if abs(before - after) <= far and all(
                abs(year - before) > far and abs(year - after) > far for _, year in inside
            ):
                found.update(start for start, _ in inside)
    return frozenset(found)


def slashed_order(expressions: Sequence[Expression], language: Language) -> str | None:
    """Whether the day or the month comes first in a text's slashed dates, where some of them tell."""
    pairs = [
        (_int(e.fields.get("one")) or 0, _int(e.fields.get("two")) or 0)
        for e in expressions
        if e.make == "slashed"
    ]
    day = any(one > 12 >= two for one, two in pairs) or (bool(pairs) and language.code != "en")
    month = any(two > 12 >= one for one, two in pairs)
    return None if day == month else "day" if day else "month"


class _Reader:
    def __init__(
        self,
        text: str,
        story: Story,
        language: Language,
        asides: frozenset[int],
        blocks: Sequence[Offsets] | None,
        expressions: Sequence[Expression],
    ) -> None:
        self.text, self.story, self.language, self.asides = text, story, language, asides
        self.lower = fold(text)
        self.order = slashed_order(expressions, language)
        starts = [m.end() for m in PARAGRAPH.finditer(text)] if blocks is None else [b[0] for b in blocks]
        self.breaks = sorted(starts, reverse=True)
        self.makes: dict[str, Callable[[Expression], Resolved | None]] = {
            "date": self.date,
            "year": self.date,
            "slashed": self.slashed,
            "decade": self.decade,
            "century": self.century,
            "today": self.today,
            "relative": self.relative,
            "shift": self.shift,
            "duration": self.duration,
            "set": self.set,
            "ref": self.ref,
            "clock": self.clock,
            "part": self.part,
            "part_general": self.part_general,
            "year_month": self.year_month,
            "unit_end": self.unit_end,
            "group": self.group,
            "year_words": self.year_words,
            "quarter": self.quarter,
            "within": self.within,
            "former": self.former,
            "double": self.double,
            "compact": self.compact,
            "nth": self.nth,
            "that_time": self.that_time,
            "old_year": self.old_year,
            "week_of": self.week_of,
        }

    def read(self, expression: Expression) -> Resolved | None:
        """Resolve one expression; a new paragraph opens a new scene."""
        while self.breaks and self.breaks[-1] <= expression.start:
            self.breaks.pop()
            self.story.scene = None
        return self.makes[expression.make](expression)

    # --- dates ---

    def date(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        moment, anchor, flags = self._moment(expression)
        if moment is None:
            return None
        if moment.year == 0 and fields.get("era") != "BC" and _int(fields.get("year")) == 0:
            value = moment.value.replace("BC0001", "0000")  # there is no year 0
            return Resolved(expression, "DATE", value, None, None, "given", ("impossible_date",))
        if moment.known:
            flags += self._weekday_flag(moment, fields)
        if fields.get("eve") and moment.days is not None and moment.grain == "day":
            eve = replace(on_day(moment.days[0] - 1), part=moment.part)  # the night before that day
            return replace(self._dated(expression, eve, anchor, flags), until=moment)
        return self._dated(expression, moment, anchor, flags)

    def _dated(
        self, expression: Expression, moment: Moment, anchor: str | None, flags: tuple[str, ...] = ()
    ) -> Resolved:
        if not moment.possible:
            flags += ("impossible_date",)
        guessed = moment.grain == "season" and "year" not in expression.fields
        if not guessed and expression.start not in self.asides:
            self.story.tell(moment)
        kind: TimeType = "TIME" if moment.clock or moment.part else "DATE"
        mod = expression.fields.get("mod")
        return Resolved(expression, kind, moment.value, _text(mod), moment, anchor, flags)

    def _moment(self, expression: Expression) -> tuple[Moment | None, str | None, tuple[str, ...]]:
        fields = expression.fields
        year, anchor = self._year(fields)
        holiday = _text(fields.get("holiday"))
        if holiday is not None:
            return self._holiday(holiday, year, expression)
        month, day = _int(fields.get("month")), _int(fields.get("day"))
        season, weekday = _text(fields.get("season")), _int(fields.get("weekday"))
        part, clock, zone = _text(fields.get("part")), clock_of(fields), _text(fields.get("zone"))
        when = ""
        if year is None:
            when = _text(fields.get("when")) or tense(
                self.text,
                self.lower,
                expression.start,
                expression.end,
                self.language,
                strict=weekday is not None and month is None,
            )
            if month is None and day is None and season is None and weekday is not None:
                moment = self.story.weekday(weekday, "follows" if fields.get("follows") else when)
                if moment is None:
                    return Moment(None, "day", None, None, part=part), None, ()
                return (
                    replace(moment, part=None if clock else part, clock=clock, zone=zone),
                    self._anchor(),
                    (),
                )
            if month is None and day is not None:
                return self._day_only(day, part), self._anchor(), ()
            if season is not None:
                return Moment(self._season_year(season, when), "season", season=season), self._anchor(), ()
            year = self.story.year_after(month, day) if fields.get("follows") else None
            if year is None:
                year = self.story.year_for(month, day, when)
            anchor = self._anchor()
        if season is not None:
            return Moment(year, "season", season=season), anchor, ()
        if month is None:
            quarter, half = _int(fields.get("quarter")), _int(fields.get("half"))
            if quarter is not None:
                return Moment(year, "quarter", quarter), anchor, ()
            if half is not None:
                return Moment(year, "half", half), anchor, ()
            return (Moment(year), anchor, ()) if year is not None else (None, None, ())
        if day is None:
            return Moment(year, "month", month), anchor, ()
        return (
            Moment(year, "day", month, day, part=None if clock else part, clock=clock, zone=zone),
            anchor,
            (),
        )

    def _holiday(
        self, rule: str, year: int | None, expression: Expression
    ) -> tuple[Moment | None, str | None, tuple[str, ...]]:
        anchor = "given"
        if len(rule) == 10 and rule[4] == "-":
            return feast(rule, 0), "given", ()
        if year is None:
            when = tense(self.text, self.lower, expression.start, expression.end, self.language)
            guess = feast(rule, 2000)
            year, anchor = self.story.year_for(guess.month, guess.day, when), self._anchor() or ""
        if year is None:
            guess = feast(rule, 2000)
            fixed = rule[2:3] == "-"
            return (
                Moment(None, "day", guess.number if fixed else None, guess.day if fixed else None),
                None,
                (),
            )
        return feast(rule, year), anchor or None, ()

    def _day_only(self, day: int, part: str | None) -> Moment:
        base = self.story.base
        if base is None or base.month is None:
            return Moment(None, "day", None, day, part=part)
        return Moment(base.year, "day", base.month, day, part=part)

    def _season_year(self, season: str, when: str) -> int | None:
        month = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}[season]
        year = self.story.year_for(month, None, when)
        base = self.story.reference
        if (
            season == "WI"
            and year is not None
            and base is not None
            and base.month in (1, 2, 3)
            and year == base.year
        ):
            return year - 1
        return year

    def _year(self, fields: dict[str, Value]) -> tuple[int | None, str | None]:
        year = _int(fields.get("year"))
        if year is not None:
            if fields.get("era") == "BC":
                return 1 - year, "given"
            return year, "given"
        back, told = _int(fields.get("year_back")), _int(fields.get("year_story"))
        if back is not None or told is not None:
            counted = self.story.reference if told is None else self.story.base
            if counted is None or counted.year is None:
                return None, None
            return counted.year + (back or 0) + (told or 0), self._anchor(counted)
        short = _int(fields.get("yy"))
        if short is None:
            return None, None
        base = self.story.base
        if base is not None and base.year is not None:
            near = base.year - base.year % 100 + short
            written = self.story.written
            latest = 9999 if written is None or written.year is None else written.year + 1
            options = [year for year in (near - 100, near, near + 100) if year <= latest]
            return min(options, key=lambda option: abs(option - (base.year or 0))), self._anchor()
        return (2000 if short < 40 else 1900) + short, "century assumed"

    def _weekday_flag(self, moment: Moment, fields: dict[str, Value]) -> tuple[str, ...]:
        weekday = _int(fields.get("weekday"))
        days = moment.days
        if weekday is None or days is None or moment.grain != "day" or fields.get("month") is None:
            return ()
        return () if (days[0] - 1) % 7 + 1 == weekday else ("weekday_mismatch",)

    def slashed(self, expression: Expression) -> Resolved | None:
        """4/3/2022: the order is the other slashed dates' when they tell it; else both readings stand."""
        fields = expression.fields
        one, two = _int(fields.get("one")), _int(fields.get("two"))
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
        start, anchor = _int(fields.get("decade")), "given"
        if start is None:
            return None
        if start < 100:
            base = self.story.base
            century = 1900 if base is None or base.year is None else base.year - base.year % 100
            start, anchor = century + start, self._anchor() or "century assumed"
        if fields.get("era") == "BC":
            start = -(start - start % 10 + 8)  # the 260s BC are the years 269 to 260, -268 to -259
            moment = Moment(start, "decade")
            return Resolved(expression, "DATE", moment.value, _text(fields.get("mod")), moment, anchor)
        told = _int(fields.get("decade_century"))
        if told is not None:
            start, anchor = (told - 1) * 100 + start % 100, "given"
        moment = Moment(start - start % 10, "decade")
        return Resolved(expression, "DATE", moment.value, _text(fields.get("mod")), moment, anchor)

    def year_month(self, expression: Expression) -> Resolved | None:
        """2022-03 is a month; 1904-05, where the second runs on, is two years."""
        year, month = _int(expression.fields.get("year")), _int(expression.fields.get("month"))
        if year is None or month is None:
            return None
        return self._dated(expression, Moment(year, "month", month), "given")

    def unit_end(self, expression: Expression) -> Resolved | None:
        base = self.story.base
        unit = _text(expression.fields.get("unit"))
        if base is None or unit is None:
            return Resolved(expression, "DATE", MASK.get(unit or "year"), "END")
        moment = coarsen(base, "month" if unit == "month" else "year")
        return Resolved(expression, "DATE", moment.value, "END", moment, self._anchor(base))

    def group(self, expression: Expression) -> Resolved | None:
        """A military date-time group: day, hour, minute, zone letter, month, year."""
        words = "".join(_slice(self.text, expression).split()).upper()
        months = {str(form)[:3].upper(): value for form, value in self.language.classes["month"].items()}
        month, zone = _int(months.get(words[7:10])), words[6]
        if month is None:
            return None
        year = int(words[10:])
        moment = Moment(
            year if year > 100 else 2000 + year if year < 70 else 1900 + year,
            "day",
            month,
            int(words[:2]),
            clock=f"{words[2:4]}:{words[4:6]}",
            zone=military_zone(zone),
        )
        return self._dated(expression, moment, "given")

    def year_words(self, expression: Expression) -> Resolved | None:
        century, rest = (
            _int(expression.fields.get("century_words")),
            _int(expression.fields.get("year_words")),
        )
        if century is None or rest is None or not 10 <= rest <= 99:
            return None
        year, month = century * 100 + rest, _int(expression.fields.get("month"))
        season = _text(expression.fields.get("season"))
        if month is not None:
            return self._dated(expression, Moment(year, "month", month), "given")
        return self._dated(
            expression, Moment(year, "season", season=season) if season else Moment(year), "given"
        )

    def quarter(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        number = _int(fields.get("quarter"))
        if number is not None and not 1 <= number <= 4:
            return None
        year, anchor = self._year(fields)
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

    def double(self, expression: Expression) -> Resolved | None:
        """A date in old and new style: the later of the two days is Gregorian, and is the value."""
        fields = expression.fields
        year = _int(fields.get("year"))
        one = Moment(year, "day", _int(fields.get("month")), _int(fields.get("day")))
        two = Moment(year, "day", _int(fields.get("month2")), _int(fields.get("day2")))
        if one.days is None or two.days is None:
            return self._dated(expression, one if one.possible else two, "given", ("impossible_date",))
        late, early = (one, two) if one.days[0] >= two.days[0] else (two, one)
        apart = late.days[0] - early.days[0] if late.days and early.days else 0
        if not 10 <= apart <= 13:  # 5 January 1918 is 23 December 1917 in old style
            return self._dated(expression, one, "given", ("ambiguous_date",))
        return self._dated(expression, late, "given (the other is the Julian date)")

    def compact(self, expression: Expression) -> Resolved | None:
        digits = _slice(self.text, expression)
        return self._dated(
            expression, Moment(int(digits[:4]), "day", int(digits[4:6]), int(digits[6:])), "given"
        )

    def nth(self, expression: Expression) -> Resolved | None:
        """Day 36 of something: a day, known only when what it counts from is dated."""
        number = _int(expression.fields.get("nth"))
        if number is None or number < 1:
            return None
        return Resolved(expression, "DATE", None, span=(number - 1, "day"))

    def week_of(self, expression: Expression) -> Resolved | None:
        moment, anchor, flags = self._moment(expression)
        if moment is None or moment.grain != "day":
            return None
        return self._dated(expression, coarsen(moment, "week"), anchor, flags)

    def that_time(self, expression: Expression) -> Resolved | None:
        """A time told before, in a chronicle; in the news it is no more than a turn of speech."""
        return Resolved(expression, "DATE", None) if self.story.written is None else None

    def old_year(self, expression: Expression) -> Resolved | None:
        """A year of three digits: before the common era where the story is, else only with its word."""
        year = _int(expression.fields.get("old_year"))
        told = self.story.last.year if self.story.last is not None else None
        if year is None:
            return None
        if told is not None and told <= 0:
            year = 1 - year
        elif self.language.code == "en":
            return None
        season = _text(expression.fields.get("season"))
        moment = Moment(year, "season", season=season) if season else Moment(year)
        return self._dated(expression, moment, self._anchor() if told is not None else "given")

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

    def within(self, expression: Expression) -> Resolved | None:
        """A week or some days of a month or year: bounded by it, and no day of its own."""
        moment, anchor, flags = self._moment(expression)
        if moment is None:
            return None
        if moment.known:
            self.story.tell(moment)
        return Resolved(expression, "DATE", None, None, moment, anchor, flags)

    def former(self, expression: Expression) -> Resolved | None:
        """In chronicles "former" is a reference to the past; of persons in the news it is a title."""
        if self.story.written is not None:
            return None
        return Resolved(expression, "DATE", "PAST_REF")

    def part_general(self, expression: Expression) -> Resolved | None:
        return Resolved(expression, "TIME", f"XXXX-XX-XXT{expression.fields.get('part')}")

    def century(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        number = _int(fields.get("century"))
        if number is None or not 1 <= number <= 30:
            return None
        start = 1 - number * 100 if fields.get("era") == "BC" else (number - 1) * 100
        moment = Moment(start, "century")
        return Resolved(expression, "DATE", moment.value, _text(fields.get("mod")), moment, "given")

    # --- relative ---

    def today(self, expression: Expression) -> Resolved | None:
        base, offset = self.story.written, _int(expression.fields.get("today")) or 0
        if base is None or base.days is None:
            if self.story.last is not None and offset and self.story.last.grain == "day":
                base = self.story.last
            else:
                part = _text(expression.fields.get("part"))
                if part is not None:
                    return Resolved(expression, "TIME", f"XXXX-XX-XXT{part}")
                return Resolved(expression, "DATE", "XXXX-XX-XX" if offset else "PRESENT_REF")
        assert base.days is not None
        fields = expression.fields
        clock, zone = clock_of(fields), _text(fields.get("zone"))
        moment = replace(
            on_day(base.days[0] + offset),
            part=None if clock else _text(fields.get("part")),
            clock=clock,
            zone=zone if clock else None,
        )
        return self._dated(expression, moment, self._anchor(base))

    def relative(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        back = _int(fields.get("back")) or 0
        base = self.story.base if fields.get("base") == "story" else self._counted_from_writing()
        if base is None and back == 0 and fields.get("unit") == "year":
            base = self.story.last
        if fields.get("base") == "weekend":
            return self._weekend(expression)
        unit, weekday = _text(fields.get("unit")), _int(fields.get("weekday"))
        month, season, part = (
            _int(fields.get("month")),
            _text(fields.get("season")),
            _text(fields.get("part")),
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
        if moment is None:
            part = "NI" if unit == "night" else part
            mask = MASK.get(unit or "day", "XXXX-XX-XX") if part is None else f"XXXX-XX-XXT{part}"
            return Resolved(expression, "DATE" if part is None else "TIME", mask, _text(fields.get("mod")))
        clock = clock_of(fields)
        if clock and moment.grain == "day":
            moment = replace(moment, clock=clock, zone=_text(fields.get("zone")), part=None)
        elif part and moment.grain == "day":
            moment = replace(moment, part=part)
        return self._dated(expression, moment, self._anchor(base))

    def _weekend(self, expression: Expression) -> Resolved | None:
        base = self.story.reference
        days = base.days if base is not None and base.grain == "day" else None
        if days is None:
            return Resolved(expression, "DATE", "XXXX-WXX-WE")
        when = tense(self.text, self.lower, expression.start, expression.end, self.language)
        past = (days[0] - 1) % 7 < 5 and when != "future"
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
        if base.year is None or base.month is None:
            return base.year
        if back < 0:
            return base.year if month < base.month else base.year - 1
        if back > 0:
            return base.year if month > base.month else base.year + 1
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
        sign, unit = _int(fields.get("sign")) or 1, _text(fields.get("unit")) or "day"
        count = fields.get("n", 1)
        base = self.story.base if fields.get("base") == "story" else self._counted_from_writing()
        mod = _text(fields.get("mod"))
        if count == "X":
            if fields.get("base") == "story":
                return Resolved(expression, "DATE", MASK.get(unit, "XXXX-XX-XX"), mod)
            return Resolved(expression, "DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", mod)
        written = self.story.written
        if unit in ("hour", "minute", "second") and fields.get("base") == "doc" and written is not None:
            return self._hours_ago(expression, written, unit)
        moment = None
        if unit == "year" and sign < 0 and self.story.quarter is not None and count == 1:
            base = self.story.quarter
            moment = replace(base, year=(base.year or 0) - 1)
        elif base is not None and isinstance(count, int):
            moment = shift(base, sign * count, unit)
        if moment is not None and sign < 0:
            return Resolved(expression, "DATE", moment.value, mod, moment, self._anchor(base))
        if moment is None:
            return Resolved(expression, "DATE", MASK.get(unit, "XXXX-XX-XX"), mod)
        return self._dated(expression, moment, self._anchor(base))

    def _hours_ago(self, expression: Expression, written: Moment, unit: str) -> Resolved:
        """Hours before the writing: that day or, where the hours allow it, the day before."""
        count = expression.fields.get("n", 1)
        days = written.days
        assert days is not None
        back = 1 if unit != "hour" or not isinstance(count, int) else (count + 23) // 24
        counted = (iso_day(days[0] - back), iso_day(days[0]))
        value = f"{written.value}TXX" if back == 1 else "XXXX-XX-XXTXX"
        return Resolved(expression, "TIME", value, anchor=self._anchor(written), counted=counted)

    # --- durations, sets, references ---

    def duration(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        count, unit = fields.get("n", "X"), _text(fields.get("unit")) or "day"
        if fields.get("half_unit"):
            count, unit = 0.5, str(fields["half_unit"])
        if fields.get("half") and isinstance(count, int):
            count = count + 0.5
        value = duration_value(count, unit)
        if fields.get("unit2"):
            more = duration_value(fields.get("n2", 1), str(fields["unit2"]))
            value += more.removeprefix("PT" if value.startswith("PT") else "P")
        span = (count, unit) if isinstance(count, int) else None
        return Resolved(expression, "DURATION", value, _text(fields.get("mod")), span=span)

    def set(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        weekday, part, unit = (
            _int(fields.get("weekday")),
            _text(fields.get("part")),
            _text(fields.get("unit")),
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
        return Resolved(expression, "SET", value, _text(fields.get("mod")))

    def ref(self, expression: Expression) -> Resolved | None:
        return Resolved(expression, "DATE", _text(expression.fields.get("ref")))

    def clock(self, expression: Expression) -> Resolved | None:
        clock, zone = clock_of(expression.fields), _text(expression.fields.get("zone"))
        if clock is None:
            return None
        base = self._scene() if self._tells_hour(expression) else self.story.scene
        if base is None or base.grain != "day":
            return Resolved(expression, "TIME", f"XXXX-XX-XXT{clock}{zone or ''}")
        moment = replace(base, clock=clock, zone=zone or None, part=None)
        return replace(self._dated(expression, moment, self._anchor(base)), type="TIME")

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
        part = _text(expression.fields.get("part"))
        base = self._scene()
        if base is None or base.grain != "day":
            return Resolved(expression, "TIME", f"XXXX-XX-XXT{part}")
        return self._dated(expression, replace(base, part=part), self._anchor(base))

    def _counted_from_writing(self) -> Moment | None:
        """What "last year" counts from: the day of writing, or in a chronicle this paragraph's time."""
        if self.story.written is None or self.story.narrative:
            return self.story.scene or self.story.written
        return self.story.written

    def _scene(self) -> Moment | None:
        """The day that an hour or a part of the day belongs to: this paragraph's, or a post's own."""
        if self.story.scene is not None:
            return self.story.scene
        return self.story.written if self.story.last is None else None

    def _anchor(self, base: Moment | None = None) -> str | None:
        base = base or self.story.reference
        if base is None:
            return None
        return f"{'published' if base is self.story.written else 'story'} {base.value}"


def duration_value(count: Value, unit: str) -> str:
    """A TIMEX3 duration.

    >>> duration_value(23, "day"), duration_value("X", "hour"), duration_value(2.5, "year")
    ('P23D', 'PTXH', 'P2.5Y')
    """
    before, code = UNIT_CODE[unit]
    if unit == "fortnight" and isinstance(count, int):
        count *= 2
    if unit == "weekend" and isinstance(count, int):
        count *= 2
    return f"P{before}{count}{code}"


def clock_of(fields: dict[str, Value]) -> str | None:
    """Hours and minutes of the fields of an expression, as "05:00"."""
    name = _text(fields.get("hour_name"))
    if name:
        return name
    digits = _text(fields.get("hhmm"))
    if digits is not None:
        return f"{digits[:2]}:{digits[2:]}"
    hour, minute = _int(fields.get("hh")), _text(fields.get("min"))
    if hour is None:
        return None
    noon = fields.get("noon")
    if noon == "pm" and hour < 12:
        hour += 12
    elif noon == "am" and hour == 12:
        hour = 0
    second = _text(fields.get("sec"))
    return f"{hour:02d}:{minute or '00'}" + (f":{second}" if second else "")


def feast(rule: str, year: int) -> Moment:
    """The day of a feast in a year, by its rule in the data.

    >>> feast("easter+0", 2022).value, feast("11:4:4", 1999).value
    ('2022-04-17', '1999-11-25')
    """
    if rule.startswith("easter"):
        return on_day(easter(year) + int(rule[6:]))
    if rule.startswith("orthodox"):
        return on_day(orthodox_easter(year) + int(rule[8:]))
    if len(rule) == 10:
        return Moment(int(rule[:4]), "day", int(rule[5:7]), int(rule[8:]))
    if ":" not in rule:
        return Moment(year, "day", int(rule[:2]), int(rule[3:]))
    month, weekday, which = rule.split(":")
    at = int(month)
    if which == "-1":
        last = day_number(year, at, days_in_month(year, at))
        return on_day(last - (last - int(weekday)) % 7)
    first = day_number(year, at, int(which.split("-")[0]) if "-" in which else 1)
    place = 1 if "-" in which else int(which)
    return on_day(first + (int(weekday) - first) % 7 + 7 * (place - 1))


def easter(year: int) -> int:
    """The day number of Western Easter Sunday (the anonymous Gregorian computus).

    >>> on_day(easter(2022)).value
    '2022-04-17'
    """
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * (b % 4) + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return day_number(year, month, day + 1)


def orthodox_easter(year: int) -> int:
    """The day number of Orthodox Easter Sunday (Meeus' Julian algorithm; good for 1900 to 2099).

    >>> on_day(orthodox_easter(2022)).value
    '2022-04-24'
    """
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    month, day = divmod(d + (2 * a + 4 * b - d + 34) % 7 + 114, 31)
    return day_number(year, month, day + 1) + 13


def military_zone(letter: str) -> str:
    """The offset of a military zone letter.

    >>> military_zone("Z"), military_zone("B"), military_zone("R")
    ('Z', '+02:00', '-05:00')
    """
    if letter == "Z":
        return "Z"
    east, west = "ABCDEFGHIKLM", "NOPQRSTUVWXY"
    if letter in east:
        return f"+{east.index(letter) + 1:02d}:00"
    return f"-{west.index(letter) + 1:02d}:00" if letter in west else ""


def _slice(text: str, expression: Expression) -> str:
    return text[expression.start : expression.end]


def _int(value: Value | None) -> int | None:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        digits = value.rstrip("stndrhSTNDRH").lstrip("'’`")
        return int(digits) if digits.isdigit() else None
    return None


def _text(value: Value | None) -> str | None:
    return str(value) if value is not None and value != "" else None
