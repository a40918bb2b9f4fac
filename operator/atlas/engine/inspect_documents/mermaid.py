"""A realm as an entity relationship diagram of Mermaid: https://mermaid.js.org/syntax/entityRelationshipDiagram.html."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from atlas.schema import Realm
    from atlas.schema.table import Column, ForeignKey, IndexPart, Table

_UNKNOWN_SIGNS = re.compile(r"[^\w()\[\],-]+")
"""What the grammar of Mermaid takes for the end of a word."""


def mermaid(realm: Realm) -> str:
    """Tables with their columns, and a line for each foreign key; ends with one newline."""
    is_qualified = len(realm.schemas) > 1
    tables = {(table.schema, table.name): table for table in realm.tables}
    lines = ["erDiagram"]
    for table in realm.tables:
        lines += _entity(table, is_qualified=is_qualified)
    for table in realm.tables:
        lines += [_relation(table, key, tables, is_qualified=is_qualified) for key in table.foreign_keys]
    return "\n".join((*lines, ""))


def _entity(table: Table, *, is_qualified: bool) -> Iterator[str]:
    label = f'["{table.schema}.{table.name}"]' if is_qualified else ""
    yield f"    {_name(table.schema, table.name, is_qualified=is_qualified)}{label} {{"
    for column in table.columns:
        keys = ",".join(_keys(table, column))
        yield f"      {_word(column.type)} {_word(column.name)}{' ' + keys if keys else ''}"
    yield "    }"


def _keys(table: Table, column: Column) -> Iterator[str]:
    if table.primary_key and any(part.column == column.name for part in table.primary_key.parts):
        yield "PK"
    if any(column.name in key.columns for key in table.foreign_keys):
        yield "FK"


def _relation(
    table: Table, key: ForeignKey, tables: dict[tuple[str, str], Table], *, is_qualified: bool
) -> str:
    """Crow's feet: a bar where the columns are unique, since at most one row has their values."""
    referenced = tables.get((key.ref_schema, key.ref_table))
    left = "|" if _is_unique(table, key.columns) else "}"
    right = "|" if referenced is None or _is_unique(referenced, key.ref_columns) else "{"
    first = _name(table.schema, table.name, is_qualified=is_qualified)
    second = _name(key.ref_schema, key.ref_table, is_qualified=is_qualified)
    return f"    {first} {left}o--o{right} {second} : {_label(key.name)}"


def _is_unique(table: Table, columns: Sequence[str]) -> bool:
    parts = [table.primary_key.parts] if table.primary_key else []
    parts += [unique.parts for unique in table.uniques]
    parts += [index.parts for index in table.indexes if index.unique and not index.where]
    return any(_columns_of(each) == set(columns) for each in parts)


def _columns_of(parts: Sequence[IndexPart]) -> set[str]:
    return {part.column for part in parts}


def _name(schema: str, name: str, *, is_qualified: bool) -> str:
    return _word(f"{schema}_{name}" if is_qualified else name)


def _word(text: str) -> str:
    return _UNKNOWN_SIGNS.sub("_", text)


def _label(name: str) -> str:
    return _word(name) if name else '""'
