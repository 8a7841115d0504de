"""CSV with the column names and precision codes of ACLED (Armed Conflict Location & Event Data, codebook)."""

from __future__ import annotations

from typing import Any

from svidok.ledger.rows import Count
from svidok.publish.exports.data import load_codes
from svidok.publish.exports.deaths import deaths_of
from svidok.publish.exports.edition import Days, Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.exports.sheet import csv_bytes
from svidok.records import Actor

__all__ = ["COLUMNS", "write"]

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction",
    "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3", "location", "latitude",
    "longitude", "geo_precision", "source", "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip

_GEO = {"point": 1, "near": 2, "district": 2, "region": 3, "area": 3}


def write(edition: Edition) -> Export:
    """One row an event that is said to have happened, on a known month or less, in a known region or less.

    ``time_precision`` 1 is the day, 2 up to a week, 3 up to a month (``event_date`` is then the middle day);
    ``geo_precision`` 1 the town, 2 a part of a region, 3 a region. ``fatalities`` is the lowest number that a
    witness gives, empty where none does. Columns that only ACLED can fill are empty.
    """
    leaving = Leaving(edition)
    rows: list[dict[str, Any]] = []
    for happening in edition.happened():
        days, sub = happening.days, happening.acled
        if sub is None:
            leaving.out("of a kind that ACLED does not code")
        elif days is None or days.count > 31:
            leaving.out("no day, week or month is known")
        elif happening.where_precision not in _GEO:
            leaving.out("no place smaller than a country is known")
        else:
            rows.append(_row(happening, days, sub))
    return leaving.export(csv_bytes(COLUMNS, rows), len(rows))


def _row(happening: Happening, days: Days, sub: str) -> dict[str, Any]:
    codes = load_codes("acled")
    event_type = codes["event_type"][sub]
    point = happening.point
    assert point is not None
    regions = happening.regions
    actors = _distinct(actor for claim in happening.claims for actor in claim.actors)
    targets = _distinct(actor for claim in happening.claims for actor in claim.targets)
    others = targets or actors[1:]
    first, second = (actors[0] if actors else None), (others[0] if others else None)
    inters = [_inter(actor, happening) for actor in (first, second)]
    deaths = deaths_of(happening.killed())
    return {
        "event_id_cnty": happening.row.event,
        "event_date": days.middle.isoformat(),
        "year": days.middle.year,
        "time_precision": 1 if days.count == 1 else 2 if days.count <= 7 else 3,
        "disorder_type": codes["disorder_type"].get(sub) or codes["disorder_type"][event_type],
        "event_type": event_type,
        "sub_event_type": sub,
        "actor1": _name(first),
        "inter1": inters[0],
        "actor2": _name(second),
        "assoc_actor_2": "; ".join(_name(actor) or "" for actor in others[1:]) or None,
        "inter2": inters[1],
        "interaction": "-".join(inter for inter in inters if inter) or None,
        "civilian_targeting": "Civilian targeting" if _civilian(second, happening) else None,
        "country": happening.country,
        **{f"admin{n}": name for n, name in enumerate(regions[:3], 1)},
        "location": happening.row.place,
        "latitude": point[1],
        "longitude": point[0],
        "geo_precision": _GEO[happening.where_precision],
        "source": "; ".join(happening.sources),
        "notes": happening.notes(),
        "fatalities": deaths.low if deaths else None,
        "tags": _tags(happening.row.counts),
    }


def _distinct(actors: Any) -> list[Actor]:
    return list({(actor.name or actor.text).casefold(): actor for actor in actors}.values())


def _name(actor: Actor | None) -> str | None:
    return None if actor is None else " ".join((actor.name or actor.text).split())


def _inter(actor: Actor | None, happening: Happening) -> str | None:
    """The kind of an actor; a state's forces in another country are external."""
    if actor is None or actor.kind is None:
        return None
    name: str | None = load_codes("acled")["inter"].get(actor.kind)
    abroad = actor.side and happening.country and actor.side != happening.country
    return "External/Other forces" if name == "State forces" and abroad else name


def _civilian(actor: Actor | None, happening: Happening) -> bool:
    return happening.row.type == "attack_civilians" or (actor is not None and actor.kind == "civilians")


def _tags(counts: tuple[Count, ...]) -> str | None:
    """What else was counted, with low and high, since ACLED has a column for deaths alone."""
    told = [
        f"{count.what}{f' {count.fate}' if count.fate else ''}: {_plain(count.low)}..{_plain(count.high)}"
        for count in counts
        if count.what
    ]
    return "; ".join(told) or None


def _plain(number: float | None) -> str:
    """A count in digits, never as a power of ten; nothing where a side is open."""
    return "" if number is None else f"{number:.15g}"
