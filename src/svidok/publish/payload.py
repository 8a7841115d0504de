"""What the report page is given: the whole chronicle as plain data, each thing said once.

Documents, claims, places and rows refer to one another by their position in their lists. Offsets stay
code points into the document's text, as everywhere; the page turns them into its own string positions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from svidok.ledger import Evidence, Ledger
from svidok.publish.basemap import base_map, bounds_of
from svidok.publish.kinds import load_groups, load_kinds, side_colours
from svidok.publish.tables import Cell, Table, load_tables
from svidok.publish.wording import document_name, number_words, plural
from svidok.records import Actor, Claim, Event, Place, Quantity, Reading

__all__ = ["page_data"]

Spot = tuple[str, float, float, float]
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_WEIGHTS = ("high", "medium", "low")


def page_data(readings: Sequence[Reading], events: Sequence[Event], ledger: Ledger) -> dict[str, Any]:
    """All that the page draws.

    Args:
        readings: every document with its claims, in the order in which the page lists them.
        events: give the reasons why claims were joined.
        ledger: the views, each becoming a table.
    Returns:
        plain data, ready for JSON; equal chronicles give equal data.
    """
    documents = {reading.document.id: number for number, reading in enumerate(readings)}
    claims = [(claim, reading) for reading in readings for claim in reading.claims]
    numbers = {claim.id: number for number, (claim, _) in enumerate(claims)}
    sides = _sides(claims, ledger)
    ranks = {side: rank for rank, side in enumerate(sides)}
    by_id = {claim.id: claim for claim, _ in claims}
    beside = _beside(readings)
    data: dict[str, Any] = {
        "groups": [
            {"key": g.key, "label": g.label, "glyph": g.glyph, "kinds": [[k.code, k.label] for k in g.kinds]}
            for g in load_groups()
        ],
        "sides": sides,
        "colours": _colours(sides),
        "documents": [_document(reading) for reading in readings],
        "claims": [_claim(claim, reading, documents) for claim, reading in claims],
        "tables": [
            _table(table, ledger, documents, numbers, by_id, ranks, beside) for table in load_tables()
        ],
        "joins": _joins(events, numbers),
    }
    spots = [(row.lon, row.lat) for row in ledger.chronology if row.lat is not None and row.lon is not None]
    data["base"] = base_map(bounds_of(_core(spots)) or _NOWHERE)
    return data


def _sides(claims: Iterable[tuple[Claim, Reading]], ledger: Ledger) -> list[str]:
    """Sides, the most spoken of first."""
    found: Counter[str] = Counter()
    for claim, _ in claims:
        found.update({actor.side for actor in (*claim.actors, *claim.targets) if actor.side})
    for row in ledger.chronology:
        found.update(dict.fromkeys(row.sides, 0))
    return sorted(found, key=lambda side: (-found[side], side))


def _colours(sides: list[str]) -> list[int]:
    """The number of each side's colour: its own where it has one, else the next that is free."""
    own = side_colours()
    taken = {own[side] for side in sides if side in own}
    free = (number for number in count() if number not in taken)
    return [own[side] if side in own else next(free) for side in sides]


def _core(spots: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places between the 4th and 96th hundredth: one far-off place does not set the detail."""
    if len(spots) < 8:
        return spots
    cut = max(1, len(spots) // 25)
    xs, ys = sorted(x for x, _ in spots), sorted(y for _, y in spots)
    west, east, south, north = xs[cut], xs[-1 - cut], ys[cut], ys[-1 - cut]
    return [(x, y) for x, y in spots if west <= x <= east and south <= y <= north] or spots


def _document(reading: Reading) -> dict[str, Any]:
    document = reading.document
    source = document.source
    record = {
        "id": document.id,
        "title": document.title,
        "name": document_name(document),
        "source": source.name if source else None,
        "kind": source.kind if source else None,
        "grade": (source.mark or None) if source else None,
        "side": source.side if source else None,
        "author": document.author,
        "url": document.url if document.url and document.url.startswith(("http://", "https://")) else None,
        "published": document.published,
        "readings": list(document.published_readings),
        "retrieved": document.retrieved,
        "language": document.language,
        "sha256": document.sha256,
        "text": document.text,
        "blocks": _blocks(reading),
    }
    return {key: value for key, value in record.items() if value not in (None, [], "")} | {
        "text": document.text
    }


def _blocks(reading: Reading) -> list[list[Any]]:
    """Stretches that are not plain body: start, end, role; neighbours of one block and role are one."""
    blocks: list[list[Any]] = []
    last = None
    for sentence in reading.sentences:
        if sentence.role == "body":
            last = None
            continue
        if last == (sentence.block, sentence.role):
            blocks[-1][1] = sentence.end
        else:
            blocks.append([sentence.start, sentence.end, sentence.role])
        last = (sentence.block, sentence.role)
    return blocks


def _claim(claim: Claim, reading: Reading, documents: dict[str, int]) -> dict[str, Any]:
    record = {
        "id": claim.id,
        "d": documents[reading.document.id],
        "s": [claim.start, claim.end],
        "t": list(claim.trigger),
        "k": claim.type,
        "acled": claim.acled,
        "plover": claim.plover,
        "pol": claim.polarity if claim.polarity != "affirmed" else None,
        "mod": claim.modality,
        "who": [_actor(actor) for actor in claim.actors],
        "to": [_actor(actor) for actor in claim.targets],
        "where": [_place(reading.places[index]) for index in claim.places if index < len(reading.places)],
        "when": [claim.time.earliest, claim.time.latest] if claim.time else None,
        "inherited": bool(claim.time and claim.time.inherited) or None,
        "n": [_quantity(quantity) for quantity in claim.quantities],
        "by": claim.speaker,
        "p": round(float(claim.confidence), 2),
        "why": claim.why,
    }
    return {key: value for key, value in record.items() if value not in (None, [], "")}


def _actor(actor: Actor) -> str:
    name = actor.name or " ".join(actor.text.split())
    return f"{name} ({actor.side})" if actor.side and actor.side not in name else name


def _place(place: Place) -> str:
    words = " ".join(place.text.split())
    if place.name is None:
        return f"{words} (not located)"
    return f"{place.relation} {place.name}" if place.relation else place.name


def _quantity(quantity: Quantity) -> str:
    number = number_words(quantity.low, quantity.high, quantity.bound)
    if number is None:
        return " ".join(quantity.text.split())
    one = quantity.low == quantity.high == 1
    what = quantity.what and (quantity.what if one else plural(quantity.what))
    return " ".join(filter(None, (number, what, quantity.fate)))


def _table(
    table: Table,
    ledger: Ledger,
    documents: dict[str, int],
    numbers: dict[str, int],
    claims: dict[str, Claim],
    ranks: dict[str, int],
    beside: dict[Spot, str],
) -> dict[str, Any]:
    rows = []
    for row in table.rows(ledger):
        own = [claims[claim] for claim in _claims_of(row) if claim in claims]
        acting = [actor.side for claim in own for actor in claim.actors if actor.side in ranks]
        told = table.sides(row)
        sides = dict.fromkeys([*told, *acting, *(a.side for claim in own for a in claim.targets)])
        colour = next(iter(told if table.key not in ("chronology", "findings") else acting), None)
        kinds = [row.type] if getattr(row, "type", None) in load_kinds() else sorted({c.type for c in own})
        record = {
            "id": row.id,
            "st": getattr(row, "status", None),
            "sev": getattr(row, "severity", None),
            "k": kinds,
            "sd": sorted(ranks[side] for side in sides if side in ranks),
            "co": ranks.get(colour) if colour else None,
            "d": sorted({documents[d] for d in row.documents if d in documents}),
            "a": getattr(row, "earliest", None),
            "b": getattr(row, "latest", None),
            "pl": _spot(row, beside),
            "by": getattr(row, "speaker", None),
            "c": {
                key: value for key, value in table.cells(row, ledger).items() if value not in (None, [], "")
            },
            "e": [_evidence(item, documents, numbers) for item in row.evidence if item.document in documents],
        }
        if table.key == "findings":
            times = [claim.time for claim in own if claim.time]
            record["a"] = min((t.earliest for t in times if t.earliest), default=None)
            record["b"] = max((t.latest for t in times if t.latest), default=None)
        rows.append({key: value for key, value in record.items() if value not in (None, [], "")})
    if table.key == "findings":
        rows.sort(key=lambda record: _WEIGHTS.index(record["sev"]))
    return {
        "key": table.key,
        "title": table.title,
        "about": table.about,
        "columns": [[column.key, column.label, column.kind] for column in table.columns],
        "rows": rows,
    }


def _claims_of(row: Any) -> Sequence[str]:
    own: Sequence[str] = getattr(row, "claims", ()) or [item.claim for item in row.evidence if item.claim]
    return own


def _beside(readings: Sequence[Reading]) -> dict[Spot, str]:
    """Areas told by another place ("30 km from Kyiv"), in the words that tell them.

    Left out where the place itself is told with the same point and radius: then the words would not fit all.
    """
    places = [place for reading in readings for place in reading.places if place.lat is not None]
    plain = {_key(p.name, p.lat, p.lon, p.radius_km) for p in places if not p.relation}
    told: dict[Spot, set[str]] = {}
    for p in places:
        if p.relation:
            told.setdefault(_key(p.name, p.lat, p.lon, p.radius_km), set()).add(f"{p.relation} {p.name}")
    return {key: min(words) for key, words in told.items() if key not in plain and len(words) == 1}


def _key(name: str | None, lat: float | None, lon: float | None, radius: float | None) -> Spot:
    return name or "", round(float(lat or 0), 4), round(float(lon or 0), 4), round(float(radius or 0), 1)


def _spot(row: Any, beside: dict[Spot, str]) -> list[Cell] | None:
    """Name, kind, longitude, latitude, radius in km of a row's place; the point may be unknown."""
    name = getattr(row, "place", None) or getattr(row, "settlement", None)
    if not name:
        return None
    if row.lat is None or row.lon is None:
        return [name, row.place_kind]
    name = beside.get(_key(name, row.lat, row.lon, row.radius_km), name)
    radius = None if row.radius_km is None else round(float(row.radius_km), 1)
    return [name, row.place_kind, round(float(row.lon), 4), round(float(row.lat), 4), radius]


def _evidence(item: Evidence, documents: dict[str, int], numbers: dict[str, int]) -> list[int]:
    where = [documents[item.document], item.start, item.end]
    return [*where, numbers[item.claim]] if item.claim in numbers else where


def _joins(events: Sequence[Event], numbers: dict[str, int]) -> dict[str, list[list[Any]]]:
    """Why claims were joined: event id -> left claim, right claim, verdict, reasons."""
    return {
        event.id: [
            [numbers[j.left], numbers[j.right], j.verdict, "; ".join(j.reasons), j.judge]
            for j in event.judgements
            if j.left in numbers and j.right in numbers
        ]
        for event in events
        if event.judgements
    }
