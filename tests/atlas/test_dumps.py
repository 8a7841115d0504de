"""Imports of GeoNames dumps: whole or not at all, resumable, deduplicated, with clear refusals."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from svidok.atlas.gazetteer import Gazetteer
from svidok.atlas.gazetteer import dumps as dumps_module
from svidok.atlas.gazetteer.dumps import import_dump, list_imports, pending, remove_import
from svidok.atlas.gazetteer.layer import Layer
from svidok.atlas.gazetteer.translit import skeleton
from svidok.errors import AtlasError, BadDump

ROWS = [
    "1001,Testivka,Testivka,Тестівка|Testovka,50.61,30.41,P,PPL,UA,,13,,,,120,,100,Europe/Kyiv,2024-01-02",
    "1002,Testova Richka,Testova Richka,,50.7,30.5,H,STM,UA,,13,,,,0,,100,Europe/Kyiv,2024-01-03",
    "703448,Kyiv,Kyiv,Київ,50.45,30.52,P,PPLC,UA,,12,,,,2950000,,180,Europe/Kyiv,2024-01-04",
    "1003,Some Farm,Some Farm,,50.7,30.5,S,FRM,UA,,13,,,,0,,100,Europe/Kyiv,2024-01-05",
]


def dump(path: Path, rows: list[str], member: str = "XX.txt") -> Path:
    table = "\n".join(row.replace(",", "\t").replace("|", ",") for row in rows) + "\n"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "about")
        archive.writestr(member, table)
    return path


def test_a_dump_becomes_a_layer(tmp_path: Path, gazetteer: Gazetteer) -> None:
    done = import_dump(dump(tmp_path / "XX.zip", ROWS), gazetteer=gazetteer, folder=tmp_path / "atlas")
    assert (done.name, done.entries, done.known, done.skipped, done.newest) == ("XX", 2, 1, 1, "2024-01-04")
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    for name in ("Testivka", "Тестівка", "Testovka"):
        (entry,) = both.lookup(name)
        assert entry.key == "gn:1001" and "Kyiv Oblast" in entry.containers
    assert both.lookup("Testova Richka")[0].kind == "water"
    assert [e.key for e in both.lookup("Kyiv")].count("gn:703448") == 1
    assert [found.name for found in list_imports(tmp_path / "atlas")] == ["XX"]
    remove_import("XX", tmp_path / "atlas")
    assert list_imports(tmp_path / "atlas") == ()
    with pytest.raises(AtlasError, match="no import is called"):
        remove_import("XX", tmp_path / "atlas")


def test_a_village_of_the_codifier_gives_way_to_its_own_point(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (village,) = [e for e in gazetteer.lookup("Bazhanivka") if e.country == "UA"]
    row = (
        f"1005,Bazhanivka,Bazhanivka,Бажанівка,{village.lat + 0.03:.4f},{village.lon:.4f},"
        "P,PPL,UA,,02,,,,80,,100,Europe/Kyiv,2024-01-02"
    )
    done = import_dump(dump(tmp_path / "XX.zip", [row]), gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    (found,) = [e for e in both.lookup("Bazhanivka") if e.country == "UA"]
    assert found.key == "gn:1005" and not found.approximate
    assert found.containers == village.containers
    assert [e.key for e, _ in both.nearest(*found.point, count=3) if e.name == "Bazhanivka"] == ["gn:1005"]


def test_a_row_lies_in_the_district_that_its_code_names(tmp_path: Path, gazetteer: Gazetteer) -> None:
    row = ROWS[0].replace("UA,,13,,", "UA,,13,3208,")
    done = import_dump(dump(tmp_path / "XX.zip", [row]), gazetteer=gazetteer, folder=tmp_path)
    (entry,) = Gazetteer([*gazetteer.layers, Layer(done.path)]).lookup("Testivka")
    assert entry.containers == ("Buchanskyi Raion", "Kyiv Oblast", "Ukraine")


def test_an_import_tells_which_names_may_be_alike(tmp_path: Path, gazetteer: Gazetteer) -> None:
    done = import_dump(dump(tmp_path / "XX.zip", ROWS[:1]), gazetteer=gazetteer, folder=tmp_path)
    layer = Layer(done.path)
    assert [*layer.names_like(["UA"], "testifka", 1)] == [("UA", "testivka")]
    assert not [*layer.names_like(["UA"], "tesla", 1)]
    river = Layer(import_dump(dump(tmp_path / "YY.zip", ROWS), gazetteer=gazetteer, folder=tmp_path).path)
    assert river.may_begin(b"testova richka") and not river.may_begin(b"testova doroha")


def test_a_facility_is_not_filed_under_what_is_left_of_its_name(tmp_path: Path, gazetteer: Gazetteer) -> None:
    row = (
        "1007,Testivka Maternity Hospital,Testivka Maternity Hospital,Maternity Hospital|Testivska Likarnia,"
        "50.6,30.4,S,HSP,UA,,13,,,,0,,100,Europe/Kyiv,2024-01-02"
    )
    done = import_dump(dump(tmp_path / "XX.zip", [row]), gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    assert both.lookup("Testivska Likarnia") and not both.lookup("Maternity Hospital")


@pytest.mark.parametrize(
    ("feature", "kind"), [("PPLQ", "settlement"), ("PPLW", "settlement"), ("DAMQ", "facility")]
)
def test_what_is_abandoned_or_destroyed_is_kept(
    tmp_path: Path, gazetteer: Gazetteer, feature: str, kind: str
) -> None:
    row = f"2003,Kopachidze,Kopachidze,,51.35,30.12,P,{feature},UA,,13,,,,0,,100,Europe/Kyiv,2024-01-02"
    done = import_dump(dump(tmp_path / "XX.zip", [row]), gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    assert [(entry.geonameid, entry.kind) for entry in both.lookup("Kopachidze")] == [(2003, kind)]


def test_a_row_of_ukraine_is_filed_under_what_habits_of_transliteration_leave(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    rows = [
        f"{n},Zubrovitsa,Zubrovitsa,,51.35,30.12,P,PPL,{land},,13,,,,0,,100,,"
        for n, land in ((1, "UA"), (2, "PL"))
    ]
    done = import_dump(dump(tmp_path / "XX.zip", rows), gazetteer=gazetteer, folder=tmp_path)
    both = Gazetteer([*gazetteer.layers, Layer(done.path)])
    assert [both.entry_at(n).geonameid for n, _ in both.postings("~" + skeleton("Zubrovytsia"))] == [1]


def test_a_killed_import_goes_on_and_ends_the_same(
    tmp_path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        row.replace("1001", str(2000 + n)).replace("Testivka", f"Testivka{n}")
        for n in range(9)
        for row in ROWS[:1]
    ]
    path = dump(tmp_path / "XX.zip", rows)
    whole = import_dump(path, gazetteer=gazetteer, folder=tmp_path / "one").path.read_bytes()
    monkeypatch.setattr(dumps_module, "_PORTION", 3)

    def killed(step: str) -> None:
        if step.startswith("6"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_dump(path, gazetteer=gazetteer, folder=tmp_path / "two", progress=killed)
    assert list_imports(tmp_path / "two") == () and pending(tmp_path / "two") == ("XX.zip",)
    steps: list[str] = []
    done = import_dump(path, gazetteer=gazetteer, folder=tmp_path / "two", progress=steps.append)
    assert steps[0] == "going on after line 6"
    assert done.entries == 9 and done.path.read_bytes() == whole
    assert pending(tmp_path / "two") == ()


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("1,only,three", r"XX\.txt:2.*19 columns"),
        (ROWS[0].replace("50.61", "north"), r"XX\.txt:2.*number or the date is broken"),
        (ROWS[0].replace("2024-01-02", "2031-99-99"), r"XX\.txt:2.*the date is broken.*month"),
        (ROWS[0].replace("50.61", "150.61"), r"XX\.txt:2.*out of range"),
    ],
)
def test_a_broken_row_is_named_and_nothing_changes(
    tmp_path: Path, gazetteer: Gazetteer, row: str, message: str
) -> None:
    with pytest.raises(BadDump, match=message):
        import_dump(dump(tmp_path / "XX.zip", [ROWS[0], row]), gazetteer=gazetteer, folder=tmp_path / "atlas")
    assert list_imports(tmp_path / "atlas") == () and pending(tmp_path / "atlas") == ()


def test_a_truncated_zip_is_refused(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = dump(tmp_path / "XX.zip", ROWS * 50)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(BadDump, match=r"XX\.zip.*not a whole zip"):
        import_dump(path, gazetteer=gazetteer, folder=tmp_path / "atlas")


def test_a_damaged_zip_is_refused(tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = dump(
        tmp_path / "XX.zip", [row.replace("1001", str(n)) for n in range(3000, 3400) for row in ROWS[:1]]
    )
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 8] = b"\0" * 8
    path.write_bytes(bytes(raw))
    with pytest.raises(BadDump, match=r"XX\.txt"):
        import_dump(path, gazetteer=gazetteer, folder=tmp_path / "atlas")
    assert list_imports(tmp_path / "atlas") == ()


@pytest.mark.parametrize("members", [[], ["a.txt", "b.txt"]])
def test_a_zip_that_is_no_dump_is_refused(tmp_path: Path, gazetteer: Gazetteer, members: list[str]) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    with pytest.raises(BadDump, match=r"odd\.zip.*one table"):
        import_dump(path, gazetteer=gazetteer, folder=tmp_path)


def test_an_older_dump_does_not_replace_a_newer_one_by_chance(tmp_path: Path, gazetteer: Gazetteer) -> None:
    import_dump(dump(tmp_path / "XX.zip", ROWS[:1]), gazetteer=gazetteer, folder=tmp_path)
    older = dump(tmp_path / "old.zip", [ROWS[0].replace("2024-01-02", "2020-01-01")])
    before = (tmp_path / "XX.bin").read_bytes()
    with pytest.raises(BadDump, match="2020-01-01"):
        import_dump(older, gazetteer=gazetteer, folder=tmp_path)
    assert (tmp_path / "XX.bin").read_bytes() == before
    assert import_dump(older, gazetteer=gazetteer, folder=tmp_path, replace=True).newest == "2020-01-01"


def test_a_folder_that_cannot_be_written_leaves_the_atlas(
    tmp_path: Path, gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(AtlasError, match="No space left"):
        import_dump(dump(tmp_path / "XX.zip", ROWS), gazetteer=gazetteer, folder=tmp_path / "atlas")
    assert list_imports(tmp_path / "atlas") == ()
