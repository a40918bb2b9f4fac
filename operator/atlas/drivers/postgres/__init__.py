"""PostgreSQL through psycopg 3: a database of the versioned engine. psycopg is imported when one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres.statements import settings_of
from atlas.drivers.postgres.timeouts import timeouts
from atlas.engine.history.revisions import AMBIGUOUS_TABLE, TABLE_NAME
from atlas.engine.ports import Dialect
from atlas.engine.scan import POSTGRES
from atlas.errors import SpecError

if TYPE_CHECKING:
    from atlas.drivers.postgres.revisions import PostgresRevisions
    from atlas.drivers.postgres.session import PostgresSession
    from atlas.engine.answer import Answer
    from atlas.engine.database_url import DatabaseURL


def open_database(url: DatabaseURL) -> PostgresDatabase:
    """Open a session; ``connect.open_session`` has its errors."""
    from atlas.drivers.postgres.connect import open_session

    return PostgresDatabase(url, open_session(url))


def commits_implicitly(_statement: str) -> bool:
    """Never: DDL is transactional, and a person's own COMMIT or ROLLBACK is an error of the session."""
    return False


class PostgresDatabase:
    """See ``engine.ports.Database``."""

    def __init__(self, url: DatabaseURL, session: PostgresSession) -> None:
        self._url = url
        self._session = session

    @property
    def url(self) -> DatabaseURL:
        return self._url

    @property
    def dialect(self) -> Dialect:
        return Dialect("postgres", POSTGRES, commits_implicitly, timeouts, settings_of)

    @property
    def session(self) -> PostgresSession:
        return self._session

    def revisions(self, schema: str | None) -> PostgresRevisions:
        from atlas.drivers.postgres.revisions import PostgresRevisions

        if not schema and self._url.schema:
            self._check_clarity()
        return PostgresRevisions(self._session, self._revisions_schema(schema))

    def try_lock(self, name: str) -> bool:
        from atlas.drivers.postgres.lock import try_lock

        return try_lock(self._session, name)

    def unlock(self, name: str) -> None:
        from atlas.drivers.postgres.lock import unlock

        unlock(self._session, name)

    def holds_lock(self, name: str) -> bool:
        from atlas.drivers.postgres.lock import holds

        return holds(self._session, name)

    def ask(self, question: str) -> Answer:
        from atlas.drivers.postgres.ask import ask

        return ask(self._session, question)

    def dirt(self, revisions_schema: str | None) -> str | None:
        from atlas.drivers.postgres.dirt import dirt

        return dirt(self._session, self._url.schema, self._revisions_schema(revisions_schema))

    def _revisions_schema(self, schema: str | None) -> str:
        from atlas.drivers.postgres.revisions import DEFAULT_SCHEMA

        return schema or self._url.schema or DEFAULT_SCHEMA

    def _check_clarity(self) -> None:
        from atlas.drivers.postgres.catalog import catalog_sql
        from atlas.drivers.postgres.revisions import DEFAULT_SCHEMA

        names = {"table": TABLE_NAME, "bound": self._url.schema, "default": DEFAULT_SCHEMA}
        holders = {
            row[0]
            for row in self._session.query(catalog_sql(self._session, "revision_tables", **names)) or []
        }
        if holders == {DEFAULT_SCHEMA} and self._url.schema != DEFAULT_SCHEMA:
            raise SpecError(AMBIGUOUS_TABLE)
