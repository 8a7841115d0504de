"""OpenDocument texts (ODT): headings, paragraphs, lists, tables, notes; not struck-out words or comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from svidok.archive.formats.packed import member_bytes, opened
from svidok.archive.making import make_document
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received
from svidok.errors import UnreadableInput
from svidok.records import Role

__all__ = ["read_odt"]

_NS = "urn:oasis:names:tc:opendocument:xmlns"
_TEXT, _OFFICE, _TABLE = f"{{{_NS}:text:1.0}}", f"{{{_NS}:office:1.0}}", f"{{{_NS}:table:1.0}}"
_META = f"{{{_NS}:meta:1.0}}"
_LEFT_OUT = frozenset((f"{_TEXT}tracked-changes", f"{_OFFICE}annotation", f"{_TEXT}table-of-content"))
_DEEPEST = 200


def read_odt(received: Received, desk: Desk) -> Iterator[Item]:
    """Read an OpenDocument text.

    Raises:
        UnreadableInput: it is broken, encrypted, declares entities, or holds no words.
    """
    content = _part(received, desk, "content.xml")
    body = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise UnreadableInput(
            "the document has no text body", where=received.where, remedy="open it and save it again"
        )
    notes: list[Block] = []
    blocks = [*_blocks(body, notes, None, 0), *notes]
    yield make_document(
        received,
        Page(Head(author=_author(received, desk)), lay_out(blocks)),
        media_type="application/vnd.oasis.opendocument.text",
        reader="odt",
        libraries=("defusedxml",),
    )


def _part(received: Received, desk: Desk, name: str) -> Any:
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    with opened(received, desk) as archive:
        try:
            info = archive.getinfo(name)
        except KeyError as error:
            raise UnreadableInput(
                f"the document lacks its {name}", where=received.where, remedy="open it and save it again"
            ) from error
        data = member_bytes(archive, info, received, desk)
    try:
        return fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        raise UnreadableInput(
            "the document declares entities, which could grow without end or reach other files",
            where=f"{received.where}!/{name}",
            remedy="open it and save it again, if you trust it",
        ) from error
    except (ParseError, ValueError, RecursionError) as error:
        raise UnreadableInput(
            f"the document is broken or encrypted: {str(error)[:80]}",
            where=f"{received.where}!/{name}",
            remedy="open it and save it again without a password",
        ) from error


def _author(received: Received, desk: Desk) -> str | None:
    try:
        meta = _part(received, desk, "meta.xml")
    except UnreadableInput:
        return None
    return next((e.text for e in meta.iter(f"{_META}initial-creator") if e.text), None)


def _blocks(parent: Any, notes: list[Block], role: Role | None, depth: int) -> Iterator[Block]:
    if depth > _DEEPEST:
        return
    for element in parent:
        tag = element.tag
        if tag in _LEFT_OUT:
            continue
        if tag == f"{_TEXT}h":
            yield Block(_words(element, notes).strip(), "heading")
        elif tag == f"{_TEXT}p":
            style = str(element.get(f"{_TEXT}style-name", "")).casefold()
            own: Role | None = role or (
                "heading"
                if style in ("title", "subtitle")
                else "quote"
                if style.startswith("quotations")
                else "caption"
                if style in ("caption", "illustration", "figure")
                else None
            )
            text = _words(element, notes).strip()
            yield Block(f"- {text}" if own == "list" and text else text, own)
        elif tag == f"{_TABLE}table-row":
            cells = [
                " ".join(" ".join(_words(p, notes) for p in cell.iter(f"{_TEXT}p")).split())
                for cell in element
            ]
            yield Block("; ".join(cell for cell in cells if cell), "list")
        else:
            inner: Role | None = "list" if tag == f"{_TEXT}list" else role
            yield from _blocks(element, notes, inner, depth + 1)


def _words(element: Any, notes: list[Block]) -> str:
    pieces = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag == f"{_TEXT}s":
            count = str(child.get(f"{_TEXT}c", "1"))
            pieces.append(" " * min(int(count) if count.isdecimal() else 1, 100))
        elif tag == f"{_TEXT}tab":
            pieces.append("\t")
        elif tag == f"{_TEXT}line-break":
            pieces.append("\n")
        elif tag == f"{_TEXT}note":
            body = child.find(f"{_TEXT}note-body")
            words = " ".join(_words(p, notes).strip() for p in (body if body is not None else ()))
            if words:
                notes.append(Block(words, "footnote"))
        elif tag not in _LEFT_OUT:
            pieces.append(_words(child, notes))
        pieces.append(child.tail or "")
    return "".join(pieces)
