"""What one language knows of time, read from a folder of data.

``words.toml`` has classes of words with their values, words for numbers, and the words that stand
beside expressions; ``patterns.toml`` has the forms of expressions (see ``forms``).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from svidok.claims.mentions.times.atoms import ANY, COUNTING
from svidok.claims.mentions.times.forms import (
    Compiler,
    Pattern,
    Value,
    alternatives,
    going_on,
    normal,
    unfold,
)
from svidok.errors import BadData

__all__ = ["Language", "compile_language", "forms_of", "languages", "load_language", "number"]


@dataclass(frozen=True, slots=True)
class Language:
    """The compiled knowledge of one language.

    ``index`` gives the patterns by their first two words; "*" stands for any second word, "&" for one
    of ``counting``, with which a number goes on.
    """

    code: str
    classes: dict[str, dict[str, Value]]
    numbers: dict[str, dict[str, int]]
    patterns: tuple[Pattern, ...]
    index: dict[str, dict[str, tuple[Pattern, ...]]]
    counting: frozenset[str]
    ancient: re.Pattern[str]
    cues: dict[str, frozenset[str]]
    cue_patterns: dict[str, re.Pattern[str]]
    links: dict[str, frozenset[str]]
    hinges: dict[str, str]
    irregular: dict[str, str]
    within: str

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
        if name == "offset":
            return f"{text[:3]}:{text[-2:]}"
        return text


def number(text: str, tables: dict[str, dict[str, int]]) -> Value:
    """A number in digits or words; 2 1/2 and "two and a half" are 2.5.

    >>> number("2 1/2", {}), number("1,500", {})
    (2.5, 1500)
    """
    ones, scales = tables.get("ones", {}), tables.get("scales", {})
    if normal(text) in ones:
        return ones[normal(text)]  # a couple of
    words = normal(text).replace("-", " ").replace("½", " 1/2").split()
    total, current = 0.0, 0.0
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


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The codes of the languages that have a folder; "und" has what all write alike."""
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
    return compile_language(code, _read(code, "words.toml"), _read(code, "patterns.toml"))


def forms_of(code: str, name: str) -> frozenset[str]:
    """The forms of one class of words of a language ("holiday"), without compiling its patterns.

    >>> "christmas" in forms_of("en", "holiday")
    True
    """
    return frozenset(_table(_read(code, "words.toml")["classes"][name]))


def _read(code: str, name: str) -> dict[str, Any]:
    root = resources.files("svidok.atlas") / "data" / "times" / code
    if not root.is_dir():
        raise BadData(
            f"there is no knowledge of time for the language {code!r}",
            where="times",
            remedy=f"use one of {', '.join(languages())}, or add a folder",
        )
    try:
        return tomllib.loads((root / name).read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(f"it cannot be read: {error}", where=f"times/{code}/{name}") from error


def compile_language(code: str, words: dict[str, Any], patterns: dict[str, Any]) -> Language:
    """Compile what the two files of a language hold (as ``tomllib`` gives it).

    Raises:
        BadData: a form breaks the notation or names a class that is not there.
    """
    classes = {name: _table(table) for name, table in words.get("classes", {}).items()}
    numbers = {
        name: {form: int(value) for form, value in _table(table).items()}
        for name, table in words.get("numbers", {}).items()
    }
    compiler = Compiler(
        f"times/{code}", classes, numbers, patterns.get("macros", {}), words.get("proper", ())
    )
    compiled = tuple(
        compiler.pattern(entry, place) for place, entry in enumerate(patterns.get("pattern", []), start=1)
    )
    cues = {
        name: frozenset(normal(form) for entry in found for form in unfold(entry))
        for name, found in words.get("cues", {}).items()
    }
    return Language(
        code,
        classes,
        numbers,
        compiled,
        _index(compiled, going_on(numbers)),
        going_on(numbers),
        _era(classes),
        cues,
        {
            name: re.compile(rf"(?<!\w)(?:{alternatives(found)}{_endings(words, name)})(?!\w)")
            for name, found in cues.items()
        },
        {
            name: frozenset(map(normal, forms))
            for part in ("links", "bounds")
            for name, forms in words.get(part, {}).items()
        },
        {str(word): str(kind) for kind, forms in words.get("hinges", {}).items() for word in forms},
        {str(form): str(word) for word, forms in words.get("irregular", {}).items() for form in forms},
        rf"(?<!\w)(?:{alternatives(words.get('within', {}).get('words', ['within']))})\W{{0,3}}$",
    )


def _era(classes: dict[str, dict[str, Value]]) -> re.Pattern[str]:
    """Matches what tells that a year is before the common era."""
    forms = [form for form, era in classes.get("era", {}).items() if era == "BC"]
    return re.compile(rf"(?<!\w)(?:{alternatives(forms)})" if forms else "(?!)")


def _endings(words: dict[str, Any], name: str) -> str:
    """Endings that tell a cue of a kind ("-ed" the past), as one more alternative."""
    table = words.get("endings", {})
    endings = table.get(name, [])
    if not endings:
        return ""
    kept_out = "|".join(map(re.escape, table.get("except", []))) or "(?!)"
    return rf"|(?!(?:{kept_out})(?!\w))[^\W\d_]{{3,14}}(?:{'|'.join(map(re.escape, endings))})"


def _index(
    patterns: tuple[Pattern, ...], counting: frozenset[str]
) -> dict[str, dict[str, tuple[Pattern, ...]]]:
    places: dict[str, dict[str, set[int]]] = {}
    for place, pattern in enumerate(patterns):
        for start in pattern.starts:
            second = start[1] if len(start) > 1 and start[0] != "#x" else ANY
            places.setdefault(start[0], {}).setdefault(second, set()).add(place)
    return {
        first: {
            second: tuple(
                patterns[place]
                for place in sorted(
                    found
                    | seconds.get(ANY, set())
                    | (seconds.get(COUNTING, set()) if second in counting else set())
                )
            )
            for second, found in seconds.items()
        }
        for first, seconds in places.items()
    }


def _table(table: dict[str, list[str]]) -> dict[str, Value]:
    return {
        normal(form): int(value) if re.fullmatch(r"[+-]?\d+", value) else value
        for value, forms in table.items()
        for entry in forms
        for form in unfold(entry)
    }
