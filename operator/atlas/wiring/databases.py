"""Databases: targets, dev databases, and what the drivers know of their kinds."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.lint import Analyzer
    from atlas.engine.migrate_plan.row_checks import RowProbe
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.engine.table_size import TableSize
    from atlas.schema import Realm


def open_target(url: DatabaseURL) -> Database:
    """An open connection to the database of ``url``.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    from atlas.drivers import open_driver

    return open_driver(url)


def open_confined_target(url: DatabaseURL) -> Database:
    """As ``open_target``, for files of people who must not reach the other files of this machine.

    Statements of a SQLite session may open no second file: neither ATTACH nor VACUUM INTO. Servers of other
    databases have files of their own, and their own rights.
    """
    from atlas.drivers.sqlite.database import SqliteDatabase

    database = open_target(url)
    if isinstance(database, SqliteDatabase):
        database.session.connection.set_authorizer(_within_one_file)
    return database


def _within_one_file(action: int, name: str | None, *_: object) -> int:
    """An authorizer of SQLite. VACUUM attaches a nameless temporary file, so a limit of 0 would refuse it too."""
    import sqlite3

    is_elsewhere = action == sqlite3.SQLITE_ATTACH and name not in ("", ":memory:")
    moves_files = action == sqlite3.SQLITE_PRAGMA and (name or "").lower() in _PRAGMAS_OF_FOLDERS
    return sqlite3.SQLITE_DENY if is_elsewhere or moves_files else sqlite3.SQLITE_OK


_PRAGMAS_OF_FOLDERS = frozenset({"temp_store_directory", "data_store_directory"})


class OpenedDev(NamedTuple):
    """A dev database for a block: of which kind, bound to which schema ('' for none), its rooms, and itself."""

    dialect: str
    bound: str
    dev: DevDatabase
    database: Database


def refuse_target(dev: Database, target: Database) -> None:
    """Refuse a dev database that is the target, by whatever name. Raises ``SpecError``."""
    import secrets

    from atlas.engine.rooms.same_place import refuse_target as refuse

    refuse(dev, target, f"atlas_dev_{secrets.token_hex(16)}")


DEFAULT_DEV_URLS: Final = {"sqlite": "sqlite://dev?mode=memory"}
"""Dev databases that need nobody to start them, by dialect."""


def schema_driver(dialect: str) -> SchemaDriver:
    """Declarative schemas of a dialect, by the name that a ``Dialect`` has."""
    from atlas.drivers import schema_driver as driver_of

    return driver_of(dialect)


@contextmanager
def open_dev(url: DatabaseURL) -> Iterator[OpenedDev]:
    """The dev database at ``url``, open for the block.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    database = open_target(url)
    try:
        name = database.dialect.name
        yield OpenedDev(name, url.schema, schema_driver(name).dev(database), database)
    finally:
        database.session.close()


def read_realm(url: DatabaseURL, scope: Scope) -> Realm:
    """What ``scope`` shows of the database at ``url``.

    Raises:
        TargetError: It cannot be reached, or refuses us.
    """
    database = open_target(url)
    try:
        realm = schema_driver(database.dialect.name).inspect(database, scope)
    finally:
        database.session.close()
    from atlas.engine.restrict import restrict  # after the model, which a driver loads while its server works

    return restrict(realm, scope)


def read_table_sizes(url: DatabaseURL, scope: Scope) -> tuple[TableSize, ...]:
    """The sizes of the tables that a scope shows of the database at ``url``."""
    from atlas.drivers import table_sizes
    from atlas.engine.table_size import sizes_within

    database = open_target(url)
    try:
        return sizes_within(table_sizes(database), scope)
    finally:
        database.session.close()


class WiredDialects:
    """What the drivers know of their kinds of databases, for programs that serve all of them."""

    def schema_driver(self, dialect: str) -> SchemaDriver:
        from atlas.drivers import schema_driver

        return schema_driver(dialect)

    def analyzers(self, dialect: str) -> tuple[Analyzer, ...]:
        from atlas.drivers import lint_analyzers

        return lint_analyzers(dialect)

    def row_probe(self, database: Database) -> RowProbe:
        from atlas.drivers import row_probe

        return row_probe(database)
