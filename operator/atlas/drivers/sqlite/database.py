"""The port ``Database`` for a SQLite file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.connect import connect
from atlas.drivers.sqlite.lock import FileLock, NoLock
from atlas.drivers.sqlite.revisions import SqliteRevisions
from atlas.drivers.sqlite.session import SqliteSession
from atlas.drivers.sqlite.url import target_of
from atlas.engine.history.revisions import TABLE_NAME
from atlas.engine.ports import Dialect
from atlas.engine.scan import SQLITE
from atlas.errors import SpecError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.answer import Answer
    from atlas.engine.database_url import DatabaseURL

_SCHEMA = "main"
_TABLES = r"SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY name"
_PRAGMA = re.compile(
    r"(?:\s|--[^\n]*\n|/\*.*?\*/)*+PRAGMA\s+(?:foreign_keys|ignore_check_constraints|legacy_alter_table|writable_schema"
    r"|recursive_triggers|trusted_schema|case_sensitive_like|reverse_unordered_selects|query_only|read_uncommitted"
    r"|busy_timeout|cache_size|cache_spill|mmap_size|secure_delete|synchronous|temp_store|automatic_index|cell_size_check"
    r"|analysis_limit|threads)\s*(?:=[^;]*|\([^;]*\)\s*);?\s*\Z",
    re.IGNORECASE | re.DOTALL,
)
"""Those that the connection keeps. NB: ``schema_version`` and ``user_version`` are in the file, and not sent twice."""


def settings_of(statements: Sequence[str]) -> tuple[str, ...]:
    """See ``engine.ports.Dialect``."""
    return tuple(filter(_PRAGMA.match, statements))


_DIALECT = Dialect(
    name="sqlite",
    scan_options=SQLITE,
    commits_implicitly=lambda _statement: False,
    settings_of=settings_of,
)


def open_database(url: DatabaseURL) -> SqliteDatabase:
    """Open the file of a URL; a missing file is made.

    Raises:
        SpecError: The URL has a key or a value that is not known.
        ConnectFailed, AccessDenied: The file does not open, or is no database.
    """
    target = target_of(url)
    lock = FileLock(target.path) if target.path else NoLock()
    return SqliteDatabase(url, SqliteSession(connect(target), lock, target.begin))


class SqliteDatabase:
    """An open file."""

    def __init__(self, url: DatabaseURL, session: SqliteSession) -> None:
        self._url = url
        self._session = session

    @property
    def url(self) -> DatabaseURL:
        return self._url

    @property
    def dialect(self) -> Dialect:
        return _DIALECT

    @property
    def session(self) -> SqliteSession:
        return self._session

    def revisions(self, schema: str | None) -> SqliteRevisions:
        if schema not in {None, _SCHEMA}:
            raise SpecError(
                f'cannot store revisions-table in a separate schema ("{schema}") with SQLite driver; '
                "leave the schema of the revisions out"
            )
        return SqliteRevisions(self._session)

    def try_lock(self, name: str) -> bool:
        return self._session.lock.try_acquire(name)

    def unlock(self, name: str) -> None:  # noqa: ARG002  one lock at a time
        self._session.lock.release()

    def holds_lock(self, name: str) -> bool:  # noqa: ARG002  one lock at a time
        return self._session.lock.is_held

    def ask(self, question: str) -> Answer:
        from atlas.drivers.sqlite.ask import ask

        return ask(self._session, question)

    def dirt(self, revisions_schema: str | None) -> str | None:  # noqa: ARG002  there is only ``main``
        """Count tables, the revisions table too, as the Go tools do; that table alone is clean."""
        rows = self._session.query(_TABLES)
        names = [str(name) for (name,) in rows]
        if len(names) > 1:
            return f"found multiple tables: {len(names)}"
        foreign = [name for name in names if name != TABLE_NAME]
        return f'found table "{foreign[0]}"' if foreign else None
