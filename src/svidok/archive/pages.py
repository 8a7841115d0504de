"""What every format is read into: blocks in order, and the one working text that they are laid out to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from svidok.archive.vocabulary import data_file
from svidok.records import Offsets, Role

__all__ = ["Block", "Head", "Layout", "Page", "lay_out"]

_SPACE = re.compile(r"[^\S\n]+")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph with the role that its markup gives, None where words have to tell."""

    text: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a page's metadata tells of it, as it stands there."""

    title: str | None = None
    author: str | None = None
    source: str | None = None
    source_kind: str | None = None
    url: str | None = None
    published: str | None = None
    published_from: str | None = None
    language: str | None = None
    dossier: str | None = None
    unread: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Layout:
    """The working text, and the spans whose role the markup gives."""

    text: str
    headings: tuple[Offsets, ...]
    marked: tuple[tuple[int, int, Role], ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A report in its format taken apart: metadata and laid-out text."""

    head: Head
    layout: Layout


def lay_out(blocks: Iterable[Block], *, title: str | None = None) -> Layout:
    """Set blocks under one another: a blank line between, a single break between list items.

    Args:
        blocks: in order; empty ones are left out, runs of spaces are set as one.
        title: set on top when the page does not already begin with it.

    >>> lay_out([Block("Bridge blown up", "heading"), Block("At Irpin.")])
    Layout(text='Bridge blown up\\n\\nAt Irpin.', headings=((0, 15),), marked=())
    """
    kept = [Block(_SPACE.sub(" ", block.text).strip(), block.role) for block in blocks]
    kept = [block for block in kept if block.text]
    if title and not any(block.text.split() == title.split() for block in kept[:3]):
        kept.insert(0, Block(" ".join(title.split()), "heading"))
    pieces: list[str] = []
    headings: list[Offsets] = []
    marked: list[tuple[int, int, Role]] = []
    at = 0
    before: Block | None = None
    for block in kept:
        if before:
            gap = "\n" if before.role == block.role == "list" else "\n\n"
            pieces.append(gap)
            at += len(gap)
        pieces.append(block.text)
        end = at + len(block.text)
        if block.role == "heading":
            headings.append((at, end))
        elif block.role:
            marked.append((at, end, block.role))
        at, before = end, block
    return Layout("".join(pieces), tuple(headings), tuple(marked))


_FENCE = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.*?)(?:\r?\n|^)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"([A-Za-z][\w -]{0,30})[ \t]*:[ \t]*(.*?)[ \t]*$")
_LONGEST_FRONT = 10_000


def read_front_matter(text: str) -> tuple[Head, int]:
    """Read ``key: value`` lines between two ``---`` lines at the head of a file.

    Returns:
        The head, and the offset at which the body begins (0 without front matter).

    >>> head, body = read_front_matter("---\\ndate: 2022-03-04\\nsource: Suspilne\\n---\\nWords.")
    >>> head.published, head.source, body
    ('2022-03-04', 'Suspilne', 42)
    """
    match = _FENCE.match(text, 0, _LONGEST_FRONT)
    if not match:
        return Head(), 0
    values: dict[str, str] = {}
    unread = []
    for line in match.group(1).splitlines():
        pair = _PAIR.match(line)
        if not pair:
            if line.strip() and not line.lstrip().startswith("#"):
                unread.append(line.strip())
            continue
        key, value = pair.group(1).casefold().strip(), pair.group(2).strip().strip("\"'")
        name = next((name for name, keys in data_file("files")["front_matter"].items() if key in keys), None)
        if name and value:
            values.setdefault(name, value)
    if not values:
        return Head(), 0
    return Head(
        **values, published_from="front matter" if "published" in values else None, unread=tuple(unread)
    ), match.end()
