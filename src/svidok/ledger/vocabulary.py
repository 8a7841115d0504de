"""The words by which the ledger sorts claims, compiled once from data files (``ledger.toml`` by default)."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from svidok.errors import BadData

__all__ = ["compiled", "pattern", "table"]

_FILE = "atlas/data/ledger.toml"


@lru_cache(maxsize=4)
def _tables(file: str) -> dict[str, Any]:
    return tomllib.loads((files("svidok") / file).read_text(encoding="utf-8"))


def table(name: str, file: str = _FILE) -> Any:
    """One table of a data file, as it stands there.

    Raises:
        BadData: the file has no such table.
    """
    try:
        return _tables(file)[name]
    except KeyError as error:
        raise BadData(f"there is no table {name!r}", where=file, remedy="mend the file") from error


def pattern(name: str) -> re.Pattern[str]:
    """One table of words as a pattern that matches any of them as whole words, case ignored.

    Raises:
        BadData: the table is missing, or a word of it is not a regular expression.

    >>> bool(pattern("corridor").search("a humanitarian Corridor opened"))
    True
    """
    return compiled(_FILE, name)


@lru_cache(maxsize=64)
def compiled(file: str, name: str) -> re.Pattern[str]:
    """The words of one table of one data file as a pattern: see ``pattern``."""
    try:
        listed = sorted(table(name, file)["words"], key=lambda w: (-len(w), w))
        return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE)
    except (KeyError, re.error) as error:
        raise BadData(
            f"the table {name!r} cannot be used: {error}", where=file, remedy="mend the file"
        ) from error
