"""What the commands promise: their output, their messages, their exit status."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest

from svidok import cli
from svidok.cli import COMMANDS, batch

DISPATCH = (
    "Shelling killed at least 12 civilians in Kharkiv on 3 March 2022, the regional governor said.\n"
    "Russian troops captured Kherson on 2 March 2022.\n"
)
CLASH = (
    "The massacre at Srebrenica took place in July 1995.\n\n"
    "Families remember the Srebrenica massacre, which happened in 1997.\n"
)


@pytest.fixture
def dispatch(tmp_path: Path) -> Path:
    path = tmp_path / "dispatch.txt"
    path.write_text(DISPATCH, encoding="utf-8")
    return path


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"svidok {command}" in result.output
    assert "Example" in result.output


def test_report_writes_the_page_the_tables_and_the_original(run, dispatch: Path, tmp_path: Path) -> None:
    page = tmp_path / "out" / "report.html"
    result = run("report", dispatch, "-o", page)
    assert result.exit_code == 0, result.output
    assert result.output.startswith("1 report, ")
    assert "Kherson" in page.read_text(encoding="utf-8")
    folder = page.with_suffix("")
    kinds = {claim["type"] for claim in lines_of(folder / "readings.jsonl")[0]["claims"]}
    assert {"capture", "casualties"} <= kinds
    originals = [path for path in (folder / "originals").rglob("*") if path.is_file()]
    assert [path.read_bytes() for path in originals] == [dispatch.read_bytes()]


def test_extract_gives_the_same_bytes_twice(run, dispatch: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert run("extract", dispatch, "-o", first).exit_code == 0
    assert run("extract", dispatch, "-o", second).exit_code == 0
    assert first.read_bytes() == second.read_bytes()
    assert lines_of(first)[0]["format"] == "svidok/1"


def test_extract_takes_the_text_as_it_is(run, tmp_path: Path) -> None:
    text = "\n  Kyiv:\tshelling killed 3 people \r\n in Irpin \U0001f4a5 on 5 March 2022.  "
    docs, out = tmp_path / "d.jsonl", tmp_path / "o.jsonl"
    docs.write_text(json.dumps({"id": "a", "text": text, "published": "2022-03-06"}) + "\n", encoding="utf-8")
    assert run("extract", "--jsonl", docs, "-o", out).exit_code == 0
    record = lines_of(out)[0]
    assert record["id"] == "a"
    for mention in record["places"] + record["times"]:
        assert text[mention["start"] : mention["end"]] == mention["text"]
    assert {place["name"] for place in record["places"]} >= {"Irpin"}


def test_given_places_are_resolved_and_no_others(run, tmp_path: Path) -> None:
    docs, out = tmp_path / "d.jsonl", tmp_path / "o.jsonl"
    text = "Fighting in Paris and in Lyon."
    docs.write_text(
        json.dumps({"id": "a", "text": text, "given_places": [[25, 29]]}) + "\n", encoding="utf-8"
    )
    assert run("extract", "--jsonl", docs, "--given-places", "-o", out).exit_code == 0
    assert [place["text"] for place in lines_of(out)[0]["places"]] == ["Lyon"]
    assert run("extract", "--jsonl", docs, "-o", out).exit_code == 0
    assert [place["text"] for place in lines_of(out)[0]["places"]] == ["Paris", "Lyon"]


def test_a_broken_line_is_told_and_the_rest_goes_on(run, tmp_path: Path) -> None:
    docs, out = tmp_path / "d.jsonl", tmp_path / "o.jsonl"
    docs.write_text('{"id": "a", "text": "Kyiv."}\n{"id": "b", "text"\n{"id": "c", "text": "Lviv."}\n')
    result = run("extract", "--jsonl", docs, "-o", out)
    assert result.exit_code == 0
    assert "d.jsonl:2" in result.output
    assert [record["id"] for record in lines_of(out)] == ["a", "c"]


def test_strict_stops_at_a_broken_line() -> None:
    code = "import sys; sys.argv = ['svidok', 'extract', '--jsonl', '/dev/stdin', '--strict']; from svidok.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-c", code], input="{broken\n", capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "Traceback" not in result.stderr
    assert result.stderr.startswith("svidok: ")


def test_resume_goes_on_after_the_last_complete_line(run, tmp_path: Path) -> None:
    docs, whole, torn = tmp_path / "d.jsonl", tmp_path / "w.jsonl", tmp_path / "t.jsonl"
    docs.write_text(
        "".join(json.dumps({"id": str(i), "text": f"Day {i}: Kyiv was shelled."}) + "\n" for i in range(4))
    )
    assert run("extract", "--jsonl", docs, "-o", whole).exit_code == 0
    lines = whole.read_bytes().splitlines(keepends=True)
    torn.write_bytes(lines[0] + lines[1] + lines[2][:40])
    assert run("extract", "--jsonl", docs, "-o", torn, "--resume").exit_code == 0
    assert torn.read_bytes() == whole.read_bytes()


@pytest.mark.parametrize("command", ["report", "check", "extract", "claims"])
def test_nothing_readable_is_status_2(run, tmp_path: Path, command: str) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    output = ("-o", tmp_path / "o") if command != "claims" else ()
    result = run(command, empty, tmp_path / "absent.txt", *output)
    assert result.exit_code == 2
    assert "empty.txt" in result.output
    assert "absent.txt" in result.output


def test_one_bad_file_does_not_stop_the_rest(run, dispatch: Path, tmp_path: Path) -> None:
    binary = tmp_path / "picture.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    result = run("extract", binary, dispatch, "-o", tmp_path / "o.jsonl")
    assert result.exit_code == 0
    assert "picture.txt" in result.output
    assert len(lines_of(tmp_path / "o.jsonl")) == 1


def test_check_prints_both_quotations_and_leaves_with_1(run, tmp_path: Path) -> None:
    path = tmp_path / "clash.txt"
    path.write_text(CLASH, encoding="utf-8")
    result = run("check", path)
    assert result.exit_code == 1, result.output
    assert "1995" in result.output
    assert "1997" in result.output
    findings = [json.loads(line) for line in run("check", path, "--json").output.splitlines()]
    assert any(finding["kind"] == "date" for finding in findings)
    for finding in findings:
        for quotation in finding["spans"]:
            assert CLASH[quotation["start"] : quotation["end"]] == quotation["text"]


def test_check_leaves_with_0_when_all_fits(run, dispatch: Path) -> None:
    result = run("check", dispatch)
    assert result.exit_code == 0, result.output
    assert "0 findings" in result.output


def test_no_progress_when_piped(dispatch: Path, tmp_path: Path) -> None:
    code = f"import sys; sys.argv = ['svidok', 'extract', {str(dispatch)!r}]; from svidok.cli import main; main()"
    result = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    assert json.loads(result.stdout)["claims"]


def test_several_processes_give_the_same_bytes(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("svidok.pipeline.BATCH_CHARACTERS", 60)
    docs, one, two = tmp_path / "d.jsonl", tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    docs.write_text("".join(json.dumps({"id": str(i), "text": DISPATCH}) + "\n" for i in range(3)))
    assert run("extract", "--jsonl", docs, "-o", one).exit_code == 0
    assert run("extract", "--jsonl", docs, "-o", two, "--jobs", "2").exit_code == 0
    assert one.read_bytes() == two.read_bytes()


def test_a_language_without_claims_is_told(run, tmp_path: Path) -> None:
    path = tmp_path / "uk.txt"
    path.write_text("Обстріл Харкова: 2 березня 2022 року загинули троє людей у Харкові.", encoding="utf-8")
    result = run("extract", path, "-o", tmp_path / "o.jsonl")
    assert result.exit_code == 0
    assert "1 report in 'uk'" in result.output
    record = lines_of(tmp_path / "o.jsonl")[0]
    assert [time["value"] for time in record["times"]] == ["2022-03-02"]
    assert "Kharkiv" in {place["name"] for place in record["places"]}
    assert record["claims"] == []


def test_two_texts_under_one_id_are_told_apart_and_both_read(run, tmp_path: Path) -> None:
    docs = tmp_path / "d.jsonl"
    texts = ["Shelling killed 3 people in Kharkiv.", "Troops left Kherson on 11 November 2022."]
    docs.write_text("".join(json.dumps({"id": "a", "text": text}) + "\n" for text in texts))
    result = run("report", "--jsonl", docs, "-o", tmp_path / "r.html")
    assert result.exit_code == 0, result.output
    assert "'a~2'" in result.output
    assert [record["id"] for record in lines_of(tmp_path / "r" / "readings.jsonl")] == ["a", "a~2"]


def test_reports_of_every_kind_are_read_by_the_commands(run, tmp_path: Path) -> None:
    import zipfile

    archive = tmp_path / "all.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("dispatch.txt", DISPATCH)
        packed.writestr("posts.csv", "date,text\n2022-03-05,Shelling killed two people in Irpin.\n")
        packed.writestr("../evil.txt", DISPATCH)
    page = tmp_path / "report.html"
    result = run("report", archive, "-o", page)
    assert result.exit_code == 0, result.output
    assert result.output.splitlines()[-1].startswith("2 reports, ")
    assert "leads out of the archive" in result.output
    documents = lines_of(page.with_suffix("") / "documents.jsonl")
    assert [d["custody"]["member"] for d in documents] == ["dispatch.txt", "posts.csv!/row-2"]
    assert documents[0]["custody"]["containers"][0]["name"] == "all.zip"
    odd = tmp_path / "odd.csv"
    odd.write_text("When,What\n2022-03-05,Shelling killed two people in Irpin.\n", encoding="utf-8")
    out = tmp_path / "o.jsonl"
    assert run("extract", odd, "-o", out).exit_code == 2
    columns = ("--column", "text=What", "--column", "published=When")
    assert run("extract", odd, *columns, "-o", out).exit_code == 0
    assert lines_of(out)[0]["published"] == "2022-03-05"
    assert run("extract", odd, "--column", "What", "-o", out).exit_code == 2
    refused = run("extract", "http://127.0.0.1/secret", "-o", out)
    assert refused.exit_code == 2
    assert "not on the public internet" in refused.output


def test_standard_input_is_a_path(tools, dispatch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from svidok import pipeline
    from svidok.cli import app

    monkeypatch.setattr(pipeline, "load_tools", lambda **_: tools)
    result = CliRunner().invoke(app, ["extract", "-"], input=dispatch.read_bytes())
    assert result.exit_code == 0, result.output
    assert {c["type"] for c in json.loads(result.output)["claims"]} >= {"capture", "casualties"}


def test_export_writes_another_tool_s_format_and_tells_what_it_left_out(
    run, dispatch: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out" / "events.csv"
    result = run("export", "acled", dispatch, "-o", out)
    assert result.exit_code == 0, result.output
    assert "Kherson" in out.read_text(encoding="utf-8")
    assert "written" in result.output
    assert "left out: " in result.output
    piped = run("export", "geojson", dispatch, "-q")
    assert {f["properties"]["place"] for f in json.loads(piped.output)["features"]} >= {"Kherson"}
    assert "geojson" in run("export", "--formats").output
    assert run("export", "xls", dispatch).exit_code == 2
    assert run("export", "acled", dispatch, "-o", tmp_path).exit_code != 0


def test_codes_are_words_on_a_terminal_and_are_taken_as_words(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "a.txt"
    path.write_text("Aircraft bombed the station in Chernihiv on 3 March 2022.", encoding="utf-8")
    shown = run("claims", path, "--type", "air strike")
    assert shown.output.startswith("air strike  [")
    assert "air_strike" not in shown.output


def test_what_was_known_by_a_day_is_checked_alone(run, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    told = "---\npublished: {}\n---\nIrpin was liberated on {} 2022 by Ukrainian forces."
    (tmp_path / "a.txt").write_text(told.format("2022-03-29", "28 March"), encoding="utf-8")
    (tmp_path / "b.txt").write_text(told.format("2022-04-14", "1 April"), encoding="utf-8")
    assert "2 reports" in run("check", tmp_path).output
    early = run("check", tmp_path, "--known-by", "2022-04-01")
    assert "0 findings in 1 report" in early.output


@pytest.mark.parametrize(
    ("day", "told"),
    [("spring 2022", '"published" is no full date'), ("3/4/22", "it may be 2022-04-03 or 2022-03-04")],
)
def test_a_published_day_that_cannot_be_taken_is_told_and_the_report_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], day: str, told: str
) -> None:
    path = tmp_path / "docs.jsonl"
    line = {"id": "a", "text": "The bridge fell.", "published": day, "language": "en"}
    path.write_text(json.dumps(line), encoding="utf-8")
    (document,) = batch.documents_of((), jsonl=path, strict=True)
    assert document.published is None
    assert f"svidok: {path}:1: " in (said := capsys.readouterr().err) and told in said


def test_a_command_looks_for_rubbish_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    held, seen = gc.get_threshold(), []
    monkeypatch.setattr(cli, "app", lambda: seen.append(gc.get_threshold()))
    try:
        cli.main()
    finally:
        gc.set_threshold(*held)
    assert seen[0][0] > held[0] and seen[0] != held
