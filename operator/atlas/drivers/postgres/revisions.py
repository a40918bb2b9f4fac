"""The table ``atlas_schema_revisions`` in a PostgreSQL schema, byte-compatible with the Go tools.

Names are always qualified and times carry their offset, so a person's ``SET search_path``, ``SET TIME ZONE``
or ``SET DateStyle`` changes nothing. ``SET ROLE`` does: the row is written as that role, and when it may
not, the write fails in the server's words and nothing is claimed.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from atlas.drivers.postgres import errors
from atlas.drivers.postgres.catalog import catalog_sql
from atlas.engine.history.revisions import IDENTIFIER_VERSION, TABLE_NAME, Revision, RevisionType, left_open
from atlas.errors import ApplyError
from atlas.settings import OPERATOR_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.postgres.session import PostgresSession

DEFAULT_SCHEMA = "atlas_schema_revisions"

_ADDED_COLUMNS = {
    "description": "character varying NOT NULL DEFAULT ''",
    "type": "bigint NOT NULL DEFAULT 2",
    "applied": "bigint NOT NULL DEFAULT 0",
    "total": "bigint NOT NULL DEFAULT 0",
    "executed_at": "timestamp with time zone NOT NULL DEFAULT now()",
    "execution_time": "bigint NOT NULL DEFAULT 0",
    "error": "text NULL",
    "error_stmt": "text NULL",
    "hash": "character varying NOT NULL DEFAULT ''",
    "partial_hashes": "jsonb NULL",
    "operator_version": "character varying NOT NULL DEFAULT ''",
}
_WITHOUT_DEFAULT = ("description", "executed_at", "execution_time", "hash", "operator_version")


class PostgresRevisions:
    """See ``engine.ports.RevisionStore``."""

    def __init__(self, session: PostgresSession, schema: str) -> None:
        self._session = session
        self._schema = schema
        self._table = f"{session.identifier(schema)}.{session.identifier(TABLE_NAME)}"

    def ensure(self) -> None:
        columns = self._columns()
        if columns is None:
            self._session.run(f"CREATE SCHEMA IF NOT EXISTS {self._session.identifier(self._schema)}")
        if not columns:
            self._session.run(self._sql("create_revisions"))
            return
        missing = [name for name in _ADDED_COLUMNS if name not in columns]
        if missing:
            self._session.run("; ".join(self._alterations(missing)))

    def read(self) -> tuple[Revision, ...]:
        absent = (errors.UNDEFINED_TABLE, errors.INVALID_SCHEMA)
        sql = self._sql("revisions", identifier=IDENTIFIER_VERSION)
        rows = self._session.query(sql, absent=absent) or []
        return tuple(
            sorted((_revision(row[0] or "{}") for row in rows), key=lambda revision: revision.version)
        )

    def write(self, revision: Revision) -> None:
        sql = self._upsert(revision)
        if self._session.in_transaction:
            self._session.defer(revision.version, sql)
            return
        if not revision.is_partial and not self._session.is_idle:
            raise left_open(revision.version)
        self._session.run(sql)

    def delete(self, versions: Sequence[str]) -> None:
        if not versions:
            return
        self._session.flush()
        listed = ", ".join(self._session.literal(version) for version in versions)
        self._session.run(f'DELETE FROM {self._table} WHERE "version" IN ({listed})')

    def target_id(self) -> str:
        from uuid import uuid4

        found = self._stored_id()
        if found is None:
            self._session.run(self._insert_id(str(uuid4())))
            found = self._stored_id()
        if found is None:
            raise ApplyError(f"the identifier of the target cannot be read back from {self._table}")
        return found

    def _columns(self) -> list[str] | None:
        """None without the schema, [] without the table."""
        rows = self._session.query(self._sql("revision_columns")) or []
        return [row[0] for row in rows if row[0] is not None] if rows else None

    def _alterations(self, missing: list[str]) -> list[str]:
        added = ", ".join(f'ADD COLUMN "{name}" {_ADDED_COLUMNS[name]}' for name in missing)
        dropped = [f'ALTER COLUMN "{name}" DROP DEFAULT' for name in missing if name in _WITHOUT_DEFAULT]
        changes = (added, ", ".join(dropped))
        return [f"ALTER TABLE {self._table} {change}" for change in changes if change]

    def _sql(self, name: str, **values: str) -> str:
        return catalog_sql(self._session, name, schema=self._schema, table=TABLE_NAME, **values)

    def _upsert(self, revision: Revision) -> str:
        row = _row(revision)
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(self._value(value) for value in row.values())
        replaced = ", ".join(f'"{name}" = EXCLUDED."{name}"' for name in row if name != "version")
        return f'INSERT INTO {self._table} ({names}) VALUES ({values}) ON CONFLICT ("version") DO UPDATE SET {replaced}'

    def _value(self, value: str | int) -> str:
        return str(value) if isinstance(value, int) else self._session.literal(value)

    def _stored_id(self) -> str | None:
        version = self._session.literal(IDENTIFIER_VERSION)
        rows = self._session.query(f'SELECT "description" FROM {self._table} WHERE "version" = {version}')
        return rows[0][0] if rows else None

    def _insert_id(self, identifier: str) -> str:
        version, text, operator = map(
            self._session.literal, (IDENTIFIER_VERSION, identifier, OPERATOR_VERSION)
        )
        return (
            f'INSERT INTO {self._table} ("version", "description", "executed_at", "execution_time", "hash", '
            f"\"operator_version\") VALUES ({version}, {text}, now(), 0, '', {operator}) "
            'ON CONFLICT ("version") DO NOTHING'
        )


def _row(revision: Revision) -> dict[str, str | int]:
    import json

    hashes = None if revision.partial_hashes is None else list(revision.partial_hashes)
    return {
        "version": revision.version,
        "description": revision.description,
        "type": int(revision.type),
        "applied": revision.applied,
        "total": revision.total,
        "executed_at": revision.executed_at.astimezone(UTC).isoformat(),
        "execution_time": revision.execution_time_ns,
        "error": revision.error,
        "error_stmt": revision.error_stmt,
        "hash": revision.hash,
        "partial_hashes": json.dumps(hashes),
        "operator_version": revision.operator_version,
    }


def _revision(text: str) -> Revision:
    import json

    row: dict[str, Any] = json.loads(text)
    hashes = row.get("partial_hashes")
    return Revision(
        version=row["version"],
        description=row.get("description") or "",
        type=RevisionType(row.get("type", RevisionType.EXECUTE)),
        applied=row.get("applied", 0),
        total=row.get("total", 0),
        executed_at=datetime.fromisoformat(row.get("executed_at") or "1970-01-01T00:00:00+00:00").astimezone(
            UTC
        ),
        execution_time_ns=row.get("execution_time", 0),
        error=row.get("error") or "",
        error_stmt=row.get("error_stmt") or "",
        hash=row.get("hash") or "",
        partial_hashes=tuple(hashes) if hashes else None,
        operator_version=row.get("operator_version") or "",
    )
