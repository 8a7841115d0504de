"""Append-only logs whose entries hold one another: change one, and every later hash stops fitting.

Each entry's hash is the SHA-256 of its fields as canonical JSON together with the hash of the entry
before it (S. Haber and W. S. Stornetta, "How to time-stamp a digital document", 1991). Whoever keeps
the newest hash, the head, elsewhere can also see that the end was not cut off.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

__all__ = ["BEGINNING", "breaks", "canonical", "link"]

BEGINNING = "0" * 64
"""What the first entry holds on to."""


def canonical(value: Any) -> str:
    """Plain data as the one JSON text that equal data has.

    >>> canonical({"b": 1, "a": "Київ"})
    '{"a":"Київ","b":1}'
    """
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """The hash of an entry that follows another.

    >>> link(BEGINNING, {"who": "a"}) == link(BEGINNING, {"who": "a"})
    True
    """
    words = canonical({"entry": dict(entry), "previous": previous})
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def breaks(entries: Iterable[tuple[int, Mapping[str, Any], str, str]]) -> list[tuple[int, str]]:
    """Where a log does not hold: numbers of entries and what is wrong.

    Args:
        entries: number, fields, previous hash and hash of each, in the order of their numbers.

    >>> first = {"who": "a"}
    >>> breaks([(1, first, BEGINNING, link(BEGINNING, first))])
    []
    >>> breaks([(1, {"who": "b"}, BEGINNING, link(BEGINNING, first))])
    [(1, 'its content is not what was logged')]
    """
    found = []
    expected, at = BEGINNING, 0
    for number, entry, previous, held in entries:
        if number != at + 1:
            found.append((number, f"entries {at + 1} to {number - 1} are gone"))
        if previous != expected:
            found.append((number, "it does not follow the entry before it"))
        if link(previous, entry) != held:
            found.append((number, "its content is not what was logged"))
        expected, at = held, number
    return found
