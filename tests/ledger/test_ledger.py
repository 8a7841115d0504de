"""Every view leads back to its words, and shows what was denied or planned as such."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "events"))

from builders import reading

from svidok.events import reconcile
from svidok.ledger import Row, build
from svidok.records import Finding, Quotation, Reading

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
