"""What the archive knows of languages, scripts and file kinds, read from the data beside it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from svidok.errors import BadData

__all__ = ["Language", "Page", "data_file", "language", "language_codes", "page"]

_LISTS = {
    "": ("stop_words", "starters", "dangling", "speech"),
    "abbreviations": ("before_name", "before_number", "clock", "other", "after_comma", "dated"),
    "dates": ("weekdays", "zones"),
    "page": (
        "published",
        "occasions",
        "issues",
        "bylines",
        "source",
        "notes",
        "caption_sides",
        "caption_things",
        "caption_labels",
        "caption_openings",
        "caption_credits",
    ),
}
_NOT_LANGUAGES = {"scripts", "files", "agencies"}


@dataclass(frozen=True, slots=True)
class Language:
    """What splitting sentences and reading dates needs to know of one language.

    All words are casefolded, save ``starters``; abbreviations stand without their last full stop.
    """

    code: str
    day_first: bool
    stop_words: frozenset[str]
    starters: frozenset[str]
    dangling: frozenset[str]
    speech: frozenset[str]
    before_name: frozenset[str]
    before_number: frozenset[str]
    clock: frozenset[str]
    other: frozenset[str]
    after_comma: frozenset[str]
    dated: frozenset[str]
    abbreviations: frozenset[str]
    months: Mapping[str, int]
    weekdays: frozenset[str]
    zones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Page:
    """Words that tell what a paragraph is on the page: every language together, casefolded."""

    published: frozenset[str]
    occasions: frozenset[str]
    issues: frozenset[str]
    bylines: frozenset[str]
    source: frozenset[str]
    notes: frozenset[str]
    caption_sides: frozenset[str]
    caption_things: frozenset[str]
    caption_labels: frozenset[str]
    caption_openings: frozenset[str]
    caption_credits: frozenset[str]
    agencies: frozenset[str]
    outlet_words: frozenset[str]
    name_words: frozenset[str]
    byline_words: frozenset[str]


@cache
def data_file(name: str) -> dict[str, Any]:
    """One data file of the archive, parsed.

    Args:
        name: its name without ``.toml``.

    Raises:
        BadData: when the file is not valid TOML.

    >>> data_file("en")["name"]
    'English'
    """
    try:
        return tomllib.loads(files("svidok.archive").joinpath("data", f"{name}.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadData(str(error), where=f"archive/data/{name}.toml", remedy="reinstall svidok") from error


@cache
def language_codes() -> tuple[str, ...]:
    """ISO 639-1 codes of the languages that have a data file, sorted.

    >>> "uk" in language_codes()
    True
    """
    found = (entry.name for entry in files("svidok.archive").joinpath("data").iterdir())
    codes = (name.removesuffix(".toml") for name in found if name.endswith(".toml"))
    return tuple(sorted(code for code in codes if code not in _NOT_LANGUAGES))


def _words(table: Mapping[str, Any], section: str, key: str, *, code: str) -> list[str]:
    values = (table[section] if section else table).get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise BadData(f"{section}.{key} must be a list of words", where=f"archive/data/{code}.toml")
    return values


@cache
def language(code: str | None) -> Language:
    """What is known of a language, joined with English, whose names and abbreviations travel.

    Args:
        code: ISO 639-1; None or an unknown code gives English alone.

    >>> language("uk").months["квітня"], language("xx").code
    (4, 'en')
    """
    known = code if code in language_codes() else "en"
    assert known is not None
    tables = [data_file(known)] if known == "en" else [data_file(known), data_file("en")]
    words: dict[str, frozenset[str]] = {}
    for section in ("", "abbreviations", "dates"):
        for key in _LISTS[section]:
            found = [word for table in tables for word in _words(table, section, key, code=known)]
            words[key] = frozenset(found if key == "starters" else map(str.casefold, found))
    words["abbreviations"] = frozenset().union(*(words[key] for key in _LISTS["abbreviations"]))
    months = {
        name.casefold(): number for table in tables[::-1] for name, number in table["dates"]["months"].items()
    }
    return Language(code=known, day_first=tables[0]["day_first"], months=months, **words)


@cache
def page() -> Page:
    """The words of captions, bylines, datelines and notes in every language.

    >>> "top left" in page().caption_sides
    True
    """
    tables = {code: data_file(code) for code in language_codes()}
    words = {
        key: frozenset(
            w.casefold() for code, table in tables.items() for w in _words(table, "page", key, code=code)
        )
        for key in _LISTS["page"]
    }
    names = data_file("agencies")
    for key in ("outlet_words", "name_words", "byline_words"):
        words[key] = frozenset(word.casefold() for word in names[key])
    return Page(agencies=frozenset(names["names"]), **words)
