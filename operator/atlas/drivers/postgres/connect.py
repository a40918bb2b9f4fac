"""Opening a session: the address, the pooler that would break its lock, the schema that must be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.postgres import errors
from atlas.drivers.postgres.catalog import catalog_sql
from atlas.drivers.postgres.pooler import shares_sessions
from atlas.drivers.postgres.session import PostgresSession
from atlas.drivers.postgres.url import connection_arguments
from atlas.errors import TargetError, Unsupported

if TYPE_CHECKING:
    from psycopg import Connection

    from atlas.engine.database_url import DatabaseURL


def open_session(url: DatabaseURL) -> PostgresSession:
    """Connect, and make sure that session locks hold and the schema of the URL exists.

    Raises:
        ConnectFailed: No server answered in time.
        AccessDenied: It knows neither this user nor this password.
        TargetError: There is no such database or schema.
        SpecError: A key of the URL is none.
        Unsupported: A pooler gives each transaction another session.
    """
    connection = _connected(url)
    session = PostgresSession(connection, url)
    try:
        _check(session, connection.pgconn.backend_pid, url)
    except BaseException:
        session.close()
        raise
    return session


def _connected(url: DatabaseURL) -> Connection:
    import psycopg
    from psycopg.conninfo import make_conninfo

    try:
        conninfo = make_conninfo("", **connection_arguments(url))
        return psycopg.connect(conninfo, autocommit=True, prepare_threshold=None)
    except (psycopg.OperationalError, psycopg.ProgrammingError, OSError) as error:
        # NB: not "from error": psycopg's exception keeps the connection, password and all.
        raise errors.not_connected(error, url) from None


def _check(session: PostgresSession, announced_pid: int, url: DatabaseURL) -> None:
    rows = session.query(catalog_sql(session, "session", schema=url.schema)) or []
    (pid, has_schema), *_ = rows
    if str(announced_pid) != pid and shares_sessions(session, pid, lambda: _connected(url)):
        raise Unsupported(
            f"postgres: {url.server_key} is a connection pooler in transaction mode: the lock of a run and its "
            "statements would be in different sessions; use the server's own address or pool_mode=session"
        )
    if url.schema and has_schema != "t":
        raise TargetError(f'postgres: schema "{url.schema}" was not found')
