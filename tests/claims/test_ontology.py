"""The ontology's schema and its names in the two standards."""

from __future__ import annotations

from pathlib import Path

import pytest

from svidok.atlas.ontology import load_ontology
from svidok.errors import BadData

CODES = [
    "battle",
    "strike",
    "air_strike",
    "bomb",
    "chemical",
    "capture",
    "withdraw",
    "siege",
    "move",
    "base",
    "attack_civilians",
    "sexual_violence",
    "abduct",
    "detain",
    "destroy",
    "casualties",
    "deprive",
    "protest",
    "displace",
    "aid",
    "prepare",
    "alert",
    "defect",
    "negotiate",
    "statement",
    "sanction",
]


def test_the_codes() -> None:
    assert list(load_ontology()) == CODES


@pytest.mark.parametrize("code", CODES)
def test_a_code_says_what_it_covers(code: str) -> None:
    assert load_ontology()[code].covers


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[[code]]\ncode = "x"', "covers"),
        ('[[code]]\ncode = "x"\ncovers = "y"\nacledd = "z"', "acledd"),
        ('[[code]]\ncode = "x"\ncovers = "y"\nacled = "A"\nacled_options = ["B"]', "acled_options"),
        ('[[code]]\ncode = "x"\ncovers = "y"\n[[code]]\ncode = "x"\ncovers = "y"', "twice"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "ontology.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadData, match=named):
        load_ontology(path)
