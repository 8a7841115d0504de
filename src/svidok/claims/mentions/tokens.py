"""One parsed sentence as plain lists, so that the rules walk words without calling spaCy for each.

The lists are built once a sentence and kept in ``doc.user_data``; every mention stage shares them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Protocol, cast

import numpy as np

from svidok.records import Offsets, Sentence

__all__ = ["Parsed", "Tokens", "tokens_of"]

_KEY = "svidok.tokens"
_strings: dict[int, str] = {}
_ATTRIBUTES = ["ORTH", "LEMMA", "POS", "TAG", "DEP", "HEAD", "SPACY"]


class Parsed(Protocol):
    """A sentence with its dependency parse; the spaCy Doc holds that one sentence."""

    @property
    def sentence(self) -> Sentence:
        """The stretch of the document that was parsed."""

    @property
    def doc(self) -> Any:
        """The spaCy Doc of the sentence's text."""


class Tokens:
    """The words of one sentence: parallel lists, and the tree as heads, children and edges.

    Attributes:
        start: offset of the sentence in the document.
        word, lower, lemma, pos, tag, dep: a string for each word.
        head: index of the governor (its own index for the root).
        begin, end: absolute offsets of each word.
        children: indexes of the dependants, left to right.
        left, right: first and last word index (inclusive) of each word's subtree.
    """

    __slots__ = (
        "begin",
        "block",
        "children",
        "dep",
        "end",
        "head",
        "left",
        "lemma",
        "lower",
        "n",
        "pos",
        "right",
        "role",
        "start",
        "tag",
        "text",
        "word",
    )

    def __init__(self, sentence: Sentence, doc: Any) -> None:
        table = doc.to_array(_ATTRIBUTES)
        strings = doc.vocab.strings
        rows = table.tolist()
        self.n = n = len(rows)
        self.text = sentence.text
        self.start = sentence.start
        self.role = sentence.role
        self.block = sentence.block
        self.word = _look_up([row[0] for row in rows], strings)
        self.lower = [word.lower() for word in self.word]
        self.lemma = _look_up([row[1] for row in rows], strings)
        self.pos = _look_up([row[2] for row in rows], strings)
        self.tag = _look_up([row[3] for row in rows], strings)
        self.dep = _look_up([row[4] for row in rows], strings)
        heads = table[:, 5].astype(np.int64).tolist() if n else []
        self.head: list[int] = [i + h for i, h in enumerate(heads)]
        self.begin: list[int] = []
        self.end: list[int] = []
        at = sentence.start
        for word, row in zip(self.word, rows, strict=True):
            self.begin.append(at)
            at += len(word)
            self.end.append(at)
            at += 1 if row[6] else 0
        self.children: list[list[int]] = [[] for _ in range(n)]
        for i, h in enumerate(self.head):
            if h != i:
                self.children[h].append(i)
        self.left, self.right = self._edges()

    def _edges(self) -> tuple[list[int], list[int]]:
        left, right = list(range(self.n)), list(range(self.n))
        order = [i for i, h in enumerate(self.head) if h == i]
        for i in order:
            order.extend(self.children[i])
        for i in reversed(order):
            h = self.head[i]
            if h != i:
                left[h] = min(left[h], left[i])
                right[h] = max(right[h], right[i])
        return left, right

    def span(self, first: int, last: int) -> Offsets:
        """Absolute offsets of the words ``first``..``last`` (inclusive)."""
        return self.begin[first], self.end[last]

    def slice(self, span: Offsets) -> str:
        """The words at absolute offsets inside this sentence."""
        return self.text[span[0] - self.start : span[1] - self.start]

    def at(self, offset: int) -> int | None:
        """Index of the word that covers an absolute offset, or None between words."""
        from bisect import bisect_right

        i = bisect_right(self.begin, offset) - 1
        return i if i >= 0 and offset < self.end[i] else None

    def child(self, i: int, *deps: str) -> int | None:
        """First dependant of word ``i`` with one of the given relations."""
        for c in self.children[i]:
            if self.dep[c] in deps:
                return c
        return None

    def kids(self, i: int, *deps: str) -> Iterator[int]:
        """Dependants of word ``i`` with one of the given relations."""
        return (c for c in self.children[i] if self.dep[c] in deps)

    def up(self, i: int) -> Iterator[int]:
        """The governors of word ``i`` from near to far."""
        while self.head[i] != i:
            i = self.head[i]
            yield i


def _look_up(keys: list[int], strings: Any) -> list[str]:
    found = []
    for key in keys:
        text = _strings.get(key)
        if text is None:
            text = _strings[key] = strings[key] if key else ""
        found.append(text)
    return found


def tokens_of(parsed: Parsed) -> Tokens:
    """The plain lists of one parsed sentence, built on first use and kept with its Doc."""
    data = parsed.doc.user_data
    found = data.get(_KEY)
    if found is None or found.start != parsed.sentence.start or found.text is not parsed.sentence.text:
        found = data[_KEY] = Tokens(parsed.sentence, parsed.doc)
    return cast(Tokens, found)


def all_tokens(parsed: Sequence[Parsed]) -> list[Tokens]:
    """The plain lists of every sentence of a document, in order."""
    return [tokens_of(one) for one in parsed]
