"""Words as both databases index them alike: folded, without marks; and questions put in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from svidok.errors import InputError
from svidok.events.atoms import fold

__all__ = ["Term", "folded", "marks", "plain", "terms"]

_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r'"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together; with ``open_end`` the last may go on ("shell*")."""

    words: tuple[str, ...]
    open_end: bool = False


def folded(text: str) -> str:
    """The words of a text as they are indexed: small, without accents and marks, one space between.

    >>> folded("Hostómel’s air-port, 2022")
    'hostomels air port 2022'
    """
    return " ".join(_WORD.findall(fold(text)))


def plain(text: str | None) -> str | None:
    """A text that every database can hold: without NUL.

    >>> plain("a\\0b")
    'ab'
    """
    return text.replace("\0", "") if text is not None else None


def terms(question: str) -> tuple[Term, ...]:
    """What a person asks for, as terms that must all be there.

    Raises:
        InputError: the question holds no word.

    >>> terms('shell* "Battle of Kyiv"')
    (Term(words=('shell',), open_end=True), Term(words=('battle', 'of', 'kyiv'), open_end=False))
    """
    found = []
    for match in _PART.finditer(question):
        part = match.group(1) if match.group(1) is not None else match.group(2)
        words = tuple(folded(part).split())
        if words:
            found.append(Term(words, match.group(1) is None and part.endswith("*")))
    if not found:
        raise InputError(f"{question!r} holds no word to look for", remedy="give a word, or leave it out")
    return tuple(found)


def marks(text: str, asked: tuple[Term, ...]) -> tuple[tuple[int, int], ...]:
    """Where the asked words stand in a text: offsets to light up, in order, none overlapping.

    >>> marks("Kyiv was shelled.", terms("shell*"))
    ((9, 16),)
    """
    spots = [(match.start(), match.end(), fold(match.group())) for match in _WORD.finditer(text)]
    found = []
    for term in asked:
        size = len(term.words)
        for at in range(len(spots) - size + 1):
            here = [word for _, _, word in spots[at : at + size]]
            last = here[-1].startswith(term.words[-1]) if term.open_end else here[-1] == term.words[-1]
            if last and tuple(here[:-1]) == term.words[:-1]:
                found.append((spots[at][0], spots[at + size - 1][1]))
    kept: list[tuple[int, int]] = []
    for start, end in sorted(set(found)):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return tuple(kept)
