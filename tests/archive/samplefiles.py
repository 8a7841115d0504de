"""Files of every format, made in the tests: no binary lies in the repository."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from pathlib import Path

from svidok.archive import read_path
from svidok.errors import InputError
from svidok.records import Document

WORDS = "Shelling damaged the bridge at Irpin on 5 March 2022, the mayor said."
MORE = "Two hundred people crossed on planks before dark."


def documents(path: Path, **options: object) -> list[Document]:
    """What a path gives; every message is a failure of the test."""
    items = list(read_path(path, **options))  # type: ignore[arg-type]
    assert not [str(item) for item in items if isinstance(item, InputError)]
    return [item for item in items if isinstance(item, Document)]


def parted(path: Path, **options: object) -> tuple[list[Document], list[str]]:
    """What a path gives: documents, and the messages for the rest."""
    items = list(read_path(path, **options))  # type: ignore[arg-type]
    return (
        [item for item in items if isinstance(item, Document)],
        [str(item) for item in items if isinstance(item, InputError)],
    )


def save(folder: Path, name: str, data: bytes | str) -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def pdf(pages: Sequence[str], *, password: str | None = None) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.lib.utils import simpleSplit
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    locked = None if password is None else StandardEncryption(password, ownerPassword="owner")
    made = Canvas(out, pagesize=A4, invariant=True, encrypt=locked)
    for page in pages:
        text = made.beginText(60, 780)
        text.setFont("Helvetica", 12)
        for line in page.split("\n"):
            text.textLines(simpleSplit(line, "Helvetica", 12, 480))
        made.drawText(text)
        made.showPage()
    made.save()
    return out.getvalue()


def docx() -> bytes:
    from docx import Document as new
    from docx.oxml import parse_xml

    made = new()
    made.core_properties.author = "Anna Koval"
    made.add_paragraph("The bridge at Irpin", style="Title")
    made.add_paragraph(WORDS)
    made.add_heading("After", level=1)
    made.add_paragraph("first", style="List Bullet")
    made.add_paragraph("We shall stay.", style="Quote")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "5 March", "2,000"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    changed = parse_xml(
        f'<w:p {space}><w:r><w:t xml:space="preserve">They </w:t></w:r><w:del w:id="1" w:author="x"><w:r>'
        '<w:delText>never </w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>left.</w:t></w:r></w:ins></w:p>'
    )
    made.element.body.insert(len(made.element.body) - 1, changed)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def odt(body: str, *, before: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{key}:1.0"'
        for key in ("office", "text", "table", "meta")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content {names}><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document-content>"
    )
    meta = (
        f"<office:document-meta {names}><office:meta><meta:initial-creator>Anna Koval</meta:initial-creator>"
        "</office:meta></office:document-meta>"
    )
    return packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content, "meta.xml": meta}
    )


def packed(members: Mapping[str, bytes | str], *, level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def mail() -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "Anna Koval <anna@example.org>", "desk@example.org"
    made["Subject"], made["Date"] = "The bridge at Irpin", "Sat, 05 Mar 2022 21:10:00 +0200"
    made["Message-ID"] = "<1@example.org>"
    made.set_content(f"{WORDS}\n\n> We shall stay.\n> Nobody leaves.\n")
    made.add_alternative(f"<p>{WORDS}</p>", subtype="html")
    made.add_attachment(pdf([MORE]), maintype="application", subtype="pdf", filename="list.pdf")
    return made.as_bytes()


RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>River Post</title><language>en-gb</language>
<item><title>Bridge &amp; river</title><link>https://example.org/1</link><pubDate>Sat, 05 Mar 2022 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{WORDS}&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;</description></item>
<item><title>Crossing</title><link>https://example.org/2</link><description>{MORE}</description></item></channel></rss>"""

ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Town page</title><id>urn:a</id>
<updated>2022-03-07T00:00:00Z</updated><entry><id>urn:1</id><title>Note</title><updated>2022-03-06T12:00:00Z</updated>
<content type="html">&lt;h2&gt;Note&lt;/h2&gt;&lt;p&gt;{WORDS}&lt;/p&gt;&lt;ul&gt;&lt;li&gt;bread&lt;/li&gt;&lt;/ul&gt;</content></entry></feed>"""

CHAT = {
    "name": "Irpin now",
    "type": "public_channel",
    "id": 1234,
    "messages": [
        {"id": 1, "type": "service", "date": "2022-03-05T10:00:00", "action": "create_channel", "text": ""},
        {
            "id": 2, "type": "message", "date": "2022-03-06T01:30:00", "date_unixtime": "1646523000", "from": "Irpin now",
            "text": ["Shelling at ", {"type": "bold", "text": "Irpin"}, " again. ", {"type": "text_link", "text": "More", "href": "https://x"}],
            "edited": "2022-03-06T02:00:00", "edited_unixtime": "1646524800",
        },
        {"id": 3, "type": "message", "date": "2022-03-06T09:00:00", "text": MORE, "forwarded_from": "Bucha voices", "reply_to_message_id": 2},
        {"id": 4, "type": "message", "date": "2022-03-06T09:00:00", "photo": "a.jpg", "text": ""},
        "torn",
    ],
}  # fmt: skip


def chat() -> str:
    return json.dumps(CHAT)


def warc(pages: Mapping[str, tuple[str, str, bytes]]) -> bytes:
    """Address to (status line, media type, body)."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    for url, (status, media, body) in pages.items():
        headers = StatusAndHeaders(status, [("Content-Type", media)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), http_headers=headers,
            warc_headers_dict={"WARC-Date": "2022-03-08T09:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


PAGE = (
    f"<!doctype html><html lang=en><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>{WORDS} {MORE}</p>"
    "<p>Residents waited at the school for buses until the evening came and the road was open.</p></article></body></html>"
).encode()

CRAWL = {
    "https://example.org/bridge": ("200 OK", "text/html; charset=utf-8", PAGE),
    "https://example.org/s.css": ("200 OK", "text/css", b"a { color: red }"),
    "https://example.org/gone": ("404 Not Found", "text/html", b"gone"),
    "https://example.org/list.pdf": ("200 OK", "application/pdf", pdf([MORE])),
}
