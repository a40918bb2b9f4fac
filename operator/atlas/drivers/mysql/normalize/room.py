"""One room: what a desired state made there, read back as if it had been made under its own name."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect import inspect_schemas
from atlas.drivers.mysql.inspect.server import read_server

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.drivers.mysql import MySQLDatabase
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.schema import Realm, Schema
    from atlas.schema.objects import SchemaObject

PREFIX = "atlas_dev_"


class MySQLRoom:
    """See ``engine.schema_ports.DevRoom``. Without a name it is a whole server."""

    def __init__(self, database: MySQLDatabase, bound: str = "", name: str = "") -> None:
        self._database = database
        self._bound = bound
        self._name = name
        # A script may set another mode; the plan that makes the same objects runs without that.
        self._sql_mode = read_server(database.session).sql_mode
        self._before = self._read() if name else None

    @property
    def database(self) -> MySQLDatabase:
        return self._database

    def enter(self, schema: str) -> None:
        self._database.session.run(f"CREATE DATABASE IF NOT EXISTS {quoted(schema)}")
        self._database.session.run(f"USE {quoted(schema)}")

    def inspect(self) -> Realm:
        """What was made here.

        Counters of tables with rows are left out: a script that inserts has moved them. So is the charset of the room
        where nobody changed it: it is that of the dev server, and says nothing. So are the grants that let us in.
        """
        realm = self._read()
        if self._before:
            there = self._before.unmodelled
            realm = replace(realm, unmodelled=tuple(each for each in realm.unmodelled if each not in there))
        used = self._used(realm)
        objects = tuple(used.get((item.schema, item.name), item) for item in realm.objects)
        return replace(realm, objects=objects, schemas=tuple(map(self._as_said, realm.schemas)))

    def _read(self) -> Realm:
        session = self._database.session
        if not self._name:
            realm = inspect_schemas(session, sql_mode=self._sql_mode)
            others = {schema.name for schema in realm.schemas if schema.name.startswith(PREFIX)}
            return _without(realm, others) if others else realm
        room = (self._name, self._bound)
        return inspect_schemas(session, (self._name,), room=room, sql_mode=self._sql_mode)

    def _as_said(self, schema: Schema) -> Schema:
        return (
            replace(schema, charset="", collation="")
            if self._before and schema in self._before.schemas
            else schema
        )

    def _used(self, realm: Realm) -> Mapping[tuple[str, str], SchemaObject]:
        tables = [table for table in realm.tables if table.auto_increment is not None]
        if not tables:
            return {}
        session = self._database.session
        sql = " UNION ALL ".join(
            f"SELECT {number}, EXISTS (SELECT 1 FROM {quoted(self._name or table.schema)}.{quoted(table.name)})"
            for number, table in enumerate(tables)
        )
        full = [tables[int(number or 0)] for number, is_used in session.query(sql) or [] if is_used == "1"]
        return {(table.schema, table.name): replace(table, auto_increment=None) for table in full}


def empty(session: MySQLSession, schema: str) -> None:
    """Drop everything in a schema, and keep the schema."""
    realm = inspect_schemas(session, (schema,))
    session.run("SET foreign_key_checks = 0")
    try:
        for item in realm.objects:
            kind = type(item).__name__.upper()
            if kind == "ROUTINE":
                kind = "PROCEDURE" if getattr(item, "is_procedure", False) else "FUNCTION"
            session.run(f"DROP {kind} IF EXISTS {quoted(schema)}.{quoted(item.name)}")
    finally:
        session.run("SET foreign_key_checks = 1")


def quoted(name: str) -> str:
    """A name in backticks."""
    return "`" + name.replace("`", "``") + "`"


def _without(realm: Realm, schemas: set[str]) -> Realm:
    return replace(
        realm,
        schemas=tuple(schema for schema in realm.schemas if schema.name not in schemas),
        objects=tuple(item for item in realm.objects if item.schema not in schemas),
        unmodelled=tuple(found for found in realm.unmodelled if found.name.partition(".")[0] not in schemas),
    )
