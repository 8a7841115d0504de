"""Harm told twice is one row; statements, need and settlements show no junk."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

import builders
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


def test_machines_that_an_army_lost_are_no_harm_to_civilians() -> None:
    made = told("The enemy has lost 900 men and 40 tanks.", "destroy", trigger="lost")
    at = made.document.text.index("enemy")
    enemy = Actor(at, at + len("enemy"), "enemy", None, "Russia", "state force")
    made = replace(made, claims=tuple(replace(c, targets=(enemy,)) for c in made.claims))
    assert ledger_of(made).harm == ()


def test_a_supply_that_came_back_is_told_as_done_and_one_that_will_as_planned() -> None:
    back = told("Power was restored in Irpin.", "deprive", trigger="restored", polarity="negated")
    (row,) = ledger_of(with_actor(back, "Power", None)).humanitarian
    assert (row.category, row.status, row.who) == ("supply restored", "asserted", ())
    later = replace(back, claims=tuple(replace(c, modality="planned") for c in back.claims))
    assert [r.status for r in ledger_of(later).humanitarian] == ["planned"]


def test_who_comes_back_to_fight_is_no_refugee_and_what_is_given_is_nobody() -> None:
    back = told("Many men returned to face the army.", "displace", trigger="returned")
    home = told("Many families returned to their homes.", "displace", trigger="returned")
    assert ledger_of(back).humanitarian == ()
    assert [r.category for r in ledger_of(home).humanitarian] == ["displacement"]
    given = told("Norway gave old rifles to the villagers.", "aid", trigger="gave")
    assert [r.who for r in ledger_of(with_actor(given, "old rifles", None)).humanitarian] == [()]
    assert [r.who for r in ledger_of(with_actor(given, "villagers", "civilians")).humanitarian] == [
        ("villagers",)
    ]


def test_what_a_force_carries_for_itself_is_no_aid_and_what_it_gives_to_others_is() -> None:
    own = told("The regiment brought up bread and oats by mule.", "aid", trigger="brought")
    assert ledger_of(with_actor(own, "regiment", "state force")).humanitarian == ()
    volunteers = told("Volunteers brought up bread and oats by mule.", "aid", trigger="brought")
    assert len(ledger_of(with_actor(volunteers, "Volunteers", "militia")).humanitarian) == 1
    given = told("The regiment handed out bread.", "aid", trigger="handed out")
    assert len(ledger_of(with_actor(given, "regiment", "state force")).humanitarian) == 1
    dry = told("The tanks ran out of petrol.", "deprive", trigger="ran")
    assert ledger_of(with_actor(dry, "tanks", None)).humanitarian == ()


def test_a_blind_attack_and_one_on_civilian_positions_are_harm() -> None:
    blind = told("Gunners fired indiscriminately on Aleppo.", "strike", place="Aleppo", trigger="fired")
    assert [r.place for r in ledger_of(blind).harm] == ["Aleppo"]
    aimed = told("Gunners fired on the fort of Aleppo.", "strike", place="Aleppo", trigger="fired")
    assert ledger_of(aimed).harm == ()
    made = told("Gunners fired on civilian positions.", "strike", trigger="fired")
    at = made.document.text.index("civilian")
    target = Actor(at, at + len("civilian positions"), "civilian positions")
    made = replace(made, claims=tuple(replace(c, targets=(target,)) for c in made.claims))
    assert [r.victims for r in ledger_of(made).harm] == [("civilian positions",)]


def test_who_is_named_behind_a_count_is_told_and_who_fled_is_no_victim() -> None:
    text = "Gunmen killed 30 farmers, women, children and old men, near the well."
    made = told(
        text, "attack_civilians", trigger="killed", counts=[("30 farmers", "farmer", "killed", 30, 30)]
    )
    (row,) = ledger_of(made).harm
    assert (row.sexes, row.ages) == (("female", "male"), ("child", "elderly"))
    fled = told("The shelling of Homs drove out 900 families.", "strike", trigger="shelling", counts=[("900 families", "family", "displaced", 900, 900)])  # fmt: skip
    (row,) = ledger_of(
        replace(fled, claims=tuple(replace(c, type="attack_civilians") for c in fled.claims))
    ).harm
    assert row.counts == ()


def test_a_date_a_weapon_or_the_crime_itself_is_no_victim() -> None:
    text = "In 1937 they committed another massacre with sarin."
    made = told(text, "attack_civilians", trigger="committed")
    spans = [(text.index(w), w) for w in ("1937", "another massacre", "sarin")]
    targets = tuple(Actor(at, at + len(w), w) for at, w in spans)
    time = Time(spans[0][0], spans[0][0] + 4, "1937", "DATE")
    made = replace(made, times=(time,), claims=tuple(replace(c, targets=targets) for c in made.claims))
    (row,) = ledger_of(made).harm
    assert row.victims == ()


def test_each_place_of_a_list_of_harms_has_its_row_and_a_place_handed_on_is_not_taken() -> None:
    made = told("The massacres of Aleppo and Mosul are remembered.", "attack_civilians", place="Aleppo", trigger="massacres")  # fmt: skip
    both = (*made.places, builders.place("Mosul", "Mosul", made.document.text.index("Mosul")))
    claims = tuple(replace(c, places=(0, 1)) for c in made.claims)
    rows = ledger_of(replace(made, places=both, claims=claims)).harm
    assert [r.place for r in rows] == ["Aleppo", "Mosul"]
    assert len({r.id for r in rows}) == 2
    killed = told("They killed three children, it is said in Aleppo.", "attack_civilians", place="Aleppo", counts=[CIVILIANS], trigger="killed")  # fmt: skip
    (attack,) = killed.claims
    toll = replace(attack, id="toll", type="casualties", places_inherited=True)
    (row,) = ledger_of(replace(killed, claims=(replace(attack, places=()), toll))).harm
    assert row.place is None


def test_a_question_is_no_demand_and_what_is_called_a_fake_is_not_called_for() -> None:
    text = "The envoy asked when the siege would end."
    made = told(text, "statement", trigger="asked", speaker="envoy")
    at = text.index("asked")
    asked = Attribution((0, 9), (at, at + 5), (at + 6, len(text) - 1), "envoy", False, "demand")
    (row,) = ledger_of(replace(made, attributions=(asked,))).statements
    assert row.act == "ask"
    fake = told("The envoy called the film a fake.", "statement", trigger="called", speaker="envoy")
    demand = replace(fake, claims=tuple(replace(c, plover="DEMAND") for c in fake.claims))
    assert [r.act for r in ledger_of(demand).statements] == ["say"]
    call = told("The envoy called for a truce.", "statement", trigger="called", speaker="envoy")
    demand = replace(call, claims=tuple(replace(c, plover="DEMAND") for c in call.claims))
    assert [r.act for r in ledger_of(demand).statements] == ["demand"]
