"""A moment of the calendar, as exact as the words: its TIMEX3 value, its bounds, its EDTF.

A ``Moment`` knows only what the text gives. Years are astronomical: 1 BC is 0, 241 BC is -240.
Sources: TIMEX3 (TimeML 1.2.1), EDTF (ISO 8601-2:2019). The calendar is the proleptic Gregorian one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

__all__ = [
    "Grain",
    "Moment",
    "day_number",
    "days_in_month",
    "from_day_number",
    "iso_day",
    "iso_year",
    "shift",
    "step",
]

Grain = Literal["century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day"]

SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
ORDER: tuple[Grain, ...] = (
    "century",
    "decade",
    "year",
    "half",
    "season",
    "quarter",
    "month",
    "week",
    "weekend",
    "day",
)


VALUE = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{2,4})"
    r"(?:-(?:(?P<season>SP|SU|FA|WI)|H(?P<half>[12])|Q(?P<quarter>[1-4])|W(?P<week>\d\d)(?P<end>-WE)?"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
    r"(?:T(?:(?P<part>[A-Z]{2})|(?P<clock>\d\d(?::\d\d(?::\d\d)?)?)(?P<zone>Z|[+-]\d\d:\d\d)?))?$"
)


def is_leap(year: int) -> bool:
    """Whether the (astronomical) year has a 29 February.

    >>> is_leap(2024), is_leap(1900)
    (True, False)
    """
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int | None, month: int) -> int:
    """How many days a month has; February of an unknown year has 29.

    >>> days_in_month(2022, 2), days_in_month(None, 2)
    (28, 29)
    """
    if month == 2:
        return 29 if year is None or is_leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(year: int, month: int, day: int) -> int:
    """Days since 1 January of year 1 (which is 1), for any astronomical year.

    >>> day_number(1, 1, 1), day_number(0, 12, 31)
    (1, 0)
    """
    cycles, rest = divmod(year - 1, 400)
    return date(rest + 1, month, day).toordinal() + cycles * 146097


def from_day_number(number: int) -> tuple[int, int, int]:
    """Year, month and day of a day number; the inverse of ``day_number``.

    >>> from_day_number(day_number(-240, 3, 10))
    (-240, 3, 10)
    """
    cycles, rest = divmod(number - 1, 146097)
    day = date.fromordinal(rest + 1)
    return day.year + cycles * 400, day.month, day.day


def iso_year(year: int) -> str:
    """An ISO 8601 year of at least four digits.

    >>> iso_year(87), iso_year(-240)
    ('0087', '-0240')
    """
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def timex_year(year: int) -> str:
    """The year as TIMEX3 writes it: years before the common era are BC years.

    >>> timex_year(2022), timex_year(-240)
    ('2022', 'BC0241')
    """
    return f"BC{1 - year:04d}" if year <= 0 else f"{year:04d}"


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar of some grain.

    ``number`` is the month, quarter, half or ISO week that the grain speaks of; a season has its
    code there as ``season``. ``part`` is a TIMEX3 part of day (MO, MI, AF, EV, NI, DT), ``clock`` is
    "05:00" or "05", ``zone`` an offset such as "Z" or "+02:00".

    >>> Moment(2022, "month", 3).value, Moment(2022, "month", 3).bounds
    ('2022-03', ('2022-03-01', '2022-03-31'))
    """

    year: int | None
    grain: Grain = "year"
    number: int | None = None
    day: int | None = None
    season: str | None = None
    part: str | None = None
    clock: str | None = None
    zone: str | None = None

    @property
    def month(self) -> int | None:
        """The month, where the grain has one."""
        return self.number if self.grain in ("month", "day") else None

    @property
    def possible(self) -> bool:
        """False for 31 February, month 13, day 0 and the like."""
        if self.grain == "month" or self.grain == "day":
            if self.number is None:
                return self.grain == "day"
            if not 1 <= self.number <= 12:
                return False
        if self.grain == "day" and self.day is not None and self.number is not None:
            return 1 <= self.day <= days_in_month(self.year, self.number)
        if self.grain in ("week", "weekend") and self.number is not None:
            return 1 <= self.number <= 53
        return True

    @property
    def known(self) -> bool:
        """Whether the year and all that the grain needs are known."""
        if self.year is None or not self.possible:
            return False
        if self.grain in ("year", "decade", "century"):
            return True
        if self.grain == "season":
            return self.season is not None
        return self.number is not None and (self.grain != "day" or self.day is not None)

    @property
    def value(self) -> str:
        """The TIMEX3 value."""
        text = self._date_value()
        if self.clock is not None:
            return f"{text}T{self.clock}{self.zone or ''}"
        return f"{text}T{self.part}" if self.part else text

    def _date_value(self) -> str:
        if self.year is None:
            year = "XXXX"
        elif self.grain in ("century", "decade"):
            return self._span_value(self.year)
        else:
            year = timex_year(self.year)
        number = "XX" if self.number is None else f"{self.number:02d}"
        match self.grain:
            case "century":
                return year[:-2]
            case "decade":
                return year[:-1]
            case "year":
                return year
            case "half":
                return f"{year}-H{self.number or 'X'}"
            case "quarter":
                return f"{year}-Q{self.number or 'X'}"
            case "season":
                return f"{year}-{self.season}"
            case "month":
                return f"{year}-{number}"
            case "week":
                return f"{year}-W{number}"
            case "weekend":
                return f"{year}-W{number}-WE"
            case _:
                return f"{year}-{number}-{'XX' if self.day is None else f'{self.day:02d}'}"

    def _span_value(self, year: int) -> str:
        """A century or decade; the 3rd century BC is BC02, the years -299 to -200."""
        length, width = (100, 2) if self.grain == "century" else (10, 3)
        return f"{year // length:0{width}d}" if year >= 0 else f"BC{-year // length:0{width}d}"

    @property
    def days(self) -> tuple[int, int] | None:
        """First and last day numbers, or None when the year or the day is unknown or impossible."""
        if not self.known:
            return None
        year, number = self.year, self.number or 1
        assert year is not None
        match self.grain:
            case "century":
                return day_number(year, 1, 1), day_number(year + 99, 12, 31)
            case "decade":
                return day_number(year, 1, 1), day_number(year + 9, 12, 31)
            case "year":
                first, last = 1, 12
            case "half":
                first, last = number * 6 - 5, number * 6
            case "quarter":
                first, last = number * 3 - 2, number * 3
            case "month":
                first = last = number
            case "season":
                first, last = SEASON_MONTHS[self.season or "SP"]
                if first > last:
                    return day_number(year, first, 1), day_number(
                        year + 1, last, days_in_month(year + 1, last)
                    )
            case "week" | "weekend":
                monday = _monday(year, number)
                return monday + (5 if self.grain == "weekend" else 0), monday + 6
            case _:
                assert self.day is not None
                at = day_number(year, number, self.day)
                return at, at
        return day_number(year, first, 1), day_number(year, last, days_in_month(year, last))

    @property
    def bounds(self) -> tuple[str, str] | None:
        """Inclusive ISO bounds; hours only where the text gives them."""
        days = self.days
        if days is None:
            return None
        first, last = (iso_day(number) for number in days)
        if self.clock is not None and self.grain == "day":
            stamp = f"{first}T{self.clock}{self.zone or ''}"
            return stamp, stamp
        return first, last

    @property
    def edtf(self) -> str | None:
        """The date in EDTF (ISO 8601-2); parts of the day have no place in it."""
        if not self.known or self.year is None:
            return None
        year = iso_year(self.year)
        match self.grain:
            case "century" | "decade":
                length = 100 if self.grain == "century" else 10
                if self.year < 0:
                    return f"{year}/{iso_year(self.year + length - 1)}"
                return f"{year[:-2]}XX" if length == 100 else f"{year[:-1]}X"
            case "year":
                return year
            case "half":
                return f"{year}-{39 + (self.number or 1)}"
            case "quarter":
                return f"{year}-{32 + (self.number or 1)}"
            case "season":
                return f"{year}-{SEASONS[self.season or 'SP']}"
            case "month":
                return f"{year}-{self.number:02d}"
            case "week" | "weekend":
                bounds = self.bounds
                return "/".join(bounds) if bounds else None
            case _:
                day = f"{year}-{self.number:02d}-{self.day:02d}"
                if self.clock is not None and len(self.clock) >= 5:
                    return f"{day}T{self.clock}{':00' if len(self.clock) == 5 else ''}{self.zone or ''}"
                return day


def _monday(year: int, week: int) -> int:
    fourth = day_number(year, 1, 4)
    return fourth - (fourth - 1) % 7 + 7 * (week - 1)


def iso_day(number: int) -> str:
    """A day number as an ISO day.

    >>> iso_day(day_number(2022, 3, 9))
    '2022-03-09'
    """
    year, month, day = from_day_number(number)
    return f"{iso_year(year)}-{month:02d}-{day:02d}"


def on_day(number: int, *, grain: Grain = "day") -> Moment:
    """The day, week, month... in which a day number falls.

    >>> on_day(day_number(2022, 3, 9), grain="week").value
    '2022-W10'
    """
    year, month, day = from_day_number(number)
    if grain in ("week", "weekend"):
        thursday = number - (number - 1) % 7 + 3
        week_year = from_day_number(thursday)[0]
        return Moment(week_year, grain, (thursday - day_number(week_year, 1, 1)) // 7 + 1)
    return coarsen(Moment(year, "day", month, day), grain)


def coarsen(moment: Moment, grain: Grain) -> Moment:
    """The same moment no finer than a grain (a day becomes its month, its season, its year...).

    >>> coarsen(Moment(2022, "day", 3, 9), "month").value
    '2022-03'
    """
    if ORDER.index(moment.grain) <= ORDER.index(grain) or moment.year is None:
        return moment
    year = moment.year
    if grain == "century":
        return Moment(year - year % 100, "century")
    if grain == "decade":
        return Moment(year - year % 10, "decade")
    if grain == "year":
        return Moment(year)
    if moment.grain in ("week", "weekend") or grain in ("week", "weekend"):
        days = moment.days
        if days is None or moment.grain not in ("day", "week", "weekend"):
            return moment
        return on_day(days[0], grain=grain)
    month = moment.month
    if month is None:
        return moment
    if grain == "month":
        return Moment(year, "month", month)
    if grain == "quarter":
        return Moment(year, "quarter", (month + 2) // 3)
    if grain == "half":
        return Moment(year, "half", 1 if month <= 6 else 2)
    season = next(code for code, (first, last) in SEASON_MONTHS.items() if _in_season(month, first, last))
    return Moment(year - 1 if season == "WI" and month <= 2 else year, "season", season=season)


def _in_season(month: int, first: int, last: int) -> bool:
    return first <= month <= last if first <= last else month >= first or month <= last


def shift(base: Moment, count: int, unit: str) -> Moment | None:
    """The moment ``count`` units after (before, when negative) a base; None where the text is too vague.

    Nothing finer than the base or the unit comes out: a month and "four days later" give no day.
    Units: day, week, month, year, decade, century, quarter, season, fortnight.

    >>> shift(Moment(1915, "day", 5, 23), 15, "month").value
    '1916-08'
    """
    if base.year is None or not base.possible:
        return None
    months = {"month": 1, "quarter": 3, "season": 3}.get(unit)
    try:
        if unit in ("day", "week", "fortnight", "weekend"):
            days = base.days
            if days is None or base.grain not in ("day", "week", "weekend"):
                return None
            step = {"day": 1, "week": 7, "fortnight": 14, "weekend": 7}[unit]
            grain: Grain = "day" if base.grain == "day" else base.grain
            return on_day(days[0] + count * step, grain=grain)
        if months is not None:
            if unit == "season" and base.grain == "season" and base.season is not None:
                return _next_season(base, count)
            month = base.month
            if month is None and base.grain == "quarter" and base.number is not None:
                month = base.number * 3 - 2
            if month is None:
                return None
            index = base.year * 12 + month - 1 + count * months
            moment = Moment(index // 12, "month", index % 12 + 1)
            return coarsen(moment, "quarter") if unit == "quarter" else moment
        years = {"year": 1, "decade": 10, "century": 100, "millennium": 1000}.get(unit)
        if years is None:
            return None
        moment = Moment(base.year + count * years)
        if unit == "decade":
            return coarsen(moment, "decade")
        return coarsen(moment, "century") if unit == "century" else moment
    except (ValueError, OverflowError):
        return None


def step(day: int, count: int, unit: str) -> int | None:
    """The day number ``count`` units from a day, as people count ("two months from 31 December").

    Months and years keep the day of the month, or the last day that there is.

    >>> from_day_number(step(day_number(2021, 12, 31), 2, "month"))
    (2022, 2, 28)
    """
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}.get(unit)
    if days is not None:
        return day + count * days
    if unit == "hour":
        return day + (abs(count) + 23) // 24 * (1 if count >= 0 else -1)
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    if months is None or abs(count) > 9999:
        return None
    year, month, at = from_day_number(day)
    index = year * 12 + month - 1 + count * months
    year, month = index // 12, index % 12 + 1
    return day_number(year, month, min(at, days_in_month(year, month)))


def read_value(value: str) -> Moment | None:
    """The moment of a TIMEX3 value of a date or time; None for durations, sets and vague references.

    >>> read_value("2022-03-09TNI").bounds, read_value("P3D")
    (('2022-03-09', '2022-03-09'), None)
    """
    found = VALUE.match(value)
    if found is None:
        return None
    digits = found["year"]
    year = int(digits) * 10 ** (4 - len(digits))
    if found["bc"]:
        length = 10 ** (4 - len(digits))
        year = 1 - year if length == 1 else -(year + length - 1)
    moment = Moment(year, "year" if len(digits) == 4 else "decade" if len(digits) == 3 else "century")
    grains: dict[str, Grain] = {"half": "half", "quarter": "quarter", "month": "month"}
    for name, grain in grains.items():
        if found[name]:
            moment = replace(moment, grain=grain, number=int(found[name]))
    if found["season"]:
        moment = replace(moment, grain="season", season=found["season"])
    if found["week"]:
        moment = replace(moment, grain="weekend" if found["end"] else "week", number=int(found["week"]))
    if found["day"]:
        moment = replace(moment, grain="day", day=int(found["day"]))
    return replace(moment, part=found["part"], clock=found["clock"], zone=found["zone"])


def _next_season(base: Moment, count: int) -> Moment:
    codes = list(SEASONS)
    assert base.year is not None
    index = base.year * 4 + codes.index(base.season or "SP") + count
    return replace(base, year=index // 4, season=codes[index % 4])
