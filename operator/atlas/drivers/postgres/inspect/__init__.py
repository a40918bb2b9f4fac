"""Reading a PostgreSQL database: a fixed number of queries in one view of the catalogs, and a realm made of their rows.

``rows`` asks, ``found`` holds the rows and knows every object by its oid, ``realm`` makes objects of them, and there is one
module for each kind. Texts are the server's own, printed with nothing but ``pg_catalog`` in the search path, and the
schema of a URL that is bound to one (``bare_names``). Words of ``options``:

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

from atlas.drivers.postgres.inspect.bare_names import qualified_texts, write_bare_names
from atlas.drivers.postgres.inspect.found import found_of, queries, read_places
from atlas.drivers.postgres.inspect.rows import catalog_view, reading
from atlas.errors import StatementFailed, TargetError, Unsupported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.inspect.found import Found
    from atlas.drivers.postgres.inspect.rows import Row
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.scope import Scope
    from atlas.schema import Realm

__all__ = ["inspect"]

OLDEST = 140000
ATTEMPTS = 3
_INTERNAL_ERROR = "(XX000)"


def inspect(session: PostgresSession, scope: Scope) -> Realm:
    """The schemas of ``scope``; extensions and what else belongs to the whole database only where all are read.

    The session is left as it was found, whether a transaction is open or not.

    Raises:
        StatementFailed: The server refused a query.
        ConnectFailed: The connection broke.
        TargetError: Others changed the database every time that it was read.
        Unsupported: The server is older than PostgreSQL 14.
    """
    if session.server_version < OLDEST:
        raise Unsupported(
            f"PostgreSQL {session.server_version // 10000} is not served: declarative schemas need 14 or later"
        )
    for _ in range(ATTEMPTS):
        realm = _read(session, scope)
        if realm is not None:
            return realm
    raise TargetError(
        f"postgres: the schema was changed by others {ATTEMPTS} times while it was read; try again when they are done"
    )


def _read(session: PostgresSession, scope: Scope) -> Realm | None:
    """None where the server met an object that somebody had just dropped, or left out its text.

    NB: the order is that of time. The server works on, so the model is loaded, and objects made, while it does.
    """
    try:
        with catalog_view(session):
            places = read_places(session, scope.names)
            with reading(session, queries(places, scope.names)) as answers:
                import atlas.drivers.postgres.inspect.realm  # noqa: F401

                found = found_of(places, answers)
                texts = qualified_texts(found, scope.bound)
                if not texts:
                    return _made(found, answers)
                rest = iter(tuple(answers))
            return _made(found, rest) if write_bare_names(session, texts, scope.bound) else None
    except StatementFailed as failed:
        if (
            _INTERNAL_ERROR in failed.text
        ):  # "cache lookup failed for …": it prints from newer catalogs than we read
            return None
        raise


def _made(found: Found, answers: Iterator[list[Row]]) -> Realm | None:
    from atlas.drivers.postgres.inspect.realm import objects_of, realm_of

    if not found.is_whole:
        return None
    objects = objects_of(found)
    found.depend, found.unmodelled = answers
    return realm_of(found, objects)
