"""The guarded way into a ZIP archive: names, sizes and kinds of its members are checked before use."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath, PureWindowsPath

from svidok.archive.limits import megabytes
from svidok.archive.received import Desk, Received, shown
from svidok.errors import UnreadableInput

__all__ = ["BROKEN", "member_bytes", "member_name", "opened", "refused"]

BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What a broken or odd archive raises."""

_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800
_SMALL = 5_000_000
_CYRILLIC = ("А", "я")


@contextmanager
def opened(received: Received, desk: Desk) -> Iterator[zipfile.ZipFile]:
    """Open an archive.

    Raises:
        UnreadableInput: it is no ZIP archive, is cut off, is too large, or holds too many members.
    """
    if received.size > desk.limits.container:
        received.read(desk.limits.container)
    with received.open() as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except BROKEN as error:
            raise UnreadableInput(
                f"the ZIP archive is broken or cut off: {str(error)[:80]}",
                where=received.where,
                remedy="get it again",
            ) from error
        with archive:
            count = len(archive.infolist())
            if count > desk.limits.members:
                raise UnreadableInput(
                    f"the ZIP archive holds {count:,} files, more than {desk.limits.members:,}",
                    where=received.where,
                    remedy="unpack it yourself, and give the folder",
                )
            yield archive


def member_name(info: zipfile.ZipInfo) -> str:
    """A member's name; one that is in no declared encoding is read as UTF-8, or as Cyrillic where it fits.

    >>> info = zipfile.ZipInfo("Київ.txt".encode("cp866", "replace").decode("cp437"))
    >>> member_name(info)[-4:]
    '.txt'
    """
    if info.flag_bits & _FLAG_UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "cp866"):
        try:
            name = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        strange = [char for char in name if char > "\x7f"]
        if encoding == "utf-8" or all(
            _CYRILLIC[0] <= char <= _CYRILLIC[1] or char in "ЁёЄєЇїЎў°№" for char in strange
        ):
            return name
    return info.filename


def refused(info: zipfile.ZipInfo, name: str, desk: Desk) -> str | None:
    """Why a member must not be read, None when it may.

    >>> refused(zipfile.ZipInfo("../../etc/passwd"), "../../etc/passwd", Desk())
    'its name leads out of the archive'
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or PureWindowsPath(name).drive or "\0" in name:
        return "its name leads out of the archive"
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG, stat.S_IFDIR):
        return "it is a link or a device, not a file"
    if info.flag_bits & _FLAG_ENCRYPTED:
        return "it is encrypted"
    if info.file_size > _SMALL and info.file_size > desk.limits.ratio * max(info.compress_size, 1):
        return (
            f"it grows {info.file_size // max(info.compress_size, 1):,} times when unpacked, "
            f"to {info.file_size / 1e6:.0f} MB"
        )
    if info.file_size > desk.limits.office:
        return f"it has {megabytes(info.file_size)}, more than {megabytes(desk.limits.office)}"
    return None


def member_bytes(archive: zipfile.ZipFile, info: zipfile.ZipInfo, received: Received, desk: Desk) -> bytes:
    """The bytes of one member, however large its header says it is.

    Raises:
        UnreadableInput: it must not be read, is broken, or all members together are too much.
    """
    name = member_name(info)
    where = f"{received.where}!/{shown(name)}"
    why = refused(info, name, desk)
    if why:
        raise UnreadableInput(why, where=where, remedy="unpack it yourself, if you trust the archive")
    limit = min(info.file_size, desk.limits.office)
    try:
        with archive.open(info) as stream:
            data = stream.read(limit + 1)
    except BROKEN as error:
        raise UnreadableInput(
            f"it is broken or cut off: {str(error)[:80]}", where=where, remedy="get the archive again"
        ) from error
    desk.budget.spend(len(data), where=received.where)
    if len(data) > limit:
        raise UnreadableInput(
            "it unpacks to more than its header says", where=where, remedy="get the archive again"
        )
    return data
