"""A realm within a scope: schemas by name, patterns of objects, and never the table of revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Realm


def inspect_realm(driver: SchemaDriver, database: Database, scope: Scope) -> Realm:
    """What ``scope`` shows of a database."""
    return restrict(driver.inspect(database, scope), scope)


def restrict(realm: Realm, scope: Scope) -> Realm:
    """``realm`` without what ``scope`` leaves out, and without ``atlas_schema_revisions``.

    Raises:
        UsageError: A pattern that cannot be understood.
    """
    raise NotImplementedError
