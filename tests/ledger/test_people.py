"""Harm told twice is one row; statements, need and settlements show no junk."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.events import reconcile
from svidok.ledger import Ledger, build
from svidok.records import Actor, Attribution, Reading, Time

CIVILIANS = ("three children", "child", "killed", 3, 3)


def ledger_of(*readings: Reading) -> Ledger:
    return build(readings, reconcile(readings), ())


def told(text: str, kind: str, **more: object) -> Reading:
    return reading("a", {"text": text, "type": kind, **more}, source="AP", published="2022-03-20")


def with_actor(made: Reading, text: str, kind: str | None, *, side: str | None = None) -> Reading:
    at = made.document.text.index(text)
    actor = Actor(at, at + len(text), text, None, side, kind)
    return replace(made, claims=tuple(replace(c, actors=(actor,)) for c in made.claims))


def test_one_harm_told_as_an_attack_and_as_its_toll_is_one_row() -> None:
    made = told("Shells killed three children in Bucha.", "attack_civilians", place="Bucha", counts=[CIVILIANS], trigger="killed")  # fmt: skip
    toll = replace(made.claims[0], id="toll", type="casualties")
    (row,) = ledger_of(replace(made, claims=(*made.claims, toll))).harm
    assert (row.type, len(row.counts), len(row.claims)) == ("attack_civilians", 1, 2)
    assert (row.victim_status, row.ages, row.means) == ("civilian", ("child",), "Shells")


def test_two_harms_of_two_places_are_two_rows() -> None:
    made = reading(
        "a",
        {"text": "Shells killed three children in Bucha.", "type": "strike", "place": "Bucha", "counts": [CIVILIANS]},
        {"text": "Houses burned in Kharkiv.", "type": "destroy", "place": "Kharkiv", "trigger": "burned"},
        published="2022-03-20",
    )  # fmt: skip
    assert [r.place for r in ledger_of(made).harm] == ["Bucha", "Kharkiv"]


def test_what_an_army_loses_is_no_harm_to_civilians() -> None:
    count = ("900 men", "person", "killed", 900, 900)
    made = told("The army lost 900 men.", "casualties", counts=[count], trigger="lost")
    ledger = ledger_of(with_actor(made, "army", "state force", side="Russia"))
    assert ledger.harm == ()
    assert [r.side for r in ledger.losses] == ["Russia"]


def test_an_army_that_leaves_is_no_displacement_and_arms_are_no_aid() -> None:
    left = told("The soldiers left the town.", "displace", trigger="left")
    assert ledger_of(with_actor(left, "soldiers", "state force")).humanitarian == ()
    fled = told("The villagers left the town.", "displace", trigger="left")
    assert [r.category for r in ledger_of(with_actor(fled, "villagers", "civilians")).humanitarian] == ["displacement"]  # fmt: skip
    armed = told("Poland sent anti-tank weapons.", "aid", trigger="sent")
    assert [r.category for r in ledger_of(armed).humanitarian] == ["arms"]
    light = told("The power was restored on Monday.", "deprive", trigger="restored")
    assert [r.category for r in ledger_of(light).humanitarian] == ["supply restored"]


def test_a_statement_names_its_act_its_words_and_only_known_actors() -> None:
    text = "The mayor denied in April that Russia held the town."
    made = told(text, "statement", trigger="denied", speaker="mayor")
    april, russia = text.index("April"), text.index("Russia")
    targets = (
        Actor(april, april + 5, "April", "April", "Ukraine", "person"),
        Actor(russia, russia + 6, "Russia", "Russia", "Russia", "state"),
        Actor(russia + 16, russia + 20, "town"),
    )
    said = Attribution((0, 9), (10, 16), (russia - 5, len(text) - 1), "mayor", True, "deny")
    time = Time(april, april + 5, "April", "DATE")
    claims = tuple(replace(c, targets=targets) for c in made.claims)
    (row,) = ledger_of(replace(made, claims=claims, attributions=(said,), times=(time,))).statements
    assert (row.act, row.about, row.said) == ("deny", "Russia", "that Russia held the town")


def test_lorries_with_bread_change_nothing_of_who_holds_a_town() -> None:
    made = told("Lorries with bread reached Bucha.", "move", place="Bucha", trigger="reached")
    assert ledger_of(with_actor(made, "Lorries", None)).settlements == ()
    tanks = told("Tanks reached Bucha.", "move", place="Bucha", trigger="reached")
    assert [r.change for r in ledger_of(tanks).control] == ["entered"]


def test_a_place_is_not_held_by_troops_of_nobody() -> None:
    made = told("Our troops retook Bucha by 13 March.", "capture", place="Bucha", when=(None, "2022-03-13"), trigger="retook")  # fmt: skip
    (row,) = ledger_of(with_actor(made, "Our troops", "state force")).settlements
    assert row.holder is None
    (row,) = ledger_of(with_actor(made, "Our troops", "state force", side="Ukraine")).settlements
    assert (row.holder, row.since, row.by) == ("Ukraine", None, "2022-03-13")


def test_a_cause_that_is_rejected_is_shown_as_rejected_and_a_passive_is_none() -> None:
    rejected = told("The army was not defeated because of technology alone.", "battle", trigger="defeated")
    assert [r.status for r in ledger_of(rejected).explanations] == ["negated"]
    passive = told("After the battle the army was forced to dig in near the river bank.", "battle")
    assert ledger_of(passive).explanations == ()
