"""What was found, and is named because the model does not hold it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.drivers.mysql.inspect.partitions import has_named_subpartitions
from atlas.schema.realm import Unmodelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from atlas.drivers.mysql.inspect.reader import Cells, Reader
    from atlas.drivers.mysql.inspect.routines import RoutineRow
    from atlas.drivers.mysql.inspect.server import Server
    from atlas.drivers.mysql.inspect.tables import TableCatalogs, TableRow

_ELSEWHERE = frozenset({"CONNECT", "FEDERATED", "MRG_MYISAM", "OQGRAPH", "S3", "SPHINX", "SPIDER"})
"""Engines whose tables are what SHOW CREATE alone tells: a connection, a union, a place in a bucket."""
_LESS_THAN = re.compile(r"`((?:[^`]|``)+)` < `((?:[^`]|``)+)`")
_TEMPORAL = ("date", "datetime", "timestamp")
_PERIOD = re.compile(r"^\s+PERIOD FOR `((?:[^`]|``)+)`", re.MULTILINE)
_BYTES = ("binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob")


def of_tables(reader: Reader, rows: Iterable[TableRow], known: TableCatalogs) -> Iterator[Unmodelled]:
    """Of tables: periods, partitions by system time, what lives elsewhere, defaults that no catalog can print."""
    for row in rows:
        key, on = (row.schema, row.name), f"{row.schema}.{row.name}"
        if row.engine.upper() in _ELSEWHERE:
            yield Unmodelled(kind=f"{row.engine} table", name=on, on=on)
        columns = known.columns.get(key, [])
        if any(column.is_period for column in columns):
            yield Unmodelled(kind="period", name=f"{on}.system_time", on=on)
        partitions = known.partitions.get(key, [])
        if partitions and partitions[0].method == "SYSTEM_TIME":
            yield Unmodelled(kind="partitions by system time", name=on, on=on)
        elif partitions and has_named_subpartitions(partitions):
            yield Unmodelled(kind="named subpartitions", name=on, on=on)
        for column in columns:
            if column.type.startswith(_BYTES) and "?" in column.default:
                yield Unmodelled(kind="default of bytes", name=f"{on}.{column.name}", on=on)
        if reader.session.is_mariadb and _may_have_period(row, known):
            yield from _periods(reader, row)


def of_routines(rows: Iterable[RoutineRow], server: Server) -> Iterator[Unmodelled]:
    """Of routines: packages, bodies that this account may not see, modes that give a text another meaning."""
    for row in rows:
        name = f"{row.schema}.{row.name}"
        if not row.is_modelled:
            is_hidden = row.type in {"FUNCTION", "PROCEDURE"}
            yield Unmodelled(kind=f"hidden {row.type.lower()}" if is_hidden else row.type.lower(), name=name)
        elif modes := server.foreign_modes(row.sql_mode):
            yield Unmodelled(kind=f"sql_mode {modes} of {row.type.lower()}", name=name)


def of_modes(kind: str, rows: Iterable[Cells], server: Server) -> Iterator[Unmodelled]:
    """Of triggers and events, whose mode is ``sql_mode`` behind their definer."""
    for row in rows:
        mode, name = (row[7], row[2]) if kind == "trigger" else (row[13], row[1])
        if modes := server.foreign_modes(mode):
            on = f"{row[0]}.{row[1]}" if kind == "trigger" else ""
            yield Unmodelled(kind=f"sql_mode {modes} of {kind}", name=f"{row[0]}.{name}", on=on)


def of_accounts(reader: Reader) -> Iterator[Unmodelled]:
    """Grants that name a schema or a table; nothing where this account may not know them."""
    for grantee, schema, table in reader.rows("grants"):
        yield Unmodelled(kind="grant", name=f"{schema}.{table or '*'} to {grantee}")


def of_server(reader: Reader) -> Iterator[Unmodelled]:
    """Functions of shared libraries: they belong to the server, so only who looks at all of it is told."""
    for (name,) in reader.ask_if_allowed(catalog_sql(reader.session, "inspect_loadable")) or []:
        yield Unmodelled(kind="loadable function", name=name)


def _may_have_period(row: TableRow, known: TableCatalogs) -> bool:
    """An application-time period has no catalog before 11.4, but a check that its start is before its end."""
    key = (row.schema, row.name)
    temporal = {
        column.name
        for column in known.columns.get(key, ())
        if column.is_nullable == "NO" and column.type.startswith(_TEMPORAL)
    }
    return any(
        (found := _LESS_THAN.fullmatch(check.expr)) and not check.column and {found[1], found[2]} <= temporal
        for check in known.checks.get(key, ())
    )


def _periods(reader: Reader, row: TableRow) -> Iterator[Unmodelled]:
    on = f"{row.schema}.{row.name}"
    for cells in reader.of_one(f"SHOW CREATE TABLE {reader.on_server(row.schema, row.name)}"):
        for name in _PERIOD.findall(cells[1]):
            yield Unmodelled(kind="period", name=f"{on}.{name}", on=on)
