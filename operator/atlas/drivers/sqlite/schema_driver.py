"""Declarative schemas of this driver: see ``engine.schema_ports.SchemaDriver``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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

    def inspect(self, database: Database, scope: Scope) -> Realm:
        raise NotImplementedError

    def dev(self, database: Database) -> DevDatabase:
        raise NotImplementedError

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        raise NotImplementedError

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        raise NotImplementedError
