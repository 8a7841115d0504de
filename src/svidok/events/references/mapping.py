"""Which column of a user's table holds what."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from svidok.errors import InputError

__all__ = ["KINDS", "Mapping", "read_mapping", "resolve", "schema"]

KINDS = ("events", "losses", "control")


@lru_cache(maxsize=1)
def schema() -> dict[str, Any]:
    """What tables can hold, from ``atlas/data/references.toml``."""
    return tomllib.loads((files("svidok") / "atlas" / "data" / "references.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Mapping:
    """The kind of a table, the column of each field, and constants for what no column holds.

    A field of a losses table that is no field of the schema counts what it is called: ``{"tank": "tanks"}``.
    """

    kind: str
    columns: Table[str, str] = field(default_factory=dict)
    constants: Table[str, str] = field(default_factory=dict)


def read_mapping(path: Path) -> Mapping:
    """A mapping from a TOML file: ``kind``, ``[columns]`` and ``[constants]``.

    Raises:
        InputError: the file cannot be read, or names an unknown kind.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"not a mapping: {error}",
            where=str(path),
            remedy='write kind = "losses" and a table [columns] with field = "column"',
        ) from error
    return Mapping(
        _kind(str(table.get("kind", "")), str(path)),
        {str(k): str(v) for k, v in table.get("columns", {}).items()},
        {str(k): str(v) for k, v in table.get("constants", {}).items()},
    )


def _kind(kind: str, where: str) -> str:
    if kind not in KINDS:
        raise InputError(
            f"{kind!r} is no kind of reference table", where=where, remedy=f"choose one of {', '.join(KINDS)}"
        )
    return kind


def resolve(mapping: Mapping, header: Sequence[str], *, where: str) -> Mapping:
    """The mapping with columns found by their usual names, checked against a header.

    Args:
        mapping: what the user gave; what it leaves out is looked for by name.
        header: the columns of the file.
        where: the file, for messages.

    Raises:
        InputError: a mapped column is not there, or a field that the kind needs is neither mapped nor found.

    A table of losses without a column of counts is read as a wide one: a column for each thing.

    >>> sorted(resolve(Mapping("control"), ["day", "town", "status"], where="x.csv").columns.items())
    [('date', 'day'), ('holder', 'status'), ('place', 'town')]
    """
    kind = _kind(mapping.kind, where)
    known = schema()[kind]
    _refuse_unknown(mapping, known["fields"], where)
    absent = sorted(c for c in mapping.columns.values() if c not in header)
    if absent:
        raise InputError(
            f"no column is called {', '.join(map(repr, absent))}",
            where=where,
            remedy=f"the columns are {', '.join(map(repr, header))}",
        )
    columns = dict(mapping.columns)
    by_name = {**{name.casefold(): name for name in reversed(header)}, **{name: name for name in header}}
    for name in known["fields"]:
        if name in columns or name in mapping.constants:
            continue
        found = next((by_name[a] for a in schema()["aliases"].get(name, ()) if a in by_name), None)
        if found is not None and found not in columns.values():
            columns[name] = found
    if kind == "losses" and not {"value", "low"} & {*columns, *mapping.constants}:
        columns |= _things(header, taken=frozenset(columns.values()))
    counted = any(c not in known["fields"] for c in columns)
    missing = [n for n in known["needs"] if not _has(n, columns, mapping.constants, counted=counted)]
    if missing:
        wanted = ", ".join(n.replace("|*", "").replace("|", " or ") for n in missing)
        raise InputError(
            f"a table of {kind} needs {wanted}, and no column was found for it",
            where=where,
            remedy=f"map it with --map FIELD=COLUMN; the columns are {', '.join(map(repr, header))}",
        )
    return Mapping(kind, columns, mapping.constants)


def _things(header: Sequence[str], *, taken: frozenset[str]) -> dict[str, str]:
    """The columns of a wide table of losses that are called what we count: "tanks", "helicopters"."""
    known = {name for names in schema()["things"].values() for name in names}
    return {c: c for c in header if c.casefold().strip() in known and c not in taken}


def _refuse_unknown(mapping: Mapping, fields: Sequence[str], where: str) -> None:
    unknown = sorted(f for f in (*mapping.columns, *mapping.constants) if f not in fields)
    if unknown and mapping.kind != "losses":
        raise InputError(
            f"a table of {mapping.kind} has no field {', '.join(map(repr, unknown))}",
            where=where,
            remedy=f"its fields are {', '.join(fields)}",
        )


def _has(need: str, columns: Table[str, str], constants: Table[str, str], *, counted: bool) -> bool:
    return any(
        (choice == "*" and counted) or choice in columns or choice in constants for choice in need.split("|")
    )
