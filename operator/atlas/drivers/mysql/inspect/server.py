"""Whom we are reading as, and in which mode."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.drivers.mysql.catalog import catalog_sql
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.drivers.mysql.session import MySQLSession

_MEANING = (
    "ANSI_QUOTES",
    "HIGH_NOT_PRECEDENCE",
    "IGNORE_SPACE",
    "NO_BACKSLASH_ESCAPES",
    "ORACLE",
    "PIPES_AS_CONCAT",
)
"""Modes in which the same text is another statement."""


@dataclass(frozen=True, slots=True)
class Server:
    """The session's modes, its account as ``user@host``, and the engine of a table that names none."""

    sql_mode: str
    account: str
    default_engine: str

    def definer(self, definer: str) -> dict[str, str]:
        """The option for who an object belongs to; none where that is the account that reads.

        It would be the account of the dev database on one side, and that of the target on the other.
        """
        return {} if definer == self.account else {"definer": definer}

    def foreign_modes(self, sql_mode: str) -> str:
        """The modes that give an object's text another meaning than it would have in this session, '' for none."""
        return ",".join(meaning_of(sql_mode)) if meaning_of(sql_mode) != meaning_of(self.sql_mode) else ""


def meaning_of(sql_mode: str) -> tuple[str, ...]:
    """Those of the modes that change what a text means, sorted."""
    modes = set(sql_mode.upper().split(","))
    return tuple(mode for mode in _MEANING if mode in modes)


def read_server(session: MySQLSession) -> Server:
    """Ask once.

    MySQL 8 keeps the counters of its tables in a cache, a day by default: here it must not.
    """
    if not session.is_mariadb:
        with suppress(StatementFailed):
            session.run("SET SESSION information_schema_stats_expiry = 0")
    rows = session.query(catalog_sql(session, "inspect_server")) or [("", "", "")]
    sql_mode, account, engine = rows[0]
    return Server(sql_mode or "", account or "", engine or "")


@contextmanager
def plain_mode(session: MySQLSession, server: Server) -> Iterator[None]:
    """Catalogs print names and strings as the mode of the session has them: read them without one."""
    if not meaning_of(server.sql_mode):
        yield
        return
    session.run("SET sql_mode = ''")
    try:
        yield
    finally:
        session.run(f"SET sql_mode = '{server.sql_mode}'")
