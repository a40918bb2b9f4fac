"""The SQL database of the registry: SQLite beside the content, or PostgreSQL by its URL.

Reads and writes are told apart because SQLite must take its one write lock at BEGIN: taken later it fails at
once where another writer was faster, instead of waiting.
"""

from __future__ import annotations

import random
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError, SQLAlchemyError

from atlas.engine.database_url import from_parts, parse_database_url
from atlas.errors import Unavailable, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from sqlite3 import Connection as SQLiteConnection

    from sqlalchemy import Connection

    from atlas.engine.database_url import DatabaseURL

_BUSY_TIMEOUT_MS = 30_000
_POOL = {"pool_size": 16, "max_overflow": 48, "pool_timeout": 30, "hide_parameters": True}
# Together one connection a worker thread; values of rows and of tokens are in no error.
_ATTEMPTS = 8
_PAUSE_S = 0.02

T = TypeVar("T")


class IndexMovedError(Exception):
    """Another server changed a repository's index between our read and our write: the write is tried anew."""


class Database:
    """Connections to the index; one object a process."""

    def __init__(self, url: DatabaseURL, engine: Engine) -> None:
        self.url = url
        self._engine = engine

    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgres``, as the folders of ``migrations`` are called."""
        return self.url.driver

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        with _outages(), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; in SQLite it is the only one."""
        with _outages(), self._writer() as connection, connection.begin():
            yield connection

    def retried(self, write: Callable[[Connection], T]) -> T:
        """Run ``write`` in a transaction of its own, again where another writer was in its way."""
        for attempt in range(_ATTEMPTS):
            try:
                with self._writer() as connection, connection.begin():
                    return write(connection)
            except (IntegrityError, OperationalError, IndexMovedError) as error:
                if attempt + 1 == _ATTEMPTS:
                    raise Unavailable("the registry's index is too busy: try again") from error
                time.sleep(random.uniform(0, _PAUSE_S * 2**attempt))  # noqa: S311 - jitter, no secret
            except SQLAlchemyError as error:
                raise Unavailable(f"the registry's database failed: {_reason(error)}") from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def _writer(self) -> Connection:
        return self._engine.connect().execution_options(atlas_writes=True)

    def close(self) -> None:
        """Close idle connections."""
        self._engine.dispose()


def open_database(data_folder: Path, url: str = "") -> Database:
    """The database at ``url``, or ``registry.db`` in ``data_folder``, which exists, where it is empty.

    Raises ``SpecError`` for a URL that does not parse, ``Unsupported`` for one that is not PostgreSQL.
    """
    if not url:
        return _open_sqlite(data_folder.absolute() / "registry.db")
    parsed = parse_database_url(url)
    if parsed.driver != "postgres":
        raise Unsupported(
            f"a registry's index cannot live in {parsed.driver}: expected postgres://…, or none for SQLite"
        )
    return _open_postgres(parsed)


def _open_postgres(url: DatabaseURL) -> Database:
    import psycopg
    from psycopg.conninfo import make_conninfo

    from atlas.drivers.postgres.url import connection_arguments

    conninfo = make_conninfo("", **connection_arguments(url))
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(conninfo), pool_pre_ping=True, **_POOL
    )
    return Database(url, engine)


def _open_sqlite(path: Path) -> Database:
    engine = create_engine(URL.create("sqlite", database=str(path)), **_POOL)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return Database(from_parts("sqlite", database=str(path)), engine)


def _prepare_sqlite(connection: SQLiteConnection, _record: object) -> None:
    connection.isolation_level = None  # we send BEGIN ourselves, see _begin_sqlite
    connection.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("atlas_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def _outages() -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise Unavailable(f"the registry's database failed: {_reason(error)}") from error


def _reason(error: SQLAlchemyError) -> str:
    """The driver's first line, without the statement and its values that SQLAlchemy appends."""
    text = str(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
    return text.partition("\n")[0]
