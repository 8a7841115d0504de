"""Blocks of a text: paragraphs, headings, list items, captions, whatever the line breaks mean.

A blank line always parts blocks. A single line break parts them too, unless the text is hard-wrapped:
a break is soft where the next line's first word would no longer have fitted on the line before. The width
that decides is measured on the document itself.
"""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from svidok.archive.vocabulary import Language
from svidok.records import Offsets

__all__ = ["LIST_MARK", "split_blocks"]

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
LIST_MARK = re.compile(
    r"(?:[•●▪◦‣∙·*+–—-]\s+|\(?\d{1,3}[.)]\s+|\(?[a-zA-Zа-яіїє]\)\s+|[a-zа-яіїє]\.\s+|\[\d{1,3}\]\s*|[¹²³⁴⁵⁶⁷⁸⁹]+\s*|>\s)(?=\S)"
)
# What opens a list item but may as well stand inside a wrapped sentence: a dash, "on March / 3."
_INSIDE = re.compile(r"[–—-]\s|\d{1,3}\.\s|[a-zа-яіїє]\.\s")
_FINAL = ".!?…:;\"'”’»)_"
_MAX_WRAP = 160
_MIN_WRAP = 40

_Line = tuple[int, int, int]  # start, end without outer space, and the number of the paragraph it lies in


def split_blocks(text: str, language: Language, *, cuts: frozenset[int] = frozenset()) -> list[Offsets]:
    """Split a text into blocks that cover every word, in order.

    Args:
        text: the whole text.
        language: tells the words after which a line cannot end.
        cuts: offsets where a block certainly begins or ends (marked headings, captions…).

    Returns:
        (start, end) of each block, without outer space; none is empty.

    >>> from svidok.archive.vocabulary import language
    >>> words = "Shelling in\\nSumy.\\n\\n- one\\n- two"
    >>> [words[a:b] for a, b in split_blocks(words, language("en"))]
    ['Shelling in\\nSumy.', '- one', '- two']
    """
    lines = _lines(text, cuts)
    paragraphs = [list(group) for _, group in groupby(lines, key=lambda line: line[2])]
    width = _wrap_width(text, paragraphs)
    blocks: list[Offsets] = []
    for paragraph in paragraphs:
        start, end, _ = paragraph[0]
        for line in paragraph[1:]:
            if line[0] in cuts or end in cuts or not _goes_on(text, (start, end), line, width, language):
                blocks.append((start, end))
                start = line[0]
            end = line[1]
        blocks.append((start, end))
    return blocks


def _lines(text: str, cuts: frozenset[int]) -> list[_Line]:
    """Lines that hold words; a blank line, or a tabulated cut, begins a new paragraph."""
    lines: list[_Line] = []
    paragraph = 0
    before = 0
    for match in _LINE.finditer(text):
        for start, end in _pieces(text, match.start(), match.end(), cuts):
            if lines and len(_BREAK.findall(text, before, start)) > 1:
                paragraph += 1
            before = end
            lines.append((start, end, paragraph))
    return lines


def _pieces(text: str, start: int, end: int, cuts: frozenset[int]) -> list[Offsets]:
    """A line without outer space, parted at the cuts inside it."""
    inside = [cut for cut in range(start + 1, end) if cut in cuts] if cuts else []
    pieces = []
    for low, high in zip([start, *inside], [*inside, end], strict=True):
        stretch = text[low:high]
        kept = stretch.strip()
        if kept:
            offset = low + len(stretch) - len(stretch.lstrip())
            pieces.append((offset, offset + len(kept)))
    return pieces


def _wrap_width(text: str, paragraphs: list[list[_Line]]) -> int | None:
    """The width in characters to which the document was wrapped; None when it was not."""
    inner = [
        (line, following)
        for paragraph in paragraphs
        for line, following in pairwise(paragraph)
        if not LIST_MARK.match(text, following[0])
    ]
    if not inner:
        return None
    lengths = [end - start for (start, end, _), _ in inner]
    if sum(length > _MAX_WRAP for length in lengths) * 4 > len(lengths):
        return None
    open_lines = [
        (line[1] - line[0], line[1] - line[0] + 1 + _first_word(text, following))
        for line, following in inner
        if line[1] - line[0] <= _MAX_WRAP and text[line[1] - 1] not in _FINAL
    ]
    if len(open_lines) < 3:
        return None
    ordered = sorted(length for length, _ in open_lines)
    width = ordered[int(0.9 * (len(ordered) - 1))]
    full = sum(needed > 0.9 * width for _, needed in open_lines)
    return width if width >= _MIN_WRAP and full * 10 >= 6 * len(open_lines) else None


def _first_word(text: str, line: _Line) -> int:
    space = re.compile(r"\s").search(text, line[0], min(line[1], line[0] + 40))
    return (space.start() if space else min(line[1], line[0] + 40)) - line[0]


def _goes_on(text: str, block: Offsets, line: _Line, width: int | None, language: Language) -> bool:
    """Whether the line break between what stands before and a line is soft."""
    end = block[1]
    start = max(text.rfind("\n", block[0], end) + 1, block[0])
    length = len(text[start:end].strip()) if end - start < 4 * _MAX_WRAP else end - start
    needed = length + 1 + _first_word(text, line)
    full = width is not None and needed > 0.9 * width
    if LIST_MARK.match(text, line[0]) and not (
        full and text[end - 1] not in _FINAL and _INSIDE.match(text, line[0])
    ):
        return False
    if length > _MAX_WRAP:
        return False
    if full:
        return True
    if text[end - 1] in _FINAL:
        return False
    last = re.search(r"\w+$", text[max(start, end - 20) : end])
    if last and last.group().casefold() in language.dangling:
        return True
    return text[line[0]].islower() and length >= _MIN_WRAP
