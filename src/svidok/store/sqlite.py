"""SQLite: the whole chronicle in one file, with a write-ahead log and full-text search."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Float,
    Integer,
    Subquery,
    Table,
    create_engine,
    event,
    func,
    literal,
    select,
    text,
)
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import column, table

from svidok.errors import Busy, StoreError
from svidok.events.distance import great_circle_km
from svidok.store.database import WAIT_SECONDS, Database
from svidok.store.views import Near
from svidok.store.words import Term

__all__ = ["PRAGMAS", "Sqlite"]

_TRIES = 20
_INDEXED = {"sentence": "sentences", "claim": "claim_words", "event": "event_words"}
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    f"busy_timeout={WAIT_SECONDS * 1000}",
    "cache_size=-65536",
    "mmap_size=268435456",
    "temp_store=MEMORY",
)


class Sqlite(Database):
    """A chronicle in one SQLite file.

    Args:
        path: the ``.svidok`` file; it is made when first written to.
    """

    name = "sqlite"

    def __init__(self, path: Path) -> None:
        self.path = path
        self.place = str(path)
        address = URL.create("sqlite", database=str(path))
        self.engine = create_engine(
            address, connect_args={"timeout": WAIT_SECONDS}, pool_size=8, max_overflow=24
        )
        event.listen(self.engine, "connect", _prepare)
        event.listen(self.engine, "begin", self._begin)

    def _begin(self, connection: Connection) -> None:
        if connection.get_execution_options().get("svidok_write"):
            connection.exec_driver_sql(f"PRAGMA busy_timeout={int(self.wait * 1000)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    def hold(self, connection: Connection) -> None:
        """Nothing more: the transaction began with BEGIN IMMEDIATE."""

    def is_busy(self, error: DBAPIError) -> bool:
        """Whether the file was locked for too long."""
        return "locked" in str(error.orig) or "busy" in str(error.orig)

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold a lock beside the file, which the system lets go when this process ends in any way."""
        beside = self.path.with_name(self.path.name + "-building")
        for _ in range(_TRIES):
            lock = sqlite3.connect(beside, timeout=0, isolation_level=None)
            with closing(lock):
                try:
                    _take(lock)
                except sqlite3.OperationalError as error:
                    if error.sqlite_errorname == "SQLITE_READONLY_DBMOVED":
                        continue  # whoever held it took the file away meanwhile
                    raise self._is_built() from error
                try:
                    yield
                finally:
                    beside.unlink(missing_ok=True)
                return
        raise self._is_built()

    def _is_built(self) -> Busy:
        return Busy(
            "another process is building this chronicle",
            where=self.place,
            remedy="wait for it to end; reading and reviewing go on meanwhile",
        )

    def extras(self, connection: Connection) -> None:
        """Full-text indexes over the words, and triggers that keep the logs append-only."""
        for kind, name in _INDEXED.items():
            run = connection.exec_driver_sql
            run(
                f"CREATE VIRTUAL TABLE {kind}_fts USING fts5(words, content='{name}', "
                "content_rowid='number', tokenize='unicode61')"
            )
            run(
                f"CREATE TRIGGER {name}_in AFTER INSERT ON {name} BEGIN "
                f"INSERT INTO {kind}_fts(rowid, words) VALUES (new.number, new.words); END"
            )
            run(
                f"CREATE TRIGGER {name}_out AFTER DELETE ON {name} BEGIN "
                f"INSERT INTO {kind}_fts({kind}_fts, rowid, words) "
                "VALUES ('delete', old.number, old.words); END"
            )
            run(
                f"CREATE TRIGGER {name}_on AFTER UPDATE OF words ON {name} BEGIN "
                f"INSERT INTO {kind}_fts({kind}_fts, rowid, words) VALUES ('delete', old.number, old.words); "
                f"INSERT INTO {kind}_fts(rowid, words) VALUES (new.number, new.words); END"
            )
        for log in ("acts", "custody"):
            for deed in ("UPDATE", "DELETE"):
                connection.exec_driver_sql(
                    f"CREATE TRIGGER {log}_no_{deed.lower()} BEFORE {deed} ON {log} BEGIN "
                    f"SELECT RAISE(ABORT, '{log} is append-only'); END"
                )

    def insert(self, table: Table) -> Any:
        """SQLite's insert."""
        return insert(table)

    def found(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """By the FTS5 index."""
        fts = table(f"{kind}_fts", column("rowid", Integer))
        hit = text(f"{kind}_fts MATCH :asked").bindparams(asked=_question(asked))
        return select(fts.c.rowid.label("number")).where(hit).subquery()

    def ranked(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """By bm25."""
        fts = table(f"{kind}_fts", column("rowid", Integer), column("rank", Float))
        found = select(fts.c.rowid.label("number"), fts.c.rank)
        return found.where(
            text(f"{kind}_fts MATCH :asked_rank").bindparams(asked_rank=_question(asked))
        ).subquery()

    def within(self, lat: ColumnElement[Any], lon: ColumnElement[Any], near: Near) -> ColumnElement[bool]:
        """By the great circle."""
        km = func.km_apart(lat, lon, literal(near.lat), literal(near.lon))
        return lat.is_not(None) & (km <= near.km)

    def check(self) -> tuple[str, ...]:
        """SQLite's own integrity and foreign key checks."""
        with self.read() as connection:
            found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
            for kind in _INDEXED:
                try:
                    connection.exec_driver_sql(
                        f"INSERT INTO {kind}_fts({kind}_fts, rank) VALUES ('integrity-check', 1)"
                    )
                except DBAPIError as error:
                    found.append(f"the full-text index of {kind}s does not fit: {error.orig}")
        out = [line for line in found if line != "ok"]
        return (*out, *(f"{row[0]} row {row[1]} points to nothing in {row[2]}" for row in broken))

    def copy(self, path: Path) -> None:
        """By SQLite's online backup."""
        try:
            with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(path)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
        except (sqlite3.Error, OSError) as error:
            raise StoreError(
                f"the copy cannot be written: {error}", where=str(path), remedy="choose another place"
            ) from error

    def size(self) -> int:
        """Bytes of the file and its log."""
        files = (self.path, self.path.with_name(self.path.name + "-wal"))
        return sum(file.stat().st_size for file in files if file.exists())

    def tidy(self) -> None:
        """Let SQLite learn how its tables are filled."""
        with self.engine.connect() as connection:
            raw = connection.connection.driver_connection
            assert isinstance(raw, sqlite3.Connection)
            raw.execute("ANALYZE")
            raw.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _take(lock: sqlite3.Connection) -> None:
    """Take a lock for as long as the connection lasts.

    What is written makes SQLite look whether the file still has its name: a lock on one that was taken
    away meanwhile would keep out nobody. It looks so at a file only that is not empty, hence the commit.
    """
    lock.execute("PRAGMA locking_mode=EXCLUSIVE").close()
    lock.execute("PRAGMA journal_mode=DELETE").close()
    lock.execute("BEGIN EXCLUSIVE")
    (turn,) = lock.execute("PRAGMA user_version").fetchone()
    lock.execute(f"PRAGMA user_version={(turn + 1) % 2**31}")
    lock.execute("COMMIT")


def _prepare(raw: sqlite3.Connection, _: object) -> None:
    raw.isolation_level = None
    for pragma in PRAGMAS:
        raw.execute(f"PRAGMA {pragma}").close()
    raw.create_function("km_apart", 4, _km_apart, deterministic=True)


def _km_apart(lat: float | None, lon: float | None, other_lat: float, other_lon: float) -> float | None:
    return None if lat is None or lon is None else great_circle_km(lat, lon, other_lat, other_lon)


def _question(asked: Sequence[Term]) -> str:
    """Terms in FTS5's language; words hold letters and digits only, so nothing can be meant otherwise."""
    return " ".join(f'"{" ".join(term.words)}"' + ("*" if term.open_end else "") for term in asked)
