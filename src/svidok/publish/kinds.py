"""How the page names and groups the codes of the ontology (``data/kinds.toml``)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from svidok.errors import BadData

__all__ = ["GLYPHS", "Group", "Kind", "label", "load_groups", "load_kinds", "side_colours"]

GLYPHS = ("disc", "diamond", "cross", "square", "triangle", "house", "ring")
"""The shapes that the map can draw."""

_FILE = Path(__file__).with_name("data") / "kinds.toml"


@dataclass(frozen=True, slots=True)
class Kind:
    """One code of the ontology as readers see it."""

    code: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Group:
    """A family of codes that shares one shape on the map."""

    key: str
    label: str
    glyph: str
    kinds: tuple[Kind, ...]


@cache
def load_groups(path: Path = _FILE) -> tuple[Group, ...]:
    """Every group, in the order in which the page shows them.

    Raises:
        BadData: an unknown shape, or one code in two groups.

    >>> [group.key for group in load_groups()][:2]
    ['fighting', 'ground']
    """
    groups = []
    seen: set[str] = set()
    for entry in tomllib.loads(path.read_text(encoding="utf-8"))["group"]:
        kinds = tuple(Kind(code, label, entry["key"]) for code, label in entry["codes"].items())
        twice = seen.intersection(kind.code for kind in kinds)
        if twice or entry["glyph"] not in GLYPHS:
            what = f"code {sorted(twice)} stands twice" if twice else f"no such glyph: {entry['glyph']!r}"
            raise BadData(what, where=f"{path.name}, group {entry['key']}", remedy="mend the file")
        seen |= {kind.code for kind in kinds}
        groups.append(Group(entry["key"], entry["label"], entry["glyph"], kinds))
    return tuple(groups)


@cache
def load_kinds() -> dict[str, Kind]:
    """Every kind by its code.

    >>> load_kinds()["capture"].label
    'Place taken'
    """
    return {kind.code: kind for group in load_groups() for kind in group.kinds}


@cache
def side_colours() -> dict[str, int]:
    """Sides that have a colour of their own, as its number in the page's palette.

    >>> side_colours()["Ukraine"]
    0
    """
    colours: dict[str, int] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["side_colours"]
    return colours


@cache
def _labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))["labels"]
    return labels


def label(family: str, code: str | None) -> str | None:
    """A code of the ledger in words for readers; a code without a label in its own letters, spaced.

    >>> label("act", "deny"), label("category", "shelter"), label("category", None)
    ('denies', 'Shelter', None)
    """
    if code is None:
        return None
    return _labels()[family].get(code) or code.replace("_", " ").lower()
