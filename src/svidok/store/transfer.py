"""One chronicle into another database, table by table: backups from a server, and moving to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from svidok.store.tables import metadata

if TYPE_CHECKING:
    from svidok.store.database import Database

__all__ = ["transfer"]

_PORTION = 1000


def transfer(source: Database, target: Database) -> int:
    """Copy every row, from one state of the source, into an empty chronicle.

    Args:
        source: any chronicle.
        target: one whose tables were just made.

    Returns:
        how many rows.
    """
    count = 0
    with source.read() as reading, target.write() as writing:
        for table in metadata.sorted_tables:
            rows = reading.execution_options(yield_per=_PORTION).execute(select(table))
            for portion in rows.mappings().partitions(_PORTION):
                writing.execute(insert(table), [dict(row) for row in portion])
                count += len(portion)
    return count
