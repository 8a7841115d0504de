"""Every export format against its specification or a real reader, and what all of them promise."""

from __future__ import annotations

import csv
import io
import json
import struct
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from svidok.errors import InputError
from svidok.ledger.rows import Count
from svidok.publish.exports import FORMATS, Edition, Export, export
from svidok.publish.exports.data import load_codes
from svidok.publish.exports.deaths import deaths_of

NOT_DONE = ("Offensive on Sumy", "Capture of Brovary")


@pytest.fixture(scope="session")
def edition(sample: Any) -> Edition:
    return Edition(**sample.parts(), title="Two weeks <in> March & after")


def made(key: str, edition: Edition) -> Export:
    if FORMATS[key].extra:
        pytest.importorskip("pyarrow", reason="needs the extra svidok[parquet]")
    return export(key, edition)


def sheet(key: str, edition: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(made(key, edition).data.decode("utf-8"), newline="")))


@pytest.mark.parametrize("key", FORMATS)
def test_same_chronicle_same_bytes(key: str, sample: Any, edition: Edition) -> None:
    again = Edition(**sample.parts(), title=edition.title)
    assert made(key, edition).data == made(key, again).data


@pytest.mark.parametrize("key", FORMATS)
def test_nothing_to_write_is_a_valid_empty_file(key: str) -> None:
    from svidok.ledger import Ledger

    assert made(key, Edition([], [], [], Ledger())).rows == 0


@pytest.mark.parametrize("key", FORMATS)
def test_every_format_is_told_of_in_the_documentation(key: str) -> None:
    assert f"`{key}`" in (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_an_unknown_format() -> None:
    from svidok.ledger import Ledger

    with pytest.raises(InputError, match="choose one of acled"):
        export("xls", Edition([], [], [], Ledger()))


def in_acled_terms(edition: Edition) -> Edition:
    """The sample with the sub-event types that the reader of claims would have given."""
    names = {"move": "Other", "battle": "Armed clash", "destroy": "Looting/property destruction", "attack_civilians": "Attack",
             "capture": "Government regains territory", "withdraw": "Non-violent transfer of territory"}  # fmt: skip
    readings = [
        replace(r, claims=tuple(replace(c, acled=names.get(c.type)) for c in r.claims))
        for r in edition.readings
    ]
    return replace(edition, readings=readings)


@pytest.mark.parametrize("key", [key for key in FORMATS if key not in ("geojson", "parquet", "annotations")])
def test_nothing_that_is_not_said_to_have_happened_becomes_an_event(key: str, edition: Edition) -> None:
    export_made = made(key, in_acled_terms(edition))
    data = export_made.data
    if key == "cap":
        data = b"".join(
            zipfile.ZipFile(io.BytesIO(data)).read(n) for n in zipfile.ZipFile(io.BytesIO(data)).namelist()
        )
    for title in NOT_DONE:
        assert title.encode() not in data
    if key != "plover":
        assert export_made.left_out[0] == (
            "denied, planned, feared or demanded, not said to have happened",
            2,
        )


def test_the_formats_with_a_standing_hold_all_and_say_it(edition: Edition) -> None:
    features = json.loads(made("geojson", edition).data)["features"]
    assert [f["properties"]["title"] for f in features if not f["properties"]["happened"]] == list(NOT_DONE)
    assert {f["properties"]["status"] for f in features} >= {"planned", "denied", "disputed", "asserted"}


@pytest.mark.parametrize("key", ["acled", "ucdp", "hxl"])
def test_every_row_of_a_table_leads_back_to_its_words(key: str, edition: Edition) -> None:
    texts = {id: " ".join(d.text.split()) for id, d in edition.documents.items()}
    column = {"acled": "notes", "ucdp": "source_article", "hxl": "Words"}[key]
    rows = [row for row in sheet(key, in_acled_terms(dated(edition))) if not row[column].startswith("#")]
    assert rows
    for row in rows:
        quotation = row[column].split("“", 1)[1].split("” (", 1)[0]
        assert any(quotation in text for text in texts.values())
        assert "; document " in row[column]
        assert ", characters " in row[column]


def dated(edition: Edition) -> Edition:
    """The sample with a day and a number for the killing, which UCDP wants."""
    rows = tuple(
        replace(
            row,
            earliest="2022-03-27",
            latest="2022-03-31",
            counts=(Count("civilian", "people", "killed", 200, 250, 220),),
        )
        if row.type == "attack_civilians"
        else row
        for row in edition.ledger.chronology
    )
    return replace(edition, ledger=replace(edition.ledger, chronology=rows))


def test_acled(edition: Edition) -> None:
    from svidok.atlas.ontology import load_ontology
    from svidok.publish.exports.acled import COLUMNS

    rows = {row["notes"].split(".")[0]: row for row in sheet("acled", in_acled_terms(dated(edition)))}
    entry = rows["Russian columns entered Irpin"]
    assert list(entry) == list(COLUMNS)
    assert (entry["event_date"], entry["year"], entry["time_precision"], entry["geo_precision"]) == (
        "2022-03-04",
        "2022",
        "1",
        "1",
    )
    assert (entry["latitude"], entry["longitude"], entry["fatalities"]) == ("50.52", "30.25", "")
    fight = rows["Fighting at Hostomel"]
    assert (fight["event_date"], fight["time_precision"]) == ("2022-03-07", "2")
    assert (fight["event_type"], fight["disorder_type"]) == ("Battles", "Political violence")
    killing = rows["Civilians killed in Bucha"]
    assert (killing["fatalities"], killing["civilian_targeting"]) == ("200", "Civilian targeting")
    assert "Flight from Chernihiv" not in rows  # no day, and no type that ACLED codes
    codes, ontology = load_codes("acled"), load_ontology()
    named = {
        name for code in ontology for name in (*ontology[code].acled_options, ontology[code].acled) if name
    }
    assert named == set(codes["event_type"])
    assert set(codes["event_type"].values()) <= set(codes["disorder_type"])


def test_ucdp(edition: Edition) -> None:
    from svidok.publish.exports.ucdp import COLUMNS

    (row,) = sheet("ucdp", dated(edition))
    assert list(row) == list(COLUMNS)
    assert (row["low"], row["best"], row["high"], row["deaths_civilians"], row["deaths_unknown"]) == (
        "200",
        "220",
        "250",
        "220",
        "0",
    )
    assert (row["where_prec"], row["date_prec"], row["event_clarity"], row["type_of_violence"]) == (
        "1",
        "2",
        "1",
        "3",
    )
    assert (row["date_start"], row["date_end"], row["geom_wkt"]) == (
        "2022-03-27",
        "2022-03-31",
        "POINT (30.21 50.55)",
    )


def test_an_attack_and_its_casualties_are_not_counted_twice(edition: Edition) -> None:
    chronology = dated(edition).ledger.chronology
    killing = next(row for row in chronology if row.type == "attack_civilians")
    twice = replace(killing, id="row-x", event="event-x", type="casualties", label="Casualties in Bucha")
    ledger = replace(edition.ledger, chronology=(*chronology, twice))
    assert len(sheet("ucdp", replace(edition, ledger=ledger))) == 1


def test_geojson_is_what_rfc_7946_says_and_what_gdal_reads(edition: Edition, tmp_path: Path) -> None:
    import jsonschema

    whole = json.loads(made("geojson", edition).data)
    position = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    point = {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": "Point"}, "coordinates": position},
    }
    feature = {
        "type": "object",
        "required": ["type", "geometry", "properties"],
        "properties": {
            "type": {"const": "Feature"},
            "geometry": {"oneOf": [{"type": "null"}, point]},
            "properties": {"type": "object"},
        },
    }
    jsonschema.validate(
        whole,
        {
            "type": "object",
            "required": ["type", "features"],
            "properties": {
                "type": {"const": "FeatureCollection"},
                "features": {"type": "array", "items": feature},
            },
            "not": {"required": ["crs"]},
        },
    )
    points = [f["geometry"]["coordinates"] for f in whole["features"] if f["geometry"]]
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in points)
    assert [30.25, 50.52] in points
    frame = read_with_gdal(made("geojson", edition).data, tmp_path / "a.geojson")
    assert len(frame) == len(whole["features"])
    assert frame.crs.to_epsg() == 4326
    assert frame.geometry.iloc[0].x == pytest.approx(30.25)


def read_with_gdal(data: bytes, path: Path) -> Any:
    import warnings

    geopandas = pytest.importorskip("geopandas", reason="reads the files back with GDAL")
    path.write_bytes(data)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return geopandas.read_file(path)


def test_kml_is_what_gdal_reads(edition: Edition, tmp_path: Path) -> None:
    data = made("kml", edition).data
    root = ElementTree.fromstring(data)
    space = "{http://www.opengis.net/kml/2.2}"
    assert root.tag == f"{space}kml"
    order = {
        name: n
        for n, name in enumerate(("name", "description", "TimeStamp", "TimeSpan", "ExtendedData", "Point"))
    }
    marks = list(root.iter(f"{space}Placemark"))
    for mark in marks:
        tags = [child.tag.removeprefix(space) for child in mark]
        assert tags == sorted(tags, key=order.__getitem__)  # the schema's sequence
    spans = {
        mark.findtext(f"{space}name"): [
            e.text for e in mark.iter() if e.tag in (f"{space}when", f"{space}begin", f"{space}end")
        ]
        for mark in marks
    }
    assert spans["Russian columns entered Irpin"] == ["2022-03-04"]
    assert spans["Fighting at Hostomel"] == ["2022-03-04", "2022-03-10"]
    assert spans["Withdrawal from Bucha"] == ["2022-03-31"]  # open to the left
    assert len({mark.get("id") for mark in marks}) == len(marks)
    assert "<script" not in "".join(mark.findtext(f"{space}description") or "" for mark in marks)
    import pyogrio

    (tmp_path / "b.kml").write_bytes(data)
    read = 0
    for layer, _ in pyogrio.list_layers(tmp_path / "b.kml"):
        read += pyogrio.read_info(tmp_path / "b.kml", layer=layer)["features"]
    assert read == len(marks)


def test_geoparquet_is_read_by_pyarrow_and_geopandas(edition: Edition, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow", reason="needs the extra svidok[parquet]")
    from pyarrow import parquet

    data = made("parquet", edition).data
    table = parquet.read_table(pyarrow.BufferReader(data))
    rows = table.to_pylist()
    geo = json.loads(table.schema.metadata[b"geo"])
    assert (geo["version"], geo["primary_column"]) == ("1.1.0", "geometry")
    first = rows[0]
    assert struct.unpack("<BIdd", first["geometry"]) == (1, 1, 30.25, 50.52)
    assert first["evidence"][0]["text"] == "On 4 March 2022 Russian columns entered Irpin."
    assert (rows[7]["counts"][0]["low"], rows[7]["counts"][0]["high"]) == (200.0, None)
    geopandas = pytest.importorskip("geopandas", reason="reads the file back")
    (tmp_path / "a.parquet").write_bytes(data)
    frame = geopandas.read_parquet(tmp_path / "a.parquet")
    assert (len(frame), frame.crs.to_string()) == (len(rows), "OGC:CRS84")
    assert list(frame.total_bounds) == geo["columns"]["geometry"]["bbox"]


def test_plover(edition: Edition) -> None:
    from svidok.atlas.ontology import load_ontology

    roots = {"move": "MOBILIZE", "battle": "ASSAULT", "withdraw": "RETREAT"}
    readings = [
        replace(r, claims=tuple(replace(c, plover=roots.get(c.type)) for c in r.claims))
        for r in edition.readings
    ]
    records = [
        json.loads(line)
        for line in made("plover", replace(edition, readings=readings)).data.decode().split("\n")
        if line
    ]
    ontology = load_ontology()
    known = {n for code in ontology for n in (*ontology[code].plover_options, ontology[code].plover) if n}
    texts = {id: d.text for id, d in edition.documents.items()}
    assert {record["event"] for record in records} == set(roots.values()) <= known
    for record in records:
        info = record["textInfo"]
        assert texts[info["document"]][info["start"] : info["end"]] == record["text"]
        assert record["eventText"] in record["text"]
    assert records[0]["date"] == "2022-03-04"
    fight = next(record for record in records if record["eventText"] == "fought")
    assert (fight["date"], fight["dateRange"]) == (None, ["2022-03-04", "2022-03-10"])
    assert fight["source"][0]["side"] == "Ukraine"


def test_timelinejs(edition: Edition) -> None:
    import jsonschema

    number = {"type": "integer"}
    moment = {
        "type": "object",
        "required": ["year"],
        "additionalProperties": False,
        "properties": {"year": number, "month": number, "day": number},
    }
    text = {"type": "object", "properties": {"headline": {"type": "string"}, "text": {"type": "string"}}}
    slide = {
        "type": "object",
        "required": ["start_date"],
        "properties": {
            "start_date": moment,
            "end_date": moment,
            "text": text,
            "unique_id": {"type": "string"},
        },
    }
    whole = json.loads(made("timelinejs", edition).data)
    jsonschema.validate(
        whole,
        {
            "type": "object",
            "required": ["events"],
            "properties": {"title": {"type": "object"}, "events": {"type": "array", "items": slide}},
        },
    )
    slides = {s["text"]["headline"]: s for s in whole["events"]}
    assert slides["Fighting at Hostomel"]["end_date"] == {"year": 2022, "month": 3, "day": 10}
    assert "<script" not in json.dumps(whole["events"])
    assert whole["title"]["text"]["headline"] == "Two weeks &lt;in&gt; March &amp; after"


def test_timelinejs_fills_in_no_day() -> None:
    from svidok.publish.exports.edition import days_of
    from svidok.publish.exports.timelinejs import _dates

    def dates(first: str, last: str) -> Any:
        days = days_of(first, last)
        assert days is not None
        return _dates(days)

    assert dates("2022-03-01", "2022-03-31") == ({"year": 2022, "month": 3}, None)
    assert dates("2022-01-01", "2022-12-31") == ({"year": 2022}, None)
    assert dates("2022-03-04", "2022-03-04") == ({"year": 2022, "month": 3, "day": 4}, None)


def test_timemap(edition: Edition) -> None:
    import jsonschema

    words = {"type": "string"}
    texts = (
        "id",
        "description",
        "date",
        "time",
        "time_precision",
        "location",
        "latitude",
        "longitude",
        "type",
        "category",
        "comments",
        "time_display",
    )
    event = {
        "type": "object",
        "required": ["description", "date", "latitude", "longitude"],
        "additionalProperties": False,
        "properties": {
            **dict.fromkeys(texts, words),
            "associations": {"type": "array", "items": words},
            "sources": {"type": "array", "items": words},
        },
    }
    whole = json.loads(made("timemap", edition).data)
    jsonschema.validate(whole["events"], {"type": "array", "items": event, "minItems": 3})
    known = {entry["id"] for entry in whole["associations"]}
    for entry in whole["events"]:
        assert set(entry["associations"]) <= known
        assert set(entry["sources"]) <= set(whole["sources"])
        month, day, year = map(int, entry["date"].split("/"))
        assert (year, month, 1 <= day <= 31) == (2022, 3, True)
    assert whole["sources"]["hostile"]["paths"] == []  # its address is a script


def test_hxl_is_read_by_libhxl(edition: Edition, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl", reason="reads the file back")
    path = tmp_path / "a.csv"
    path.write_bytes(made("hxl", edition).data)
    with hxl.data(hxl.make_input(str(path), hxl.InputOptions(allow_local=True))) as source:
        rows = list(source)
        assert len(rows) == made("hxl", edition).rows
        assert rows[0].get("#loc+name") == "Irpin"
        assert rows[0].get("#date+start") == "2022-03-04"
        assert all(column.tag for column in source.columns)


CAP = """<grammar xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"
 ns="urn:oasis:names:tc:emergency:cap:1.2"><start><element name="alert">
 <element name="identifier"><data type="string"><param name="pattern">[^\\s,&lt;&amp;]+</param></data></element>
 <element name="sender"><data type="string"><param name="pattern">[^\\s,&lt;&amp;]+</param></data></element>
 <element name="sent"><data type="dateTime"><param name="pattern">\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d[\\-+]\\d\\d:\\d\\d</param></data></element>
 <element name="status"><choice><value>Actual</value><value>Exercise</value><value>System</value><value>Test</value><value>Draft</value></choice></element>
 <element name="msgType"><choice><value>Alert</value><value>Update</value><value>Cancel</value><value>Ack</value><value>Error</value></choice></element>
 <optional><element name="source"><text/></element></optional>
 <element name="scope"><choice><value>Public</value><value>Restricted</value><value>Private</value></choice></element>
 <optional><element name="note"><text/></element></optional>
 <zeroOrMore><element name="info"><optional><element name="language"><data type="language"/></element></optional>
  <oneOrMore><element name="category"><choice><value>Geo</value><value>Met</value><value>Safety</value><value>Security</value><value>Rescue</value><value>Fire</value><value>Health</value><value>Env</value><value>Transport</value><value>Infra</value><value>CBRNE</value><value>Other</value></choice></element></oneOrMore>
  <element name="event"><text/></element>
  <element name="urgency"><choice><value>Immediate</value><value>Expected</value><value>Future</value><value>Past</value><value>Unknown</value></choice></element>
  <element name="severity"><choice><value>Extreme</value><value>Severe</value><value>Moderate</value><value>Minor</value><value>Unknown</value></choice></element>
  <element name="certainty"><choice><value>Observed</value><value>Likely</value><value>Possible</value><value>Unlikely</value><value>Unknown</value></choice></element>
  <optional><element name="headline"><text/></element></optional><optional><element name="description"><text/></element></optional>
  <zeroOrMore><element name="parameter"><element name="valueName"><text/></element><element name="value"><text/></element></element></zeroOrMore>
  <zeroOrMore><element name="area"><element name="areaDesc"><text/></element>
   <zeroOrMore><element name="circle"><data type="string"><param name="pattern">-?\\d+(\\.\\d+)?,-?\\d+(\\.\\d+)? \\d+(\\.\\d+)?</param></data></element></zeroOrMore></element></zeroOrMore>
 </element></zeroOrMore></element></start></grammar>"""
"""The part of CAP 1.2 that is written, as its specification orders it."""


def test_cap_can_be_read_and_can_set_off_nothing(edition: Edition) -> None:
    from lxml import etree

    chronology = tuple(
        replace(row, type="alert", label="Siren \x00 & <alarm>") for row in edition.ledger.chronology
    )
    whole = replace(edition, ledger=replace(edition.ledger, chronology=chronology))
    archive = zipfile.ZipFile(io.BytesIO(made("cap", whole).data))
    schema = etree.RelaxNG(etree.fromstring(CAP))
    assert len(archive.namelist()) == made("cap", whole).rows == len(chronology) - 2
    for name in archive.namelist():
        alert = etree.fromstring(archive.read(name))
        assert schema.validate(alert), schema.error_log
        said = {etree.QName(element).localname: element.text for element in alert.iter()}
        assert (said["status"], said["urgency"], said["severity"]) == ("Draft", "Past", "Unknown")
        assert "Not for action" in said["note"]


def test_follow_the_money(edition: Edition) -> None:
    lines = [json.loads(line) for line in made("ftm", edition).data.decode().split("\n") if line]
    ids = {entity["id"] for entity in lines}
    assert len(ids) == len(lines)
    for entity in lines:
        for name in ("involved", "proof"):
            assert set(entity["properties"].get(name, ())) <= ids
    entry = next(e for e in lines if e["properties"].get("name") == ["Russian columns entered Irpin"])
    assert entry["properties"]["date"] == ["2022-03-04"]


def test_follow_the_money_accepts_every_entity(edition: Edition) -> None:
    ftm = pytest.importorskip("followthemoney", reason="needs the followthemoney package, which needs ICU")
    from followthemoney.exc import InvalidData

    for line in made("ftm", edition).data.decode().split("\n"):
        if not line:
            continue
        entity = json.loads(line)
        proxy = ftm.model.get_proxy(entity)
        for name, values in entity["properties"].items():
            prop = proxy.schema.get(name)
            assert prop is not None, f"{entity['schema']} has no property {name}"
            for value in values:
                assert prop.type.name == "entity" or prop.type.clean(value) is not None, (name, value)
        try:
            proxy.schema.validate(entity)
        except InvalidData as error:
            pytest.fail(f"{entity}: {error}")


def test_web_annotations(edition: Edition) -> None:
    whole = json.loads(made("annotations", edition).data)
    assert whole["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert whole["total"] == len(whole["first"]["items"]) == len(edition.claims)
    texts = {
        d.url if d.url and d.url.startswith("http") else f"urn:sha256:{d.text_sha256}": d.text
        for d in edition.documents.values()
    }
    for item in whole["first"]["items"]:
        assert item["type"] == "Annotation"
        assert item["motivation"] == "tagging"
        quote, position = item["target"]["selector"]
        text = texts[item["target"]["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
    assert len({item["id"] for item in whole["first"]["items"]}) == whole["total"]
    assert "javascript:" not in json.dumps(whole)


def test_deaths_are_added_only_over_unlike_people() -> None:
    def count(what: str | None, low: float | None, high: float | None) -> Count:
        return Count(what, "people", "killed", low, high, low if low == high else None)

    assert deaths_of([]) is None
    both = deaths_of([count("civilian", 3, 3), count("soldier", 2, 4), count("person", 12, 12)])
    assert both is not None
    assert (both.low, both.best, both.high, both.civilians) == (12, 12, 12, 3)
    open_ended = deaths_of([count("person", 200, None)])
    assert open_ended is not None
    assert (open_ended.low, open_ended.best, open_ended.high) == (200, None, None)
