"""Markdown into plain blocks by markdown-it-py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from svidok.archive.pages import Block, Page, lay_out, read_front_matter
from svidok.records import Role

if TYPE_CHECKING:
    from markdown_it.token import Token

__all__ = ["read_markdown"]

_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)


def read_markdown(text: str) -> Page:
    """Take the words out of Markdown: headings, list items and quotations are marked.

    Args:
        text: the decoded file, with or without front matter.

    >>> words = "# Irpin\\n\\nThe **bridge** is [down](x).\\n\\n- one\\n- two"
    >>> page = read_markdown("---\\ndate: 2022-03-04\\n---\\n" + words)
    >>> page.head.published, page.layout.text
    ('2022-03-04', 'Irpin\\n\\nThe bridge is down.\\n\\n- one\\n- two')
    """
    from markdown_it import MarkdownIt

    head, start = read_front_matter(text)
    tokens = MarkdownIt("commonmark", {"maxNesting": 100}).enable("table").parse(text[start:])
    return Page(head, lay_out(_blocks(tokens), title=head.title))


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    quoted = 0
    marks: list[str] = []
    heading = False
    item: str | None = None
    row: list[str] | None = None
    for token in tokens:
        kind = token.type
        if kind in ("blockquote_open", "blockquote_close"):
            quoted += token.nesting
        elif kind in ("bullet_list_open", "ordered_list_open"):
            marks.append("-" if kind.startswith("bullet") else ".")
        elif kind in ("bullet_list_close", "ordered_list_close"):
            marks.pop()
        elif kind == "list_item_open":
            item = "- " if marks[-1] == "-" else f"{token.info}{token.markup} "
        elif kind in ("heading_open", "heading_close"):
            heading = token.nesting > 0
        elif kind == "tr_open":
            row = []
        elif kind == "tr_close":
            yield Block("; ".join(cell for cell in row or [] if cell), "list")
            row = None
        elif kind == "inline":
            words = _inline(token.children or [])
            if row is not None:
                row.append(" ".join(words.split()))
                continue
            role: Role | None = "heading" if heading else "list" if marks else "quote" if quoted else None
            if role is None and all(child.type == "image" for child in token.children or []):
                role = "caption"
            yield Block(f"{item or ''}{words}", role)
            item = None
        elif kind in ("fence", "code_block"):
            yield Block(token.content)
        elif kind == "html_block":
            yield Block(_TAG.sub(" ", token.content))


def _inline(children: Sequence[Token]) -> str:
    pieces = []
    for child in children:
        if child.type in ("text", "code_inline"):
            pieces.append(child.content)
        elif child.type == "softbreak":
            pieces.append(" ")
        elif child.type == "hardbreak":
            pieces.append("\n")
        elif child.type == "image":
            pieces.append(_inline(child.children or []))
        elif child.type == "html_inline" and child.content.casefold().startswith("<br"):
            pieces.append("\n")
    return "".join(pieces)
