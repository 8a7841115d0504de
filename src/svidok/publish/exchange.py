"""The exchange format ``svidok/1``: records to plain dictionaries, and back.

One serializer for every command: `svidok extract` writes these dictionaries, so do `svidok check` and the
report's data folder. Keys stand in a fixed order and numbers are rounded in one way, so that equal records
make equal bytes. Unknown is ``None``; no key is ever left out.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Mapping
from typing import Any

from svidok.errors import InputError
from svidok.records import (
    Actor,
    Attribution,
    Claim,
    Custody,
    Document,
    Estimate,
    Event,
    Finding,
    Judgement,
    Offsets,
    Place,
    Quantity,
    Quotation,
    Reading,
    Sentence,
    Time,
    TimeSpan,
)

__all__ = [
    "FORMAT",
    "document_to_dict",
    "event_to_dict",
    "finding_to_dict",
    "findings_to_dict",
    "json_line",
    "reading_from_dict",
    "reading_to_dict",
]

FORMAT = "svidok/1"


def json_line(record: Mapping[str, Any]) -> str:
    """One record as one line of JSON, without the line feed.

    Args:
        record: plain data (no NaN or infinity: they are no JSON).
    Returns:
        compact JSON, letters of every script as they are; half a surrogate pair, which UTF-8 cannot
        hold, makes the whole line fall back to ``\\u`` escapes.
    Raises:
        ValueError: a number is NaN or infinite.

    >>> json_line({"text": "Київ", "low": None})
    '{"text":"Київ","low":null}'
    """
    line = json.dumps(record, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(record, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    return line


def reading_to_dict(reading: Reading, *, detail: bool = False) -> dict[str, Any]:
    """A reading in the exchange format.

    Args:
        reading: what was found in one document.
        detail: also write what the format does not ask for (sentences, mentions outside claims, why a
            place was chosen, what befell the counted...), so that `reading_from_dict` loses nothing.
    Returns:
        the dictionary; every ``start``/``end`` indexes ``reading.document.text`` in code points, half-open.

    >>> reading = Reading(Document(id="d", sha256="", text="Kyiv held."))
    >>> sorted(reading_to_dict(reading))[:4]
    ['attributions', 'claims', 'format', 'id']
    """
    document = reading.document
    record: dict[str, Any] = {
        "format": FORMAT,
        "id": document.id,
        "text_sha256": document.text_sha256,
        "published": document.published,
        "language": document.language,
        "places": [_place(place, detail=detail) for place in reading.places],
        "times": [_time(time, detail=detail) for time in reading.times],
        "attributions": [_attribution(item, detail=detail) for item in reading.attributions],
        "claims": [_claim(claim, detail=detail) for claim in reading.claims],
    }
    if detail:
        record["sentences"] = [
            {"start": s.start, "end": s.end, "role": s.role, "block": s.block} for s in reading.sentences
        ]
        record["actors"] = [_actor(actor, detail=True) for actor in reading.actors]
        record["quantities"] = [_quantity(quantity, detail=True) for quantity in reading.quantities]
    return record


def document_to_dict(document: Document) -> dict[str, Any]:
    """A document in the exchange format's input shape, with its provenance and hashes.

    Args:
        document: any document.
    Returns:
        a line that ``svidok extract --jsonl`` reads back with the same text and therefore the same offsets.

    >>> document_to_dict(Document(id="d", sha256="", text="Kyiv held."))["text"]
    'Kyiv held.'
    """
    source = document.source
    record: dict[str, Any] = {
        "id": document.id,
        "text": document.text,
        "language": document.language,
        "published": document.published,
        "source": source.name if source else None,
        "source_kind": source.kind if source else None,
        "source_grade": source.grade if source else None,
        "source_side": source.side if source else None,
        "source_credibility": source.credibility if source else None,
        "url": document.url,
        "title": document.title,
        "author": document.author,
        "retrieved": document.retrieved,
        "path": document.path,
        "dossier": document.dossier,
        "media_type": document.media_type,
        "sha256": document.sha256 or None,
        "text_sha256": document.text_sha256,
    }
    if document.custody is not None:
        record["custody"] = _custody(document.custody)
    if document.given_places is not None:
        record["given_places"] = [list(span) for span in document.given_places]
    return record


def event_to_dict(event: Event) -> dict[str, Any]:
    """An event with its claims, its interval, its place, every count claimed, and why it was joined.

    Args:
        event: any event.
    Returns:
        plain data; ``claims`` are ids of claims in the readings.

    >>> event_to_dict(Event("e", "capture", ("c1",), None, None))["claims"]
    ['c1']
    """
    return {
        "format": FORMAT,
        "id": event.id,
        "type": event.type,
        "label": event.label or None,
        "happened": event.happened,
        "time": _span(event.time, detail=True),
        "place": _place(event.place, detail=True) if event.place else None,
        "quantities": [_quantity(quantity, detail=True) for quantity in event.quantities],
        "actors": list(event.actors),
        "sides": list(event.sides),
        "witnesses": event.witnesses,
        "grades": list(event.grades),
        "estimates": [_estimate(estimate) for estimate in event.estimates],
        "time_rule": event.time_rule,
        "disputes": list(event.disputes),
        "claims": list(event.claims),
        "judgements": [_judgement(judgement) for judgement in event.judgements],
        "part_of": event.part_of,
    }


def _estimate(estimate: Estimate) -> dict[str, Any]:
    """Low, best and high of one count, with the rule that chose the best."""
    return {
        "what": estimate.what,
        "fate": estimate.fate,
        "low": estimate.low,
        "best": estimate.best,
        "high": estimate.high,
        "rule": estimate.rule or None,
    }


def finding_to_dict(finding: Finding) -> dict[str, Any]:
    """A finding in the exchange format.

    Args:
        finding: any finding.
    Returns:
        plain data; ``spans`` hold document id, offsets, exact words and what they say.

    >>> finding_to_dict(Finding("date", "high", "two dates", ()))["kind"]
    'date'
    """
    record: dict[str, Any] = {
        "format": FORMAT,
        "kind": finding.kind,
        "severity": finding.severity,
        "message": finding.message,
        "apart": finding.apart,
        "spans": [_quotation(span) for span in finding.spans],
    }
    if finding.reference is not None:
        record["reference"] = finding.reference
    return record


def findings_to_dict(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Every finding in the exchange format, in the order given.

    >>> findings_to_dict([])
    []
    """
    return [finding_to_dict(finding) for finding in findings]


def reading_from_dict(record: Mapping[str, Any], document: Document) -> Reading:
    """Build the reading again from its dictionary and the document that it was read from.

    Args:
        record: what `reading_to_dict` made, with or without ``detail``.
        document: the same document; its text gives the words back.
    Returns:
        the reading; fields that the dictionary does not hold have their defaults.
    Raises:
        InputError: another format, or another text than the one the offsets are good for.

    >>> document = Document(id="d", sha256="", text="Kyiv held.")
    >>> reading_from_dict(reading_to_dict(Reading(document)), document) == Reading(document)
    True
    """
    if record.get("format") != FORMAT:
        raise InputError(
            f"the record is in format {record.get('format')!r}, not {FORMAT!r}",
            where=document.id,
            remedy="write it again with this version of svidok extract",
        )
    if record.get("text_sha256") != document.text_sha256:
        raise InputError(
            "the record was made from another text than this document's, its offsets would point nowhere",
            where=document.id,
            remedy="give the document that the record was made from",
        )
    text = document.text
    return Reading(
        document=document,
        sentences=tuple(
            Sentence(s["start"], s["end"], text[s["start"] : s["end"]], s["role"], s["block"])
            for s in record.get("sentences", ())
        ),
        places=tuple(_place_back(item) for item in record["places"]),
        times=tuple(Time(**item) for item in record["times"]),
        actors=tuple(Actor(**item) for item in record.get("actors", ())),
        quantities=tuple(Quantity(**item) for item in record.get("quantities", ())),
        attributions=tuple(_attribution_back(item) for item in record["attributions"]),
        claims=tuple(_claim_back(item, document.id) for item in record["claims"]),
    )


# --- records to plain data -------------------------------------------------------------------------


def _custody(custody: Custody) -> dict[str, Any]:
    record = dataclasses.asdict(custody)
    return record | {"notes": list(custody.notes), "containers": list(record["containers"])}


def _number(value: float | None, digits: int = 3) -> int | float | None:
    if value is None:
        return None
    rounded = round(float(value), digits)
    return int(rounded) if rounded.is_integer() else rounded


def _degrees(value: float | None) -> float | None:
    return None if value is None else round(float(value), 5)


def _offsets(span: Offsets | None) -> list[int] | None:
    return None if span is None else [span[0], span[1]]


def _place(place: Place, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": place.start,
        "end": place.end,
        "text": place.text,
        "name": place.name,
        "geonameid": place.geonameid,
        "lat": _degrees(place.lat),
        "lon": _degrees(place.lon),
        "kind": place.kind,
        "relation": place.relation,
        "radius_km": None if place.radius_km is None else round(float(place.radius_km), 3),
        "confidence": round(float(place.confidence), 3),
    }
    if detail:
        record |= {
            "key": place.key,
            "country": place.country,
            "within": list(place.within),
            "metonym": place.metonym,
            "why": place.why,
        }
    return record


def _time(time: Time, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": time.start,
        "end": time.end,
        "text": time.text,
        "type": time.type,
        "value": time.value,
        "mod": time.mod,
        "earliest": time.earliest,
        "latest": time.latest,
        "edtf": time.edtf,
    }
    if detail:
        record["anchor"] = time.anchor
    return record


def _attribution(item: Attribution, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "source": _offsets(item.source),
        "cue": _offsets(item.cue),
        "content": _offsets(item.content),
        "speaker": item.speaker,
    }
    if detail:
        record["denies"] = item.denies
    return record


def _actor(actor: Actor, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": actor.start,
        "end": actor.end,
        "text": actor.text,
        "name": actor.name,
        "side": actor.side,
    }
    if detail:
        record["kind"] = actor.kind
    return record


def _quantity(quantity: Quantity, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "start": quantity.start,
        "end": quantity.end,
        "text": quantity.text,
        "what": quantity.what,
        "kind": quantity.kind,
        "low": _number(quantity.low),
        "high": _number(quantity.high),
        "unit": quantity.unit,
        "bound": quantity.bound,
    }
    if detail:
        record |= {"fate": quantity.fate, "cumulative": quantity.cumulative}
    return record


def _span(span: TimeSpan | None, *, detail: bool) -> dict[str, Any] | None:
    if span is None:
        return None
    record: dict[str, Any] = {"earliest": span.earliest, "latest": span.latest, "edtf": span.edtf}
    if detail:
        record |= {"span": _offsets(span.span), "inherited": span.inherited}
    return record


def _claim(claim: Claim, *, detail: bool) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "trigger": _offsets(claim.trigger),
        "type": claim.type,
        "acled": claim.acled,
        "plover": claim.plover,
        "actors": [_actor(actor, detail=detail) for actor in claim.actors],
        "targets": [_actor(actor, detail=detail) for actor in claim.targets],
        "places": list(claim.places),
        "time": _span(claim.time, detail=detail),
        "quantities": [_quantity(quantity, detail=detail) for quantity in claim.quantities],
        "polarity": claim.polarity,
        "modality": claim.modality,
        "speaker": claim.speaker,
        "confidence": round(float(claim.confidence), 3),
        "why": claim.why or None,
    }
    if claim.plover is None:  # readers of the format take the root as text: no root, no key
        del record["plover"]
    if detail:
        record["places_inherited"] = claim.places_inherited
    return record


def _judgement(judgement: Judgement) -> dict[str, Any]:
    return {
        "left": judgement.left,
        "right": judgement.right,
        "verdict": judgement.verdict,
        "reasons": list(judgement.reasons),
        "judge": judgement.judge,
    }


def _quotation(span: Quotation) -> dict[str, Any]:
    return {"id": span.id, "start": span.start, "end": span.end, "text": span.text, "says": span.says}


# --- plain data to records -------------------------------------------------------------------------


def _pair(span: list[int] | None) -> Offsets | None:
    return None if span is None else (span[0], span[1])


def _place_back(item: Mapping[str, Any]) -> Place:
    return Place(**{**item, "within": tuple(item.get("within", ()))})


def _attribution_back(item: Mapping[str, Any]) -> Attribution:
    return Attribution(
        source=_pair(item["source"]),
        cue=(item["cue"][0], item["cue"][1]),
        content=(item["content"][0], item["content"][1]),
        speaker=item["speaker"],
        denies=item.get("denies", False),
    )


def _claim_back(item: Mapping[str, Any], document: str) -> Claim:
    time = item["time"]
    return Claim(
        **{
            **item,
            "document": document,
            "trigger": (item["trigger"][0], item["trigger"][1]),
            "actors": tuple(Actor(**actor) for actor in item["actors"]),
            "targets": tuple(Actor(**actor) for actor in item["targets"]),
            "places": tuple(item["places"]),
            "time": None if time is None else TimeSpan(**{**time, "span": _pair(time.get("span"))}),
            "quantities": tuple(Quantity(**quantity) for quantity in item["quantities"]),
            "why": item["why"] or "",
        }
    )
