"""A piece of HTML (a feed's entry, a mail's body) into blocks: all its words, its block marks kept."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

from svidok.archive.pages import Block
from svidok.records import Role

__all__ = ["blocks_of_fragment"]

_ROLES: dict[str, Role | None] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "tr"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("p", "div", "article", "section", "ul", "ol", "table", "pre", "body", "html")),
    "blockquote": "quote",
}
_SAME_ENDS = frozenset(("p", "li", "tr"))
_UNREAD = frozenset(("script", "style", "noscript", "template", "head", "title"))
_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"<[^<>]*>")
_LONGEST = 2_000_000


def blocks_of_fragment(html: str) -> list[Block]:
    """Take the words out of a piece of HTML, in order.

    Args:
        html: markup however broken or deep, or plain words. Of markup beyond two million characters only
            the words are taken.

    >>> [block.text for block in blocks_of_fragment("<p>It <b>fell</b>.</p><ul><li>one<li>two</ul>")]
    ['It fell.', '- one', '- two']
    """
    if len(html) > _LONGEST:
        return [Block(unescape(piece)) for piece in _TAG.split(html) if piece.strip()]
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Reader(HTMLParser):
    """Reads from tag to tag: no tree is built, so that no depth is too deep."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.words: list[str] = []
        self.open: list[str] = []
        self.opened: Counter[str] = Counter()
        self.unread = 0
        self.cells = 0

    def end_block(self) -> None:
        """Set what was read since the last block as one."""
        lines = "".join(self.words).split("\x00")
        text = "\n".join(_SPACES.sub(" ", line).strip() for line in lines).strip()
        self.words.clear()
        self.cells = 0
        role = next((_ROLES[tag] for tag in reversed(self.open[-50:]) if _ROLES[tag]), None)
        if text:
            self.blocks.append(Block(f"- {text}" if role == "list" else text, role))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in _ROLES:
            self.end_block()
            if tag in _SAME_ENDS and self.open[-1:] == [tag]:
                self._pop(tag)
            self.open.append(tag)
            self.opened[tag] += 1
        elif tag in ("br", "hr"):
            self.words.append("\x00")
        elif tag in ("td", "th"):
            self.words.append("; " if self.cells else "")
            self.cells += 1
        self.unread += tag in _UNREAD

    def handle_endtag(self, tag: str) -> None:
        if tag in _ROLES and self.opened[tag]:
            self.end_block()
            self._pop(tag)
        elif tag in _UNREAD:
            self.unread = max(self.unread - 1, 0)

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.words.append(data.replace("\x00", " "))

    def _pop(self, tag: str) -> None:
        while self.opened[tag]:
            last = self.open.pop()
            self.opened[last] -= 1
            if last == tag:
                return
