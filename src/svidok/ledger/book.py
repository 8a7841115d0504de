"""What the views look up: documents, claims with their places, and evidence words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from svidok.ledger.rows import Count, Evidence, Status
from svidok.ledger.vocabulary import table
from svidok.records import Actor, Claim, Event, Place, Quantity, Reading

__all__ = ["Book", "status_of"]


_OF_WHO = re.compile(r"(?:who|that|which)\b")
_JOINED = re.compile(r"\s*(?:,|and|as well as|,\s*and)\s+")
_REACH = 200
"""Characters from a number within which another that is joined to it begins."""


def status_of(claim: Claim) -> Status:
    """How one claim stands: its modality, or "negated" when it says that it did not happen."""
    if claim.polarity == "negated":
        return "denied" if claim.modality == "denied" else "negated"
    return claim.modality


class Book:
    """The readings, indexed by document and claim."""

    def __init__(self, readings: Sequence[Reading], events: Sequence[Event]) -> None:
        self.readings = sorted(readings, key=lambda r: (r.document.id, r.document.text))
        self.texts = {r.document.id: r.document.text for r in self.readings}
        self.published = {r.document.id: r.document.published for r in self.readings}
        self.sources = {r.document.id: r.document.source.name for r in self.readings if r.document.source}
        self.actors = {r.document.id: r.actors for r in self.readings}
        self.attributions = {r.document.id: r.attributions for r in self.readings}
        self.quantities = {r.document.id: r.quantities for r in self.readings}
        self._named = {
            r.document.id: {(p.start, p.end) for p in r.places if p.kind != "country"} for r in self.readings
        }
        self._told = {r.document.id: r.claims for r in self.readings}
        self._times = {r.document.id: r.times for r in self.readings}
        self.claims: dict[str, Claim] = {}
        self.places: dict[str, tuple[Place, ...]] = {}
        for reading in self.readings:
            for claim in reading.claims:
                self.claims.setdefault(claim.id, claim)
                self.places.setdefault(claim.id, tuple(reading.places[i] for i in claim.places))
        self.event_of: dict[str, Event] = {}
        for event in events:
            for claim_id in event.claims:
                self.event_of.setdefault(claim_id, event)

    def of_document(self, document: str) -> tuple[Claim, ...]:
        """The claims of one document."""
        return self._told.get(document, ())

    def ordered(self, types: Iterable[str] | None = None) -> list[Claim]:
        """All claims (of these types) in the order of documents and words."""
        wanted = None if types is None else frozenset(types)
        chosen = (c for c in self.claims.values() if wanted is None or c.type in wanted)
        return sorted(chosen, key=lambda c: (c.document, c.start, c.trigger, c.type, c.id))

    def evidence(self, *claims: Claim) -> tuple[Evidence, ...]:
        """The words of claims."""
        return tuple(self.quote(c.document, c.start, c.end, c.id) for c in claims)

    def quote(self, document: str, start: int, end: int, claim: str | None = None) -> Evidence:
        """Exact words of a document."""
        return Evidence(document, start, end, self.texts[document][start:end], claim)

    def counts(self, claim: Claim) -> tuple[Quantity, ...]:
        """The numbers of a claim, with those that no claim holds but its words do.

        "A toll of 40 guns and 12 tanks": what a comma or an "and" joins to a number of the claim; "300 men
        who fell there": the number before its "who". Only numbers whose fate is told are taken.
        """
        text = self.texts[claim.document]
        found = list(claim.quantities)
        if _OF_WHO.match(text, claim.start):
            before = self._free_near(claim.document, claim.start, claim.start)
            found += [q for q in before if q.end <= claim.start and not text[q.end : claim.start].strip(" ,")]
        for one in found:
            for q in self._free_near(claim.document, one.start, one.end) if one.fate else ():
                between = (q.end, one.start) if q.end <= one.start else (one.end, q.start)
                if q not in found and _JOINED.fullmatch(text, *between):
                    found.append(q)
        return tuple(sorted(found, key=lambda q: q.start))

    @cached_property
    def _free(self) -> dict[str, list[Quantity]]:
        """The numbers of each document that no claim holds and whose fate is told, in their order."""
        fates, out = table("fates"), {}
        for reading in self.readings:
            held = {(q.start, q.end) for c in reading.claims if c.type != "statement" for q in c.quantities}
            free = (q for q in reading.quantities if q.fate in fates and (q.start, q.end) not in held)
            out[reading.document.id] = sorted(free, key=lambda q: q.start)
        return out

    def _free_near(self, document: str, start: int, end: int) -> Sequence[Quantity]:
        free = self._free[document]
        low = bisect_left(free, start - _REACH, key=lambda q: q.start)
        return free[low : bisect_right(free, end + _REACH, key=lambda q: q.start)]

    @cached_property
    def dates_named(self) -> dict[str, frozenset[str | None]]:
        """For each document the names of actors whose words are a date there ("April")."""
        return {
            document: frozenset(a.name for a in actors if self.is_time(document, a.start, a.end))
            for document, actors in self.actors.items()
        }

    def is_time(self, document: str, start: int, end: int) -> bool:
        """Whether words end in a date or time ("April" is nobody, "an 18-month-old child" is somebody)."""
        return any(t.start < end <= t.end and start < t.end for t in self._times[document])

    def is_place(self, claim: Claim, actor: Actor) -> bool:
        """Whether words that stand as an actor only name a place: where it happens, or no state that acts."""
        if actor.side is not None:
            return False
        own = any(p.start == actor.start for p in self.places[claim.id])
        return own or (actor.start, actor.end) in self._named[claim.document]

    def where(self, claim: Claim) -> dict[str, Any]:
        """The columns of a row that tell where a claim happened."""
        from svidok.events.atoms import finest

        places = finest(self.places[claim.id])
        return place_columns(places[0]) if places else {}

    def columns(self, claim: Claim) -> dict[str, Any]:
        """The columns that every row of one claim has, its place apart."""
        time = claim.time
        return {
            "status": status_of(claim),
            "earliest": time.earliest if time else None,
            "latest": time.latest if time else None,
            "edtf": time.edtf if time else None,
            "speaker": claim.speaker,
            "documents": (claim.document,),
            "claims": (claim.id,),
            "evidence": self.evidence(claim),
        }

    def words(self, claim: Claim) -> str:
        """The evidence words of a claim."""
        return self.texts[claim.document][claim.start : claim.end]


def place_columns(place: Place) -> dict[str, Any]:
    """The columns of a row that describe one place."""
    return {
        "place": place.name or place.text,
        "place_kind": place.kind,
        "lat": place.lat,
        "lon": place.lon,
        "radius_km": place.radius_km,
    }


def counts_of(quantities: Iterable[Quantity]) -> tuple[Count, ...]:
    """Quantities as columns."""
    return tuple(
        Count(q.what, q.kind, q.fate, q.low, q.high, None, q.text, q.bound, q.unit) for q in quantities
    )
