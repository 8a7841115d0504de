"""TimeMap JSON, as Forensic Architecture's timemap and Bellingcat's Ukraine map read it."""

from __future__ import annotations

import json
from typing import Any

from svidok.publish.exports.edition import Days, Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.kinds import load_groups, load_kinds

__all__ = ["write"]


def write(edition: Edition) -> Export:
    """One event on one known day at a known point each, as TimeMap drops all others.

    An interval of up to a month is written with its first day, and ``time_precision`` and ``time_display``
    tell the interval. Families of events are the associations that a reader filters by; each report is a
    source.
    """
    leaving = Leaving(edition)
    events: list[dict[str, Any]] = []
    for happening in edition.happened():
        days = happening.days
        if days is None or days.count > 31:
            leaving.out("no day, week or month is known")
        elif happening.point is None:
            leaving.out("no place is known")
        else:
            events.append(_event(happening, days))
    used = {key for event in events for key in event["associations"]}
    whole = {
        "events": events,
        "associations": [
            {
                "id": group.key,
                "title": group.label,
                "desc": "",
                "mode": "FILTER",
                "filter_paths": ["Type", group.label],
            }
            for group in load_groups()
            if group.key in used
        ],
        "sources": {d.id: _source(d) for d in edition.documents.values()},
        "sites": [],
        "regions": [],
        "shapes": [],
        "notifications": [],
    }
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return leaving.export(text.encode("utf-8", "backslashreplace"), len(events))


def _event(happening: Happening, days: Days) -> dict[str, Any]:
    row, point = happening.row, happening.point
    assert point is not None
    kind = load_kinds().get(row.type)
    return {
        "id": row.event,
        "description": happening.notes(),
        "date": f"{days.first:%m/%d/%Y}",
        "time": "",
        "time_precision": "day" if days.count == 1 else f"{days.count} days",
        "time_display": row.edtf or f"{days.first} to {days.last}",
        "location": row.place or "",
        "latitude": str(point[1]),
        "longitude": str(point[0]),
        "type": happening.title,
        "category": kind.label if kind else row.type,
        "associations": [kind.group] if kind else [],
        "sources": list(row.documents),
        "comments": f"within {row.radius_km:g} km" if row.radius_km else "",
    }


def _source(document: Any) -> dict[str, Any]:
    return {
        "id": document.id,
        "title": document.title or document.id,
        "thumbnail": "",
        "paths": [document.url] if document.url and document.url.startswith(("http://", "https://")) else [],
        "type": "text",
        "affil_s": [document.source.name] if document.source else [],
        "url": "",
        "description": f"SHA-256 of the original: {document.sha256}",
        "date": document.published or "",
    }
