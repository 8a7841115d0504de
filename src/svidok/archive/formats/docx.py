"""Word documents (DOCX): every paragraph with its style, tables, notes; what was struck out is left out."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from svidok.archive.formats.packed import BROKEN, opened, refused
from svidok.archive.making import make_document
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received
from svidok.errors import UnreadableInput
from svidok.records import Role

__all__ = ["read_docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LEFT_OUT = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}delText", _FALLBACK))
_SPACE = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STYLES: tuple[tuple[str, Role], ...] = (
    ("title", "heading"),
    ("subtitle", "heading"),
    ("heading", "heading"),
    ("caption", "caption"),
    ("quote", "quote"),
    ("intense quote", "quote"),
    ("list", "list"),
)


def read_docx(received: Received, desk: Desk) -> Iterator[Item]:
    """Read a Word document.

    The dates in its properties are of the file, not of publication, and are not read; its author is.

    Raises:
        UnreadableInput: it is broken, grows beyond measure, or holds no words.
    """
    data = received.read(desk.limits.office)
    with opened(received, desk) as archive:
        for info in archive.infolist():
            why = refused(info, info.filename, desk)
            if why:
                raise UnreadableInput(
                    f"a part of the document must not be read: {why}",
                    where=f"{received.where}!/{info.filename}",
                    remedy="open it and save it again",
                )
        desk.budget.spend(sum(info.file_size for info in archive.infolist()), where=received.where)
    from docx import Document as open_docx
    from docx.opc.exceptions import OpcError
    from lxml import etree

    try:
        document = open_docx(io.BytesIO(data))
        blocks = [*_blocks(document.element.body, _style_names(document)), *_notes(document)]
        author = document.core_properties.author or None
    except (etree.LxmlError, OpcError, KeyError, AttributeError, RecursionError, *BROKEN) as error:
        raise UnreadableInput(
            f"the Word document is broken: {str(error)[:80]}",
            where=received.where,
            remedy="open it and save it again",
        ) from error
    known = author if author and author.casefold() not in ("python-docx", "user", "admin") else None
    yield make_document(
        received,
        Page(Head(author=known), lay_out(blocks)),
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        reader="docx",
        libraries=("python-docx",),
    )


def _style_names(document: Any) -> dict[str, str]:
    return {style.style_id: (style.name or "").casefold() for style in document.styles}


def _blocks(body: Any, styles: dict[str, str]) -> Iterator[Block]:
    """Paragraphs and table rows in order, at whatever depth (content controls, text boxes, insertions)."""
    for element in body:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, styles)
        elif element.tag == f"{_W}tbl":
            for row in element.iter(f"{_W}tr"):
                cells = [
                    " ".join(" ".join(_words(p) for p in cell.iter(f"{_W}p")).split())
                    for cell in row.iter(f"{_W}tc")
                ]
                yield Block("; ".join(cell for cell in cells if cell), "list")
        elif element.tag not in _LEFT_OUT and len(element):
            yield from _blocks(element, styles)


def _paragraph(paragraph: Any, styles: dict[str, str]) -> Iterator[Block]:
    own = paragraph.find(f"{_W}pPr/{_W}pStyle")
    name = styles.get(own.get(f"{_W}val"), "") if own is not None else ""
    role = next((role for start, role in _STYLES if name.startswith(start)), None)
    if role is None and paragraph.find(f"{_W}pPr/{_W}numPr") is not None:
        role = "list"
    text = _words(paragraph).strip()
    yield Block(f"- {text}" if role == "list" and text else text, role)
    for box in paragraph.iter(f"{_W}txbxContent"):
        if not any(parent.tag in _LEFT_OUT for parent in box.iterancestors()):
            yield from _blocks(box, styles)


def _words(element: Any) -> str:
    """The words of a paragraph, text boxes in it left for themselves."""
    pieces: list[str] = []
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == f"{_W}txbxContent":
            continue
        if child.tag == f"{_W}t":
            pieces.append(child.text or "")
        elif child.tag in _SPACE:
            pieces.append(_SPACE[child.tag])
        else:
            pieces.append(_words(child))
    return "".join(pieces)


def _notes(document: Any) -> Iterator[Block]:
    """Footnotes and endnotes, after the body."""
    from docx.oxml import parse_xml

    for relation in sorted(document.part.rels.values(), key=lambda relation: relation.reltype):
        kind = relation.reltype.rpartition("/")[2]
        if relation.is_external or kind not in ("footnotes", "endnotes"):
            continue
        root = parse_xml(relation.target_part.blob)
        for note in root:
            if note.get(f"{_W}type") in ("separator", "continuationSeparator", "continuationNotice"):
                continue
            words = " ".join(_words(p).strip() for p in note.iter(f"{_W}p")).strip()
            if words:
                yield Block(words, "footnote")
