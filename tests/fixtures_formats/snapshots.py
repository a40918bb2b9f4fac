"""What is in a database, in words that two databases can be compared by: objects and rows, without anybody's history."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

HISTORIES = (
    "schema_migrations",
    "goose_db_version",
    "flyway_schema_history",
    "databasechangelog",
    "databasechangeloglock",
    "atlas_schema_revisions",
    "sqlite_sequence",
)
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_POSTGRES = {
    "columns": """SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name, ordinal_position""",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2",
    "functions": """SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1""",
    "triggers": """SELECT relname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
        WHERE NOT tgisinternal ORDER BY 1, 2""",
}
_MARIADB = {
    "columns": """SELECT table_name, column_name, column_type, is_nullable, column_default
        FROM information_schema.columns WHERE table_schema = database() ORDER BY table_name, ordinal_position""",
    "routines": """SELECT routine_name, routine_definition FROM information_schema.routines
        WHERE routine_schema = database() ORDER BY 1""",
    "triggers": """SELECT trigger_name, action_statement FROM information_schema.triggers
        WHERE trigger_schema = database() ORDER BY 1""",
}


def sqlite_snapshot(path: Path) -> dict[str, Any]:
    """Objects by name with their texts, and the rows of tables."""
    with closing(sqlite3.connect(path)) as connection:
        objects = {
            name: [kind, plain(sql)]
            for kind, name, sql in connection.execute(
                "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name"
            )
            if not _is_history(name) and name not in _histories_indexes(connection)
        }
        tables = [name for name, (kind, _) in objects.items() if kind == "table"]
        rows = {name: [list(row) for row in connection.execute(f'SELECT * FROM "{name}"')] for name in tables}
    return {"objects": objects, "rows": rows}


def postgres_snapshot(query: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Catalogs and rows of the schema public."""
    return _snapshot(query, _POSTGRES, '"')


def mariadb_snapshot(query: Callable[[str], list[tuple[Any, ...]]]) -> dict[str, Any]:
    """Catalogs and rows of one database."""
    return _snapshot(query, _MARIADB, "`")


def plain(sql: str) -> str:
    """A text without comments and line breaks: tools keep them or not."""
    return " ".join(_COMMENT.sub(" ", sql).split()).removesuffix(";").strip()


def _snapshot(
    query: Callable[[str], list[tuple[Any, ...]]], catalogs: dict[str, str], mark: str
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, sql in catalogs.items():
        rows = [list(row) for row in query(sql) if not _is_history(row[0])]
        found[name] = [[plain(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    tables = sorted({row[0] for row in found["columns"]})
    found["rows"] = {
        table: [[str(cell) for cell in row] for row in query(f"SELECT * FROM {mark}{table}{mark}")]
        for table in tables
    }
    return found


def _is_history(name: str) -> bool:
    return name.lower() in HISTORIES


def _histories_indexes(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name, tbl_name FROM sqlite_schema WHERE type = 'index'")
    return {name for name, table in found if _is_history(table)}
