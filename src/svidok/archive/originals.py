"""Original bytes, kept under their own hash, never changed."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from svidok.errors import UnreadableInput

__all__ = ["Originals"]


class Originals:
    """A folder of originals, each in a file named by the SHA-256 of its bytes.

    Writing is atomic: a file is there whole or not at all, also when the machine stops midway.

    Args:
        folder: made when first written to.

    >>> import tempfile
    >>> store = Originals(Path(tempfile.mkdtemp()))
    >>> key = store.keep("Київ".encode())
    >>> store.get(key).decode(), list(store.verify())
    ('Київ', [])
    """

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def path(self, sha256: str) -> Path:
        """Where an original lies, or would lie.

        Raises:
            UnreadableInput: when the key is no SHA-256 in small hexadecimal digits.
        """
        if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
            raise UnreadableInput(
                f"{sha256[:80]!r} is no SHA-256", where=str(self.folder), remedy="give 64 hex digits"
            )
        return self.folder / sha256[:2] / sha256[2:]

    def keep(self, data: bytes) -> str:
        """Keep bytes; what is already there, whole, is left alone.

        Returns:
            Their SHA-256 in hexadecimal digits.
        """
        key = hashlib.sha256(data).hexdigest()
        target = self.path(key)
        if target.is_file() and target.read_bytes() == data:
            return key
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(name).chmod(0o444)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return key

    def keep_file(self, path: Path) -> str:
        """Keep a file of any size without holding it in memory.

        Returns:
            The SHA-256 of what was kept, in hexadecimal digits.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        handle, name = tempfile.mkstemp(dir=self.folder, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as kept, path.open("rb") as given:
                while chunk := given.read(1 << 20):
                    digest.update(chunk)
                    kept.write(chunk)
                kept.flush()
                os.fsync(kept.fileno())
            target = self.path(digest.hexdigest())
            target.parent.mkdir(parents=True, exist_ok=True)
            Path(name).chmod(0o444)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        return digest.hexdigest()

    def get(self, sha256: str) -> bytes:
        """The bytes of an original, checked against their hash.

        Raises:
            UnreadableInput: when they are absent, or no longer what was kept.
        """
        target = self.path(sha256)
        try:
            data = target.read_bytes()
        except OSError as error:
            raise UnreadableInput(
                "no such original is kept", where=str(target), remedy="read the report again"
            ) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise UnreadableInput(
                "the original has changed", where=str(target), remedy="restore it from a backup"
            )
        return data

    def keys(self) -> Iterator[str]:
        """The hashes of all originals, sorted."""
        found = (entry for entry in self.folder.glob("??/*") if not entry.name.startswith("."))
        yield from sorted(entry.parent.name + entry.name for entry in found)

    def verify(self) -> Iterator[UnreadableInput]:
        """Read every original again and yield a message for each that has changed."""
        for key in self.keys():
            try:
                self.get(key)
            except UnreadableInput as error:
                yield error
