"""What a file is, told by its content; the suffix decides only between kinds of plain text."""

from __future__ import annotations

import csv
import json
import re
import zipfile
import zlib
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from svidok.archive.html import looks_like_html
from svidok.archive.received import Received
from svidok.archive.vocabulary import data_file
from svidok.errors import UnreadableInput

__all__ = ["column_of", "delimiter_of", "kind_of"]

_FEED = re.compile(r"<(?:\w{1,20}:)?(rss|feed|RDF)\b[^>]{0,2000}>", re.IGNORECASE)
_NOT_XML = re.compile(r"^\ufeff?\s*[^<\s]")
_HEADER = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,40}):(?:[ \t]|$)")
_MAIL = frozenset(("message-id", "mime-version", "received", "content-type", "return-path"))
_TELEGRAM = re.compile(r'"(?:messages|chats)"\s*:\s*[\[{]')
_PDF_REACH = 1024
_SHORT = 8192


def kind_of(received: Received) -> str:
    """The name of the reader for what was received.

    Raises:
        UnreadableInput: the file is missing or closed, or is of a kind that no reader knows.

    >>> kind_of(Received("a", "a", "a", "file", data=b"%PDF-1.7"))
    'pdf'
    >>> kind_of(Received("a", "a.md", "a", "file", data=b"# Words"))
    'markdown'
    """
    head = received.head
    if b"%PDF-" in head[:_PDF_REACH]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(received)
    if head.startswith(b"WARC/") or (head.startswith(b"\x1f\x8b") and _gunzipped(head).startswith(b"WARC/")):
        return "warc"
    for entry in data_file("files")["magic"]:
        if head.startswith(bytes.fromhex(entry["start"])):
            if "reader" in entry and entry.get("also", "") in head[:16].decode("latin-1"):
                return str(entry["reader"])
            raise UnreadableInput(
                f"the file is {entry['kind']}, not text", where=received.where, remedy=entry["remedy"]
            )
    return _text_kind(received, _peek(head))


def _zip_kind(received: Received) -> str:
    """Office documents and web archives are ZIP archives with certain members."""
    try:
        with received.open() as stream, zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                with archive.open("mimetype") as member:
                    declared = member.read(200).decode("latin-1").strip()
                if declared.startswith("application/vnd.oasis.opendocument.text"):
                    return "odt"
                if declared.startswith("application/vnd.oasis.opendocument"):
                    raise _office(received, "an OpenDocument sheet, drawing or presentation")
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error, ValueError):
        return "zip"  # whose reader tells what is broken
    if "word/document.xml" in names:
        return "docx"
    if names & {"xl/workbook.xml", "ppt/presentation.xml"}:
        raise _office(received, "a sheet or a presentation")
    return "wacz" if "datapackage.json" in names and any(n.startswith("archive/") for n in names) else "zip"


def _office(received: Received, what: str) -> UnreadableInput:
    return UnreadableInput(
        f"the file is {what}", where=received.where, remedy="save its text as DOCX, ODT, CSV or PDF"
    )


def _gunzipped(head: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(head, 64)
    except zlib.error:
        return b""


def _peek(head: bytes) -> str:
    """The first few thousand characters, decoded well enough to tell the kind."""
    if head.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return head[: 2 * _SHORT].decode("utf-16", "replace")
    if head[1:2] == b"\0" and head[3:4] == b"\0":
        return head[: 2 * _SHORT].decode("utf-16-le", "replace")
    return head.removeprefix(BOM_UTF8)[:_SHORT].decode("utf-8", "replace")


def _text_kind(received: Received, text: str) -> str:
    suffixes = data_file("files")["suffixes"]
    suffix = received.suffix
    feed = None if _NOT_XML.match(text) else _FEED.search(text)
    if feed and not looks_like_html(text):
        return "feed"
    if suffix in suffixes["mail"] or _is_mail(text):
        return "eml"
    if text.startswith("From ") and _is_mail(text.partition("\n")[2]):
        return "mbox"
    if text.lstrip()[:1] in ("{", "["):
        if suffix in suffixes["jsonl"] or (suffix not in suffixes["json"] and _is_lines(text)):
            return "jsonl"
        if _TELEGRAM.search(text) or suffix in suffixes["json"]:
            return "json"
    if suffix in suffixes["jsonl"]:
        return "jsonl"
    if suffix in suffixes["json"]:
        return "json"
    media = (received.media_type or "").partition(";")[0].strip().casefold()
    if suffix in suffixes["html"] or looks_like_html(text) or media in ("text/html", "application/xhtml+xml"):
        return "html"
    if suffix in suffixes["markdown"]:
        return "markdown"
    if suffix in suffixes["table"] or _is_table(text):
        return "table"
    return "text"


def _is_mail(text: str) -> bool:
    """Whether a text begins with the header of a message: a sender, and what only a mail program writes."""
    names = set()
    for line in text.splitlines()[:200]:
        if not line.strip():
            break
        if line[0] in " \t":
            continue
        match = _HEADER.match(line)
        if not match:
            return False
        names.add(match[1].casefold())
    return "from" in names and len(names) >= 3 and bool(names & _MAIL)


def _is_lines(text: str) -> bool:
    """Whether the first line is a JSON object of the exchange format."""
    try:
        record = json.loads(text.strip().partition("\n")[0])
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and {"id", "text"} <= set(record)


def column_of(header: str) -> str | None:
    """The field that a header of a table names, in any of the usual words for it.

    >>> column_of("Message Text"), column_of("created_at"), column_of("Colour") is None
    ('text', 'published', True)
    """
    name = re.sub(r"[\W_]+", " ", header).strip().casefold()
    fields = data_file("files")["columns"]
    return next((field for field, names in fields.items() if name in names), None)


def delimiter_of(line: str) -> str:
    """The character that parts the cells of a table, by its header line.

    >>> delimiter_of("date;text"), delimiter_of("text")
    (';', ',')
    """
    return max(",;\t|", key=lambda mark: (line.count(mark), mark == ","))


def _is_table(text: str) -> bool:
    line = text.partition("\n")[0].strip("\r")
    try:
        cells = next(csv.reader([line], delimiter=delimiter_of(line)), [])
    except csv.Error:
        return False
    fields = [column_of(cell) for cell in cells]
    return "text" in fields and 3 <= len(cells) == sum(field is not None for field in fields)
