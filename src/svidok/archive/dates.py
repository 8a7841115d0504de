"""Dates of publication as people write them: every reading of the words, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from svidok.archive.vocabulary import Language, data_file, language, language_codes
from svidok.records import Offsets

__all__ = ["Dated", "find_dates", "read_date", "settle"]

_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.\-])(\d{1,2})([/.\-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/\-])")
_DAY_MONTH = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|º|-?го)?\.?[\s\-]+(?:(?:of|de|the|del)\s+){0,2}([^\W\d_]{3,12})\.?,?[\s\-]+(?:(?:of|de|del)\s+)?(\d{4})(?!\d)"
)
_MONTH_DAY = re.compile(r"(?<!\w)([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})(?!\d)")
_FIRST_YEAR, _LAST_YEAR = 1500, 2099
_CENTURY_TURN = 70
_SHORT_YEAR = re.compile(r"[/.\-]\d{2}$")
_FULL_YEAR = re.compile(r"(?<![\d.,/-])(?:1[5-9]|20)\d\d(?![\d/]|[.,]\d)")
_NAMED = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[^\W\d_]{3,12})"
    r"|(?P<name>[^\W\d_]{3,12})\s+(?P<number>\d{1,2})(?!\d)"
)
_STORY_YEARS = 2  # a report tells mostly of its own year and of so many before it


@dataclass(frozen=True, slots=True)
class Dated:
    """A full date in a text: its span and its readings as ISO days, one when it is clear."""

    start: int
    end: int
    readings: tuple[str, ...]

    @property
    def day(self) -> str | None:
        """The one reading; None when there are two."""
        return self.readings[0] if len(self.readings) == 1 else None

    @property
    def span(self) -> Offsets:
        """Where it stands."""
        return self.start, self.end


@cache
def _months() -> Mapping[str, int]:
    """Names of months in every language; English wins where two languages clash."""
    tables = [data_file(code)["dates"]["months"] for code in language_codes() if code != "en"]
    return {
        name.casefold(): number
        for table in [*tables, data_file("en")["dates"]["months"]]
        for name, number in table.items()
    }


def _month(name: str) -> int | None:
    return _months().get(name.casefold())


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None
    except ValueError:
        return None


def _numeric(match: re.Match[str], words: Language) -> tuple[str, ...]:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if len(match[4]) == 2:
        year += 1900 if year >= _CENTURY_TURN else 2000
    readings = [_iso(year, second, first)]
    if not words.day_first:
        readings.append(_iso(year, first, second))
    return tuple(dict.fromkeys(reading for reading in readings if reading))


def find_dates(text: str, *, language_code: str | None = None) -> Iterator[Dated]:
    """Every full date (day, month, year) in a short stretch of text.

    Args:
        text: a line or a few.
        language_code: where its speakers put the day first, ``3/4/22`` has one reading only.

    Yields:
        Dates in order of the text. ``27/4/22`` has one reading, ``3/4/22`` two in English: first the one
        with the day first. Two figures of a year mean 1970 to 2069.

    >>> [dated.readings for dated in find_dates("Marx International 27/4/22; 3/4/22; 5 May 2022")]
    [('2022-04-27',), ('2022-04-03', '2022-03-04'), ('2022-05-05',)]
    """
    words = language(language_code)
    found = [
        Dated(*match.span(), _clear(_iso(int(match[1]), int(match[2]), int(match[3]))))
        for match in _ISO.finditer(text)
    ]
    found.extend(Dated(*match.span(), _numeric(match, words)) for match in _NUMERIC.finditer(text))
    for match in _DAY_MONTH.finditer(text):
        month = _month(match[2])
        found.append(Dated(*match.span(), _clear(month and _iso(int(match[3]), month, int(match[1])))))
    for match in _MONTH_DAY.finditer(text):
        month = _month(match[1])
        found.append(Dated(*match.span(), _clear(month and _iso(int(match[3]), month, int(match[2])))))
    at = 0
    for dated in sorted((one for one in found if one.readings), key=lambda one: (one.start, -one.end)):
        if dated.start >= at:
            at = dated.end
            yield dated


def _clear(day: str | int | None) -> tuple[str, ...]:
    return (day,) if isinstance(day, str) else ()


def read_date(value: str | None, *, language_code: str | None = None) -> tuple[str, ...]:
    """The readings of a metadata value such as ``2022-04-27T10:00:00Z`` or ``27 April 2022``.

    Returns:
        ISO days, none when the value holds no full date or more than one.

    >>> read_date("2022-04-27T23:10:00+03:00"), read_date("Wednesday"), read_date(None)
    (('2022-04-27',), (), ())
    """
    if not value:
        return ()
    found = list(find_dates(value[:200], language_code=language_code))
    return found[0].readings if len(found) == 1 else ()


def settle(written: str, readings: tuple[str, ...], text: str, head: str) -> tuple[str, ...]:
    """The readings of a date that remain once the text around it is known.

    Two figures of a year take the century of the full years in the text, where most of those are that
    year or just before it; of two orders of day and month that one stays which the lines above name.

    Args:
        written: the date as it stands.
        readings: its readings by themselves.
        text: the whole text.
        head: the lines above the date.

    >>> settle("27/4/37", ("2037-04-27",), "In 1936 the generals rose.", "")
    ('1937-04-27',)
    >>> settle("8.1.1940", ("1940-01-08", "1940-08-01"), "", "Summary, 8 January")
    ('1940-01-08',)
    """
    if _SHORT_YEAR.search(written):
        years = [int(match.group()) for match in _FULL_YEAR.finditer(text)]
        readings = tuple(_of_century(reading, years) for reading in readings)
    if len(readings) > 1:
        told = {
            (_month(match["month"] or match["name"]), int(match["day"] or match["number"]))
            for match in _NAMED.finditer(head)
        }
        named = [one for one in readings if (int(one[5:7]), int(one[8:10])) in told]
        if len(named) == 1:
            return (named[0],)
    return readings


def _of_century(reading: str, years: list[int]) -> str:
    """A day of a year of two figures, moved to the century that most of the full years are of."""
    year = int(reading[:4])
    for other in (year - 100, year + 100):
        near = sum(other - _STORY_YEARS <= one <= other for one in years)
        if near * 2 > len(years):
            return _iso(other, int(reading[5:7]), int(reading[8:10])) or reading
    return reading
