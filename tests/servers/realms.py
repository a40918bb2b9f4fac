"""Realms of real PostgreSQL databases, for tests that compare them with what they expect."""

from __future__ import annotations

from typing import TypeVar

from atlas.drivers.postgres import open_database
from atlas.drivers.postgres.schema_driver import PostgresSchemaDriver
from atlas.engine.database_url import parse_database_url
from atlas.engine.scope import Scope
from atlas.schema import Realm

T = TypeVar("T")


def postgres_realm(url: str, sql: str = "", *, bound: str = "", schemas: tuple[str, ...] = ()) -> Realm:
    """Run ``sql`` in the database and return what an inspection finds."""
    database = open_database(parse_database_url(url))
    try:
        if sql:
            database.session.execute(sql)
        return PostgresSchemaDriver().inspect(database, Scope(bound=bound, schemas=schemas))
    finally:
        database.session.close()


def the(realm: Realm, kind: type[T], name: str) -> T:
    """The only object of a class and name."""
    (found,) = [item for item in realm.objects if isinstance(item, kind) and getattr(item, "name") == name]  # noqa: B009
    return found


def pairs(realm: Realm) -> set[str]:
    """Dependencies as ``view app.v -> table app.t``, without those on schemas."""
    return {f"{one} -> {other}" for one, other in realm.dependencies if other.kind != "schema"}
