"""A page taken apart becomes a document: its language, its day, its source, its title, its custody."""

from __future__ import annotations

from dataclasses import replace

from svidok.archive.custody import custody_of
from svidok.archive.datelines import Dateline, read_datelines
from svidok.archive.dates import read_date
from svidok.archive.languages import guess_language
from svidok.archive.pages import Head, Page
from svidok.archive.received import Received, shown
from svidok.archive.segment import segment
from svidok.errors import UnreadableInput
from svidok.records import Document, Source

__all__ = ["make_document", "make_post"]

_TITLE_REACH = 4000


def make_document(
    received: Received,
    page: Page,
    *,
    media_type: str,
    reader: str,
    libraries: tuple[str, ...] = (),
    encoding: str | None = None,
    record: bytes | None = None,
    member: str | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    """Make the document of a page.

    Args:
        received: what it was read from.
        page: its metadata and its laid-out text.
        media_type: of the format.
        reader: the format's name, for the custody log.
        libraries: distributions that did the reading.
        encoding: what the bytes were decoded by, None where the format has its own.
        record: the bytes of the one record that the document is, where it stands in a listing.
        member: where in the listing it stands.
        notes: for the custody log.

    Raises:
        UnreadableInput: the page holds no words.
    """
    head, layout = page.head, page.layout
    where = received.where if member is None else f"{received.where}#{member}"
    if not layout.text.strip():
        raise UnreadableInput(
            "the file holds no words", where=where, remedy="check the export, or leave it out"
        )
    line = read_datelines(layout.text, language_code=guess_language(layout.text) or head.language)
    document, published_from = _described(received, page, line)
    custody = custody_of(
        received, reader=reader, libraries=libraries, record=record, member=member, notes=notes
    )
    document = replace(
        document,
        id=custody.sha256,
        sha256=custody.sha256,
        media_type=media_type,
        published_span=line.span if published_from == "dateline" else None,
        path=shown(where, longest=2000),
        encoding=encoding,
        custody=custody,
    )
    return document if document.title else replace(document, title=_title_in(document))


def make_post(
    received: Received,
    head: Head,
    text: str,
    *,
    reader: str,
    media_type: str,
    record: bytes,
    member: str,
    libraries: tuple[str, ...] = (),
    encoding: str | None = None,
    notes: tuple[str, ...] = (),
) -> Document:
    """Make the document of one record of a listing, its text taken exactly as it is.

    Args:
        received: the listing.
        head: what the record tells of itself.
        text: its words.
        reader: the format's name.
        media_type: of the listing.
        record: the bytes that its hash is of.
        member: where in the listing it stands.
        libraries: distributions that did the reading.
        encoding: what the bytes were decoded by.
        notes: for the custody log.
    """
    language = head.language or guess_language(text)
    published = read_date(head.published, language_code=language)
    custody = custody_of(
        received, reader=reader, libraries=libraries, record=record, member=member, notes=notes
    )
    return Document(
        id=custody.sha256,
        sha256=custody.sha256,
        text=text,
        media_type=media_type,
        source=Source(head.source, head.source_kind) if head.source else None,
        url=head.url,
        title=head.title,
        author=head.author,
        language=language,
        published=published[0] if len(published) == 1 else None,
        published_from=head.published_from if published else None,
        published_readings=published,
        retrieved=received.retrieved,
        path=shown(f"{received.where}#{member}", longest=2000),
        dossier=head.dossier,
        encoding=encoding,
        custody=custody,
    )


def _described(received: Received, page: Page, line: Dateline) -> tuple[Document, str | None]:
    """The document without its identity, and where its day of publication stands."""
    head, layout = page.head, page.layout
    language = guess_language(layout.text) or head.language
    published, published_from, readings = _published(head, line, language)
    source = head.source or line.source
    document = Document(
        id="",
        sha256="",
        text=layout.text,
        source=Source(source, head.source_kind) if source else None,
        url=head.url or received.url,
        title=head.title,
        author=head.author or line.author,
        language=language,
        published=published,
        published_from=published_from,
        published_readings=readings,
        retrieved=received.retrieved,
        dossier=head.dossier,
        headings=layout.headings,
        marked=layout.marked,
    )
    return document, published_from


def _title_in(document: Document) -> str | None:
    """The line at the head of a text that stands there as its title."""
    head = document.text[:_TITLE_REACH]
    spans = [one for one in document.headings if one[1] <= len(head)]
    sentences = segment(replace(document, text=head, headings=tuple(spans), marked=()))
    titles = [sentence for sentence in sentences if sentence.role == "title"]
    return " ".join(head[titles[0].start : titles[-1].end].split()) if titles else None


def _published(
    head: Head, line: Dateline, language: str | None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    stated = read_date(head.published, language_code=language)
    readings, told = (stated, head.published_from) if stated else (line.readings, "dateline")
    if not readings:
        return None, None, ()
    return (readings[0] if len(readings) == 1 else None), told, readings
