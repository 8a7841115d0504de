"""What an expression comes to, and how its fields are read."""

from __future__ import annotations

from dataclasses import dataclass

from svidok.claims.mentions.times.forms import Value
from svidok.claims.mentions.times.moment import Moment
from svidok.claims.mentions.times.scan import Expression
from svidok.records import TimeType

__all__ = [
    "MASK",
    "Resolved",
    "clock_of",
    "duration_value",
    "number_of",
    "text_of",
    "untold_half",
    "year_of_two",
]

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


CENTURY = 30  # years of two digits below it are of this century, where nothing else tells
EVENING = 6  # from this hour on "at night" is before midnight


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
    span: tuple[int, str] | None = None  # a duration's length (0: untold), for counting from a date
    counted: tuple[str | None, str | None] | None = None  # bounds of what is counted from a date
    until: Moment | None = None  # the day that a night runs into
    readings: tuple[Moment, ...] = ()  # of an ambiguous date
    place: int = 0  # of the expression, in order


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


def untold_half(fields: dict[str, Value]) -> bool:
    """Whether an hour is told by the word and not whether before noon or after it: five o'clock."""
    return (
        bool(fields.get("spoken")) and "noon" not in fields and 1 <= (number_of(fields.get("hh")) or 0) <= 12
    )


def clock_of(fields: dict[str, Value]) -> str | None:
    """Hours and minutes of the fields of an expression, as "05:00"."""
    name = text_of(fields.get("hour_name"))
    if name:
        return name
    digits = text_of(fields.get("hhmm"))
    if digits is not None:
        return f"{digits[:2]}:{digits[2:]}"
    hour, minute = number_of(fields.get("hh")), text_of(fields.get("min"))
    if hour is None:
        return None
    noon = fields.get("noon")
    if hour < 12 and (noon in ("pm", "AF", "EV") or (noon == "NI" and hour >= EVENING)):
        hour += 12
    elif hour == 12 and noon in ("am", "MO", "NI"):
        hour = 0
    second = text_of(fields.get("sec"))
    return f"{hour:02d}:{minute or '00'}" + (f":{second}" if second else "")


def number_of(value: Value | None) -> int | None:
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        digits = value.rstrip("stndrhSTNDRH").lstrip("'’`")
        return int(digits) if digits.isdigit() else None
    return None


def text_of(value: Value | None) -> str | None:
    return str(value) if value is not None and value != "" else None


def year_of_two(short: int) -> int:
    """The year of two digits, where nothing else tells its century.

    >>> year_of_two(15), year_of_two(91)
    (2015, 1991)
    """
    return (2000 if short < CENTURY else 1900) + short
