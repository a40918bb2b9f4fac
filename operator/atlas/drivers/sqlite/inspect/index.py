"""The indexes of a table that CREATE INDEX made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.sqlite.inspect.agreement import refuse
from atlas.drivers.sqlite.text.index import read_index
from atlas.drivers.sqlite.text.names import folded
from atlas.schema.table import Index, IndexPart

if TYPE_CHECKING:
    from atlas.drivers.sqlite.inspect.catalog import Catalog, IndexPartRow
    from atlas.schema.table import Column

_EXPRESSION = -2


def indexes_of(table: str, columns: tuple[Column, ...], catalog: Catalog) -> tuple[Index, ...]:
    """Indexes by name."""
    collations = {column.name: folded(column.collation or "binary") for column in columns}
    return tuple(
        sorted(
            (
                _index(table, name, rows, catalog.index_texts[name], collations)
                for name, rows in catalog.index_parts[table].items()
                if rows[0].origin == "c"
            ),
            key=lambda index: index.name,
        )
    )


def _index(table: str, name: str, rows: list[IndexPartRow], sql: str, collations: dict[str, str]) -> Index:
    text = read_index(sql, name)
    if len(text.parts) != len(rows) or bool(text.where) != bool(rows[0].partial):
        refuse(table, f'the parts of index "{name}"')
    return Index(
        name=name,
        unique=bool(rows[0].unique),
        where=text.where,
        parts=tuple(_part(table, row, said, collations) for row, said in zip(rows, text.parts, strict=True)),
    )


def _part(table: str, row: IndexPartRow, text: str, collations: dict[str, str]) -> IndexPart:
    if row.cid == _EXPRESSION:
        return IndexPart(expr=text, desc=bool(row.desc))
    if row.column is None:
        refuse(table, f'the parts of index "{row.index_name}"')
    is_of_column = folded(row.collation) == collations[row.column]
    return IndexPart(column=row.column, desc=bool(row.desc), collation="" if is_of_column else row.collation)
