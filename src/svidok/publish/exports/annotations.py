"""W3C Web Annotations (JSON-LD): each claim laid on its exact words, by quotation and by position."""

from __future__ import annotations

import json
from typing import Any

from svidok.publish.exports.edition import Edition, Export
from svidok.records import Claim, Document, Reading

__all__ = ["write"]

_AROUND = 32


def write(edition: Edition) -> Export:
    """One annotation a claim, whatever its standing, which its body tells.

    The target is the report's address, or the hash of its text as a URN; positions count code points of that
    text, as the model does. The bodies tag the claim with its type, polarity and modality.
    """
    items = [
        _annotation(claim, reading, number)
        for reading in edition.readings
        for number, claim in enumerate(reading.claims)
    ]
    identity = "urn:svidok:annotations"
    page: dict[str, Any] = {
        "id": f"{identity}:page",
        "type": "AnnotationPage",
        "startIndex": 0,
        "items": items,
    }
    whole = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": identity,
        "type": "AnnotationCollection",
        "label": edition.title,
        "total": len(items),
        "first": page,
    }
    text = json.dumps(whole, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Export(text.encode("utf-8", "backslashreplace"), len(items))


def _annotation(claim: Claim, reading: Reading, number: int) -> dict[str, Any]:
    document = reading.document
    return {
        "id": f"urn:svidok:claim:{claim.id}:{number}",
        "type": "Annotation",
        "motivation": "tagging",
        "body": [
            *(
                {"type": "TextualBody", "purpose": "tagging", "value": value}
                for value in (claim.type, claim.polarity, claim.modality, claim.acled, claim.plover)
                if value
            ),
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "en",
                "value": _told(claim, reading),
            },
        ],
        "target": {
            "type": "SpecificResource",
            "source": _source(document),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": document.text[claim.start : claim.end],
                    "prefix": document.text[max(claim.start - _AROUND, 0) : claim.start],
                    "suffix": document.text[claim.end : claim.end + _AROUND],
                },
                {"type": "TextPositionSelector", "start": claim.start, "end": claim.end},
            ],
        },
    }


def _source(document: Document) -> str:
    if document.url and document.url.startswith(("http://", "https://")):
        return document.url
    return f"urn:sha256:{document.text_sha256}"


def _told(claim: Claim, reading: Reading) -> str:
    """The claim in a line: who says that who did what to whom, where, when."""
    time = claim.time
    parts = [
        f"{claim.speaker or 'the author'}, {claim.modality}, {claim.polarity}: {claim.type}",
        f"by {', '.join(a.name or a.text for a in claim.actors)}" if claim.actors else "",
        f"to {', '.join(a.name or a.text for a in claim.targets)}" if claim.targets else "",
        f"at {', '.join(reading.places[i].name or reading.places[i].text for i in claim.places)}"
        if claim.places
        else "",
        f"when {time.edtf or f'{time.earliest}/{time.latest}'}" if time else "",
    ]
    return "; ".join(" ".join(part.split()) for part in parts if part)
