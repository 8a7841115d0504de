"""PDF: the text that a page holds, by pypdf; pages that are only pictures need the reader of scans."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from svidok.archive.making import make_document
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received
from svidok.errors import MissingPart, UnreadableInput

__all__ = ["clean_pages", "read_pdf"]

_BROKEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    NotImplementedError,
    OSError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What a broken file makes the library raise."""
_FEWEST = 3
_DIGITS = re.compile(r"\d+")
_HYPHEN = re.compile(r"(\w{2,})[-\u00ad]\n(\w{2,})")
_ENDED = re.compile(r"[.!?:;…»”\"')\]]\s*$")
_SPACES = re.compile(r"[^\S\n]+")


def read_pdf(
    received: Received, desk: Desk, *, clock: Callable[[], float] = time.monotonic
) -> Iterator[Item]:
    """Read the text of a PDF, page by page.

    Headers, footers and page numbers that run through the pages are left out; a word that a line's end
    broke is joined. Metadata of the file (its producer's dates) is no day of publication and is not read.

    Raises:
        UnreadableInput: it is encrypted, broken, has too many pages, takes too long, or holds no text.
    """
    data = received.read(desk.limits.office)
    pages = _texts(received, data, desk, clock)
    cleaned = clean_pages(pages)
    empty = [number for number, page in enumerate(pages, 1) if not page.strip()]
    if len(empty) == len(pages):
        yield from _scanned(received, data, desk, len(pages))
        return
    notes = [f"{len(pages)} pages"] if len(pages) > 1 else ["1 page"]
    if empty:
        notes.append(f"{len(empty)} of {len(pages)} pages hold no text: {_few(empty)}")
    page = Page(Head(), lay_out(Block(block) for block in cleaned))
    yield make_document(
        received,
        page,
        media_type="application/pdf",
        reader="pdf",
        libraries=("pypdf",),
        notes=tuple(notes),
    )


def clean_pages(pages: Sequence[str]) -> list[str]:
    """Join the pages of a document: what runs through them at head and foot is left out.

    Args:
        pages: the text of each.
    Returns:
        blocks; a sentence that goes on over a page's end stays in one.

    >>> clean_pages(["Report\\nThe bridge was\\n1", "Report\\nblown up.\\n2", "Report\\nAll fled.\\n3"])
    ['The bridge was\\nblown up.', 'All fled.']
    """
    lines = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    repeated = _running(lines)
    blocks: list[str] = []
    for page in lines:
        kept = page
        while kept and _DIGITS.sub("#", kept[0]) in repeated:
            kept = kept[1:]
        while kept and _DIGITS.sub("#", kept[-1]) in repeated:
            kept = kept[:-1]
        text = _SPACES.sub(" ", "\n".join(kept))
        if not text:
            continue
        if blocks and not _ENDED.search(blocks[-1]) and text[:1].islower():
            blocks[-1] += f"\n{text}"
        else:
            blocks.append(text)
    whole = "\n".join(blocks).casefold()
    return [_HYPHEN.sub(lambda match: _unbroken(match, whole), block) for block in blocks]


def _running(pages: Sequence[Sequence[str]]) -> set[str]:
    """Lines at the head or foot of at least half of the pages, figures aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({_DIGITS.sub("#", line) for line in (*page[:2], *page[-2:])})
    enough = max(_FEWEST, len(pages) / 2)
    return {line for line, number in seen.items() if number >= enough}


def _unbroken(match: re.Match[str], whole: str) -> str:
    """A word that a line's end broke: with its hyphen where the text also writes it so within a line."""
    first, second = match.groups()
    joined, hyphened = f"{first}{second}", f"{first}-{second}"
    if second[:1].isupper() or (hyphened.casefold() in whole and joined.casefold() not in whole):
        return hyphened
    return joined


def _texts(received: Received, data: bytes, desk: Desk, clock: Callable[[], float]) -> list[str]:
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells of every oddity on standard error
    until = clock() + desk.limits.seconds
    texts = []
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise _encrypted(received)
        count = len(reader.pages)
        if count > desk.limits.pages:
            raise UnreadableInput(
                f"the PDF has {count:,} pages, more than {desk.limits.pages:,}",
                where=received.where,
                remedy="split it into its reports",
            )
        for number in range(count):
            texts.append(reader.pages[number].extract_text())
            if clock() > until:
                done = f"{number + 1} of {count} pages were read"
                raise UnreadableInput(
                    f"the PDF took more than {desk.limits.seconds:g} s; {done}",
                    where=received.where,
                    remedy="split it, or export its text",
                )
    except DependencyError as error:
        raise _encrypted(received) from error
    except (PyPdfError, *_BROKEN) as error:
        raise UnreadableInput(
            f"the PDF is broken: {str(error)[:80] or type(error).__name__}",
            where=received.where,
            remedy="open it in a reader and print it to a new PDF",
        ) from error
    if not texts:
        raise UnreadableInput("the PDF has no pages", where=received.where, remedy="check the download")
    return texts


def _encrypted(received: Received) -> UnreadableInput:
    return UnreadableInput(
        "the PDF is encrypted", where=received.where, remedy="save a copy without a password"
    )


def _scanned(received: Received, data: bytes, desk: Desk, count: int) -> Iterator[Item]:
    from svidok.archive.formats.scan import read_scanned_pdf

    try:
        yield from read_scanned_pdf(received, data, desk)
    except MissingPart as error:
        raise UnreadableInput(
            f"the PDF is a scan: {'its page' if count == 1 else f'none of its {count} pages'} holds "
            f"{'no ' if count == 1 else ''}text",
            where=received.where,
            remedy=f"{error.remedy}",
        ) from error


def _few(numbers: Sequence[int]) -> str:
    told = ", ".join(map(str, numbers[:10]))
    return f"{told}…" if len(numbers) > 10 else told
