"""Forms of expressions, written in a small notation, compiled to bounded regular expressions.

===========  ======================================================================
``word``     the word (all is matched in lower case; a class named in ``proper`` needs a capital)
``{class}``  a word of a class; ``{class:name}`` gives it another name, ``{class:_x}`` drops it
``( | )?``   alternatives, and an optional part
``< >``      what is marked as an expression; several in one form make several
a space      a space or one line break; ``~`` a space or nothing; ``_`` a space or hyphen;
             ``–`` any dash
===========  ======================================================================

Nothing in the notation repeats without end, so that an attempt at a form is bounded and reading
stays linear. Of each form the first two words that it can begin with are known beforehand; a text
is matched only where they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from svidok.claims.mentions.times.atoms import BUILT_IN, COUNTING
from svidok.errors import BadData

__all__ = [
    "TOKEN",
    "Compiler",
    "Pattern",
    "Value",
    "going_on",
    "normal",
    "shape",
    "unfold",
]

Value = str | int | float
Starts = set[tuple[str, ...]]  # the first two words, as shapes; shorter where the form may go on
APOSTROPHE = "['’ʼ`]"
SPACE = r"(?:[^\S\n]{1,2}\n?|\n)"
TOKEN = re.compile(r"['’`]\d\d(?!\w)|\w+")
WORD = re.compile(r"[^\W_]+")
RUN_ON = re.compile(r"\({1,4}[^\W_]")
MARKS = {
    " ": SPACE,
    "_": r"(?:[^\S\n]|[-‑]|\n)",
    "~": rf"{SPACE}?",
    "–": r"[^\S\n]?[-–—−‑]{1,2}[^\S\n]?",
    "'": APOSTROPHE,
}


def shape(token: str) -> str:
    """The key of a (lower case) word in the index: itself, or the shape of its digits.

    >>> shape("march"), shape("1943"), shape("24th"), shape("'99")
    ('march', '#4', '#x', "'")
    """
    first = token[0]
    if first in "'’`":
        return "'"
    if not first.isdigit():
        return token
    if token.isdigit():
        return f"#{len(token)}" if len(token) <= 4 else "#5"
    return "#x"


@dataclass(slots=True)
class Pattern:
    """One form: what it makes of a match, and where its named parts are. Compiled when first used."""

    name: str
    make: str
    source: str
    groups: tuple[tuple[str, int, str, str], ...]  # (group, span number, name, class)
    proper: tuple[str, ...]  # groups that need a capital
    spans: tuple[tuple[str, int], ...]  # (group, span number)
    constants: dict[str, Value]
    each: tuple[dict[str, Value], ...]  # constants of the first span, the second...
    starts: Starts
    priority: int
    _compiled: re.Pattern[str] | None = field(default=None, repr=False, compare=False)

    @property
    def expression(self) -> re.Pattern[str]:
        """The regular expression, over text in lower case."""
        if self._compiled is None:
            self._compiled = re.compile(self.source)
        return self._compiled


def going_on(numbers: dict[str, dict[str, int]]) -> frozenset[str]:
    """The words and shapes with which a number goes on: five hundred, 1 500, two and a half.

    >>> sorted(going_on({"ones": {"one": 1}, "halves": {"and a half": 1}}))
    ['#1', '#2', '#3', '#4', '#5', '#x', 'and', 'one']
    """
    words = {_starts(word)[0] for table in numbers.values() for word in table}
    return frozenset(words | {"and"} | {f"#{n}" for n in "12345x"})


def normal(text: str) -> str:
    """Lower case, single spaces.

    >>> normal("Late  In")
    'late in'
    """
    return " ".join(re.sub(APOSTROPHE, "'", text.lower()).split())


def unfold(entry: str) -> list[str]:
    """The forms of an entry with variants.

    >>> unfold("sep[t|tember]")
    ['sept', 'september']
    """
    found = re.search(r"\[([^\[\]]*)\]", entry)
    if found is None:
        return [entry]
    return [
        form
        for variant in found.group(1).split("|")
        for form in unfold(entry[: found.start()] + variant + entry[found.end() :])
    ]


def _literal(text: str) -> str:
    return SPACE.join(re.escape(word) for word in text.split()).replace("'", APOSTROPHE)


def alternatives(forms: Iterable[str]) -> str:
    """A regular expression for any of some words or phrases, the longest first."""
    ordered = sorted({normal(form) for form in forms}, key=lambda form: (-len(form), form))
    return "|".join(_literal(form) + (r"(?!\w)" if form[-1:].isalnum() else "") for form in ordered)


def _starts(form: str) -> tuple[str, ...]:
    """The shapes of the first two words of a form of a class; nothing for bare marks."""
    return tuple(shape(token) for token in TOKEN.findall(form)[:2])


class Compiler:
    """Compiles forms over the classes, numbers and macros of one language."""

    def __init__(
        self,
        where: str,
        classes: dict[str, dict[str, Value]],
        numbers: dict[str, dict[str, int]],
        macros: dict[str, str],
        proper: Iterable[str] = (),
    ) -> None:
        self.where, self.macros, self.proper = where, macros, set(proper)
        words = {word for name, table in numbers.items() if name != "halves" for word in table}
        number_starts: Starts = {(f"#{n}", *more) for n in "1234x" for more in ((), (COUNTING,))}
        firsts = {_starts(word) for word in words}
        number_starts |= firsts | {(*first, COUNTING)[:2] for first in firsts}
        self.atoms: dict[str, tuple[str, Starts]] = {
            name: (expression, {(key,) for key in keys}) for name, (expression, keys) in BUILT_IN.items()
        }
        for name, table in classes.items():
            self.atoms[name] = f"(?:{alternatives(table)})", {_starts(form) for form in table}
        self.atoms["n"] = _number(words, numbers.get("halves", {})), number_starts

    def pattern(self, entry: dict[str, Any], place: int) -> Pattern:
        """Compile one entry of ``patterns.toml``.

        Raises:
            BadData: the entry lacks a form or breaks the notation.
        """
        name = str(entry.get("name", place))
        where = f"{self.where}/patterns.toml, pattern {place} ({name})"
        if "form" not in entry or "make" not in entry:
            raise BadData("a pattern needs a form and what it makes", where=where)
        form = _Form(self, where)
        body, starts = form.parse(self._expand(str(entry["form"]), where))
        if () in starts:
            raise BadData("the form can match nothing", where=where, remedy="make one part of it required")
        spans = tuple(form.spans)
        if not spans:
            body, spans = f"(?P<e0>{body})", (("e0", 0),)
        source = body + r"(?!\w)" + str(entry.get("tail", ""))
        if re.search(r"(?<!\\)[*+](?![\]-])|\{\d+,\}", str(entry.get("tail", ""))):
            raise BadData("the tail repeats without end", where=where, remedy="bound it: {0,3}")
        try:
            re.compile(str(entry.get("tail", "")))
        except re.error as error:
            raise BadData(f"the tail does not compile: {error}", where=where) from error
        return Pattern(
            name,
            str(entry["make"]),
            source,
            tuple(form.groups),
            tuple(group for group, _, _, kind in form.groups if kind in self.proper),
            spans,
            dict(entry.get("set", {})),
            tuple(map(dict, entry.get("each", ()))),
            starts,
            int(entry.get("priority", 0)),
        )

    def _expand(self, form: str, where: str) -> str:
        def macro(found: re.Match[str]) -> str:
            name = found.group(1)
            return f"({self.macros[name]})" if name in self.macros else found.group()

        for _ in range(8):
            expanded = re.sub(r"\{([A-Z_]+)\}", macro, form)
            if expanded == form:
                return form
            form = expanded
        raise BadData("a macro contains itself", where=where)


def _number(words: set[str], halves: dict[str, int]) -> str:
    digits = r"\d{1,3}(?:,\d{3}){1,2}(?!\d)|\d{1,4}(?:[.,]\d{1,2})?(?:[^\S\n]\d/\d|½)?(?![\d/])"
    if not words:
        return f"(?:{digits})"
    word = f"(?:{alternatives(words)})"
    tail = rf"(?:{SPACE}(?:{alternatives(halves)}))?" if halves else ""
    return rf"(?:(?:{digits}|{word}(?:[-\s](?:and\s)?{word}){{0,5}}){tail})"


class _Form:
    """A recursive reader of one form; gives its regular expression and its possible starts."""

    def __init__(self, compiler: Compiler, where: str) -> None:
        self.compiler, self.where = compiler, where
        self.groups: list[tuple[str, int, str, str]] = []
        self.spans: list[tuple[str, int]] = []
        self.text, self.at = "", 0

    def parse(self, text: str) -> tuple[str, Starts]:
        self.text, self.at = text, 0
        body, starts = self._alternatives()
        if self.at != len(text):
            raise BadData(f"unbalanced {text[self.at]!r} in {text!r}", where=self.where)
        return f"(?:{body})", starts

    def _alternatives(self) -> tuple[str, Starts]:
        body, starts = self._sequence()
        while self._here("|"):
            self.at += 1
            other, more = self._sequence()
            body, starts = f"{body}|{other}", starts | more
        return body, starts

    def _sequence(self) -> tuple[str, Starts]:
        parts: list[str] = []
        starts: Starts = {()}
        while self.at < len(self.text) and self.text[self.at] not in "|)>":
            body, following = self._item()
            if self._here("?"):
                self.at += 1
                body, following = f"(?:{body})?", following | {()}
            parts.append(body)
            if any(len(start) < 2 for start in starts) and following != {()}:
                starts = {(start + more)[:2] for start in starts for more in following}
        return "".join(parts), starts

    def _item(self) -> tuple[str, Starts]:
        char = self.text[self.at]
        if char in "(<":
            self.at += 1
            opened = "?:"
            if char == "<":
                opened = f"?P<e{len(self.spans)}>"
                self.spans.append((f"e{len(self.spans)}", len(self.spans)))
            body, starts = self._alternatives()
            close = ")" if char == "(" else ">"
            if not self._here(close):
                raise BadData(f"a {close!r} is missing in {self.text!r}", where=self.where)
            self.at += 1
            return f"({opened}{body})", starts
        if char == "{":
            return self._atom()
        word = WORD.match(self.text, self.at) if char not in MARKS else None
        if word:
            self.at = word.end()
            if RUN_ON.match(self.text, self.at):  # the index of first words would not know it
                raise BadData(
                    f"the word {word.group()!r} runs on into a group in {self.text!r}",
                    where=self.where,
                    remedy="write its forms out: (day|days)",
                )
            return re.escape(word.group().lower()), {(shape(word.group().lower()),)}
        self.at += 1
        return MARKS.get(char, re.escape(char)), {()}

    def _atom(self) -> tuple[str, Starts]:
        end = self.text.find("}", self.at)
        kind, _, name = self.text[self.at + 1 : end].partition(":")
        self.at = end + 1
        if end < 0 or kind not in self.compiler.atoms:
            raise BadData(f"there is no class {kind!r}", where=self.where, remedy="add it to words.toml")
        expression, starts = self.compiler.atoms[kind]
        group = f"g{len(self.groups)}"
        self.groups.append((group, max(0, len(self.spans) - 1), name or kind, kind))
        return f"(?P<{group}>{expression})", starts

    def _here(self, char: str) -> bool:
        return self.text[self.at : self.at + 1] == char
