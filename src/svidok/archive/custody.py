"""The custody log of a document: how it came in, by which version of which reader, with which hash."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from svidok.archive.received import Received, shown
from svidok.records import Custody

__all__ = ["custody_of", "versions"]


@cache
def versions(*libraries: str) -> str:
    """This package and the libraries that read a format, with their versions.

    >>> versions().startswith("svidok ")
    True
    """
    from svidok import __version__

    told = [f"svidok {__version__}"]
    for library in libraries:
        try:
            told.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            told.append(library)
    return ", ".join(told)


def custody_of(
    received: Received,
    *,
    reader: str,
    libraries: tuple[str, ...] = (),
    record: bytes | None = None,
    member: str | None = None,
    notes: tuple[str, ...] = (),
) -> Custody:
    """Write the log entry of one document.

    Args:
        received: what it was read from.
        reader: the format's name.
        libraries: the distributions that did the reading.
        record: the document's own bytes, where it is one record of a listing (a row, a post, an entry):
            then what was received is its container.
        member: where in the listing it stands.
        notes: what a reader should know.

    >>> custody_of(Received("a.txt", "a.txt", "a.txt", "file", data=b"x"), reader="text").size
    1
    """
    return Custody(
        sha256=received.sha256 if record is None else hashlib.sha256(record).hexdigest(),
        size=received.size if record is None else len(record),
        how=received.how,
        origin=shown(received.origin),
        reader=reader,
        version=versions(*libraries),
        retrieved=received.retrieved,
        member=received.member if member is None else _join(received.member, member),
        containers=received.containers if record is None else received.inside(),
        notes=(*received.notes, *notes),
    )


def _join(outer: str | None, inner: str) -> str:
    return inner if outer is None else f"{outer}!/{inner}"
