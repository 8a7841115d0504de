"""The gold set: it compiles, is up to date, slices back to its words, and covers what it must."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

GOLD = Path(__file__).resolve().parent / "gold"
_spec = importlib.util.spec_from_file_location("goldsource", GOLD.parent / "goldsource.py")
assert _spec and _spec.loader
goldsource = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(goldsource)


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    return goldsource.compile_all()


@pytest.mark.parametrize("split", ["tune", "held"])
def test_the_compiled_files_are_up_to_date(documents: list[dict[str, Any]], split: str) -> None:
    lines = goldsource.as_lines([d for d in documents if d["split"] == split])
    assert (GOLD / f"{split}.jsonl").read_text(encoding="utf-8") == lines, "run tests/accuracy/goldsource.py"


def test_the_compiled_findings_are_up_to_date() -> None:
    dossiers, findings = goldsource.compile_findings()
    assert (GOLD / "dossiers.jsonl").read_text(encoding="utf-8") == goldsource.as_lines(dossiers)
    assert (GOLD / "findings.jsonl").read_text(encoding="utf-8") == goldsource.as_lines(findings)
    clashing = {finding["spans"][0]["id"] for finding in findings}
    assert (
        len({d["dossier"] for d in dossiers} - {d["dossier"] for d in dossiers if d["id"] in clashing}) >= 10
    )


def test_every_span_slices_back_to_its_words(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        text = document["text"]
        mentions = [*document["places"], *document["times"]]
        for claim in document["claims"]:
            mentions += [*claim["actors"], *claim["targets"], *claim["quantities"]]
            assert claim["start"] <= claim["trigger"][0] < claim["trigger"][1] <= claim["end"] <= len(text)
        for mention in mentions:
            assert text[mention["start"] : mention["end"]] == mention["text"]
        for attribution in document["attributions"]:
            for part in ("source", "cue", "content"):
                if attribution[part]:
                    assert text[slice(*attribution[part])].strip()


def test_bounds_stand_in_order(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        for time in [*document["times"], *(c["time"] for c in document["claims"] if c["time"])]:
            if time["earliest"] and time["latest"]:
                assert time["earliest"] <= time["latest"]


def test_no_mark_is_left_in_a_text(documents: list[dict[str, Any]]) -> None:
    assert not [d["id"] for d in documents if set("[]{}") & set(d["text"])]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("> A sentence.", "before any document"),
        ("== a | - | post | War | S\n> Words.\nc battle fight", "not in the sentence"),
        ("== a | - | post | War | S\n> A fight, a fight.\nc battle fight", "stand 2 times"),
        ("== a | - | post | War | S\n> A fight.\nc brawl fight", "unknown type"),
        ("== a | - | post | War | S\n> In [Atlantis].", "not in places.tsv"),
        ("== a | - | post | War | S\n> A fight.\nc battle fight | at: Kyiv", "no marked place"),
        ("== a | - | post | War | S\n> A fight.\n> Another.", "neither a claim nor a reason"),
        ("== a | - | post | War | S\n> A {fight.\n- none", "bracket"),
        ("== a | - | post | War | S\n> Two tanks.\nc destroy tanks | n: Two tanks = tonk 2", "unknown thing"),
    ],
)
def test_a_slip_in_a_source_is_named_with_its_line(source: str, says: str) -> None:
    with pytest.raises(goldsource.BadSource, match=rf"x.gold:\d+: .*{says}"):
        list(goldsource.Compiler({"Kyiv": (50.45, 30.5, "settlement")}, "x.gold").compile(source))


def test_the_gold_covers_what_it_must(documents: list[dict[str, Any]]) -> None:
    claims = [claim for document in documents for claim in document["claims"] if not claim["optional"]]
    sentences = sum(len(document["sentences"]) for document in documents)
    types = Counter(claim["type"] for claim in claims)
    assert sentences >= MINIMUM["sentences"]
    assert {code: types[code] for code in goldsource.TYPES if types[code] < MINIMUM["claims of a type"]} == {}
    assert {claim["modality"] for claim in claims} == goldsource.MODALITIES
    assert {claim["polarity"] for claim in claims} == {"affirmed", "negated"}
    bounds = {quantity["bound"] for claim in claims for quantity in claim["quantities"]}
    assert bounds == {"exact", "at_least", "at_most", "about", "between"}
    assert len({document["war"] for document in documents}) >= MINIMUM["wars"]
    assert len({document["style"] for document in documents}) >= MINIMUM["styles"]
    silent = sentences - len({(d["id"], c["start"]) for d in documents for c in d["claims"]})
    assert silent / sentences >= MINIMUM["share of sentences without a claim"]


MINIMUM: dict[str, Any] = json.loads((GOLD / "minimum.json").read_text(encoding="utf-8"))
