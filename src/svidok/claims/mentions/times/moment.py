"""A moment of the calendar, as exact as the words: its TIMEX3 value, its bounds, its EDTF.

A ``Moment`` knows only what the text gives. Years are astronomical: 1 BC is 0, 241 BC is -240.
Sources: TIMEX3 (TimeML 1.2.1), EDTF (ISO 8601-2:2019). The calendar is the proleptic Gregorian one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from svidok.claims.mentions.times.calendar import (
    day_number,
    days_in_month,
    iso_day,
    iso_year,
    monday,
    timex_year,
)

__all__ = ["ORDER", "SEASONS", "SEASON_MONTHS", "Grain", "Moment", "read_value"]

Grain = Literal["century", "decade", "year", "half", "season", "quarter", "month", "week", "weekend", "day"]

SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
SOUTHERN = {"SP": (9, 11), "SU": (12, 2), "FA": (3, 5), "WI": (6, 8)}
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


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar of some grain.

    ``number`` is the month, quarter, half or ISO week that the grain speaks of; a season has its
    code there as ``season``. ``part`` is a TIMEX3 part of day (MO, MI, AF, EV, NI, DT), ``clock`` is
    "05:00" or "05", ``zone`` an offset such as "Z" or "+02:00"; ``south`` tells a season of the southern
    hemisphere; ``weekday`` is of a week that is not told.

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
    south: bool = False
    weekday: int | None = None

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
                return f"{year}-W{number}{f'-{self.weekday}' if self.weekday else ''}"
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
                first, last = (SOUTHERN if self.south else SEASON_MONTHS)[self.season or "SP"]
                if first > last:
                    return day_number(year, first, 1), day_number(
                        year + 1, last, days_in_month(year + 1, last)
                    )
            case "week" | "weekend":
                first_day = monday(year, number)
                return first_day + (5 if self.grain == "weekend" else 0), first_day + 6
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
                return f"{year}-{SEASONS[self.season or 'SP'] + (8 if self.south else 0)}"
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
