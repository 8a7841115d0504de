"""One small reader a format, and the table of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from svidok.archive.kinds import kind_of
from svidok.archive.received import Desk, Item, Received
from svidok.errors import InputError, UnreadableInput
from svidok.records import Document

__all__ = ["READERS", "read_received"]

Reader = Callable[[Received, Desk], Iterator[Item]]

READERS: dict[str, tuple[str, str]] = {
    "text": ("text", "read_text_file"),
    "html": ("text", "read_html_file"),
    "markdown": ("text", "read_markdown_file"),
    "jsonl": ("jsonlines", "read_jsonl_file"),
    "json": ("jsonlines", "read_json_file"),
    "table": ("table", "read_table"),
    "feed": ("feed", "read_feed"),
    "eml": ("mail", "read_eml"),
    "mbox": ("mail", "read_mbox"),
    "pdf": ("pdf", "read_pdf"),
    "docx": ("docx", "read_docx"),
    "odt": ("odt", "read_odt"),
    "scan": ("scan", "read_scan"),
    "zip": ("zips", "read_zip"),
    "warc": ("web_archive", "read_warc"),
    "wacz": ("web_archive", "read_wacz"),
}
"""Each kind of file with the module here and the function in it that reads it; loaded on first use."""


def read_received(received: Received, desk: Desk, *, kind: str | None = None) -> Iterator[Item]:
    """Read whatever came in.

    Args:
        received: a file, a download, or a member of an archive.
        desk: limits and the store of originals.
        kind: one of ``READERS``, where it is known; told by content otherwise.

    Yields:
        Documents, and a message for whatever cannot be read: nothing is raised, the batch goes on.
    """
    if len(received.containers) > desk.limits.nesting:
        yield UnreadableInput(
            f"archives lie more than {desk.limits.nesting} deep in one another",
            where=received.where,
            remedy="unpack them yourself",
        )
        return
    kept = False
    try:
        module, name = READERS[kind or kind_of(received)]
        reader: Reader = getattr(import_module(f"svidok.archive.formats.{module}"), name)
        for item in reader(received, desk):
            if isinstance(item, Document) and not kept:
                desk.keep(received)
                kept = True
            yield item
    except InputError as error:
        yield error
