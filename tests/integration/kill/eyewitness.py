"""What is really in a database, read without any code of ours that is under test."""

from __future__ import annotations

import fcntl
import re
import sqlite3
from pathlib import Path
from typing import Protocol

import psycopg
import pymysql
from atlas.engine.database_url import DatabaseURL

LOCK = "atlas_migrate_execute"
LOCK_KEY = 2686470616
_TABLES = "SELECT table_name FROM information_schema.tables WHERE table_schema = "


class Eyewitness(Protocol):
    """Numbers of the statements that took effect, and whether somebody holds the lock."""

    def journal(self) -> list[int]: ...

    def tables(self) -> list[str]: ...

    def revisions(self) -> list[tuple[object, ...]]: ...

    def is_locked(self) -> bool: ...

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """The rows of a query; () when its table is not there."""

    def close(self) -> None: ...


REVISIONS = (
    "SELECT version, description, type, applied, total, coalesce(error, ''), coalesce(error_stmt, ''), hash, "
    "coalesce({text}, 'null') FROM atlas_schema_revisions ORDER BY version"
)


class PostgresWitness:
    def __init__(self, url: DatabaseURL) -> None:
        self._connection = psycopg.connect(
            host=url.host,
            port=url.port,
            user=url.user,
            password=url.password,
            dbname=url.database,
            autocommit=True,
        )

    def journal(self) -> list[int]:
        return [int(str(number)) for (number,) in self.ask("SELECT n FROM journal ORDER BY n")]

    def tables(self) -> list[str]:
        return sorted(str(name) for (name,) in self.ask(f"{_TABLES} 'public'"))

    def revisions(self) -> list[tuple[object, ...]]:
        return self.ask(REVISIONS.format(text="partial_hashes::text"))

    def is_locked(self) -> bool:
        return bool(
            self.ask(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = "
                "(SELECT oid FROM pg_database WHERE datname = current_database()) "
                f"AND (classid::bigint << 32 | objid::bigint) = {LOCK_KEY}"
            )
        )

    def close(self) -> None:
        self._connection.close()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(query).fetchall()
        except psycopg.errors.UndefinedTable:
            return []


class MariaDBWitness:
    def __init__(self, url: DatabaseURL) -> None:
        self._connection = pymysql.connect(
            host=url.host,
            port=url.port or 3306,
            user=url.user,
            password=url.password,
            database=url.database,
            autocommit=True,
        )

    def journal(self) -> list[int]:
        return [int(str(number)) for (number,) in self.ask("SELECT n FROM journal ORDER BY n")]

    def tables(self) -> list[str]:
        return sorted(str(name) for (name,) in self.ask(f"{_TABLES} database()"))

    def revisions(self) -> list[tuple[object, ...]]:
        return self.ask(REVISIONS.format(text="partial_hashes"))

    def is_locked(self) -> bool:
        return self.ask(f"SELECT IS_FREE_LOCK('{LOCK}')") != [(1,)]

    def close(self) -> None:
        self._connection.close()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with self._connection.cursor() as cursor:
            try:
                cursor.execute(query)
            except pymysql.err.ProgrammingError:
                return []
            return list(cursor.fetchall())


class SqliteWitness:
    """NB: opens no descriptor of the database file besides SQLite's own."""

    def __init__(self, url: DatabaseURL) -> None:
        self._path = Path(url.database)
        self._connection = sqlite3.connect(self._path, isolation_level=None)

    def journal(self) -> list[int]:
        return [int(str(number)) for (number,) in self.ask("SELECT n FROM journal ORDER BY n")]

    def tables(self) -> list[str]:
        return sorted(
            str(name) for (name,) in self.ask("SELECT name FROM sqlite_master WHERE type = 'table'")
        )

    def revisions(self) -> list[tuple[object, ...]]:
        return self.ask(REVISIONS.format(text="partial_hashes"))

    def is_locked(self) -> bool:
        path = self._path.with_name(f"{self._path.name}-{LOCK}.lock")
        if not path.exists():
            return False
        with path.open("rb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
        return False

    def close(self) -> None:
        self._connection.close()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        try:
            return self._connection.execute(query).fetchall()
        except sqlite3.OperationalError as error:
            if re.match("no such table", str(error)):
                return []
            raise


def eyewitness(url: DatabaseURL) -> Eyewitness:
    """The witness for this kind of database."""
    match url.driver:
        case "postgres":
            return PostgresWitness(url)
        case "sqlite":
            return SqliteWitness(url)
        case _:
            return MariaDBWitness(url)
