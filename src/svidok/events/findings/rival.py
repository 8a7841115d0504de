"""Counts that a report sets against one another: "other reports give 350", "the prosecutor says 14"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from svidok.events.findings.dossier import Dossier
from svidok.events.findings.facts import SPEAKS, Fact
from svidok.events.findings.numbers import CARDINAL, cardinal
from svidok.events.findings.quantity import clash, partial, same_thing
from svidok.events.findings.say import capitalised, number, subject
from svidok.events.findings.similar import disjoint, spots_apart
from svidok.events.findings.vocabulary import pattern, tables
from svidok.records import Finding, Quantity

__all__ = ["check"]

REACH = 4
"""Sentences back in which the count stands that other reports are set against."""
VOICES_REACH = 2
"""Sentences back in which the count stands that another voice counts anew."""
_COUNTED = frozenset({"people", "equipment", "units"})


def check(dossier: Dossier) -> Iterator[Finding]:
    """Sentences that give another voice's count, against the counts told before them in their paragraph."""
    for reading in dossier.readings:
        facts = dossier.of_document(reading.document.id)
        blocks = [reading.sentences[f.sentence].block for f in facts]
        for index, other in enumerate(facts):
            before = [
                f
                for f, block in zip(facts[:index], blocks, strict=False)
                if 0 < other.sentence - f.sentence <= REACH and block == blocks[index]
            ]
            if pattern("rivals", "others").search(other.text):
                yield from _others(dossier, before, other)
            else:
                yield from _voices(dossier, before, other)


def _others(dossier: Dossier, before: Sequence[Fact], other: Fact) -> Iterator[Finding]:
    told: set[int] = set()
    for fact, one, two in (p for f in reversed(before) for p in _rivals(f, other)):
        if two.start not in told:
            told.add(two.start)
            yield _finding(dossier, fact, other, one, two, "other reports are said to give")


def _rivals(fact: Fact, other: Fact) -> Iterator[tuple[Fact, Quantity, Quantity]]:
    for one in fact.quantities:
        for two in other.quantities:
            alike = (
                one.kind == two.kind and one.kind in _COUNTED and (one.fate or two.fate) in {two.fate, None}
            )
            if alike and one.what == two.what and one.low != two.low:
                yield fact, one, two


def _voices(dossier: Dossier, before: Sequence[Fact], other: Fact) -> Iterator[Finding]:
    """Two voices, one after the other, whose counts of one thing exclude each other."""
    if not SPEAKS.search(other.text) and not _bare().search(other.text):
        return
    for fact in reversed(before):
        if other.sentence - fact.sentence > VOICES_REACH or not _one_matter(fact, other):
            continue
        for one in _counts(fact, before):
            for two in _counts(other, [fact]):
                bare = one not in fact.quantities or two not in other.quantities
                if bare and same_thing(one, two) and clash(one, two):
                    yield _finding(dossier, fact, other, one, two, "another voice gives")
                    return


def _one_matter(fact: Fact, other: Fact) -> bool:
    if not (fact.real and other.real) or other.another or fact.another:
        return False
    if fact.speaker == other.speaker and (other.speaker or not _bare().search(other.text)):
        return False
    if pattern("patterns", "update").search(other.text) or pattern("patterns", "update").search(fact.text):
        return False
    return not disjoint(fact, other) and spots_apart(fact, other) is None


def _counts(fact: Fact, before: Sequence[Fact]) -> list[Quantity]:
    """The counts of a fact; a number without a noun counts what was counted just before."""
    counted = [q for q in fact.quantities if q.kind in _COUNTED and not q.cumulative and not partial(fact, q)]
    match = _bare().search(fact.text)
    value = cardinal(match.group("number")) if match else None
    if match is None or value is None:
        return counted
    start = fact.start + match.start("number")
    if any(q.start <= start < q.end for q in counted):
        return counted
    meant = next((q for f in reversed(before) for q in f.quantities if q.kind in _COUNTED), None)
    if meant is None:
        return counted
    words = match.group("number")
    bare = Quantity(
        start, start + len(words), words, meant.what, meant.kind, value, value,
        bound="about" if match.group("about") else "exact", fate=meant.fate,
    )  # fmt: skip
    return [*counted, bare]


@lru_cache(maxsize=1)
def _bare() -> re.Pattern[str]:
    words = "|".join(tables()["rivals"]["bare"])
    return re.compile(
        rf"\b(?:{words})\s+(?P<about>about\s+|some\s+)?(?P<number>{CARDINAL})(?=\s*(?:[.;,](?!\d)|$))",
        re.IGNORECASE,
    )


def _finding(dossier: Dossier, fact: Fact, other: Fact, one: Quantity, two: Quantity, who: str) -> Finding:
    meant = fact if fact.concepts else other
    return Finding(
        "quantity",
        "low",
        f"{capitalised(subject(meant, meant))} is told with {number(one)}; {who} {number(two)}.",
        (dossier.words(fact, number(one)), dossier.words(other, number(two))),
        f"{abs((one.low or 0) - (two.low or 0)):.15g}",
    )
