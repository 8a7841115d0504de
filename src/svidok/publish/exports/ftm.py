"""FollowTheMoney entities (Aleph, OpenAleph): events, their actors and their reports, a line each."""

from __future__ import annotations

from typing import Any

from svidok.publish.exchange import json_line
from svidok.publish.exports.edition import Edition, Export, Happening
from svidok.publish.exports.leaving import Leaving
from svidok.records import Actor, Document, content_id

__all__ = ["write"]

_SCHEMA = {
    "state": "PublicBody",
    "state force": "PublicBody",
    "rebel": "Organization",
    "militia": "Organization",
    "organisation": "Organization",
    "leader": "Person",
    "person": "Person",
}


def write(edition: Edition) -> Export:
    """``Event`` for what is said to have happened, ``Article`` for each report that it rests on, and a
    person, public body or organization for each named actor; groups without a name are none.

    Dates keep their precision by prefix ("2022-03" stays a month), as the model does it.
    """
    leaving = Leaving(edition)
    entities: dict[str, dict[str, Any]] = {}
    events = 0
    for happening in edition.happened():
        actors = {_actor_id(actor): actor for actor in _named(happening)}
        for key, actor in actors.items():
            entities.setdefault(key, _actor(key, actor))
        for document in happening.documents:
            key = _document_id(document)
            entities.setdefault(key, _article(key, document))
        event = _event(happening, list(actors))
        entities[event["id"]] = event
        events += 1
    lines = "".join(json_line(entity) + "\n" for entity in entities.values())
    return leaving.export(lines.encode("utf-8", "backslashreplace"), events)


def _named(happening: Happening) -> list[Actor]:
    actors = (actor for claim in happening.claims for actor in (*claim.actors, *claim.targets))
    return [actor for actor in actors if actor.name and actor.kind in _SCHEMA]


def _actor_id(actor: Actor) -> str:
    return f"svidok-{content_id('actor', actor.name, _SCHEMA[actor.kind or ''])}"


def _document_id(document: Document) -> str:
    return f"svidok-{content_id('document', document.id)}"


def _entity(key: str, schema: str, properties: dict[str, list[str | None]]) -> dict[str, Any]:
    known = {
        name: list(dict.fromkeys(value for value in values if value)) for name, values in properties.items()
    }
    return {"id": key, "schema": schema, "properties": {n: v for n, v in known.items() if v}}


def _actor(key: str, actor: Actor) -> dict[str, Any]:
    return _entity(key, _SCHEMA[actor.kind or ""], {"name": [actor.name]})


def _article(key: str, document: Document) -> dict[str, Any]:
    url = document.url if document.url and document.url.startswith(("http://", "https://")) else None
    return _entity(
        key,
        "Article",
        {
            "title": [document.title or document.id],
            "publisher": [document.source.name if document.source else None],
            "author": [document.author],
            "publishedAt": [document.published],
            "sourceUrl": [url],
            "language": [_LANGUAGES.get(document.language or "")],
            "notes": [f"SHA-256 of the original: {document.sha256}" if document.sha256 else None],
        },
    )


def _event(happening: Happening, actors: list[str]) -> dict[str, Any]:
    row, point = happening.row, happening.point
    same = row.earliest is not None and row.earliest == row.latest
    start, end = _dates(row.earliest, row.latest)
    place = happening.place
    return _entity(
        f"svidok-{row.event}",
        "Event",
        {
            "name": [happening.title],
            "date": [start] if same or start == end else [],
            "startDate": [] if same or start == end else [start],
            "endDate": [] if same or start == end else [end],
            "location": [row.place],
            "country": [place.country.lower() if place and place.country else None],
            "involved": list(actors),
            "proof": [_document_id(document) for document in happening.documents],
            "description": [happening.notes()],
            "keywords": [row.type, row.status, happening.acled],
            "notes": [
                f"within {row.radius_km:g} km of {point[1]}, {point[0]}" if point and row.radius_km else None,
                f"EDTF {row.edtf}" if row.edtf else None,
            ],
        },
    )


def _dates(earliest: str | None, latest: str | None) -> tuple[str | None, str | None]:
    """The bounds as dates with a prefix's precision; a whole month or year is the same at both ends."""
    from svidok.publish.exports.edition import days_of

    days = days_of(earliest, latest)
    if days is None:
        return (earliest or "")[:10] or None, (latest or "")[:10] or None
    first, last = days.first, days.last
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first:%Y}", f"{first:%Y}"
    if first.day == 1 and (first.year, first.month) == (last.year, last.month) and days.count >= 28:
        return f"{first:%Y-%m}", f"{first:%Y-%m}"
    return first.isoformat(), last.isoformat()


_LANGUAGES = {
    "en": "eng", "uk": "ukr", "ru": "rus", "es": "spa", "fr": "fra", "de": "deu", "it": "ita", "nl": "nld",
    "pl": "pol", "pt": "por", "ro": "ron", "tr": "tur", "cs": "ces", "be": "bel", "bg": "bul",
}  # fmt: skip
"""ISO 639-1 to 639-3, which the model wants, for the languages that the archive knows."""
