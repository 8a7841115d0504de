"""Runs of capitalised words: where names may stand."""

from __future__ import annotations

import re
from functools import partial
from typing import NamedTuple

__all__ = ["UPPER", "Run", "Word", "find_runs", "words_of"]


def _upper_class() -> str:
    spans: list[str] = []
    start = previous = -1
    for code in range(0x250):
        if chr(code).isupper():
            if code != previous + 1:
                if start >= 0:
                    spans.append(f"{chr(start)}-{chr(previous)}")
                start = code
            previous = code
    spans.append(f"{chr(start)}-{chr(previous)}")
    return "".join(spans) + "\u0391-\u03a9\u0400-\u042f\u0490\u1e00-\u1eff"


UPPER = _upper_class()
"""Capital letters, to stand in the brackets of a pattern."""

_PLAIN = rf"[{UPPER}]\w*(?:[’'ʼ´ʹ′](?!s\b(?![’'ʼ´ʹ′]\w))\w+)*"
_WORD = (
    rf"(?:[{UPPER}]\.\s?){{2,}}(?![\w’'])|(?:St|Mt|Ft|Ste|ST|MT|FT)\.(?=\s[{UPPER}])|[{UPPER}]&[{UPPER}]\b"
    rf"|[{UPPER}]\.(?=\s[{UPPER}])|[dDlL][’'](?=[{UPPER}]){_PLAIN}"
    rf"|(?:al|el|ez|as|ash|ad|an|ar|at|az|es|ed|ul|ur|us)[‑-][{UPPER}]\w*|{_PLAIN}(?:[‑-]\w+(?:[’'ʼ´ʹ′](?!s\b(?![’'ʼ´ʹ′]\w))\w+)*)*"
)
_LINK = (
    r"of|the|and|&|de|del|della|delle|dei|di|da|do|dos|das|du|des|la|le|les|el|al|ul|as|ad|an|on|upon|sur|bin|"
    r"ibn|von|van|der|den|y|e|na|nad|under|en|aux|sous|près"
)
_SPACE = r"(?:(?:[’']s)?[ \u00a0]|(?<=\.))"
_RUN = re.compile(rf"(?:{_WORD})(?:{_SPACE}(?:(?:{_LINK})[ \u00a0]){{0,2}}(?:{_WORD}))*")
_UPPER = re.compile(f"[{UPPER}]")
_SMALL_HEAD = re.compile(r"(?:ash|al|el|ez|as|ad|an|ar|at|az|es|ed|ul|ur|us)[‑-]$|[dl][’']$")
_HEAD = 4  # letters of the longest small head, with its hyphen
_PIECE = re.compile(
    r"(?:[^\W\d_]\.\s?){2,}(?![\w’'])|(?:St|Mt|Ft|Ste|ST|MT|FT)\.|[^\W\d_]&[^\W\d_]\b|[^\s‑-]+"
)


class Word(NamedTuple):
    """One word of a run, relative to the run; ``link`` is True for words written small."""

    start: int
    end: int
    text: str
    link: bool


class Run(NamedTuple):
    """A stretch of capitalised words with small links between, on one line."""

    start: int
    end: int
    text: str


# a named tuple takes thrice as long to make by its own constructor, and every word of a text is one
_new_word, _new_run = partial(tuple.__new__, Word), partial(tuple.__new__, Run)


def find_runs(text: str) -> list[Run]:
    """Find the runs of capitalised words of a text, in order.

    >>> [run.text for run in find_runs("The mayor of Rio de Janeiro flew to St. Petersburg.")]
    ['The', 'Rio de Janeiro', 'St. Petersburg']
    """
    out = []
    at = 0
    # a search for one class of letters is many times as fast as trying the whole pattern everywhere
    while (upper := _UPPER.search(text, at)) is not None:
        start = upper.start()
        if start > at and text[start - 1] in "-‑’'":
            head = _SMALL_HEAD.search(text, max(at, start - _HEAD), start)
            start = head.start() if head else start
        found = _RUN.match(text, start)
        assert found is not None  # a capital is a word
        at = found.end()
        out.append(_new_run((start, at, found.group())))
    return out


def words_of(run: str) -> tuple[Word, ...]:
    """The words of one run; hyphens part words, possessive endings stay outside.

    >>> [word.text for word in words_of("Russia-Turkey")]
    ['Russia', 'Turkey']
    """
    out = []
    at = 0
    for word in run.split(" "):
        if not word.isalnum():
            return _words_with_signs(run)
        out.append(_new_word((at, at + len(word), word, word[0].islower())))
        at += len(word) + 1
    return tuple(out)


def _words_with_signs(run: str) -> tuple[Word, ...]:
    """The words of a run that has other signs than letters, digits and spaces."""
    out = []
    for m in _PIECE.finditer(run):
        text = m.group().rstrip()
        if text[-2:] in ("'s", "’s"):
            text = text[:-2]
        small = text[0].islower() and text[1:2] not in ("'", "’")
        out.append(Word(m.start(), m.start() + len(text), text, small))
    return tuple(out)
