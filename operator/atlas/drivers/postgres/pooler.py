"""Whether a connection pooler stands between us and the server, and leaves us our server process.

A session lock is worth nothing behind a pooler in transaction mode: the next statement may run in another
session, and the lock stays in one that somebody else is given.
"""

from __future__ import annotations

import select
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from psycopg import Connection

    from atlas.drivers.postgres.session import PostgresSession

PATIENCE_S = 5.0

_PID = "SELECT pg_catalog.pg_backend_pid()"
_READ = getattr(select, "POLLIN", 1)


def shares_sessions(session: PostgresSession, pid: str | None, connect: Callable[[], Connection]) -> bool:
    """Whether the server process behind our connection changes, or is given to somebody else.

    Asked only when the process id that the connection was opened with is not the server's own. A pooler hands
    its freest process out first: in transaction mode that is ours, the moment we pause. One that makes
    the second connection wait keeps our process for us.

    Args:
        session: Ours, outside a transaction.
        pid: The process that answered it so far.
        connect: Opens a second connection by the same URL.
    """
    if session.query(_PID) != [(pid,)]:
        return True
    other = connect()
    try:
        taken = _pid_in_transaction(other)
        return taken == pid or session.query(_PID) != [(pid,)]
    finally:
        other.close()


def _pid_in_transaction(connection: Connection) -> str | None:
    """The server process of a transaction that stays open, None when none is given in time."""
    pgconn = connection.pgconn
    pgconn.send_query(f"BEGIN; {_PID}".encode())
    pgconn.flush()
    waiting = select.poll()
    waiting.register(pgconn.socket, _READ)
    deadline = time.monotonic() + PATIENCE_S
    while pgconn.is_busy():
        left = deadline - time.monotonic()
        if left <= 0 or not waiting.poll(left * 1000):
            return None
        pgconn.consume_input()
    pid = None
    while not pgconn.is_busy() and (result := pgconn.get_result()):
        pid = result.get_value(0, 0) or pid
    return None if pid is None else pid.decode()
