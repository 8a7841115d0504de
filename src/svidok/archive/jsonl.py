"""JSON Lines of documents: the text is taken exactly as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from svidok.archive.datelines import read_datelines
from svidok.archive.dates import read_date
from svidok.archive.encodings import refuse_unless_utf8
from svidok.archive.languages import guess_language
from svidok.errors import BadLine, InputError, UnreadableInput
from svidok.records import Document, Offsets, Source

__all__ = ["MAX_BYTES", "read_jsonl", "read_lines", "read_record"]

MAX_BYTES = 20_000_000
"""Largest single report, in bytes."""
_SHOWN = 60
_HEAD = 4096


def read_jsonl(
    path: Path, *, strict: bool = False, retrieved: str | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Document | InputError]:
    """Read documents, one JSON object a line (the exchange format: id, text, and what is known of them).

    The file is streamed: it may be of any length.

    Args:
        path: a UTF-8 file.
        strict: raise the first error instead of yielding it.
        retrieved: when the file was got, ISO 8601, kept with each document that does not say itself.
        max_bytes: refuse single lines longer than this; the file itself may be of any length.

    Yields:
        A document for each good line; a :class:`BadLine` that names file and line for each broken one,
        and for each id that an earlier line has. A second document of one id is yielded after its
        message when its text differs, since it is words that were given. An
        :class:`UnreadableInput` when the file is missing, binary, or in a wide encoding.

    Raises:
        InputError: the first that would be yielded, when ``strict``.
    """
    for item in _read(path, retrieved, max_bytes):
        if strict and isinstance(item, InputError):
            raise item
        yield item


def _read(path: Path, retrieved: str | None, max_bytes: int) -> Iterator[Document | InputError]:
    try:
        with path.open("rb") as stream:
            yield from read_lines(stream, where=str(path), retrieved=retrieved, max_bytes=max_bytes)
    except UnreadableInput as error:
        yield error
    except OSError as error:
        yield UnreadableInput(
            f"the file cannot be read: {error.strerror or error}", where=str(path), remedy="check the path"
        )


def read_lines(
    stream: BinaryIO, *, where: str, retrieved: str | None = None, max_bytes: int = MAX_BYTES
) -> Iterator[Document | InputError]:
    """Read documents of an open stream of lines: as :func:`read_jsonl`.

    Args:
        stream: bytes from their beginning, seekable.
        where: its name, for messages and paths.
        retrieved: when it was got.
        max_bytes: refuse single lines longer than this.

    Raises:
        UnreadableInput: when it is binary or in a wide encoding.
    """
    seen: dict[str, tuple[int, str]] = {}
    refuse_unless_utf8(stream.read(_HEAD), where=where)
    stream.seek(0)
    for number, line in enumerate(_lines(stream, max_bytes), 1):
        if not line.strip():
            continue
        place = f"{where}:{number}"
        try:
            if len(line) > max_bytes:
                raise BadLine(
                    f"the line has more than {max_bytes / 1e6:g} MB",
                    where=place,
                    remedy="split it into its reports, one a line",
                )
            document = _read_line(line, number, place, retrieved)
        except BadLine as error:
            yield error
            continue
        before, text = seen.setdefault(document.id, (number, document.text_sha256))
        if before != number:
            yield _again(document.id, before, place)
            if text == document.text_sha256:
                continue
        yield document


def _lines(stream: BinaryIO, max_bytes: int) -> Iterator[bytes]:
    """Lines of a file; of one longer than the limit only a beginning that is longer than the limit."""
    while line := stream.readline(max_bytes + 1):
        rest = line
        while len(rest) > max_bytes and not rest.endswith(b"\n"):
            rest = stream.readline(max_bytes + 1)
        yield line


def _again(identity: str, before: int, where: str) -> BadLine:
    return BadLine(
        f"the id {identity[:_SHOWN]!r} was already given on line {before}",
        where=where,
        remedy="give each document its own id",
    )


def _read_line(line: bytes, number: int, where: str, retrieved: str | None) -> Document:
    if number == 1:
        line = line.removeprefix(b"\xef\xbb\xbf")
    raw = line.strip()
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadLine(
            f"byte {error.start} of the line is not UTF-8", where=where, remedy="save the file as UTF-8"
        ) from error
    except json.JSONDecodeError as error:
        raise BadLine(
            f"broken JSON at column {error.colno}: {error.msg}", where=where, remedy="one JSON object a line"
        ) from error
    except (ValueError, RecursionError) as error:
        raise BadLine(
            f"broken JSON: {str(error)[:_SHOWN]}", where=where, remedy="one JSON object a line"
        ) from error
    return read_record(record, where=where, sha256=hashlib.sha256(raw).hexdigest(), retrieved=retrieved)


def read_record(record: Any, *, where: str, sha256: str, retrieved: str | None = None) -> Document:
    """Make a document of one parsed JSON object.

    Args:
        record: ``{"id": str, "text": str, "language"?, "published"?, "source"?, "url"?, "title"?, …}``.
        where: file and line, for messages.
        sha256: hash of the bytes it came from.
        retrieved: kept when the record does not say itself.

    Raises:
        BadLine: when it is no object, or a field is missing or of the wrong kind.

    >>> record = {"id": "a", "text": "The bridge was blown up.", "published": "2022-03-04"}
    >>> read_record(record, where="docs.jsonl:1", sha256="").language
    'en'
    """
    if not isinstance(record, Mapping):
        raise BadLine("the line is no JSON object", where=where, remedy='write {"id": …, "text": …}')
    identity = record.get("id")
    if isinstance(identity, int) and not isinstance(identity, bool):
        identity = str(identity)
    if not isinstance(identity, str) or not identity:
        raise BadLine('"id" is missing or no string', where=where, remedy="give each document an id")
    text = _string(record, "text", where)
    if text is None:
        raise BadLine('"text" is missing', where=where, remedy="give each document a text")
    _refuse_surrogates(identity, "id", where)
    language = _string(record, "language", where) or guess_language(text)
    published, published_from, readings, span = _published(record, text, language, where)
    name = _string(record, "source", where)
    return Document(
        id=identity,
        sha256=sha256,
        text=text,
        media_type="application/x-ndjson",
        source=Source(name) if name else None,
        url=_string(record, "url", where),
        title=_string(record, "title", where),
        author=_string(record, "author", where),
        language=language,
        published=published,
        published_from=published_from,
        published_readings=readings,
        published_span=span,
        retrieved=_string(record, "retrieved", where) or retrieved,
        path=where,
        dossier=_string(record, "dossier", where),
        encoding="utf-8",
        given_places=_spans(record, "given_places", len(text), where),
    )


def _published(
    record: Mapping[str, Any], text: str, language: str | None, where: str
) -> tuple[str | None, str | None, tuple[str, ...], Offsets | None]:
    """The day of publication: the field, where it holds a full date, else the text's own dateline."""
    given = _string(record, "published", where)
    readings = read_date(given, language_code=language)
    if readings:
        return (readings[0] if len(readings) == 1 else None), "published", readings, None
    if given:
        return None, "published", (), None
    line = read_datelines(text, language_code=language)
    if not line.readings:
        return None, None, (), None
    return (line.readings[0] if len(line.readings) == 1 else None), "dateline", line.readings, line.span


def _string(record: Mapping[str, Any], key: str, where: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise BadLine(
            f'"{key}" is {type(value).__name__}, not a string', where=where, remedy="write a string, or null"
        )
    if value is not None:
        _refuse_surrogates(value, key, where)
    return value if key == "text" else value or None


def _refuse_surrogates(value: str, key: str, where: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadLine(
            f'"{key}" holds half a surrogate pair at character {error.start}, which is no text',
            where=where,
            remedy="mend the export",
        ) from error


def _spans(record: Mapping[str, Any], key: str, length: int, where: str) -> tuple[Offsets, ...] | None:
    value = record.get(key)
    if value is None:
        return None
    spans = []
    for item in value if isinstance(value, list) else [None]:
        numbers = item if isinstance(item, list) and len(item) == 2 else [None, None]
        start, end = numbers
        if type(start) is not int or type(end) is not int or not 0 <= start < end <= length:
            raise BadLine(
                f'"{key}" holds {str(item)[:_SHOWN]}, no span of the text',
                where=where,
                remedy=f"write [[start, end], …] with 0 <= start < end <= {length}",
            )
        spans.append((start, end))
    return tuple(spans)
