"""The JSON that Telegram's desktop client exports: each message that has words is a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from svidok.archive.making import make_post
from svidok.archive.pages import Head
from svidok.archive.received import Item, Received
from svidok.errors import BadLine, UnreadableInput

__all__ = ["is_export", "read_export"]


def is_export(found: Any) -> bool:
    """Whether parsed JSON is an export: one chat with its messages, or a list of chats.

    >>> is_export({"name": "A", "type": "public_channel", "id": 1, "messages": []}), is_export({"id": "a"})
    (True, False)
    """
    if not isinstance(found, Mapping):
        return False
    chats = found.get("chats")
    if isinstance(chats, Mapping):
        return isinstance(chats.get("list"), list)
    return isinstance(found.get("messages"), list) and {"type", "id"} <= set(found)


def read_export(found: Mapping[str, Any], received: Received) -> Iterator[Item]:
    """Read every message with words; service messages and bare media are passed over.

    The day of a message is taken from its ``date_unixtime`` in UTC, since ``date`` is the clock of whoever
    made the export. A forwarded message is the words of whom it came from: it is named as author.

    Yields:
        Documents, and a message for each entry that is no message.

    Raises:
        UnreadableInput: when not one message holds words.
    """
    chats = found["chats"]["list"] if isinstance(found.get("chats"), Mapping) else [found]
    read = 0
    for chat in chats:
        if not isinstance(chat, Mapping) or not isinstance(chat.get("messages"), list):
            yield BadLine("a chat holds no list of messages", where=received.where, remedy="export it again")
            continue
        for number, message in enumerate(chat["messages"], 1):
            if not isinstance(message, Mapping):
                yield BadLine(
                    "the message is no JSON object",
                    where=f"{received.where}#{number}",
                    remedy="export the chat again",
                )
                continue
            text = _text(message)
            if message.get("type", "message") == "message" and text.strip():
                read += 1
                yield _post(message, text, chat, number, received)
    if not read:
        raise UnreadableInput(
            "no message of the export holds words", where=received.where, remedy="export the chat with text"
        )


def _post(
    message: Mapping[str, Any], text: str, chat: Mapping[str, Any], number: int, received: Received
) -> Item:
    published, told = _day(message)
    forwarded = _word(message.get("forwarded_from"))
    notes = []
    if forwarded or "forwarded_from" in message:
        notes.append(f"forwarded from {forwarded or 'a deleted account'}")
    edited = _word(message.get("edited")) or _instant(message.get("edited_unixtime"))
    if edited:
        notes.append(f"edited {edited}")
    if message.get("reply_to_message_id") is not None:
        notes.append(f"in reply to message {message['reply_to_message_id']}")
    head = Head(
        author=forwarded or _word(message.get("author")) or _word(message.get("from")),
        source=_word(chat.get("name")) or _word(message.get("from")),
        source_kind="telegram",
        published=published,
        published_from=told,
    )
    member = f"message-{message.get('id', number)}"
    if isinstance(chat.get("id"), int | str) and chat.get("id") != "":
        member = f"{chat['id']}/{member}"
    record = json.dumps(message, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return make_post(
        received,
        head,
        text,
        reader="telegram",
        media_type="application/json",
        record=record,
        member=member,
        encoding="utf-8",
        notes=tuple(notes),
    )


def _text(message: Mapping[str, Any]) -> str:
    """The words: a string, or an array of strings and of marked pieces (bold, links, mentions)."""
    text = message.get("text")
    if isinstance(text, str) and text:
        return _sound(text)
    pieces = text if isinstance(text, list) and text else message.get("text_entities")
    if not isinstance(pieces, list):
        return ""
    words = (p if isinstance(p, str) else p.get("text") if isinstance(p, Mapping) else None for p in pieces)
    return _sound("".join(word for word in words if isinstance(word, str)))


def _sound(text: str) -> str:
    """A text without half surrogate pairs, which no file could hold."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _day(message: Mapping[str, Any]) -> tuple[str | None, str | None]:
    instant = _instant(message.get("date_unixtime"))
    if instant:
        return instant, "telegram date, UTC"
    day = _word(message.get("date"))
    return day, "telegram date, clock of the export" if day else None


def _instant(value: Any) -> str | None:
    """Seconds since 1970 as an ISO time in UTC."""
    try:
        return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _word(value: Any) -> str | None:
    return " ".join(_sound(value).split()) or None if isinstance(value, str) else None
