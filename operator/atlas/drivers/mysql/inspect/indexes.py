"""Indexes and primary keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.drivers.mysql.inspect.dialect import expression
from atlas.schema.table import Index, IndexPart, PrimaryKey

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from atlas.drivers.mysql.inspect.reader import Reader

PRIMARY = "PRIMARY"


class IndexRow(NamedTuple):
    """See ``sql/inspect_statistics.sql``."""

    schema: str
    table: str
    name: str
    non_unique: str
    column: str
    collation: str
    prefix: str
    method: str
    comment: str
    is_ignored: str
    expression: str


def index_rows(reader: Reader) -> dict[tuple[str, str], dict[str, list[IndexRow]]]:
    """The parts of every index, in order, by table and index."""
    found: dict[tuple[str, str], dict[str, list[IndexRow]]] = {}
    for row in map(IndexRow._make, reader.rows("statistics")):
        found.setdefault((row.schema, row.table), {}).setdefault(row.name, []).append(row)
    return found


def primary_key_of(rows: Mapping[str, Sequence[IndexRow]], *, is_mariadb: bool) -> PrimaryKey | None:
    """The primary key among the indexes of a table."""
    if PRIMARY not in rows:
        return None
    first = rows[PRIMARY][0]
    return PrimaryKey(
        parts=tuple(_part(row, is_mariadb=is_mariadb) for row in rows[PRIMARY]),
        method=_method(first),
        comment=first.comment,
    )


def indexes_of(rows: Mapping[str, Sequence[IndexRow]], *, is_mariadb: bool) -> tuple[Index, ...]:
    """All but the primary key, by name."""
    return tuple(
        _index(name, rows[name], is_mariadb=is_mariadb) for name in sorted(rows) if name.upper() != PRIMARY
    )


def _index(name: str, rows: Sequence[IndexRow], *, is_mariadb: bool) -> Index:
    first = rows[0]
    return Index(
        name=name,
        parts=tuple(_part(row, is_mariadb=is_mariadb) for row in rows),
        unique=first.non_unique == "0",
        method=_method(first),
        invisible=first.is_ignored == "YES",
        comment=first.comment,
    )


def _method(row: IndexRow) -> str:
    method = row.method.lower()
    # A spatial index is an R-tree inside, and is so called by old versions.
    return {"btree": "", "rtree": "spatial"}.get(method, method)


def _part(row: IndexRow, *, is_mariadb: bool) -> IndexPart:
    # A spatial index has a "prefix" of 32 bytes, the size of a bounding box.
    is_spatial = _method(row) == "spatial"
    return IndexPart(
        column=row.column,
        expr=expression(row.expression, is_mariadb=is_mariadb) if row.expression else "",
        desc=row.collation == "D",
        prefix=int(row.prefix) if row.prefix and not is_spatial else 0,
    )
