"""PostgreSQL: one chronicle for a team, a database on a server; with PostGIS where that is installed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
    func,
    literal_column,
    make_url,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError
from sqlalchemy.sql import column, table

from svidok.errors import Busy, MissingPart, Refused
from svidok.store.database import Database
from svidok.store.transfer import transfer
from svidok.store.views import Near
from svidok.store.words import Term

__all__ = ["Postgres"]

_INDEXED = {"sentence": "sentences", "claim": "claim_words", "event": "event_words"}
_WRITING = 0x5356_4944_4F4B_0001
_BUILDING = 0x5356_4944_4F4B_0002
_EARTH_KM = 6371.0088
_BUSY = ("55P03", "40P01", "40001")
_POINT = "(ST_SetSRID(ST_MakePoint(lon, lat), 4326)::geography)"


class Postgres(Database):
    """A chronicle in a PostgreSQL database.

    Args:
        address: ``postgresql://user@host/database``.

    Raises:
        MissingPart: the driver is not installed.
        Refused: it is no such address.
    """

    name = "postgresql"

    def __init__(self, address: str) -> None:
        url = _url(address)
        self.place = url.set(drivername="postgresql").render_as_string(hide_password=True)
        self.engine = create_engine(url, pool_size=8, max_overflow=24, pool_pre_ping=True)
        self._postgis: bool | None = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one complete state and can change nothing."""
        with self._told(), self.engine.connect() as connection:
            own = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with own.begin():
                yield own

    def hold(self, connection: Connection) -> None:
        """Wait for the one right to write, which ends with the transaction."""
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{int(self.wait * 1000)}ms'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITING})")

    def is_busy(self, error: DBAPIError) -> bool:
        """Whether a lock could not be had, or two transactions stood in each other's way."""
        return getattr(error.orig, "sqlstate", None) in _BUSY

    @contextmanager
    def building(self) -> Iterator[None]:
        """Hold a lock of the session, which the server lets go when this process ends in any way."""
        with self._told(), self.engine.connect() as connection:
            own = connection.execution_options(isolation_level="AUTOCOMMIT")
            if not own.exec_driver_sql(f"SELECT pg_try_advisory_lock({_BUILDING})").scalar():
                raise Busy(
                    "another process is building this chronicle",
                    where=self.place,
                    remedy="wait for it to end; reading and reviewing go on meanwhile",
                )
            try:
                yield
            finally:
                own.exec_driver_sql(f"SELECT pg_advisory_unlock({_BUILDING})")

    def extras(self, connection: Connection) -> None:
        """Full-text indexes, guards of the logs, and PostGIS indexes where the extension can be had."""
        run = connection.exec_driver_sql
        for kind, name in _INDEXED.items():
            run(f"CREATE INDEX {kind}_fts ON {name} USING gin (to_tsvector('simple'::regconfig, words))")
        run(
            "CREATE FUNCTION svidok_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME; END $$"
        )
        for log in ("acts", "custody"):
            run(
                f"CREATE TRIGGER {log}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {log} "
                "FOR EACH STATEMENT EXECUTE FUNCTION svidok_append_only()"
            )
        if _postgis_can_be_had(connection):
            for name in ("events", "claims", "rows"):
                run(f"CREATE INDEX {name}_point ON {name} USING gist ({_POINT}) WHERE lat IS NOT NULL")

    def insert(self, table: Table) -> Any:
        """PostgreSQL's insert."""
        return insert(table)

    def found(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """By the GIN index."""
        words = table(_INDEXED[kind], column("number", Integer))
        hit = text(
            f"to_tsvector('simple'::regconfig, {_INDEXED[kind]}.words) @@ to_tsquery('simple', :asked)"
        ).bindparams(asked=_question(asked))
        return select(words.c.number).where(hit).subquery()

    def ranked(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """By ts_rank, turned round."""
        name = _INDEXED[kind]
        words = table(name, column("number", Integer), column("words"))
        vector = func.to_tsvector(literal_column("'simple'::regconfig"), words.c.words)
        question = func.to_tsquery(literal_column("'simple'::regconfig"), _question(asked))
        rank = (-func.ts_rank(vector, question, type_=Float)).label("rank")
        return select(words.c.number, rank).where(vector.op("@@")(question)).subquery()

    def within(self, lat: ColumnElement[Any], lon: ColumnElement[Any], near: Near) -> ColumnElement[bool]:
        """By PostGIS on the spheroid; by the great circle without it."""
        if self.has_postgis():
            reach = func.ST_DWithin(_geography(lon, lat), _geography(near.lon, near.lat), near.km * 1000.0)
            reached: ColumnElement[bool] = lat.is_not(None) & reach
            return reached
        half = func.power(func.sin(func.radians(lat - near.lat) / 2), 2) + func.cos(
            func.radians(near.lat)
        ) * func.cos(func.radians(lat)) * func.power(func.sin(func.radians(lon - near.lon) / 2), 2)
        km = 2 * _EARTH_KM * func.asin(func.sqrt(func.least(1.0, half)))
        return lat.is_not(None) & (km <= near.km)

    def has_postgis(self) -> bool:
        """Whether this database has the extension."""
        if self._postgis is None:
            with self.engine.connect() as connection:
                found = connection.execute(text("SELECT 1 FROM pg_extension WHERE extname = 'postgis'"))
                self._postgis = found.first() is not None
        return self._postgis

    def check(self) -> tuple[str, ...]:
        """Nothing more: the server holds its keys, and its own tools check its files (pg_amcheck)."""
        return ()

    def copy(self, path: Path) -> None:
        """Table by table into a new SQLite file, from one state."""
        from svidok.store.migrations import migrate
        from svidok.store.sqlite import Sqlite

        target = Sqlite(path.absolute())
        try:
            migrate(target)
            transfer(self, target)
        finally:
            target.close()

    def size(self) -> int:
        """Bytes of the database."""
        with self.read() as connection:
            return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar() or 0)

    def tidy(self) -> None:
        """Let the planner learn how the tables are filled."""
        with self.engine.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")


def _url(address: str) -> URL:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise MissingPart(
            "PostgreSQL needs psycopg, which is not installed", remedy="pip install 'svidok[postgres]'"
        ) from error
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise Refused(
            "this is no address of a database", where=address, remedy="postgresql://user@host/database"
        ) from error
    return url.set(drivername="postgresql+psycopg")


def _geography(lon: Any, lat: Any) -> ColumnElement[Any]:
    """A point on the spheroid, written as ``_POINT`` is: only then does an index answer for it."""
    point = func.ST_SetSRID(func.ST_MakePoint(lon, lat), literal_column("4326"))
    return point.op("::")(literal_column("geography"))


def _postgis_can_be_had(connection: Connection) -> bool:
    """Whether PostGIS is there, after trying to bring it in where the server offers it."""
    offered = text("SELECT installed_version FROM pg_available_extensions WHERE name = 'postgis'")
    row = connection.execute(offered).first()
    if row is None:
        return False
    if row.installed_version is not None:
        return True
    try:
        with connection.begin_nested():
            connection.exec_driver_sql("CREATE EXTENSION postgis")
    except ProgrammingError:  # this user may not; the great circle does without
        return False
    return True


def _question(asked: Sequence[Term]) -> str:
    """Terms in the language of ``to_tsquery``; words hold letters and digits only."""
    return " & ".join(
        "(" + " <-> ".join(term.words) + (":*" if term.open_end else "") + ")" for term in asked
    )
