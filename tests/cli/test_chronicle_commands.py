"""The commands on a chronicle, as a newcomer would type them."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from svidok.cli.review import fields_of, review
from svidok.errors import InputError, Missing, Refused

FIRST = "Russian troops captured Kherson on 2 March 2022.\n"
SECOND = (
    "Shelling killed at least 12 civilians in Kharkiv on 3 March 2022, the regional governor said.\n"
    "Ukrainian forces took Kherson back on 11 November 2022.\n"
)


@pytest.fixture
def chronicle(run, tmp_path: Path) -> Path:
    """A chronicle of two small reports, built."""
    for name, text in (("first.txt", FIRST), ("second.txt", SECOND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    where = tmp_path / "kherson.svidok"
    assert run("init", where, "--near", "Ukraine").exit_code == 0
    added = run("add", where, tmp_path / "first.txt", tmp_path / "second.txt", "--by", "olena")
    assert added.output.startswith("2 reports added"), added.output
    built = run("build", where)
    assert built.exit_code == 0, built.output
    assert built.output.startswith("2 reports, ")
    return where


def ids(result) -> list[str]:
    return [json.loads(line)["id"] for line in result.stdout.splitlines() if line.startswith("{")]


def test_the_way_of_a_newcomer(run, chronicle: Path, tmp_path: Path) -> None:
    again = run("add", chronicle, tmp_path / "first.txt")
    assert "0 reports added, 1 there already" in again.output
    status = run("status", chronicle)
    assert "reports   2" in status.output
    assert f"svidok review queue {chronicle}" in status.output
    assert json.loads(run("status", chronicle, "--json").output)["documents"] == 2


def test_search_and_show(run, chronicle: Path) -> None:
    (event,) = ids(run("search", chronicle, "kherson", "--from", "2022-11", "--json"))
    shown = run("show", chronicle, event[:6])
    assert "took Kherson back" in shown.output
    assert "Kherson (46." in shown.output
    whole = json.loads(run("show", chronicle, event, "--json").output)
    claim = whole["claims"][0]["claim"]["id"]
    assert "why" in run("show", chronicle, claim).output
    assert "11 November" in run("search", chronicle, "kherson back", "--in", "sentences").output
    assert ids(run("search", chronicle, "--near", "49.99,36.23,20", "--json"))
    (report,) = [r for r in ids(run("search", chronicle, "--in", "documents", "--json")) if r][:1]
    assert "came in" in run("show", chronicle, report).output
    original = run("show", chronicle, report, "--original")
    assert original.stdout in (FIRST, SECOND)
    nothing = run("search", chronicle, "elephants")
    assert nothing.exit_code == 1
    assert "0 events" in nothing.output
    assert isinstance(run("show", chronicle, "zzzz").exception, InputError)


def test_review_by_command(run, chronicle: Path) -> None:
    queue = run("review", "queue", chronicle)
    assert "civilians" in queue.output
    (event,) = ids(run("search", chronicle, "civilians", "--json", "--type", "casualties"))
    assert "is accepted" in run("review", "accept", chronicle, event, "--by", "olena").output
    differ = run("review", "reject", chronicle, event, "--by", "petro", "--why", "no such day")
    assert "is disputed" in differ.output
    assert "kappa of olena and petro" in run("review", "agreement", chronicle).output
    assert "is accepted" in run("review", "adjudicate", chronicle, event, "accept", "--by", "maria").output
    assert run("review", "comment", chronicle, event, "seen on film").exit_code == 0
    claim = json.loads(run("show", chronicle, event, "--json").output)["claims"][0]["claim"]["id"]
    corrected = run("review", "correct", chronicle, claim, "--set", "time=2022-03-04", "--by", "olena")
    assert "is corrected" in corrected.output
    assert f"svidok build {chronicle}" in corrected.output
    assert run("build", chronicle).exit_code == 0
    assert "2022-03-04" in run("search", chronicle, "civilians", "--type", "casualties").output
    log = run("review", "log", chronicle)
    assert "petro: reject" in log.output
    number = next(line.split()[0] for line in log.output.splitlines() if "olena: correct" in line)
    assert "is undone" in run("review", "undo", chronicle, number, "--by", "olena").output
    assert run("verify", chronicle).exit_code == 0


def test_grade_merge_and_split(run, chronicle: Path) -> None:
    one, other = ids(run("search", chronicle, "kherson", "--json", "--type", "capture"))[:2]
    merged = run("review", "merge", chronicle, one, other, "--by", "olena")
    assert merged.exit_code == 0, merged.output
    run("build", chronicle)
    (event,) = ids(run("search", chronicle, "kherson", "--json", "--type", "capture"))
    claims = json.loads(run("show", chronicle, event, "--json").output)["claims"]
    assert len(claims) == 2
    parted = run("review", "split", chronicle, event, claims[0]["claim"]["id"], "--by", "olena")
    assert parted.exit_code == 0, parted.output
    run("build", chronicle)
    assert len(ids(run("search", chronicle, "kherson", "--json", "--type", "capture"))) == 2
    assert "is graded 2" in run("review", "grade", chronicle, claims[0]["claim"]["id"], "2").output
    assert isinstance(run("review", "grade", chronicle, claims[0]["claim"]["id"], "Z").exception, Refused)


def test_verify_finds_a_changed_byte(run, chronicle: Path, tmp_path: Path) -> None:
    well = run("verify", chronicle)
    assert well.exit_code == 0
    head = json.loads(run("status", chronicle, "--json").output)["head"]
    assert run("verify", chronicle, "--head", head[:16]).exit_code == 0
    assert run("verify", chronicle, "--head", "0123456789abcdef").exit_code == 1
    with sqlite3.connect(chronicle) as raw:
        raw.execute(
            "UPDATE originals SET data = CAST(replace(CAST(data AS TEXT), '2 March', '3 March') AS BLOB)"
        )
    raw.close()
    broken = run("verify", chronicle)
    assert broken.exit_code == 1
    assert "its bytes are not what was kept" in broken.output


def test_backup_is_a_chronicle_and_never_overwrites(run, chronicle: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.svidok"
    assert run("backup", chronicle, copy).exit_code == 0
    assert run("verify", copy).exit_code == 0
    assert "reports   2" in run("status", copy).output
    assert isinstance(run("backup", chronicle, copy).exception, Refused)


def test_mistakes_are_told(run, tmp_path: Path) -> None:
    absent = tmp_path / "absent.svidok"
    assert isinstance(run("status", absent).exception, Missing)
    there = tmp_path / "there.svidok"
    there.write_text("no database")
    assert isinstance(run("init", there).exception, Refused)
    made = tmp_path / "made.svidok"
    run("init", made)
    nothing = run("add", made, tmp_path / "absent.txt")
    assert nothing.exit_code == 2
    assert "absent.txt" in nothing.output


@pytest.mark.parametrize("command", [c.callback.__name__ for c in review.registered_commands])
def test_every_review_command_has_help_with_an_example(run, command: str) -> None:
    result = run("review", command, "--help")
    assert result.exit_code == 0
    assert f"svidok review {command}" in " ".join(result.output.split())
    assert "Example" in result.output


def test_fields_of_a_correction() -> None:
    assert fields_of("time=2022-03/2022-04")[1] == {
        "earliest": "2022-03-01",
        "latest": "2022-04-30",
        "edtf": "2022-03/2022-04",
    }
    assert fields_of("time=2022-03-04/")[1] == {"earliest": "2022-03-04", "latest": None, "edtf": None}
    assert fields_of('quantities=[{"what": "tank", "low": 3, "high": 3}]')[1][0]["what"] == "tank"
    assert fields_of("actors=Ukraine, Russia")[1] == [{"name": "Ukraine"}, {"name": "Russia"}]
    for wrong in ("type", "time=someday", "place={"):
        with pytest.raises(InputError):
            fields_of(wrong)


def test_a_table_of_sources_reaches_events_and_is_logged(run, tmp_path: Path) -> None:
    (tmp_path / "posts.jsonl").write_text(
        json.dumps({"id": "a", "text": FIRST, "language": "en", "source": "Field Desk"}) + "\n",
        encoding="utf-8",
    )
    table = tmp_path / "sources.csv"
    table.write_text("source,kind,grade,credibility,side\nField Desk,media,B,2,\n", encoding="utf-8")
    where = tmp_path / "graded.svidok"
    assert run("init", where).exit_code == 0
    assert run("add", where, tmp_path / "posts.jsonl").exit_code == 0
    assert run("build", where).exit_code == 0
    graded = run("build", where, "--sources", table)
    assert graded.exit_code == 0, graded.output
    (event,) = ids(run("search", where, "kherson", "--json"))[:1]
    assert json.loads(run("show", where, event, "--json").output)["event"]["grades"] == ["B2"]
    with sqlite3.connect(where) as database:
        kinds = [kind for (kind,) in database.execute("SELECT kind FROM acts ORDER BY number")]
    assert kinds.count("sources") == 1
    assert run("verify", where).exit_code == 0
    table.write_text("source,grade\nField Desk,Z\n", encoding="utf-8")
    refused = run("build", where, "--sources", table)
    assert refused.exit_code != 0
    assert "sources.csv:2: 'Z' is no grade" in str(refused.exception)


def test_a_great_count_is_told_in_digits() -> None:
    from svidok.cli.opened import _count

    assert _count("people", 2_000_000.0, None, None) == "2000000– people"
