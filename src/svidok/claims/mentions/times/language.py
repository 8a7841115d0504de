"""What one language knows of time: its words and its patterns, read from a folder of data.

``words.toml`` has classes of words with their values; ``patterns.toml`` has forms over those
classes. A form is written in a small notation, which compiles to a bounded regular expression
(no open-ended repetition, so that reading stays linear):

===========  ======================================================================
``word``     the word, in any case
``{class}``  a word of a class; ``{class:name}`` gives it another name
``( | )?``   alternatives, and an optional part
``< >``      what is marked as an expression; several in one form make several
a space      a space or one line break; ``~`` a space or nothing; ``_`` a space or hyphen;
             ``–`` any dash
===========  ======================================================================
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from svidok.errors import BadData

__all__ = ["Language", "Pattern", "languages", "load_language"]

Value = str | int | float
APOSTROPHE = "['’ʼ`]"
SPACE = r"(?:[^\S\n]{1,2}\n?|\n)"
BUILT_IN: dict[str, tuple[str, tuple[str, ...]]] = {
    # digits: regular expression, and the shapes of the first token it can start with
    "d": (r"(?:3[01]|[12]\d|0?[1-9])(?!\d)", ("#1", "#2")),
    "dd": (r"\d\d?(?!\d)", ("#1", "#2")),
    "mm": (r"\d\d?(?!\d)", ("#1", "#2")),
    "dth": (r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)\b", ("#x",)),
    "y": (r"(?:1\d{3}|20\d\d|21\d\d)(?!\d)", ("#4",)),
    "yyyy": (r"\d{4}(?!\d)", ("#4",)),
    "yy": (r"\d\d(?!\d)", ("#2",)),
    "yany": (r"\d{1,4}(?!\d)", ("#1", "#2", "#3", "#4")),
    "hh": (r"(?:[01]?\d|2[0-4])(?!\d)", ("#1", "#2")),
    "min": (r"[0-5]\d(?!\d)", ("#2",)),
    "sec": (r"[0-5]\d(?!\d)", ("#2",)),
    "hhmm": (r"(?:[01]\d|2[0-4])[0-5]\d(?!\d)", ("#4",)),
    "offset": (r"[+-](?:0\d|1[0-4]):?[0-5]\d(?!\d)", ("+",)),
    "month_digits": (r"(?:0[1-9]|1[0-2])(?!\d)", ("#2",)),
    "digit": (r"[1-4](?!\d)", ("#1", "#x")),
    "ydecade": (r"(?:1\d|2[01])\d0(?=['’]?s\b)", ("#4", "#x")),
    "dtg": (r"(?:3[01]|[12]\d|0[1-9])(?:[01]\d|2[0-4])[0-5]\d[ ]?[A-IK-Z][ ]?[A-Z]{3}[ ]?\d\d(?:\d\d)?\b", ("#5", "#x")),
    "integer": (r"\d{1,4}(?!\d)", ("#1", "#2", "#3", "#4")),
}
TOKEN = re.compile(r"['’`]\d\d(?!\w)|\w+")


def shape(token: str) -> str:
    """The key of a token in the index of patterns: the word itself, or the shape of its digits."""
    first = token[0]
    if first in "'’`":
        return "'"
    if not first.isdigit():
        return token.lower()
    if token.isdigit():
        return f"#{len(token)}" if len(token) <= 4 else "#5"
    return "#x"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form, compiled: what it makes of a match, and where its named parts are."""

    name: str
    make: str
    expression: re.Pattern[str]
    groups: tuple[tuple[str, int, str, str], ...]  # (group, span number, name, class)
    spans: tuple[tuple[str, int], ...]  # (group, span number)
    constants: dict[str, Value]
    keys: frozenset[str]
    body: str
    priority: int


@dataclass(frozen=True, slots=True)
class Language:
    """The compiled knowledge of one language."""

    code: str
    classes: dict[str, dict[str, Value]]
    numbers: dict[str, dict[str, int]]
    patterns: tuple[Pattern, ...]
    index: dict[str, tuple[Pattern, ...]]
    gates: dict[str, re.Pattern[str]]
    cues: dict[str, frozenset[str]]
    cue_patterns: dict[str, re.Pattern[str]]

    links: dict[str, frozenset[str]]

    def words(self, name: str) -> frozenset[str]:
        """The words of a kind of link."""
        return self.links.get(name, frozenset())

    def decode(self, name: str, text: str) -> Value:
        """The value of the words that a class matched."""
        table = self.classes.get(name)
        if table is not None:
            return table[normal(text)]
        if name == "n":
            return number(text, self.numbers)
        return text


def normal(text: str) -> str:
    """Lower case, single spaces.

    >>> normal("Late  In")
    'late in'
    """
    return " ".join(re.sub(APOSTROPHE, "'", text.lower()).split())


def number(text: str, tables: dict[str, dict[str, int]]) -> Value:
    """A number in digits or words; 2 1/2 and "two and a half" are 2.5.

    >>> number("2 1/2", {}), number("1,500", {})
    (2.5, 1500)
    """
    words = normal(text).replace("-", " ").replace("½", " 1/2").split()
    total, current = 0.0, 0.0
    ones, scales = tables.get("ones", {}), tables.get("scales", {})
    half = 0.5 if any(normal(text).endswith(phrase) for phrase in tables.get("halves", {})) else 0.0
    for word in words:
        if word in ones:
            current += ones[word]
        elif word in scales:
            scale = scales[word]
            if scale >= 1000:
                total, current = total + max(current, 1) * scale, 0
            else:
                current = max(current, 1) * scale
        elif re.fullmatch(r"\d/\d", word):
            half = int(word[0]) / max(1, int(word[2]))
        elif word[:1].isdigit():
            current += float(
                word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{3})+", word) else word.replace(",", ".")
            )
    result = total + current + half
    return int(result) if result == int(result) else result


def languages() -> tuple[str, ...]:
    """The codes of the languages that have a folder."""
    root = resources.files("svidok.atlas") / "data" / "times"
    return tuple(sorted(folder.name for folder in root.iterdir() if folder.is_dir()))


@lru_cache(maxsize=8)
def load_language(code: str) -> Language:
    """Read and compile one language.

    Args:
        code: an ISO 639-1 code that has a folder, such as "en".

    Raises:
        BadData: no such folder, or a file of it breaks the notation.
    """
    root = resources.files("svidok.atlas") / "data" / "times" / code
    if not root.is_dir():
        raise BadData(
            f"there is no knowledge of time for the language {code!r}",
            where="times",
            remedy=f"use one of {', '.join(languages())}, or add a folder",
        )
    read = {}
    for name in ("words.toml", "patterns.toml"):
        try:
            read[name] = tomllib.loads((root / name).read_text(encoding="utf-8"))
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise BadData(f"it cannot be read: {error}", where=f"times/{code}/{name}") from error
    return compile_language(code, read["words.toml"], read["patterns.toml"])


def compile_language(code: str, words: dict[str, Any], patterns: dict[str, Any]) -> Language:
    """Compile what the two files of a language hold (as ``tomllib`` gives it)."""
    where = f"times/{code}"
    classes = {name: _table(table) for name, table in words.get("classes", {}).items()}
    numbers = {
        name: {k: int(v) for k, v in _table(t).items()} for name, t in words.get("numbers", {}).items()
    }
    compiler = _Compiler(where, words, classes, numbers, patterns.get("macros", {}))
    compiled = tuple(
        compiler.pattern(entry, place) for place, entry in enumerate(patterns.get("pattern", []), start=1)
    )
    index: dict[str, list[Pattern]] = {}
    for pattern in compiled:
        for key in pattern.keys:
            index.setdefault(key, []).append(pattern)
    gates = {
        key: re.compile("|".join(f"(?:{p.body})" for p in found), re.IGNORECASE)
        for key, found in index.items()
        if len(found) > 2
    }
    cues = {
        name: frozenset(normal(form) for entry in found for form in unfold(entry))
        for name, found in words.get("cues", {}).items()
    }
    cue_patterns = {
        name: re.compile(r"(?<!\w)(?:" + _alternatives(found) + r")(?!\w)", re.IGNORECASE)
        for name, found in words.get("cues", {}).items()
    }
    return Language(
        code,
        classes,
        numbers,
        compiled,
        {key: tuple(found) for key, found in index.items()},
        gates,
        cues,
        cue_patterns,
        {
            name: frozenset(normal(form) for form in forms)
            for part in ("links", "bounds")
            for name, forms in words.get(part, {}).items()
        },
    )


def _table(table: dict[str, list[str]]) -> dict[str, Value]:
    return {
        normal(form): int(value) if re.fullmatch(r"[+-]?\d+", value) else value
        for value, forms in table.items()
        for entry in forms
        for form in unfold(entry)
    }


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


def _alternatives(forms: Any) -> str:
    unfolded = sorted({f for form in forms for f in unfold(form)}, key=len, reverse=True)
    return "|".join(_literal(form) + (r"(?!\w)" if form[-1:].isalnum() else "") for form in unfolded)


class _Compiler:
    """Forms to regular expressions; keeps count of groups within one form."""

    def __init__(
        self,
        where: str,
        words: dict[str, Any],
        classes: dict[str, dict[str, Value]],
        numbers: dict[str, dict[str, int]],
        macros: dict[str, str],
    ) -> None:
        self.where, self.words, self.classes, self.macros = where, words, classes, macros
        self.proper = set(words.get("proper", []))
        self.number = _number_expression(numbers)
        self.number_keys = {"#1", "#2", "#3", "#4"} | {
            shape(TOKEN.findall(word)[0]) for table in numbers.values() for word in table
        }
        self.expressions = {name: self._class_expression(name) for name in classes}
        self.class_keys = {
            name: {shape(TOKEN.findall(form)[0]) for form in table} for name, table in classes.items()
        }

    def _class_expression(self, name: str) -> str:
        forms = [form for forms in self.words["classes"][name].values() for form in forms]
        if name in self.proper:
            both = [variant for form in forms for f in unfold(form) for variant in (f, f.upper())]
            return f"(?-i:{_alternatives(both)})"
        return f"(?:{_alternatives(forms)})"

    def pattern(self, entry: dict[str, Any], place: int) -> Pattern:
        name = str(entry.get("name", place))
        where = f"{self.where}/patterns.toml, pattern {place} ({name})"
        if "form" not in entry or "make" not in entry:
            raise BadData("a pattern needs a form and what it makes", where=where)
        parser = _Form(self, where)
        tail = r"(?!\w)" + str(entry.get("tail", ""))
        body, keys, empty = parser.parse(self._expand(str(entry["form"]), where))
        if empty:
            raise BadData("the form can match nothing", where=where, remedy="make one part of it required")
        head = str(entry.get("head", ""))
        spans = tuple(parser.spans)
        if not spans:
            body, spans = f"(?P<e0>{body})", (("e0", 0),)
        full = head + body + tail
        plain = re.sub(r"\?P<\w+>", "?:", full)
        try:
            expression = re.compile(full, re.IGNORECASE)
        except re.error as error:
            raise BadData(f"the form does not compile: {error}", where=where) from error
        return Pattern(
            name,
            str(entry["make"]),
            expression,
            tuple(parser.groups),
            spans,
            dict(entry.get("set", {})),
            frozenset(keys),
            plain,
            int(entry.get("priority", 0)),
        )

    def _expand(self, form: str, where: str) -> str:
        for _ in range(8):
            expanded = re.sub(
                r"\{([A-Z_]+)\}",
                lambda m: f"({self.macros[m.group(1)]})" if m.group(1) in self.macros else m.group(0),
                form,
            )
            if expanded == form:
                return form
            form = expanded
        raise BadData("a macro contains itself", where=where)

    def atom(self, name: str, where: str) -> tuple[str, set[str]]:
        if name == "n":
            return self.number, set(self.number_keys)
        if name in self.expressions:
            return self.expressions[name], set(self.class_keys[name])
        if name in BUILT_IN:
            expression, keys = BUILT_IN[name]
            return expression, set(keys)
        raise BadData(f"there is no class {name!r}", where=where, remedy="add it to words.toml")


class _Form:
    """A recursive reader of one form."""

    def __init__(self, compiler: _Compiler, where: str) -> None:
        self.compiler, self.where = compiler, where
        self.groups: list[tuple[str, int, str, str]] = []
        self.spans: list[tuple[str, int]] = []
        self.span = 0
        self.text, self.at = "", 0

    def parse(self, text: str) -> tuple[str, set[str], bool]:
        self.text, self.at = text, 0
        result = self._alternatives()
        if self.at != len(text):
            raise BadData(f"unbalanced {text[self.at]!r} in {text!r}", where=self.where)
        return result

    def _alternatives(self) -> tuple[str, set[str], bool]:
        branches = [self._sequence()]
        while self.at < len(self.text) and self.text[self.at] == "|":
            self.at += 1
            branches.append(self._sequence())
        keys = set().union(*(b[1] for b in branches))
        return "|".join(b[0] for b in branches), keys, any(b[2] for b in branches)

    def _sequence(self) -> tuple[str, set[str], bool]:
        parts: list[str] = []
        keys: set[str] = set()
        empty = True
        while self.at < len(self.text) and self.text[self.at] not in "|)>":
            body, first, may_be_empty = self._item()
            if self.at < len(self.text) and self.text[self.at] == "?":
                self.at += 1
                body, may_be_empty = f"(?:{body})?", True
            parts.append(body)
            if empty:
                keys |= first
                empty = may_be_empty
        return "".join(parts), keys, empty

    def _item(self) -> tuple[str, set[str], bool]:
        text, char = self.text, self.text[self.at]
        if char == "(":
            self.at += 1
            body, keys, empty = self._alternatives()
            self._expect(")")
            return f"(?:{body})", keys, empty
        if char == "<":
            self.at += 1
            group = f"e{len(self.spans)}"
            self.spans.append((group, len(self.spans)))
            self.span = len(self.spans) - 1
            body, keys, empty = self._alternatives()
            self._expect(">")
            self.span = max(self.span, 0)
            return f"(?P<{group}>{body})", keys, empty
        if char == "{":
            end = text.index("}", self.at)
            inner = text[self.at + 1 : end]
            self.at = end + 1
            kind, _, name = inner.partition(":")
            expression, keys = self.compiler.atom(kind, self.where)
            group = f"g{len(self.groups)}"
            self.groups.append((group, self.span, name or kind, kind))
            return f"(?P<{group}>{expression})", keys, False
        if char == " ":
            self.at += 1
            return SPACE, set(), True
        if char == "_":
            self.at += 1
            return r"(?:[^\S\n]|[-‑]|\n)", set(), True
        if char == "~":
            self.at += 1
            return rf"{SPACE}?", set(), True
        if char == "–":
            self.at += 1
            return r"[^\S\n]?[-–—−‑]{1,2}[^\S\n]?", set(), True
        found = re.compile(r"[^\W_]+").match(text, self.at)
        if found:
            self.at = found.end()
            return re.escape(found.group()), {shape(found.group())}, False
        self.at += 1
        return (APOSTROPHE if char == "'" else re.escape(char)), set(), True

    def _expect(self, char: str) -> None:
        if self.at >= len(self.text) or self.text[self.at] != char:
            raise BadData(f"a {char!r} is missing in {self.text!r}", where=self.where)
        self.at += 1


def _number_expression(numbers: dict[str, dict[str, int]]) -> str:
    words = sorted({w for t in numbers.values() for w in t if w != "half"}, key=len, reverse=True)
    digits = r"\d{1,3}(?:,\d{3}){1,2}(?!\d)|\d{1,4}(?:[.,]\d{1,2})?(?:[^\S\n]\d/\d|½)?(?![\d/])"
    if not words:
        return f"(?:{digits})"
    word = "(?:" + "|".join(map(re.escape, words)) + r")(?!\w)"
    halves = "|".join(map(re.escape, numbers.get("halves", {})))
    tail = rf"(?:{SPACE}(?:{halves})(?!\w))?" if halves else ""
    return rf"(?:{digits}|{word}(?:[-\s](?:and\s)?{word}){{0,5}}){tail}"
