"""The words by which the ledger sorts claims, compiled once from ``atlas/data/ledger.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files

from svidok.errors import BadData

__all__ = ["pattern"]


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads((files("svidok") / "atlas/data/ledger.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=32)
def pattern(name: str) -> re.Pattern[str]:
    """One table of words as a pattern that matches any of them as whole words, case ignored.

    Raises:
        BadData: the table is missing, or a word of it is not a regular expression.

    >>> bool(pattern("corridor").search("a humanitarian Corridor opened"))
    True
    """
    try:
        listed = sorted(_tables()[name]["words"], key=lambda w: (-len(w), w))
        return re.compile(rf"\b(?:{'|'.join(listed)})\b", re.IGNORECASE)
    except (KeyError, re.error) as error:
        raise BadData(
            f"the table {name!r} cannot be used: {error}",
            where="atlas/data/ledger.toml",
            remedy="mend the file",
        ) from error
