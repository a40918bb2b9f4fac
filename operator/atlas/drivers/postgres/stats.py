"""Sizes of tables, in one query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.catalog import catalog_sql
from atlas.engine.table_size import TableSize

if TYPE_CHECKING:
    from atlas.drivers.postgres import PostgresDatabase


def table_sizes(database: PostgresDatabase) -> tuple[TableSize, ...]:
    """The size of every table."""
    rows = database.session.query(catalog_sql(database.session, "table_sizes")) or []
    return tuple(TableSize(str(schema), str(table), int(str(size))) for schema, table, size in rows)
