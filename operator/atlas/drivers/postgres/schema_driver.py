"""Declarative schemas of this driver: see ``engine.schema_ports.SchemaDriver``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.plan import PlannedStatement, PlanTask
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, TypeNames
    from atlas.engine.scope import Scope
    from atlas.schema import Realm
    from atlas.schema.walk import Object


class PostgresSchemaDriver:
    """Reads, compares and plans; each in a module of its own."""

    @property
    def types(self) -> TypeNames:
        from atlas.drivers.postgres.column_types import PostgresTypeNames

        return PostgresTypeNames()

    def inspect(self, database: Database, scope: Scope) -> Realm:
        from atlas.drivers.postgres.inspect import inspect

        return inspect(_session(database), scope)

    def dev(self, database: Database) -> DevDatabase:
        from atlas.drivers.postgres import PostgresDatabase
        from atlas.drivers.postgres.normalize import PostgresDev

        return PostgresDev(PostgresDatabase(database.url, _session(database)))

    def scratch(self, database: Database) -> DevDatabase:
        from atlas.drivers.postgres import PostgresDatabase
        from atlas.drivers.postgres.normalize import PostgresDev

        return PostgresDev(PostgresDatabase(database.url, _session(database)), may_be_room=False)

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        from atlas.drivers.postgres.diff import differs

        return differs(current, desired)

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        from atlas.drivers.postgres.plan import statements

        return statements(task)


def _session(database: Database) -> PostgresSession:
    from atlas.drivers.postgres.session import PostgresSession

    session = database.session
    if not isinstance(session, PostgresSession):
        message = f"a PostgreSQL session was expected, not {type(session).__name__}"
        raise TypeError(message)
    return session
