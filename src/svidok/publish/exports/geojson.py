"""GeoJSON (RFC 7946): every event a feature, with its standing, its doubt and its words."""

from __future__ import annotations

import json
from typing import Any

from svidok.publish.exports.edition import Edition, Export, Happening

__all__ = ["properties", "write"]


def write(edition: Edition) -> Export:
    """One feature an event; one without a known point has a null geometry, as the standard allows.

    The standing comes first among the properties, and ``happened`` is false for what is denied, planned,
    feared or demanded.
    """
    features = [
        {
            "type": "Feature",
            "id": happening.row.event,
            "geometry": None
            if happening.point is None
            else {"type": "Point", "coordinates": list(happening.point)},
            "properties": properties(happening),
        }
        for happening in edition.happenings
    ]
    whole = {"type": "FeatureCollection", "features": features}
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Export(text.encode("utf-8", "backslashreplace"), len(features))


def properties(happening: Happening) -> dict[str, Any]:
    """An event as plain data: unknown is null, counts keep low and high, words keep their offsets."""
    row = happening.row
    return {
        "status": row.status,
        "happened": happening.happened,
        "type": row.type,
        "acled": happening.acled,
        "title": happening.title,
        "earliest": row.earliest,
        "latest": row.latest,
        "edtf": row.edtf,
        "place": row.place,
        "place_kind": row.place_kind,
        "radius_km": row.radius_km,
        "where_precision": happening.where_precision,
        "country": happening.country,
        "actors": list(row.actors),
        "sides": list(row.sides),
        "speaker": row.speaker,
        "witnesses": row.witnesses,
        "disputes": list(row.disputes),
        "counts": [
            {"what": c.what, "fate": c.fate, "low": c.low, "best": c.best, "high": c.high} for c in row.counts
        ],
        "sources": list(happening.sources),
        "evidence": [
            {"document": e.document, "start": e.start, "end": e.end, "text": e.text, "claim": e.claim}
            for e in row.evidence
        ],
    }
