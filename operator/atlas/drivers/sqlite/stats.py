"""Sizes of tables: pages of a table and its indexes. Only some builds of SQLite can tell (``dbstat``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.table_size import TableSize
from atlas.errors import StatementFailed, Unsupported

if TYPE_CHECKING:
    from atlas.drivers.sqlite.database import SqliteDatabase

_SIZES = """
SELECT o.tbl_name, SUM(d.pgsize)
FROM dbstat AS d JOIN sqlite_master AS o ON o.name = d.name
WHERE o.tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND d.aggregate = 1
GROUP BY o.tbl_name
"""


def table_sizes(database: SqliteDatabase) -> tuple[TableSize, ...]:
    """The size of every table.

    Raises:
        Unsupported: This build of SQLite has no ``dbstat``: https://sqlite.org/dbstat.html.
    """
    try:
        rows = database.session.query(_SIZES)
    except StatementFailed as refused:
        if "no such table: dbstat" not in refused.text:
            raise
        raise Unsupported(
            "sizes of tables: this SQLite was built without dbstat (SQLITE_ENABLE_DBSTAT_VTAB); expected another build"
        ) from refused
    return tuple(TableSize("main", str(name), int(str(size))) for name, size in rows)
