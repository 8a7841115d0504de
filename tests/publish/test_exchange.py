"""The exchange format is a public contract: its keys, their order, their nulls, and the way back."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from svidok.errors import InputError
from svidok.publish.exchange import (
    document_to_dict,
    event_to_dict,
    finding_to_dict,
    findings_to_dict,
    json_line,
    reading_from_dict,
    reading_to_dict,
)
from svidok.records import (
    Actor,
    Attribution,
    Claim,
    Document,
    Event,
    Finding,
    Judgement,
    Place,
    Quantity,
    Quotation,
    Reading,
    Sentence,
    Source,
    Time,
    TimeSpan,
)

TEXT = "Officials said troops left Kiev on 31 March 2022; 500 tanks were destroyed."


def a_reading() -> Reading:
    def at(words: str) -> tuple[int, int]:
        start = TEXT.index(words)
        return start, start + len(words)

    tanks = Quantity(*at("500 tanks"), "500 tanks", "tank", "equipment", 500.0, None, fate="destroyed")
    troops = Actor(*at("troops"), "troops", name="Russian Armed Forces", side="Russia", kind="state force")
    place = Place(
        *at("Kiev"), "Kiev", name="Kyiv", key="ua:kyiv", geonameid=703448, lat=50.4546661, lon=30.5238,
        kind="settlement", radius_km=5.0, confidence=0.9712, country="UA", within=("Kyiv", "Ukraine"),
    )  # fmt: skip
    span = TimeSpan("2022-03-31", "2022-03-31", "2022-03-31", at("31 March 2022"))
    claim = Claim(
        "c1", "d1", 15, 48, at("left"), "withdraw", "Non-violent transfer of territory", "RETREAT",
        actors=(troops,), places=(0,), time=span, quantities=(tanks,), modality="reported",
        speaker="Officials", confidence=0.83, why="leave + army + settlement",
    )  # fmt: skip
    return Reading(
        document=Document(
            "d1", "ab", TEXT, source=Source("The Herald", kind="press"), published="2022-04-01", language="en"
        ),
        sentences=(Sentence(0, len(TEXT), TEXT, "body", 0),),
        places=(place,),
        times=(Time(*at("31 March 2022"), "31 March 2022", "DATE", "2022-03-31", None, "2022-03-31", "2022-03-31", "2022-03-31"),),
        actors=(troops,),
        quantities=(tanks,),
        attributions=(Attribution(at("Officials"), at("said"), (15, 48), "Officials"),),
        claims=(claim,),
    )  # fmt: skip


def test_the_keys_of_the_contract() -> None:
    record = reading_to_dict(a_reading())
    assert list(record) == [
        "format", "id", "text_sha256", "published", "language", "places", "times", "attributions", "claims",
    ]  # fmt: skip
    assert record["format"] == "svidok/1"
    assert list(record["places"][0]) == [
        "start", "end", "text", "name", "geonameid", "lat", "lon", "kind", "relation", "radius_km", "confidence",
    ]  # fmt: skip
    assert list(record["times"][0]) == [
        "start", "end", "text", "type", "value", "mod", "earliest", "latest", "edtf",
    ]  # fmt: skip
    assert list(record["attributions"][0]) == ["source", "cue", "content", "speaker"]
    claim = record["claims"][0]
    assert list(claim) == [
        "id", "start", "end", "trigger", "type", "acled", "plover", "actors", "targets", "places", "time",
        "quantities", "polarity", "modality", "speaker", "confidence", "why",
    ]  # fmt: skip
    assert list(claim["actors"][0]) == ["start", "end", "text", "name", "side"]
    assert list(claim["time"]) == ["earliest", "latest", "edtf"]
    assert list(claim["quantities"][0]) == [
        "start", "end", "text", "what", "kind", "low", "high", "unit", "bound",
    ]  # fmt: skip


def test_the_values_of_the_contract() -> None:
    record = reading_to_dict(a_reading())
    assert record["places"][0]["lat"] == 50.45467
    claim = record["claims"][0]
    assert claim["places"] == [0]
    assert claim["trigger"] == list(a_reading().claims[0].trigger)
    assert (claim["quantities"][0]["low"], claim["quantities"][0]["high"]) == (500, None)
    assert '"low":500,' in json_line(record)


def test_every_span_slices_back() -> None:
    record = reading_to_dict(a_reading())
    mentions = [*record["places"], *record["times"]]
    for claim in record["claims"]:
        mentions += claim["actors"] + claim["targets"] + claim["quantities"]
    assert mentions
    assert all(TEXT[item["start"] : item["end"]] == item["text"] for item in mentions)


def test_unknown_is_null_never_empty() -> None:
    bare = Claim("c", "d", 0, 4, (0, 4), "battle")
    record = reading_to_dict(Reading(Document("d", "", TEXT), places=(Place(0, 4, "Offi"),), claims=(bare,)))
    claim, place = record["claims"][0], record["places"][0]
    assert [claim[key] for key in ("acled", "time", "speaker", "why")] == [None] * 4
    assert "plover" not in claim
    assert [place[key] for key in ("name", "geonameid", "lat", "lon", "kind", "relation", "radius_km")] == [
        None
    ] * 7
    assert (record["published"], record["language"]) == (None, None)


def test_detail_only_adds() -> None:
    short, full = reading_to_dict(a_reading()), reading_to_dict(a_reading(), detail=True)

    def covers(less: Any, more: Any) -> bool:
        if isinstance(less, dict):
            return all(key in more and covers(value, more[key]) for key, value in less.items())
        if isinstance(less, list):
            return len(less) == len(more) and all(map(covers, less, more))
        return bool(less == more)

    assert covers(short, full)


def test_the_way_back_loses_nothing() -> None:
    reading = a_reading()
    back = reading_from_dict(json.loads(json_line(reading_to_dict(reading, detail=True))), reading.document)
    rounded = dataclasses.replace(reading.places[0], lat=50.45467, confidence=0.971)
    assert back == dataclasses.replace(reading, places=(rounded,))


def test_the_way_back_without_detail_keeps_the_contract() -> None:
    reading = a_reading()
    record = reading_to_dict(reading)
    assert reading_to_dict(reading_from_dict(record, reading.document)) == record


@pytest.mark.parametrize("wrong", [{"format": "svidok/9"}, {"text_sha256": "0"}])
def test_the_way_back_refuses_another_format_or_text(wrong: dict[str, str]) -> None:
    reading = a_reading()
    with pytest.raises(InputError):
        reading_from_dict(reading_to_dict(reading) | wrong, reading.document)


def test_a_finding() -> None:
    spans = (Quotation("d1", 0, 4, "1995", "1995"), Quotation("d1", 9, 13, "1997", "1997"))
    record = finding_to_dict(Finding("date", "high", "Two years for one massacre.", spans, "2 years"))
    assert list(record) == ["format", "kind", "severity", "message", "apart", "spans"]
    assert record["spans"][1] == {"id": "d1", "start": 9, "end": 13, "text": "1997", "says": "1997"}
    against = Finding("distance", "low", "m", spans[:1], "4 km", reference="map: 25 km")
    assert findings_to_dict([against])[0]["reference"] == "map: 25 km"


def test_an_event() -> None:
    reading = a_reading()
    event = Event(
        "e1", "withdraw", ("c1",), reading.claims[0].time, reading.places[0], reading.quantities,
        ("Russian Armed Forces",), ("Russia",), judgements=(Judgement("c1", "c2", "same", ("same day",)),),
    )  # fmt: skip
    record = event_to_dict(event)
    assert record["place"]["geonameid"] == 703448
    assert record["judgements"][0]["reasons"] == ["same day"]
    assert json.loads(json_line(record)) == record


def test_a_document_is_a_line_of_input() -> None:
    record = document_to_dict(a_reading().document)
    assert {"id", "text", "language", "published", "source", "url", "title"} <= set(record)
    assert (record["source"], record["text"], record["url"]) == ("The Herald", TEXT, None)


def test_half_a_surrogate_pair_survives() -> None:
    assert json.loads(json_line({"text": "a\ud83d b"}).encode("utf-8")) == {"text": "a\ud83d b"}


_texts = st.text(min_size=1, max_size=40)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(_texts)

    def span() -> tuple[int, int]:
        start = draw(st.integers(0, len(text) - 1))
        return start, draw(st.integers(start + 1, len(text)))

    def mention() -> tuple[int, int, str]:
        start, end = span()
        return start, end, text[start:end]

    number = st.none() | st.floats(0, 1e9, allow_nan=False)
    quantities = tuple(
        Quantity(*mention(), "tank", "equipment", draw(number), draw(number))
        for _ in range(draw(st.integers(0, 2)))
    )
    places = tuple(
        Place(
            *mention(), lat=draw(st.none() | st.floats(-90, 90)), lon=draw(st.none() | st.floats(-180, 180))
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    claim = Claim(
        "c", "d", *span(), span(), "battle", places=tuple(range(len(places))), quantities=quantities
    )
    return Reading(Document("d", "", text), places=places, quantities=quantities, claims=(claim,))


@given(readings())
def test_writing_reading_and_writing_again_gives_the_same_bytes(reading: Reading) -> None:
    first = json_line(reading_to_dict(reading, detail=True))
    assert (
        json_line(reading_to_dict(reading_from_dict(json.loads(first), reading.document), detail=True))
        == first
    )
