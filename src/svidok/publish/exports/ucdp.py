"""CSV in the manner of UCDP GED (Georeferenced Event Dataset, codebook): deaths low, best and high."""

from __future__ import annotations

from typing import Any

from svidok.publish.exports.deaths import Deaths, deaths_of
from svidok.publish.exports.edition import Days, Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.publish.exports.sheet import csv_bytes

__all__ = ["COLUMNS", "date_precision", "write"]

COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_name", "dyad_name",
    "side_a", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1",
    "adm_2", "latitude", "longitude", "geom_wkt", "country", "event_clarity", "date_prec", "date_start",
    "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
)  # fmt: skip

_WHERE = {"point": 1, "near": 2, "district": 3, "region": 4, "area": 5, "country": 6}
_ONE_SIDED = frozenset(("attack_civilians", "sexual_violence", "abduct", "detain"))
_ARMED = frozenset(("state", "state force"))


def date_precision(days: Days) -> int:
    """UCDP's code of how exactly a date is known: 1 the day, 2 up to 6 days, 3 a week, 4 a month, 5 a year.

    >>> from svidok.publish.exports.edition import days_of
    >>> [date_precision(days_of("2022-03-01", last)) for last in ("2022-03-01", "2022-03-07", "2022-03-31")]
    [1, 3, 4]
    """
    return next((code for code, most in ((1, 1), (2, 6), (3, 7), (4, 31)) if days.count <= most), 5)


def write(edition: Edition) -> Export:
    """One row an event with a count of killed, said to have happened within a known year, somewhere.

    ``where_prec`` runs from 1 (the place itself) to 6 (only the country), ``date_prec`` from 1 (the day) to 5
    (up to a year); ``event_clarity`` is 2 where the event is a summary over days. ``low``, ``best`` and
    ``high`` are the witnesses' own; a bound that none gives is empty. Deaths by side are not told apart.
    The ids that only UCDP gives (conflicts, dyads, countries, grid cells) are not written. An attack and
    the casualties told of in the same words are two events of the chronicle and one row here, so that
    nobody is counted twice.
    """
    leaving = Leaving(edition)
    rows: list[dict[str, Any]] = []
    counted = _words_of_attacks(edition)
    for happening in edition.happened():
        days, deaths = happening.days, deaths_of(happening.killed())
        if deaths is None or not any((deaths.low, deaths.best, deaths.high)):
            leaving.out("no count of killed is given")
        elif happening.row.type == "casualties" and _words(happening) & counted:
            leaving.out("casualties counted with the attack in the same words")
        elif days is None or days.count > 366:
            leaving.out("no year or less is known")
        elif happening.where_precision not in _WHERE:
            leaving.out("no place is known")
        else:
            rows.append(_row(happening, days, deaths))
    return leaving.export(csv_bytes(COLUMNS, rows), len(rows))


def _words(happening: Happening) -> set[tuple[str, int]]:
    """Where the words stand that tell of an event: by document and end of the clause."""
    return {(words.document, words.end) for words in happening.row.evidence}


def _words_of_attacks(edition: Edition) -> set[tuple[str, int]]:
    attacks = (h for h in edition.happened() if h.row.type != "casualties" and deaths_of(h.killed()))
    return {words for attack in attacks for words in _words(attack)}


def _row(happening: Happening, days: Days, deaths: Deaths) -> dict[str, Any]:
    row, point = happening.row, happening.point
    assert point is not None
    regions = happening.regions
    sides = list(row.sides)
    documents = happening.documents
    best, civilians = deaths.best, deaths.civilians
    return {
        "id": row.event,
        "relid": row.id,
        "year": days.first.year,
        "code_status": "Clear" if row.status != "disputed" else "Disputed",
        "type_of_violence": _violence(happening),
        "dyad_name": " - ".join(sides) or None,
        "side_a": sides[0] if sides else None,
        "side_b": "Civilians" if row.type in _ONE_SIDED else sides[1] if len(sides) > 1 else None,
        "number_of_sources": row.witnesses,
        "source_article": happening.notes(),
        "source_office": "; ".join(happening.sources),
        "source_date": "; ".join(dict.fromkeys(d.published for d in documents if d.published)) or None,
        "source_headline": "; ".join(dict.fromkeys(" ".join(d.title.split()) for d in documents if d.title))
        or None,
        "source_original": row.speaker,
        "where_prec": _WHERE[happening.where_precision],
        "where_coordinates": row.place,
        "where_description": None if row.radius_km is None else f"within {row.radius_km:g} km of the point",
        "adm_1": regions[0] if regions else None,
        "adm_2": regions[1] if len(regions) > 1 else None,
        "latitude": point[1],
        "longitude": point[0],
        "geom_wkt": f"POINT ({point[0]} {point[1]})",
        "country": happening.country,
        "event_clarity": 1 if days.count <= 7 else 2,
        "date_prec": date_precision(days),
        "date_start": days.first.isoformat(),
        "date_end": days.last.isoformat(),
        "deaths_civilians": civilians,
        "deaths_unknown": None if best is None else best - min(civilians or 0, best),
        "best": best,
        "high": deaths.high,
        "low": deaths.low,
    }


def _violence(happening: Happening) -> int | None:
    """1 where a state takes part, 3 where civilians are the target, None where neither is known."""
    if happening.row.type in _ONE_SIDED:
        return 3
    actors = [actor for claim in happening.claims for actor in (*claim.actors, *claim.targets)]
    return 1 if any(actor.kind in _ARMED for actor in actors) else None
