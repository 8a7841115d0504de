"""Who took, held, entered, contested or left each settlement, and who is last known to hold it."""

from __future__ import annotations

import re
from collections import defaultdict

from svidok.events.atoms import finest, place_key
from svidok.ledger.book import Book, place_columns
from svidok.ledger.people import FORCES
from svidok.ledger.rows import ControlRow, SettlementRow, Status
from svidok.ledger.vocabulary import pattern
from svidok.records import Actor, Claim, Place, content_id

__all__ = ["CHANGES", "control", "settlements"]

CHANGES = {
    "capture": "took",
    "withdraw": "left",
    "battle": "contested",
    "siege": "besieged",
    "move": "entered",
    "base": "held",
}
_ENTERED = frozenset({"settlement", "district", "facility"})
_SETTLED = frozenset({"settlement", "district", "facility", None})
_DONE = frozenset({"asserted", "reported", "announced", "disputed"})


def control(book: Book) -> tuple[ControlRow, ...]:
    """One row for each claim on the hold of each place, in order of place and time."""
    rows = []
    for claim in book.ordered(CHANGES):
        sides = sorted({side for a in claim.actors if (side := side_of(a))})
        for place in finest(book.places[claim.id]):
            if claim.type == "move" and not (place.kind in _ENTERED and _is_forceful(book, claim)):
                continue
            key = place_key(place)
            rows.append(
                ControlRow(
                    id=content_id("control", claim.id, key),
                    settlement=key,
                    change=CHANGES[claim.type],
                    side="; ".join(sides) or None,
                    published=book.published[claim.document],
                    **place_columns(place),
                    **book.columns(claim),
                )
            )
    return tuple(sorted(rows, key=lambda r: (r.place or "", r.settlement, _when(r), r.id)))


def side_of(actor: Actor) -> str | None:
    """The side of an actor, or its name; words that name nobody ("our troops") are no side.

    >>> side_of(Actor(0, 5, "Wagner")), side_of(Actor(0, 10, "the troops"))
    ('Wagner', None)
    """
    if actor.side:
        return actor.side
    told = actor.name or actor.text
    plain = re.sub(
        r"^(?:the|a|an|our|their|its|his|some|these|those)\s+", "", told.strip(), flags=re.IGNORECASE
    )
    return None if not plain or pattern("faceless").fullmatch(plain) else told


def _is_forceful(book: Book, claim: Claim) -> bool:
    """Whether armed men move: lorries with bread that reach a town change nothing of its hold."""
    if any(a.kind in FORCES for a in claim.actors):
        return True
    return not claim.actors and pattern("military").search(book.words(claim)) is not None


def _when(row: ControlRow) -> str:
    return row.latest or row.earliest or row.published or ""


def _is_contested(fought: list[ControlRow], changed: list[ControlRow]) -> bool:
    """Whether a place is fought over at the end: fighting told for a day after its last change of hands.

    Fighting of no told day says nothing of the end where the place is said to have changed hands.
    """
    if not changed:
        return bool(fought)
    newest = max((r.latest or r.earliest or "" for r in changed), default="")
    return any(day >= newest for r in fought if newest and (day := r.latest or r.earliest or ""))


def _is_settlement(place: Place | None) -> bool:
    """Whether a place is a settlement: also a village of which only the area it lies in is known."""
    if place is None or place.relation:
        return False
    return place.kind in _SETTLED or (place.kind == "area" and len(place.within) > 1)


def settlements(book: Book, changes: tuple[ControlRow, ...]) -> tuple[SettlementRow, ...]:
    """One row a settlement: its last known holder, since when, contested or not, all with evidence."""
    grouped: dict[str, list[ControlRow]] = defaultdict(list)
    for row in changes:
        grouped[row.settlement].append(row)
    within: dict[str, Place] = {}
    spelt: dict[str, set[str]] = defaultdict(set)
    for reading in book.readings:
        for place in reading.places:
            key = place_key(place)
            within.setdefault(key, place)
            spelt[key].add(place.text)
    grouped = {key: rows for key, rows in grouped.items() if _is_settlement(within.get(key))}
    out = []
    for key in sorted(grouped, key=lambda k: (grouped[k][0].place or "", k)):
        rows = grouped[key]
        done = [r for r in rows if r.status in _DONE]
        took = [r for r in done if r.change in {"took", "held"}]
        left = [r for r in done if r.change == "left"]
        last = max(took, key=lambda r: (_when(r), r.id), default=None)
        gone = max(left, key=lambda r: (_when(r), r.id), default=None)
        fought = [r for r in done if r.change in {"contested", "besieged"}]
        holder = last.side if last else None
        if last and gone and gone.side and last.side == gone.side and _when(gone) >= _when(last):
            holder = None
        status: Status = done[-1].status if done else rows[-1].status
        first = rows[0]
        out.append(
            SettlementRow(
                id=content_id("settlement", key),
                status=status,
                place=first.place,
                place_kind=first.place_kind,
                lat=first.lat,
                lon=first.lon,
                radius_km=first.radius_km,
                earliest=min((r.earliest for r in done if r.earliest), default=None),
                latest=max((r.latest for r in done if r.latest), default=None),
                documents=tuple(sorted({d for r in rows for d in r.documents})),
                claims=tuple(dict.fromkeys(c for r in rows for c in r.claims)),
                evidence=tuple(dict.fromkeys(e for r in rows for e in r.evidence)),
                settlement=key,
                spellings=tuple(sorted(spelt[key])),
                within=within[key].within,
                holder=holder,
                since=last.earliest if last and holder else None,
                by=last.latest if last and holder else None,
                lost_by=gone.side if gone else None,
                contested=_is_contested(fought, took + left),
                changes=tuple(r.id for r in sorted(rows, key=lambda r: (_when(r), r.id))),
            )
        )
    return tuple(out)
