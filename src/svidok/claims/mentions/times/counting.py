"""Counting with moments: coarser, later, earlier; nothing finer than the base comes out."""

from __future__ import annotations

from dataclasses import replace

from svidok.claims.mentions.times.calendar import day_number, days_in_month, from_day_number
from svidok.claims.mentions.times.moment import ORDER, SEASON_MONTHS, SEASONS, Grain, Moment

__all__ = ["coarsen", "on_day", "shift", "step"]


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


def _next_season(base: Moment, count: int) -> Moment:
    codes = list(SEASONS)
    assert base.year is not None
    index = base.year * 4 + codes.index(base.season or "SP") + count
    return replace(base, year=index // 4, season=codes[index % 4])
