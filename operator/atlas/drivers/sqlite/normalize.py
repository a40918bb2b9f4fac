"""Dev databases: desired states are tried out in memory, each in a database of its own that costs nothing."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.database import open_database
from atlas.drivers.sqlite.inspect import inspect
from atlas.engine.database_url import DatabaseURL
from atlas.errors import DesiredStateError, PlanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.sqlite.database import SqliteDatabase
    from atlas.engine.scope import Scope
    from atlas.schema import Realm

_KEYS_OF_ROOM = frozenset(
    {"_fk", "_foreign_keys", "_case_sensitive_like", "_cslike", "_recursive_triggers", "_rt"}
)
_ONLY_SCHEMA = "main"
_NO_FILE = frozenset({"", ":memory:"})


@dataclass(frozen=True, slots=True)
class SqliteRoom:
    """A database in memory."""

    database: SqliteDatabase

    def enter(self, schema: str) -> None:
        if schema != _ONLY_SCHEMA:
            raise DesiredStateError(f'SQLite has one schema, "{_ONLY_SCHEMA}": found "{schema}"')

    def inspect(self) -> Realm:
        return inspect(self.database.session)


@dataclass(frozen=True, slots=True)
class SqliteDev:
    """Rooms beside a dev database. It has to be clean, as with the Go tools, and nothing is written to it."""

    database: SqliteDatabase

    @contextmanager
    def room(
        self,
        scope: Scope,  # noqa: ARG002  there is only ``main``
        *,
        said: str = "",  # noqa: ARG002  nothing is beside a room: files are not opened
        replayed: str = "",  # noqa: ARG002
    ) -> Iterator[SqliteRoom]:
        """An empty database with the settings of the dev URL that change what a statement means."""
        dirt = self.database.dirt(None)
        if dirt is not None:
            raise PlanError(
                f"sql/migrate: connected database is not clean: {dirt}; expected an empty dev database, "
                "as sqlite://dev?mode=memory"
            )
        room = open_database(_url_of_room(self.database.url))
        room.session.connection.set_authorizer(_without_files)
        try:
            yield SqliteRoom(room)
        finally:
            room.session.close()


@contextmanager
def room_in_file(dev: DatabaseURL, folder: str) -> Iterator[SqliteRoom]:
    """A room that other programs can open too: a new file in ``folder``, with the settings of the dev URL."""
    query = tuple(pair for pair in dev.query if pair[0] in _KEYS_OF_ROOM)
    tail = "?" + "&".join(f"{key}={value}" for key, value in query) if query else ""
    room = open_database(DatabaseURL(scheme=dev.scheme, dsn=f"{folder}/room.db{tail}", query=query))
    room.session.connection.set_authorizer(_without_files)
    try:
        yield SqliteRoom(room)
    finally:
        room.session.close()


def _url_of_room(dev: DatabaseURL) -> DatabaseURL:
    query = (("mode", "memory"), *(pair for pair in dev.query if pair[0] in _KEYS_OF_ROOM))
    return DatabaseURL(scheme=dev.scheme, dsn="dev", query=query)


def _without_files(action: int, name: str | None, *_: object) -> int:
    """An authorizer of SQLite: a desired state opens no files. VACUUM attaches a nameless one of its own."""
    return (
        sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_ATTACH and name not in _NO_FILE else sqlite3.SQLITE_OK
    )
