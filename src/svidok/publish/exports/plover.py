"""PLOVER records (Political Language Ontology for Verifiable Event Records), a line a claim."""

from __future__ import annotations

from typing import Any

from svidok.publish.exchange import json_line
from svidok.publish.exports.edition import HAPPENED, Edition, Export, days_of
from svidok.publish.exports.leaving import Leaving
from svidok.records import Actor, Claim, Document, Place, Reading

__all__ = ["write"]


def write(edition: Edition) -> Export:
    """One record a claim that is affirmed and said to have happened, statements included.

    The roots are those of the 2018 codebook. ``date`` is the day, where one is known, else null with the
    bounds beside it; ``status`` tells in whose voice it stands; ``text`` and ``textInfo`` lead to the words.
    """
    leaving = Leaving()
    lines: list[str] = []
    for reading in edition.readings:
        for claim in reading.claims:
            if claim.polarity != "affirmed" or claim.modality not in HAPPENED:
                leaving.out("denied, planned, feared or demanded, not said to have happened")
            elif claim.plover is None:
                leaving.out("of a kind without a PLOVER root")
            else:
                lines.append(json_line(_record(claim, reading)))
    return leaving.export(
        "".join(f"{line}\n" for line in lines).encode("utf-8", "backslashreplace"), len(lines)
    )


def _record(claim: Claim, reading: Reading) -> dict[str, Any]:
    document = reading.document
    time = claim.time
    days = days_of(time.earliest, time.latest) if time else None
    return {
        "id": claim.id,
        "date": days.first.isoformat() if days and days.count == 1 else None,
        "dateRange": [time.earliest, time.latest] if time else None,
        "event": claim.plover,
        "eventText": document.text[claim.trigger[0] : claim.trigger[1]],
        "mode": claim.type,
        "status": claim.modality,
        "speaker": claim.speaker,
        "source": [_actor(actor) for actor in claim.actors],
        "target": [_actor(actor) for actor in claim.targets],
        "eventLoc": [_place(reading.places[index]) for index in claim.places],
        "text": document.text[claim.start : claim.end],
        "textInfo": _text_info(claim, document),
        "confidence": round(claim.confidence, 3),
    }


def _actor(actor: Actor) -> dict[str, Any]:
    return {"actorText": actor.text, "actor": actor.name, "side": actor.side, "sector": actor.kind}


def _place(place: Place) -> dict[str, Any]:
    return {
        "locationText": place.text,
        "placename": place.name,
        "geonameid": place.geonameid,
        "countryCode": place.country,
        "latitude": None if place.lat is None else round(place.lat, 5),
        "longitude": None if place.lon is None else round(place.lon, 5),
        "radiusKm": place.radius_km,
    }


def _text_info(claim: Claim, document: Document) -> dict[str, Any]:
    return {
        "document": document.id,
        "start": claim.start,
        "end": claim.end,
        "publication": document.source.name if document.source else None,
        "published": document.published,
        "language": document.language,
        "url": document.url,
    }
