"""``svidok places`` and ``svidok atlas``: lines, JSON, reasons, imports and clear refusals."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from svidok.cli import atlas, places
from svidok.errors import AtlasError, BadDump, UnreadableInput

Run = Callable[..., Result]
ROW = "1001\tTestivka\tTestivka\tТестівка\t50.61\t30.41\tP\tPPL\tUA\t\t13\t\t\t\t120\t\t100\tEurope/Kyiv\t2024-01-02\n"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("SVIDOK_DATA", str(tmp_path / "data"))
    app = typer.Typer()
    places.register(app)
    atlas.register(app)
    return lambda *arguments, **more: CliRunner().invoke(app, list(arguments), **more)


def test_a_line_a_place(run: Run) -> None:
    result = run("places", "Smoke rose 30 km north-west of Kyiv, near Bucha.")
    assert result.exit_code == 0
    one, two = result.stdout.splitlines()
    assert "Kyiv, Ukraine" in one and "[30 km north-west of]" in one
    assert "Bucha" in two and "Kyiv Oblast" in two and "±" in two


def test_why_and_a_long_text_in_another_script(run: Run) -> None:
    assert "log odds" in run("places", "Shells fell on Kharkiv.", "--why").stdout
    assert "Харків" in run("places", "Війська обстріляли Харків. " * 9).stdout


def test_json_of_a_file_and_of_standard_input(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Shells fell on Kharkiv.", encoding="utf-8")
    row = json.loads(run("places", str(path), "--json").stdout)
    assert row["name"] == "Kharkiv" and row["country"] == "UA"
    assert json.loads(run("places", "-", "--json", input="Shells fell on Kharkiv.").stdout) == row


def test_no_place_is_said(run: Run) -> None:
    result = run("places", "nothing here")
    assert result.exit_code == 0 and result.stdout == ""


def test_a_binary_file_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\xff\xfe\x00\xd8")
    assert isinstance(run("places", str(path)).exception, UnreadableInput)


def test_show_names_every_entry(run: Run) -> None:
    result = run("atlas", "show", "Gostomel")
    assert "gn:708251" in result.stdout and "Hostomel" in result.stdout
    assert "country:UA" in run("atlas", "show", "country:UA").stdout
    assert run("atlas", "show", "Zzyzzx Qqq").exit_code == 1


def test_import_list_and_remove(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "XX.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("XX.txt", ROW)
    assert "1 places imported" in run("atlas", "import", str(path)).stdout
    assert "XX  1 places" in run("atlas", "list").stdout
    assert "gn:1001" in run("atlas", "show", "Testivka").stdout
    assert "removed" in run("atlas", "remove", "XX").stdout
    assert isinstance(run("atlas", "remove", "XX").exception, AtlasError)


def test_a_file_that_is_no_dump_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"no zip")
    assert isinstance(run("atlas", "import", str(path)).exception, BadDump)
    assert isinstance(run("atlas", "import", str(tmp_path / "none.zip")).exception, BadDump)
