"""Tables of the user: what reports say against them, beyond them, and what they leave out."""

from __future__ import annotations

from pathlib import Path

import pytest

from svidok.errors import InputError, UnreadableInput
from svidok.events import reconcile
from svidok.events.references import (
    Compared,
    Mapping,
    add_table,
    compare,
    list_tables,
    open_table,
    read_mapping,
    read_table,
    remove_table,
)
from svidok.records import Document

TABLES = Path(__file__).parent / "references"
COUNTED = Mapping("losses", {"tank": "tanks", "aircraft": "aircraft"}, {"side": "Russia"})


@pytest.fixture(scope="module")
def tools():  # type: ignore[no-untyped-def]
    from svidok import pipeline

    return pipeline.load_tools()


def against(tools, text: str, table: str, mapping: Mapping) -> list[Compared]:  # type: ignore[no-untyped-def]
    from svidok import pipeline

    document = Document("d", "d", text, language="en", published="2022-03-20")
    reading = pipeline.read(document, tools)
    return list(
        compare([reading], reconcile([reading]), read_table(TABLES / table, table.split(".")[0], mapping))
    )


def test_a_total_that_the_table_bears_out_agrees(tools) -> None:  # type: ignore[no-untyped-def]
    told = against(tools, "By 2 March 2022 Russia had lost 170 tanks since the start.", "losses.csv", COUNTED)
    assert [c.verdict for c in told] == ["agrees"]


def test_a_total_that_the_table_does_not_bear_out_is_a_finding_with_its_row(tools) -> None:  # type: ignore[no-untyped-def]
    text = "By 2 March 2022 Russia had lost 570 tanks since the start."
    (told,) = against(tools, text, "losses.csv", COUNTED)
    assert told.verdict == "against"
    assert told.finding is not None
    assert told.finding.kind == "quantity"
    assert told.finding.reference == "losses, row 2"
    assert told.finding.apart == "370"
    (span,) = told.finding.spans
    assert text[span.start : span.end] == "570 tanks"


def test_a_holder_that_the_table_does_not_name_is_a_finding(tools) -> None:  # type: ignore[no-untyped-def]
    mapping = Mapping("control", {"holder": "status"})
    told = against(
        tools, "On 10 March 2022 Hostomel was controlled by Ukrainian forces.", "control.csv", mapping
    )
    assert [(c.verdict, c.finding and c.finding.kind) for c in told] == [("against", "control")]
    told = against(
        tools, "On 11 March 2022 Brovary was controlled by Russian forces.", "control.csv", mapping
    )
    assert [c.verdict for c in told] == ["agrees"], "contested is no contradiction"


def test_happenings_are_found_by_day_and_place_and_rows_nobody_tells_are_named(tools) -> None:  # type: ignore[no-untyped-def]
    text = (
        "On 16 March 2022 a bomb hit the theatre in Mariupol and killed 12 people. "
        "On 17 March 2022 shells fell on Chernihiv. On 19 March 2022 a depot in Sumy was shelled."
    )
    told = against(tools, text, "strikes.csv", Mapping("events"))
    assert [(c.verdict, c.row) for c in told if c.verdict in {"against", "without"}] == [
        ("against", 2),
        ("without", 3),
    ]
    assert [c.message for c in told if c.verdict == "beyond"] == [
        "The reference has nothing of the attack at Chernihiv on 2022-03-17."
    ]


def test_another_date_for_the_same_words_and_place_is_against(tools) -> None:  # type: ignore[no-untyped-def]
    told = against(
        tools,
        "The bombing of the drama theatre in Mariupol took place on 12 March 2022.",
        "strikes.csv",
        Mapping("events"),
    )
    dated = [c for c in told if c.verdict == "against" and c.finding]
    assert [(c.finding.kind, c.finding.apart) for c in dated if c.finding] == [("date", "4 days")]


def test_a_wide_table_of_losses_needs_no_mapping(tools) -> None:  # type: ignore[no-untyped-def]
    mapping = Mapping("losses", {}, {"side": "Russia"})
    table = read_table(TABLES / "losses.csv", "losses", mapping)
    assert {what for row in table.rows for what, _, _ in row.counts} == {"tanks", "aircraft"}
    told = against(tools, "By 2 March 2022 Russia had lost 570 tanks since the start.", "losses.csv", mapping)
    assert [c.verdict for c in told] == ["against"]


def test_the_wounded_are_not_held_against_a_count_of_the_dead(tools, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "dead.csv"
    path.write_text("date,personnel\n2022-03-01,5000\n2022-03-02,5100\n", encoding="utf-8")
    mapping = Mapping("losses", {}, {"side": "Russia"})
    text = "By 2 March 2022 Russia had lost 900 soldiers killed and 3,825 soldiers wounded since the start."
    told = [c for c in against(tools, text, str(path), mapping) if c.verdict == "against"]
    assert ["900" in c.message for c in told] == [True]


def test_a_strike_that_counts_its_dead_is_met_by_the_killing(tools) -> None:  # type: ignore[no-untyped-def]
    text = "Ten people were killed in Kharkiv on 18 March 2022 while they stood in line for bread."
    told = against(tools, text, "strikes.csv", Mapping("events"))
    assert [(c.verdict, c.row) for c in told if c.verdict != "without"] == [("against", 3)]


def test_what_was_taken_by_the_day_of_a_report_is_held_that_day(tools) -> None:  # type: ignore[no-untyped-def]
    mapping = Mapping("control", {"holder": "status"})
    text = "Russian forces have captured Brovary."
    document = Document("d", "d", text, language="en", published="2022-03-10")
    from svidok import pipeline

    reading = pipeline.read(document, tools)
    table = read_table(TABLES / "control.csv", "control", mapping)
    (told,) = compare([reading], reconcile([reading]), table)
    assert (told.verdict, told.row) == ("against", 4)


def test_missing_columns_are_named_with_what_the_file_has() -> None:
    with pytest.raises(InputError, match=r"needs place or lat, holder.*'date', 'tanks', 'aircraft'"):
        read_table(TABLES / "losses.csv", "x", Mapping("control"))
    with pytest.raises(InputError, match=r"no column is called 'tank_count'.*'tanks'"):
        read_table(TABLES / "losses.csv", "x", Mapping("losses", {"tank": "tank_count"}))
    with pytest.raises(InputError, match="no field 'holdr'"):
        read_table(TABLES / "control.csv", "x", Mapping("control", {"holdr": "status"}))
    with pytest.raises(InputError, match="no kind of reference table"):
        read_table(TABLES / "control.csv", "x", Mapping("battles"))


def test_rows_without_a_day_are_told_and_a_file_without_any_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("date,place,status\n2022-03-01,Bucha,russia\nsoon,Irpin,russia\n", encoding="utf-8")
    table = read_table(path, "t", Mapping("control"))
    assert len(table.rows) == 1
    assert table.unread == ("row 3: no day in 'soon'",)
    path.write_text("date,place,status\nsoon,Irpin,russia\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"no row can be read; the first, row 2: no day in 'soon'"):
        read_table(path, "t", Mapping("control"))
    path.write_text("date,place\n", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no table"):
        read_table(path, "t", Mapping("control"))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("2022-03-05,2022-03-01,Irpin,,,3", "it ends (2022-03-01) before it begins (2022-03-05)"),
        ("2022-03-05,later,Irpin,,,3", "no day in 'later'"),
        ("2022-03-05,,,,,3", "neither a place nor both coordinates"),
        ("2022-03-05,,,50.5,,3", "neither a place nor both coordinates"),
        ("2022-03-05,,Irpin,123.4,30.2,3", "'123.4' is no lat (a number of degrees, at most 90 either way)"),
        ("2022-03-05,,Irpin,50.5,nan,3", "'nan' is no lon (a number of degrees, at most 180 either way)"),
    ],
)
def test_a_row_that_can_be_compared_with_nothing_is_told(row: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(f"date,until,place,lat,lon,killed\n2022-03-04,,Bucha,,,2\n{row}\n", encoding="utf-8")
    table = read_table(path, "t", Mapping("events"))
    assert [one.place for one in table.rows] == ["Bucha"]
    assert table.unread == (f"row 3: {told}",)


def test_a_cell_that_counts_nothing_is_told_and_the_rest_of_its_row_is_read(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "date,place,killed,wounded\n2022-03-04,Bucha,some,2\n2022-03-05,Irpin,-,nan\n", encoding="utf-8"
    )
    table = read_table(path, "t", Mapping("events"))
    assert [one.counts for one in table.rows] == [(("wounded", 2.0, 2.0),), ()]
    assert table.unread == ("row 2: no number in 'some' (killed)",)


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_table_with_another_mark_between_its_cells(mark: str, tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(f"date{mark}place{mark}holder\r\n2022-03-05{mark}Irpin, north{mark}Russia\r\n".encode())
    (row,) = read_table(path, "t", Mapping("control")).rows
    assert (row.place, row.holder) == ("Irpin, north", "Russia")


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (
            b"date,date,place,holder\n2022-03-05,2022-03-06,Irpin,Russia\n",
            r"t\.csv: two columns are called 'date'",
        ),
        (
            "date,place,holder\n2022-03-05,Ірпінь,Росія\n".encode("cp1251"),
            r"t\.csv:2: the table is not in UTF-8",
        ),
        (b'date,place,holder\n2022-03-05,"' + b"x" * 200_000, r"t\.csv:2: broken CSV"),
        (None, r"t\.csv: the file cannot be read: No such file"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_its_line(
    raw: bytes | None, told: str, tmp_path: Path
) -> None:
    path = tmp_path / "t.csv"
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(UnreadableInput, match=told):
        read_table(path, "t", Mapping("control"))


def test_a_table_is_kept_listed_opened_and_removed(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    kept = add_table(TABLES / "losses.csv", "claims", COUNTED, folder=shelf)
    assert list_tables(folder=shelf) == ["claims"]
    assert open_table("claims", folder=shelf) == kept
    assert read_mapping(shelf / "claims.toml") == COUNTED
    remove_table("claims", folder=shelf)
    assert list_tables(folder=shelf) == []
    with pytest.raises(InputError, match="no reference table is called 'claims'"):
        open_table("claims", folder=shelf)
    with pytest.raises(InputError, match="cannot be the name"):
        add_table(TABLES / "losses.csv", "../x", COUNTED, folder=shelf)


def test_changes_are_added_up(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(
        "date,side,what,value\n2022-03-01,Russia,tanks,3\n2022-03-02,Russia,tanks,4\n", encoding="utf-8"
    )
    table = read_table(path, "t", Mapping("losses", {}, {"counting": "change"}))
    assert [row.counts for row in table.rows] == [(("tanks", 3.0, 3.0),), (("tanks", 7.0, 7.0),)]
