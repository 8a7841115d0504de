"""What every export writes from: the chronicle, its events with their claims, their words, their doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from svidok.ledger import Ledger
from svidok.ledger.rows import ChronologyRow, Count
from svidok.publish.kinds import load_kinds
from svidok.records import Claim, Document, Event, Finding, Place, Reading

__all__ = ["HAPPENED", "Days", "Edition", "Export", "Happening", "WherePrecision", "days_of"]

HAPPENED = frozenset(("asserted", "reported", "announced", "disputed"))
"""The standings of events that somebody says have happened; all others never become one elsewhere."""

_EXACT_KM, _NEAR_KM, _REGION_KM = 15.0, 50.0, 400.0


@dataclass(frozen=True, slots=True)
class Export:
    """A file, how many rows it has, and what was left out for which reason."""

    data: bytes
    rows: int
    left_out: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """The first and last day of an event, inclusive, both known; ``count`` is how many days it may lie in."""

    first: date
    last: date

    @property
    def count(self) -> int:
        """Days in the interval, one when the day is known."""
        return (self.last - self.first).days + 1

    @property
    def middle(self) -> date:
        """The day in the middle, the earlier of two."""
        return date.fromordinal((self.first.toordinal() + self.last.toordinal()) // 2)


WherePrecision = str
"""point, near, district, region, area, country or none: how exactly an event is placed."""


def days_of(earliest: str | None, latest: str | None) -> Days | None:
    """The days of two ISO bounds; None when a side is open or is no day of our calendar (years BC).

    >>> days_of("2022-03-01", "2022-03-31").count, days_of(None, "2022-03-31") is None
    (31, True)
    """
    try:
        first, last = date.fromisoformat((earliest or "")[:10]), date.fromisoformat((latest or "")[:10])
    except ValueError:
        return None
    return Days(first, last) if first <= last else None


@dataclass(frozen=True)
class Happening:
    """One event of the chronology with all that stands behind it."""

    row: ChronologyRow
    event: Event | None
    claims: tuple[Claim, ...]
    documents: tuple[Document, ...]

    @property
    def happened(self) -> bool:
        """Whether somebody says that it has happened (denied by others or not)."""
        return self.row.status in HAPPENED and (self.event is None or self.event.happened)

    @property
    def place(self) -> Place | None:
        """The resolved place, with its containers, where the event has one."""
        return self.event.place if self.event else None

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude in degrees, five decimals (a metre); None where no place is known."""
        if self.row.lat is None or self.row.lon is None:
            return None
        return round(self.row.lon, 5), round(self.row.lat, 5)

    @property
    def days(self) -> Days | None:
        """Its first and last day, None when a side is open."""
        return days_of(self.row.earliest, self.row.latest)

    @property
    def where_precision(self) -> WherePrecision:
        """How exactly it is placed."""
        if self.point is None:
            return "none"
        kind, radius = self.row.place_kind, self.row.radius_km or 0.0
        relation = self.place.relation if self.place else None
        if kind in ("country", "region", "district"):
            return kind
        if kind in ("area", "water") or relation:
            return "near" if radius <= _NEAR_KM else "area" if radius <= _REGION_KM else "country"
        return "point" if radius <= _EXACT_KM else "near"

    @property
    def country(self) -> str | None:
        """The name of the country that the place lies in."""
        place = self.place
        if place is None:
            return None
        if place.kind == "country":
            return place.name
        return place.within[-1] if place.within and place.country else None

    @property
    def regions(self) -> tuple[str, ...]:
        """The containers of the place below the country, from large to small."""
        place = self.place
        if place is None or place.kind == "country":
            return ()
        own = (place.name,) if place.kind in ("region", "district") and place.name else ()
        inner = place.within[:-1] if place.country else place.within
        return (*reversed(inner), *own)

    @property
    def title(self) -> str:
        """Its label, or the name of its kind where it has none of its own."""
        row = self.row
        kind = load_kinds().get(row.type)
        code = row.type.replace("_", " ")
        name = kind.label if kind else code
        label = " ".join(row.label.split())
        if label.casefold() in ("", row.type, code):
            return name
        return name + label[len(code) :] if label.startswith(f"{code} at ") else label

    @property
    def acled(self) -> str | None:
        """The commonest ACLED sub-event type of its affirmed claims, the first of equals."""
        types = [c.acled for c in self.claims if c.acled and c.polarity == "affirmed"]
        return max(types, key=lambda name: (types.count(name), -types.index(name))) if types else None

    @property
    def sources(self) -> tuple[str, ...]:
        """The names of the sources of its reports: outlet, else title, else the document's id."""
        names = (d.source.name if d.source else d.title or d.id for d in self.documents)
        return tuple(dict.fromkeys(" ".join(name.split()) for name in names))

    def killed(self) -> tuple[Count, ...]:
        """Its counts of people killed."""
        return tuple(count for count in self.row.counts if count.fate == "killed")

    def notes(self) -> str:
        """Who says what in which words, where these stand, and what is in doubt: for a field of free text.

        Every quotation is followed by its source, the first digits of the document's SHA-256 and its
        offsets, so that a row of any table leads back to its words.
        """
        told = [f"{self.title}."]
        known = {document.id: document for document in self.documents}
        speakers = {claim.id: claim.speaker for claim in self.claims}
        for words in self.row.evidence:
            document = known.get(words.document)
            source = self._name(document) if document else words.document
            day = f", {document.published}" if document and document.published else ""
            told.append(
                f"{speakers.get(words.claim or '') or 'The report'}: “{' '.join(words.text.split())}” "
                f"({source}{day}; document {words.document[:16]}, characters {words.start}-{words.end})."
            )
        if self.row.edtf or self.row.earliest or self.row.latest:
            between = f"{self.row.earliest or 'unknown'} to {self.row.latest or 'unknown'}"
            told.append(f"When: {self.row.edtf or between}.")
        if self.point and self.row.radius_km:
            told.append(f"Where: {self.row.place}, within {self.row.radius_km:g} km.")
        told.append(f"Standing: {self.row.status}; independent witnesses: {self.row.witnesses}.")
        told.extend(f"Disputed: {dispute}." for dispute in self.row.disputes)
        return " ".join(told)

    @staticmethod
    def _name(document: Document) -> str:
        name = document.source.name if document.source else document.title or document.path or document.id
        return " ".join(name.split())


@dataclass(frozen=True)
class Edition:
    """A chronicle ready to be written: all of it, or what review and redaction left of it."""

    readings: Sequence[Reading]
    events: Sequence[Event]
    findings: Sequence[Finding]
    ledger: Ledger
    title: str = "A chronicle"

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Every report by its id."""
        return {reading.document.id: reading.document for reading in self.readings}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Every claim by its id, in the order of reports and words."""
        return {claim.id: claim for reading in self.readings for claim in reading.claims}

    @cached_property
    def happenings(self) -> tuple[Happening, ...]:
        """Every event of the chronology, in its order, whatever its standing."""
        events = {event.id: event for event in self.events}
        return tuple(
            Happening(
                row,
                events.get(row.event),
                tuple(self.claims[key] for key in row.claims if key in self.claims),
                tuple(self.documents[key] for key in row.documents if key in self.documents),
            )
            for row in self.ledger.chronology
        )

    def happened(self) -> Iterator[Happening]:
        """The events that somebody says have happened."""
        return (happening for happening in self.happenings if happening.happened)

    @property
    def not_happened(self) -> tuple[str, int]:
        """The reason and the number of those that no format without a standing may hold."""
        number = sum(not happening.happened for happening in self.happenings)
        return "denied, planned, feared or demanded, not said to have happened", number
