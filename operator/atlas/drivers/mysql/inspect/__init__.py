"""Reading the catalogs of MySQL and MariaDB: a fixed number of queries, and a realm of what they say.

A file a kind of object. ``reader`` asks, ``dialect`` knows what the two servers say differently, ``unmodelled`` names
what the model does not hold. Objects carry neither the charset of the session that made them nor its ``sql_mode``: on
both sides they would be those of whoever ran the SQL. A mode that gives a body another meaning is named as unmodelled.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.mysql.inspect import unmodelled
from atlas.drivers.mysql.inspect.columns import Charset
from atlas.drivers.mysql.inspect.dependencies import dependencies
from atlas.drivers.mysql.inspect.events import events_of
from atlas.drivers.mysql.inspect.reader import Reader
from atlas.drivers.mysql.inspect.routines import parameter_rows, routine_of, routine_rows
from atlas.drivers.mysql.inspect.sequences import sequences
from atlas.drivers.mysql.inspect.server import plain_mode, read_server
from atlas.drivers.mysql.inspect.tables import TableRow, read_tables, table_of
from atlas.drivers.mysql.inspect.triggers import triggers_of
from atlas.drivers.mysql.inspect.views import views
from atlas.schema import Realm, Schema, Unmodelled, key_of
from atlas.schema.options import options_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.mysql.inspect.reader import Cells
    from atlas.drivers.mysql.inspect.server import Server
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.schema.objects import SchemaObject

__all__ = ["Reader", "inspect_schemas"]


def inspect_schemas(
    session: MySQLSession,
    names: Sequence[str] = (),
    *,
    room: tuple[str, str] | None = None,
    sql_mode: str | None = None,
) -> Realm:
    """Read these schemas, all of people without a name; about 16 queries whatever is in them.

    Args:
        session: Who asks.
        names: Schemas on the server; one that does not exist is no error.
        room: The name of a room and the name that it stands for.
        sql_mode: The modes that bodies are expected to be written for; None for those of the session.
    """
    server = read_server(session)
    expected = server if sql_mode is None else replace(server, sql_mode=sql_mode)
    with plain_mode(session, server):
        found = _schemata(Reader(session=session, schemas=(), room=None), names)
        reader = Reader(session=session, schemas=tuple(row[0] for row in found), room=room)
        realm = _realm(reader, expected, [_meant(row, room) for row in found])
    others = () if names else tuple(unmodelled.of_server(reader))
    dialect = "mariadb" if session.is_mariadb else "mysql"
    return replace(
        realm,
        dialect=dialect,
        unmodelled=tuple(sorted({*realm.unmodelled, *others}, key=lambda each: (each.kind, each.name))),
        session=options_of({"sql_mode": server.sql_mode, "default_engine": server.default_engine}),
    )


def _schemata(reader: Reader, names: Sequence[str]) -> list[Cells]:
    from atlas.drivers.mysql.catalog import catalog_sql
    from atlas.drivers.mysql.inspect.dialect import query_name

    name = query_name("schemata", is_mariadb=reader.session.is_mariadb)
    rows = reader.ask(catalog_sql(reader.session, f"inspect_{name}")) or []
    return sorted(row for row in rows if not names or row[0] in names)


def _meant(row: Cells, room: tuple[str, str] | None) -> Cells:
    return (room[1], *row[1:]) if room and row[0] == room[0] else row


def _realm(reader: Reader, server: Server, schemata: Sequence[Cells]) -> Realm:
    schemas = {name: Charset(charset, collation) for name, charset, collation, _ in schemata}
    trigger_rows, event_rows = reader.rows("triggers"), reader.rows("events")
    tables = [TableRow._make(row) for row in reader.rows("tables")]
    known = read_tables(
        reader,
        schemas=schemas,
        default_engine=server.default_engine,
        triggers=triggers_of(trigger_rows, server),
    )
    routines, parameters = routine_rows(reader), parameter_rows(reader)
    made, unreadable = sequences(reader, (row for row in tables if row.type == "SEQUENCE"))
    objects: list[SchemaObject] = [
        *(table_of(row, known) for row in tables if row.is_table),
        *views(reader, known.columns, frozenset((row.schema, row.name) for row in routines), server),
        *(
            routine_of(row, parameters.get((row.schema, row.name, row.type), ()), schemas, server)
            for row in routines
            if row.is_modelled
        ),
        *made,
        *events_of(event_rows, server),
    ]
    objects.sort(key=lambda item: (item.schema, *key_of(item)))
    return Realm(
        dialect="mariadb",
        schemas=tuple(
            Schema(name=name, charset=charset, collation=collation, comment=comment)
            for name, charset, collation, comment in sorted(schemata)
        ),
        objects=tuple(objects),
        dependencies=dependencies(objects),
        unmodelled=(
            *unmodelled.of_tables(reader, (row for row in tables if row.is_table), known),
            *unmodelled.of_routines(routines, server),
            *unmodelled.of_modes("trigger", trigger_rows, server),
            *unmodelled.of_modes("event", event_rows, server),
            *unmodelled.of_accounts(reader),
            *(Unmodelled(kind="hidden sequence", name=f"{row.schema}.{row.name}") for row in unreadable),
        ),
    )
