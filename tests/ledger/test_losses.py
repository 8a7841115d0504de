"""Losses: whose, of what class, what befell them, and totals kept apart from the counts of a day."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.ledger.book import Book
from svidok.ledger.losses import losses
from svidok.ledger.rows import LossRow
from svidok.records import Actor, Quantity, Reading


def told(text: str, *counts: tuple[str, str, str | None, float], **more: object) -> Reading:
    happening = {"text": text, "type": "casualties", "counts": [(*c, c[3]) for c in counts], **more}
    return reading("a", happening, source="AP", published="2022-03-20")


def rows(*given: Reading) -> tuple[LossRow, ...]:
    return losses(Book(given, ()))


@pytest.mark.parametrize(
    ("text", "fate"),
    [
        ("The brigade lost 900 men killed, wounded and captured.", "killed, wounded and captured"),
        ("The brigade lost 900 men killed or missing.", "killed and missing"),
        ("The brigade lost 900 men killed and 80 wounded.", "killed"),
        ("In the town 900 men were missing.", "missing"),
    ],
)
def test_one_number_has_all_the_fates_that_are_told_of_it(text: str, fate: str) -> None:
    known = "killed" if "killed" in text else None
    (row,) = rows(told(text, ("900 men", "person", known, 900), trigger=text.split()[2]))
    assert row.fate == fate


def test_what_the_text_does_not_tell_is_taken_from_its_list_or_its_verb() -> None:
    text = "They destroyed 404 tanks and 95 helicopters."
    made = told(
        text, ("404 tanks", "tank", "destroyed", 404), ("95 helicopters", "helicopter", None, 95),
        type="destroy", trigger="destroyed",
    )  # fmt: skip
    assert [(r.category, r.fate) for r in rows(made)] == [("tanks", "destroyed"), ("aircraft", "destroyed")]


def test_a_number_told_by_two_claims_is_one_loss() -> None:
    made = told("An air strike killed two people.", ("two people", "person", "killed", 2), trigger="killed")
    strike = replace(made.claims[0], id="strike", type="air_strike")
    (row,) = rows(replace(made, claims=(strike, *made.claims)))
    assert row.claims == (made.claims[0].id,)


def test_who_loses_is_whose_loss_it_is_and_who_kills_is_not() -> None:
    count = ("900 men", "person", "killed", 900)
    (lost,) = rows(told("The enemy lost 900 men killed.", count, trigger="lost", who=["Russia"]))
    (killed,) = rows(told("The enemy killed 900 men.", count, trigger="killed", who=["Russia"]))
    assert (lost.side, killed.side) == ("Russia", None)


def test_a_side_named_with_the_number_owns_it() -> None:
    made = told("They burned 40 tanks of the northern army.", ("40 tanks", "tank", "destroyed", 40))
    at = made.document.text.index("northern")
    near = Actor(at, at + 13, "northern army", "Northern Army", "North", "state force")
    (row,) = rows(replace(made, actors=(near,)))
    assert row.side == "North"
    far = replace(near, start=near.start + 10, end=near.end + 10)
    (row,) = rows(replace(made, actors=(far,)))
    assert row.side is None


@pytest.mark.parametrize(
    ("text", "when", "period"),
    [
        ("So far 900 men were killed.", None, "cumulative"),
        ("As of 9 March 900 men were killed.", None, "cumulative"),
        ("On 9 March 900 men were killed.", ("2022-03-09", "2022-03-09"), "daily"),
        ("Since 24 February 900 men were killed.", ("2022-02-24", None), "cumulative"),
        ("There 900 men were killed.", None, None),
    ],
)
def test_totals_stand_apart_from_days(text: str, when: tuple[str, str] | None, period: str | None) -> None:
    more = {"when": when} if when else {}
    (row,) = rows(told(text, ("900 men", "person", "killed", 900), trigger="killed", **more))
    assert row.period == period


def test_missiles_that_hit_are_no_losses() -> None:
    fired = told("Eight missiles hit the town.", ("Eight missiles", "missile", "damaged", 8), trigger="hit")
    assert rows(fired) == ()


def test_rows_stand_by_side_class_claimant_and_period() -> None:
    one = told("The enemy lost 5 tanks.", ("5 tanks", "tank", "lost", 5), trigger="lost", who=["Russia"])
    two = reading(
        "b",
        {
            "text": "The enemy lost 9 men.", "type": "casualties", "trigger": "lost", "who": ["Russia"],
            "counts": [("9 men", "soldier", "lost", 9, 9)],
        },
        source="AP",
        published="2022-03-01",
    )  # fmt: skip
    assert [r.category for r in rows(one, two)] == ["soldiers", "tanks"]
    assert rows(one, two) == rows(two, one)


def test_arms_counted_in_one_breath_are_of_one_side() -> None:
    text = "The toll was 40 tanks of the northern army, 12 guns and 9 villagers killed."
    made = told(
        text, ("40 tanks", "tank", "destroyed", 40), ("12 guns", "gun", "destroyed", 12),
        ("9 villagers", "civilian", "killed", 9), trigger="toll",
    )  # fmt: skip
    at = text.index("northern")
    owner = Actor(at, at + 13, "northern army", "Northern Army", "North", "state force")
    sides = {r.what: r.side for r in rows(replace(made, actors=(owner,)))}
    assert sides == {"tank": "North", "gun": "North", "civilian": None}


def test_a_list_of_counts_is_lost_as_a_whole_and_so_is_the_number_before_its_who() -> None:
    text = "The battle left a toll of 40 guns and 12 tanks destroyed."
    made = told(text, ("12 tanks", "tank", "destroyed", 12), trigger="toll")
    at = text.index("40 guns")
    guns = Quantity(at, at + 7, "40 guns", "gun", "equipment", 40, 40, fate="destroyed")
    assert [r.what for r in rows(replace(made, quantities=(guns,)))] == ["tank", "gun"]
    fled = replace(guns, what="person", kind="people", fate="displaced")
    assert [r.what for r in rows(replace(made, quantities=(fled,)))] == ["tank"]
    text = "They mourned 300 men who fell there."
    made = reading("a", {"text": text, "type": "casualties", "trigger": "fell"}, source="AP")
    start = text.index("300")
    men = Quantity(start, start + 7, "300 men", "person", "people", 300, 300, fate="killed")
    claims = tuple(replace(c, start=text.index("who")) for c in made.claims)
    (row,) = rows(replace(made, claims=claims, quantities=(men,)))
    assert (row.low, row.evidence[0].text) == (300, "300 men who fell there.")


def test_people_are_civilians_only_where_their_words_say_so() -> None:
    def category(text: str) -> str | None:
        (row,) = rows(told(f"There {text} were killed.", (text, "person", "killed", 9), trigger="killed"))
        return row.category

    assert category("9 civilian bodies") == "civilians"
    assert category("9 military and civilian citizens") == "people"
    assert category("9 bodies") == "people"


def test_a_place_with_a_day_is_one_event_and_bodies_found_so_far_a_total() -> None:
    day = ("2016-08-07", "2016-08-07")
    count = ("9 men", "person", "killed", 9)
    (event,) = rows(
        told("On 7 August 9 men were killed in Aleppo.", count, trigger="killed", when=day, place="Aleppo")
    )
    assert event.period == "event"
    (total,) = rows(
        told("By then 9 men had been found in Aleppo.", count, trigger="found", when=day, place="Aleppo")
    )
    assert total.period == "cumulative"


def test_a_place_handed_on_that_another_claim_of_the_count_lacks_is_left_out() -> None:
    made = told(
        "Nine men were killed, far from Aleppo.",
        ("Nine men", "person", "killed", 9),
        trigger="killed",
        place="Aleppo",
    )
    (claim,) = made.claims
    (row,) = rows(replace(made, claims=(replace(claim, places_inherited=True),)))
    assert row.place == "Aleppo"
    other = replace(claim, id="b", type="attack_civilians", places=())
    (row,) = rows(replace(made, claims=(replace(claim, places_inherited=True), other)))
    assert row.place is None
