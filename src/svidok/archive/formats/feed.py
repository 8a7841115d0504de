"""RSS and Atom files: each entry that has words is a document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from svidok.archive.encodings import decode
from svidok.archive.formats.fragment import blocks_of_fragment
from svidok.archive.formats.text import encoding_note
from svidok.archive.making import make_document
from svidok.archive.pages import Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received
from svidok.errors import InputError, UnreadableInput

__all__ = ["read_feed"]

_ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>]*\[", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_feed(received: Received, desk: Desk) -> Iterator[Item]:
    """Read the entries of a feed, their markup taken off.

    The day is the entry's day of publication; where it states none, the day of its last change, and
    ``published_from`` says so.

    Raises:
        UnreadableInput: it is no feed, declares entities, or holds no entries.
    """
    decoded = decode(received.read(desk.limits.listing), where=received.where, charset=received.charset)
    if _ENTITY.search(decoded.text):
        raise UnreadableInput(
            "the feed declares entities, which could grow without end or reach other files",
            where=received.where,
            remedy="take its <!DOCTYPE …> off, if you trust it",
        )
    import feedparser

    plain = _DECLARATION.sub("", decoded.text.lstrip("\ufeff"), count=1)
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        found: Any = feedparser.parse(plain.encode("utf-8", "replace"), response_headers=headers)
    except (LookupError, AttributeError, TypeError, ValueError, AssertionError, RecursionError) as error:
        raise UnreadableInput(
            f"the feed is broken: {str(error)[:80]}", where=received.where, remedy="get it again"
        ) from error
    if not found.entries:
        told = f": {found.bozo_exception}" if found.get("bozo") else ""
        raise UnreadableInput(
            f"the feed holds no entries{told[:100]}", where=received.where, remedy="get it again"
        )
    for number, entry in enumerate(found.entries, 1):
        try:
            yield _document(entry, found.feed, number, received, encoding_note(decoded))
        except InputError as error:
            yield error


def _document(entry: Any, feed: Any, number: int, received: Received, encoding: str) -> Item:
    contents = [content.get("value", "") for content in entry.get("content", ())]
    markup = max([*contents, entry.get("summary") or ""], key=len)
    title = " ".join(" ".join(block.text for block in blocks_of_fragment(entry.get("title") or "")).split())
    published = entry.get("published")
    head = Head(
        title=title or None,
        author=entry.get("author") or None,
        source=" ".join(str(feed.get("title") or "").split()) or None,
        source_kind="feed",
        url=entry.get("link") or None,
        published=published or entry.get("updated") or None,
        published_from="feed" if published else "feed, last change" if entry.get("updated") else None,
        language=(feed.get("language") or "").partition("-")[0].casefold() or None,
    )
    taken = {"id": entry.get("id"), "title": title, "link": head.url, "date": head.published, "text": markup}
    return make_document(
        received,
        Page(head, lay_out(blocks_of_fragment(markup), title=head.title)),
        media_type="application/xml",
        reader="feed",
        libraries=("feedparser",),
        encoding=encoding,
        record=json.dumps(taken, sort_keys=True, ensure_ascii=False).encode("utf-8", "surrogatepass"),
        member=f"entry-{number}",
    )
