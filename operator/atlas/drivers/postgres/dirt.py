"""Why a database is not clean for a first run: the rules and words of the Go tools."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from atlas.drivers.postgres.catalog import catalog_sql
from atlas.engine.history.revisions import TABLE_NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.postgres.session import PostgresSession


def dirt(session: PostgresSession, bound: str, revisions_schema: str) -> str | None:
    """The first thing that is there and is not the revisions table; None on a clean database.

    Args:
        session: Who asks the catalog.
        bound: The schema of the URL; with '' all schemas count, and only an empty ``public`` is clean.
        revisions_schema: Where the revisions table is, or would be.
    """
    rows = session.query(catalog_sql(session, "tables", schema=bound)) or []
    tables = {
        schema or "": [name for _, name in group if name is not None]
        for schema, group in groupby(rows, key=lambda row: row[0])
    }
    findings = (
        _of_one_schema(tables, revisions_schema) if bound else _of_all_schemas(tables, revisions_schema)
    )
    return next(findings, None)


def _of_one_schema(tables: dict[str, list[str]], revisions_schema: str) -> Iterator[str]:
    for schema, names in tables.items():
        if names and not (schema == revisions_schema and names == [TABLE_NAME]):
            yield f'found table "{names[0]}" in schema "{schema}"'


def _of_all_schemas(tables: dict[str, list[str]], revisions_schema: str) -> Iterator[str]:
    for schema, names in tables.items():
        if not names and schema == "public":
            continue
        if not names or schema != revisions_schema:
            yield f'found schema "{schema}"'
        elif len(names) > 1:
            yield f'found {len(names)} tables in schema "{schema}"'
        elif names != [TABLE_NAME]:
            yield f'found table "{names[0]}" in schema "{schema}"'
