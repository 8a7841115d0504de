"""Counting words and units: the schema, and conversion."""

from __future__ import annotations

import pytest

from svidok.atlas.units import convert, load_counts
from svidok.errors import BadData


def test_every_unit_is_known_to_the_unit_library() -> None:
    for unit in load_counts().pint:
        assert convert(1.0, unit, unit) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("value", "unit", "to", "result"),
    [(40, "mile", "km", 64.37), (1, "mile²", "km²", 2.59), (100, "ha", "km²", 1.0), (1000, "kg", "t", 1.0)],
)
def test_convert(value: float, unit: str, to: str, result: float) -> None:
    assert convert(value, unit, to) == pytest.approx(result, rel=1e-3)


@pytest.mark.parametrize(("unit", "to"), [("km", "kg"), ("km", "parrot")])
def test_no_conversion_between_families(unit: str, to: str) -> None:
    with pytest.raises(BadData):
        convert(1, unit, to)


def test_fates_fit_known_families() -> None:
    counts = load_counts()
    fates = set(counts.fates.values()) | set(counts.counted_fates.values())
    assert {f for fs in counts.fits.values() for f in fs} <= fates
    assert set(counts.fits) <= {c.kind for c in counts.nouns.values()}


def test_bounds_are_bounds() -> None:
    counts = load_counts()
    assert set(counts.bounds.values()) | set(counts.after.values()) <= {"at_least", "at_most", "about"}
