"""What a block is on the page: title, heading, dateline, caption, list item, footnote, quotation, body.

Markup, where there was any, decides first; then words and shapes, which are data.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache

from svidok.archive.blocks import LIST_MARK
from svidok.archive.datelines import is_dateline, is_name_line
from svidok.archive.vocabulary import language, page
from svidok.records import Document, Offsets, Role

__all__ = ["caption_turn", "is_caption", "roles_of"]

_TITLE_LENGTH = 200
_HEADING_LENGTH = 110
_HEADING_WORDS = 16
_HEADING_REACH = 9
_CAPTION_LENGTH = 1200
_CREDIT_LENGTH = 250
_DATELINE_BLOCKS = 8
_QUOTE = re.compile(r"[\"“«„](?=\S)")
_QUOTE_END = re.compile(r"[\"”»“][.!?…]*(?:\s*[(\[]\d{1,3}[)\]])?$")
_NUMBERED = re.compile(r"(?:\(?(\d{1,3})[.)]|\[(\d{1,3})\]|[¹²³⁴⁵⁶⁷⁸⁹]+)\s*\S")
_POINTER = re.compile(r"(?<=\w)\s?(?:\((\d{1,3})\)|\[(\d{1,3})\]|[¹²³⁴⁵⁶⁷⁸⁹])")


def roles_of(document: Document, blocks: Sequence[Offsets]) -> list[Role]:
    """The role of each block of a document, in order.

    >>> text = "Kyiv holds\\n\\nLeft: a burnt tank.\\n\\nThe column stopped north of the city on Friday."
    >>> roles_of(Document(id="a", sha256="", text=text), [(0, 10), (12, 31), (33, 80)])
    ['title', 'caption', 'body']
    """
    text = document.text
    notes = _footnotes(text, blocks)
    marks = _marks(document)
    roles: list[Role] = []
    for number, (start, end) in enumerate(blocks):
        marked = _marked(marks, start, end)
        if marked:
            role = marked
        elif number in notes:
            role = "footnote"
        elif (
            number < _DATELINE_BLOCKS and len(blocks) > 1 and is_dateline(text[start:end], document.language)
        ):
            role = "dateline"
        else:
            role = _by_words(text, start, end)
        roles.append(role)
    for number in range(1, min(_DATELINE_BLOCKS, len(roles) - 1)):  # "Kyiv Region Day" over "14 April 2022"
        start, end = blocks[number]
        near = blocks[number + 1][0] - end <= 2
        if (
            roles[number] == "body"
            and roles[number + 1] == "dateline"
            and near
            and is_name_line(text[start:end])
        ):
            roles[number] = "dateline"
    for number, (start, _) in enumerate(blocks[:-1]):
        if (
            roles[number] == "body"
            and _left_open(text, blocks[number])
            and text[blocks[number + 1][0]] == text[start]
        ):
            roles[number] = "quote"
    for number in range(len(roles) - 1, -1, -1):  # from the foot up: a heading may stand over another
        if roles[number] == "body" and _is_heading(text, blocks, roles, number, document):
            roles[number] = "heading"
    if len(blocks) > 1 and roles[0] == "quote" and _is_quoted_title(text[slice(*blocks[0])]):
        roles[0] = "title"
    first = next((at for at, role in enumerate(roles) if role not in ("dateline", "caption")), None)
    if first is not None and roles[first] == "heading" and "title" not in roles:
        roles[first] = "title"
    return roles


def _marks(document: Document) -> list[tuple[int, int, Role]]:
    """The spans whose role the page's own markup gives, sorted."""
    titles: list[tuple[int, int, Role]] = [(low, high, "heading") for low, high in document.headings]
    if titles and not document.text[: titles[0][0]].strip():
        titles[0] = (*titles[0][:2], "title")
    return sorted([*titles, *document.marked])


def _marked(marks: Sequence[tuple[int, int, Role]], start: int, end: int) -> Role | None:
    """The role of the last marked span that begins at or before a block, when it holds the block."""
    at = bisect_right(marks, start, key=lambda mark: mark[0]) - 1
    return marks[at][2] if at >= 0 and end <= marks[at][1] else None


def _by_words(text: str, start: int, end: int) -> Role:
    block = text[start:end] if end - start <= _CAPTION_LENGTH else text[start : start + _CAPTION_LENGTH]
    if end - start <= _CAPTION_LENGTH and is_caption(block):
        credit = _credit_pattern().match(block)
        return "body" if credit and end - start > _CREDIT_LENGTH else "caption"
    if LIST_MARK.match(block):
        return "quote" if block.startswith(">") else "list"
    if (
        _QUOTE.match(block)
        and _QUOTE_END.search(text[max(start, end - 12) : end])
        and _one_quotation(text, start, end)
    ):
        return "quote"
    return "body"


def _is_quoted_title(block: str) -> bool:
    """Whether a short first line in quotation marks is a title, for it is no sentence: "We dug with a spoon".

    >>> _is_quoted_title('"We dug with a spoon"'), _is_quoted_title('"We dug with a spoon."')
    (True, False)
    """
    return len(block) <= _HEADING_LENGTH and "\n" not in block and not re.search(r"[.!?…][\"”»“]*$", block)


def _one_quotation(text: str, start: int, end: int) -> bool:
    """Whether the marks at either end belong together: ``"A," he said. "B."`` is no quotation."""
    closed = _QUOTE_END.search(text, max(start, end - 12), end)
    inner = text[start + 1 : closed.start() if closed else end]
    opening, closing = text[start], text[start + 1 + len(inner)]
    if opening == '"':
        return inner.count('"') % 2 == 0 and not re.search(r"[,.!?…]\"\s+\w", inner)
    return inner.count(closing) <= inner.count(opening)


def _left_open(text: str, block: Offsets) -> bool:
    """Whether a block begins in a quotation mark that it does not close: the next paragraph goes on."""
    start, end = block
    closing = {'"': '"', "“": "”", "«": "»", "„": "“"}.get(text[start])
    if closing is None:
        return False
    if closing == '"':
        return text.count('"', start, end) % 2 == 1
    return text.count(text[start], start, end) > text.count(closing, start, end)


@cache
def _caption_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    def alternatives(words: frozenset[str]) -> str:
        return "|".join(
            re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=lambda w: (-len(w), w))
        )

    words = page()
    side, thing = alternatives(words.caption_sides), alternatives(words.caption_things)
    label = alternatives(words.caption_labels)
    turn = rf"(?:(?:{side})(?:\s+(?:{thing}))?|(?:{thing})(?:\s+(?:{side}|\d+))?|(?:{label}))\s?:"
    opening = rf"\(?(?:{turn}|(?:{alternatives(words.caption_openings)})\b)"
    credit = rf"\((?:[^()]{{0,60}}[\s/])?(?:{alternatives(words.caption_credits)})\b[^()]{{0,60}}\)\.?$"
    flags = re.IGNORECASE
    return re.compile(opening, flags), re.compile(rf"(?<!\w){turn}(?=\s)", flags), re.compile(credit, flags)


@cache
def _credit_pattern() -> re.Pattern[str]:
    labels = "|".join(re.escape(label) for label in sorted(page().caption_labels, key=len, reverse=True))
    return re.compile(rf"(?:{labels})\s?:", re.IGNORECASE)


def is_caption(block: str) -> bool:
    """Whether a paragraph opens like a caption, or closes with a picture credit.

    >>> is_caption("Image Top Left: a bridge"), is_caption("He left: nobody stayed")
    (True, False)
    """
    opening, _, credit = _caption_patterns()
    return bool(opening.match(block) or credit.search(block[-130:]))


def caption_turn() -> re.Pattern[str]:
    """Pattern of what opens each part of a caption: ``Left:``, ``Image Top Center:``, ``Source:``."""
    return _caption_patterns()[1]


def _footnotes(text: str, blocks: Sequence[Offsets]) -> frozenset[int]:
    """Numbers of the blocks that are notes: numbered ones at the foot, pointed at or headed as notes."""
    found: list[int] = []
    others = 0
    headed = False
    for number in range(len(blocks) - 1, 0, -1):
        start, end = blocks[number]
        if _NUMBERED.match(text, start, end):
            found.append(number)
            others = 0
            continue
        headed = text[start:end].strip(" :").casefold() in page().notes if end - start < 40 else False
        others += 1
        if found or others > 3 or end - start > 300:
            break
    if not found:
        return frozenset()
    foot = blocks[found[-1]][0]
    pointers = {match.group(1) or match.group(2) for match in _POINTER.finditer(text, 0, foot)}
    numbers = set()
    for number in found:
        match = _NUMBERED.match(text, *blocks[number])
        assert match is not None
        numbers.add(match.group(1) or match.group(2))
    bracketed = text[foot] in "[¹²³⁴⁵⁶⁷⁸⁹"
    return frozenset(found) if headed or bracketed or numbers & pointers else frozenset()


def _is_heading(
    text: str, blocks: Sequence[Offsets], roles: Sequence[Role], number: int, document: Document
) -> bool:
    """A short line without a full stop that longer text follows."""
    start, end = blocks[number]
    block = text[start:end]
    first = number == 0
    if first and document.title and block.split() == document.title.split() and len(blocks) > 1:
        return True
    if end - start > (_TITLE_LENGTH if first else _HEADING_LENGTH) or ("\n" in block and not first):
        return False
    if not first and len(block.split()) > _HEADING_WORDS:
        return False
    letter = next((char for char in block if char.isalnum()), "")
    if not letter or letter.islower() or block[0] in "(—–―-" or block.endswith((".", "…", ",", ";", "_")):
        return False
    ended = block.rstrip("\"'”’»)")
    if (
        ended != block
        and ended.endswith((".", "…", "!", "?"))
        and not (first and _in_title_case(block, document))
    ):
        return False
    if block.endswith(":") and not _in_title_case(block, document):
        return False
    following = number + 1
    while following < len(blocks) and roles[following] in ("heading", "caption", "dateline"):
        following += 1
    if following == len(blocks) or following - number > _HEADING_REACH:
        return False
    if first:
        return any(_is_prose(text, block) for block in blocks[following : following + 4])
    if roles[following] in ("list", "footnote"):
        return len(block.split()) <= 6
    size = blocks[following][1] - blocks[following][0]
    return size > max(40, 1.2 * (end - start)) and _is_prose(text, blocks[following])


def _in_title_case(block: str, document: Document) -> bool:
    """Whether all but the small words of a line begin with a capital or a figure."""
    known = language(document.language)
    every = re.findall(r"\w[\w'’-]*", block)
    words = [word for word in every if word.casefold() not in known.stop_words]
    if not words or known.speech.intersection(map(str.casefold, every)):
        return False
    return sum(not word[0].islower() for word in words) * 10 >= 8 * len(words)


def _is_prose(text: str, block: Offsets) -> bool:
    """Whether a block holds the end of a sentence, or is long."""
    if block[1] - block[0] > 200:
        return True
    return bool(re.search(r"[.!?…][\"'”’»)]*(?:\s|$)", text[block[0] : block[1]]))
