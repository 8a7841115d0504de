"""No reader sees a code: every code of the ledger has its label."""

from __future__ import annotations

import pytest

from svidok.atlas.ontology import load_ontology
from svidok.atlas.speech import load_speech
from svidok.ledger.control import CHANGES
from svidok.ledger.vocabulary import table
from svidok.publish.kinds import label, load_kinds

FINDINGS = (
    *("date", "quantity", "list_count", "whole_part", "order", "place", "distance"),
    *("control", "polarity", "actor", "attribution", "identity", "weekday", "cumulative"),
)
ACTS = sorted({*load_speech().senses, *table("acts_of_plover").values()})
NEEDS = ("displacement", "deprivation", "supply restored", "corridor", "aid", "arms", "prepare", "alert")


@pytest.mark.parametrize(
    ("family", "code"),
    [
        *(("act", code) for code in ACTS),
        *(("finding", code) for code in FINDINGS),
        *(("category", code) for code in NEEDS),
        *(("change", code) for code in CHANGES.values()),
        *(("changed", code) for code in CHANGES.values()),
        *(("period", code) for code in ("cumulative", "daily", "event")),
    ],
)
def test_every_code_has_words_of_its_own(family: str, code: str) -> None:
    told = label(family, code)
    assert told
    assert "_" not in told
    assert not told.isupper()


def test_every_type_of_the_ontology_has_a_label() -> None:
    assert set(load_kinds()) == set(load_ontology())


def test_unknown_codes_are_spaced_and_none_stays_none() -> None:
    assert label("act", "some_new_code") == "some new code"
    assert label("act", None) is None
