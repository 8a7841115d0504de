"""What is told to have happened while a side held a place, dated before it came or after it left."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.events.atoms import fold
from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import Fact
from svidok.events.findings.say import date_words, days_apart
from svidok.events.findings.vocabulary import pattern
from svidok.records import Finding

__all__ = ["check"]

NEAREST_DAYS = 800
"""Days beyond the bounds of a stay from which another stay, or another war, is meant."""


def check(dossier: Dossier) -> Iterator[Finding]:
    """ "In March 1940, while the Germans occupied the island", where they landed on 30 June 1940."""
    stays = [f for f in dossier.facts if f.dated and f.real and _during(f)]
    for inside in stays:
        came = [f for f in dossier.facts if _bound(dossier, inside, f, "came")]
        left = [f for f in dossier.facts if _bound(dossier, inside, f, "left")]
        early = min(came, key=lambda f: (f.low or 0, f.document, f.start), default=None)
        late = max(left, key=lambda f: (f.high or 0, f.document, f.start), default=None)
        for bound, days, words in (
            (early, (early.low or 0) - (inside.high or 0) if early else 0, "before they came"),
            (late, (inside.low or 0) - (late.high or 0) if late else 0, "after they left"),
        ):
            if bound is None or not 0 < days <= NEAREST_DAYS:
                continue
            when, then = date_words(dossier, inside), date_words(dossier, bound)
            side = min(_during(inside) & bound.sides)
            yield Finding(
                "whole_part",
                "medium",
                f"What is told to have happened under {side} is dated {when}, {words} ({then}).",
                (dossier.words(bound, then), dossier.words(inside, when)),
                days_apart(days),
            )


def _during(fact: Fact) -> frozenset[str]:
    """The sides of a fact that says that it happened while they held the place."""
    if fact.low is None or fact.high is None:
        return frozenset()
    return fact.sides if pattern("stays", "during").search(fact.text) else frozenset()


def _bound(dossier: Dossier, inside: Fact, fact: Fact, name: str) -> bool:
    """Whether a fact dates the coming or the going of the same side at a place that both reports know."""
    if not (fact.dated and fact.real and fact.low is not None and fact.low == fact.high):
        return False
    if not fact.sides & _during(inside) or not pattern("stays", name).search(fact.text):
        return False
    if (fact.document, fact.sentence) == (inside.document, inside.sentence):
        return False
    names = {fold(p.name or p.text) for p in fact.places} | {fold(s.name) for s in fact.sites}
    document = dossier.by_document[inside.document].document
    heading = f"{document.title or ''} {document.source.name if document.source else ''}"
    return bool(names & (inside.report_names | set(fold(heading).split())))
