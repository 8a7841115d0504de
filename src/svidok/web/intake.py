"""Taking in a report that somebody hands over in the browser."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from pathlib import Path

from svidok.errors import InputError
from svidok.records import Document
from svidok.store.contract import Store

__all__ = ["take_in"]


def take_in(store: Store, name: str, data: bytes, *, who: str, at: str) -> str:
    """Read an upload as ``svidok add`` reads a file, and keep it; it is read at the next build.

    Args:
        name: the file's name as the browser tells it; only its last part is used.
        data: the bytes.
    Returns:
        the id of the report, or of the one that was there already.
    Raises:
        InputError: nothing could be read from it.
    """
    from svidok.archive import gather, read_paths

    plain = name.replace("\\", "/").rsplit("/", 1)[-1].lstrip(".") or "upload"
    plain = "".join(letter for letter in plain if letter.isprintable())[:120] or "upload"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / plain
        path.write_bytes(data)
        batch = gather(read_paths([path]))
    documents = [_named(document, str(path), plain) for document in batch.documents]
    if not documents:
        told = "; ".join(error.what for error in batch.failed)
        raise InputError(told or "nothing could be read from it", where=plain)
    own = {hashlib.sha256(data).hexdigest(): data}
    added = store.add(documents, originals=own, at=at, who=who, how="upload")
    return next(iter((*added.new, *added.known)))


def _named(document: Document, spooled: str, name: str) -> Document:
    """A document told of under the upload's own name, not that of the file it was spooled to."""
    log = document.custody
    return replace(
        document,
        path=document.path and document.path.replace(spooled, name),
        custody=log and replace(log, origin=log.origin.replace(spooled, name)),
    )
