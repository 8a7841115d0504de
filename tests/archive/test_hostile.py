"""Input made to harm, or cut off: refused or contained with a clear message, and the rest goes on."""

from __future__ import annotations

import io
import json
import os
import struct
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
import samplefiles as make

from svidok.archive import LIMITS, gather, read_path
from svidok.archive.formats.pdf import read_pdf
from svidok.archive.received import Desk, Received, shown
from svidok.errors import InputError, UnreadableInput

WORDS = make.WORDS
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
)


def refusal(path: Path, **options: object) -> str:
    """The one message that a path gives, and no document."""
    read, failed = make.parted(path, **options)
    assert not read
    (message,) = failed
    assert "(" in message  # what to do next
    return message


def lying_zip(name: bytes, size: int) -> bytes:
    """An archive whose header says that a member is small."""
    data = zlib.compress(b"0" * size, 9)[2:-4]
    crc = zlib.crc32(b"0" * size)
    local = (
        struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(data), 100, len(name), 0) + name + data
    )
    central = struct.pack(
        "<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(data), 100, len(name), 0, 0, 0, 0, 0, 0
    )
    central += name
    return local + central + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


def test_a_bomb_is_refused_by_its_ratio_and_the_rest_is_read(tmp_path: Path) -> None:
    bomb = make.packed({"a.txt": WORDS, "bomb.txt": b"0" * 8_000_000})
    read, failed = make.parted(make.save(tmp_path, "a.zip", bomb))
    assert [document.text for document in read] == [WORDS]
    assert "bomb.txt: it grows" in failed[0]


def test_a_member_larger_than_its_header_says(tmp_path: Path) -> None:
    assert "broken" in refusal(make.save(tmp_path, "a.zip", lying_zip(b"a.txt", 3_000_000)))


def test_all_members_together_are_bounded(tmp_path: Path) -> None:
    many = make.packed({f"{n}.txt": os.urandom(40_000).hex() for n in range(20)})
    limits = replace(LIMITS, unpacked=200_000)
    _, failed = make.parted(make.save(tmp_path, "a.zip", many), limits=limits)
    assert failed[-1].startswith(f"{tmp_path}/a.zip: the archive unpacks to more than 0.2 MB")
    assert len(failed) <= 3


def test_number_and_nesting_of_members_are_bounded(tmp_path: Path) -> None:
    many = make.save(tmp_path, "a.zip", make.packed({f"{n}.txt": WORDS for n in range(30)}))
    assert "30 files, more than 20" in refusal(many, limits=replace(LIMITS, members=20))
    deep = make.packed({"a.txt": WORDS})
    for _ in range(6):
        deep = make.packed({"in.zip": deep})
    assert "deep in one another" in refusal(make.save(tmp_path, "deep.zip", deep))


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/cron.d/x.txt",
        "/etc/x.txt",
        "a/../../x.txt",
        "..\\..\\x.txt",
        "C:\\x.txt",
        "\\\\host\\x.txt",
    ],
)
def test_names_that_lead_out_of_an_archive(tmp_path: Path, name: str) -> None:
    path = make.save(tmp_path, "a.zip", make.packed({"a.txt": WORDS, name: WORDS + " Again."}))
    read, failed = make.parted(path)
    assert (len(read), len(failed)) == (1, 1)
    assert "leads out of the archive" in failed[0]


def test_a_link_in_an_archive(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.txt")
    info.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert "a link or a device" in refusal(make.save(tmp_path, "a.zip", out.getvalue()))


def test_links_out_of_a_folder_and_devices_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    make.save(tmp_path, "secret.txt", "A secret.")
    make.save(tmp_path / "in", "a.txt", WORDS)
    (tmp_path / "in" / "b.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "in" / "c.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(tmp_path / "in" / "d.txt")
    read, failed = make.parted(tmp_path / "in")
    assert [document.text for document in read] == [WORDS]
    assert ["leads out" in failed[0], "leads out" in failed[1], "a device or a pipe" in failed[2]] == [
        True
    ] * 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_feed(tmp_path: Path, encoding: str) -> None:
    feed = (
        make.RSS.replace("UTF-8", encoding).replace("<rss", f"{ENTITIES}<rss").replace("Crossing", "&c; &f;")
    )
    assert "declares entities" in refusal(make.save(tmp_path, "a.rss", feed.encode(encoding)))


def test_entities_in_office_documents(tmp_path: Path) -> None:
    path = make.save(tmp_path, "a.odt", make.odt("<text:p>&c; &f;</text:p>", before=ENTITIES))
    assert "declares entities" in refusal(path)
    source = zipfile.ZipFile(io.BytesIO(make.docx()))
    parts = {name: source.read(name) for name in source.namelist()}
    text = (
        parts["word/document.xml"].decode().replace("?>", f"?>{ENTITIES}", 1).replace(">first<", ">&c; &f;<")
    )
    parts["word/document.xml"] = text.encode()
    read, failed = make.parted(make.save(tmp_path, "a.docx", make.packed(parts)))
    assert not any("root:" in d.text or "lollol" in d.text for d in read)
    assert len(read) + len(failed) == 1


def test_a_part_of_an_office_document_that_grows_beyond_measure(tmp_path: Path) -> None:
    source = zipfile.ZipFile(io.BytesIO(make.docx()))
    parts = {name: source.read(name) for name in source.namelist()}
    parts["word/media/a.bin"] = b"0" * 8_000_000
    assert "grows" in refusal(make.save(tmp_path, "a.docx", make.packed(parts)))
    content = make.packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": " " * 8_000_000}
    )
    assert "grows" in refusal(make.save(tmp_path, "a.odt", content))


def many_pages(count: int) -> bytes:
    from pypdf import PdfWriter

    writer = PdfWriter()
    for _ in range(count):
        writer.add_blank_page(100, 100)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_pdf_with_too_many_pages(tmp_path: Path) -> None:
    path = make.save(tmp_path, "a.pdf", many_pages(1_200))
    assert "1,200 pages, more than 1,000" in refusal(path, limits=replace(LIMITS, pages=1_000))


def test_pdf_that_takes_too_long() -> None:
    clock = iter(range(0, 10_000, 50))
    received = Received("a.pdf", "a.pdf", "a.pdf", "file", data=make.pdf([WORDS] * 9))
    with pytest.raises(UnreadableInput, match="more than 120 s; 3 of 9 pages"):
        list(read_pdf(received, Desk(), clock=lambda: float(next(clock))))


def test_encrypted_pdf(tmp_path: Path) -> None:
    assert "the PDF is encrypted" in refusal(make.save(tmp_path, "a.pdf", make.pdf([WORDS], password="x")))


@pytest.fixture
def no_ocr(monkeypatch: pytest.MonkeyPatch) -> None:
    """As without the extra for scans, whether or not it is installed."""
    from svidok.archive.formats import scan
    from svidok.errors import MissingPart

    def absent() -> None:
        raise MissingPart("no extra", remedy="pip install 'svidok[ocr]'")

    monkeypatch.setattr(scan, "_engine", absent)


def test_pdf_of_pictures_says_so(tmp_path: Path, no_ocr: None) -> None:
    message = refusal(make.save(tmp_path, "a.pdf", many_pages(3)))
    assert "none of its 3 pages holds text" in message
    assert "svidok[ocr]" in message


FILES = {
    "a.pdf": make.pdf([WORDS]),
    "a.docx": make.docx(),
    "a.odt": make.odt(f"<text:p>{WORDS}</text:p>"),
    "a.zip": make.packed({"a.txt": WORDS, "b.txt": WORDS + " Again."}),
    "a.warc.gz": make.warc(make.CRAWL),
    "a.json": make.chat().encode(),
    "a.eml": make.mail(),
    "a.rss": make.RSS.encode(),
}


@pytest.mark.parametrize("name", FILES)
def test_truncated_and_scrambled_files_never_stop_the_batch(tmp_path: Path, name: str, no_ocr: None) -> None:
    whole = FILES[name]
    (tmp_path / "in").mkdir()
    for number, share in enumerate((0.1, 0.5, 0.9, 0.99)):
        make.save(tmp_path / "in", f"{number}-{name}", whole[: int(len(whole) * share)])
    for number in range(8):
        broken = bytearray(whole)
        for at in range(number * 37 + 5, len(broken), 211):
            broken[at] ^= 0x55
        make.save(tmp_path / "in", f"x{number}-{name}", bytes(broken))
    make.save(tmp_path / "in", "z.txt", WORDS)
    batch = gather(read_path(tmp_path / "in"))
    assert WORDS in [document.text for document in batch.documents]
    for error in batch.failed:
        assert error.where, error
        assert error.remedy, error


def test_a_torn_web_archive_says_so(tmp_path: Path) -> None:
    whole = make.warc(make.CRAWL)
    last = whole.rindex(b"\x1f\x8b\x08")
    for end, told in ((last + 60, "cut off at its end"), (len(whole) - 300, "the page is cut off: ")):
        _, failed = make.parted(make.save(tmp_path, "a.warc.gz", whole[:end]))
        assert told in failed[0]


def test_damage_that_makes_the_libraries_stumble(tmp_path: Path) -> None:
    import gzip

    plain = gzip.decompress(make.warc(make.CRAWL)).replace(
        b"WARC-Target-URI: https://example.org/gone", b"X: y"
    )
    read, failed = make.parted(make.save(tmp_path, "a.warc", plain))
    assert make.WORDS in read[0].text
    assert "broken or cut off" in failed[0]
    feed = make.RSS.replace("<link>https://example.org/1</link>", "<links>x</link>")
    assert make.parted(make.save(tmp_path, "a.rss", feed)) != ([], [])


def test_names_cannot_steer_a_terminal_or_a_page(tmp_path: Path) -> None:
    name = "\x1b[31m<script>alert(1)</script>\n.txt".replace("/", "_")
    (document,) = make.documents(make.save(tmp_path, name, WORDS))
    assert document.path is not None
    assert document.path.isprintable()
    inner = make.packed({"\x1b]0;x\x07.txt": b"", "\u202etxt.exe": b""})
    for message in make.parted(make.save(tmp_path, "a.zip", inner))[1]:
        assert message.isprintable()
    assert shown("a" * 1000).endswith("…")


def test_file_names_that_are_no_unicode(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(str(tmp_path)) + b"/\xff.txt"))
    path.write_text(WORDS, encoding="utf-8")
    (document,) = make.documents(tmp_path)
    assert document.path is not None
    document.path.encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_wide_encodings_of_every_text_format(tmp_path: Path, encoding: str) -> None:
    page = make.PAGE.decode()
    table = f"id,date,text\n1,2022-03-05,{WORDS}\n"
    for name, text in {
        "a.html": page,
        "a.csv": table,
        "a.rss": make.RSS,
        "a.json": make.chat(),
        "a.txt": WORDS,
    }.items():
        read = [
            i
            for i in read_path(make.save(tmp_path, name, text.encode(encoding)))
            if not isinstance(i, InputError)
        ]
        assert any("Irpin" in document.text for document in read), name


def test_one_huge_line_is_read_or_refused(tmp_path: Path) -> None:
    (document,) = make.documents(make.save(tmp_path, "a.txt", "word " * 200_000))
    assert len(document.text) == 1_000_000
    assert "more than 20 MB" in refusal(make.save(tmp_path, "b.txt", "word " * 5_000_000))


def test_deep_structures(tmp_path: Path) -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(3000))
    deep_mail = f"From: a@example.org\nMIME-Version: 1.0\nSubject: x\n{nested}\n{WORDS}\n"
    deep_html = make.RSS.replace("&lt;p&gt;", "&lt;div&gt;" * 20_000)
    for name, data in {
        "a.eml": deep_mail,
        "a.rss": deep_html,
        "a.json": '{"messages":' + "[" * 90_000,
    }.items():
        for item in read_path(make.save(tmp_path, name, data)):
            assert isinstance(item, InputError) or "Irpin" in item.text or "Crossing" in item.text, item


def test_an_export_of_nonsense(tmp_path: Path) -> None:
    chat = {
        "type": [],
        "id": {},
        "name": 7,
        "messages": [
            {"text": [{"text": 5}, 7, None]},
            {"id": [], "text": "\ud800 x", "date_unixtime": "9" * 40},
        ],
    }
    (document,) = make.documents(make.save(tmp_path, "a.json", json.dumps(chat)))
    document.text.encode("utf-8")
    assert document.published is None
