"""Days of the calendar that have rules: feasts, and the zones of military date-time groups."""

from __future__ import annotations

from svidok.claims.mentions.times.calendar import day_number, days_in_month
from svidok.claims.mentions.times.counting import on_day
from svidok.claims.mentions.times.moment import Moment

__all__ = ["easter", "feast", "hebrew_day", "military_zone", "orthodox_easter"]

HEBREW_EPOCH = -1373427  # what the days counted from the first year of that calendar begin at


def feast(rule: str, year: int) -> Moment:
    """The day of a feast in a year, by its rule in the data.

    >>> feast("easter+0", 2022).value, feast("11:4:4", 1999).value
    ('2022-04-17', '1999-11-25')
    """
    if rule.startswith("easter"):
        return on_day(easter(year) + int(rule[6:]))
    if rule.startswith("orthodox"):
        return on_day(orthodox_easter(year) + int(rule[8:]))
    if rule.startswith("hebrew"):
        month, day = rule[7:].split("-")
        return on_day(hebrew_day(year, int(month), int(day)))
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


def hebrew_day(year: int, month: int, day: int) -> int:
    """The day number of a day of the Hebrew calendar that falls in a year of ours (daylight's day).

    Months count from Nisan (1) to Elul (6) and from Tishri (7) to Marheshvan (8), where lengths do not
    depend on the year. The arithmetic is the common one: mean new moons, and the four postponements.

    >>> on_day(hebrew_day(1973, 7, 10)).value, on_day(hebrew_day(2002, 1, 15)).value
    ('1973-10-06', '2002-03-28')
    """
    new_year = _tishri(year + 3761)
    if month >= 7:
        return new_year + sum(30 for _ in range(7, month)) + day - 1
    lengths = (30, 29, 30, 29, 30, 29)  # Nisan to Elul, behind which the new year comes
    return new_year - sum(lengths[month - 1 :]) + day - 1


def _tishri(hebrew_year: int) -> int:
    """The day number of the first of Tishri of a Hebrew year."""

    def elapsed(year: int) -> int:
        months = (235 * year - 234) // 19
        parts = 12084 + 13753 * months
        days = 29 * months + parts // 25920
        return days + 1 if 3 * (days + 1) % 7 < 3 else days

    before, here, after = elapsed(hebrew_year - 1), elapsed(hebrew_year), elapsed(hebrew_year + 1)
    postponed = 2 if after - here == 356 else 1 if here - before == 382 else 0
    return HEBREW_EPOCH + here + postponed


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
