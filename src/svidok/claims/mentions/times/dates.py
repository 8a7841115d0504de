"""A reader's state, and plain dates: what is given, what is inherited, and from where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from svidok.claims.mentions.times.beforehand import slashed_order, ticker
from svidok.claims.mentions.times.calendar import day_number, iso_day, julian_lag
from svidok.claims.mentions.times.counting import on_day
from svidok.claims.mentions.times.entries import entries
from svidok.claims.mentions.times.feasts import feast
from svidok.claims.mentions.times.forms import Value
from svidok.claims.mentions.times.heads import head_end
from svidok.claims.mentions.times.language import Language
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.result import Resolved, clock_of, number_of, text_of, year_of_two
from svidok.claims.mentions.times.scan import Expression, fold
from svidok.claims.mentions.times.story import (
    LATE,
    LOOKS_AHEAD,
    SENTENCE_END,
    Story,
    looks_back,
    month_of,
    tense,
)
from svidok.records import Offsets, TimeType

__all__ = ["Dates", "portioned"]

GREGORIAN = day_number(1582, 10, 15)
NEXT_DOOR = 22  # days that a day may be from the last one told before it is of the month beside
HALF, MIDDLE = 15, (10, 20)  # days of the first half of a month, and those that its middle may be

CLAUSE_END = re.compile(r"[.,;:()]")
OPENS = re.compile(r"(?:^|[.!?…:\n]\s?)\w{2,3}\s$")  # the word before opens its sentence
PARAGRAPH = re.compile(r"\n[^\S\n]{0,8}\n|(?<=[.!?…:;\"”»)])[^\S\n]{0,8}\n")


class Dates:
    """Reads dates; carries the story along."""

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
        self.ticker = ticker(text, expressions)
        self.head = head_end(text)
        accounts = language.cue_patterns.get("accounts")
        self.quarters = any(e.make == "quarter" and "bare" not in e.fields for e in expressions) or (
            accounts is not None and accounts.search(self.lower) is not None
        )
        self.entries = frozenset(e.start for e in entries(text, expressions))
        self.told_at = 0
        starts = [m.end() for m in PARAGRAPH.finditer(text)] if blocks is None else [b[0] for b in blocks]
        self.breaks = sorted(starts, reverse=True)

    def date(self, expression: Expression) -> Resolved | None:
        fields = expression.fields
        moment, anchor, flags = self._moment(expression)
        if moment is None:
            return None
        if number_of(fields.get("year")) == 0:  # there is no year 0
            value = replace(moment, year=1).value.replace("0001", "0000", 1)
            return Resolved(expression, "DATE", value, None, None, "given", ("impossible_date",))
        if moment.known:
            flags += self._weekday_flag(moment, fields)
        if fields.get("old") and moment.days is not None:
            lag = julian_lag(moment.year or 0, moment.number or 1)
            return self._dated(expression, on_day(moment.days[0] + lag), f"{anchor} (the Julian date)", flags)
        if fields.get("eve") and moment.days is not None and moment.grain == "day":
            eve = replace(on_day(moment.days[0] - 1), part=moment.part)  # the night before that day
            return replace(self._dated(expression, eve, anchor, flags), until=moment)
        beside = number_of(fields.get("beside"))
        if beside is not None and moment.days is not None:
            moment = on_day(moment.days[0] + beside)
        return portioned(self._dated(expression, moment, anchor, flags))

    def _dated(
        self,
        expression: Expression,
        moment: Moment,
        anchor: str | None,
        flags: tuple[str, ...] = (),
        *,
        aside: bool = False,
    ) -> Resolved:
        """The date that is told; the story goes on from it unless it is told in passing (``aside``)."""
        if not moment.possible:
            flags += ("impossible_date",)
        self.told_at = expression.end
        guessed = moment.grain == "season" and "year" not in expression.fields
        passing = guessed or aside or expression.start in self.asides
        if not passing and not self._qualifies(expression, moment):
            if self._background(expression, moment):
                self.story.digress(moment)
            else:
                self.story.tell(
                    moment,
                    given="year" in expression.fields,
                    ends=self._follows(expression, "until"),
                    inside=not self._opens(expression),
                )
                self.story.late = _late(moment, expression.fields)
            self.story.headed = expression.start < self.head
        if expression.start in self.entries:
            self.story.entry = replace(moment, part=None, clock=None, zone=None) if moment.known else None
        kind: TimeType = "TIME" if moment.clock or moment.part else "DATE"
        mod = expression.fields.get("mod")
        return Resolved(expression, kind, moment.value, text_of(mod), moment, anchor, flags)

    def _background(self, expression: Expression, moment: Moment) -> bool:
        """Whether a date before the story is told of what was before: it had been lost, it is held since."""
        fields = expression.fields
        if not (fields.keys() & {"month", "season", "year"}) or not self.story.behind(moment):
            return False
        if self.story.headed:  # nothing is told yet but a year in the head of the text
            return False
        given = bool(fields.keys() & {"year", "yy", "year_back", "year_story"})
        return self._looks_back(expression) or (not given and self._follows(expression, "since"))

    def _looks_back(self, expression: Expression) -> bool:
        return looks_back(self.text, self.lower, expression.start, expression.end, self.language)

    def _follows(self, expression: Expression, name: str) -> bool:
        """Whether a word of a kind of bounds stands before a date in its clause: since they left in May."""
        clause = self.lower[max(0, expression.start - 60) : expression.start]
        clause = CLAUSE_END.split(clause)[-1]
        return not self.language.words(name).isdisjoint(clause.split())

    def _opens(self, expression: Expression) -> bool:
        """Whether it opens its sentence, behind one short word: in 1944 ..."""
        return OPENS.search(self.text, max(0, expression.start - 8), expression.start) is not None

    def _qualifies(self, expression: Expression, moment: Moment) -> bool:
        """Whether a year far from the story only tells which ones are meant: the camps of 1918."""
        before = self.lower[max(0, expression.start - 12) : expression.start].split()[-1:]
        return bool(before) and self.language.hinges.get(before[0]) == "of" and self.story.far(moment)

    def _moment(self, expression: Expression) -> tuple[Moment | None, str | None, tuple[str, ...]]:
        fields = expression.fields
        year, anchor = self._year(fields)
        holiday = text_of(fields.get("holiday"))
        if holiday is not None:
            return self._holiday(holiday, year, expression)
        month, day = number_of(fields.get("month")), number_of(fields.get("day"))
        season, weekday = text_of(fields.get("season")), number_of(fields.get("weekday"))
        part, clock, zone = text_of(fields.get("part")), clock_of(fields), text_of(fields.get("zone"))
        when = ""
        if year is None:
            when = text_of(fields.get("when")) or tense(
                self.text,
                self.lower,
                expression.start,
                expression.end,
                self.language,
                strict=weekday is not None and month is None,
            )
            if month is None and day is None and season is None and weekday is not None:
                moment = self.story.weekday(
                    weekday,
                    "follows" if fields.get("follows") else when,
                    background=self._looks_back(expression),
                )
                if moment is None:
                    return Moment(None, "week", weekday=weekday, part=part), None, ()
                return (
                    replace(moment, part=None if clock else part, clock=clock, zone=zone),
                    self._anchor(),
                    (),
                )
            if month is None and day is not None:
                return self._day_only(day, part, when, expression), self._anchor(), ()
            if season is not None:
                return Moment(self._season_year(season, when), "season", season=season), self._anchor(), ()
            year = self.story.year_after(month, day) if fields.get("follows") else None
            if year is None:
                background = when != "future" and month is not None and self._looks_back(expression)
                if month is not None and not background:
                    self.story.resume()
                year = self.story.year_for(month, day, when, background=background)
            anchor = self._anchor()
        if season is not None:
            return Moment(year, "season", season=season, south=bool(fields.get("south"))), anchor, ()
        if month is None:
            quarter, half = number_of(fields.get("quarter")), number_of(fields.get("half"))
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

    def _day_only(self, day: int, part: str | None, when: str, expression: Expression) -> Moment:
        """A day whose month is untold: of the month told or, near its ends, of the one beside it.

        A later day in the sentence of the one told goes on in its month: on the 3rd ..., and on the 27th.
        Where a day of the week stands beside it, it tells the month.
        """
        base = self.story.base
        if base is not None and base.month is None:  # the last week or year told says no month
            month = month_of(base)
            told = (m for m in reversed(self.story.recent) if m.month is not None)
            base = Moment(base.year, "month", month) if month else next(told, self.story.written)
        if base is None or base.month is None or base.year is None:
            return Moment(None, "day", None, day, part=part)
        here = base.year * 12 + base.month - 1
        if base.day is not None and 1 <= day <= 31:
            if base is self.story.written:
                ahead = when in LOOKS_AHEAD
                here += (ahead and day < base.day) - (not ahead and day > base.day)
            elif base.day - day > NEXT_DOOR:
                here += 1
            elif day - base.day > NEXT_DOOR and self._sets_back(expression):
                here -= 1
        weekday = number_of(expression.fields.get("weekday"))
        options = [Moment(at // 12, "day", at % 12 + 1, day, part=part) for at in (here, here - 1, here + 1)]
        fitting = [m for m in options if weekday and m.days and (m.days[0] - 1) % 7 + 1 == weekday]
        return (fitting or options)[0]

    def _sets_back(self, expression: Expression) -> bool:
        """Whether a new sentence tells, up to a day, of what had been before: the port had been lost on."""
        if not SENTENCE_END.search(self.text, self.told_at, expression.start):
            return False
        return "pluperfect" not in self.language.cues or self._looks_back(expression)

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
        year = number_of(fields.get("year"))
        if year is not None:
            if fields.get("era") == "BC":
                return 1 - year, "given"
            return year, "given"
        back, told = number_of(fields.get("year_back")), number_of(fields.get("year_story"))
        if back is not None or told is not None:
            counted = self.story.reference if told is None else self.story.base
            if counted is None or counted.year is None:
                return None, None
            return counted.year + (back or 0) + (told or 0), self._anchor(counted)
        short = number_of(fields.get("yy"))
        if short is None:
            return None, None
        base = self.story.base
        if base is not None and base.year is not None:
            near = base.year - base.year % 100 + short
            written = self.story.written
            latest = 9999 if written is None or written.year is None else written.year + 1
            options = [year for year in (near - 100, near, near + 100) if year <= latest]
            return min(options, key=lambda option: abs(option - (base.year or 0))), self._anchor()
        return year_of_two(short), "century assumed"

    def _weekday_flag(self, moment: Moment, fields: dict[str, Value]) -> tuple[str, ...]:
        weekday = number_of(fields.get("weekday"))
        days = moment.days
        if weekday is None or days is None or moment.grain != "day" or fields.get("month") is None:
            return ()
        if (days[0] - 1) % 7 + 1 == weekday:
            return ()
        julian = days[0] + julian_lag(moment.year or 0, moment.number or 1)
        old = days[0] < GREGORIAN and (julian - 1) % 7 + 1 == weekday  # of its own calendar
        return () if old else ("weekday_mismatch",)

    def _counted_from_writing(self) -> Moment | None:
        """What "last year" counts from: the day of writing, or in a chronicle this paragraph's time."""
        if self.story.left is not None and self.story.narrative:
            return self.story.reference
        if self.story.written is None or self.story.narrative:
            return self.story.scene or self.story.entry or self.story.written
        return self.story.entry or self.story.written

    def _scene(self) -> Moment | None:
        """The day that an hour or a part of the day belongs to: this paragraph's, or a post's own."""
        if self.story.scene is not None:
            return self.story.scene
        last, written = self.story.last, self.story.written
        return written if last is None or last == written else None

    def _anchor(self, base: Moment | None = None) -> str | None:
        base = base or self.story.reference
        if base is None:
            return None
        return f"{self.story.of_writing if base is self.story.written else 'story'} {base.value}"


def portioned(told: Resolved) -> Resolved:
    """Bound a half, the middle or a week of a month by its own days: "the second half of October"."""
    fields, moment = told.expression.fields, told.moment
    days = moment.days if moment is not None and moment.grain == "month" else None
    if days is None:
        return told
    first, last = days
    week, mod = number_of(fields.get("week")), fields.get("mod")
    if week is not None and fields.get("unit") == "week":
        bounds = (last - 6, last) if week < 0 else (first + 7 * week - 7, min(last, first + 7 * week - 1))
    elif fields.get("portion") == "half":
        bounds = (first, first + HALF - 1) if mod == "START" else (first + HALF, last)
    elif mod == "MID":
        bounds = first + MIDDLE[0] - 1, first + MIDDLE[1] - 1
    else:
        return told
    return replace(told, counted=(iso_day(bounds[0]), iso_day(bounds[1])))


def _late(moment: Moment, fields: dict[str, Value]) -> bool:
    """Whether the day told runs into the next one: in the evening, the night of 9 March, 23:30."""
    if moment.clock is not None:
        return LATE <= moment.clock[:2] < "24"
    return moment.part == "EV" or (moment.part == "NI" and bool(fields.keys() & {"day", "today"}))
