"""What was once reached on our gold is not lost silently."""

from __future__ import annotations

import copy
import importlib.util
from pathlib import Path
from typing import Any

import pytest

_spec = importlib.util.spec_from_file_location("floors", Path(__file__).resolve().parent / "floors.py")
assert _spec and _spec.loader
floors = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(floors)


@pytest.fixture(scope="module")
def ledger() -> list[dict[str, Any]]:
    return floors.load_ledger()


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    return floors.measure()


def test_the_gold_is_the_one_that_the_floors_were_measured_on(ledger: list[dict[str, Any]]) -> None:
    assert ledger[-1]["gold"] == floors.gold_digests(), (
        "the gold changed: record its figures with tests/accuracy/floors.py"
    )


def test_no_floor_was_lowered_silently(ledger: list[dict[str, Any]]) -> None:
    assert floors.broken_seals(ledger) == [], "an entry was changed by hand: entries are only added"
    assert floors.silent_falls(ledger) == []
    assert all(entry["why"].strip() for entry in ledger)


def test_a_floor_changed_by_hand_is_seen(ledger: list[dict[str, Any]]) -> None:
    forged = copy.deepcopy(ledger)
    forged[-1]["floors"]["held"]["claims F1"] = 0.0
    assert floors.broken_seals(forged) == [len(forged)]
    lowered = [*ledger, {**forged[-1], "lowered": False}]
    assert floors.silent_falls(lowered) == ["held claims F1"]


@pytest.mark.slow
@pytest.mark.parametrize("part", floors.PARTS)
def test_every_figure_stands_on_or_above_its_floor(
    ledger: list[dict[str, Any]], measured: dict[str, dict[str, float]], part: str
) -> None:
    below = {
        name: f"{measured[part][name]:.4f} < {floor}"
        for name, floor in ledger[-1]["floors"][part].items()
        if measured[part][name] < floor
    }
    assert below == {}
