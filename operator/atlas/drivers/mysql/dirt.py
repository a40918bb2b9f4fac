"""Why a database is not clean for a first run: the rules and words of the Go tools."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.engine.history.revisions import TABLE_NAME

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession


def dirt(session: MySQLSession, bound: str, revisions_schema: str) -> str | None:
    """The first thing that is there and is not the revisions table; None on a clean database.

    Args:
        session: Who asks the catalog.
        bound: The schema of the URL; with '' all schemas of the server count, empty ones too.
        revisions_schema: Where the revisions table is, or would be.
    """
    rows = session.query(catalog_sql(session, "tables", schema=bound)) or []
    tables = {
        schema or "": [name for _, name in group if name is not None]
        for schema, group in groupby(rows, key=lambda row: row[0])
    }
    if bound:
        return _of_one_schema(tables, revisions_schema)
    return _of_all_schemas(tables, revisions_schema)


def _of_one_schema(tables: dict[str, list[str]], revisions_schema: str) -> str | None:
    for schema, names in tables.items():
        if names and not (schema == revisions_schema and names == [TABLE_NAME]):
            return f'found table "{names[0]}" in schema "{schema}"'
    return None


def _of_all_schemas(tables: dict[str, list[str]], revisions_schema: str) -> str | None:
    if len(tables) > 1:
        return f"found multiple schemas: {len(tables)}"
    for schema, names in tables.items():
        if schema != revisions_schema:
            return f'found schema "{schema}"'
        if len(names) > 1:
            return f"found multiple tables: {len(names)}"
        if names not in ([], [TABLE_NAME]):
            return f'found table "{names[0]}"'
    return None
