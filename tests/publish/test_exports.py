"""Every export format against its specification or a real reader, and what all of them promise."""

from __future__ import annotations

import csv
import io
from typing import Any

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
    from pathlib import Path

    assert f"`{key}`" in (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")


def test_an_unknown_format() -> None:
    from svidok.ledger import Ledger

    with pytest.raises(InputError, match="choose one of acled"):
        export("xls", Edition([], [], [], Ledger()))


def test_acled(edition: Edition) -> None:
    rows = sheet("acled", edition)
    from svidok.atlas.ontology import load_ontology

    assert rows == []  # the claims of the sample have no sub-event type
    codes = load_codes("acled")
    ontology = load_ontology()
    named = {
        name for code in ontology for name in (*ontology[code].acled_options, ontology[code].acled) if name
    }
    assert named == set(codes["event_type"])
    assert set(codes["event_type"].values()) <= set(codes["disorder_type"])


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
