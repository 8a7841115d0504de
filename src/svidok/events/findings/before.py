"""Told as done in one place before the day that another gives for it."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.events.days import iso_day
from svidok.events.findings.date import falls
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.say import capitalised, date_words, days_apart, subject
from svidok.events.findings.similar import contrasted, same_spot
from svidok.events.findings.vocabulary import pattern, tables
from svidok.records import Finding

__all__ = ["check"]


def check(dossier: Dossier) -> Iterator[Finding]:
    """Takings and destructions that an older report tells as done."""
    yield from _told_before(dossier)
    yield from _gone_before(dossier)


def _told_before(dossier: Dossier) -> Iterator[Finding]:
    """A taking that was told as done by a day, and dated later elsewhere."""
    for a, b in dossier.pairs:
        for done, dated in ((a, b), (b, a)):
            known = done.time is not None and not done.dated and done.low is None and done.high is not None
            if not (known and dated.dated and done.real and dated.real) or done.document == dated.document:
                continue
            if dated.low is None or dated.low - (done.high or 0) < 1 or contrasted(a, b):
                continue
            if not falls(done) & falls(dated) or done.retakes != dated.retakes:
                continue
            if done.sides and dated.sides and not done.sides & dated.sides:
                continue
            by, when = date_words(dossier, done), date_words(dossier, dated)
            yield Finding(
                "date",
                "medium",
                f"{capitalised(subject(done, dated))} is told as done by {by} in one place and dated to "
                f"{when} in another.",
                (dossier.words(done, f"by {by}"), dossier.words(dated, when)),
                days_apart(dated.low - (done.high or 0)),
            )


def _gone_before(dossier: Dossier) -> Iterator[Finding]:
    """The one bridge of a place told as destroyed by a report that is older than the day another gives."""
    single = frozenset(tables()["objects"]["single"])
    for a, b in dossier.pairs:
        for done, dated in ((a, b), (b, a)):
            if done.dated or not dated.dated or not (done.real and dated.real) or contrasted(a, b):
                continue
            if done.published is None or dated.low is None or dated.low <= done.published:
                continue
            things = done.objects & dated.objects & single
            gone = "destroy" in done.concepts & dated.concepts - done.denied - dated.denied
            if not (
                gone
                and things
                and same_spot(done, dated)
                and pattern("patterns", "perfect").search(done.text)
            ):
                continue
            by, when = iso_day(done.published), date_words(dossier, dated)
            yield Finding(
                "date",
                "medium",
                f"The destruction of the {min(things)} is told by a report of {by} and dated to {when} in "
                f"another.",
                (dossier.words(done, f"by {by}"), dossier.words(dated, when)),
                days_apart(dated.low - done.published),
            )
