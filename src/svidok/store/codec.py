"""Records to bytes and back, losing nothing: JSON of the frozen records, squeezed when it is long."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import Any, TypeVar

import msgspec

from svidok.errors import Damaged

__all__ = ["digest", "pack", "unpack"]

T = TypeVar("T")
_SQUEEZE = 1024
_ENCODER = msgspec.json.Encoder()


@lru_cache(maxsize=64)
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def pack(record: Any) -> bytes:
    """A record as bytes; equal records make equal bytes.

    >>> from svidok.records import Source
    >>> unpack(pack(Source("AP", grade="B")), Source)
    Source(name='AP', kind=None, grade='B', side=None)
    """
    data = _ENCODER.encode(record)
    return b"z" + zlib.compress(data, 6) if len(data) >= _SQUEEZE else b"j" + data


def unpack(data: bytes, kind: type[T]) -> T:
    """The record that ``pack`` made bytes of.

    Raises:
        Damaged: the bytes are not such a record.
    """
    try:
        raw = zlib.decompress(memoryview(data)[1:]) if data[:1] == b"z" else memoryview(data)[1:]
        decoder: Any = _decoder
        made: T = decoder(kind).decode(raw)
        return made
    except (zlib.error, msgspec.DecodeError) as error:
        raise Damaged(
            f"a stored {getattr(kind, '__name__', kind)} cannot be read back: {error}",
            remedy="run `svidok verify`; derived parts are made anew by `svidok build --all`",
        ) from error


def digest(*parts: object) -> str:
    """A short mark of content, by which a build sees what has changed.

    >>> digest(b"a", 1) == digest(b"a", 1), len(digest(b"a"))
    (True, 24)
    """
    made = hashlib.blake2b(digest_size=12)
    for part in parts:
        made.update(part if isinstance(part, bytes) else repr(part).encode())
        made.update(b"\x1f")
    return made.hexdigest()
