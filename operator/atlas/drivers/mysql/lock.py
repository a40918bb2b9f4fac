"""Named locks by GET_LOCK: one name space for the whole server, kept by the session and dropped with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.mysql.session import MySQLSession


def try_lock(session: MySQLSession, name: str) -> bool:
    """Take the lock at once or not at all; the session may take it again and must let go as often."""
    return session.query(f"SELECT GET_LOCK({session.literal(name)}, 0)") == [("1",)]


def unlock(session: MySQLSession, name: str) -> None:
    """Let go of the lock; nothing happens when it is not held."""
    session.query(f"SELECT RELEASE_LOCK({session.literal(name)})")


def holds(session: MySQLSession, name: str) -> bool:
    """Whether the lock is this session's."""
    return session.query(f"SELECT IS_USED_LOCK({session.literal(name)}) = CONNECTION_ID()") == [("1",)]
