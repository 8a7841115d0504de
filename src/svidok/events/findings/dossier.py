"""One dossier: the readings that are compared with one another, with their facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from svidok.events.findings.entries import goes_on
from svidok.events.findings.facts import Fact, facts_of, views_of
from svidok.events.findings.lending import (
    headed,
    of_their_war,
    pointing_back,
    told_when,
    until_then,
    with_years,
)
from svidok.events.findings.naming import called_alike, called_short, in_report, opened_by_name
from svidok.events.findings.similar import pairs
from svidok.records import Claim, Event, Offsets, Place, Quotation, Reading, Sentence

if TYPE_CHECKING:
    from svidok.atlas.gazetteer import Gazetteer

__all__ = ["Dossier", "dossiers", "place_name"]


@dataclass(frozen=True)
class Dossier:
    """Readings in the order of their ids, with the events that their claims stand in."""

    readings: tuple[Reading, ...]
    events: tuple[Event, ...]
    gazetteer: Gazetteer | None = None

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of every reading."""
        told = {r.document.id: self._told(r) for r in self.readings}
        told = called_short(called_alike(opened_by_name(of_their_war(self.readings, told))))
        return tuple(in_report({r.document.id: told[r.document.id] for r in self.readings}))

    def _told(self, reading: Reading) -> list[Fact]:
        """The facts of one reading with the days and persons that its own other sentences give them."""
        facts = facts_of(reading, self.views[reading.document.id])
        return until_then(
            reading, told_when(reading, headed(reading, goes_on(reading, pointing_back(reading, facts))))
        )

    @cached_property
    def views(self) -> dict[str, list[Reading]]:
        """For each document id its sentences' own mentions."""
        return {r.document.id: views_of(r) for r in self.readings}

    @cached_property
    def _by_document(self) -> dict[str, list[Fact]]:
        out: dict[str, list[Fact]] = {}
        for fact in self.facts:
            out.setdefault(fact.document, []).append(fact)
        return out

    def of_document(self, document: str) -> list[Fact]:
        """The facts of one document, in the order of its text."""
        return self._by_document.get(document, [])

    @cached_property
    def pairs(self) -> tuple[tuple[Fact, Fact], ...]:
        """Pairs of facts that may tell of one happening."""
        return tuple(pairs(self.facts))

    @cached_property
    def by_document(self) -> dict[str, Reading]:
        """The reading of each document id."""
        return {r.document.id: r for r in self.readings}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim by its id."""
        return {c.id: c for r in self.readings for c in r.claims}

    def sentence(self, fact: Fact) -> Sentence:
        """The sentence that a fact stands in."""
        return self.by_document[fact.document].sentences[fact.sentence]

    def quote(self, document: str, span: Offsets, says: str | None) -> Quotation:
        """Exact words of one document."""
        text = self.by_document[document].document.text
        return Quotation(document, span[0], span[1], text[span[0] : span[1]], says)

    def words(self, fact: Fact, says: str | None) -> Quotation:
        """The words of a fact."""
        start, end = fact.start, fact.end
        while (
            start < end
            and not fact.text[start - fact.start].isalnum()
            and fact.text[start - fact.start] not in '"“«('
        ):
            start += 1
        return self.quote(fact.document, (start, end), says)


def place_name(place: Place) -> str:
    """How a message names a place."""
    return place.name or place.text


def dossiers(
    readings: Sequence[Reading], events: Sequence[Event], gazetteer: Gazetteer | None = None
) -> list[Dossier]:
    """Group readings by the dossier that their documents name; those that name none are one dossier.

    Where only one dossier is named, reports handed over with it that name none belong to it.
    """
    named = sorted({r.document.dossier for r in readings if r.document.dossier})
    usual = named[0] if len(named) == 1 else ""
    grouped: dict[str, dict[tuple[str, str], Reading]] = {}
    for reading in readings:
        key = (reading.document.id, reading.document.text)
        held = grouped.setdefault(reading.document.dossier or usual, {})
        if key not in held or repr(reading) < repr(held[key]):
            held[key] = reading
    home = {c.id: name for name, held in grouped.items() for r in held.values() for c in r.claims}
    told: dict[str, list[Event]] = {}
    for event in events:
        for name in sorted({home[c] for c in event.claims if c in home}):
            told.setdefault(name, []).append(event)
    return [
        Dossier(with_years([held[k] for k in sorted(held)]), tuple(told.get(name, ())), gazetteer)
        for name, held in sorted(grouped.items())
    ]
