"""HTML pages: the main text by trafilatura, the metadata by what the page states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from svidok.archive.dates import find_dates, read_date
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.vocabulary import data_file
from svidok.errors import NoMainText

__all__ = ["looks_like_html", "read_html"]

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|p|meta|title|section)\b",
    re.IGNORECASE | re.DOTALL,
)
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_DROPPED = ("noscript", "template", "script", "style")
_SPACES = re.compile(r"\s+")
_FEWEST_WORDS = 5


def looks_like_html(text: str) -> bool:
    """Whether a text begins like a page.

    >>> looks_like_html("<!DOCTYPE html><html></html>"), looks_like_html("A < B")
    (True, False)
    """
    return bool(_OPENING.match(text[:4000]))


def read_html(text: str, *, where: str) -> Page:
    """Take the article out of a page.

    Args:
        text: the decoded page.
        where: its name, for messages.

    Returns:
        The page; captions, headings, quotations and list items are marked in its layout.

    Raises:
        NoMainText: when the page holds no article (a menu, a shell that a script would fill).
    """
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(text)
    if tree is None:
        raise _nothing(where)
    published, published_from = _published(tree, text)
    language = (tree.get("lang") or "").split("-")[0].split("_")[0].casefold() or None
    captions = _keep_captions(tree)
    found: Any = bare_extraction(
        tree,
        with_metadata=True,
        include_comments=False,
        include_tables=True,
        include_formatting=False,
        date_extraction_params={"extensive_search": False, "original_date": True},
    )
    if found is None or found.body is None:
        raise _nothing(where)
    blocks = [
        Block(block.text, "caption") if " ".join(block.text.split()) in captions else block
        for block in _blocks(found.body)
    ]
    if not any(len(block.text.split()) >= _FEWEST_WORDS and block.role != "heading" for block in blocks):
        raise _nothing(where)
    if published is None and _is_stated(found.date, text):
        published, published_from = found.date, "page"
    head = Head(
        title=found.title or None,
        author=found.author or None,
        source=found.sitename or found.hostname or None,
        url=found.url or None,
        published=published,
        published_from=published_from,
        language=language,
    )
    return Page(head, lay_out(blocks, title=head.title))


def _nothing(where: str) -> NoMainText:
    return NoMainText(
        "no main text was found in the page",
        where=where,
        remedy="save the page as a reader sees it, or give its text as a .txt file",
    )


def _published(tree: Any, text: str) -> tuple[str | None, str | None]:
    """The publication time that the page's metadata states, as it stands there."""
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if element.get("content"):
            stated.setdefault(name.casefold(), element.get("content"))
    for name in data_file("files")["published_meta"]:
        if read_date(stated.get(name)):
            return stated[name], f"meta {name}"
    linked = _LINKED_DATA.search(text)
    if linked and read_date(linked.group(1)):
        return linked.group(1), "linked data"
    times = {element.get("datetime") for element in tree.iter("time") if read_date(element.get("datetime"))}
    if len(times) == 1:
        return times.pop(), "time element"
    return None, None


def _is_stated(day: str | None, text: str) -> bool:
    """Whether a date that was searched out stands in the page in so many words, with one reading."""
    return bool(day) and any(dated.readings == (day,) for dated in find_dates(text[:200_000]))


def _keep_captions(tree: Any) -> frozenset[str]:
    """Move figure captions, which an extractor would drop, to paragraphs of their own."""
    for element in list(tree.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree() if hasattr(element, "drop_tree") else element.getparent().remove(element)
    captions = set()
    for caption in list(tree.iter("figcaption")):
        words = " ".join("".join(caption.itertext()).split())
        figure = caption.getparent()
        while figure is not None and figure.tag != "figure":
            figure = figure.getparent()
        if not words or figure is None or figure.getparent() is None:
            continue
        paragraph = caption.makeelement("p")
        paragraph.text = words
        paragraph.tail, figure.tail = figure.tail, None
        figure.addnext(paragraph)
        captions.add(words)
    return frozenset(captions)


def _words(element: Any) -> str:
    """The text of an element, line breaks kept, lists inside it left out: they are blocks of their own."""
    pieces = [_SPACES.sub(" ", element.text or "")]
    for child in element:
        if child.tag == "lb":
            pieces.append("\n")
        elif child.tag == "list":
            pieces.append(" ")
        else:
            pieces.append(_words(child))
        pieces.append(_SPACES.sub(" ", child.tail or ""))
    return "".join(pieces)


def _blocks(body: Any) -> Iterator[Block]:
    """The extractor's elements as blocks, in order."""
    if body.text and body.text.strip():
        yield Block(body.text)
    for element in body:
        if element.tag == "head":
            yield Block(_words(element), "heading")
        elif element.tag == "list":
            yield from (
                Block(f"- {_words(item)}", "list") for item in element.iter("item") if _words(item).strip()
            )
        elif element.tag == "quote":
            parts = [child for child in element if child.tag == "p"] or [element]
            yield from (Block(_words(part), "quote") for part in parts)
        elif element.tag == "table":
            for row in element.iter("row"):
                cells = [" ".join(_words(cell).split()) for cell in row.iter("cell")]
                yield Block("; ".join(cell for cell in cells if cell), "list")
        else:
            yield Block(_words(element))
        if element.tail and element.tail.strip():
            yield Block(element.tail)
