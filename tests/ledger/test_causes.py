"""Causes: each with its own outcome, cut at its clauses, rejected only where the sentence rejects it."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.ledger import ExplanationRow, build
from svidok.ledger.causes import causes_told
from svidok.records import Attribution, Reading


def pairs(text: str) -> list[tuple[str, str]]:
    told = causes_told(text, lambda start, end: True)
    return [(text[slice(*t.outcome)], text[slice(*t.cause)]) for t in told]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The relief column turned back because the pass was under snow, so the fort fell in May.",
            [("The relief column turned back", "the pass was under snow")],
        ),
        (
            "Because of the frost, the crossing of the lake failed.",
            [("the crossing of the lake failed", "the frost")],
        ),
        (
            "The siege was lifted thanks to the relief column, or thanks to the sappers who mended the road.",
            [
                ("The siege was lifted", "the relief column"),
                ("The siege was lifted", "the sappers who mended the road"),
            ],
        ),
        (
            "The reason why the fleet left the bay was a want of coal.",
            [("the fleet left the bay", "a want of coal")],
        ),
        (
            "A want of coal is the explanation why the fleet left the bay.",
            [("the fleet left the bay", "A want of coal")],
        ),
        (
            "The gunners had no shells left, forcing them to give up the ridge, and on 4 May the town fell.",
            [("forcing them to give up the ridge", "The gunners had no shells left")],
        ),
        (
            "The minister blamed the loss of the bridgehead on a lack of boats, but praised the gunners.",
            [("the loss of the bridgehead", "a lack of boats")],
        ),
        (
            "Morale sank as a result of the losses, not only of recruits, but also of old officers.",
            [("Morale sank", "the losses, not only of recruits, but also of old officers")],
        ),
        (
            "A dry winter prevented the horsemen from crossing the desert.",
            [("prevented the horsemen from crossing the desert", "A dry winter")],
        ),
        ("A dry winter led to the loss of the herds.", [("the loss of the herds", "A dry winter")]),
        ("After the battle the regiment was forced to dig in near the river bank.", []),
        ("The riot was provoked by a rumour that bread had run out.", [("The riot", "a rumour that bread had run out")]),
    ],
)  # fmt: skip
def test_outcome_and_cause_are_cut_at_their_clauses(text: str, expected: list[tuple[str, str]]) -> None:
    assert pairs(text) == expected


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("The tanks could not cross because the bridge was down.", False),
        ("The port was not lost because of the fog, nor because of treason.", True),
        ("The garrison did not surrender because of hunger alone.", True),
        ("The town fell not because of hunger.", True),
    ],
)
def test_only_a_cause_that_the_sentence_rejects_is_rejected(text: str, rejected: bool) -> None:
    assert next(causes_told(text, lambda start, end: True)).rejected is rejected


def explained(made: Reading) -> tuple[ExplanationRow, ...]:
    return build([made], (), ()).explanations


def test_what_is_no_outcome_of_the_war_is_not_explained() -> None:
    assert explained(reading("a", {"text": "The baker rose early because his oven was slow.", "type": "aid"}))
    text = "The baker rose early because his oven was slow."
    made = replace(reading("a", {"text": text, "type": "aid"}), claims=())
    assert explained(made) == ()


def test_an_explanation_has_its_speaker_and_the_place_of_its_outcome() -> None:
    text = "The envoy argued that Aleppo fell because the water was cut."
    made = reading("a", {"text": text, "type": "capture", "place": "Aleppo", "trigger": "fell"})
    argued = text.index("argued")
    said = Attribution((0, 9), (argued, argued + 6), (argued + 7, len(text)), "envoy", False, "claim")
    (row,) = explained(replace(made, attributions=(said,)))
    assert (row.status, row.speaker, row.place) == ("reported", "envoy", "Aleppo")
    assert (row.outcome, row.cause) == ("Aleppo fell", "the water was cut")
    (row,) = explained(replace(made, attributions=(replace(said, denies=True, sense="deny"),)))
    assert row.status == "denied"
    (row,) = explained(replace(made, attributions=(replace(said, sense="want"),)))
    assert (row.status, row.speaker) == ("asserted", None)
