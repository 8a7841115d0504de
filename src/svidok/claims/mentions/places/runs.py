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

_APART = r"(?:[’'ʼ´ʹ′](?!s\b(?![’'ʼ´ʹ′]\w))\w+)*"
_PLAIN = rf"[{UPPER}]\w*{_APART}"
_REST = rf"\w*{_APART}(?:[‑-]\w+{_APART})*"
"""What follows the capital of a word."""
_WORD = (
    rf"(?:[{UPPER}]\.\s?){{2,}}(?![\w’'])|(?:St|Mt|Ft|Ste|ST|MT|FT)\.(?=\s[{UPPER}])|[{UPPER}]&[{UPPER}]\b"
    rf"|[{UPPER}]\.(?=\s[{UPPER}])|[dDlL][’'](?=[{UPPER}]){_PLAIN}"
    rf"|(?:al|el|ez|as|ash|ad|an|ar|at|az|es|ed|ul|ur|us)[‑-][{UPPER}]\w*|[{UPPER}]{_REST}"
)
_LINK = (
    r"of|the|and|&|de|del|della|delle|dei|di|da|do|dos|das|du|des|la|le|les|el|al|ul|as|ad|an|on|upon|sur|bin|"
    r"ibn|von|van|der|den|y|e|na|nad|under|en|aux|sous|près"
)
_SPACE = r"(?:(?:[’']s)?[ \u00a0]|(?<=\.))"
_RUN = re.compile(rf"(?:{_WORD})(?:{_SPACE}(?:(?:{_LINK})[ \u00a0]){{0,2}}(?:{_WORD}))*")
_CAPITALS = re.compile(
    rf"[{UPPER}](?:\.\s?(?:[{UPPER}]\.\s?)+(?![\w’'])|(?:(?<=S)(?:te?|T)|(?<=[MF])[tT])\.(?=\s[{UPPER}])"
    rf"|&[{UPPER}]\b|\.(?=\s[{UPPER}])|(?<=[DL])[’'](?=[{UPPER}]){_PLAIN}|{_REST})"
    rf"(?:{_SPACE}(?:(?:{_LINK})[ \u00a0]){{0,2}}(?:{_WORD}))*"
)
"""A run that begins with a capital: a pattern that opens with one class of letters is searched for fast."""
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
    out: list[Run] = []
    at = 0
    while at < len(text):
        at = _find_runs(text, at, out)
    return out


def _find_runs(text: str, at: int, out: list[Run]) -> int:
    """Add the runs from a place on to those found, up to one with a small head; returns where that ends."""
    for found in _CAPITALS.finditer(text, at):
        start, end = found.span()
        if start > at and text[start - 1] in "-‑’'":
            head = _SMALL_HEAD.search(text, max(at, start - _HEAD), start)
            whole = _RUN.match(text, head.start()) if head else None
            if whole is not None:
                out.append(_new_run((*whole.span(), whole.group())))
                return whole.end()
        at = end
        out.append(_new_run((start, end, found.group())))
    return len(text)


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
        if not text:
            continue  # "S&P's": the ending stands by itself behind joined initials
        small = text[0].islower() and text[1:2] not in ("'", "’")
        out.append(Word(m.start(), m.start() + len(text), text, small))
    return tuple(out)
