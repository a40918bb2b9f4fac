"""How large the tables of a database are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.engine.restrict import restrict
from atlas.schema import Realm, Schema
from atlas.schema.table import Table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from atlas.engine.scope import Scope


class TableSize(NamedTuple):
    """A table with its indexes and what is stored apart from its rows; servers estimate some of it."""

    schema: str
    table: str
    size_bytes: int


def sizes_within(sizes: Iterable[TableSize], scope: Scope) -> tuple[TableSize, ...]:
    """The sizes of the tables that a scope shows, sorted.

    Raises:
        UsageError: A pattern that cannot be understood.
    """
    every = sorted(sizes)
    tables = tuple(Table(schema=size.schema, name=size.table, columns=()) for size in every)
    schemas = tuple(Schema(name=name) for name in sorted({size.schema for size in every}))
    shown = restrict(Realm(dialect="", schemas=schemas, objects=tables), scope)
    names = {(table.schema, table.name) for table in shown.tables}
    return tuple(size for size in every if (size.schema, size.table) in names)
