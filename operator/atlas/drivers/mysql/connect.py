"""Opening a session: the address, TLS as the URL asks for it, the variables of its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from atlas.drivers.mysql import errors
from atlas.drivers.mysql.session import MySQLSession
from atlas.drivers.mysql.url import ConnectionPlan, connection_plan, session_variables
from atlas.errors import SpecError, StatementFailed

if TYPE_CHECKING:
    from pymysql.connections import Connection

    from atlas.engine.database_url import DatabaseURL

_NO_TLS_ON_SERVER = 2026


def open_session(url: DatabaseURL) -> MySQLSession:
    """Connect.

    Raises:
        ConnectFailed: No server answered in time.
        AccessDenied: It knows neither this user nor this password.
        TargetError: There is no such database.
        SpecError: A key of the URL is neither the driver's nor a session variable.
    """
    plan = connection_plan(url)
    session = MySQLSession(_connected(plan, url), url, lambda: _connected(plan, url))
    try:
        _set_variables(session, url)
        session.identify()
    except BaseException:
        session.close()
        raise
    return session


def _connected(plan: ConnectionPlan, url: DatabaseURL) -> Connection[Any]:
    import pymysql

    try:
        return _tried(plan)
    except (pymysql.MySQLError, OSError, RuntimeError, LookupError) as error:
        # NB: not "from error": frames below hold the password.
        raise errors.not_connected(error, url) from None


def _tried(plan: ConnectionPlan) -> Connection[Any]:
    import pymysql

    try:
        return _connect(plan.arguments)
    except pymysql.OperationalError as error:
        if plan.plain_too and errors.code_of(error) == _NO_TLS_ON_SERVER:
            return _connect({**plan.arguments, "ssl": None, "ssl_disabled": True})
        raise


def _connect(arguments: dict[str, Any]) -> Connection[Any]:
    import pymysql
    from pymysql.constants import CLIENT

    # NB: PyMySQL's connect_timeout ends with the TCP handshake; a server that then says nothing would hold us
    # for ever, so the same limit is put on reading until the session is open.
    limit = arguments["connect_timeout"]
    connection: Any = pymysql.connect(
        autocommit=True,
        local_infile=False,
        program_name="atlas",
        client_flag=CLIENT.MULTI_STATEMENTS,
        defer_connect=True,
        **{**arguments, "read_timeout": limit, "write_timeout": limit},
    )
    connection.connect()
    connection._read_timeout = arguments["read_timeout"]  # noqa: SLF001 - there is no setter
    connection._write_timeout = arguments["write_timeout"]  # noqa: SLF001 - same
    return cast("Connection[Any]", connection)


def _set_variables(session: MySQLSession, url: DatabaseURL) -> None:
    sql = session_variables(url)
    if not sql:
        return
    try:
        session.run(sql)
    except StatementFailed as refusal:
        raise SpecError(
            f"{refusal.text}: a key of the database URL that is no key of the driver is a session variable"
        ) from refusal
