"""Where sentences end: one pass of a pattern over a block, and rules about what stands on either side.

Rule-based and linear in the length of the text. The end of a sentence is a run of ``. ! ? …`` with its
closing quotation marks and brackets; what stands before (an abbreviation, an initial, an enumerator) and
after (a small letter, a word that opens sentences) decides. The split into classes of abbreviations by
what may follow them is that of Palmer and Hearst, *Adaptive Multilingual Sentence Boundary
Disambiguation* (Computational Linguistics 23, 1997), and of Kiss and Strunk, *Unsupervised Multilingual
Sentence Boundary Detection* (Computational Linguistics 32, 2006); the words are data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from svidok.archive.vocabulary import Language, data_file
from svidok.records import Offsets

__all__ = ["MAX_SENTENCE", "split_sentences", "whole"]

MAX_SENTENCE = 6000
"""Characters. What runs on longer without an end is cut at the last break before, so that no later
stage ever meets a sentence of a whole file."""

_CLOSE = "(?:[\"'”’»›)\\]}]|“(?=\\s|$))"
# A run of final marks, its closers, then space, the end of the block, or nothing where a space is missing.
_MARKS = re.compile(
    rf"(?<![.!?…。！？])([.!?…]++)({_CLOSE}*+(?:\s?\[\d{{1,3}}\])*(?:\s\(\d{{1,3}}\)$)?)(\s++|$|(?=[\"“«„(]?[^\W\d_]))|([。！？]++[」』”）]*+)\s*+"
)
_BEFORE = re.compile(r"[^\s\"“”«»„(\[{]*$")
_AFTER = re.compile(r"([\"'“”«„‘’(\[{¿¡—–―\-\s*_#@]*+)(\w[\w'’ʼ.\-]{0,40}|)")
_SIDEWAYS = re.compile(r"[(—–―]|-\s")
_INITIAL = re.compile(r"(?:[^\W\d_][.-])*[^\W\d_]$")
_ENUMERATOR = re.compile(r"(?:\d{1,3}|[a-z]|[ivxlc]{1,5})$", re.IGNORECASE)
_SOFT_BREAK = re.compile(r"\n|[;:,](?=\s)|\s[—–-](?=\s)|\s")
_WINDOW = 48


def split_sentences(text: str, start: int, end: int, language: Language) -> Iterator[Offsets]:
    """Split one block of a text into sentences that cover all of it but the space between.

    Args:
        text: the whole text; start, end: the block in it (code points, half-open).
        language: abbreviations, sentence openers and verbs of speech to go by.

    Yields:
        (start, end) of each sentence, in order, without space at either side.

    >>> from svidok.archive.vocabulary import language
    >>> words = "Lt. Col. J. Smith left the U.S. at 5 p.m. The rest, 3.5 km away, stayed."
    >>> [words[a:b][:9] for a, b in split_sentences(words, 0, len(words), language("en"))]
    ['Lt. Col. ', 'The rest,']
    """
    at = start
    for match in _MARKS.finditer(text, start, end):
        if match.end() < end and _ends_sentence(text, at, match, end, language):
            yield from whole(text, at, match.end())
            at = match.end()
    yield from whole(text, at, end)


def whole(text: str, start: int, end: int) -> Iterator[Offsets]:
    """The stretch without outer space, cut into pieces when it runs on too long."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    while end - start > MAX_SENTENCE:
        cut = start + MAX_SENTENCE
        floor = start + MAX_SENTENCE // 2
        breaks = list(_SOFT_BREAK.finditer(text, floor, cut))
        if breaks:
            cut = max(breaks, key=lambda found: (_strength(found.group()), found.end())).end()
        stop = cut
        while text[stop - 1].isspace():
            stop -= 1
        yield start, stop
        start = cut
        while text[start].isspace():
            start += 1
    if start < end:
        yield start, end


def _strength(mark: str) -> int:
    return 3 if mark == "\n" else 2 if mark in ";:" else 1 if mark.strip() else 0


def _ends_sentence(text: str, start: int, match: re.Match[str], end: int, language: Language) -> bool:
    if match.group(4):
        return True
    marks, closers, gap = match.group(1, 2, 3)
    after = _AFTER.match(text, match.end(), min(end, match.end() + 3 * _WINDOW))
    assert after is not None
    opening, word = after.groups()
    before = _BEFORE.search(text, max(start, match.start() - _WINDOW), match.start())
    token = before.group() if before else ""
    if not gap:
        return _ends_without_space(text, token, marks, closers, opening, word)
    if not word:
        return text[match.end()] not in ",;:.!?)]"
    first = word[0]
    if first.islower():
        return False
    if any(dash in opening for dash in "—–") and closers:  # «Ні!» — Сказав
        return False
    if marks != ".":
        return not (closers and _speech_follows(text, match.end(), end, language))
    if not token or closers:
        return True
    return _full_stop_ends(text, start, match.start(), token, opening, word, language)


def _ends_without_space(text: str, token: str, marks: str, closers: str, opening: str, word: str) -> bool:
    """``ended.The next``: two plain words, never a domain, an address, initials or a number."""
    if len(marks) > 1 and not closers:
        return bool(word) and word[0].isupper()
    if closers and "'" in closers and not opening:
        return False
    head = word.split(".")[0]
    return (
        len(token) >= 2
        and token[-1].isalpha()
        and (token[-1].islower() or len(token) > 4)
        and not any(mark in token for mark in "/@\\_.:=#")
        and len(head) >= 1
        and head[0].isupper()
        and (len(head) == 1 or head[1:].islower())
        and head.casefold() not in data_file("files")["domains"]
        and "." not in word.rstrip(".")
    )


def _speech_follows(text: str, at: int, end: int, language: Language) -> bool:
    """Whether ``"Stop!"`` is followed by ``Smith said``, which belongs to it."""
    words = re.findall(r"[\w'’]+", text[at : min(end, at + 60)])[:4]
    if words and words[0] in language.starters:
        return False
    return any(word.casefold() in language.speech for word in words[1:])


def _full_stop_ends(
    text: str, start: int, stop: int, token: str, opening: str, word: str, language: Language
) -> bool:
    whole = token.casefold().lstrip("'‘’[{*_#").replace("..", ".")
    key = re.split(r"[-–/]", whole)[-1]  # "20-Dec."
    bare = word.rstrip(".'’")
    opens = bare in language.starters and not (len(bare) == 1 and word.endswith("."))
    figure = word[0].isdigit()
    if stop - start == len(token) and _ENUMERATOR.match(key):  # "1. Item" at the very beginning
        return False
    initial = bool(_INITIAL.match(token)) and (token[0].isupper() or "." in token)
    if (initial or key in language.abbreviations) and _SIDEWAYS.search(opening):
        return False
    if key in language.before_number and figure:
        return False
    if key in language.clock:
        follower = bare.casefold()
        return not (figure or follower in language.weekdays | language.zones or follower in language.months)
    if key in language.after_comma:
        return opens or text[start : stop - len(token)].rstrip().endswith(",")
    if key in language.dated:
        return _dates(text[max(start, stop - len(token) - 16) : stop - len(token)]) and (
            opens or text.count(" ", start, stop) >= 6
        )
    if key in language.before_name:
        return opens and not _title_case(token)
    if key in language.other or initial:
        return opens
    return True


def _dates(before: str) -> bool:
    """Whether ``р.`` or ``B.C.`` follows a figure: it is a year then, and not a river or a title."""
    words = before.split()
    return bool(words) and (words[-1][-1].isdigit() or words[-1].endswith(".") or words[-1].isupper())


def _title_case(token: str) -> bool:
    """``Gen.`` and ``Lt.`` never end a sentence; ``st.`` in small letters may."""
    return token[:1].isupper()
