"""The table ``atlas_schema_revisions`` in a MySQL or MariaDB schema, compatible with the Go tools.

Names are always qualified and values encoded, so a person's ``USE``, ``SET sql_mode`` or ``SET NAMES`` changes
nothing. ``executed_at`` is a TIMESTAMP of whole seconds: the server would read what we write in the zone
of the session, so each write takes the session to UTC and back.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.drivers.mysql import errors
from atlas.drivers.mysql.catalog import catalog_sql
from atlas.engine.history.revisions import IDENTIFIER_VERSION, TABLE_NAME, Revision, RevisionType, left_open
from atlas.errors import ApplyError, StatementFailed
from atlas.settings import OPERATOR_VERSION

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.mysql.session import MySQLSession, Row

DEFAULT_SCHEMA = "atlas_schema_revisions"

_TEXTS = ("version", "description", "error", "error_stmt", "hash", "partial_hashes", "operator_version")
_NUMBERS = ("type", "applied", "total", "execution_time")
_COLUMNS = (*_TEXTS, *_NUMBERS, "executed_at")
_ADDED_COLUMNS = {
    "description": "varchar(255) NOT NULL DEFAULT ''",
    "type": "bigint unsigned NOT NULL DEFAULT 2",
    "applied": "bigint NOT NULL DEFAULT 0",
    "total": "bigint NOT NULL DEFAULT 0",
    "executed_at": "timestamp NULL",
    "execution_time": "bigint NOT NULL DEFAULT 0",
    "error": "longtext NULL",
    "error_stmt": "longtext NULL",
    "hash": "varchar(255) NOT NULL DEFAULT ''",
    "partial_hashes": "json NULL",
    "operator_version": "varchar(255) NOT NULL DEFAULT ''",
}
_WITHOUT_DEFAULT = ("description", "execution_time", "hash", "operator_version")
_HOLDS_TABLES = "a file must not hold LOCK TABLES while its revision is written: take LOCK TABLES and UNLOCK TABLES out of it"
_SELF_UPDATING_BEFORE = (8, 0, 2)


class MySQLRevisions:
    """See ``engine.ports.RevisionStore``."""

    def __init__(self, session: MySQLSession, schema: str) -> None:
        self._session = session
        self._schema = schema
        self._table = f"{session.identifier(schema)}.{session.identifier(TABLE_NAME)}"

    def ensure(self) -> None:
        columns = self._columns()
        if columns is None:
            self._session.run(f"CREATE DATABASE IF NOT EXISTS {self._session.identifier(self._schema)}")
        if not columns:
            self._session.run(self._create())
            return
        for name in _ADDED_COLUMNS:
            if name not in columns:
                self._add(name)

    def read(self) -> tuple[Revision, ...]:
        # A column that an older table lacks has no name to select: then the catalog says which are there.
        absent = (errors.UNKNOWN_TABLE, errors.UNKNOWN_DATABASE)
        rows = self._session.query(self._select(_COLUMNS), absent=(*absent, errors.UNKNOWN_COLUMN))
        if rows is None and (columns := self._columns()):
            rows = self._session.query(self._select(columns))
        return tuple(sorted(map(_revision, rows or ()), key=lambda revision: revision.version))

    def write(self, revision: Revision) -> None:
        if not revision.is_partial and self._session.has_foreign_transaction:
            raise left_open(revision.version)
        row = self._row(revision)
        names = ", ".join(f"`{name}`" for name in row)
        replaced = ", ".join(f"`{name}` = VALUES(`{name}`)" for name in row if name != "version")
        self._in_utc(
            f"INSERT INTO {self._table} ({names}) VALUES ({', '.join(row.values())}) ON DUPLICATE KEY UPDATE {replaced}"
        )

    def delete(self, versions: Sequence[str]) -> None:
        if not versions:
            return
        listed = ", ".join(self._session.literal(version) for version in versions)
        self._session.run(f"DELETE FROM {self._table} WHERE `version` IN ({listed})")
        self._session.settle()

    def target_id(self) -> str:
        from uuid import uuid4

        found = self._stored_id()
        if found is None:
            self._session.run(self._insert_id(str(uuid4())))
            self._session.settle()
            found = self._stored_id()
        if found is None:
            raise ApplyError(f"the identifier of the target cannot be read back from {self._table}")
        return found

    def _columns(self) -> list[str] | None:
        """None without the schema, [] without the table."""
        rows = self._session.query(
            catalog_sql(self._session, "revision_columns", schema=self._schema, table=TABLE_NAME)
        )
        return [row[0] for row in rows if row[0] is not None] if rows else None

    def _create(self) -> str:
        sql = catalog_sql(self._session, "create_revisions", schema=self._schema, table=TABLE_NAME)
        numbers = tuple(int(number) for number in re.findall(r"\d+", self._session.version)[:3])
        if self._session.is_mariadb or numbers < _SELF_UPDATING_BEFORE:
            return sql
        return sql.replace("`executed_at` timestamp NULL", "`executed_at` timestamp NOT NULL")

    def _add(self, name: str) -> None:
        self._session.run(f"ALTER TABLE {self._table} ADD COLUMN `{name}` {_ADDED_COLUMNS[name]}")
        if name in _WITHOUT_DEFAULT:
            self._session.run(f"ALTER TABLE {self._table} ALTER COLUMN `{name}` DROP DEFAULT")

    def _select(self, present: Sequence[str]) -> str:
        """Bytes and numbers only: no character set of the session touches them."""
        texts = [
            _selected(name, present, f"CAST(CONVERT(`{name}` USING utf8mb4) AS BINARY)") for name in _TEXTS
        ]
        numbers = [_selected(name, present, f"`{name}`") for name in _NUMBERS]
        time = _selected("executed_at", present, "UNIX_TIMESTAMP(`executed_at`)")
        identifier = self._session.literal(IDENTIFIER_VERSION)
        return (
            f"SELECT {', '.join((*texts, *numbers, time))} FROM {self._table} WHERE `version` <> {identifier}"
        )

    def _row(self, revision: Revision) -> dict[str, str]:
        import json

        literal = self._session.literal
        hashes = None if revision.partial_hashes is None else list(revision.partial_hashes)
        return {
            "version": literal(revision.version),
            "description": literal(revision.description),
            "type": str(int(revision.type)),
            "applied": str(revision.applied),
            "total": str(revision.total),
            "executed_at": f"'{revision.executed_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}'",
            "execution_time": str(revision.execution_time_ns),
            "error": literal(revision.error),
            "error_stmt": literal(revision.error_stmt),
            "hash": literal(revision.hash),
            "partial_hashes": literal(json.dumps(hashes)),
            "operator_version": literal(revision.operator_version),
        }

    def _in_utc(self, write: str) -> None:
        restore = "SET time_zone = @atlas_time_zone, @atlas_time_zone = NULL"
        try:
            self._session.run(
                f"SET @atlas_time_zone = @@session.time_zone, time_zone = '+00:00'; {write}; {restore}"
            )
        except ApplyError as refused:
            with suppress(ApplyError):  # the first refusal is the one to tell
                self._session.run(restore)
            if isinstance(refused, StatementFailed) and refused.text.startswith(errors.NOT_LOCKED):
                text = f"{refused.text}; {_HOLDS_TABLES}"
                raise StatementFailed(text, statement=refused.statement, text=text) from refused
            raise
        self._session.settle()

    def _stored_id(self) -> str | None:
        version = self._session.literal(IDENTIFIER_VERSION)
        rows = self._session.query(f"SELECT `description` FROM {self._table} WHERE `version` = {version}")
        return rows[0][0] if rows else None

    def _insert_id(self, identifier: str) -> str:
        version, text, operator = map(
            self._session.literal, (IDENTIFIER_VERSION, identifier, OPERATOR_VERSION)
        )
        return (
            f"INSERT INTO {self._table} (`version`, `description`, `executed_at`, `execution_time`, `hash`, "
            f"`operator_version`) VALUES ({version}, {text}, CURRENT_TIMESTAMP, 0, '', {operator}) "
            "ON DUPLICATE KEY UPDATE `version` = `version`"
        )


def _selected(name: str, present: Sequence[str], expression: str) -> str:
    return expression if name in present else "NULL"


def _revision(row: Row) -> Revision:
    import json

    version, description, error, error_stmt, digest, hashes, operator, kind, applied, total, spent, at = row
    partial = json.loads(hashes) if hashes else None
    return Revision(
        version=version or "",
        description=description or "",
        type=RevisionType(int(kind or RevisionType.EXECUTE)),
        applied=int(applied or 0),
        total=int(total or 0),
        executed_at=datetime.fromtimestamp(float(at or 0), UTC),
        execution_time_ns=int(spent or 0),
        error=error or "",
        error_stmt=error_stmt or "",
        hash=digest or "",
        partial_hashes=tuple(partial) if partial else None,
        operator_version=operator or "",
    )
