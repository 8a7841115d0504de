"""Civil defence: one row an act of a list, none for what a force digs or for what is no measure."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.ledger import CivilDefenceRow, build
from svidok.records import Actor, Reading


def rows_of(made: Reading) -> tuple[CivilDefenceRow, ...]:
    return build([made], (), ()).civil_defence


def told(text: str, kind: str, trigger: str) -> Reading:
    return reading("a", {"text": text, "type": kind, "trigger": trigger})


def with_actor(made: Reading, text: str, kind: str | None) -> Reading:
    at = made.document.text.index(text)
    actor = Actor(at, at + len(text), text, None, None, kind)
    return replace(made, claims=tuple(replace(c, actors=(actor,)) for c in made.claims))


def test_a_list_of_acts_gives_a_row_a_part() -> None:
    text = "The parish dug shelters under the school, filled cisterns with water, and mended two generators."
    rows = rows_of(told(text, "prepare", "dug"))
    assert [(r.category, r.words) for r in rows] == [
        ("shelter", "The parish dug shelters under the school"),
        ("water", "filled cisterns with water"),
        ("power", "mended two generators"),
    ]
    assert len({r.id for r in rows}) == 3
    assert all(e.text == r.words for r in rows for e in r.evidence)


def test_what_stands_beside_an_act_is_left_out_and_names_of_a_list_are_not() -> None:
    aside = "Sirens sounded at dawn, a sound that the old people remembered from 1943."
    assert [r.words for r in rows_of(told(aside, "alert", "sounded"))] == ["Sirens sounded at dawn"]
    places = "A curfew was imposed in Homs, Hama and Idlib."
    assert [r.words for r in rows_of(told(places, "alert", "imposed"))] == [places.rstrip(".")]


def test_what_a_force_digs_for_itself_is_no_civil_defence() -> None:
    text = "Soldiers dug trenches along the canal."
    assert rows_of(with_actor(told(text, "prepare", "dug"), "Soldiers", "state force")) == ()
    text = "Pensioners dug trenches along the canal."
    assert [r.category for r in rows_of(with_actor(told(text, "prepare", "dug"), "Pensioners", None))] == [
        "barricade"
    ]


def test_a_base_of_volunteers_is_civil_defence_and_one_of_an_army_is_not() -> None:
    assert [
        r.category for r in rows_of(told("Students set up a volunteer centre at the port.", "base", "set up"))
    ] == ["organisation"]
    assert rows_of(told("The division set up its command post at the port.", "base", "set up")) == ()


def test_what_names_no_measure_is_left_out() -> None:
    assert rows_of(told("The ministers created a coalition of the willing.", "prepare", "created")) == ()


def test_one_siren_told_by_two_claims_is_one_row_and_a_mobilised_crowd_is_none() -> None:
    siren = told("A siren made of a ship's horn wailed over Aden.", "alert", "siren")
    twice = replace(siren, claims=(*siren.claims, replace(siren.claims[0], id="b", type="prepare")))
    (row,) = rows_of(twice)
    assert (row.category, len(row.claims)) == ("warning", 2)
    crowd = told("A mobilization of 5,000 people filled the square.", "prepare", "mobilization")
    protest = replace(crowd.claims[0], id="p", type="protest")
    assert rows_of(replace(crowd, claims=(*crowd.claims, protest))) == ()


def test_a_list_of_verbs_goes_on_behind_its_first_clause() -> None:
    text = "The guild worked on, building barricades, weaving camouflage nets, bringing bread to the gunners, singing."
    made = told(text, "prepare", "building")
    end = text.index(", weaving")
    rows = rows_of(replace(made, claims=tuple(replace(c, end=end) for c in made.claims)))
    assert [r.category for r in rows] == ["barricade", "kit", "food"]
    assert rows[-1].words == "bringing bread to the gunners"
