"""Any path in: documents out, and a clear message for whatever cannot be read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from svidok.archive import Originals, gather, read_path, read_paths
from svidok.errors import BadLine, InputError, NoMainText, UnreadableInput
from svidok.records import Document

PAGE = """<!doctype html><html lang="uk-UA"><head><title>Bridge blown up | River Post</title>
<meta name="author" content="Anna Koval"><meta property="og:site_name" content="River Post">
<meta property="article:published_time" content="2022-03-04T10:00:00+02:00">
<link rel="canonical" href="https://example.org/bridge"></head><body>
<nav><a href="/">Home</a> <a href="/x">News</a></nav><article><h1>Bridge blown up</h1>
<p>Defenders blew up the bridge near Irpin on Friday morning, officials said. The column halted for a day.</p>
<figure><img src="a.jpg" alt=""><figcaption>The broken bridge on 5 March</figcaption></figure>
<h2>What next</h2><p>Residents crossed on planks. Nobody was hurt in the crossing, one of them said on Saturday.</p>
<ul><li>Water: 200 litres<ul><li>in tanks</li></ul></li><li>Bread: 300 loaves</li></ul>
<blockquote><p>We shall stay until the last neighbour has left.</p></blockquote>
<table><tr><th>Day</th><th>Evacuated</th></tr><tr><td>5 March</td><td>2,000</td></tr></table></article>
<footer>Copyright</footer></body></html>"""


def one(path: Path) -> Document:
    (item,) = read_path(path)
    assert isinstance(item, Document), item
    return item


def failure(path: Path, **options: int) -> InputError:
    (item,) = read_path(path, **options)  # type: ignore[arg-type]
    assert isinstance(item, InputError)
    assert str(path) in str(item)
    assert item.remedy
    return item


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def test_plain_text_keeps_its_words_and_its_hash(tmp_path: Path) -> None:
    data = "Перша.\r\nДруга.\r\n".encode()
    document = one(write(tmp_path, "a.txt", data))
    assert document.text == "Перша.\nДруга.\n"
    assert document.id == document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.media_type, document.encoding, document.path) == (
        "text/plain",
        "utf-8",
        str(tmp_path / "a.txt"),
    )


def test_page(tmp_path: Path) -> None:
    document = one(write(tmp_path, "a.html", PAGE))
    assert document.title == "Bridge blown up"
    assert document.author == "Anna Koval"
    assert document.source is not None
    assert document.source.name == "River Post"
    assert document.url == "https://example.org/bridge"
    assert (document.published, document.published_from) == ("2022-03-04", "meta article:published_time")
    assert document.language == "en"  # what the words show, not what the page claims
    assert [document.text[a:b] for a, b in document.headings] == ["Bridge blown up", "What next"]
    assert "Home" not in document.text
    assert {(document.text[a:b], role) for a, b, role in document.marked} >= {
        ("The broken bridge on 5 March", "caption"),
        ("- Water: 200 litres", "list"),
        ("- in tanks", "list"),
        ("- Bread: 300 loaves", "list"),
        ("We shall stay until the last neighbour has left.", "quote"),
        ("5 March; 2,000", "list"),
    }


def test_page_without_suffix_is_known_by_its_content(tmp_path: Path) -> None:
    assert one(write(tmp_path, "download", PAGE)).media_type == "text/html"


def test_markdown(tmp_path: Path) -> None:
    words = (
        "---\ntitle: The bridge\ndate: 2022-03-04\nsource: River Post\nkind: local\nlanguage: en\nurl: https://example.org/x\n"
        "author: A. Koval\ndossier: kyiv\n---\n\nThe **bridge** at [Irpin](https://x.org) fell\non Friday.\n\n## After\n\n"
        "1. first\n2. second\n\n> Nobody came.\n\n![A bridge in ruins](a.jpg)\n\n| Day | Out |\n|---|---|\n| 5 March | 2,000 |\n"
    )
    document = one(write(tmp_path, "a.md", words))
    assert document.text == (
        "The bridge\n\nThe bridge at Irpin fell on Friday.\n\nAfter\n\n1. first\n2. second\n\nNobody came.\n\n"
        "A bridge in ruins\n\nDay; Out\n5 March; 2,000"
    )
    assert (document.title, document.author, document.dossier) == ("The bridge", "A. Koval", "kyiv")
    assert document.source is not None
    assert (document.source.name, document.source.kind) == ("River Post", "local")
    assert (document.published, document.published_from) == ("2022-03-04", "front matter")
    assert {role for _, _, role in document.marked} == {"list", "quote", "caption"}


def test_front_matter_of_plain_text(tmp_path: Path) -> None:
    document = one(
        write(
            tmp_path, "a.txt", "---\r\npublished: 5 March 2022\r\nsource: Council\r\n---\r\nWater is out.\r\n"
        )
    )
    assert (document.published, document.text.strip()) == ("2022-03-05", "Water is out.")


def test_the_title_of_plain_text_is_its_first_line(tmp_path: Path) -> None:
    words = "The town holds! The bridge is ours!\n\nRiver Post 27/4/22\n\nThe battle for the town ended in the night.\n"
    assert one(write(tmp_path, "a.txt", words)).title == "The town holds! The bridge is ours!"
    assert one(write(tmp_path, "b.txt", "A single line about the bridge")).title is None


def test_ambiguous_date_is_kept_with_both_readings(tmp_path: Path) -> None:
    document = one(
        write(
            tmp_path, "a.txt", "Bridge down\n\nRiver Post 3/4/22\n\nThe bridge was blown up in the night.\n"
        )
    )
    assert document.published is None
    assert document.published_readings == ("2022-04-03", "2022-03-04")
    assert document.published_span is not None
    assert document.text[slice(*document.published_span)] == "3/4/22"
    assert document.source is not None
    assert document.source.name == "River Post"


def test_day_first_where_the_language_puts_it_first(tmp_path: Path) -> None:
    document = one(
        write(
            tmp_path,
            "a.txt",
            "Міст підірвано\n\nРічкова пошта 3.4.22\n\nМіст підірвали вночі, і колона стала.\n",
        )
    )
    assert (document.language, document.published) == ("uk", "2022-04-03")


def test_folder_is_walked_in_order_without_what_describes_it(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/z.txt", "c.txt", "a.txt", ".hidden", "README.md", "LICENSE"):
        write(tmp_path, name, f"The words of {name} are here.")
    documents = gather(read_path(tmp_path)).documents
    assert [Path(document.path or "").name for document in documents] == ["a.txt", "z.txt", "c.txt"]


def test_json(tmp_path: Path) -> None:
    records = [{"id": "a", "text": "One."}, {"id": "b"}]
    document, error = read_path(write(tmp_path, "a.json", json.dumps(records)))
    assert isinstance(document, Document)
    assert document.id == "a"
    assert isinstance(error, BadLine)
    assert "text" in error.what


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n ", "empty"),
        ("a.txt", b"\xef\xbb\xbf", "empty"),
        ("a.txt", b"\xff\xfe", "empty"),
        ("a.jsonl", b"\n\n", "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        ("a.txt", b"%PDF-1.7 ...", "PDF"),
        ("a.html", b"PK\x03\x04zip", "ZIP"),
        ("a.txt", bytes(range(256)) * 20, "binary"),
        ("a.txt", b"abc\x00\x00\x00\x00def" * 50, "binary"),
        ("a.json", b"{", "broken JSON"),
        ("a.json", b"[" * 100_000, "broken JSON"),
        ("a.json", b"[1]", "no JSON object"),
        ("a.md", b"---\ntitle: x\n---\n<!-- -->", ""),
    ],
)
def test_unreadable_files(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    path = write(tmp_path, name, data)
    items = list(read_path(path))
    if told:
        assert isinstance(items[0], InputError)
        assert told in str(items[0])
        assert str(path) in str(items[0])


def test_missing_file_and_empty_folder(tmp_path: Path) -> None:
    assert isinstance(failure(tmp_path / "no.txt"), UnreadableInput)
    assert isinstance(failure(tmp_path / "no.jsonl"), UnreadableInput)
    assert "no reports" in str(failure(tmp_path))


def test_large_file_is_refused_with_its_size(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    assert "50.0 MB, more than 20 MB" in str(failure(path))
    assert "more than 0.001 MB" in str(failure(write(tmp_path, "a.txt", b"x" * 1001), max_bytes=1000))


@pytest.mark.parametrize(
    "body",
    [
        "<nav><a href=/>Home</a> <a href=/a>About us</a> <a>Contact</a></nav>",
        "<div id=app></div><noscript>You need to enable JavaScript to run this app.</noscript>",
        "",
    ],
)
def test_page_without_main_text(tmp_path: Path, body: str) -> None:
    path = write(tmp_path, "a.html", f"<html><head><title>Site</title></head><body>{body}</body></html>")
    assert isinstance(failure(path), NoMainText)


def test_batch_goes_on_and_tells_what_became_of_it(tmp_path: Path) -> None:
    good = write(tmp_path, "a.txt", "The bridge was blown up.")
    batch = gather(read_paths([tmp_path / "no.txt", good, good]))
    assert (len(batch.documents), batch.exit_status) == (1, 0)
    assert batch.summary == "1 report read, 2 failed"
    assert "already read" in str(batch.failed[1])
    assert gather(read_paths([tmp_path / "no.txt"])).exit_status == 2


def test_two_texts_under_one_id_are_both_read_and_a_copy_once(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "a", "text": text}) for text in ("The bridge fell.", "The town fell.")]
    path = write(tmp_path, "a.jsonl", "\n".join(lines))
    batch = gather(read_paths([path, path]))
    assert [document.text for document in batch.documents] == ["The bridge fell.", "The town fell."]
    told = [error.what for error in batch.failed]
    assert sum("already given" in what for what in told) == 2
    assert sum("already read" in what for what in told) == 2


def test_originals_are_kept_byte_for_byte(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfThe bridge\r\nwas blown up."
    store = Originals(tmp_path / "originals")
    (document,) = read_path(write(tmp_path, "a.txt", data), originals=store, retrieved="2022-05-01T10:00:00Z")
    assert isinstance(document, Document)
    assert store.get(document.sha256) == data
    assert document.retrieved == "2022-05-01T10:00:00Z"
