"""Opening a chronicle: a path is a SQLite file, ``postgresql://…`` a database on a server."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from svidok.errors import Damaged, Missing, Refused
from svidok.store.contract import Store
from svidok.store.database import Database
from svidok.store.keep import set_meta
from svidok.store.migrations import migrate, schema_of
from svidok.store.reviewing import log
from svidok.store.sqlite import Sqlite
from svidok.store.sqlstore import SqlStore

__all__ = ["SETTINGS", "create_store", "open_store"]

SETTINGS = frozenset(["title", "near", "model", "originals", "language"])
"""What can be chosen when a chronicle is made."""

_SCHEMES = frozenset(["postgresql", "postgres", "postgresql+psycopg"])


def create_store(where: str | Path, *, settings: Mapping[str, str] | None = None, at: str, who: str) -> Store:
    """Make a new, empty chronicle.

    Args:
        where: a path, or a ``postgresql://`` URL of an empty database.
        settings: some of ``SETTINGS``.
        at, who: for the first entry of the audit log.

    Raises:
        Refused: there is something already, or a setting does not exist.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp()) / "kyiv.svidok"
    >>> store = create_store(path, at="2022-05-01T10:00:00Z", who="olena")
    >>> store.status().documents, store.acts().items[0].kind
    (0, 'init')
    """
    unknown = sorted(set(settings or {}) - SETTINGS)
    if unknown:
        raise Refused(f"there is no setting {unknown[0]!r}", remedy=f"one of {', '.join(sorted(SETTINGS))}")
    if not _is_url(where) and Path(where).exists():
        raise Refused(
            "there is a file already", where=str(where), remedy="choose another name, or `svidok add` to it"
        )
    database = _database(where)
    try:
        if _is_url(where) and schema_of(database) > 0:
            raise Refused("there is a chronicle already", where=database.place, remedy="`svidok add` to it")
        migrate(database)
        with database.write() as connection:
            for key, value in sorted((settings or {}).items()):
                set_meta(connection, database, f"setting:{key}", value)
            made = log(connection, who=who, at=at, kind="init", detail=dict(settings or {}))
            set_meta(connection, database, "acts", str(made.number))
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def open_store(where: str | Path) -> Store:
    """Open a chronicle that is there; older tables are brought to this version.

    Raises:
        Missing: there is none.
        Damaged: it is no chronicle.
        StoreError: it was written by a newer program, or the server does not answer.
    """
    if not _is_url(where):
        _refuse_strange(Path(where))
    database = _database(where)
    try:
        if _is_url(where) and schema_of(database) == 0:
            raise Missing(
                "there is no chronicle",
                where=database.place,
                remedy=f"`svidok init {database.place}` makes one",
            )
        migrate(database)
    except BaseException:
        database.close()
        raise
    return SqlStore(database)


def _is_url(where: str | Path) -> bool:
    return isinstance(where, str) and "://" in where


def _database(where: str | Path) -> Database:
    if not _is_url(where):
        path = Path(where)
        if not path.parent.is_dir():
            raise Missing("the folder is not there", where=str(path.parent), remedy="make it first")
        return Sqlite(path.absolute())
    if str(where).partition("://")[0] in _SCHEMES:
        from svidok.store.postgres import Postgres

        return Postgres(str(where))
    raise Refused(
        "this kind of address is not known", where=str(where), remedy="give a path or postgresql://…"
    )


def _refuse_strange(path: Path) -> None:
    if not path.is_file():
        raise Missing("there is no chronicle", where=str(path), remedy=f"`svidok init {path}` makes one")
    try:  # never open the file in another way: closing it would take this process's locks off it
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as raw:
            there = raw.execute("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'").fetchone()
    except sqlite3.DatabaseError as error:
        if "not a database" in str(error):
            raise Damaged("the file is no chronicle", where=str(path), remedy="check the path") from error
        raise Damaged(f"the file is damaged: {error}", where=str(path), remedy="take a backup") from error
    if not there[0]:
        raise Damaged("the file is a database, but no chronicle", where=str(path), remedy="check the path")
