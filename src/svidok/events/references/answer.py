"""What one check against a reference table answers for one statement of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from svidok.events.atoms import fold
from svidok.events.distance import great_circle_km
from svidok.events.references.tables import Row
from svidok.records import Place, Quotation

__all__ = ["Answer", "same_place"]

NEAR_KM = 8.0


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with the words it is about, the rows it rests on, and the days it spans."""

    verdict: Literal["agrees", "against", "beyond"]
    kind: str
    message: str
    spans: tuple[Quotation, ...]
    rows: tuple[int, ...]
    first: int
    last: int
    apart: str | None = None


def same_place(place: Place, row: Row) -> bool:
    """Whether a row stands at a place: by point where both have one, else by name."""
    if row.lat is not None and row.lon is not None and place.lat is not None and place.lon is not None:
        km = great_circle_km(place.lat, place.lon, row.lat, row.lon)
        return km <= NEAR_KM + min(place.radius_km or 0.0, 25.0)
    names = {fold(n) for n in (place.name, place.text) if n}
    return row.place is not None and fold(row.place) in names
