"""Mail (EML, mbox): the message is a document, and so is each attachment that can be read."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

from svidok.archive.formats.fragment import blocks_of_fragment
from svidok.archive.making import make_document
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received, shown
from svidok.errors import UnreadableInput

__all__ = ["read_eml", "read_mbox"]

_BLANK = re.compile(r"\n[ \t]*\n")
_BEGIN = re.compile(rb"^From [^\n]*\d{4}\r?$", re.MULTILINE)
_MOST_PARTS = 500


def read_eml(received: Received, desk: Desk) -> Iterator[Item]:
    """Read one message: its plain words, or its HTML where it has no others; then its attachments.

    The day is that of its ``Date`` header, on the sender's own clock; the source is who it is from.

    Raises:
        UnreadableInput: it is broken, or has parts beyond measure.
    """
    data = received.read(desk.limits.office)
    if data.count(b"boundary=") > _MOST_PARTS:
        raise _too_many(received)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        parts = _parts(message, received)
        page = _page(message)
    except (
        MessageError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
    ) as error:
        if isinstance(error, UnreadableInput):
            raise
        raise UnreadableInput(
            f"the message is broken: {str(error)[:80]}", where=received.where, remedy="export it again"
        ) from error
    if page.layout.text.strip():
        yield make_document(received, page, media_type="message/rfc822", reader="mail", notes=_notes(message))
    elif not parts:
        raise UnreadableInput("the message holds no words", where=received.where, remedy="leave it out")
    for number, part in enumerate(parts, 1):
        yield from _attachment(part, number, received, desk)


def read_mbox(received: Received, desk: Desk) -> Iterator[Item]:
    """Read a file of messages, one after another."""
    data = received.read(desk.limits.listing)
    begins = [match.start() for match in _BEGIN.finditer(data)]
    for number, (start, end) in enumerate(zip(begins, [*begins[1:], len(data)], strict=True), 1):
        message = data[start:end].partition(b"\n")[2]
        yield from desk.read(received.part(f"message-{number}.eml", message), desk)


def _parts(message: EmailMessage, received: Received) -> list[EmailMessage]:
    """The attachments; a message with hundreds of parts is made to harm."""
    for number, _ in enumerate(message.walk(), 1):
        if number > _MOST_PARTS:
            raise _too_many(received)
    return [part for part in message.iter_attachments() if isinstance(part, EmailMessage)]


def _too_many(received: Received) -> UnreadableInput:
    return UnreadableInput(
        f"the message has more than {_MOST_PARTS} parts", where=received.where, remedy="leave it out"
    )


def _page(message: EmailMessage) -> Page:
    body: Any = message.get_body(("plain", "html"))
    subject = _header(message, "subject")
    head = Head(
        title=subject,
        author=_header(message, "from"),
        source=_header(message, "from"),
        source_kind="mail",
        published=_day(message),
        published_from="mail header" if _day(message) else None,
    )
    words = body.get_content() if body is not None else ""
    if not isinstance(words, str):
        words = ""
    if body is not None and body.get_content_subtype() == "html":
        blocks = blocks_of_fragment(words)
    else:
        plain = words.replace("\r\n", "\n").replace("\r", "\n")
        blocks = [_paragraph(block) for block in _BLANK.split(plain)]
    return Page(head, lay_out(blocks, title=subject if any(block.text.strip() for block in blocks) else None))


def _paragraph(text: str) -> Block:
    """A paragraph; one of quoted lines ("> ") is a quotation, its marks left out."""
    lines = [line for line in text.split("\n") if line.strip()]
    if lines and all(line.startswith(">") for line in lines):
        return Block("\n".join(line.lstrip("> ") for line in lines), "quote")
    return Block(text)


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return shown(" ".join(str(value).split())) or None if value is not None else None


def _day(message: EmailMessage) -> str | None:
    try:
        return parsedate_to_datetime(str(message.get("date", ""))).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _notes(message: EmailMessage) -> tuple[str, ...]:
    identity = _header(message, "message-id")
    return (f"Message-ID {identity}",) if identity else ()


def _attachment(part: EmailMessage, number: int, received: Received, desk: Desk) -> Iterator[Item]:
    name = part.get_filename() or f"part-{number}"
    try:
        content = part.get_content()
    except (LookupError, ValueError, TypeError, AttributeError, MessageError, RecursionError) as error:
        yield UnreadableInput(
            f"the attachment is broken: {str(error)[:80]}",
            where=f"{received.where}!/{shown(name)}",
            remedy="ask for it again",
        )
        return
    if isinstance(content, EmailMessage):
        data, name = content.as_bytes(), part.get_filename() or f"message-{number}.eml"
    else:
        data = content.encode("utf-8", "replace") if isinstance(content, str) else bytes(content)
    desk.budget.spend(len(data), where=received.where)
    yield from desk.read(received.part(name, data, media_type=part.get_content_type()), desk)
