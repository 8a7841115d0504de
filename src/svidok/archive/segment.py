"""Documents into sentences: blocks, their roles, and the sentences in them."""

from __future__ import annotations

from collections.abc import Iterator

from svidok.archive.blocks import split_blocks
from svidok.archive.datelines import opening_dateline
from svidok.archive.roles import caption_turn, roles_of
from svidok.archive.sentences import split_sentences, whole
from svidok.archive.vocabulary import language
from svidok.records import Document, Offsets, Role, Sentence

__all__ = ["segment"]


def segment(document: Document) -> tuple[Sentence, ...]:
    """Split a document into sentences, each with its role on the page.

    Args:
        document: its ``text``, ``language``, ``title`` and marked-up spans are used.

    Returns:
        Sentences in order of the text. Each slices back to its words, none overlaps another, and
        between them stands nothing but space. Time is linear in the length of the text.

    >>> text = "Gen. A. Kovalenko spoke. He left Sumy.\\n\\n- water\\n- bread"
    >>> for sentence in segment(Document(id="a", sha256="", text=text)):
    ...     print(sentence.block, sentence.role, sentence.text)
    0 body Gen. A. Kovalenko spoke.
    0 body He left Sumy.
    1 list - water
    2 list - bread
    """
    text = document.text
    words = language(document.language)
    marks = [*document.headings, *((low, high) for low, high, _ in document.marked)]
    blocks = split_blocks(text, words, cuts=frozenset(edge for span in marks for edge in span))
    sentences: list[Sentence] = []
    roles = roles_of(document, blocks)
    first = roles.index("body") if "body" in roles else 0
    for number, (block, role) in enumerate(zip(blocks, roles, strict=True)):
        for start, end, part in _parts(text, block, role, first=number <= first):
            pieces = (
                whole(text, start, end) if part == "dateline" else split_sentences(text, start, end, words)
            )
            sentences.extend(Sentence(low, high, text[low:high], part, number) for low, high in pieces)
    return tuple(sentences)


def _parts(text: str, block: Offsets, role: Role, *, first: bool) -> Iterator[tuple[int, int, Role]]:
    """A block in stretches that no sentence crosses: a dateline before the body, the turns of a caption."""
    start, end = block
    if role == "caption":
        turn = caption_turn()
        opening = turn.match(text, start, end)
        for match in turn.finditer(text, opening.end() if opening else start + 1, end):
            if text[match.start()].isupper() or text[start : match.start()].rstrip().endswith(
                (".", "(", ";")
            ):
                yield start, match.start(), role
                start = match.start()
    elif role in ("body", "title"):
        split = opening_dateline(text, start, end, first=first)
        if split:
            yield start, split, "dateline"
            start = split
    yield start, end, role
