"""The steps by which a chronicle's tables came to be what they are; each is taken once, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import Column, Connection, Integer, MetaData, String, Table, func, inspect, select

from svidok.errors import Damaged, StoreError
from svidok.store.database import Database
from svidok.store.tables import events, findings, metadata, rows

__all__ = ["MIGRATIONS", "SCHEMA", "migrate", "schema_of"]

Step = Callable[[Connection, Database], None]

_versions = Table(
    "schema_version",
    MetaData(),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("program", String, nullable=False),
)


def _first(connection: Connection, database: Database) -> None:
    """Every table as it was first published."""
    metadata.create_all(connection)
    database.extras(connection)


def _listed(connection: Connection, database: Database) -> None:
    """Events are counted and listed by their days from an index alone."""
    for index in events.indexes:
        if index.name in ("events_counted", "events_listed"):
            index.create(connection, checkfirst=True)
    connection.exec_driver_sql("DROP INDEX IF EXISTS events_sort")


def _in_order(connection: Connection, database: Database) -> None:
    """Findings and rows are listed, and parts and judged events found, from an index alone."""
    for table in (events, findings, rows):
        for index in table.indexes:
            if index.name in ("events_parts", "events_judged", "findings_listed", "rows_listed"):
                index.create(connection, checkfirst=True)
    for name in ("events_part", "findings_severity", "rows_view"):
        connection.exec_driver_sql(f"DROP INDEX IF EXISTS {name}")


MIGRATIONS: tuple[Step, ...] = (_first, _listed, _in_order)
"""Step n makes version n + 1 of version n. Never change a step that was published; add another."""

SCHEMA = len(MIGRATIONS)
"""The version of the tables that this program reads and writes."""


def schema_of(database: Database) -> int:
    """The version of an open chronicle's tables; 0 when it has none yet."""
    with database.read() as connection:
        if not inspect(connection).has_table(_versions.name):
            return 0
        return int(connection.execute(select(func.max(_versions.c.version))).scalar() or 0)


def migrate(database: Database, *, steps: Sequence[Step] = MIGRATIONS) -> int:
    """Bring a chronicle's tables to this program's version, all steps in one transaction.

    Args:
        database: an open one.
        steps: other steps, for tests.

    Returns:
        the version it had before.

    Raises:
        StoreError: the chronicle was written by a newer program.
        Damaged: the database holds other tables, and is no chronicle.
    """
    from svidok import __version__

    before = schema_of(database)
    if before == len(steps):
        return before
    if before > len(steps):
        raise StoreError(
            f"the chronicle has tables of version {before}, this program knows {len(steps)}",
            where=database.place,
            remedy="use a newer svidok",
        )
    with database.write() as connection:
        there = inspect(connection)
        if not there.has_table(_versions.name):
            if there.has_table("documents") or (database.name == "sqlite" and there.get_table_names()):
                raise Damaged(
                    "the file is a database, but no chronicle",
                    where=database.place,
                    remedy="give another path",
                )
            _versions.create(connection)
        now = int(connection.execute(select(func.max(_versions.c.version))).scalar() or 0)
        for version in range(now + 1, len(steps) + 1):
            steps[version - 1](connection, database)
            connection.execute(_versions.insert().values(version=version, program=__version__))
    return before
