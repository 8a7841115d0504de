"""``svidok times``: a text, a file or standard input, plain or as JSON, with reasons."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from svidok.cli.times import register
from svidok.errors import InputError, UnreadableInput

TEXT = "By 13 March they held it; on Friday 24 February 2022 it began."


@pytest.fixture
def run() -> object:
    app = typer.Typer()
    register(app)
    return lambda *arguments, **more: CliRunner().invoke(app, list(arguments), **more)


def test_a_line_an_expression(run) -> None:  # type: ignore[no-untyped-def]
    result = run(TEXT, "--published", "2022-04-27")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert "13 March" in lines[0] and "2022-03-13" in lines[0] and ".. .. 2022-03-13" in lines[0]
    assert "weekday_mismatch" in lines[1]


def test_why(run) -> None:  # type: ignore[no-untyped-def]
    result = run(TEXT, "--published", "2022-04-27", "--why")
    assert "counted from: published 2022-04-27" in result.stdout
    assert "wrong with it: weekday_mismatch" in result.stdout


def test_json_of_a_file_and_of_standard_input(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    from_file = run(str(path), "--json", "--published", "2022-04-27").stdout
    assert from_file == run("-", "--json", "--published", "2022-04-27", input=TEXT).stdout
    first = json.loads(from_file.splitlines()[0])
    assert TEXT[first["start"] : first["end"]] == first["text"] == "13 March"


def test_bad_input_is_told(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.bin"
    path.write_bytes(b"\xff\xfe\x00")
    assert isinstance(run(str(path)).exception, UnreadableInput)
    assert isinstance(run("today", "--published", "27 April").exception, InputError)
