"""Bytes that came in, with where they came from, before it is known what they are."""

from __future__ import annotations

import hashlib
import io
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from svidok.archive.limits import LIMITS, Budget, Limits
from svidok.archive.originals import Originals
from svidok.errors import InputError, UnreadableInput
from svidok.records import Container, Document, How

__all__ = ["Desk", "Item", "Received", "shown"]

Item = Document | InputError
"""What reading gives: a document, or a message for what could not be read."""

_HEAD = 65_536
_CHUNK = 1 << 20


def shown(name: str, *, longest: int = 300) -> str:
    """A file name that a terminal, a log line or a page can show: control characters become escapes.

    >>> shown("a\\x1b[31m\\nb.txt")
    'a\\\\x1b[31m\\\\nb.txt'
    """
    safe = "".join(
        char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode("ascii")
        for char in name
    )
    return safe if len(safe) <= longest else f"{safe[: longest - 1]}…"


@dataclass(frozen=True)
class Received:
    """One file, download or member of an archive, as it came.

    ``where`` names it in messages; ``name`` is what it is called, for its suffix. ``media_type``,
    ``charset``, ``url`` are what a server or container says of it, where one says anything.
    """

    where: str
    name: str
    origin: str
    how: How
    data: bytes | None = None
    path: Path | None = None
    retrieved: str | None = None
    containers: tuple[Container, ...] = ()
    member: str | None = None
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def suffix(self) -> str:
        """The end of its name from the last full stop, in small letters."""
        return Path(self.name).suffix.casefold()

    def open(self) -> BinaryIO:
        """A seekable stream of its bytes.

        Raises:
            UnreadableInput: the file is missing, closed, or no plain file.
        """
        if self.data is not None:
            return io.BytesIO(self.data)
        assert self.path is not None
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise UnreadableInput(
                    "it is no plain file but a device or a pipe", where=self.where, remedy="give a file"
                )
            return self.path.open("rb")
        except FileNotFoundError as error:
            raise UnreadableInput("no such file", where=self.where, remedy="check the path") from error
        except (OSError, ValueError) as error:
            told = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise UnreadableInput(
                f"the file cannot be read: {told}", where=self.where, remedy="check its permissions"
            ) from error

    @cached_property
    def size(self) -> int:
        """How many bytes it has."""
        with self.open() as stream:
            return stream.seek(0, io.SEEK_END)

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of its bytes, in hexadecimal digits."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @cached_property
    def head(self) -> bytes:
        """Its first 64 KiB."""
        with self.open() as stream:
            return stream.read(_HEAD)

    def read(self, limit: int, *, remedy: str = "split it into its reports") -> bytes:
        """All its bytes.

        Raises:
            UnreadableInput: when they are more than ``limit``, or cannot be read.
        """
        if self.size > limit:
            raise UnreadableInput(
                f"the file has {self.size / 1e6:.1f} MB, more than {limit / 1e6:g} MB for one report",
                where=self.where,
                remedy=remedy,
            )
        with self.open() as stream:
            return stream.read()

    def inside(self) -> tuple[Container, ...]:
        """The containers of what lies in this one."""
        return (*self.containers, Container(shown(self.name), self.sha256))

    def part(
        self,
        name: str,
        data: bytes,
        *,
        media_type: str | None = None,
        charset: str | None = None,
        url: str | None = None,
        retrieved: str | None = None,
        notes: tuple[str, ...] = (),
    ) -> Received:
        """A member of this one: same origin and time, one container deeper.

        Args:
            name: where in this one it lies.
            data: its bytes.
            media_type: what the container says that it is; ``charset`` likewise.
            url: its own address; that of this one by default. ``retrieved`` likewise.
            notes: for the custody log.
        """
        return replace(
            self,
            where=f"{self.where}!/{shown(name)}",
            name=name,
            data=data,
            path=None,
            containers=self.inside(),
            member=shown(name),
            media_type=media_type,
            charset=charset,
            url=url or self.url,
            retrieved=retrieved or self.retrieved,
            notes=notes,
        )


def _never(_: Received, __: Desk) -> Iterator[Item]:
    raise NotImplementedError


@dataclass(frozen=True)
class Desk:
    """What readers share: the limits, the store of originals, and how to read what lies inside.

    ``columns`` maps fields (text, published, source…) to the headers of a table of posts, where given.
    """

    limits: Limits = LIMITS
    originals: Originals | None = None
    columns: Mapping[str, str] | None = None
    read: Callable[[Received, Desk], Iterator[Item]] = _never
    budget: Budget = field(default_factory=lambda: Budget(LIMITS.unpacked))

    def keep(self, received: Received) -> None:
        """Keep the original bytes, where there is a store for them."""
        if self.originals is None:
            return
        if received.path is not None:
            self.originals.keep_file(received.path)
        elif received.data is not None:
            self.originals.keep(received.data)
