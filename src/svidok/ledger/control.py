"""Who took, held, entered, contested or left each settlement, and who is last known to hold it."""

from __future__ import annotations

import re
from collections import defaultdict

from svidok.events.atoms import finest, place_key
from svidok.ledger.book import Book, place_columns, status_of
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
_WHOLE = 100
_NEAR = 5
"""What is taken stands within so many words of the verb."""

_PASSIVE = re.compile(r"\b(?:is|are|was|were|been|being)\W*$")


def control(book: Book) -> tuple[ControlRow, ...]:
    """One row for each claim on the hold of each place, in order of place and time."""
    rows = []
    claims = book.ordered(CHANGES)
    returning = _who_retakes(book, claims)
    for claim in claims:
        sides = sorted({side for a in claim.actors if (side := side_of(a))})
        if not sides and _is_return(book, claim):
            sides = returning.get(claim.document, [])
        for place in finest(book.places[claim.id]):
            if claim.type == "move" and not (place.kind in _ENTERED and _is_forceful(book, claim)):
                continue
            change = _change(book, claim, place)
            if change is None:
                continue
            key = place_key(place)
            rows.append(
                ControlRow(
                    id=content_id("control", claim.id, key),
                    settlement=key,
                    change=change,
                    side="; ".join(sides) or None,
                    published=book.published[claim.document],
                    **place_columns(place),
                    **book.columns(claim),
                )
            )
    return tuple(sorted(rows, key=lambda r: (r.place or "", r.settlement, _when(r), r.id)))


def _change(book: Book, claim: Claim, place: Place) -> str | None:
    """What a claim changes of the hold of a place: a share of a town, or one house in it, is not the town.

    None where the place only names what was taken ("the X nuclear power plant").
    """
    if claim.type != "capture":
        return CHANGES[claim.type]
    if any(q.kind == "share" and q.low is not None and q.low < _WHOLE for q in claim.quantities):
        return "contested"
    if place.kind != "settlement":
        return CHANGES[claim.type]
    text = book.texts[claim.document]
    following = " ".join(text[place.end : claim.end].split()[:_NEAR])
    if pattern("named_house").match(following):
        return None
    return "entered" if _is_house(text, claim, place) else CHANGES[claim.type]


def _is_house(text: str, claim: Claim, place: Place) -> bool:
    """Whether what is taken is a house in a town: it stands by the verb, the town behind it or elsewhere."""
    low, high = claim.trigger
    before, after = text[claim.start : low], text[high : claim.end]
    if high <= place.start < claim.end:
        after = text[high : place.start]
    if low > place.start >= claim.start:
        before = text[place.end : low]
    taken = " ".join(before.split()[-_NEAR:]) if _PASSIVE.search(before) else " ".join(after.split()[:_NEAR])
    return pattern("houses").search(taken) is not None


def _who_retakes(book: Book, claims: list[Claim]) -> dict[str, list[str]]:
    """For each report the one side that retakes places in it: who is meant where none is named."""
    told: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if _is_return(book, claim) and status_of(claim) in _DONE:
            told[claim.document].update(a.side for a in claim.actors if a.side)
    return {document: sorted(sides) for document, sides in told.items() if len(sides) == 1}


def _is_return(book: Book, claim: Claim) -> bool:
    """Whether a place goes back to those who lost it: liberated, recaptured."""
    trigger = book.texts[claim.document][slice(*claim.trigger)]
    return claim.type == "capture" and pattern("returns").search(trigger) is not None


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


def _told_last(row: ControlRow) -> tuple[str, bool, str, int]:
    """The order of rows in time; on one day a named side tells more, then what a report tells later."""
    words = row.evidence[0]
    return _when(row), row.side is not None, words.document, words.start


def _last_taking(took: list[ControlRow]) -> ControlRow | None:
    """The last row by which a place was taken; that it was freed, by nobody named, repeats who freed it."""
    last = max(took, key=_told_last, default=None)
    named = max((row for row in took if row.side), key=_told_last, default=None)
    if last is None or last.side or named is None:
        return last
    freed = all(pattern("returns").search(row.evidence[0].text) for row in (last, named))
    return named if freed else last


def _is_retaken(last: ControlRow, took: list[ControlRow]) -> bool:
    """Whether the same report goes on to say that somebody unnamed took the place back."""
    held = last.evidence[0]
    return not pattern("returns").search(held.text) and any(
        row.side is None
        and words.document == held.document
        and words.start >= held.start
        and pattern("returns").search(words.text)
        for row in took
        for words in row.evidence[:1]
    )


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
        last = _last_taking(took)
        gone = max(left, key=_told_last, default=None)
        fought = [r for r in done if r.change in {"contested", "besieged"}]
        holder = last.side if last else None
        if last and _is_retaken(last, took):
            holder = None
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
