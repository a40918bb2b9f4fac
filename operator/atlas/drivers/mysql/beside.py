"""What belongs to a whole server: databases, users and roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.engine.beside import Beside
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.session import MySQLSession


def objects_of_server(session: MySQLSession, *, with_databases: bool) -> list[Beside]:
    """All that this account may see, without rooms, in the order in which it can be dropped."""
    return [*(_databases(session) if with_databases else ()), *_users(session)]


def _databases(session: MySQLSession) -> Iterator[Beside]:
    for (name,) in session.query(catalog_sql(session, "room_databases")) or []:
        yield Beside("database", name or "", name or "", f"DROP DATABASE {session.identifier(name or '')}")


def _users(session: MySQLSession) -> Iterator[Beside]:
    try:
        rows = session.query(catalog_sql(session, "room_users")) or []
    except StatementFailed:
        return  # an account that may not read them seldom may make them
    for name, host in rows:
        user = session.identifier(name or "")
        if host or not session.is_mariadb:
            shown = f"{name}@{host}"
            yield Beside("user", name or "", shown, f"DROP USER {user}@{session.identifier(host or '')}")
        elif name:
            yield Beside("role", name, name, f"DROP ROLE {user}")
