"""Quotation marks over a whole document: which stretches stand between them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from svidok.claims.mentions.tokens import Tokens
from svidok.records import Offsets

__all__ = ["find_quotes", "text_of"]

_MARK = re.compile(r"[“”„«»\"]|''|``|(?<![\w'])‘(?=\w)|’(?!\w)")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", '"': '"', "''": "''", "``": "''", "‘": "’"}


def text_of(sentences: Sequence[Tokens]) -> str:
    """The document's text as far as its sentences cover it; the gaps between them are spaces."""
    parts: list[str] = []
    at = 0
    for one in sentences:
        parts.append(" " * max(0, one.start - at))
        parts.append(one.text)
        at = max(at, one.start) + len(one.text)
    return "".join(parts)


def find_quotes(text: str, blocks: Sequence[Offsets]) -> list[Offsets]:
    """Stretches between quotation marks, marks included, in reading order.

    A quotation that a paragraph leaves open runs to the paragraph's end, and goes on in the next
    paragraph if that opens with a mark again.

    >>> find_quotes('He said: "Go. Now." Then left.', [(0, 30)])
    [(9, 19)]
    """
    found: list[Offsets] = []
    for start, end in blocks:
        opened: tuple[int, str] | None = None
        for mark in _MARK.finditer(text, start, end):
            sign = mark.group()
            if opened is not None and sign in _CLOSERS[opened[1]]:
                found.append((opened[0], mark.end()))
                opened = None
            elif opened is None and sign in _CLOSERS and _opens(text, mark.start(), mark.end(), sign):
                opened = (mark.start(), sign)
        if opened is not None and opened[1] != "‘" and end - opened[0] > 20:
            found.append((opened[0], end))
    return found


def _opens(text: str, start: int, end: int, sign: str) -> bool:
    if sign in "“„«``":
        return True
    after = text[end : end + 1]
    return bool(after) and not after.isspace()
