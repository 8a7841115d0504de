"""Scans and pictures of pages: their letters, by optical character recognition (the extra ``ocr``)."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from svidok.archive.making import make_document
from svidok.archive.pages import Block, Head, Page, lay_out
from svidok.archive.received import Desk, Item, Received
from svidok.archive.vocabulary import data_file
from svidok.errors import MissingPart, UnreadableInput

__all__ = ["lines_of", "read_scan", "read_scanned_pdf"]

_DPI = 200
_LIBRARIES = ("rapidocr-onnxruntime", "pypdfium2")

Box = tuple[float, float, float, float]
"""Left, top, right, bottom of a stretch of letters, in pixels."""


def read_scan(received: Received, desk: Desk) -> Iterator[Item]:
    """Read a picture of a page (PNG, JPEG, TIFF, WebP).

    Raises:
        UnreadableInput: the extra is not installed, or the picture is broken, too large, or without letters.
    """
    data = received.read(desk.limits.office)
    try:
        engine = _engine()
    except MissingPart as error:
        raise UnreadableInput(
            f"the file is {_kind(data)}", where=received.where, remedy=str(error.remedy)
        ) from error
    from itertools import islice

    from PIL import Image, ImageOps, ImageSequence

    try:
        with Image.open(io.BytesIO(data)) as image:
            if image.width * image.height > desk.limits.pixels:
                raise UnreadableInput(
                    f"the picture has {image.width} × {image.height} points, too many",
                    where=received.where,
                    remedy="make it smaller",
                )
            frames = ImageSequence.Iterator(image) if image.format == "TIFF" else iter([image])
            pages = [
                ImageOps.exif_transpose(frame).convert("RGB") for frame in islice(frames, desk.limits.pages)
            ]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadableInput(
            f"the file is {_kind(data)}, and broken or cut off", where=received.where, remedy="get it again"
        ) from error
    yield _document(received, pages, engine, "image", ())


def read_scanned_pdf(received: Received, data: bytes, desk: Desk) -> Iterator[Item]:
    """Read a PDF whose pages are pictures: each is drawn and its letters are read.

    Raises:
        MissingPart: the extra is not installed.
        UnreadableInput: there are no letters either.
    """
    engine = _engine()
    import pypdfium2

    pages = []
    try:
        pdf = pypdfium2.PdfDocument(data)
        for number in range(len(pdf)):
            width, height = pdf[number].get_size()
            scale = min(_DPI / 72, (desk.limits.pixels / max(width * height, 1)) ** 0.5)
            pages.append(pdf[number].render(scale=scale).to_pil().convert("RGB"))
        pdf.close()
    except (pypdfium2.PdfiumError, OSError, ValueError, MemoryError) as error:
        raise UnreadableInput(
            f"the pages of the PDF cannot be drawn: {str(error)[:80]}",
            where=received.where,
            remedy="open it in a reader and print it to a new PDF",
        ) from error
    yield _document(received, pages, engine, "application/pdf", (f"{len(pages)} pages",))


def lines_of(found: Sequence[tuple[Box, str]]) -> list[str]:
    """Set stretches of letters in reading order: those at one height are one line.

    Args:
        found: boxes with their words.

    >>> lines_of([((60, 11, 90, 20), "fell."), ((0, 10, 50, 20), "The bridge"), ((0, 30, 40, 40), "Later")])
    ['The bridge fell.', 'Later']
    """
    lines: list[list[tuple[Box, str]]] = []
    for box, words in sorted(found, key=lambda item: (item[0][1] + item[0][3]) / 2):
        middle = (box[1] + box[3]) / 2
        if lines and lines[-1][0][0][1] <= middle <= lines[-1][0][0][3]:
            lines[-1].append((box, words))
        else:
            lines.append([(box, words)])
    return [" ".join(words for _, words in sorted(line, key=lambda item: item[0][0])) for line in lines]


def _kind(data: bytes) -> str:
    """What the first bytes say that a picture is."""
    entries = data_file("files")["magic"]
    return next((str(e["kind"]) for e in entries if data.startswith(bytes.fromhex(e["start"]))), "a picture")


@cache
def _engine() -> Any:
    try:
        from rapidocr_onnxruntime import RapidOCR
    except ImportError as error:
        raise MissingPart(
            "reading scans needs an extra", remedy="pip install 'svidok[ocr]', or give its text"
        ) from error
    return RapidOCR()


def _document(
    received: Received, pages: Sequence[Any], engine: Any, media_type: str, notes: tuple[str, ...]
) -> Item:
    import numpy

    blocks: list[Block] = []
    scores: list[float] = []
    for page in pages:
        found, _ = engine(numpy.asarray(page)[:, :, ::-1])
        stretches: list[tuple[Box, str]] = []
        for corners, words, score in found or ():
            xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
            stretches.append(((min(xs), min(ys), max(xs), max(ys)), str(words)))
            scores.append(float(score))
        blocks.append(Block("\n".join(lines_of(stretches))))
    if not scores:
        raise UnreadableInput(
            "no letters were found in the picture", where=received.where, remedy="give its text"
        )
    sure = f"letters read by machine from a picture, mean confidence {sum(scores) / len(scores):.2f}"
    return make_document(
        received,
        Page(Head(), lay_out(blocks)),
        media_type=media_type,
        reader="scan",
        libraries=_LIBRARIES,
        notes=(*notes, sure),
    )
