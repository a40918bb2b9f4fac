"""The revisions table in a SQLite file, byte-compatible with the Go tools' table."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from atlas.engine.history.revisions import IDENTIFIER_VERSION, TABLE_NAME, Revision, RevisionType, left_open
from atlas.errors import ConnectFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.sqlite.session import SqliteSession

_COLUMNS = {
    "version": "text NOT NULL",
    "description": "text NOT NULL DEFAULT ''",
    "type": "integer NOT NULL DEFAULT (2)",
    "applied": "integer NOT NULL DEFAULT (0)",
    "total": "integer NOT NULL DEFAULT (0)",
    "executed_at": "datetime NOT NULL DEFAULT '0001-01-01 00:00:00+00:00'",
    "execution_time": "integer NOT NULL DEFAULT 0",
    "error": "text NULL",
    "error_stmt": "text NULL",
    "hash": "text NOT NULL DEFAULT ''",
    "partial_hashes": "json NULL",
    "operator_version": "text NOT NULL DEFAULT ''",
}
"""How a column that an older table lacks is added; its rows need a default, which a new table does not have."""

_MICROSECOND_DIGITS = 6


class SqliteRevisions:
    """The rows, through the session that runs the statements."""

    def __init__(self, session: SqliteSession) -> None:
        self._session = session

    def ensure(self) -> None:
        present = self._present()
        if not present:
            from importlib.resources import files

            create = files("atlas.drivers.sqlite").joinpath("sql/create_revisions.sql").read_text().strip()
            self._session.query(create)
            return
        for name, definition in _COLUMNS.items():
            if name not in present:
                self._session.query(f"ALTER TABLE `{TABLE_NAME}` ADD COLUMN `{name}` {definition}")

    def read(self) -> tuple[Revision, ...]:
        present = self._present()
        if not present:
            return ()
        columns = ", ".join(f"`{name}`" if name in present else f"NULL AS `{name}`" for name in _COLUMNS)
        rows = self._session.query(
            f"SELECT {columns} FROM `{TABLE_NAME}` WHERE `version` <> ? ORDER BY `version` COLLATE BINARY",
            (IDENTIFIER_VERSION,),
        )
        return tuple(_revision(dict(zip(_COLUMNS, row, strict=True))) for row in rows)

    def write(self, revision: Revision) -> None:
        if not revision.is_partial and self._session.has_foreign_transaction:
            raise left_open(revision.version)
        names = ", ".join(f"`{name}`" for name in _COLUMNS)
        marks = ", ".join("?" for _ in _COLUMNS)
        changes = ", ".join(f"`{name}` = excluded.`{name}`" for name in _COLUMNS if name != "version")
        self._session.query(
            f"INSERT INTO `{TABLE_NAME}` ({names}) VALUES ({marks}) ON CONFLICT (`version`) DO UPDATE SET {changes}",
            _values(revision),
        )

    def delete(self, versions: Sequence[str]) -> None:
        for version in versions:
            self._session.query(f"DELETE FROM `{TABLE_NAME}` WHERE `version` = ?", (version,))

    def target_id(self) -> str:
        from uuid import uuid4  # a few milliseconds of import, for what is made once in a database

        self._session.query(
            f"INSERT INTO `{TABLE_NAME}` (`version`, `description`, `executed_at`, `execution_time`, `hash`, "
            "`operator_version`) VALUES (?, ?, ?, 0, '', '') ON CONFLICT (`version`) DO NOTHING",
            (IDENTIFIER_VERSION, str(uuid4()), _time_text(datetime.now(UTC))),
        )
        rows = self._session.query(
            f"SELECT `description` FROM `{TABLE_NAME}` WHERE `version` = ?", (IDENTIFIER_VERSION,)
        )
        return str(rows[0][0])

    def _present(self) -> frozenset[str]:
        rows = self._session.query("SELECT name FROM pragma_table_info(?)", (TABLE_NAME,))
        return frozenset(str(name) for (name,) in rows)


def _values(revision: Revision) -> tuple[object, ...]:
    import json

    hashes = None if revision.partial_hashes is None else list(revision.partial_hashes)
    return (
        revision.version,
        revision.description,
        int(revision.type),
        revision.applied,
        revision.total,
        _time_text(revision.executed_at),
        revision.execution_time_ns,
        revision.error,
        revision.error_stmt,
        revision.hash,
        json.dumps(hashes, separators=(",", ":")),
        revision.operator_version,
    )


def _hashes(text: object) -> list[str] | None:
    if text in {None, "", "null"}:
        return None
    import json

    found: list[str] | None = json.loads(str(text))
    return found


def _revision(row: dict[str, object]) -> Revision:
    hashes = _hashes(row["partial_hashes"])
    return Revision(
        version=str(row["version"]),
        description=str(row["description"] or ""),
        type=RevisionType(_number(row["type"])),
        applied=_number(row["applied"]),
        total=_number(row["total"]),
        executed_at=_time(str(row["executed_at"] or "")),
        execution_time_ns=_number(row["execution_time"]),
        error=str(row["error"] or ""),
        error_stmt=str(row["error_stmt"] or ""),
        hash=str(row["hash"] or ""),
        partial_hashes=tuple(hashes) if hashes else None,
        operator_version=str(row["operator_version"] or ""),
    )


def _number(value: object) -> int:
    return int(str(value or 0))


def _time_text(moment: datetime) -> str:
    """The text of go-sqlite3: a fraction without trailing zeros, the zone always written."""
    moment = moment.astimezone(UTC)
    fraction = f".{moment.microsecond:06d}".rstrip("0").rstrip(".")
    return f"{moment:%Y-%m-%d %H:%M:%S}{fraction}+00:00"


def _time(text: str) -> datetime:
    """Read what any tool may have written: nanoseconds are cut, a missing zone is UTC."""
    head, dot, tail = text.partition(".")
    digits = len(tail) - len(tail.lstrip("0123456789"))
    fraction = tail[:digits][:_MICROSECOND_DIGITS].ljust(_MICROSECOND_DIGITS, "0")
    try:
        moment = datetime.fromisoformat(f"{head}.{fraction}{tail[digits:]}" if dot else text)
    except ValueError as error:
        raise ConnectFailed(
            f'sqlite: table {TABLE_NAME} holds the time "{text}": expected a form like 2026-01-31 23:59:59+00:00'
        ) from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
