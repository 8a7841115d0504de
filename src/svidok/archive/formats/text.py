"""Plain text, HTML and Markdown: one file, one document."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.archive.encodings import Decoded, decode
from svidok.archive.html import read_html
from svidok.archive.making import make_document
from svidok.archive.markdown import read_markdown
from svidok.archive.pages import Layout, Page, read_front_matter
from svidok.archive.received import Desk, Item, Received

__all__ = ["encoding_note", "read_html_file", "read_markdown_file", "read_plain", "read_text_file"]


def read_text_file(received: Received, desk: Desk) -> Iterator[Item]:
    """Plain text, the words as they stand."""
    decoded = _decoded(received, desk)
    yield make_document(
        received,
        read_plain(decoded.text),
        media_type="text/plain",
        reader="text",
        encoding=encoding_note(decoded),
    )


def read_html_file(received: Received, desk: Desk) -> Iterator[Item]:
    """A page, its main text."""
    decoded = _decoded(received, desk)
    yield make_document(
        received,
        read_html(decoded.text, where=received.where),
        media_type="text/html",
        reader="html",
        libraries=("trafilatura",),
        encoding=encoding_note(decoded),
    )


def read_markdown_file(received: Received, desk: Desk) -> Iterator[Item]:
    """Markdown, the words without the marks."""
    decoded = _decoded(received, desk)
    yield make_document(
        received,
        read_markdown(decoded.text),
        media_type="text/markdown",
        reader="markdown",
        libraries=("markdown-it-py",),
        encoding=encoding_note(decoded),
    )


def read_plain(text: str) -> Page:
    """Plain text: the body as it stands, line ends made one kind, front matter taken off.

    >>> read_plain("One.\\r\\nTwo.").layout.text
    'One.\\nTwo.'
    """
    head, start = read_front_matter(text)
    body = text[start:].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    if head.title and head.title.split() != body.strip().split("\n", 1)[0].split():
        title = " ".join(head.title.split())
        return Page(head, Layout(f"{title}\n\n{body}", ((0, len(title)),), ()))
    return Page(head, Layout(body, (), ()))


def encoding_note(decoded: Decoded) -> str:
    """The encoding, and how many stretches of it were broken.

    >>> encoding_note(Decoded("a", "utf-8", 2))
    'utf-8, 2 broken'
    """
    return f"{decoded.encoding}, {decoded.broken} broken" if decoded.broken else decoded.encoding


def _decoded(received: Received, desk: Desk) -> Decoded:
    remedy = "split it into its reports, or give them as JSON Lines, one a line"
    data = received.read(desk.limits.report, remedy=remedy)
    return decode(data, where=received.where, charset=received.charset)
