"""JSON Lines of documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from svidok.archive import read_jsonl
from svidok.errors import BadLine, UnreadableInput
from svidok.records import Document


def lines(folder: Path, *rows: object) -> Path:
    path = folder / "docs.jsonl"
    coded = (row if isinstance(row, bytes) else json.dumps(row, ensure_ascii=False).encode() for row in rows)
    path.write_bytes(b"\n".join(coded))
    return path


def test_text_is_taken_exactly_as_it_is(tmp_path: Path) -> None:
    text = "\ufeff Перша.\r\nДруга\u2028\x00 👍🏽 "
    row = {
        "id": "a",
        "text": text,
        "language": "uk",
        "published": "2022-03-04",
        "source": "S",
        "given_places": [[1, 3]],
    }
    (document,) = read_jsonl(lines(tmp_path, row))
    assert isinstance(document, Document)
    assert document.text == text
    assert (document.id, document.language, document.published) == ("a", "uk", "2022-03-04")
    assert document.given_places == ((1, 3),)
    assert document.source is not None
    assert document.source.name == "S"


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-03-04T05:00:00Z", "2022-03-04"),
        ("9:27 AM ET", None),
        ("17 Decembe", None),
        ("2022-13-40", None),
        ("", None),
    ],
)
def test_published_is_a_day_or_unknown(tmp_path: Path, value: str, day: str | None) -> None:
    (document,) = read_jsonl(lines(tmp_path, {"id": "a", "text": "x", "published": value}))
    assert isinstance(document, Document)
    assert document.published == day


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (b"{broken", "broken JSON at column 2"),
        (b'{"id": "a", "text": "\xff"}', "not UTF-8"),
        (b"[" * 100_000, "broken JSON"),
        (b"1" * 5000, "broken JSON"),
        (["a"], "no JSON object"),
        ({"text": "x"}, '"id" is missing'),
        ({"id": ["a"], "text": "x"}, '"id" is missing or no string'),
        ({"id": "", "text": "x"}, '"id" is missing'),
        ({"id": "a"}, '"text" is missing'),
        ({"id": "a", "text": 3}, '"text" is int'),
        ({"id": "a", "text": "x", "published": 2022}, '"published" is int'),
        (b'{"id": "a", "text": "x \\ud83d y"}', "half a surrogate pair at character 2"),
        ({"id": "a", "text": "x", "given_places": [[0, 2]]}, "no span"),
        ({"id": "a", "text": "x", "given_places": [[0, True]]}, "no span"),
        ({"id": "a", "text": "x", "given_places": {"0": 1}}, "no span"),
    ],
)
def test_a_broken_line_is_named_and_the_rest_goes_on(tmp_path: Path, row: object, told: str) -> None:
    path = lines(tmp_path, {"id": "before", "text": "x"}, row, {"id": "after", "text": "y"})
    before, error, after = read_jsonl(path)
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    assert isinstance(error, BadLine)
    assert told in str(error)
    assert str(error).startswith(f"{path}:2: ")
    with pytest.raises(BadLine):
        list(read_jsonl(path, strict=True))


def test_an_id_given_twice_is_reported(tmp_path: Path) -> None:
    path = lines(tmp_path, {"id": "a", "text": "x"}, {"id": "a", "text": "x"}, {"id": "a", "text": "y"})
    found = [item.text if isinstance(item, Document) else item.what for item in read_jsonl(path)]
    assert found == [
        "x",
        "the id 'a' was already given on line 1",
        "the id 'a' was already given on line 1",
        "y",
    ]
    with pytest.raises(BadLine):
        list(read_jsonl(path, strict=True))


def test_a_numeric_id_and_an_empty_text_are_good(tmp_path: Path) -> None:
    (document,) = read_jsonl(lines(tmp_path, b'\xef\xbb\xbf{"id": 7, "text": ""}'))
    assert isinstance(document, Document)
    assert (document.id, document.text) == ("7", "")


def test_a_dateline_in_the_text_tells_what_the_line_does_not(tmp_path: Path) -> None:
    text = "It is over\n\nRiver Post 27/4/22\n\nThe battle ended in the night."
    (document,) = read_jsonl(lines(tmp_path, {"id": "a", "text": text, "published": None}))
    assert isinstance(document, Document)
    assert (document.published, document.published_from) == ("2022-04-27", "dateline")


def test_a_missing_file(tmp_path: Path) -> None:
    (error,) = read_jsonl(tmp_path / "no.jsonl")
    assert isinstance(error, UnreadableInput)
    with pytest.raises(UnreadableInput):
        list(read_jsonl(tmp_path / "no.jsonl", strict=True))


@pytest.mark.parametrize(
    "data", [json.dumps({"id": "a", "text": "x" * 99}).encode("utf-16"), b"PK\x03\x04zip", b"\x00" * 99]
)
def test_a_file_that_is_no_utf8_at_all_is_refused_once(tmp_path: Path, data: bytes) -> None:
    (error,) = read_jsonl(lines(tmp_path, data))
    assert isinstance(error, UnreadableInput)
    assert "docs.jsonl: the file is" in str(error)


def test_a_line_that_is_too_long_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = lines(
        tmp_path, {"id": "a", "text": "x" * 5000}, {"id": "b", "text": "y"}, {"id": "c", "text": "x" * 5000}
    )
    error, document, last = read_jsonl(path, max_bytes=100)
    assert isinstance(error, BadLine)
    assert isinstance(last, BadLine)
    assert str(error).startswith(f"{path}:1: the line has more than 0.0001 MB")
    assert isinstance(document, Document)
    assert document.id == "b"
