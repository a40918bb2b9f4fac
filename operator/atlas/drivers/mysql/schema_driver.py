"""Declarative schemas of this driver: see ``engine.schema_ports.SchemaDriver``."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from atlas.drivers.mysql import MySQLDatabase
    from atlas.engine.plan import PlannedStatement, PlanTask
    from atlas.engine.ports import Database
    from atlas.engine.schema_ports import DevDatabase, TypeNames
    from atlas.engine.scope import Scope
    from atlas.schema import Realm
    from atlas.schema.walk import Object


class MySQLSchemaDriver:
    """Reads, compares and plans; each in a module of its own."""

    def __init__(self, dialect: str) -> None:
        self._dialect = dialect

    @property
    def types(self) -> TypeNames:
        from atlas.drivers.mysql.column_types import MySQLTypeNames

        return MySQLTypeNames()

    def inspect(self, database: Database, scope: Scope) -> Realm:
        from atlas.drivers.mysql.inspect import inspect_schemas

        return inspect_schemas(cast("MySQLDatabase", database).session, scope.names)

    def dev(self, database: Database) -> DevDatabase:
        from atlas.drivers.mysql.normalize import MySQLDevDatabase

        return MySQLDevDatabase(cast("MySQLDatabase", database))

    def scratch(self, database: Database) -> DevDatabase:
        from atlas.drivers.mysql.normalize import MySQLDevDatabase

        return MySQLDevDatabase(cast("MySQLDatabase", database), binlog=False, may_be_room=False)

    def differs(self, current: Object, desired: Object) -> frozenset[str]:
        from atlas.drivers.mysql.diff import differs

        return differs(current, desired)

    def statements(self, task: PlanTask) -> tuple[PlannedStatement, ...]:
        from atlas.drivers.mysql.ddl import statements

        return statements(task, is_mariadb=self._dialect == "mariadb")
