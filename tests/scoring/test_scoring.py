"""The scorer on small cases, and its errors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from svidok.errors import BadLine, InputError, UnreadableInput
from svidok.scoring import Scorecard, load_lines, score, score_by

KYIV = {"start": 0, "end": 4, "text": "Kyiv", "lat": 50.45, "lon": 30.5}
SUMY = {"start": 10, "end": 14, "text": "Sumy", "lat": 50.9, "lon": 34.8}


def claim(**fields: Any) -> dict[str, Any]:
    return {"type": "capture", "trigger": [5, 9], "start": 0, "end": 20, "places": [0], **fields}


def document(**fields: Any) -> dict[str, Any]:
    return {"id": "a", "places": [KYIV, SUMY], "claims": [claim()], **fields}


def shares(gold: dict[str, Any], guess: dict[str, Any]) -> Scorecard:
    return score([document(claims=[gold])], [document(claims=[guess])])


@pytest.mark.parametrize(
    ("guess", "found"),
    [
        (claim(trigger=[8, 12]), 1.0),
        (claim(trigger=[15, 18]), 1.0),
        (claim(trigger=[15, 18], start=30, end=40), 0.0),
        (claim(type="battle"), 0.0),
    ],
    ids=["triggers overlap", "evidence overlaps", "neither", "another type"],
)
def test_what_matches(guess: dict[str, Any], found: float) -> None:
    assert shares(claim(), guess).figure("claims R") == found


@pytest.mark.parametrize(
    ("gold", "guess", "figure", "right"),
    [
        ({"polarity": "negated"}, {}, "claim polarity", 0.0),
        ({}, {"polarity": "affirmed"}, "claim polarity", 1.0),
        ({"modality": "planned"}, {"modality": "asserted"}, "claim modality", 0.0),
        ({"places": [0]}, {"places": []}, "claim place", 0.0),
        ({"places": [0]}, {"places": [0, 1]}, "claim place", 0.0),
        ({"places": [0], "places_optional": [1]}, {"places": [0, 1]}, "claim place", 1.0),
        ({"places": [0], "places_optional": [1]}, {"places": [0]}, "claim place", 1.0),
        ({"time": {"earliest": "2022-03-04", "latest": "2022-03-04"}}, {"time": None}, "claim time", 0.0),
        (
            {"time": {"earliest": "2022-03-04", "latest": "2022-03-04"}, "time_optional": True},
            {"time": None},
            "claim time",
            1.0,
        ),
        (
            {"time": {"earliest": None, "latest": "2022-03-09"}},
            {"time": {"earliest": "2022-03-09", "latest": "2022-03-09"}},
            "claim time",
            0.0,
        ),
        ({"speaker": "the mayor"}, {"speaker": None}, "claim speaker", 0.0),
        ({"speaker": "Moscow", "speaker_also": ["Russia"]}, {"speaker": "Russia"}, "claim speaker", 1.0),
        (
            {"quantities": [{"low": 5, "high": None, "bound": "at_least"}]},
            {"quantities": [{"low": 5.0, "high": 5, "bound": "at_least"}]},
            "claim quantities",
            1.0,
        ),
        (
            {"quantities_optional": [{"low": 5, "high": 5}]},
            {"quantities": [{"low": 5, "high": 5}]},
            "claim quantities",
            1.0,
        ),
        (
            {"quantities": [{"low": 5, "high": 5, "bound": "exact"}]},
            {"quantities": []},
            "claim quantities",
            0.0,
        ),
        (
            {"targets": [{"start": 4, "end": 12}]},
            {"targets": [{"start": 0, "end": 12}], "actors": [{"start": 20, "end": 24}]},
            "claim targets",
            1.0,
        ),
        ({"actors": [{"start": 4, "end": 12}]}, {"targets": [{"start": 4, "end": 12}]}, "claim actors", 0.0),
    ],
)
def test_what_is_right_about_a_match(
    gold: dict[str, Any], guess: dict[str, Any], figure: str, right: float
) -> None:
    assert shares(claim(**gold), claim(**guess)).figure(figure) == right


def test_a_claim_on_each_of_several_places_is_one_case() -> None:
    together, apart = [claim(places=[0, 1])], [claim(places=[0]), claim(places=[1])]
    card = score([document(claims=together)], [document(claims=apart)])
    assert card.figure("claims P") == card.figure("claim place") == 1.0


def test_confidence_is_told_by_tenths() -> None:
    sure, unsure = claim(confidence=0.93), claim(confidence=0.31, type="battle")
    card = score([document()], [document(claims=[sure, unsure])])
    assert card.figure("confidence 0.9") == 1.0
    assert card.figure("confidence 0.3") == 0.0


def test_an_optional_claim_is_neither_asked_for_nor_wrong() -> None:
    gold = [claim(), claim(type="detain", optional=True)]
    for guess in ([claim()], [claim(), claim(type="detain")]):
        card = score([document(claims=gold)], [document(claims=guess)])
        assert card.figure("claims F1") == 1.0
        assert card.counts["claims"].hits == 1


def test_a_seat_of_government_is_neither_asked_for_nor_wrong() -> None:
    seat = {**KYIV, "metonym": True}
    assert score([document(places=[seat, SUMY])], [document()]).figure("places F1") == 1.0
    assert (
        score([document(places=[seat, SUMY])], [document(places=[SUMY], claims=[])]).figure("places F1")
        == 1.0
    )


def test_a_place_far_from_its_point_is_recognised_but_not_resolved() -> None:
    card = score([document()], [document(places=[{**KYIV, "lat": 48.0}, SUMY], claims=[])])
    assert card.figure("places F1") == 1.0
    assert card.figure("place within 161 km") == card.figure("places end-to-end F1") == 0.5


def test_times_compare_spans_values_and_bounds() -> None:
    gold = {"id": "a", "times": [{"start": 0, "end": 9, "value": "2022-03-04", "earliest": "2022-03-04"}]}
    guess = {"id": "a", "times": [{"start": 0, "end": 5, "value": "2022-03-04T05:00", "earliest": "2022-03"}]}
    card = score([gold], [guess])
    figures = [card.figure(f"times {which} F1") for which in ("relaxed", "strict", "value")]
    assert figures == [1.0, 0.0, 1.0]
    assert card.figure("time bounds") == 0.0


def test_attributions_compare_content_then_source() -> None:
    gold = {"id": "a", "attributions": [{"content": [10, 30], "source": [0, 5]}]}
    near = {"id": "a", "attributions": [{"content": [12, 30], "source": [6, 9]}]}
    far = {"id": "a", "attributions": [{"content": [25, 60], "source": [0, 5]}]}
    assert score([gold], [near]).figure("attributions F1") == 1.0
    assert score([gold], [near]).figure("attribution source") == 0.0
    assert score([gold], [far]).figure("attributions F1") == 0.0


def test_findings_need_the_kind_and_two_of_the_spans() -> None:
    spans = [{"id": "a", "start": 0, "end": 5}, {"id": "a", "start": 20, "end": 25}]
    gold = {"kind": "date", "spans": spans}
    one = {"kind": "date", "spans": [spans[0], {"id": "b", "start": 20, "end": 25}]}
    assert score([gold], [gold]).figure("findings F1") == 1.0
    assert score([gold], [one]).figure("findings F1") == 0.0
    assert score([gold], [{**gold, "kind": "place"}]).figure("findings F1") == 0.0


def test_a_layer_that_the_gold_lacks_is_not_scored() -> None:
    assert "times relaxed" not in score([document()], [{"id": "a", "times": [{"start": 0, "end": 1}]}]).counts


def test_scores_apart_by_a_field_of_the_gold() -> None:
    gold = [document(id="a", style="post"), document(id="b", style="news")]
    parts = score_by(gold, [document(id="a")], key="style")
    assert {name: card.figure("claims R") for name, card in parts.items()} == {"news": 0.0, "post": 1.0}
    with pytest.raises(InputError, match="no gold document has a field 'mood'"):
        score_by(gold, [], key="mood")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "not JSON"),
        ("[]", "not an object"),
        ('{"text": "x"}', "no id"),
        ('{"id": "a", "places": [{"start": 1}]}', "places has no start and end"),
        ('{"id": "a", "claims": [{"type": "battle"}]}', "no trigger"),
        ('{"id": "a", "claims": [{"type": "battle", "trigger": [0, 1], "places": [3]}]}', "not there"),
        ('{"id": "a", "attributions": [{"source": [0, 1]}]}', "no content"),
        ('{"id": "a", "times": 7}', "not a list"),
        ('{"kind": "date", "spans": [{"id": "a"}]}', "id, start and end"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(f'{{"id": "fine"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(BadLine, match=says) as caught:
        load_lines(path)
    assert caught.value.where == f"{path}:3"


def test_unreadable_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"gone.jsonl: there is no such file"):
        load_lines(tmp_path / "gone.jsonl")
    (tmp_path / "latin.jsonl").write_bytes(b'{"id": "\xe9"}')
    with pytest.raises(UnreadableInput, match="UTF-8"):
        load_lines(tmp_path / "latin.jsonl")


def test_twice_the_same_document_or_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="twice in the predictions"):
        score([document()], [document(), document()])
    with pytest.raises(InputError, match="another text"):
        score([document(text_sha256="aa")], [document(text_sha256="bb")])


def test_there_is_no_figure_of_that_name() -> None:
    with pytest.raises(InputError, match="no figure 'claims X'"):
        score([document()], []).figure("claims X")


def test_the_command_prints_tables_and_json(tmp_path: Path) -> None:
    import typer
    from typer.testing import CliRunner

    from svidok.cli import score as command

    app = typer.Typer()
    command.register(app)
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(document(style="post")) + "\n", encoding="utf-8")
    run = CliRunner().invoke(app, [str(path), str(path)])
    assert run.exit_code == 0 and "claims:capture" not in run.output and "F1 1.000" in run.output
    assert "claims:capture" in CliRunner().invoke(app, [str(path), str(path), "--by", "type"]).output
    assert "confidence" not in run.output
    assert "post" in CliRunner().invoke(app, [str(path), str(path), "--by", "style"]).output
    run = CliRunner().invoke(app, [str(path), str(path), "--json"])
    assert json.loads(run.output)["claims"]["F1"] == 1.0
