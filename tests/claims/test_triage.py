"""Sentences that cannot hold a claim are seen from their words; those of the tables all pass."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from svidok.atlas.lexicon import NO_CLAIM, load_lexicon
from svidok.claims.parse import Parser
from svidok.claims.triage import Triage

TABLES = Path(__file__).parent / "predicates"


@pytest.fixture(scope="module")
def triage(parser: Parser) -> Triage:
    return Triage(load_lexicon(), irregular=parser.irregular())


def test_every_example_of_the_lexicon_passes(triage: Triage) -> None:
    examples = [text for sense in load_lexicon().senses if sense.type != NO_CLAIM for text in sense.examples]
    assert [text for text in examples if not triage.may_hold(text)] == []


def test_every_sentence_that_holds_a_predicate_passes(triage: Triage) -> None:
    lost = []
    for path in sorted(TABLES.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                holds = path.stem not in {"negatives", "standing"} and not row["mark"]
                if holds and not triage.may_hold(row["sentence"]):
                    lost.append(row["sentence"])
    assert lost == []


@pytest.mark.parametrize(
    "text", ["It was a cold morning.", "The orchard smelled of apples.", "Spring is late this year."]
)
def test_what_names_no_predicate_is_left_out(triage: Triage, text: str) -> None:
    assert not triage.may_hold(text)


def test_a_caption_that_shows_a_force_passes(triage: Triage) -> None:
    assert triage.may_hold("Rebel tanks in Palmyra")
