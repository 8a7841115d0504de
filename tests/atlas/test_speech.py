"""The speech lexicon keeps its schema and covers the acts that a chronicle needs."""

from __future__ import annotations

import pytest

from svidok.atlas.speech import MODALITIES, load_speech
from svidok.errors import BadData

STATEMENTS = {"announce", "claim", "accuse", "deny", "reject", "demand", "threaten", "praise", "pledge"}
ROOTS = {"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT"}


def test_senses() -> None:
    senses = load_speech().senses.values()
    assert {s.modality for s in senses} <= set(MODALITIES)
    assert {s.statement for s in senses if s.statement} == STATEMENTS
    assert {s.plover for s in senses if s.plover} == ROOTS


@pytest.mark.parametrize(
    ("verb", "frame", "sense"),
    [
        ("say", "clause", "say"),
        ("deny", "clause", "deny"),
        ("claim", "clause", "claim"),
        ("accuse", "of", "accuse"),
        ("call", "for", "demand"),
        ("refuse", "infinitive", "reject"),
        ("vow", "infinitive", "pledge"),
        ("threaten", "infinitive", "threaten"),
        ("point out", "clause", "say"),
        ("condemn", "object", "accuse"),
    ],
)
def test_verbs(verb: str, frame: str, sense: str) -> None:
    assert load_speech().verbs[verb][frame].code == sense


def test_size() -> None:
    speech = load_speech()
    assert len(speech.verbs) > 350 and len(speech.nouns) > 100


def test_unknown_language() -> None:
    with pytest.raises(BadData):
        load_speech("xx")
