"""JSON Lines and CSV: every view a file, every row with its words, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from svidok.publish import write_csv, write_jsonl
from svidok.publish.files import VIEWS, safe_cell


def test_every_view_is_a_file(sample, tmp_path: Path) -> None:
    lines = write_jsonl(tmp_path, **sample.parts())
    sheets = write_csv(tmp_path, **sample.parts())
    assert [p.name for p in lines[:4]] == [
        "documents.jsonl",
        "readings.jsonl",
        "events.jsonl",
        "findings.jsonl",
    ]
    assert [p.stem for p in lines[4:]] == list(VIEWS) == [p.stem for p in sheets]


def test_every_line_is_json_and_documents_keep_their_text(sample, tmp_path: Path) -> None:
    for path in write_jsonl(tmp_path, **sample.parts()):
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
        assert all(isinstance(record, dict) for record in records)
    documents = [
        json.loads(line)
        for line in (tmp_path / "documents.jsonl").read_text(encoding="utf-8").split("\n")
        if line
    ]
    assert [d["text"] for d in documents] == [r.document.text for r in sample.readings]


def test_documents_are_read_back_as_input(sample, tmp_path: Path) -> None:
    from svidok.archive import read_jsonl

    write_jsonl(tmp_path, **sample.parts())
    back = list(read_jsonl(tmp_path / "documents.jsonl", strict=True))
    assert [(d.id, d.text, d.published) for d in back] == [
        (r.document.id, r.document.text, r.document.published) for r in sample.readings
    ]


def test_every_csv_row_leads_back_to_its_words(sample, tmp_path: Path) -> None:
    texts = {r.document.id: r.document.text for r in sample.readings}
    for path in write_csv(tmp_path, **sample.parts()):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == len(getattr(sample.ledger, path.stem))
        for row in rows:
            words = texts[row["document"]][int(row["start"]) : int(row["end"])]
            assert row["words"] == safe_cell(words)


def test_csv_counts_in_words(sample, tmp_path: Path) -> None:
    write_csv(tmp_path, **sample.parts())
    with (tmp_path / "ledger" / "harm.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file))
    assert row["counts"] == "≥ 200 civilians killed"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "|x", "%x", " =1", "＝1"])
def test_no_cell_is_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("value", ["Kyiv", "4-10 March", -5, 0.5])
def test_plain_cells_stay_as_they_are(value: object) -> None:
    assert safe_cell(value) == value


def test_same_chronicle_same_bytes(sample, tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        write_jsonl(folder, **sample.parts())
        write_csv(folder, **sample.parts())
    for path in sorted(first.rglob("*.*")):
        assert path.read_bytes() == (second / path.relative_to(first)).read_bytes()
