"""Dates that no calendar has, and ranges that end before they begin: kept as written, and told."""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.events.findings.dossier import Dossier
from svidok.records import Finding, Time

__all__ = ["check"]


_DAY_ALONE = re.compile(r"(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?", re.IGNORECASE)
"""A day without its month: which month is meant is guessed, so it proves nothing."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """Days that do not exist and reversed ranges, as the reader of times flagged them."""
    for reading in dossier.readings:
        turned: list[Time] = []
        for time in reading.times:
            quote = dossier.quote(reading.document.id, (time.start, time.end), time.value)
            words = " ".join(time.text.split())
            if "impossible_date" in time.flags and not _DAY_ALONE.fullmatch(words):
                yield Finding(
                    "date",
                    "medium",
                    f"There is no such day as “{words}”.",
                    (quote,),
                    None,
                    "the calendar: no such day",
                )
            if "reversed_range" in time.flags:
                turned.append(time)
        for first, last in zip(turned[::2], turned[1::2], strict=False):
            if not all(one.type == "DATE" and any(c.isdigit() for c in one.text) for one in (first, last)):
                continue  # "in the night to 18 September" is no span of days
            yield Finding(
                "order",
                "medium",
                f"A span of time runs backwards: from {' '.join(first.text.split())} to "
                f"{' '.join(last.text.split())}.",
                tuple(
                    dossier.quote(reading.document.id, (one.start, one.end), one.value)
                    for one in (first, last)
                ),
            )
