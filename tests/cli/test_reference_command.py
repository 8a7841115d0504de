"""``svidok reference`` and ``svidok check --against``."""

from __future__ import annotations

from pathlib import Path

import pytest

from svidok.errors import InputError

TABLE = "date,tanks\n2022-03-02,170\n2022-03-05,200\n"
REPORT = "By 2 March 2022 Russia had lost 570 tanks since the start."


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


def test_a_table_is_added_used_listed_and_removed(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    table, report = tmp_path / "losses.csv", tmp_path / "report.txt"
    table.write_text(TABLE, encoding="utf-8")
    report.write_text(REPORT, encoding="utf-8")
    added = run(
        "reference",
        "add",
        table,
        "--as",
        "mod",
        "--kind",
        "losses",
        "--map",
        "tank=tanks",
        "--set",
        "side=Russia",
    )
    assert added.exit_code == 0, added.output
    assert "mod: 2 rows of losses, 2022-03-02 to 2022-03-05" in added.output
    assert "mod  losses  2 rows" in run("reference", "list").output
    checked = run("check", report, "--against", "mod", "-q")
    assert checked.exit_code == 1
    assert "570 tanks by 2022-03-02 is not what the reference says: 170" in checked.output
    assert "checked against mod, row 2" in checked.output
    assert "mod: 0 agree, 1 against, 0 beyond, 0 without" in checked.output
    assert run("reference", "remove", "mod").exit_code == 0
    assert run("reference", "list").output == ""


def test_a_mapping_may_lie_beside_the_table(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "losses.csv").write_text(TABLE, encoding="utf-8")
    (tmp_path / "losses.toml").write_text('kind = "losses"\n[columns]\ntank = "tanks"\n', encoding="utf-8")
    added = run("reference", "add", tmp_path / "losses.csv", "--as", "mod")
    assert added.exit_code == 0, added.output


def test_an_unknown_table_is_refused_before_anything_is_read(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    report = tmp_path / "report.txt"
    report.write_text(REPORT, encoding="utf-8")
    result = run("check", report, "--against", "nothing")
    assert isinstance(result.exception, InputError)
    assert "no reference table is called 'nothing'" in str(result.exception)
