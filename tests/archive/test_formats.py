"""Each format that people have reports in: what is taken of it, and what its custody log says."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import pytest
import samplefiles as make

from svidok.archive import Originals, read_path
from svidok.archive.formats import READERS
from svidok.archive.formats.table import map_columns
from svidok.records import Document

WORDS, MORE = make.WORDS, make.MORE


def flat(text: str) -> str:
    return " ".join(text.split())


def test_pdf_keeps_its_words_and_drops_what_runs_through_its_pages(tmp_path: Path) -> None:
    told = [f"On day {word} {MORE}" for word in ("one", "two", "three", "four")]
    pages = [f"River Post\n{words}\n{n}" for n, words in enumerate(told, 1)]
    (document,) = make.documents(make.save(tmp_path, "a.pdf", make.pdf(pages)))
    assert flat(document.text) == " ".join(told)
    assert document.media_type == "application/pdf"
    assert document.custody is not None
    assert document.custody.reader == "pdf"
    assert "pypdf" in document.custody.version
    assert document.custody.notes == ("4 pages",)
    assert document.published is None  # the day in the words is told of, not stated as the day of publication


def test_pdf_tells_of_pages_without_text(tmp_path: Path) -> None:
    (document,) = make.documents(make.save(tmp_path, "a.pdf", make.pdf([WORDS, "", MORE])))
    assert document.custody is not None
    assert document.custody.notes == ("3 pages", "1 of 3 pages hold no text: 2")


def test_docx_takes_what_stands_and_leaves_what_was_struck_out(tmp_path: Path) -> None:
    (document,) = make.documents(make.save(tmp_path, "a.docx", make.docx()))
    assert document.text.split("\n\n") == [
        "The bridge at Irpin",
        WORDS,
        "After",
        "- first",
        "We shall stay.",
        "5 March; 2,000",
        "They left.",
    ]
    assert (document.author, document.title) == ("Anna Koval", "The bridge at Irpin")
    roles = {(document.text[a:b], role) for a, b, role in document.marked}
    assert roles == {("- first", "list"), ("We shall stay.", "quote"), ("5 March; 2,000", "list")}


def test_odt(tmp_path: Path) -> None:
    body = (
        "<text:tracked-changes><text:p>struck</text:p></text:tracked-changes><text:h>The bridge</text:h>"
        f"<text:p>{WORDS}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>By phone.</text:p>"
        '</text:note-body></text:note> Then<text:s text:c="2"/><text:span>dark</text:span>.</text:p>'
        "<text:list><text:list-item><text:p>bread</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>5 March</text:p></table:table-cell>"
        "<table:table-cell><text:p>2,000</text:p></table:table-cell></table:table-row></table:table>"
    )
    (document,) = make.documents(make.save(tmp_path, "a.odt", make.odt(body)))
    assert document.text == f"The bridge\n\n{WORDS} Then dark.\n\n- bread\n5 March; 2,000\n\nBy phone."
    assert (document.author, document.marked[-1][2]) == ("Anna Koval", "footnote")


def test_mail_and_its_attachment(tmp_path: Path) -> None:
    path = make.save(tmp_path, "a.eml", make.mail())
    message, attachment = make.documents(path)
    assert message.text == f"The bridge at Irpin\n\n{WORDS}\n\nWe shall stay.\nNobody leaves."
    assert (message.published, message.published_from) == ("2022-03-05", "mail header")
    assert message.source is not None
    assert message.source.name == "Anna Koval <anna@example.org>"
    assert message.marked[0][2] == "quote"
    assert flat(attachment.text) == MORE
    assert attachment.custody is not None
    assert attachment.custody.member == "list.pdf"
    assert [c.sha256 for c in attachment.custody.containers] == [message.sha256]


def test_mail_is_known_without_its_suffix_and_a_box_holds_many(tmp_path: Path) -> None:
    assert make.documents(make.save(tmp_path, "saved", make.mail()))[0].media_type == "message/rfc822"
    box = b"".join(
        b"From anna@example.org Sat Mar  5 21:10:00 2022\n" + make.mail() + b"\n" for _ in range(2)
    )
    assert len(make.documents(make.save(tmp_path, "box", box))) == 4


def test_rss(tmp_path: Path) -> None:
    path = make.save(tmp_path, "feed", make.RSS)
    first, second = make.documents(path)
    assert first.text == f"Bridge & river\n\n{WORDS}"
    assert (first.published, first.published_from, first.url) == (
        "2022-03-05",
        "feed",
        "https://example.org/1",
    )
    assert first.source is not None
    assert first.source.name == "River Post"
    assert second.published is None
    assert first.custody is not None
    assert first.custody.member == "entry-1"
    assert first.custody.containers[0].sha256 == hashlib.sha256(make.RSS.encode()).hexdigest()


def test_atom_says_when_its_day_is_only_that_of_the_last_change(tmp_path: Path) -> None:
    (document,) = make.documents(make.save(tmp_path, "a.xml", make.ATOM))
    assert document.text == f"Note\n\n{WORDS}\n\n- bread"
    assert (document.published, document.published_from) == ("2022-03-06", "feed, last change")


def test_warc_takes_pages_with_their_address_and_time(tmp_path: Path) -> None:
    path = make.save(tmp_path, "crawl.warc.gz", make.warc(make.CRAWL))
    page, listing = make.documents(path)
    assert (page.url, page.retrieved) == ("https://example.org/bridge", "2022-03-08T09:00:00Z")
    assert page.custody is not None
    assert page.custody.retrieved == "2022-03-08T09:00:00Z"
    assert page.custody.notes[0].startswith("WARC-Payload-Digest sha1:")
    assert WORDS in page.text
    assert (flat(listing.text), listing.media_type) == (MORE, "application/pdf")


@pytest.mark.parametrize("honest", [True, False])
def test_wacz_is_checked_against_the_hashes_it_states(tmp_path: Path, honest: bool) -> None:
    inner = make.warc(make.CRAWL)
    digest = hashlib.sha256(inner if honest else b"").hexdigest()
    resources = {"resources": [{"path": "archive/data.warc.gz", "hash": f"sha256:{digest}"}]}
    whole = make.packed({"datapackage.json": json.dumps(resources), "archive/data.warc.gz": inner})
    read, failed = make.parted(make.save(tmp_path, "a.wacz", whole))
    assert len(read) == 2
    assert read[0].custody is not None
    assert [c.name for c in read[0].custody.containers] == ["a.wacz", "archive/data.warc.gz"]
    assert len(failed) == (0 if honest else 1)


def test_telegram_export(tmp_path: Path) -> None:
    read, failed = make.parted(make.save(tmp_path, "result.json", make.chat()))
    first, second = read
    assert first.text == "Shelling at Irpin again. More"
    assert (first.published, first.published_from) == ("2022-03-05", "telegram date, UTC")
    assert first.source is not None
    assert (first.source.name, first.source.kind) == ("Irpin now", "telegram")
    assert first.custody is not None
    assert (first.custody.member, first.custody.notes) == ("1234/message-2", ("edited 2022-03-06T02:00:00",))
    assert (second.author, second.published_from) == ("Bucha voices", "telegram date, clock of the export")
    assert second.custody is not None
    assert second.custody.notes == ("forwarded from Bucha voices", "in reply to message 2")
    assert len(failed) == 1  # the torn entry


def test_all_chats_of_an_account(tmp_path: Path) -> None:
    whole = json.dumps({"about": "x", "chats": {"list": [make.CHAT, {"id": 2}]}})
    read, failed = make.parted(make.save(tmp_path, "all.json", whole))
    assert (len(read), len(failed)) == (2, 2)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_table_of_posts(tmp_path: Path, mark: str, encoding: str) -> None:
    rows = [
        ["Дата", "Канал", "Текст"],
        ["05.03.2022", "Ірпінь", '"Міст\nзруйновано" на річці'],
        ["06.03.2022", "Буча", " "],
    ]
    table = "\r\n".join(mark.join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in row) for row in rows)
    (document,) = make.documents(make.save(tmp_path, "posts.csv", table.encode(encoding)))
    assert document.text == '"Міст\nзруйновано" на річці'
    assert document.published == "2022-03-05"
    assert document.source is not None
    assert document.source.name == "Ірпінь"
    assert document.path == f"{tmp_path}/posts.csv#row-2"


def test_table_by_its_content_and_by_given_columns(tmp_path: Path) -> None:
    plain = make.save(tmp_path, "posts.txt", f"id,date,text\n7,2022-03-05,{MORE}\n")
    (document,) = make.documents(plain)
    assert document.custody is not None
    assert document.custody.notes == ("id 7",)
    odd = make.save(tmp_path, "odd.csv", f"When,What\n2022-03-05,{MORE}\n")
    assert "there are When, What" in make.parted(odd)[1][0]
    (document,) = make.documents(odd, columns={"text": "What", "published": "When"})
    assert (document.text, document.published) == (MORE, "2022-03-05")
    with pytest.raises(ValueError, match="no field"):
        map_columns(["text"], {"colour": "text"})


def test_long_cells_are_read_whole(tmp_path: Path) -> None:
    long = "word " * 60_000
    (document,) = make.documents(make.save(tmp_path, "a.csv", f'text\n"{long}"\n'))
    assert document.text == long


def test_zip_of_many_formats_in_sorted_order(tmp_path: Path) -> None:
    inner = make.packed({"deep.txt": "A quiet day at the river."})
    whole = make.packed(
        {
            "b.pdf": make.pdf([MORE]),
            "a.txt": WORDS,
            "README.md": "x",
            "__MACOSX/a.txt": "x",
            "c/in.zip": inner,
            "d.docx": make.docx(),
        }
    )
    path = make.save(tmp_path, "all.bin", whole)
    store = Originals(tmp_path / "originals")
    read = make.documents(path, originals=store)
    assert [document.path for document in read] == [
        f"{path}!/a.txt",
        f"{path}!/b.pdf",
        f"{path}!/c/in.zip!/deep.txt",
        f"{path}!/d.docx",
    ]
    for document in read:
        custody = document.custody
        assert custody is not None
        assert hashlib.sha256(store.get(custody.sha256)).hexdigest() == document.sha256
        assert store.get(custody.containers[0].sha256) == whole
    assert read[2].custody is not None
    assert read[2].custody.member == "deep.txt"
    assert [c.name for c in read[2].custody.containers] == ["all.bin", "c/in.zip"]


def test_standard_input_of_any_kind() -> None:
    for data in (
        WORDS.encode(),
        make.pdf([WORDS]),
        make.docx(),
        json.dumps({"id": "a", "text": WORDS}).encode(),
    ):
        (document,) = read_path("-", stdin=io.BytesIO(data))
        assert isinstance(document, Document), document
        assert WORDS in flat(document.text)
        assert document.custody is not None
        assert (document.custody.how, document.custody.origin) == ("stdin", "-")


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    path = make.save(
        tmp_path, "a.zip", make.packed({"a.eml": make.mail(), "b.json": make.chat(), "c.xml": make.RSS})
    )
    assert make.parted(path)[0] == make.parted(path)[0]


def test_custody_says_when_only_if_that_is_known(tmp_path: Path) -> None:
    path = make.save(tmp_path, "a.txt", WORDS)
    (document,) = make.documents(path)
    assert document.custody is not None
    assert (document.custody.retrieved, document.custody.size) == (None, len(WORDS))
    (document,) = make.documents(path, retrieved="2022-03-06T10:00Z")
    assert document.custody is not None
    assert document.custody.retrieved == "2022-03-06T10:00Z"


def test_every_reader_is_in_the_documentation() -> None:
    told = (Path(__file__).parents[2] / "docs" / "archive.md").read_text(encoding="utf-8")
    assert [kind for kind in READERS if f"`{kind}`" not in told] == []


@pytest.mark.slow
def test_a_scan_is_read_by_the_extra(tmp_path: Path) -> None:
    pytest.importorskip("rapidocr_onnxruntime", reason="needs the extra svidok[ocr]")
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (500, 400), "white")
    font = ImageFont.load_default(36)
    for height, line in ((30, "Shelling damaged"), (130, "the bridge at Irpin"), (230, "on 5 March 2022.")):
        ImageDraw.Draw(image).text((30, height), line, fill="black", font=font)
    picture, paper = io.BytesIO(), io.BytesIO()
    image.save(picture, "PNG")
    image.save(paper, "PDF")
    for name, data in (("a.png", picture.getvalue()), ("a.pdf", paper.getvalue())):
        (document,) = make.documents(make.save(tmp_path, name, data))
        assert flat(document.text).replace(" ", "") == "ShellingdamagedthebridgeatIrpinon5March2022."
        assert document.custody is not None
        assert document.custody.reader == "scan"
        assert "by machine" in document.custody.notes[-1]
