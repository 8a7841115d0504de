"""Every view leads back to its words, and shows what was denied or planned as such."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.events import reconcile
from svidok.ledger import Row, build
from svidok.records import Finding, Quantity, Quotation, Reading

DAY = ("2022-04-02", "2022-04-02")


def war() -> list[Reading]:
    return [
        reading(
            "a",
            {
                "text": "Ukrainian troops took Bucha back.",
                "type": "capture",
                "place": "Bucha",
                "when": DAY,
                "who": ["Ukraine"],
                "trigger": "took",
            },
            {
                "text": "Russian forces left Irpin earlier.",
                "type": "withdraw",
                "place": "Irpin",
                "when": ("2022-03-28", "2022-03-28"),
                "who": ["Russia"],
                "trigger": "left",
            },
            {
                "text": "They plan to storm Kharkiv soon.",
                "type": "battle",
                "place": "Kharkiv",
                "modality": "planned",
                "trigger": "storm",
            },
            {
                "text": "Shelling killed 12 civilians in Kharkiv.",
                "type": "casualties",
                "place": "Kharkiv",
                "when": DAY,
                "counts": [("12 civilians", "civilian", "killed", 12, 12)],
                "trigger": "killed",
            },
            {
                "text": "Villagers built shelters in Brovary.",
                "type": "prepare",
                "place": "Brovary",
                "trigger": "built",
            },
            {"text": "The defeat was due to a lack of fuel.", "type": "battle", "trigger": "defeat"},
            source="AP",
            published="2022-04-03",
        ),
        reading(
            "b",
            {
                "text": "Moscow says it never lost Bucha.",
                "type": "capture",
                "place": "Bucha",
                "when": DAY,
                "who": ["Ukraine"],
                "polarity": "negated",
                "modality": "denied",
                "speaker": "Moscow",
                "trigger": "lost",
            },
            source="TASS",
            published="2022-04-03",
        ),
    ]


def rows(ledger: object) -> list[Row]:
    names = (
        "chronology",
        "control",
        "settlements",
        "losses",
        "statements",
        "harm",
        "humanitarian",
        "civil_defence",
        "explanations",
    )
    return [row for name in names for row in getattr(ledger, name)]


def test_every_row_has_documents_and_exact_words() -> None:
    readings = war()
    texts = {r.document.id: r.document.text for r in readings}
    ledger = build(readings, reconcile(readings), ())
    assert rows(ledger)
    for row in rows(ledger):
        assert row.documents
        assert row.evidence
        for words in row.evidence:
            assert texts[words.document][words.start : words.end] == words.text


def test_what_is_planned_or_denied_is_shown_as_such() -> None:
    readings = war()
    ledger = build(readings, reconcile(readings), ())
    by_place = {(r.place, r.type): r.status for r in ledger.chronology}
    assert by_place["Kharkiv", "battle"] == "planned"
    assert by_place["Bucha", "capture"] == "disputed"


def test_settlements_tell_their_last_holder_and_who_left() -> None:
    readings = war()
    ledger = build(readings, reconcile(readings), ())
    towns = {r.place: r for r in ledger.settlements}
    assert towns["Bucha"].holder == "Ukraine"
    assert towns["Irpin"].lost_by == "Russia"
    assert towns["Kharkiv"].holder is None


def test_harm_losses_civil_defence_and_explanations_have_their_rows() -> None:
    readings = war()
    ledger = build(readings, reconcile(readings), ())
    (harm,) = ledger.harm
    assert harm.counts[0].low == 12
    (loss,) = ledger.losses
    assert loss.claimant == "AP"
    assert loss.fate == "killed"
    assert [r.category for r in ledger.civil_defence] == ["shelter"]
    (cause,) = ledger.explanations
    assert cause.cause == "a lack of fuel"


def test_findings_keep_both_quotations() -> None:
    readings = war()
    finding = Finding(
        "date", "high", "m", (Quotation("a", 0, 9, "Ukrainian", "x"), Quotation("b", 0, 6, "Moscow", None))
    )
    (row,) = build(readings, (), (finding,)).findings
    assert row.documents == ("a", "b")
    assert row.says == ("x", None)


def held(*happenings: dict[str, object]) -> dict[str | None, tuple[str | None, ...]]:
    """Holder and changes of each settlement; the actors of a happening are its ``who``."""
    readings = [reading("a", *happenings, published="2017-07-20")]
    ledger = build(readings, (), ())
    changes = {c.id: c.change for c in ledger.control}
    return {s.place: (s.holder, *(changes[c] for c in s.changes)) for s in ledger.settlements}


def test_who_alone_retakes_places_in_a_report_is_meant_where_nobody_is_named() -> None:
    named = {
        "text": "Iraqi troops retook Mosul.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "retook",
    }
    unnamed = {
        "text": "Aleppo was liberated too.",
        "type": "capture",
        "place": "Aleppo",
        "trigger": "liberated",
    }
    assert held(named, unnamed)["Aleppo"] == ("Iraq", "took")
    assert held(unnamed)["Aleppo"] == (None, "took")
    other = named | {"text": "Syrian troops retook Irpin.", "place": "Irpin", "who": ["Syria"]}
    assert held(named, other, unnamed)["Aleppo"] == (None, "took")


def test_a_place_that_somebody_took_back_is_no_longer_held_by_who_took_it() -> None:
    taken = {
        "text": "The militia of Iraq took Mosul.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "took",
    }
    back = {"text": "Mosul was recaptured.", "type": "capture", "place": "Mosul", "trigger": "recaptured"}
    assert held(taken)["Mosul"][0] == "Iraq"
    assert held(taken, back)["Mosul"][0] is None
    again = taken | {"text": "Iraqi troops freed Mosul.", "trigger": "freed"}
    assert held(again, back)["Mosul"][0] == "Iraq"


def test_a_share_of_a_town_or_a_house_in_it_is_not_the_town() -> None:
    share = {
        "text": "Troops took 30% of Mosul.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "took",
    }
    (made,) = [reading("a", share)]
    part = Quantity(12, 15, "30%", "share", "share", 30, 30)
    claims = tuple(replace(c, quantities=(part,)) for c in made.claims)
    assert [c.change for c in build([replace(made, claims=claims)], (), ()).control] == ["contested"]
    house = {
        "text": "Troops took the hospital in Mosul.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "took",
    }
    assert held(house)["Mosul"] == (None, "entered")
    passive = {
        "text": "In Mosul the central hospital was captured.",
        "type": "capture",
        "place": "Mosul",
        "trigger": "captured",
    }
    assert held(passive)["Mosul"] == (None, "entered")
    named = {
        "text": "Troops took the Mosul power station.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "took",
    }
    assert held(named) == {}
    whole = {
        "text": "Troops took Mosul after its hospital had burned.",
        "type": "capture",
        "place": "Mosul",
        "who": ["Iraq"],
        "trigger": "took",
    }
    assert held(whole)["Mosul"] == ("Iraq", "took")
