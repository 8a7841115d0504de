"""Where ground war was fought, and where it stood in which month, read from the data files.

Between namesakes of which nothing else is told, a report of war more often means the one there.
"""

from __future__ import annotations

from functools import cache

from svidok.atlas.gazetteer.tables import data_rows, number_in
from svidok.errors import BadData

__all__ = ["fought_over", "front_at"]

_FADES = 4  # months after which a place where the front stood says no more of what is reported


@cache
def fought_over() -> dict[tuple[str, str, str], int]:
    """Months of ground war by country, first-level code and district (``theatres.csv``).

    The district is empty where a war is known by its region only; where it is known by districts, the
    region itself has the months of the least of them, for a place whose district is not known.

    >>> fought_over()["UA", "07", "UA6304"] > fought_over()["UA", "07", ""] > 0
    True
    """
    out: dict[tuple[str, str, str], int] = {}
    for row in data_rows("theatres.csv"):
        region, months = (row["country"], row["admin1"], ""), int(row["months"])
        out[row["country"], row["admin1"], row["district"]] = months
        out[region] = min(months, out.get(region, months))
    return out


@cache
def front_at(month: str) -> tuple[tuple[float, float, float], ...]:
    """Points of the front in a month ("2022-03"): latitude, longitude and weight (``fronts.csv``).

    The weight is 1 while the front stood there and halves with every month after: reports and pictures of
    what was destroyed come later.

    >>> [weight for lat, lon, weight in front_at("2022-05") if (lat, lon) == (50.55, 30.21)]
    [0.25]
    """
    now = _months(month, "a month")
    return tuple(
        (lat, lon, 0.5 ** max(0, now - last))
        for first, last, lat, lon in _fronts()
        if first <= now < last + _FADES
    )


@cache
def _fronts() -> tuple[tuple[int, int, float, float], ...]:
    """Where the front stood: first and last month, latitude, longitude."""
    return tuple(
        (
            _months(row["first"], "fronts.csv"),
            _months(row["last"], "fronts.csv"),
            number_in(row, "lat", "fronts.csv"),
            number_in(row, "lon", "fronts.csv"),
        )
        for row in data_rows("fronts.csv")
    )


def _months(month: str, where: str) -> int:
    try:
        return int(month[:4]) * 12 + int(month[5:7])
    except ValueError as error:
        raise BadData(f"no month: {month!r}", where=where) from error
