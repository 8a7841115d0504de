"""The control model: sums to one, follows evidence, says unknown where it knows nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.events.days import first_day
from svidok.ledger.hold import Town, hold_states
from svidok.ledger.sightings import Sighting, sightings

SIDES = ("Ukraine", "Russia")
START = first_day("2022-03-01") or 0
TOWNS = (
    Town("Bucha", 50.55, 30.21, "Ukraine"),
    Town("Irpin", 50.52, 30.25, "Ukraine"),
    Town("Far", 46.0, 24.0),
)


def capture(day: int, side: str, lat: float = 50.55, lon: float = 30.21, claim: str = "c") -> Sighting:
    return Sighting(claim, START + day, lat, lon, 3.0, frozenset(), side, False, None, 0.93)


def run(seen: list[Sighting], days: int = 20) -> dict[int, np.ndarray]:
    return {
        day - START: answer.copy()
        for day, answer, _ in hold_states(TOWNS, seen, sides=SIDES, first=START, last=START + days)
    }


def test_without_news_the_first_holder_stays_and_the_far_town_is_unknown() -> None:
    answer = run([])[20]
    assert answer[0, 0] > 0.85
    assert answer[2, 3] == 1.0


def test_a_capture_changes_the_holder_on_its_day_and_cites_its_claim() -> None:
    seen = [capture(5, "Russia", claim="x")]
    answers = run(seen)
    assert answers[4][0, 0] > 0.85
    assert answers[6][0, 1] > 0.5
    *_, (_, _, cited) = hold_states(TOWNS, seen, sides=SIDES, first=START, last=START + 9)
    assert cited[0] == ("x",)
    assert cited[2] == ()


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 15), st.sampled_from(SIDES), st.sampled_from((50.55, 50.52, 48.0))),
        max_size=8,
    ),
    st.randoms(use_true_random=False),
)
def test_probabilities_sum_to_one_and_order_of_sightings_is_nothing(
    rows: list[tuple[int, str, float]], chance: object
) -> None:
    seen = [capture(d, s, lat, claim=f"c{i}") for i, (d, s, lat) in enumerate(rows)]
    shuffled = seen[:]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    one, two = run(seen), run(shuffled)
    for day, answer in one.items():
        assert np.allclose(answer.sum(axis=1), 1.0)
        assert np.array_equal(answer, two[day])


@pytest.mark.parametrize(
    ("kind", "who", "words", "holds"),
    [
        ("capture", ["Russia"], "Russia seized Bucha.", "Russia"),
        ("capture", [], "The town of Bucha was liberated.", "Ukraine"),
        ("withdraw", ["Russia"], "Russia left Bucha.", "Ukraine"),
    ],
)
def test_claims_become_sightings(kind: str, who: list[str], words: str, holds: str) -> None:
    a = reading(
        "a", {"text": words, "type": kind, "place": "Bucha", "when": ("2022-03-31", "2022-03-31"), "who": who}
    )
    (seen,) = sightings([a], sides=SIDES, home="Ukraine")
    assert seen.holds == holds


def test_plans_and_denials_are_no_sightings() -> None:
    told = {
        "text": "Russia seized Bucha.",
        "type": "capture",
        "place": "Bucha",
        "when": ("2022-03-31", "2022-03-31"),
        "who": ["Russia"],
    }
    for more in ({"modality": "planned"}, {"modality": "denied", "polarity": "negated"}):
        assert sightings([reading("a", told | more)], sides=SIDES, home="Ukraine") == []
