"""MySQL and MariaDB through PyMySQL: a database of the versioned engine. PyMySQL is imported when one is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.settings import settings_of
from atlas.drivers.mysql.statements import commits_implicitly
from atlas.drivers.mysql.timeouts import timeouts_of
from atlas.engine.history.revisions import AMBIGUOUS_TABLE, TABLE_NAME
from atlas.engine.ports import Dialect
from atlas.engine.scan import MYSQL
from atlas.errors import SpecError

if TYPE_CHECKING:
    from atlas.drivers.mysql.revisions import MySQLRevisions
    from atlas.drivers.mysql.session import MySQLSession
    from atlas.engine.answer import Answer
    from atlas.engine.database_url import DatabaseURL


def open_database(url: DatabaseURL) -> MySQLDatabase:
    """Open a session; ``connect.open_session`` has its errors."""
    from atlas.drivers.mysql.connect import open_session

    return MySQLDatabase(url, open_session(url))


class MySQLDatabase:
    """See ``engine.ports.Database``. The server's version tells MySQL and MariaDB apart, not the URL."""

    def __init__(self, url: DatabaseURL, session: MySQLSession) -> None:
        self._url = url
        self._session = session

    @property
    def url(self) -> DatabaseURL:
        return self._url

    @property
    def dialect(self) -> Dialect:
        name = "mariadb" if self._session.is_mariadb else "mysql"
        return Dialect(name, MYSQL, commits_implicitly, timeouts_of(name), settings_of)

    @property
    def session(self) -> MySQLSession:
        return self._session

    def revisions(self, schema: str | None) -> MySQLRevisions:
        from atlas.drivers.mysql.revisions import MySQLRevisions

        if not schema and self._session.database:
            self._check_clarity()
        return MySQLRevisions(self._session, self._revisions_schema(schema))

    def try_lock(self, name: str) -> bool:
        from atlas.drivers.mysql.lock import try_lock

        return try_lock(self._session, name)

    def unlock(self, name: str) -> None:
        from atlas.drivers.mysql.lock import unlock

        unlock(self._session, name)

    def holds_lock(self, name: str) -> bool:
        from atlas.drivers.mysql.lock import holds

        return holds(self._session, name)

    def ask(self, question: str) -> Answer:
        from atlas.drivers.mysql.ask import ask

        return ask(self._session, question)

    def dirt(self, revisions_schema: str | None) -> str | None:
        from atlas.drivers.mysql.dirt import dirt

        return dirt(self._session, self._session.database, self._revisions_schema(revisions_schema))

    def _revisions_schema(self, schema: str | None) -> str:
        from atlas.drivers.mysql.revisions import DEFAULT_SCHEMA

        return schema or self._session.database or DEFAULT_SCHEMA

    def _check_clarity(self) -> None:
        from atlas.drivers.mysql.catalog import catalog_sql
        from atlas.drivers.mysql.revisions import DEFAULT_SCHEMA

        bound = self._session.database
        sql = catalog_sql(
            self._session, "revision_tables", table=TABLE_NAME, bound=bound, default=DEFAULT_SCHEMA
        )
        holders = {row[0] for row in self._session.query(sql) or []}
        if holders == {DEFAULT_SCHEMA} and bound != DEFAULT_SCHEMA:
            raise SpecError(AMBIGUOUS_TABLE)
