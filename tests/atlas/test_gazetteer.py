"""The compiled atlas: names in every spelling, containers, neighbours, and the file itself."""

from __future__ import annotations

import re
import tomllib
from array import array
from importlib import resources
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from svidok.atlas.gazetteer import Gazetteer, atlas, fold, open_gazetteer
from svidok.atlas.gazetteer import layer as layers
from svidok.atlas.gazetteer.layer import EXACT, MAIN, VARIANT, Layer, LayerWriter
from svidok.atlas.gazetteer.letters import letters_of, may_be_near
from svidok.atlas.gazetteer.tables import data_rows
from svidok.atlas.gazetteer.translit import national, skeleton, variants
from svidok.atlas.gazetteer.wars import fought_over, front_at
from svidok.atlas.gazetteer.words import load_place_words
from svidok.errors import AtlasError, BadData


@pytest.mark.parametrize(
    ("names", "key"),
    [
        ("Kyiv Kiev Київ Киев Kyjiw Kijów", "gn:703448"),
        ("Hostomel Hostómel Gostomel Гостомель Hostomel'", "gn:708251"),
        ("Donbas Donbass Донбас Донбасс", "area:donbas"),
        ("Bakhmut Artemivsk Artemovsk Бахмут", "gn:713174"),
        ("Mariupol Маріуполь Мариуполь", "gn:701822"),
    ],
)
def test_one_place_answers_to_all_its_spellings(gazetteer: Gazetteer, names: str, key: str) -> None:
    for name in names.split():
        assert key in {entry.key for entry in gazetteer.lookup(name)}, name


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("U.S.", "country:US"),
        ("UK", "country:GB"),
        ("Kyiv region", "region:UA.13"),
        ("Chernihiv Oblast", "region:UA.02"),
        ("NSW", "region:AU.02"),
        ("W.Va.", "region:US.WV"),
        ("Deir ez-Zor", "region:SY.07"),
        ("the Black Sea", "area:black-sea"),
        ("St. Petersburg", "gn:498817"),
    ],
)
def test_countries_regions_and_waters_are_known(gazetteer: Gazetteer, name: str, key: str) -> None:
    assert key in {entry.key for entry in gazetteer.lookup(name)}


def test_a_village_lies_in_its_community_raion_and_oblast(gazetteer: Gazetteer) -> None:
    (village,) = [e for e in gazetteer.lookup("Bazhanivka") if e.country == "UA"]
    assert village.approximate
    assert "Chernihiv Oblast" in village.containers
    assert village.containers[-1] == "Ukraine"


def test_crimea_is_in_ukraine(gazetteer: Gazetteer) -> None:
    assert all(e.country == "UA" for e in gazetteer.lookup("Simferopol") if e.population > 100_000)
    crimea = gazetteer.entry("region:UA.11")
    assert crimea is not None and crimea.country == "UA"


def test_nearest_gives_neighbours_with_their_distance(gazetteer: Gazetteer) -> None:
    (first, far), *_ = gazetteer.nearest(50.5474, 30.2088, count=3, within_km=30)
    assert first.name == "Bucha" and far < 2


def test_within_follows_the_hierarchy(gazetteer: Gazetteer) -> None:
    bucha, ukraine = gazetteer.entry("gn:711350"), gazetteer.country("UA")
    oblast = gazetteer.entry("region:UA.13")
    assert bucha and ukraine and oblast
    assert gazetteer.within(bucha, oblast) and gazetteer.within(bucha, ukraine)
    assert not gazetteer.within(ukraine, bucha)


def test_unknown_names_have_no_entry(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Zzyzzx Qqq") == () and gazetteer.lookup("") == ()
    assert gazetteer.entry("gn:0") is None


def test_the_atlas_is_one_file_of_modest_size() -> None:
    path = open_gazetteer(imports=False).layers[0].path
    assert path.stat().st_size < 200_000_000


def test_a_written_layer_reads_back(tmp_path: Path) -> None:
    writer = LayerWriter()
    number = writer.add(
        key="a", name="Alpha", kind=0, feature="PPL", lat=1.5, lon=-2.5, radius_km=3.0, population=7,
        country="UA", admin1="13", names=[("alpha", MAIN), ("first", EXACT)],
    )  # fmt: skip
    writer.name_also(number, [("erste", EXACT), ("alpha", EXACT)])
    path = tmp_path / "x.bin"
    writer.write(path, {"note": "x"})
    layer = Layer(path)
    assert list(layer.postings(b"alpha")) == [0] and list(layer.postings(b"erste")) == [EXACT]
    assert list(layer.postings(b"none")) == []
    assert (layer.name(0), layer.country(0), layer.admin1(0), layer.feature(0)) == (
        "Alpha",
        "UA",
        "13",
        "PPL",
    )
    assert layer.number("a") == 0 and layer.number("b") is None
    assert [*layer.names_like(["RU", "UA"], "erst", 1)] == [("UA", "erste")]
    assert [*layer.names_like(["UA"], "alhpa", 1)] == [("UA", "alpha")]
    assert not [*layer.names_like(["UA"], "erst", 0), *layer.names_like(["RU"], "alpha", 1)]
    with pytest.raises(AtlasError, match="used twice"):
        writer.add(key="a", name="A", kind=0, feature="PPL", lat=0, lon=0, radius_km=1)


def test_a_great_file_gives_its_pages_back_and_tells_the_same(
    gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = gazetteer.layers[0].path
    monkeypatch.setattr(layers, "_GREAT", 0)
    monkeypatch.setattr(layers, "_TOUCHED", 4)
    monkeypatch.setattr(layers, "_TEXT", 6)
    given_back = []
    release = Layer.release
    monkeypatch.setattr(Layer, "release", lambda self: (given_back.append(self), release(self)))
    great = Gazetteer([Layer(path)])
    for name in ("Kyiv", "Springfield", "Sloviansk", "Zzyzzx", "San Francisco de Macorís"):
        assert great.lookup(name) == gazetteer.lookup(name)
    assert len(given_back) > 1
    assert great.names_like(["PL", "UA"], "житомр", 2) == gazetteer.names_like(["PL", "UA"], "житомр", 2)
    kyiv = gazetteer.lookup("Kyiv")[0]
    assert great.nearest(*kyiv.point, count=3) == gazetteer.nearest(*kyiv.point, count=3)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="the system does not tell of pages")
def test_pages_given_back_are_no_longer_held(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layers, "_GREAT", 0)
    layer = Layer(gazetteer.layers[0].path)
    sum(layer.population)
    held = _resident(layer.path)
    layer.release()
    assert _resident(layer.path) < held - 5_000  # the rows alone are 12 MB


def _resident(path: Path) -> int:
    """Kilobytes of a file that are in this process."""
    lines = Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines()
    held = [at for at, line in enumerate(lines) if line.endswith(path.name)]
    sizes = [next(line for line in lines[at:] if line.startswith("Rss:")) for at in held]
    return sum(int(line.split()[1]) for line in sizes)


def test_remembered_entries_have_a_bound(gazetteer: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    own = Gazetteer(gazetteer.layers)
    monkeypatch.setattr(atlas, "_KEPT", 3)
    for number in range(9):
        own.entry_at(number)
        assert len(own._entries) <= 4 and len(own._outlines) <= 4 and len(own._chains) <= 4


@pytest.mark.parametrize("name", ["Kyiv", "Texas", "Dnipro", "Ukraine", "Hostomel"])
def test_an_outline_tells_what_its_entry_does(gazetteer: Gazetteer, name: str) -> None:
    for number, _ in gazetteer.postings(fold(name)):
        entry, outline = gazetteer.entry_at(number), gazetteer.outline(number)
        assert (outline.kind, outline.feature, outline.population) == (
            entry.kind,
            entry.feature,
            entry.population,
        )
        assert (round(outline.lat, 5), round(outline.lon, 5)) == entry.point
        assert (outline.country or None, outline.approximate) == (entry.country, entry.approximate)
        layer, local = gazetteer.locate(number)
        assert (outline.country, outline.admin1) == (layer.country(local), layer.admin1(local))


NAMES = st.text("abcdexyzабвгґ -", min_size=1, max_size=40)


@given(NAMES, NAMES)
def test_names_that_are_alike_are_told_so_by_their_letters(one: str, two: str) -> None:
    far = OSA.distance(one, two)
    assert may_be_near(array("I", [letters_of(one)]), two, far) == [0]


def test_beginnings_of_long_names_are_known(gazetteer: Gazetteer) -> None:
    held = {"new york city", "saint johns", "bila tserkva", "kryvyy rih"}
    assert all(gazetteer.may_begin(" ".join(name.split()[:2])) for name in held)
    pairs = [f"{one} {two}" for one in ("president", "said", "kyiv") for two in ("obama", "told", "mayor")]
    assert sum(map(gazetteer.may_begin, pairs)) <= 1  # a bit may be that of another name


def test_a_file_of_an_earlier_version_compares_all_names(gazetteer: Gazetteer) -> None:
    older = Layer(gazetteer.layers[0].path)
    older._letters = None
    older._beginnings = None
    assert older.may_begin(b"president obama")
    found = set(older.names_like(["SY", "IQ"], "musol", 1))
    near = set(gazetteer.names_like(["SY", "IQ"], "musol", 1))
    assert near < found and {("IQ", "mosul"), ("IQ", "mergasur")} <= found and ("IQ", "mergasur") not in near


@pytest.mark.parametrize("content", [b"", b"not an atlas file at all"])
def test_a_foreign_file_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bad.bin"
    path.write_bytes(content)
    with pytest.raises(AtlasError, match=r"bad\.bin"):
        open_gazetteer(path)


def test_a_missing_file_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(AtlasError, match=r"none\.bin"):
        open_gazetteer(tmp_path / "none.bin")


@pytest.mark.parametrize("name", ["countries.csv", "regions.csv", "areas.csv"])
def test_data_rows_have_points_on_the_globe(name: str) -> None:
    rows = list(data_rows(name))
    assert len(rows) > 200
    for row in rows:
        assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row
        assert float(row["radius_km"]) > 0 and row["name"], row


def test_every_oblast_of_the_codifier_has_a_row() -> None:
    rows = list(data_rows("ukraine.csv"))
    assert len(rows) == 27 and len({row["katottg"] for row in rows}) == 27


def test_word_lists_are_folded_and_of_use() -> None:
    words = load_place_words()
    for name in (
        "titles",
        "bodies",
        "facilities",
        "places",
        "never",
        "given",
        "common",
        "seat_verbs",
        "streets",
    ):
        table = getattr(words, name)
        assert table, name
        assert all(word == word.lower() for word in table), name


def test_transliteration_systems_meet() -> None:
    assert national("Чорнобиль") == "Chornobyl"
    assert "Shevchenkovo" in variants("Шевченкове")
    assert skeleton("Hulyaipole") == skeleton("Huliaipole")
    assert fold("Slov'yans’k") == fold("Slovʼyansk") == "slovyansk"


def test_every_table_of_points_holds_points() -> None:
    for table in ("villages.csv", "counties.csv"):
        for row in data_rows(table):
            assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row
    for row in data_rows("villages.csv"):
        assert row["name"] and 44 < float(row["lat"]) < 53 and 22 < float(row["lon"]) < 41, row


def test_geonames_ids_belong_to_entries(gazetteer: Gazetteer) -> None:
    seen: dict[str, str] = {}
    for row in data_rows("geonameids.csv"):
        entry = gazetteer.entry(row["key"])
        assert entry is not None and entry.geonameid == int(row["geonameid"]), row
        assert row["key"] not in seen
        seen[row["key"]] = row["geonameid"]


def test_regions_fought_over_are_regions_of_the_atlas(gazetteer: Gazetteer) -> None:
    layer = gazetteer.layers[0]
    settled = {(layer.country(n), layer.admin1(n)) for n in range(len(layer)) if layer.kind[n] == 0}
    districts = gazetteer.codified_districts()
    for row in data_rows("theatres.csv"):
        assert (row["country"], row["admin1"]) in settled, row
        assert not row["district"] or row["district"] in districts, row
        assert int(row["months"]) > 0 and row["what"]


def test_wars_of_the_world_are_known_not_one_alone() -> None:
    assert len({country for country, _, _ in fought_over()}) > 20


def test_the_front_stands_in_a_country_for_whole_months() -> None:
    for row in data_rows("fronts.csv"):
        assert row["first"] <= row["last"] and row["what"], row
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["first"]), row
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", row["last"]), row
        assert row["country"] == "UA" and 44 < float(row["lat"]) < 53 and 22 < float(row["lon"]) < 41, row


def test_the_front_of_a_month_fades_after_it() -> None:
    months = ("2022-03", "2022-04", "2022-05")
    weights = [max(weight for lat, _, weight in front_at(month) if lat > 51.2) for month in months]
    assert weights == [1.0, 0.5, 0.25] and not front_at("1995-06")
    with pytest.raises(BadData, match="no month"):
        front_at("June 2022")


@pytest.mark.parametrize(
    ("russian", "name", "oblast"),
    [
        ("Malaya Rogan", "Mala Rohan", "Kharkiv Oblast"),
        ("Bolshaya Aleksandrovka", "Velyka Oleksandrivka", "Kherson Oblast"),
        ("Vysokopolye", "Vysokopillya", "Kherson Oblast"),
        ("Staraya Krasnyanka", "Stara Krasnianka", "Luhansk Oblast"),
        ("Novoselovka Vtoraya", "Novoselivka Druha", "Donetsk Oblast"),
    ],
)
def test_russian_names_are_names_of_the_village(
    gazetteer: Gazetteer, russian: str, name: str, oblast: str
) -> None:
    assert (name, oblast) in {(entry.name, entry.containers[-2]) for entry in gazetteer.lookup(russian)}


def test_adjectives_of_names_are_ukrainian_and_russian() -> None:
    path = resources.files("svidok.atlas.data") / "places" / "russian.toml"
    for ukrainian, others in tomllib.loads(path.read_text(encoding="utf-8"))["stems"].items():
        assert ukrainian.endswith(("ий", "ій")), ukrainian
        assert others and all(other.endswith(("ый", "ий", "ой")) for other in others), ukrainian


@pytest.mark.parametrize("name", ["Bucha District", "Bakhmut Raion", "Izyum District", "Nikopol Raion"])
def test_a_raion_is_known_by_its_town(gazetteer: Gazetteer, name: str) -> None:
    assert [entry.kind for entry in gazetteer.lookup(name)] == ["district"]


def test_other_spellings_of_the_same_letters_stand_as_high_as_the_name(gazetteer: Gazetteer) -> None:
    standing, named = dict(gazetteer.postings("lukashivka")), gazetteer.postings("lukashiwka")
    assert named and all(how == MAIN for number, how in named if standing.get(number) == MAIN)
    russian = gazetteer.postings("lukashovka")
    assert VARIANT in {how for number, how in russian if standing.get(number) == MAIN}


@pytest.mark.parametrize(
    ("name", "oblast"), [("Lukashivka", "Chernihiv Oblast"), ("Shniakivka", "Chernihiv Oblast")]
)
def test_small_villages_have_points_of_their_own(gazetteer: Gazetteer, name: str, oblast: str) -> None:
    found = [e for e in gazetteer.lookup(name) if oblast in e.containers]
    assert any(not e.approximate and e.radius_km <= 2 for e in found)


def test_only_one_city_of_a_name_is_the_capital(gazetteer: Gazetteer) -> None:
    capitals = [e for e in gazetteer.lookup("Washington") if e.feature == "PPLC"]
    assert [e.containers[0] for e in capitals] == ["District of Columbia"]


def test_a_border_lies_between_its_countries(gazetteer: Gazetteer) -> None:
    land = gazetteer.border("UA", "BY")
    assert land is not None and land == gazetteer.border("BY", "UA")
    assert 51 < land[0] < 52.6 and 23 < land[1] < 33 and land[2] > 200
    assert gazetteer.border("UA", "FR") is None
