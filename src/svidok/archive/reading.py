"""Reports in: any path to documents, and what cannot be read to messages, one by one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from svidok.archive.datelines import Dateline, read_datelines
from svidok.archive.dates import read_date
from svidok.archive.encodings import Decoded, decode
from svidok.archive.html import looks_like_html, read_html
from svidok.archive.jsonl import MAX_BYTES, read_jsonl, read_record
from svidok.archive.languages import guess_language
from svidok.archive.markdown import read_markdown
from svidok.archive.originals import Originals
from svidok.archive.pages import Head, Layout, Page, read_front_matter
from svidok.archive.segment import segment
from svidok.archive.vocabulary import data_file
from svidok.errors import InputError, UnreadableInput
from svidok.records import Document, Source

__all__ = ["MAX_BYTES", "Batch", "gather", "read_path", "read_paths"]

_TITLE_REACH = 4000


def read_path(
    path: Path,
    *,
    retrieved: str | None = None,
    originals: Originals | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Document | InputError]:
    """Read a report, a JSON Lines file of reports, or a folder of them.

    Args:
        path: text, HTML, Markdown, JSON or JSON Lines, told by suffix and content; a folder is walked in
            sorted order, without hidden files and files that describe it (README, LICENSE).
        retrieved: when it was got, ISO 8601, kept with each document.
        originals: store to keep the original bytes in.
        max_bytes: refuse single reports larger than this.

    Yields:
        Documents, and for whatever cannot be read an :class:`InputError`: it is yielded, never raised, so
        that the rest of the batch goes on.
    """
    path = Path(path)
    if path.is_dir():
        entries = list(_walk(path))
        if not entries:
            yield UnreadableInput("the folder holds no reports", where=str(path), remedy="check the path")
        for entry in entries:
            if isinstance(entry, UnreadableInput):
                yield entry
                continue
            yield from read_path(entry, retrieved=retrieved, originals=originals, max_bytes=max_bytes)
        return
    suffix = path.suffix.casefold()
    try:
        if suffix in data_file("files")["suffixes"]["jsonl"]:
            yield from _read_lines(path, retrieved, originals, max_bytes)
        elif suffix in data_file("files")["suffixes"]["json"]:
            yield from _read_json(path, _bytes(path, max_bytes, originals), retrieved)
        else:
            yield _read_file(path, _bytes(path, max_bytes, originals), retrieved)
    except InputError as error:
        yield error


def read_paths(
    paths: Iterable[Path],
    *,
    retrieved: str | None = None,
    originals: Originals | None = None,
    max_bytes: int = MAX_BYTES,
) -> Iterator[Document | InputError]:
    """Read several paths as one batch: as :func:`read_path`, and the same report is read once only.

    Yields:
        Documents with ids that are unique in the batch, and messages for the rest.
    """
    seen: dict[str, str] = {}
    for path in paths:
        for item in read_path(path, retrieved=retrieved, originals=originals, max_bytes=max_bytes):
            if isinstance(item, Document) and item.id in seen:
                yield UnreadableInput(
                    f"the same report was already read as {seen[item.id]}",
                    where=item.path,
                    remedy="leave one out, or give each its own id",
                )
                continue
            if isinstance(item, Document):
                seen[item.id] = item.path or item.id
            yield item


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of a batch: the documents that were read, and a message for each that was not."""

    documents: tuple[Document, ...]
    failed: tuple[InputError, ...]

    @property
    def exit_status(self) -> int:
        """2 when nothing could be read, else 0."""
        return 0 if self.documents else 2

    @property
    def summary(self) -> str:
        """One line for people.

        >>> Batch((), (InputError("the file is empty", where="a.txt"),)).summary
        'no report read, 1 failed'
        """
        read = len(self.documents)
        told = f"{read} report{'s' * (read != 1)} read" if read else "no report read"
        return f"{told}, {len(self.failed)} failed" if self.failed else told


def gather(items: Iterable[Document | InputError]) -> Batch:
    """Read a batch to its end and part what was read from what was not.

    >>> gather([InputError("the file is empty", where="a.txt")]).exit_status
    2
    """
    documents: list[Document] = []
    failed: list[InputError] = []
    for item in items:
        if isinstance(item, Document):
            documents.append(item)
        else:
            failed.append(item)
    return Batch(tuple(documents), tuple(failed))


def _walk(folder: Path) -> Iterator[Path | UnreadableInput]:
    """Files of a folder in sorted order, depth first, and a message for each folder that is closed."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableInput(
            f"the folder cannot be read: {error.strerror or error}",
            where=str(folder),
            remedy="check its permissions",
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry)
        elif entry.stem.casefold() not in data_file("files")["not_reports"]:
            yield entry


def _bytes(path: Path, max_bytes: int, originals: Originals | None) -> bytes:
    try:
        with path.open("rb") as stream:
            data = stream.read(max_bytes + 1)
        size = max(len(data), path.stat().st_size)
    except FileNotFoundError as error:
        raise UnreadableInput("no such file", where=str(path), remedy="check the path") from error
    except OSError as error:
        raise UnreadableInput(
            f"the file cannot be read: {error.strerror or error}",
            where=str(path),
            remedy="check its permissions",
        ) from error
    if size > max_bytes:
        raise UnreadableInput(
            f"the file has {size / 1e6:.1f} MB, more than {max_bytes / 1e6:g} MB for one report",
            where=str(path),
            remedy="split it into its reports, or give them as JSON Lines, one a line",
        )
    if originals is not None:
        originals.keep(data)
    return data


def _read_lines(
    path: Path, retrieved: str | None, originals: Originals | None, max_bytes: int
) -> Iterator[Document | InputError]:
    found = False
    for item in read_jsonl(path, retrieved=retrieved, max_bytes=max_bytes):
        found = True
        yield item
    if not found:
        yield UnreadableInput(
            "the file is empty", where=str(path), remedy="check the export, or leave it out"
        )
    elif originals is not None:
        originals.keep(path.read_bytes())


def _read_json(path: Path, data: bytes, retrieved: str | None) -> Iterator[Document | InputError]:
    """One JSON document, or an array of them."""
    decoded = decode(data, where=str(path))
    try:
        found = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"broken JSON: {str(error)[:80]}", where=str(path), remedy="JSON Lines want the suffix .jsonl"
        ) from error
    records = found if isinstance(found, list) else [found]
    for number, record in enumerate(records, 1):
        where = f"{path}:{number}" if isinstance(found, list) else str(path)
        digest = hashlib.sha256(
            json.dumps(record, sort_keys=True).encode() if len(records) > 1 else data
        ).hexdigest()
        try:
            yield read_record(record, where=where, sha256=digest, retrieved=retrieved)
        except InputError as error:
            yield error


def _read_file(path: Path, data: bytes, retrieved: str | None) -> Document:
    decoded = decode(data, where=str(path))
    suffixes = data_file("files")["suffixes"]
    suffix = path.suffix.casefold()
    if suffix in suffixes["html"] or looks_like_html(decoded.text):
        page, media_type = read_html(decoded.text, where=str(path)), "text/html"
    elif suffix in suffixes["markdown"]:
        page, media_type = read_markdown(decoded.text), "text/markdown"
    else:
        page, media_type = _read_plain(decoded.text), "text/plain"
    if not page.layout.text.strip():
        raise UnreadableInput(
            "the file holds no words", where=str(path), remedy="check the export, or leave it out"
        )
    return _document(path, data, decoded, page, media_type, retrieved)


def _read_plain(text: str) -> Page:
    """Plain text: the body as it stands, line ends made one kind."""
    head, start = read_front_matter(text)
    body = text[start:].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if head.title and head.title.split() != body.strip().split("\n", 1)[0].split():
        title = " ".join(head.title.split())
        return Page(head, Layout(f"{title}\n\n{body}", ((0, len(title)),), ()))
    return Page(head, Layout(body, (), ()))


def _document(
    path: Path, data: bytes, decoded: Decoded, page: Page, media_type: str, retrieved: str | None
) -> Document:
    head, layout = page.head, page.layout
    digest = hashlib.sha256(data).hexdigest()
    language = _language(head, layout.text)
    line = read_datelines(layout.text, language_code=language)
    published, published_from, readings = _published(head, line, language)
    source = head.source or line.source
    note = f"{decoded.encoding}, {decoded.broken} broken" if decoded.broken else decoded.encoding
    document = Document(
        id=digest,
        sha256=digest,
        text=layout.text,
        media_type=media_type,
        source=Source(source, head.source_kind) if source else None,
        url=head.url,
        title=head.title,
        author=head.author or line.author,
        language=language,
        published=published,
        published_from=published_from,
        published_readings=readings,
        published_span=line.span if published_from == "dateline" else None,
        retrieved=retrieved,
        path=str(path),
        dossier=head.dossier,
        headings=layout.headings,
        marked=layout.marked,
        encoding=note,
    )
    return document if document.title else replace(document, title=_title_in(document))


def _title_in(document: Document) -> str | None:
    """The line at the head of a text that stands there as its title."""
    head = document.text[:_TITLE_REACH]
    spans = [one for one in document.headings if one[1] <= len(head)]
    sentences = segment(replace(document, text=head, headings=tuple(spans), marked=()))
    titles = [sentence for sentence in sentences if sentence.role == "title"]
    return " ".join(head[titles[0].start : titles[-1].end].split()) if titles else None


def _language(head: Head, text: str) -> str | None:
    """The language that the text shows; where it shows none, the one that the page states."""
    return guess_language(text) or head.language


def _published(
    head: Head, line: Dateline, language: str | None
) -> tuple[str | None, str | None, tuple[str, ...]]:
    stated = read_date(head.published, language_code=language)
    readings, told = (stated, head.published_from) if stated else (line.readings, "dateline")
    if not readings:
        return None, None, ()
    return (readings[0] if len(readings) == 1 else None), told, readings
