"""Reading a PostgreSQL database: a fixed number of queries in one view of the catalogs, and a realm made of their rows.

``rows`` asks, ``found`` holds the rows and knows every object by its oid, and there is one module for each kind of
object. Texts are the server's own, printed with nothing but ``pg_catalog`` in the search path. Words of ``options``:

* of tables: storage parameters (those of the TOAST table as ``toast.…``), ``tablespace``, ``access_method`` (not heap),
  ``of_type``, ``replica_identity`` (``FULL``, ``NOTHING`` or ``USING INDEX name``), ``clustered`` (the index);
* of columns: ``storage``, ``compression``, ``statistics``, ``n_distinct``, ``n_distinct_inherited``;
* of indexes and their constraints: storage parameters, ``tablespace``;
* of views: ``security_barrier``, ``security_invoker``; of materialized views as of tables;
* of routines: ``object_file`` (language C), ``transform`` (types, comma-joined); of aggregates the words of
  CREATE AGGREGATE in capitals, functions and operators as SQL.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.inspect.dependencies import dependencies
from atlas.drivers.postgres.inspect.found import Found, read_found
from atlas.drivers.postgres.inspect.relation import relations
from atlas.drivers.postgres.inspect.routine import routines
from atlas.drivers.postgres.inspect.rows import catalog_view
from atlas.drivers.postgres.inspect.type import types
from atlas.drivers.postgres.inspect.unmodelled import unmodelled
from atlas.schema import Realm, Schema, key_of
from atlas.schema.objects import Extension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.scope import Scope
    from atlas.schema.objects import SchemaObject

__all__ = ["inspect"]


def inspect(session: PostgresSession, scope: Scope) -> Realm:
    """The schemas of ``scope``; extensions and what else belongs to the whole database only where all are read.

    The session is left as it was found, whether a transaction is open or not.

    Raises:
        StatementFailed: The server refused a query.
        ConnectFailed: The connection broke.
        Unsupported: The server is older than PostgreSQL 14.
    """
    with catalog_view(session):
        found = read_found(session, scope.names)
    return realm(found)


def realm(found: Found) -> Realm:
    """What the rows say. No I/O."""
    objects = [*types(found), *relations(found), *routines(found), *_extensions(found)]
    return Realm(
        dialect="postgres",
        schemas=tuple(sorted(_schemas(found), key=lambda schema: schema.name)),
        objects=tuple(sorted(objects, key=_place)),
        dependencies=dependencies(found),
        unmodelled=unmodelled(found),
    )


def _place(item: SchemaObject) -> tuple[str, str, str]:
    key = key_of(item)
    return key.schema, key.kind.value, key.name


def _schemas(found: Found) -> Iterator[Schema]:
    for row in found.schemas:
        yield Schema(name=row["name"], comment=row["comment"] or "")


def _extensions(found: Found) -> Iterator[Extension]:
    for row in found.extensions:
        yield Extension(
            name=row["name"], schema=row["schema"], version=row["version"], comment=row["comment"] or ""
        )
