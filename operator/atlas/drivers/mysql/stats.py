"""Sizes of tables, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.engine.table_size import TableSize

if TYPE_CHECKING:
    from atlas.drivers.mysql import MySQLDatabase


def table_sizes(database: MySQLDatabase) -> tuple[TableSize, ...]:
    """The size of every table."""
    rows = database.session.query(catalog_sql(database.session, "table_sizes")) or []
    return tuple(TableSize(str(schema), str(table), int(str(size))) for schema, table, size in rows)
