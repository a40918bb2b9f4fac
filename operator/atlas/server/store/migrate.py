"""The registry's own tables are made by migrations, like everybody's: see ``server/migrations/<dialect>``.

This is the one place that applies them. NB: it is a loop of its own until the registry starts through the
executor in ``engine.apply``; it records versions in the same table name, so nothing is applied twice then.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from atlas.server.store.database import Database

_LOCK = 4_218_661_023_955_157_003  # an arbitrary number that only registries lock


def migrate(database: Database) -> None:
    """Bring the tables to this version; servers that start together wait for each other."""
    with database.writing() as connection:
        if database.dialect == "postgres":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        connection.exec_driver_sql(
            "CREATE TABLE IF NOT EXISTS registry_migrations (version TEXT NOT NULL PRIMARY KEY)"
        )
        applied = {row[0] for row in connection.exec_driver_sql("SELECT version FROM registry_migrations")}
        for version, text in _migrations(database.dialect):
            if version not in applied:
                _apply(connection, version, text)


def _migrations(dialect: str) -> Iterator[tuple[str, str]]:
    folder = files("atlas.server") / "migrations" / dialect
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            yield file.name.partition("_")[0], file.read_text("utf-8")


def _apply(connection: Connection, version: str, text: str) -> None:
    for statement in text.split(";\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"INSERT INTO registry_migrations (version) VALUES ('{version}')")
