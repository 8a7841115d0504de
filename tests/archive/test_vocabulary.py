"""The archive's data files keep their schema."""

from __future__ import annotations

from codecs import lookup

import pytest

from svidok.archive.vocabulary import data_file, language, language_codes, page
from svidok.errors import BadData

SECTIONS = {
    "abbreviations": {"before_name", "before_number", "clock", "other", "after_comma", "dated"},
    "dates": {"months", "weekdays", "zones"},
    "page": {
        *("published", "occasions", "issues", "bylines", "source", "notes"),
        *("caption_sides", "caption_things", "caption_labels", "caption_openings", "caption_credits"),
    },
}


@pytest.mark.parametrize("code", language_codes())
def test_a_language_has_all_that_reading_needs(code: str) -> None:
    table = data_file(code)
    assert table["name"]
    assert isinstance(table["day_first"], bool)
    assert len(table["stop_words"]) >= 20
    for section, keys in SECTIONS.items():
        assert set(table[section]) <= keys
    assert set(table["dates"]["months"].values()) == set(range(1, 13))
    known = language(code)
    assert known.code == code
    assert not any(word.endswith(".") for word in known.abbreviations)
    assert all(word == word.casefold() for word in known.abbreviations | known.stop_words)


def test_english_serves_where_nothing_is_known() -> None:
    assert language(None) == language("xx") == language("en")


def test_file_kinds() -> None:
    table = data_file("files")
    assert all(
        bytes.fromhex(entry["start"]) and entry["kind"] and entry["remedy"] for entry in table["magic"]
    )
    assert all(lookup(name) for name in table["encodings"])
    assert all(suffix.startswith(".") for group in table["suffixes"].values() for suffix in group)


def test_scripts_cover_the_languages() -> None:
    table = data_file("scripts")
    assert set(table["languages"]) <= set(table["ranges"])
    assert all(low <= high for ranges in table["ranges"].values() for low, high in ranges)


def test_captions_open_in_every_language_with_a_full_file() -> None:
    assert {"left", "ліворуч", "слева", "izquierda"} <= page().caption_sides


def test_a_missing_file_is_told() -> None:
    with pytest.raises(BadData, match=r"nothing\.toml"):
        data_file("nothing")
