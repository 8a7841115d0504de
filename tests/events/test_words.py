"""The knowledge files of findings and references keep their shape."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from svidok.atlas.ontology import load_ontology
from svidok.events.findings.sameness import load_sameness
from svidok.events.findings.vocabulary import tables
from svidok.events.references.mapping import KINDS, schema

CHECKED = {"date", "quantity", "place", "polarity", "actor"}


def lists(table: dict[str, Any], path: str = "") -> list[tuple[str, list[str]]]:
    out = []
    for key, value in table.items():
        if isinstance(value, dict):
            out += lists(value, f"{path}{key}.")
        elif isinstance(value, list) and all(isinstance(v, str) for v in value):
            out.append((f"{path}{key}", value))
    return out


@pytest.mark.parametrize(("name", "listed"), lists(tables()), ids=lambda x: x if isinstance(x, str) else "")
def test_every_list_holds_sound_patterns_once_each(name: str, listed: list[str]) -> None:
    assert listed, name
    assert len(set(listed)) == len(listed), f"{name}: {sorted(w for w in listed if listed.count(w) > 1)}"
    for word in listed:
        assert word == word.strip()
        re.compile(word)


def test_types_and_order_name_what_exists() -> None:
    assert set(tables()["types"]) <= set(load_ontology())
    for pair in tables()["order"]["pairs"]:
        assert set(pair) <= {"first", "then", "what", "person", "same_actor", "within_days"}
        re.compile(pair["first"])
        re.compile(pair["then"])


def test_idioms_add_to_families() -> None:
    families = set(tables()["concepts"])
    assert set(tables()["idioms"]) <= families
    for family, listed in tables()["idioms"].items():
        assert not set(listed) & set(tables()["concepts"][family]), family


def test_the_model_of_sameness_knows_every_check() -> None:
    model = load_sameness()
    assert set(model.bias) == set(model.least) == CHECKED
    assert all(0.3 <= least < 1 for least in model.least.values())
    assert model.weights["spot"] > 0
    assert model.weights["contrast"] < 0


def test_reference_kinds_need_only_their_own_fields() -> None:
    for kind in KINDS:
        fields = set(schema()[kind]["fields"])
        for need in schema()[kind]["needs"]:
            assert set(need.split("|")) - {"*"} <= fields
    every = set().union(*(schema()[k]["fields"] for k in KINDS))
    assert set(schema()["aliases"]) <= every


def test_the_files_are_plain_toml() -> None:
    for name in ("findings", "references", "sameness"):
        tomllib.loads((files("svidok") / "atlas" / "data" / f"{name}.toml").read_text(encoding="utf-8"))
