"""What a server knows a kept table by, besides its name: it must be the same table afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.cases.servers import Ground

_POSTGRES = """
SELECT n.nspname || '.' || c.relname || coalesce('.' || a.attname, ''), c.oid::text || '/' || coalesce(a.attnum, 0)
FROM pg_class c
JOIN pg_namespace n ON n.oid = c.relnamespace
LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
WHERE c.relkind IN ('r', 'p') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
"""


def identities(ground: Ground, url: str, dialect: str) -> dict[str, str]:
    """Names to identities: OID and column number on PostgreSQL, rowids on SQLite; MariaDB copies and tells nothing."""
    if dialect == "postgres":
        return {str(name): str(identity) for name, identity in ground.rows(url, _POSTGRES)}
    if dialect == "sqlite":
        tables = ground.rows(
            url,
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT wr AND name NOT LIKE 'sqlite_%'",
        )
        return {
            str(name): str(ground.rows(url, f'SELECT rowid FROM "{name}" ORDER BY 1')) for (name,) in tables
        }
    return {}
