"""A ``Filter`` as conditions on the narrow tables: the same for events, claims, rows and findings."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from svidok.errors import InputError
from svidok.events.days import first_day, last_day
from svidok.store import tables as t
from svidok.store.database import Database
from svidok.store.tables import FAR
from svidok.store.views import Box, Filter, Near, Paging
from svidok.store.words import folded, terms

__all__ = [
    "LARGEST_PAGE", "around", "bounded", "conditions", "day_of", "document_conditions", "paged",
    "span_of",
]  # fmt: skip

LARGEST_PAGE = 1_000
KM_PER_DEGREE = 111.195

Condition = ColumnElement[bool]
S = TypeVar("S", bound=Select[Any])


def conditions(kind: str, table: Any, wanted: Filter, database: Database) -> list[Condition]:
    """What must hold for a row of ``claims``, ``events``, ``rows`` or ``findings``.

    Args:
        kind: claim, event, row or finding.
        table: its narrow table.
        wanted: what to show; a field that the kind does not have is refused.
        database: knows full text and distances.

    Raises:
        InputError: a day is no day, or a field does not fit the kind.
    """
    columns = table.c
    found: list[Condition] = []
    if wanted.text:
        found.append(_text(kind, table, wanted.text, database))
    if wanted.place:
        found.append(_place(kind, table, wanted.place))
    for field in ("near", "box", "happened", "placed", "modalities", "min_witnesses", "min_confidence"):
        needs = {"near": "lat", "box": "lat", "placed": "lat", "modalities": "modality"}
        column = needs.get(field, field.removeprefix("min_"))
        if getattr(wanted, field) not in (None, ()) and column not in columns:
            raise InputError(f"{kind}s cannot be filtered by {field}", remedy="leave that filter out")
    if wanted.near is not None:
        found += [
            _in_box(columns, around(wanted.near)),
            database.within(columns.lat, columns.lon, wanted.near),
        ]
    if wanted.box is not None:
        found.append(_in_box(columns, wanted.box))
    if wanted.happened is not None:
        found.append(columns.happened == wanted.happened)
    if wanted.placed is not None:
        found.append(columns.lat.is_not(None) if wanted.placed else columns.lat.is_(None))
    if wanted.modalities:
        found.append(columns.modality.in_(wanted.modalities))
    if wanted.min_witnesses is not None:
        found.append(columns.witnesses >= wanted.min_witnesses)
    if wanted.min_confidence is not None:
        found.append(columns.confidence >= wanted.min_confidence)
    found += _times(kind, columns, wanted)
    if wanted.types:
        found.append((columns.kind if kind == "finding" else columns.type).in_(wanted.types))
    if wanted.severities:
        if kind != "finding":
            raise InputError(f"{kind}s have no severity", remedy="leave that filter out")
        found.append(columns.severity.in_([("high", "medium", "low").index(s) for s in wanted.severities]))
    if wanted.statuses:
        found.append(_statuses(kind, columns, wanted.statuses))
    if wanted.known_by:
        found.append(columns.known <= day_of(wanted.known_by, last=True))
    if wanted.documents:
        found.append(_documents(kind, columns, wanted.documents))
    for field, values in (
        ("side", wanted.sides),
        ("source", wanted.sources),
        ("speaker", wanted.speakers),
        ("dossier", (wanted.dossier,) if wanted.dossier else ()),
        *(("source", (name,)) for name in wanted.also_sources),
    ):
        if values:
            found.append(columns.number.in_(_refs(kind, field, values)))
    if wanted.not_sources:
        found.append(columns.number.not_in(_refs(kind, "source", wanted.not_sources)))
    return found


def document_conditions(wanted: Filter, database: Database) -> list[Condition]:
    """What must hold for a row of ``documents``: times are days of publication."""
    columns = t.documents.c
    found: list[Condition] = []
    if wanted.text:
        hit = select(t.sentences.c.document).where(
            database.matches("sentence", t.sentences.c.number, terms(wanted.text))
        )
        found.append(columns.id.in_(hit))
    if wanted.earliest:
        found.append(columns.published_day >= day_of(wanted.earliest, last=False))
    if wanted.latest:
        found.append(columns.published_day <= day_of(wanted.latest, last=True))
    if wanted.known_by:
        found.append(columns.published_day <= day_of(wanted.known_by, last=True))
    if wanted.dated is not None:
        found.append(columns.published_day.is_not(None) if wanted.dated else columns.published_day.is_(None))
    for column, values in (
        (columns.source, wanted.sources),
        (columns.side, wanted.sides),
        (columns.id, wanted.documents),
        (columns.status, wanted.statuses),
        (columns.dossier, (wanted.dossier,) if wanted.dossier else ()),
    ):
        if values:
            found.append(column.in_(values))
    if wanted.place or wanted.near or wanted.box or wanted.types:
        inside = Filter(place=wanted.place, near=wanted.near, box=wanted.box, types=wanted.types)
        told = select(t.claims.c.document).where(*conditions("claim", t.claims, inside, database))
        found.append(columns.id.in_(told))
    return found


def paged(query: S, paging: Paging) -> S:
    """One page of a query.

    Raises:
        InputError: the page has no such number or size.
    """
    start, end = bounded(paging)
    return query.limit(end - start).offset(start)


def bounded(paging: Paging) -> tuple[int, int]:
    """Where a page begins and ends.

    Raises:
        InputError: the page has no such number or size.

    >>> bounded(Paging(number=2, size=50))
    (50, 100)
    """
    if paging.number < 1 or not 1 <= paging.size <= LARGEST_PAGE:
        raise InputError(
            f"page {paging.number} of {paging.size} rows cannot be given",
            remedy=f"number pages from 1, and ask for 1 to {LARGEST_PAGE} rows",
        )
    return (paging.number - 1) * paging.size, paging.number * paging.size


def span_of(wanted: Filter) -> tuple[int | None, int | None]:
    """The days that a filter lies between."""
    low = day_of(wanted.earliest, last=False) if wanted.earliest else None
    high = day_of(wanted.latest, last=True) if wanted.latest else None
    return low, high


def around(near: Near) -> Box:
    """The box of degrees that holds a circle.

    >>> around(Near(50.0, 30.0, 111.195)).north
    51.0
    """
    high = near.km / KM_PER_DEGREE
    wide = high / max(0.01, cos(radians(min(89.0, abs(near.lat) + high))))
    if wide >= 180:
        return Box(near.lat - high, -180.0, near.lat + high, 180.0)
    west, east = near.lon - wide, near.lon + wide
    return Box(
        near.lat - high,
        west + 360 if west < -180 else west,
        near.lat + high,
        east - 360 if east > 180 else east,
    )


def _in_box(columns: Any, box: Box) -> Condition:
    tall = columns.lat.between(box.south, box.north)
    if box.west <= box.east:
        return and_(tall, columns.lon.between(box.west, box.east))
    return and_(tall, or_(columns.lon >= box.west, columns.lon <= box.east))


def _times(kind: str, columns: Any, wanted: Filter) -> list[Condition]:
    if kind == "finding":
        if wanted.earliest or wanted.latest or wanted.dated is not None:
            raise InputError(
                "findings have no time of their own", remedy="filter them by document or by known_by"
            )
        return []
    found: list[Condition] = []
    low, high = span_of(wanted)
    told = func.coalesce(columns.first, columns.last).is_not(None)
    if low is not None or high is not None or wanted.dated:
        found.append(told)
    elif wanted.dated is False:
        found.append(~told)
    if low is not None:
        found.append(func.coalesce(columns.last, FAR) >= low)
    if high is not None:
        found.append(func.coalesce(columns.first, -FAR) <= high)
    return found


def day_of(iso: str, *, last: bool) -> int:
    """The first or last day of an ISO day, month or year.

    Raises:
        InputError: it is none.
    """
    day = last_day(iso) if last else first_day(iso)
    if day is None:
        raise InputError(f"{iso!r} is no day", remedy="write 2022-03-04, 2022-03 or 2022")
    return day


def _text(kind: str, table: Any, asked: str, database: Database) -> Condition:
    words = terms(asked)
    if kind in ("claim", "event"):
        return database.matches(kind, table.c.number, words)
    if kind == "row":
        hit = select(t.claims.c.id).where(database.matches("claim", t.claims.c.number, words))
        return or_(table.c.claim.in_(hit), table.c.place.like(f"%{folded(asked)}%"))
    told: Condition = and_(*(table.c.words.like(f"%{' '.join(term.words)}%") for term in words))
    return told


def _place(kind: str, table: Any, asked: str) -> Condition:
    name = folded(asked)
    if not name:
        raise InputError(f"{asked!r} is no name of a place", remedy="give a name, or leave it out")
    if kind == "finding":
        here: Condition = table.c.words.like(f"%{name}%")
        return here
    if asked.rstrip().endswith("*"):
        begins: Condition = table.c.place.like(f"{name}%")
        return begins
    known: Condition = table.c.number.in_(_refs(kind, "place", (name,)))
    return known


def _refs(kind: str, field: str, values: Sequence[str]) -> Select[Any]:
    f = t.facets.c
    return select(f.ref).where(f.kind == kind, f.field == field, f.value.in_(values))


def _documents(kind: str, columns: Any, ids: Sequence[str]) -> Condition:
    """What stands in some documents."""
    e, c = t.event_claims.c, t.claims.c
    events = select(e.event).where(e.document.in_(ids))
    there: Condition
    if kind == "claim":
        there = columns.document.in_(ids)
    elif kind == "event":
        there = columns.id.in_(events)
    elif kind == "row":
        there = or_(columns.claim.in_(select(c.id).where(c.document.in_(ids))), columns.event.in_(events))
    else:
        there = columns.number.in_(_refs(kind, "document", ids))
    return there


def _statuses(kind: str, columns: Any, statuses: Sequence[str]) -> Condition:
    if kind != "row":
        here: Condition = columns.status.in_(statuses)
        return here
    return or_(
        columns.claim.in_(select(t.claims.c.id).where(t.claims.c.status.in_(statuses))),
        columns.event.in_(select(t.events.c.id).where(t.events.c.status.in_(statuses))),
    )
