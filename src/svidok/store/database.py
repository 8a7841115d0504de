"""One open database: transactions, locks, and the few things that SQLite and PostgreSQL do differently."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Subquery, Table, select
from sqlalchemy.exc import DBAPIError, OperationalError

from svidok.errors import Busy, StoreError
from svidok.store.views import Near
from svidok.store.words import Term

__all__ = ["WAIT_SECONDS", "Database"]

WAIT_SECONDS = 15
"""How long a writer waits for another before it says that the chronicle is busy."""


class Database(ABC):
    """What a chronicle needs of its database. Reading sees one state; writing is all or nothing."""

    name: str
    engine: Engine
    place: str
    """The file or the URL without its password."""
    wait: float = WAIT_SECONDS
    """Seconds that a writer waits for another."""

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one complete state, whatever others write meanwhile."""
        with self._told(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that holds the right to write; nothing of it is there until its end.

        Raises:
            Busy: another writer did not end within ``WAIT_SECONDS``.
        """
        with self._told(), self.engine.connect() as connection:
            own = connection.execution_options(svidok_write=True)
            with own.begin():
                self.hold(own)
                yield own

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Errors of the database in our words."""
        try:
            yield
        except OperationalError as error:
            if self.is_busy(error):
                raise Busy(
                    f"another process has been writing for {self.wait:g} seconds",
                    where=self.place,
                    remedy="wait for it to end, then try again; nothing was changed",
                ) from error
            raise StoreError(_words(error), where=self.place, remedy="see the message") from error
        except DBAPIError as error:
            if self.is_busy(error):
                raise Busy(
                    f"another process has been writing for {self.wait:g} seconds",
                    where=self.place,
                    remedy="wait for it to end, then try again; nothing was changed",
                ) from error
            raise StoreError(_words(error), where=self.place, remedy="run `svidok verify`") from error

    @abstractmethod
    def hold(self, connection: Connection) -> None:
        """Take the right to write inside a transaction that has begun."""

    @abstractmethod
    def is_busy(self, error: DBAPIError) -> bool:
        """Whether an error means that another writer is at work."""

    @abstractmethod
    def building(self) -> AbstractContextManager[None]:
        """Hold the one right to build, until left or killed."""

    @abstractmethod
    def extras(self, connection: Connection) -> None:
        """Make what only this database has: full-text indexes, guards of the logs."""

    @abstractmethod
    def insert(self, table: Table) -> Any:
        """An insert statement of this database, which knows ``on_conflict_do_update``."""

    @abstractmethod
    def found(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """The ``number`` of each sentence, claim or event whose words hold all that is asked."""

    def matches(self, kind: str, number: ColumnElement[int], asked: Sequence[Term]) -> ColumnElement[bool]:
        """The condition that the words of a sentence, claim or event hold all that is asked."""
        return number.in_(select(self.found(kind, asked).c.number))

    @abstractmethod
    def ranked(self, kind: str, asked: Sequence[Term]) -> Subquery:
        """The ``number`` of each whose words hold all that is asked, and its ``rank``: least is best."""

    @abstractmethod
    def within(self, lat: ColumnElement[Any], lon: ColumnElement[Any], near: Near) -> ColumnElement[bool]:
        """The condition that a point lies near another."""

    @abstractmethod
    def check(self) -> tuple[str, ...]:
        """What the database itself finds wrong with its files."""

    @abstractmethod
    def copy(self, path: Path) -> None:
        """Write a consistent copy to a new SQLite file."""

    @abstractmethod
    def size(self) -> int:
        """Bytes on disk."""

    @abstractmethod
    def tidy(self) -> None:
        """Refresh what the database knows of its tables, after a build."""

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


def _words(error: DBAPIError) -> str:
    return f"the database says: {str(error.orig).strip().splitlines()[0] if str(error.orig) else error}"
