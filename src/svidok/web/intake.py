"""Taking in what somebody hands over in the browser."""

from __future__ import annotations

import tempfile
from pathlib import Path

from svidok.chronicle import Chronicle
from svidok.errors import InputError
from svidok.store import Added
from svidok.store.contract import Store

__all__ = ["take_in"]


def take_in(store: Store, name: str, data: bytes, *, who: str, at: str) -> Added:
    """Add an upload as ``svidok add`` adds a file; it is read at the next build.

    Args:
        name: the file's name as the browser tells it; only its last part is used.
        data: the bytes.
    Returns:
        the ids of the reports in it, new and known, and a message for each that could not be read.
    Raises:
        InputError: nothing could be read from it.
    """
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].lstrip(".")
    plain = "".join(letter for letter in plain if letter.isprintable())[:120] or "upload"
    with tempfile.TemporaryDirectory(prefix="svidok-") as folder:
        path = Path(folder) / "upload"
        path.write_bytes(data)
        added = Chronicle(store, by=who, clock=lambda: at).add(path, upload=plain)
    if not added.new and not added.known:
        raise InputError("; ".join(added.failed) or "nothing could be read from it", where=plain)
    return added
