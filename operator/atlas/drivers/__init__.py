"""Opening a database by its URL. Each driver is imported when a URL asks for it, and knows no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.lint import Analyzer
    from atlas.engine.migrate_plan import RowProbe
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.table_size import TableSize
    from atlas.engine.testing import ResultSet


def open_driver(url: DatabaseURL) -> Database:
    """Connect.

    Raises:
        SpecError: The URL has a key that the driver does not know.
        ConnectFailed: The server cannot be reached.
        AccessDenied: It refuses this user.
    """
    match url.driver:
        case "sqlite":
            from atlas.drivers.sqlite import open_database as open_sqlite

            return open_sqlite(url)
        case "postgres":
            from atlas.drivers.postgres import open_database as open_postgres

            return open_postgres(url)
        case _:
            from atlas.drivers.mysql import open_database as open_mysql

            return open_mysql(url)


def server_answers(url: DatabaseURL) -> bool:
    """Whether the server of a URL takes connections; a look without a password. Where there is no server, it does."""
    match url.driver:
        case "sqlite":
            return True
        case "postgres":
            from atlas.drivers.postgres.look import server_answers as postgres_answers

            return postgres_answers(url)
        case _:
            from atlas.drivers.mysql.look import server_answers as mysql_answers

            return mysql_answers(url)


def schema_driver(dialect: str) -> SchemaDriver:
    """Declarative schemas of ``postgres``, ``mysql``, ``mariadb`` or ``sqlite``: the name that a ``Dialect`` has."""
    match dialect:
        case "sqlite":
            from atlas.drivers.sqlite.schema_driver import SqliteSchemaDriver

            return SqliteSchemaDriver()
        case "postgres":
            from atlas.drivers.postgres.schema_driver import PostgresSchemaDriver

            return PostgresSchemaDriver()
        case _:
            from atlas.drivers.mysql.schema_driver import MySQLSchemaDriver

            return MySQLSchemaDriver(dialect)


def lint_analyzers(dialect: str) -> tuple[Analyzer, ...]:
    """What lint looks for in ``postgres``, ``mysql``, ``mariadb`` or ``sqlite``."""
    match dialect:
        case "sqlite":
            from atlas.drivers.sqlite.lint import analyzers as of_sqlite

            return of_sqlite()
        case "postgres":
            from atlas.drivers.postgres.lint import analyzers as of_postgres

            return of_postgres()
        case _:
            from atlas.drivers.mysql.lint import analyzers as of_mysql

            return of_mysql()


def row_probe(database: Database) -> RowProbe:
    """Looks for rows in an open target, before something that may hold them is dropped."""
    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.sqlite.database import SqliteDatabase
    from atlas.engine.migrate_plan.row_probe import SessionRows

    match database:
        case PostgresDatabase():
            from atlas.drivers.postgres.rows import PostgresRows

            return PostgresRows(database.session)
        case SqliteDatabase() | MySQLDatabase():
            return SessionRows(database.session)
        case _:
            raise TypeError(f"no driver of ours has opened {type(database).__name__}")


def table_sizes(database: Database) -> tuple[TableSize, ...]:
    """The sizes of all tables of an open target."""
    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.sqlite.database import SqliteDatabase

    match database:
        case SqliteDatabase():
            from atlas.drivers.sqlite.stats import table_sizes as of_sqlite

            return of_sqlite(database)
        case PostgresDatabase():
            from atlas.drivers.postgres.stats import table_sizes as of_postgres

            return of_postgres(database)
        case MySQLDatabase():
            from atlas.drivers.mysql.stats import table_sizes as of_mysql

            return of_mysql(database)
        case _:
            raise TypeError(f"no driver of ours has opened {type(database).__name__}")


def run_for_results(database: Database, statement: str) -> Sequence[ResultSet]:
    """Run a person's statement on an open database, and give what it answers with, as texts.

    Raises:
        StatementFailed: The server refused it.
        ConnectFailed: The connection broke.
    """
    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.sqlite.database import SqliteDatabase

    match database:
        case SqliteDatabase():
            from atlas.drivers.sqlite.results import results_of as of_sqlite

            return of_sqlite(database.session, statement)
        case PostgresDatabase():
            from atlas.drivers.postgres.results import results_of as of_postgres

            return of_postgres(database.session, statement)
        case MySQLDatabase():
            from atlas.drivers.mysql.results import results_of as of_mysql

            return of_mysql(database.session, statement)
        case _:
            raise TypeError(f"no driver of ours has opened {type(database).__name__}")


def read_rows(database: Database, query: str, arguments: Sequence[object]) -> list[tuple[object, ...]]:
    """The rows of one query of an open database, as strings, numbers, bools and None. It may write nothing."""
    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.postgres import PostgresDatabase
    from atlas.drivers.sqlite.database import SqliteDatabase

    match database:
        case SqliteDatabase():
            from atlas.drivers.sqlite.values import read_rows as of_sqlite

            return of_sqlite(database, query, arguments)
        case PostgresDatabase():
            from atlas.drivers.postgres.values import read_rows as of_postgres

            return of_postgres(database, query, arguments)
        case MySQLDatabase():
            from atlas.drivers.mysql.values import read_rows as of_mysql

            return of_mysql(database, query, arguments)
        case _:
            raise TypeError(f"no driver of ours has opened {type(database).__name__}")
