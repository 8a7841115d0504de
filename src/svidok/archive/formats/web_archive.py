"""Web archives (WARC, WACZ): each page or file that a server answered with is read as if given by itself."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from email.message import Message
from typing import Any, BinaryIO

from svidok.archive.formats.packed import BROKEN, member_bytes, opened, refused
from svidok.archive.received import Desk, Item, Received, shown
from svidok.archive.vocabulary import data_file
from svidok.errors import InputError, UnreadableInput

__all__ = ["read_wacz", "read_warc"]

_CHUNK = 1 << 16
_DAMAGE = (*BROKEN, AttributeError, LookupError, TypeError)
"""What a damaged record makes the library raise."""


def read_warc(received: Received, desk: Desk) -> Iterator[Item]:
    """Read the answers (status 200) and resources of a WARC; styles, scripts, fonts, media are passed over.

    The address and the time of retrieval are the record's own.

    Raises:
        UnreadableInput: it is no WARC, is cut off at once, or holds nothing to read.
    """
    with received.open() as stream:
        yield from _records(stream, received, desk)
        if received.head.startswith(b"\x1f\x8b") and not desk.budget.exhausted:
            stream.seek(0)
            if _is_cut_off(stream):
                yield UnreadableInput(
                    "the web archive is cut off at its end; what stood before was read",
                    where=received.where,
                    remedy="get it again",
                )


def _is_cut_off(stream: BinaryIO) -> bool:
    """Whether the last of the gzip members, one a record, has no end."""
    unpacker = zlib.decompressobj(wbits=31)
    waiting = b""
    while True:
        chunk = waiting or stream.read(_CHUNK)
        if not chunk:
            return not unpacker.eof
        try:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            unpacker.decompress(chunk, _CHUNK)
        except zlib.error:
            return False  # rubbish after the end, or damage that is told of where it stands
        waiting = unpacker.unconsumed_tail or unpacker.unused_data


def read_wacz(received: Received, desk: Desk) -> Iterator[Item]:
    """Read the WARC files inside, each checked against the hash that the package states for it.

    Raises:
        UnreadableInput: the package is broken or holds no WARC.
    """
    found = False
    with opened(received, desk) as archive:
        stated = _hashes(archive, received, desk)
        for info in sorted(archive.infolist(), key=lambda info: info.filename):
            name = info.filename
            if not name.startswith("archive/") or info.is_dir() or ".warc" not in name:
                continue
            found = True
            where = f"{received.where}!/{shown(name)}"
            why = refused(info, name, desk)
            try:
                if why:
                    raise UnreadableInput(why, where=where, remedy="unpack it yourself, if you trust it")
                data = member_bytes(archive, info, received, desk)
                if name in stated and stated[name] != hashlib.sha256(data).hexdigest():
                    yield UnreadableInput(
                        "its SHA-256 is not the one that the package states; it was read all the same",
                        where=where,
                        remedy="ask where the package came from",
                    )
                yield from desk.read(received.part(name, data), desk)
            except UnreadableInput as error:
                yield error
    if not found:
        raise UnreadableInput("the package holds no WARC", where=received.where, remedy="get it again")


def _hashes(archive: Any, received: Received, desk: Desk) -> dict[str, str]:
    try:
        package = json.loads(member_bytes(archive, archive.getinfo("datapackage.json"), received, desk))
        return {
            str(entry["path"]): str(entry["hash"]).removeprefix("sha256:")
            for entry in package["resources"]
            if str(entry.get("hash", "")).startswith("sha256:")
        }
    except (InputError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return {}


def _records(stream: BinaryIO, received: Received, desk: Desk) -> Iterator[Item]:
    read = 0
    for number, record in enumerate(_each(stream, received), 1):
        part = record if isinstance(record, InputError) else _part(record, number, received, desk)
        if isinstance(part, InputError):
            yield part
        elif part is not None:
            read += 1
            yield from desk.read(part, desk)
        if desk.budget.exhausted:
            return
    if not read:
        raise UnreadableInput(
            "the web archive holds no page to read", where=received.where, remedy="check the crawl"
        )


def _each(stream: BinaryIO, received: Received) -> Iterator[Any]:
    """The records, and at the end a message where what follows is damaged."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    class Quiet(ArchiveIterator):  # type: ignore[misc]
        """Says nothing on standard error: damage is told of in a message."""

        INC_RECORD = ""

    records = iter(Quiet(stream, check_digests=True))
    while True:
        try:
            record = next(records)
        except StopIteration:
            return
        except (ArchiveLoadFailed, *_DAMAGE) as error:
            yield UnreadableInput(
                f"the web archive is broken or cut off: {str(error)[:80]}",
                where=received.where,
                remedy="get it again; what stood before was read",
            )
            return
        yield record


def _part(record: Any, number: int, received: Received, desk: Desk) -> Received | InputError | None:
    """What a record holds, None where it is of a kind that holds no report."""
    if record.rec_type not in ("response", "resource"):
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or f"record-{number}"
    headers = record.http_headers if record.rec_type == "response" else record.rec_headers
    if headers is None or (record.rec_type == "response" and headers.get_statuscode() != "200"):
        return None
    media = Message()
    media["Content-Type"] = headers.get_header("Content-Type") or "application/octet-stream"
    kind = media.get_content_type()
    if any(kind.startswith(start) for start in data_file("files")["unread_media"]):
        return None
    where = f"{received.where}!/{shown(url)}"
    try:
        data = record.content_stream().read(desk.limits.office + 1)
    except _DAMAGE as error:
        return UnreadableInput(
            f"the page is broken: {str(error)[:80]}", where=where, remedy="get the archive again"
        )
    desk.budget.spend(len(data), where=received.where)
    if len(data) > desk.limits.office:
        return UnreadableInput(
            f"the page has more than {desk.limits.office / 1e6:g} MB", where=where, remedy="leave it out"
        )
    if getattr(record.raw_stream, "limit", 0):
        return UnreadableInput(
            f"the page is cut off: {record.raw_stream.limit} bytes are missing",
            where=where,
            remedy="get the archive again",
        )
    if not data.strip():
        return None
    stated = record.rec_headers.get_header("WARC-Payload-Digest")
    told = f"WARC-Payload-Digest {stated}{' does not match' if _differs(record) else ''}"
    return received.part(
        url,
        data,
        media_type=kind,
        charset=media.get_content_charset(),
        url=url if url.startswith(("http:", "https:")) else None,
        retrieved=record.rec_headers.get_header("WARC-Date") or received.retrieved,
        notes=(told,) if stated else (),
    )


def _differs(record: Any) -> bool:
    """Whether the bytes are not those that the record's own digest is of."""
    return getattr(record.digest_checker, "passed", None) is False
