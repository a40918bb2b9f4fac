"""Foreign keys that name no columns mean the primary key of their table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.text.names import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from atlas.schema.table import ForeignKey, Table


def with_references(tables: Iterable[Table]) -> tuple[Table, ...]:
    """The tables with names of referenced tables and columns as those spell them; what does not exist stays as it is."""
    by_name = {folded(table.name): table for table in tables}
    return tuple(
        replace(table, foreign_keys=tuple(_resolved(key, by_name) for key in table.foreign_keys))
        if table.foreign_keys
        else table
        for table in by_name.values()
    )


def _resolved(key: ForeignKey, tables: Mapping[str, Table]) -> ForeignKey:
    table = tables.get(folded(key.ref_table))
    if table is None:
        return key
    columns = key.ref_columns
    if not columns and table.primary_key and len(table.primary_key.parts) == len(key.columns):
        columns = tuple(part.column for part in table.primary_key.parts)
    spelled = {folded(column.name): column.name for column in table.columns}
    return replace(
        key,
        ref_table=table.name,
        ref_columns=tuple(spelled.get(folded(name), name) for name in columns),
    )
