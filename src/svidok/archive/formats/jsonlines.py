"""JSON and JSON Lines of documents in the exchange format; a Telegram export is told apart here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from svidok.archive.custody import custody_of
from svidok.archive.encodings import decode
from svidok.archive.formats.telegram import is_export, read_export
from svidok.archive.jsonl import read_lines, read_record
from svidok.archive.received import Desk, Item, Received
from svidok.errors import InputError, UnreadableInput
from svidok.records import Document

__all__ = ["read_json_file", "read_jsonl_file"]


def read_jsonl_file(received: Received, desk: Desk) -> Iterator[Item]:
    """JSON Lines, one document a line; the file may be of any length."""
    found = False
    with received.open() as stream:
        for item in read_lines(
            stream, where=received.where, retrieved=received.retrieved, max_bytes=desk.limits.report
        ):
            found = True
            yield _kept(item, received)
    if not found:
        raise UnreadableInput(
            "the file is empty", where=received.where, remedy="check the export, or leave it out"
        )


def read_json_file(received: Received, desk: Desk) -> Iterator[Item]:
    """One JSON document, an array of them, or a Telegram export."""
    data = received.read(desk.limits.listing)
    decoded = decode(data, where=received.where, charset=received.charset)
    try:
        found = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"broken JSON: {str(error)[:80]}",
            where=received.where,
            remedy="JSON Lines want the suffix .jsonl",
        ) from error
    if is_export(found):
        yield from read_export(found, received)
        return
    if len(data) > desk.limits.report:
        received.read(desk.limits.report)
    yield from _records(found, data, received)


def _records(found: Any, data: bytes, received: Received) -> Iterator[Item]:
    records = found if isinstance(found, list) else [found]
    for number, record in enumerate(records, 1):
        where = f"{received.where}:{number}" if isinstance(found, list) else received.where
        own = json.dumps(record, sort_keys=True).encode() if len(records) > 1 else data
        digest = hashlib.sha256(own).hexdigest()
        try:
            document = read_record(record, where=where, sha256=digest, retrieved=received.retrieved)
        except InputError as error:
            yield error
            continue
        yield _kept(document, received, alone=len(records) == 1)


def _kept(item: Item, received: Received, *, alone: bool = False) -> Item:
    """A document with its custody: the file is its container, unless it is the file."""
    if not isinstance(item, Document):
        return item
    custody = custody_of(received, reader="json" if alone else "jsonl")
    if not alone:
        number = (item.path or "").rpartition(":")[2]
        member = f"{custody.member}!/{number}" if custody.member else number
        custody = replace(
            custody, sha256=item.sha256, size=len(item.text.encode("utf-8", "surrogatepass")),
            member=member, containers=received.inside(),
        )  # fmt: skip
    return replace(item, custody=replace(custody, retrieved=item.retrieved))
