"""A weekday that does not fall on its date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.days import first_day, iso_day, last_day, weekday
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.lending import YEAR
from svidok.records import Finding, Reading, Time

__all__ = ["DAYS", "check"]

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = re.compile(rf"\b({'|'.join(DAYS)})\b", re.IGNORECASE)
_MONTH = (
    "January|February|March|April|May|June|July|August|September|October|November|December|"
    "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
)
_NUMBERS = {m[:3].casefold(): i for i, m in enumerate(_MONTH.split("|")[:12], 1)}
_JOINED = re.compile(
    rf"\b(?P<day>{'|'.join(DAYS)})(?:\s+(?:morning|forenoon|noon|afternoon|evening|last))?"
    rf"(?:\s*,?\s*(?:(?:on |of )?the\s+)?|\s*\(\s*)"
    rf"(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH})\.?|"
    rf"(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    r"(?:\s*,?\s*(?P<year>\d{4}))?",
    re.IGNORECASE,
)
_AFTER = re.compile(
    rf"\b(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<m1>{_MONTH})\.?|"
    rf"(?P<m2>{_MONTH})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?)"
    rf"(?:\s*,?\s*(?P<year>\d{{4}}))?,?\s*(?:\(\s*(?:a\s+)?|,\s*(?:which was |that is |being )?a\s+|"
    rf"was a\s+|(?:which )?fell on a\s+|"
    rf"—\s*a\s+)(?P<day>{'|'.join(DAYS)})\b",
    re.IGNORECASE,
)


def check(dossier: Dossier) -> Iterator[Finding]:
    """Weekdays written beside a full date that fell on another day of the week."""
    years = _years(dossier)
    for reading in dossier.readings:
        text = reading.document.text
        seen: set[int] = set()
        for expression in (_JOINED, _AFTER):
            for match in expression.finditer(text):
                if match.start() in seen:
                    continue
                seen.add(match.start())
                day = _day_number(match, reading)
                if day is None:
                    continue
                stated = match.group("day").capitalize()
                true = DAYS[weekday(day)]
                if stated == true or (not match.group("year") and _fits(stated, day, years)):
                    continue
                words = " ".join(match.group(0).split())
                steps = abs(DAYS.index(stated) - DAYS.index(true))
                yield Finding(
                    "weekday",
                    "medium",
                    f"“{words}” cannot be right: {iso_day(day)} was a {true}.",
                    (dossier.quote(reading.document.id, match.span(), stated),),
                    f"{min(steps, 7 - steps)} weekdays",
                    f"the calendar: {iso_day(day)} was a {true}",
                )


def _years(dossier: Dossier) -> frozenset[str]:
    """The years that the reports of a dossier name, or were published in."""
    told = (w for r in dossier.readings for w in YEAR.findall(r.document.text))
    printed = (r.document.published[:4] for r in dossier.readings if r.document.published)
    return frozenset((*told, *printed))


def _fits(stated: str, day: int, years: frozenset[str]) -> bool:
    """Whether a day without a year falls on this weekday in a year that the reports name."""
    others = (first_day(f"{year}{iso_day(day)[-6:]}") for year in sorted(years))
    return any(other is not None and DAYS[weekday(other)] == stated for other in others)


def _day_number(match: re.Match[str], reading: Reading) -> int | None:
    day = int(match.group("d1") or match.group("d2"))
    month = _NUMBERS[(match.group("m1") or match.group("m2"))[:3].casefold()]
    if match.group("year"):
        return first_day(f"{match.group('year')}-{month:02d}-{day:02d}")
    for time in reading.times:
        if time.start < match.end() and match.start() < time.end:
            found = _exact(time)
            if found is not None and iso_day(found).endswith(f"-{month:02d}-{day:02d}"):
                return found
    return None


def _exact(time: Time) -> int | None:
    low, high = first_day(time.earliest), last_day(time.latest)
    return low if low is not None and low == high else None
