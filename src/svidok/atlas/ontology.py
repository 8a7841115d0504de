"""What can happen: the event codes and their names in ACLED and PLOVER."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from svidok.errors import BadData

__all__ = ["Code", "Ontology", "load_ontology"]

DATA = Path(__file__).parent / "data" / "ontology.toml"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of happening: its code, what it covers, and its ACLED and PLOVER names."""

    code: str
    covers: str
    acled: str | None = None
    acled_options: tuple[str, ...] = ()
    plover: str | None = None
    plover_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """All event codes, in the order of the file."""

    codes: Mapping[str, Code]
    later_plover: Mapping[str, str]

    def __getitem__(self, code: str) -> Code:
        return self.codes[code]

    def __contains__(self, code: object) -> bool:
        return code in self.codes

    def __iter__(self) -> Iterator[str]:
        return iter(self.codes)


def load_ontology(path: Path | None = None) -> Ontology:
    """Read the ontology.

    Args:
        path: another file of the same form; None for the one that comes with the package.

    Returns:
        The codes with their ACLED sub-event types (Armed Conflict Location & Event Data, event
        codebook) and PLOVER roots.

    Raises:
        BadData: an entry lacks a field, repeats a code, or has a default outside its options.

    >>> ontology = load_ontology()
    >>> ontology["withdraw"].acled
    'Non-violent transfer of territory'
    """
    return _packaged() if path is None else _read(path)


@cache
def _packaged() -> Ontology:
    return _read(DATA)


def _read(file: Path) -> Ontology:
    raw = tomllib.loads(file.read_text(encoding="utf-8"))
    codes: dict[str, Code] = {}
    for number, entry in enumerate(raw.get("code", ()), start=1):
        code = _code(entry, where=f"{file.name}, code {number}")
        if code.code in codes:
            raise BadData(f"the code {code.code!r} stands twice", where=file.name, remedy="remove one")
        codes[code.code] = code
    return Ontology(codes=codes, later_plover=dict(raw.get("later_plover", {})))


def _code(entry: dict[str, Any], *, where: str) -> Code:
    unknown = set(entry) - {"code", "covers", "acled", "acled_options", "plover", "plover_options"}
    if unknown:
        raise BadData(f"unknown field {sorted(unknown)[0]!r}", where=where, remedy="check the spelling")
    for field in ("code", "covers"):
        if not entry.get(field):
            raise BadData(f"the field {field!r} is missing", where=where, remedy="add it")
    for scheme in ("acled", "plover"):
        default, options = entry.get(scheme), entry.get(f"{scheme}_options", [])
        if default and options and default not in options:
            raise BadData(f"{default!r} is not among {scheme}_options", where=where, remedy="add it there")
    return Code(
        code=entry["code"],
        covers=entry["covers"],
        acled=entry.get("acled"),
        acled_options=tuple(entry.get("acled_options", ())),
        plover=entry.get("plover"),
        plover_options=tuple(entry.get("plover_options", ())),
    )
