"""``svidok control``: the table per town and day, declared priors, polygons, and what was known when."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from shapely.geometry import shape

REPORTS = (
    ("early", "2022-03-03", "Russian troops captured Kherson on 2 March 2022."),
    ("late", "2022-11-12", "Ukrainian forces liberated Kherson on 11 November 2022."),
)
TOWNS = (
    "name,lat,lon,initial\nKherson,46.6558,32.6178,ukraine\nOleshky,46.6247,32.7186,\nLviv,49.8419,24.0315,\n"
)
DAYS = ("--from", "2022-02-24", "--to", "2022-12-01")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    path = tmp_path / "docs.jsonl"
    rows = [{"id": i, "text": t, "language": "en", "published": p} for i, p, t in REPORTS]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    return path


@pytest.fixture
def towns(tmp_path: Path) -> Path:
    path = tmp_path / "towns.csv"
    path.write_text(TOWNS, encoding="utf-8")
    return path


def told(text: str) -> dict[tuple[str, str, str], tuple[float, str]]:
    rows = csv.DictReader(io.StringIO(text))
    return {(r["date"], r["name"], r["side"]): (float(r["probability"]), r["evidence"]) for r in rows}


def test_each_town_and_day_sums_to_one_and_follows_the_claims(run, docs: Path, towns: Path) -> None:
    result = run("control", "--jsonl", docs, "--places", towns, *DAYS, "--sides", "Ukraine,Russia", "-q")
    assert result.exit_code == 0, result.output
    table = told(result.output)
    for day, name in {(d, n) for d, n, _ in table}:
        own = [p for (d, n, _), (p, _) in table.items() if (d, n) == (day, name)]
        assert sum(own) == pytest.approx(1.0, abs=1e-5)
    assert table["2022-02-25", "Kherson", "Ukraine"] == (pytest.approx(0.97, abs=0.02), "")
    assert table["2022-03-10", "Kherson", "Russia"][0] > 0.6
    assert len(table["2022-03-10", "Kherson", "Russia"][1]) == 16
    assert table["2022-11-20", "Kherson", "Ukraine"][0] > 0.6
    assert table["2022-11-20", "Lviv", "unknown"][0] == 1.0


def test_only_what_was_known_by_a_day_counts(run, docs: Path, towns: Path) -> None:
    result = run("control", "--jsonl", docs, "--places", towns, *DAYS, "--known-by", "2022-10-01", "-q")
    assert result.exit_code == 0, result.output
    assert told(result.output)["2022-11-20", "Kherson", "Russia"][0] > 0.5


def test_declared_priors_and_polygons_of_a_day(run, docs: Path, towns: Path, tmp_path: Path) -> None:
    ring = [[32.66, 46.5], [33.5, 46.5], [33.5, 46.8], [32.66, 46.8], [32.66, 46.5]]
    held = tmp_path / "held.geojson"
    held.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}), encoding="utf-8")
    out, drawn = tmp_path / "c.csv", tmp_path / "areas.geojson"
    result = run(
        "control", "--jsonl", docs, "--places", towns, *DAYS, "--initial", "Ukraine", "--initial-polygon",
        f"{held}=russia", "-o", out, "--polygons", drawn, "--on", "2022-02-24", "-q",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    table = told(out.read_text(encoding="utf-8"))
    assert table["2022-02-24", "Oleshky", "Russia"][0] > 0.9
    assert table["2022-02-24", "Lviv", "Ukraine"][0] > 0.9
    features = json.loads(drawn.read_text(encoding="utf-8"))["features"]
    assert {f["properties"]["date"] for f in features} == {"2022-02-24"}
    assert [f["properties"].get("side") for f in features if f["properties"]["kind"] == "held"] == [
        "Russia",
        "Ukraine",
    ]
    assert all(shape(f["geometry"]).is_valid for f in features)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--from", "2022-02-24", "--to", "soon"), "--to soon"),
        (("--from", "2022-02-24", "--to", "2022-01-01"), "in order"),
        ((*DAYS, "--known-by", "spring"), "--known-by spring"),
        ((*DAYS, "--initial-polygon", "nosuch.geojson=Russia"), "nosuch.geojson"),
    ],
)
def test_wrong_arguments_are_told(
    run, docs: Path, towns: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = run("control", "--jsonl", docs, "--places", towns, *arguments, "-q")
    assert result.exit_code != 0
    assert words in " ".join((result.output + str(result.exception)).replace("│", " ").split())


def test_a_table_without_its_columns_is_told(run, docs: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.csv"
    bare.write_text("town,lat\nKherson,46.6\n", encoding="utf-8")
    result = run("control", "--jsonl", docs, "--places", bare, *DAYS, "-q")
    assert result.exit_code != 0
    assert "lacks lon, name" in str(result.exception) + result.output


def test_a_report_page_tells_up_to_when_it_knows(run, tmp_path: Path, docs: Path) -> None:
    page = tmp_path / "then.html"
    result = run("report", "--jsonl", docs, "--known-by", "2022-03-05", "-o", page, "--page-only")
    assert result.exit_code == 0, result.output
    assert result.output.startswith("1 report, ")
    assert "as known by <b>5 March 2022</b>" in page.read_text(encoding="utf-8")
