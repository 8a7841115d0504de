"""CSV with HXL hashtags (Humanitarian Exchange Language 1.1): as humanitarian tools know columns."""

from __future__ import annotations

from typing import Any

from svidok.ledger.rows import Count
from svidok.publish.exports.edition import Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.exports.sheet import csv_bytes
from svidok.publish.kinds import load_kinds

__all__ = ["TAGS", "write"]

TAGS = {
    "Event id": "#event+id",
    "Type": "#event+type",
    "Event": "#event+name",
    "Standing": "#status",
    "Earliest day": "#date+start",
    "Latest day": "#date+end",
    "Country": "#country+name",
    "Region": "#adm1+name",
    "District": "#adm2+name",
    "Place": "#loc+name",
    "Latitude": "#geo+lat",
    "Longitude": "#geo+lon",
    "Uncertainty of the point, km": "#geo+precision+km",
    "Actors": "#org+actor+list",
    "Killed, low": "#affected+killed+min",
    "Killed, high": "#affected+killed+max",
    "Injured, low": "#affected+injured+min",
    "Injured, high": "#affected+injured+max",
    "Displaced, low": "#affected+displaced+min",
    "Displaced, high": "#affected+displaced+max",
    "Independent witnesses": "#indicator+witnesses+num",
    "Sources": "#meta+source+list",
    "Words": "#description",
}

_FATES = {"Killed": "killed", "Injured": "wounded", "Displaced": "displaced"}


def write(edition: Edition) -> Export:
    """One row an event that is said to have happened; the hashtags stand in the second row.

    Low and high are the bounds that witnesses give, empty where none does; nothing is added up.
    """
    leaving = Leaving(edition)
    rows = [_row(happening) for happening in edition.happened()]
    data = csv_bytes(list(TAGS), rows, above=[list(TAGS.values())])
    return leaving.export(data, len(rows))


def _row(happening: Happening) -> dict[str, Any]:
    row, point, regions = happening.row, happening.point, happening.regions
    kind = load_kinds().get(row.type)
    cells: dict[str, Any] = {
        "Event id": row.event,
        "Type": kind.label if kind else row.type,
        "Event": happening.title,
        "Standing": row.status,
        "Earliest day": row.earliest and row.earliest[:10],
        "Latest day": row.latest and row.latest[:10],
        "Country": happening.country,
        "Region": regions[0] if regions else None,
        "District": regions[1] if len(regions) > 1 else None,
        "Place": row.place,
        "Latitude": point[1] if point else None,
        "Longitude": point[0] if point else None,
        "Uncertainty of the point, km": row.radius_km,
        "Actors": "; ".join(row.actors),
        "Independent witnesses": row.witnesses,
        "Sources": "; ".join(happening.sources),
        "Words": happening.notes(),
    }
    for name, fate in _FATES.items():
        low, high = _bounds([count for count in row.counts if count.fate == fate])
        cells |= {f"{name}, low": low, f"{name}, high": high}
    return cells


def _bounds(counts: list[Count]) -> tuple[float | None, float | None]:
    """The largest single count: its bounds."""
    if not counts:
        return None, None
    largest = max(counts, key=lambda count: count.low or count.high or 0)
    return largest.low, largest.high
