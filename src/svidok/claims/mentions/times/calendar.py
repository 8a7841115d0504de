"""Days and years of the proleptic Gregorian calendar; years are astronomical (1 BC is 0)."""

from __future__ import annotations

from datetime import date

__all__ = [
    "day_number",
    "days_in_month",
    "from_day_number",
    "is_leap",
    "iso_day",
    "iso_year",
    "monday",
    "timex_year",
]


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


def julian_lag(year: int, month: int) -> int:
    """How many days the Julian calendar is behind the Gregorian one after February of a year.

    >>> julian_lag(1453, 5), julian_lag(1700, 2), julian_lag(1917, 10)
    (9, 10, 13)
    """
    told = year if month > 2 else year - 1
    return told // 100 - told // 400 - 2


def iso_day(number: int) -> str:
    """A day number as an ISO day.

    >>> iso_day(day_number(2022, 3, 9))
    '2022-03-09'
    """
    year, month, day = from_day_number(number)
    return f"{iso_year(year)}-{month:02d}-{day:02d}"


def timex_year(year: int) -> str:
    """The year as TIMEX3 writes it: years before the common era are BC years.

    >>> timex_year(2022), timex_year(-240)
    ('2022', 'BC0241')
    """
    return f"BC{1 - year:04d}" if year <= 0 else f"{year:04d}"


def monday(year: int, week: int) -> int:
    """The day number of the Monday of an ISO week.

    >>> from_day_number(monday(2022, 10))
    (2022, 3, 7)
    """
    fourth = day_number(year, 1, 4)
    return fourth - (fourth - 1) % 7 + 7 * (week - 1)
