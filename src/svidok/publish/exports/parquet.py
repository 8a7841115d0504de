"""Parquet and GeoParquet 1.1: every event a row, its point as well-known binary; the extra ``parquet``."""

from __future__ import annotations

import io
import json
import struct
from typing import Any

from svidok.publish.exports.edition import Edition, Export, Happening
from svidok.publish.exports.geojson import properties

__all__ = ["write"]


def write(edition: Edition) -> Export:
    """One row an event, whatever its standing, which stands first; readers that know no geometry see the
    plain columns ``lat`` and ``lon``.

    Raises:
        ModuleNotFoundError: pyarrow is not installed.
    """
    import pyarrow
    from pyarrow import parquet

    points = [h.point for h in edition.happenings if h.point]
    schema = _schema(pyarrow).with_metadata({"geo": json.dumps(_geo(points)), "title": edition.title})
    rows = [_row(happening) for happening in edition.happenings]
    table = pyarrow.Table.from_pylist(rows, schema=schema)
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd", version="2.6")
    return Export(out.getvalue(), len(rows))


def _row(happening: Happening) -> dict[str, Any]:
    point = happening.point
    return {
        "id": happening.row.event,
        **properties(happening),
        "notes": happening.notes(),
        "lat": point[1] if point else None,
        "lon": point[0] if point else None,
        "geometry": struct.pack("<BIdd", 1, 1, *point) if point else None,
    }


def _geo(points: list[tuple[float, float]]) -> dict[str, Any]:
    """The file metadata of GeoParquet; without ``crs`` it is longitude and latitude on WGS 84."""
    column: dict[str, Any] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if points:
        lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
        column["bbox"] = [min(lons), min(lats), max(lons), max(lats)]
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


def _schema(pa: Any) -> Any:
    texts = (
        "id", "status", "type", "acled", "title", "earliest", "latest", "edtf", "place", "place_kind",
        "where_precision", "country", "speaker", "notes",
    )  # fmt: skip
    lists = ("actors", "sides", "disputes", "sources")
    counts = pa.struct(
        [("what", pa.string()), ("fate", pa.string()), *((n, pa.float64()) for n in ("low", "best", "high"))]
    )
    evidence = pa.struct(
        [
            ("document", pa.string()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("text", pa.string()),
            ("claim", pa.string()),
        ]
    )
    types = {
        **dict.fromkeys(texts, pa.string()),
        **dict.fromkeys(lists, pa.list_(pa.string())),
        "happened": pa.bool_(),
        "radius_km": pa.float64(),
        "witnesses": pa.int64(),
        "counts": pa.list_(counts),
        "evidence": pa.list_(evidence),
        "lat": pa.float64(),
        "lon": pa.float64(),
        "geometry": pa.binary(),
    }
    order = (
        "id", "status", "happened", "type", "acled", "title", "earliest", "latest", "edtf", "place",
        "place_kind", "radius_km", "where_precision", "country", "actors", "sides", "speaker", "witnesses",
        "disputes", "counts", "sources", "evidence", "notes", "lat", "lon", "geometry",
    )  # fmt: skip
    return pa.schema([(name, types[name]) for name in order])
