"""The atlas's actors: the files keep their schema, and names lead to whom they mean."""

from __future__ import annotations

import csv
from importlib.resources import files

import pytest

from svidok.atlas.actors import KINDS, load_actors

DATA = files("svidok.atlas") / "data" / "actors"


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((DATA / name).read_text("utf-8").splitlines()))


def test_every_entry_has_a_known_kind_and_sane_years() -> None:
    table = load_actors()
    for alias in table._patterns:
        for entry, form in table.entries(alias):
            assert entry.kind in KINDS, alias
            assert form in ("name", "adjective", "people", "seat", "short"), alias
            assert entry.since is None or entry.until is None or entry.since <= entry.until, entry


def test_aliases_are_clean() -> None:
    for alias in load_actors()._patterns:
        assert alias == alias.strip() and alias and "|" not in alias and not alias.startswith("the "), alias


@pytest.mark.parametrize("name", ["states.csv", "leaders.csv", "invasions.csv"])
def test_tables_have_no_repeated_rows(name: str) -> None:
    seen = [tuple(row.values()) for row in rows(name)]
    assert len(seen) == len(set(seen))


def test_sides_of_leaders_are_actors_or_states() -> None:
    table = load_actors()
    known = {e.name for a in table._patterns for e, _ in table.entries(a)}
    known |= {e.side for a in table._patterns for e, _ in table.entries(a) if e.kind != "leader"}
    strangers = {row["side"] for row in rows("leaders.csv")} - known
    assert len(strangers) < 25, strangers  # small bodies that need no entry of their own


def test_invaders_and_victims_are_sides() -> None:
    table = load_actors()
    for row in rows("invasions.csv"):
        assert table.match(row["invader"]) is not None and table.match(row["victim"]) is not None, row
        assert not row["to"] or row["from"] <= row["to"]


@pytest.mark.parametrize(
    ("words", "name", "side", "kind"),
    [
        ("the Kremlin", "Russia", "Russia", "state"),
        ("Russian troops", "Armed Forces of Russia", "Russia", "state force"),
        ("ukrainian army", "Armed Forces of Ukraine", "Ukraine", "state force"),
        ("IDF", "Israel Defense Forces", "Israel", "state force"),
        ("Israeli army", "Israel Defense Forces", "Israel", "state force"),
        ("Houthi fighters", "Houthis", "Houthis", "rebel"),
        ("Tamil Tigers", "Liberation Tigers of Tamil Eelam", "Liberation Tigers of Tamil Eelam", "rebel"),
        ("Tatmadaw", "Tatmadaw", "Myanmar", "state force"),
        ("M23", "March 23 Movement", "March 23 Movement", "rebel"),
        ("Serbs", "people of Serbia", "Serbia", "civilians"),
        ("Зеленський", "Volodymyr Zelenskyy", "Ukraine", "leader"),
        ("Erdogan", "Recep Tayyip Erdoğan", "Turkey", "leader"),
        ("Wehrmacht", "Wehrmacht", "Germany", "state force"),
        ("UN", "United Nations", "United Nations", "organisation"),
    ],
)
def test_match(words: str, name: str, side: str, kind: str) -> None:
    entry = load_actors().match(words)
    assert entry is not None
    assert (entry.name, entry.side, entry.kind) == (name, side, kind)


@pytest.mark.parametrize(
    ("words", "day", "name"),
    [
        ("Bush", "1991-02-01", "George H. W. Bush"),
        ("Bush", "2003-04-01", "George W. Bush"),
        ("Haig", "1916-07-01", "Douglas Haig"),
        ("Haig", "1982-05-01", "Alexander Haig"),
    ],
)
def test_the_day_chooses_among_holders_of_a_name(words: str, day: str, name: str) -> None:
    entry = load_actors().match(words, day)
    assert entry is not None and entry.name == name


def test_unknown_words_match_nobody() -> None:
    table = load_actors()
    assert table.match("the weather") is None
    assert table.match("") is None
    assert table.holder("president", "Nowhere", "2000-01-01") is None
    assert table.invader_of(["Ukraine"], None) is None
    assert table.invader_of(["Ukraine"], "1999-01-01") is None


def test_scan_finds_whole_words_only() -> None:
    found = [alias for _, _, alias in load_actors().scan("Iranians and the U.S. met Hamas, not Hamassian.")]
    assert found == ["Iranians", "U.S.", "Hamas"]
