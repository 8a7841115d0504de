"""Reports in: any path, address or standard input to documents, and what cannot be read to messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from svidok.archive.formats import read_received
from svidok.archive.formats.zips import is_passed_over
from svidok.archive.limits import LIMITS, Budget, Limits
from svidok.archive.originals import Originals
from svidok.archive.received import Desk, Item, Received, shown
from svidok.archive.web import Web, is_address
from svidok.errors import InputError, UnreadableInput
from svidok.records import Document

__all__ = ["MAX_BYTES", "Batch", "gather", "read_path", "read_paths"]

MAX_BYTES = LIMITS.report
"""Largest single text, in bytes."""


def read_path(
    path: Path | str,
    *,
    retrieved: str | None = None,
    originals: Originals | None = None,
    max_bytes: int | None = None,
    limits: Limits = LIMITS,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    web: Web | None = None,
    upload: str | None = None,
) -> Iterator[Item]:
    """Read a report, a file of reports (an archive, a feed, an export, a table), a folder, or an address.

    Args:
        path: a file of any kind in ``docs/archive.md``, told by its content; a folder, walked in sorted
            order without hidden files and files that describe it (README, LICENSE); "-" for standard
            input; or an ``http`` or ``https`` address, as a string.
        retrieved: when it was got, ISO 8601, kept with each document; an address's is its own.
        originals: store to keep the original bytes in.
        max_bytes: refuse single texts larger than this.
        limits: the bounds that every reader keeps.
        kind: the kind of file, where it is known (``"jsonl"``); told by content otherwise.
        columns: field to header, for a table of posts whose headers do not tell.
        stdin: where "-" is read from.
        web: how addresses are reached; None refuses them.
        upload: the name under which somebody handed the file in, where it only lies at ``path``.

    Yields:
        Documents, and for whatever cannot be read an :class:`InputError`: it is yielded, never raised, so
        that the rest of the batch goes on.
    """
    if max_bytes is not None:
        limits = replace(limits, report=max_bytes)
    desk = Desk(limits, originals, columns, read_received, Budget(limits.unpacked))
    try:
        if str(path) == "-":
            yield from read_received(_standard_input(stdin, retrieved, limits), desk, kind=kind)
        elif isinstance(path, str) and is_address(path):
            yield from read_received(_download(path, web, limits), desk, kind=kind)
        elif Path(path).is_dir():
            yield from _folder(Path(path), retrieved, desk)
        else:
            yield from read_received(_file(Path(path), retrieved, upload), desk, kind=kind)
    except InputError as error:
        yield error


def read_paths(
    paths: Iterable[Path | str],
    *,
    retrieved: str | None = None,
    originals: Originals | None = None,
    max_bytes: int | None = None,
    columns: Mapping[str, str] | None = None,
    stdin: BinaryIO | None = None,
    web: Web | None = None,
) -> Iterator[Item]:
    """Read several paths as one batch: as :func:`read_path`, and the same report is read once only.

    Yields:
        Documents, each text of an id once, and messages for the rest. Two texts may have one id, where
        the lines of a file give it twice: both are words that were given.
    """
    seen: dict[tuple[str, str], str] = {}
    for path in paths:
        for item in read_path(
            path,
            retrieved=retrieved,
            originals=originals,
            max_bytes=max_bytes,
            columns=columns,
            stdin=stdin,
            web=web,
        ):
            if isinstance(item, Document):
                text = (item.id, item.text_sha256)
                if text in seen:
                    yield UnreadableInput(
                        f"the same report was already read as {seen[text]}",
                        where=item.path,
                        remedy="leave one out, or give each its own id",
                    )
                    continue
                seen[text] = item.path or item.id
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


def _folder(folder: Path, retrieved: str | None, desk: Desk) -> Iterator[Item]:
    found = False
    for entry in _walk(folder, folder.resolve()):
        found = True
        if isinstance(entry, UnreadableInput):
            yield entry
            continue
        yield from read_received(_file(entry, retrieved), replace(desk, budget=Budget(desk.limits.unpacked)))
    if not found:
        yield UnreadableInput("the folder holds no reports", where=str(folder), remedy="check the path")


def _walk(folder: Path, root: Path) -> Iterator[Path | UnreadableInput]:
    """Files of a folder in sorted order, depth first; a message for each that is closed or leads out."""
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        yield UnreadableInput(
            f"the folder cannot be read: {error.strerror or error}",
            where=shown(str(folder)),
            remedy="check its permissions",
        )
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _stays(entry, root):
            yield UnreadableInput(
                "it is a link that leads out of the folder",
                where=shown(str(entry)),
                remedy="give its target by itself, if you want it read",
            )
        elif entry.is_dir():
            if not entry.is_symlink():
                yield from _walk(entry, root)
        elif not is_passed_over(entry.name):
            yield entry


def _stays(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _file(path: Path, retrieved: str | None, upload: str | None = None) -> Received:
    if upload is not None:
        return Received(shown(upload), upload, shown(upload), "upload", path=path, retrieved=retrieved)
    where = shown(str(path), longest=2000)
    return Received(where, path.name, where, "file", path=path, retrieved=retrieved)


def _standard_input(stdin: BinaryIO | None, retrieved: str | None, limits: Limits) -> Received:
    if stdin is None:
        raise UnreadableInput("standard input is not at hand", where="-", remedy="give a file")
    data = stdin.read(limits.listing + 1)
    if len(data) > limits.listing:
        raise UnreadableInput(
            f"standard input gave more than {limits.listing / 1e6:g} MB", where="-", remedy="give a file"
        )
    return Received("-", "standard-input", "-", "stdin", data=data, retrieved=retrieved)


def _download(address: str, web: Web | None, limits: Limits) -> Received:
    if web is None:
        raise UnreadableInput(
            "addresses are not fetched here", where=shown(address), remedy="save the page, and give the file"
        )
    return web.fetch(address, max_bytes=limits.office)
