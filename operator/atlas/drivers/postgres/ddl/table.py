"""Tables as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.ddl.column import definition as column_definition
from atlas.drivers.postgres.ddl.constraint import definition as constraint_definition
from atlas.drivers.postgres.ddl.constraint import not_valid
from atlas.drivers.postgres.ddl.index import parts, storage, tablespace
from atlas.engine.plan import SqlText
from atlas.schema.options import option

if TYPE_CHECKING:
    from collections.abc import Collection

    from atlas.drivers.postgres.ddl.names import Names
    from atlas.schema.table import PartitionBy, Table


def create(table: Table, names: Names, *, without: Collection[str] = ()) -> SqlText:
    """CREATE TABLE with everything that can stand in it; ``without`` are foreign keys that come later."""
    items = _items(table, names, without)
    name = names.qualified(table.schema, table.name)
    head = f"CREATE {'UNLOGGED ' if table.unlogged else ''}TABLE {name}"
    tail = "".join(
        (
            _inherits(table, names),
            f" PARTITION BY {partition_by(table.partition_by, names)}" if table.partition_by else "",
            _access_method(table),
            storage(table.options),
            tablespace(table.options),
        )
    )
    if table.partition_of is not None:
        parent = names.qualified(table.partition_of.schema, table.partition_of.table)
        head = f"{head} PARTITION OF {parent}"
        tail = f" {table.partition_of.bound}{tail}"
        if not items:
            return SqlText(f"{head}{tail}")
    if not items:
        return SqlText(f"{head} (){tail}")
    return SqlText(f"{head} (", items, f"){tail}")


def _items(table: Table, names: Names, without: Collection[str]) -> tuple[str, ...]:
    local = [column for column in table.columns if not column.inherited]
    if table.partition_of is not None:
        local = []
    constraints = (
        *((table.primary_key,) if table.primary_key else ()),
        *table.uniques,
        *(key for key in table.foreign_keys if key.name not in without),
        *table.checks,
        *table.excludes,
    )
    return (
        *(column_definition(column, names) for column in local),
        *(constraint_definition(each, names) for each in constraints if not not_valid(each)),
    )


def partition_by(item: PartitionBy, names: Names) -> str:
    """``RANGE ("a", (lower(b)))``."""
    return f"{item.method} {parts(item.parts, names)}"


def _inherits(table: Table, names: Names) -> str:
    parents = ", ".join(names.qualified(schema, name) for schema, name in table.inherits)
    return f" INHERITS ({parents})" if parents else ""


def _access_method(table: Table) -> str:
    method = option(table.options, "access_method")
    return f" USING {method}" if method else ""
