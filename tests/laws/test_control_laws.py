"""Laws of control: order is nothing, a report can be taken away, no side is favoured, areas are sound."""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.archive.horizon import known_by
from svidok.events.days import first_day
from svidok.ledger.areas import areas_of
from svidok.ledger.hold import Town, hold_states
from svidok.ledger.sightings import Sighting, sightings
from svidok.records import Reading

SIDES = ("North", "South")
START = first_day("2022-03-01") or 0
DAYS = 25
LAW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def towns(draw: st.DrawFn) -> list[Town]:
    spots = draw(
        st.lists(
            st.tuples(st.integers(4900, 5100), st.integers(3000, 3200)), min_size=1, max_size=14, unique=True
        )
    )
    holders = st.sampled_from((*SIDES, "contested", None))
    return [Town(f"t{n}", lat / 100, lon / 100, draw(holders)) for n, (lat, lon) in enumerate(spots)]


@st.composite
def seen_of(draw: st.DrawFn) -> list[Sighting]:
    out = []
    for number in range(draw(st.integers(0, 8))):
        kind = draw(st.sampled_from(("holds", "fights", "against")))
        side = draw(st.sampled_from(SIDES))
        out.append(
            Sighting(
                f"c{number}",
                START + draw(st.integers(-3, DAYS)),
                draw(st.integers(4900, 5100)) / 100,
                draw(st.integers(3000, 3200)) / 100,
                5.0,
                frozenset(),
                side if kind == "holds" else None,
                kind == "fights",
                side if kind == "against" else None,
                draw(st.sampled_from((0.3, 0.6, 0.93))),
            )
        )
    return out


def run(
    places: Sequence[Town], seen: Sequence[Sighting], sides: Sequence[str] = SIDES
) -> tuple[np.ndarray, list[tuple[str, ...]]]:
    """Probabilities of every day, and what the last day cites."""
    days = [
        (answer, list(cited))
        for _, answer, cited in hold_states(places, seen, sides=sides, first=START, last=START + DAYS)
    ]
    return np.stack([answer for answer, _ in days]), days[-1][1]


@LAW
@given(towns(), seen_of(), st.randoms(use_true_random=False))
def test_order_of_claims_and_of_towns_changes_nothing(
    places: list[Town], seen: list[Sighting], chance: random.Random
) -> None:
    answer, cited = run(places, seen)
    assert np.allclose(answer.sum(axis=2), 1.0)
    assert answer.min() >= 0.0
    shuffled = seen[:]
    chance.shuffle(shuffled)
    assert np.array_equal(run(places, shuffled)[0], answer)
    order = list(range(len(places)))
    chance.shuffle(order)
    again, cited_again = run([places[i] for i in order], seen)
    assert np.allclose(again, answer[:, order], atol=1e-9)
    assert cited_again == [cited[i] for i in order]


@LAW
@given(towns(), seen_of())
def test_no_side_is_favoured(places: list[Town], seen: list[Sighting]) -> None:
    other = {"North": "South", "South": "North"}
    turned = [replace(t, initial=other.get(t.initial or "", t.initial)) for t in places]
    against = [replace(s, holds=other.get(s.holds or ""), against=other.get(s.against or "")) for s in seen]
    answer, mirror = run(places, seen)[0], run(turned, against)[0]
    assert np.allclose(answer[:, :, [1, 0, 2, 3]], mirror, atol=1e-9)


@LAW
@given(towns(), seen_of())
def test_what_nothing_ever_touched_is_unknown_and_what_is_told_cites_or_was_declared(
    places: list[Town], seen: list[Sighting]
) -> None:
    far = Town("far", 10.0, 10.0)
    answer, cited = run([*places, far], seen)
    assert np.all(answer[:, -1, -1] == 1.0)
    assert cited[-1] == ()
    for row, town in enumerate(places):
        if answer[-1, row, -1] < 1.0:
            assert cited[row] or town.initial is not None


TELLING = (("capture", "Russia"), ("withdraw", "Russia"), ("battle", None), ("strike", "Russia"))


@st.composite
def reports(draw: st.DrawFn) -> list[Reading]:
    out = []
    for number in range(draw(st.integers(1, 6))):
        kind, side = draw(st.sampled_from(TELLING))
        town = draw(st.sampled_from(("Bucha", "Irpin", "Hostomel")))
        day = f"2022-03-{draw(st.integers(2, 20)):02d}"
        told = {
            "text": f"Report {number}: {kind} at {town}.", "type": kind, "place": town,
            "when": (day, day), "who": [side] if side else [],
        }  # fmt: skip
        out.append(reading(f"doc{number}", told, published=f"2022-03-{draw(st.integers(20, 28))}"))
    return out


@LAW
@given(reports(), st.randoms(use_true_random=False))
def test_a_report_taken_away_takes_exactly_its_evidence(
    given_reports: list[Reading], chance: random.Random
) -> None:
    def seen(some: Sequence[Reading]) -> list[Sighting]:
        return sightings(some, sides=("Ukraine", "Russia"), home="Ukraine")

    shuffled = given_reports[:]
    chance.shuffle(shuffled)
    assert seen(shuffled) == seen(given_reports)
    gone = {c.id for c in given_reports[0].claims}
    assert seen(given_reports[1:]) == [s for s in seen(given_reports) if s.claim not in gone]


@LAW
@given(reports(), st.integers(19, 29))
def test_what_was_known_grows_with_the_day_and_is_all_in_the_end(
    given_reports: list[Reading], day: int
) -> None:
    documents = [r.document for r in given_reports]
    earlier, _ = known_by(documents, f"2022-03-{day:02d}")
    later, unsure = known_by(documents, f"2022-03-{day + 1:02d}")
    assert set(earlier) <= set(later)
    assert known_by(documents, "2022-04-01") == (documents, unsure) == (documents, [])


@LAW
@given(towns(), seen_of(), st.integers(0, DAYS))
def test_areas_are_valid_and_no_spot_is_held_by_two(
    places: list[Town], seen: list[Sighting], day: int
) -> None:
    areas = areas_of(places, run(places, seen)[0][day], sides=SIDES)
    held = {a.sides[0]: a.shape for a in areas if a.kind == "held"}
    assert all(a.shape.is_valid and not a.shape.is_empty for a in areas)
    if len(held) == 2:
        assert held["North"].intersection(held["South"]).area < 1e-5
    for area in areas:
        if area.kind == "doubt":
            assert all(area.shape.intersection(h).area < 1e-5 for h in held.values())
