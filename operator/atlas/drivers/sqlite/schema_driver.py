"""Declarative schemas of this driver: see ``engine.schema_ports.SchemaDriver``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.sqlite.database import SqliteDatabase
    from atlas.engine.plan import PlannedStatement, PlanTask
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, TypeNames
    from atlas.engine.scope import Scope
    from atlas.schema import Realm
    from atlas.schema.walk import Object


class SqliteSchemaDriver:
    """Reads, compares and plans; each in a module of its own."""

    @property
    def types(self) -> TypeNames:
        from atlas.drivers.sqlite.column_types import SqliteTypeNames

        return SqliteTypeNames()

    def inspect(self, database: Database, scope: Scope) -> Realm:  # noqa: ARG002  there is only ``main``
        from atlas.drivers.sqlite.inspect import inspect

        return inspect(_own(database).session)

    def dev(self, database: Database) -> DevDatabase:
        from atlas.drivers.sqlite.normalize import SqliteDev

        return SqliteDev(_own(database))

    def scratch(self, database: Database) -> DevDatabase:
        return self.dev(database)  # rooms are in memory, always

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        from atlas.drivers.sqlite.diff import differs

        return differs(current, desired)

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        from atlas.drivers.sqlite.ddl import statements

        return statements(task)


def _own(database: Database) -> SqliteDatabase:
    from atlas.drivers.sqlite.database import SqliteDatabase

    if not isinstance(database, SqliteDatabase):
        raise TypeError(f"a SQLite database is needed, found {type(database).__name__}")
    return database
