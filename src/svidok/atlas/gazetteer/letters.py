"""What tells at a glance that names are not alike, or that none begins so.

One edit of a name (a letter more, less or other, two letters swapped) changes at most two of the letters
that it has at all, and its length by one at most. Names that differ by more are not compared. And of the
first two words of all long names a bit each is kept, so that most words are not looked up with the next.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Any

__all__ = ["beginnings", "letters_of", "may_be_near"]

_KINDS = 27  # letters that share a bit are 27 apart: none of a to z
_LONGEST = 31
_HAS = (1 << _KINDS) - 1


def letters_of(name: str) -> int:
    """The letters of a name, a bit each, and above them how many there are, in 32 bits.

    >>> letters_of("abba") == letters_of("baab"), letters_of("abba") == letters_of("abb")
    (True, False)
    """
    out = min(len(name), _LONGEST) << _KINDS
    for letter in name:
        out |= 1 << ord(letter) % _KINDS
    return out


def may_be_near(held: Any, name: str, edits: int) -> list[int]:
    """Which of some names, told by their letters, may be so many edits or fewer from a name.

    Args:
        held: what ``letters_of`` gives of each, as a buffer of 32-bit numbers.
        name: the name that they are compared with.
        edits: insertions, deletions, substitutions and swaps of neighbours.
    """
    import numpy as np

    letters = np.asarray(held, dtype=np.uint32)
    own = letters_of(name)
    shortest = max(0, (own >> _KINDS) - edits)
    longer = (letters >> np.uint32(_KINDS)) - np.uint32(shortest)  # what is shorter wraps round
    near = np.flatnonzero(longer <= np.uint32((own >> _KINDS) + edits - shortest))
    unlike = np.bitwise_count((letters[near] ^ np.uint32(own)) & np.uint32(_HAS))
    found: list[int] = near[unlike <= 2 * edits].tolist()
    return found


def beginnings(names: Iterable[bytes], size: int) -> bytearray:
    """A bit, told by their CRC-32, for the first two words of each name that has as many.

    Args:
        names: folded names.
        size: bits, a power of two.
    """
    out = bytearray(size >> 3)
    for name in names:
        end = name.find(b" ", name.find(b" ") + 1)
        two = name if end < 0 else name[:end]
        if b" " in two:
            place = zlib.crc32(two) & size - 1
            out[place >> 3] |= 1 << (place & 7)
    return out
