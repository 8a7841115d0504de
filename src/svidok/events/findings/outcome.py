"""A fight told as won at a place which the beaten are said to have left only long after."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.events.days import iso_day
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.sites import Site
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding

__all__ = ["check"]

LINGERING_DAYS = 10
"""For how many days the beaten may still hold a place after a fight for it was won."""
LONGEST_WIN = 21
"""Days that a stretch may have in which a fight is told as won."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """In one report: a battle won at a place by a day, and the losers leaving that place much later."""
    for reading in dossier.readings:
        facts = dossier.of_document(reading.document.id)
        left = [f for f in facts if _leaves(f)]
        for won in facts if left else ():
            if not _wins(won):
                continue
            for site in won.sites:
                late = next((f for f in left if _after(won, f, site)), None)
                if late is not None:
                    yield _finding(dossier, won, late, site)


def _wins(fact: Fact) -> bool:
    if not (fact.real and fact.dated and "fight" in fact.concepts) or fact.high is None:
        return False
    wide = fact.low is not None and fact.high - fact.low > LONGEST_WIN
    return (
        not (wide or fact.phase or fact.another) and pattern("outcome", "won").search(fact.text) is not None
    )


def _leaves(fact: Fact) -> bool:
    return (
        fact.real and fact.dated and "withdraw" in fact.concepts
        and pattern("outcome", "left").search(fact.text) is not None
    )  # fmt: skip


def _after(won: Fact, left: Fact, site: Site) -> bool:
    """Whether a fact tells that the beaten left this place long after the fight was won."""
    if left.low is None or won.high is None or left.low - won.high <= LINGERING_DAYS:
        return False
    if won.target_sides and left.sides and not won.target_sides & left.sides:
        return False
    return any(site.keys & other.keys for other in left.sites)


def _finding(dossier: Dossier, won: Fact, left: Fact, site: Site) -> Finding:
    assert won.high is not None and left.low is not None
    by, when = iso_day(won.high), date_words(dossier, left)
    return Finding(
        "order",
        "medium",
        f"The fight for {site.name} is told as won by {by}, but the beaten are said to have left it "
        f"only on {when}.",
        (dossier.words(won, f"won by {by}"), dossier.words(left, when)),
        days_apart(left.low - won.high),
    )
