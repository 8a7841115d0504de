"""ZIP archives: each member is read as if it had been given by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from svidok.archive.formats.packed import member_bytes, member_name, opened
from svidok.archive.received import Desk, Item, Received
from svidok.archive.vocabulary import data_file
from svidok.errors import UnreadableInput

__all__ = ["is_passed_over", "read_zip"]

_HIDDEN = ("__MACOSX", "Thumbs.db", "desktop.ini")


def is_passed_over(name: str) -> bool:
    """Whether a file is hidden, or describes a folder rather than reports.

    >>> is_passed_over("a/.DS_Store"), is_passed_over("README.md"), is_passed_over("a/post.txt")
    (True, True, False)
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if any((part.startswith(".") and part != "..") or part in _HIDDEN for part in path.parts):
        return True
    return path.stem.casefold() in data_file("files")["not_reports"]


def read_zip(received: Received, desk: Desk) -> Iterator[Item]:
    """Read the members in sorted order, without hidden ones and those that describe the archive.

    Yields:
        What the members give; a message for each that is refused (a name that leads out of the archive, a
        link, a member that would grow beyond measure) or broken.

    Raises:
        UnreadableInput: the archive is broken, too large, too deep in others, or holds no reports.
    """
    found = False
    with opened(received, desk) as archive:
        for info in sorted(archive.infolist(), key=lambda info: (member_name(info), info.header_offset)):
            name = member_name(info)
            if info.is_dir() or is_passed_over(name):
                continue
            found = True
            try:
                data = member_bytes(archive, info, received, desk)
            except UnreadableInput as error:
                yield error
                if desk.budget.exhausted:
                    return
                continue
            yield from desk.read(received.part(name, data), desk)
    if not found:
        raise UnreadableInput(
            "the ZIP archive holds no reports", where=received.where, remedy="check the download"
        )
