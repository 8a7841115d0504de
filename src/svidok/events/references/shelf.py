"""Where the user's reference tables are kept: copied whole, with their mapping beside."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from svidok.errors import InputError
from svidok.events.references.mapping import Mapping, read_mapping
from svidok.events.references.tables import Table, read_table

__all__ = ["add_table", "list_tables", "open_table", "remove_table", "shelf"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


def shelf() -> Path:
    """The folder of reference tables, in the user's data directory."""
    import platformdirs

    return Path(platformdirs.user_data_dir("svidok")) / "references"


def add_table(path: Path, name: str, mapping: Mapping, *, folder: Path | None = None) -> Table:
    """Read a table, and keep a copy of it under a name; an older table of that name is replaced.

    Raises:
        InputError: the name cannot be used, or the table cannot be read with this mapping.
    """
    if not _NAME.fullmatch(name):
        raise InputError(
            f"{name!r} cannot be the name of a table", remedy="use letters, digits, '-', '_' and '.'"
        )
    table = read_table(path, name, mapping)
    home = folder or shelf()
    home.mkdir(parents=True, exist_ok=True)
    content = path.read_bytes()
    for older in home.glob(f"{name}.*"):
        if older.stem == name:
            older.unlink()
    suffix = ".json" if path.suffix.casefold() == ".json" else ".csv"
    (home / f"{name}{suffix}").write_bytes(content)
    (home / f"{name}.toml").write_text(_toml(mapping), encoding="utf-8")
    return table


def open_table(name: str, *, folder: Path | None = None) -> Table:
    """A table by the name it was added under.

    Raises:
        InputError: there is none of that name.
    """
    home = folder or shelf()
    if _NAME.fullmatch(name):
        for suffix in (".csv", ".json"):
            path = home / f"{name}{suffix}"
            if path.exists():
                return read_table(path, name, read_mapping(home / f"{name}.toml"))
    known = ", ".join(list_tables(folder=home)) or "none"
    raise InputError(
        f"no reference table is called {name!r}",
        remedy=f"add it with: svidok reference add FILE.csv --as {name} --kind ...; known are: {known}",
    )


def list_tables(*, folder: Path | None = None) -> list[str]:
    """The names of all tables, sorted."""
    return sorted(set(_names(folder or shelf())))


def _names(home: Path) -> Iterator[str]:
    for path in home.glob("*.toml") if home.is_dir() else ():
        yield path.stem


def remove_table(name: str, *, folder: Path | None = None) -> None:
    """Remove a table.

    Raises:
        InputError: there is none of that name.
    """
    home = folder or shelf()
    open_table(name, folder=home)
    for path in home.iterdir():
        if path.stem == name:
            path.unlink()


def _toml(mapping: Mapping) -> str:
    lines = [f"kind = {json.dumps(mapping.kind)}"]
    for title, table in (("columns", mapping.columns), ("constants", mapping.constants)):
        lines += ["", f"[{title}]", *(f"{json.dumps(k)} = {json.dumps(v)}" for k, v in table.items())]
    return "\n".join(lines) + "\n"
