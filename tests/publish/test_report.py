"""The report page as a file: safe, self-contained, the same bytes every time."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from svidok.errors import BadData, InputError
from svidok.ledger import Ledger
from svidok.publish import report, write_report
from svidok.publish.kinds import load_groups, load_kinds
from svidok.publish.payload import page_data
from svidok.publish.report import SCRIPTS, render_report
from svidok.publish.tables import load_tables
from svidok.records import Document, Reading

PAGE = Path(report.__file__).with_name("page")


@pytest.fixture(scope="module")
def page(sample) -> str:
    return render_report(title="A <b>title</b> & more", **sample.parts())


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_page_asks_for_nothing_from_elsewhere(page: str) -> None:
    parser = Tags()
    parser.feed(page)
    for tag, attributes in parser.tags:
        assert tag not in ("link", "img", "iframe", "object", "embed", "base"), tag
        assert not {"src", "srcset", "action", "style"} & attributes.keys(), (tag, attributes)
        assert not any(name.startswith("on") for name in attributes), (tag, attributes)
        if "href" in attributes:
            assert (attributes["href"] or "").startswith("#")
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert style
    assert "url(" not in style.group(1)
    assert "@import" not in style.group(1)


def test_the_content_policy_names_the_very_script_and_style(page: str) -> None:
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    assert policy.group(1).startswith("default-src 'none'")
    assert "unsafe" not in policy.group(1)
    for tag in ("script", "style"):
        body = re.search(rf"<{tag}>(.*?)</{tag}>", page, re.S)
        assert body
        digest = base64.b64encode(hashlib.sha256(body.group(1).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy.group(1)


def test_words_of_reports_are_never_markup(page: str, sample) -> None:
    assert page.count("<script") == 2
    assert page.count("</script") == 2
    assert "<title>A &lt;b&gt;title&lt;/b&gt; &amp; more</title>" in page
    assert "<img" not in page
    data = json.loads(re.search(r'id="data">(.*?)</script>', page, re.S).group(1))  # type: ignore[union-attr]
    assert [d["text"] for d in data["documents"]] == [r.document.text for r in sample.readings]


def test_only_web_addresses_become_links(sample) -> None:
    data = page_data(sample.readings, sample.events, sample.ledger)
    assert [d.get("url") for d in data["documents"]] == ["https://example.org/a", None, None]


def test_same_chronicle_same_bytes(sample, tmp_path: Path) -> None:
    first = write_report(tmp_path / "a.html", title="t", **sample.parts()).read_bytes()
    assert write_report(tmp_path / "b.html", title="t", **sample.parts()).read_bytes() == first


def test_an_empty_chronicle_and_half_a_surrogate_make_a_page(tmp_path: Path) -> None:
    broken = Reading(Document("d", "", "a\ud83d\x00 b", title="x\ud83d\x01"))
    path = write_report(
        tmp_path / "a.html", title="\x0bt\ud83d", readings=[broken], events=[], findings=[], ledger=Ledger()
    )
    assert path.read_text(encoding="utf-8").count("</html>") == 1


def test_a_page_that_cannot_be_written_is_named(sample, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        write_report(tmp_path / "nowhere" / "a.html", title="t", **sample.parts())


def test_without_places_no_detail_is_carried(tmp_path: Path) -> None:
    reading = Reading(Document("d", "", "Nothing happened."))
    page = render_report(title="t", readings=[reading], events=[], findings=[], ledger=Ledger())
    assert len(page) < 200_000


def test_every_span_of_the_page_slices_back(sample) -> None:
    data = page_data(sample.readings, sample.events, sample.ledger)
    texts = [d["text"] for d in data["documents"]]
    evidence = [e for table in data["tables"] for row in table["rows"] for e in row.get("e", ())]
    assert evidence
    for document, start, end, *claim in evidence:
        assert texts[document][start:end].strip()
        if claim:
            trigger = data["claims"][claim[0]]["t"]
            assert texts[document][slice(*trigger)].strip()


def test_an_area_beside_a_place_keeps_the_words_that_tell_it(sample) -> None:
    first = sample.readings[0]
    name = first.places[0].name
    places = tuple(dataclasses.replace(p, relation="north of") if p.name == name else p for p in first.places)
    readings = [dataclasses.replace(first, places=places), *sample.readings[1:]]
    told = page_data(readings, sample.events, sample.ledger)["tables"][0]["rows"][0]["pl"][0]
    assert told == f"north of {name}"
    readings = [dataclasses.replace(first, places=(*places, first.places[0])), *sample.readings[1:]]
    told = page_data(readings, sample.events, sample.ledger)["tables"][0]["rows"][0]["pl"][0]
    assert told == name, "where the place itself is told with the same point, the words would not fit"


def test_colour_is_the_side_of_those_who_acted(sample) -> None:
    data = page_data(sample.readings, sample.events, sample.ledger)
    rows = {row["c"]["what"]: row for row in data["tables"][0]["rows"]}
    assert data["sides"][rows["Fighting at Hostomel"]["co"]] == "Ukraine"
    assert "co" not in rows["Bridge blown up"]
    assert [data["colours"][data["sides"].index(side)] for side in ("Ukraine", "Russia")] == [0, 1]


def test_every_code_of_the_ontology_has_a_name_and_a_shape() -> None:
    from svidok.atlas.ontology import load_ontology

    codes = (
        {entry.code for entry in load_ontology().codes.values()}
        if hasattr(load_ontology(), "codes")
        else set()
    )
    assert codes <= load_kinds().keys()
    assert len({group.glyph for group in load_groups()}) == len(load_groups())


def test_every_table_is_a_view_of_the_ledger() -> None:
    assert {table.key for table in load_tables()} | {"control"} == set(Ledger.__slots__)


def test_a_broken_data_file_is_named(tmp_path: Path) -> None:
    kinds = tmp_path / "kinds.toml"
    kinds.write_text('[[group]]\nkey = "a"\nlabel = "A"\nglyph = "star"\ncodes = { x = "X" }\n')
    with pytest.raises(BadData, match="star"):
        load_groups(kinds)
    tables = tmp_path / "tables.toml"
    tables.write_text(
        '[[table]]\nkey = "chronology"\ntitle = "C"\nabout = "a"\ncolumns = [["a", "A", "pie"]]\n'
    )
    with pytest.raises(BadData, match="pie"):
        load_tables(tables)


def test_a_module_imports_only_modules_before_it() -> None:
    assert {path.stem for path in (PAGE / "script").glob("*.js")} == set(SCRIPTS)
    assert {path.stem for path in (PAGE / "style").glob("*.css")} == set(report.STYLES)
    for number, name in enumerate(SCRIPTS):
        text = (PAGE / "script" / f"{name}.js").read_text(encoding="utf-8")
        for wanted, module in re.findall(r'^import \{([^}]*)\} from "\./(\w+)\.js";', text, re.M):
            assert module in SCRIPTS[:number], f"{name} imports {module}, which stands after it"
            source = (PAGE / "script" / f"{module}.js").read_text(encoding="utf-8")
            given = set(re.findall(r"^export (?:const|function) (\w+)", source, re.M))
            names = [one.strip() for one in wanted.split(",") if one.strip()]
            assert set(names) <= given, f"{name} wants {set(names) - given} of {module}"
            unused = [one for one in names if len(re.findall(rf"\b{one}\b", text)) < 2]
            assert not unused, f"{name} imports {unused} and does not use them"


def test_no_script_makes_markup_of_text() -> None:
    for path in (PAGE / "script").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttp|WebSocket|sendBeacon",
            text,
        ), path.name
