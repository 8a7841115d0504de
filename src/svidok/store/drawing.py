"""Records drawn as stored rows: narrow columns to filter by, a body to show, facets, words to search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log10
from textwrap import shorten
from typing import Any

from svidok.events.atoms import finest
from svidok.events.days import first_day, interval, iso_day
from svidok.ledger import ChronologyRow, Ledger, Row
from svidok.ledger.book import status_of
from svidok.publish.wording import document_name, plural
from svidok.records import (
    Claim,
    Document,
    Estimate,
    Event,
    Finding,
    Place,
    Quantity,
    Reading,
    Sentence,
    content_id,
)
from svidok.store.codec import digest, pack, unpack
from svidok.store.tables import FAR
from svidok.store.views import VIEWS, EventView, ReviewState
from svidok.store.words import folded, plain

__all__ = [
    "NOT_DONE",
    "ClaimBody",
    "Drawn",
    "EventBody",
    "FindingBody",
    "RowBody",
    "Sources",
    "draw_claims",
    "draw_events",
    "draw_findings",
    "draw_rows",
]

NOT_DONE = frozenset(("planned", "possible", "requested", "denied", "negated"))
"""Standings of what is not said to have happened."""

_AROUND = 160
_QUOTED = 90
_SEVERITIES = ("high", "medium", "low")
_SEARCHED = 6000
_BY_PLACE = frozenset(("control", "settlements"))


@dataclass(frozen=True, slots=True)
class ClaimBody:
    """What a list of claims shows of one, its review apart."""

    claim: Claim
    effective: Claim | None
    places: tuple[Place, ...]
    words: str
    before: str
    after: str
    name: str
    source: str | None
    published: str | None


@dataclass(frozen=True, slots=True)
class EventBody:
    """What a list of events shows of one, its review apart."""

    view: EventView


@dataclass(frozen=True, slots=True)
class FindingBody:
    """What a list of findings shows of one, its review apart."""

    finding: Finding
    names: tuple[str, ...]
    sources: tuple[str | None, ...]
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowBody:
    """A row of the ledger, by its view, with the names of its documents."""

    row: bytes
    names: tuple[str, ...]


@dataclass(slots=True)
class Drawn:
    """One thing as it will be stored, without its number."""

    id: str
    columns: dict[str, Any]
    body: bytes
    words: str = ""
    record: bytes = b""
    facets: frozenset[tuple[str, str]] = frozenset()
    members: tuple[tuple[str, str], ...] = ()
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        self.digest = digest(
            self.body,
            self.record,
            self.words,
            sorted(self.columns.items()),
            sorted(self.facets),
            self.members,
        )


@dataclass(frozen=True, slots=True)
class _Origin:
    name: str
    source: str | None
    published: str | None
    known: int | None
    dossier: str | None


class Sources:
    """Where each document and claim comes from, to look up while drawing."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.of: dict[str, _Origin] = {}
        for document in documents:
            self.of[document.id] = _Origin(
                plain(document_name(document)) or document.id,
                plain(document.source.name) if document.source else None,
                document.published,
                first_day(document.published),
                plain(document.dossier),
            )

    def known(self, documents: Iterable[str]) -> int | None:
        """The first day on which one of these documents was published."""
        return min((day for d in documents if (day := self.of[d].known) is not None), default=None)

    def facets(self, documents: Iterable[str]) -> set[tuple[str, str]]:
        """Sources and dossiers of these documents."""
        found: set[tuple[str, str]] = set()
        for document in documents:
            origin = self.of[document]
            if origin.source:
                found.add(("source", origin.source))
            if origin.dossier:
                found.add(("dossier", origin.dossier))
        return found


def draw_claims(
    machine: Sequence[Reading],
    effective: Sequence[Reading],
    corrections: Mapping[str, Claim],
    sources: Sources,
) -> list[Drawn]:
    """Every claim that the machine found or an act carries on, also the rejected ones.

    Args:
        machine: readings as the machine made them.
        effective: the same readings as people judged them, in the same order.
        corrections: claim id -> the claim with corrections.
    """
    out: dict[str, Drawn] = {}
    for found, judged in zip(machine, effective, strict=True):
        own = {claim.id for claim in found.claims}
        carried = [claim for claim in judged.claims if claim.id not in own]
        texts = _Words(found.document, found.sentences)
        origin = sources.of[found.document.id]
        for claim in (*found.claims, *carried):
            right = corrections.get(claim.id)
            shown = right or claim
            pool = judged.places if right or claim.id not in own else found.places
            places = tuple(pool[i] for i in shown.places)
            before, words, after = texts.around(claim)
            body = ClaimBody(
                claim, right, places, words, before, after, origin.name, origin.source, origin.published
            )
            out.setdefault(claim.id, _claim(shown, places, body, origin, sources))
    return list(out.values())


def _claim(
    claim: Claim, places: tuple[Place, ...], body: ClaimBody, origin: _Origin, sources: Sources
) -> Drawn:
    point = next((p for p in finest(places) if p.lat is not None), None) or (places[0] if places else None)
    first, last = interval(claim.time.earliest, claim.time.latest) if claim.time else (None, None)
    standing = status_of(claim)
    named = [a.name or a.text for a in (*claim.actors, *claim.targets)]
    facets = sources.facets((claim.document,))
    facets |= {("side", a.side) for a in (*claim.actors, *claim.targets) if a.side}
    facets |= {("place", name) for name in _place_names(places)}
    if claim.speaker:
        facets.add(("speaker", claim.speaker))
    return Drawn(
        claim.id,
        {
            "document": claim.document,
            "start": claim.start,
            "type": claim.type,
            "modality": standing,
            "happened": standing not in NOT_DONE,
            "first": first,
            "last": last,
            "place": folded(point.name or point.text) if point else None,
            "lat": point.lat if point else None,
            "lon": point.lon if point else None,
            "confidence": float(claim.confidence),
            "known": origin.known,
            "weight": round(1 - abs(2 * float(claim.confidence) - 1) + 0.3 * _toll(claim.quantities), 4),
        },
        pack(body),
        words=folded(
            " ".join([body.words, *named, *(p.name or p.text for p in places), claim.speaker or ""])
        ),
        facets=_clean(facets),
    )


def draw_events(
    events: Sequence[Event], chronology: Sequence[ChronologyRow], claims: Mapping[str, Drawn],
    documents: Mapping[str, str], sources: Sources,
) -> list[Drawn]:  # fmt: skip
    """Every event, with its claims as members.

    Args:
        events: from ``reconcile``.
        chronology: the time line, which tells how each stands.
        claims: the drawn claims by id.
        documents: claim id -> document id.
    """
    stands = {row.event: row.status for row in chronology}
    out = []
    for event in events:
        homes = tuple(sorted({documents[c] for c in event.claims}))
        facets = sources.facets(homes)
        named = sorted({value for name, value in facets if name == "source"})
        known = sources.known(homes)
        time, place = event.time, event.place
        first, last = interval(time.earliest, time.latest) if time else (None, None)
        view = EventView(
            id=event.id,
            type=event.type,
            label=event.label,
            earliest=time.earliest if time else None,
            latest=time.latest if time else None,
            edtf=time.edtf if time else None,
            place=(place.name or place.text) if place else None,
            place_kind=place.kind if place else None,
            lat=place.lat if place else None,
            lon=place.lon if place else None,
            radius_km=place.radius_km if place else None,
            sides=event.sides,
            actors=event.actors,
            sources=tuple(named),
            witnesses=event.witnesses,
            claims=len(event.claims),
            happened=event.happened,
            standing=stands.get(event.id, "asserted" if event.happened else "possible"),
            counts=tuple((_counted(e), e.low, e.best, e.high) for e in event.estimates),
            disputes=event.disputes,
            part_of=event.part_of,
            known=iso_day(known) if known is not None else None,
            state=ReviewState(),
            quote=_quote(event, claims),
        )
        facets |= {("side", side) for side in event.sides}
        facets |= {f for c in event.claims for f in claims[c].facets if f[0] == "speaker"}
        facets |= {("place", name) for name in _place_names((place,) if place else ())}
        words = " ".join([event.label, *event.actors, *(claims[c].words for c in event.claims)])
        out.append(
            Drawn(
                event.id,
                {
                    "type": event.type,
                    "happened": event.happened,
                    "first": first,
                    "last": last,
                    "sort": _listed(first, last),
                    "place": folded(view.place) if view.place else None,
                    "lat": view.lat,
                    "lon": view.lon,
                    "radius_km": view.radius_km,
                    "side": event.sides[0] if len(event.sides) == 1 else None,
                    "witnesses": event.witnesses,
                    "known": known,
                    "part_of": event.part_of,
                    "weight": _event_weight(event),
                },
                pack(EventBody(view)),
                words=folded(words)[:_SEARCHED],
                record=pack(event),
                facets=_clean(facets),
                members=tuple((c, documents[c]) for c in event.claims),
            )
        )
    return out


def _quote(event: Event, claims: Mapping[str, Drawn]) -> str:
    """The first words of an event that has no name but its type."""
    if event.label != event.type.replace("_", " ") or not event.claims:
        return ""
    words = " ".join(unpack(claims[event.claims[0]].body, ClaimBody).words.split())
    return shorten(words, _QUOTED, placeholder="…")


def draw_findings(
    findings: Sequence[Finding], spots: Mapping[str, Sequence[tuple[int, int, str]]], sources: Sources
) -> list[Drawn]:
    """Every finding, with the claims that stand at its words.

    Args:
        findings: from ``find_findings``.
        spots: document id -> start, end and id of its claims, in order.
    """
    out: dict[str, Drawn] = {}
    for finding in findings:
        homes = tuple(dict.fromkeys(span.id for span in finding.spans))
        origins = [sources.of[span.id] for span in finding.spans]
        touched = tuple(
            dict.fromkeys(
                claim
                for span in finding.spans
                for start, end, claim in spots.get(span.id, ())
                if start < span.end and span.start < end
            )
        )
        body = FindingBody(finding, tuple(o.name for o in origins), tuple(o.source for o in origins), touched)
        known = max((o.known for o in origins if o.known is not None), default=None)
        facets = sources.facets(homes) | {("document", home) for home in homes}
        facets |= {("claim", claim) for claim in touched}
        made = Drawn(
            content_id(
                "finding", finding.kind, finding.message, [(s.id, s.start, s.end) for s in finding.spans]
            ),
            {
                "kind": finding.kind,
                "severity": _SEVERITIES.index(finding.severity),
                "sort": known if known is not None else FAR,
                "known": known,
                "weight": 5.0 - 1.5 * _SEVERITIES.index(finding.severity) + 0.1 * len(homes),
            },
            pack(body),
            words=folded(" ".join([finding.message, *(s.text for s in finding.spans)])),
            facets=_clean(facets),
        )
        out.setdefault(made.id, made)
    return list(out.values())


def draw_rows(ledger: Ledger, types: Mapping[str, str], sources: Sources) -> list[Drawn]:
    """Every row of every view of the ledger, findings apart.

    Args:
        ledger: from ``ledger.build``.
        types: claim id -> its type.
    """
    out: dict[str, Drawn] = {}
    for view in VIEWS:
        for row in getattr(ledger, view):
            made = _row(view, row, types, sources)
            out.setdefault(made.id, made)
    return list(out.values())


def _row(view: str, row: Row, types: Mapping[str, str], sources: Sources) -> Drawn:
    first, last = interval(row.earliest, row.latest)
    claim = row.claims[0] if row.claims else None
    event = getattr(row, "event", None) if view == "chronology" else None
    facets = sources.facets(row.documents)
    for name in ("side", "holder", "lost_by"):
        facets |= {("side", side) for side in (getattr(row, name, None) or "").split("; ") if side}
    facets |= {("side", side) for side in getattr(row, "sides", ())}
    facets |= {("speaker", who) for who in (row.speaker or "").split("; ") if who}
    spelt = (row.place, *getattr(row, "spellings", ()))
    facets |= {("place", name) for p in spelt if p and (name := folded(p))}
    day = _listed(first, last) + FAR
    names = tuple(sources.of[d].name for d in row.documents)
    place = folded(row.place) if row.place else None
    return Drawn(
        row.id,
        {
            "view": view,
            "sort": f"{place or '~'}|{day:08d}" if view in _BY_PLACE else f"{day:08d}",
            "claim": claim if view != "chronology" else None,
            "event": event,
            "type": getattr(row, "type", None) or (types.get(claim) if claim else None),
            "modality": row.status,
            "happened": row.status not in NOT_DONE,
            "first": first,
            "last": last,
            "place": place,
            "lat": row.lat,
            "lon": row.lon,
            "known": sources.known(row.documents),
            "witnesses": getattr(row, "witnesses", 1),
        },
        pack(RowBody(pack(row), names)),
        facets=_clean(facets),
    )


def _toll(quantities: Iterable[Quantity]) -> float:
    """How many people a count tells of, as a power of ten."""
    people = (q.high or q.low or 0.0 for q in quantities if q.kind == "people")
    return log10(1 + max(people, default=0.0))


def _event_weight(event: Event) -> float:
    """What a wrong event would do: people counted, claims that rest on it, accounts that differ."""
    reach = log10(1 + len(event.claims)) + 0.5 * log10(1 + event.witnesses)
    return round(reach + 0.5 * _toll(event.quantities) + (1.0 if event.disputes else 0.0), 4)


class _Words:
    """The words around claims of one document, inside the sentences they stand in."""

    def __init__(self, document: Document, sentences: Sequence[Sentence]) -> None:
        self.text = document.text
        self.starts = [s.start for s in sentences]
        self.ends = [s.end for s in sentences]

    def around(self, claim: Claim) -> tuple[str, str, str]:
        from bisect import bisect_left, bisect_right

        at = bisect_right(self.starts, claim.start) - 1
        start = self.starts[at] if at >= 0 else claim.start
        last = bisect_left(self.ends, claim.end)
        end = self.ends[last] if last < len(self.ends) else claim.end
        start = max(min(start, claim.start), claim.start - _AROUND)
        end = min(max(end, claim.end), claim.end + _AROUND)
        text = self.text
        return text[start : claim.start], text[claim.start : claim.end], text[claim.end : end]


def _place_names(places: Iterable[Place]) -> set[str]:
    return {folded(n) for p in places for n in (p.name, p.text) if n and folded(n)}


def _clean(facets: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    return frozenset((name, plain(value) or "") for name, value in facets)


def _listed(first: int | None, last: int | None) -> int:
    return first if first is not None else last if last is not None else FAR


def _counted(estimate: Estimate) -> str:
    one = estimate.low == estimate.high == 1
    what = estimate.what and (estimate.what if one else plural(estimate.what))
    return " ".join(word for word in (what, estimate.fate) if word) or "count"
