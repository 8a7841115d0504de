"""Days as whole numbers, so that intervals of any year can be compared quickly.

Day 0 is 1 January 1970 of the proleptic Gregorian calendar; years BC are astronomical ("-0240").
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["Interval", "first_day", "interval", "iso_day", "last_day", "weekday"]

Interval = tuple[int | None, int | None]

_ISO = re.compile(r"^(-?\d{4,})(?:-(\d\d))?(?:-(\d\d))?(?:$|T)")
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _ordinal(year: int, month: int, day: int) -> int:
    """Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms")."""
    year -= month <= 2
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def _length(year: int, month: int) -> int:
    leap = month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return _LENGTHS[month - 1] + leap


def _parts(iso: str | None) -> tuple[int, int | None, int | None] | None:
    match = _ISO.match(iso or "")
    if not match:
        return None
    year, month, day = match.groups()
    if month and not 1 <= int(month) <= 12:
        return None
    if day and not 1 <= int(day) <= _length(int(year), int(month)):
        return None
    return int(year), int(month) if month else None, int(day) if day else None


@lru_cache(maxsize=65536)
def first_day(iso: str | None) -> int | None:
    """The first day of an ISO day, month or year, or None when it is not one.

    >>> first_day("1970-01-02"), first_day("1970-02"), first_day(None)
    (1, 31, None)
    """
    parts = _parts(iso)
    return _ordinal(parts[0], parts[1] or 1, parts[2] or 1) if parts else None


@lru_cache(maxsize=65536)
def last_day(iso: str | None) -> int | None:
    """The last day of an ISO day, month or year, or None when it is not one.

    >>> last_day("1970-01-02"), last_day("1970-02"), last_day("1969")
    (1, 58, -1)
    """
    parts = _parts(iso)
    if not parts:
        return None
    year, month = parts[0], parts[1] or 12
    return _ordinal(year, month, parts[2] or _length(year, month))


def interval(earliest: str | None, latest: str | None) -> Interval:
    """Both bounds as day numbers; an inverted interval is unknown on both sides.

    >>> interval("1970-01-01", "1970-01")
    (0, 30)
    >>> interval("1970-01-05", "1970-01-01")
    (None, None)
    """
    low, high = first_day(earliest), last_day(latest)
    return (None, None) if low is not None and high is not None and low > high else (low, high)


def iso_day(day: int) -> str:
    """The ISO day of a day number.

    >>> iso_day(0), iso_day(59)
    ('1970-01-01', '1970-03-01')
    """
    day += 719468
    era = day // 146097
    of_era = day - era * 146097
    year_of = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of + year_of // 4 - year_of // 100)
    month_of = (5 * of_year + 2) // 153
    month = month_of + (3 if month_of < 10 else -9)
    year = year_of + era * 400 + (month <= 2)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}-{month:02d}-{of_year - (153 * month_of + 2) // 5 + 1:02d}"


def weekday(day: int) -> int:
    """The day of the week of a day number, Monday is 0.

    >>> weekday(0)  # 1 January 1970 was a Thursday
    3
    """
    return (day + 3) % 7
