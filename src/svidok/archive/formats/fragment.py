"""A piece of HTML (a feed's entry, a mail's body) into blocks: all its words, its block marks kept."""

from __future__ import annotations

import re
from typing import Any

from svidok.archive.pages import Block
from svidok.records import Role

__all__ = ["blocks_of_fragment"]

_ROLES: dict[str, Role | None] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("li", "tr"), "list"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
    **dict.fromkeys(("p", "div", "article", "section", "ul", "ol", "table", "pre", "hr", "body", "html")),
}
_UNREAD = frozenset(("script", "style", "noscript", "template", "head", "title"))
_SPACES = re.compile(r"\s+")


def blocks_of_fragment(html: str) -> list[Block]:
    """Take the words out of a piece of HTML, in order.

    Args:
        html: markup, or plain words.

    >>> [block.text for block in blocks_of_fragment("<p>It <b>fell</b>.</p><ul><li>one<li>two</ul>")]
    ['It fell.', '- one', '- two']
    """
    from lxml import etree
    from lxml import html as parser

    try:
        tree: Any = parser.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    blocks: list[Block] = []
    words: list[str] = []
    roles: list[Role | None] = [None]
    quoted = unread = 0

    def close() -> None:
        text = "\n".join(_SPACES.sub(" ", line).strip() for line in "".join(words).split("\x00")).strip()
        words.clear()
        role = roles[-1] or ("quote" if quoted else None)
        if text:
            blocks.append(Block(f"- {text}" if role == "list" else text, role))

    for step, element in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        if step in ("comment", "pi"):
            words.append("" if unread else element.tail or "")
            continue
        tag = element.tag
        if step == "start":
            if tag in _ROLES or tag == "blockquote":
                close()
                roles.append(_ROLES.get(tag) or roles[-1])
                quoted += tag == "blockquote"
            unread += tag in _UNREAD
            words.append("" if unread else "\x00" if tag == "br" else "; " if _follows(tag, element) else "")
            words.append("" if unread else element.text or "")
            continue
        if tag in _ROLES or tag == "blockquote":
            close()
            roles.pop()
            quoted -= tag == "blockquote"
        unread -= tag in _UNREAD
        if element is not tree:
            words.append("" if unread else element.tail or "")
    close()
    return blocks


def _follows(tag: str, element: Any) -> bool:
    """Whether a cell stands after another of its row."""
    return tag in ("td", "th") and element.getprevious() is not None
