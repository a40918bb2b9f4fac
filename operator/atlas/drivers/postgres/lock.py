"""Named locks as advisory locks: the server keeps them for the session and drops them with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.drivers.postgres.session import PostgresSession

_FNV_OFFSET = 2166136261
_FNV_PRIME = 16777619


def lock_key(name: str) -> int:
    """The key of a name: FNV-1, 32 bits (RFC 9923 describes its sister 1a), as the Go tools hash it."""
    key = _FNV_OFFSET
    for byte in name.encode():
        key = (key * _FNV_PRIME % 2**32) ^ byte
    return key


def try_lock(session: PostgresSession, name: str) -> bool:
    """Take the lock at once or not at all; the session may take it again and must let go as often."""
    return session.query(f"SELECT pg_catalog.pg_try_advisory_lock({lock_key(name)})") == [("t",)]


def unlock(session: PostgresSession, name: str) -> None:
    """Let go of the lock; the server only warns when it was not held."""
    session.query(f"SELECT pg_catalog.pg_advisory_unlock({lock_key(name)})")


def holds(session: PostgresSession, name: str) -> bool:
    """Whether the lock is this session's. https://www.postgresql.org/docs/17/view-pg-locks.html: a key's halves, and 1."""
    key = lock_key(name)
    own = "locktype = 'advisory' AND pid = pg_catalog.pg_backend_pid()"
    found = session.run(
        f"SELECT 1 FROM pg_catalog.pg_locks WHERE {own} AND classid = {key >> 32} AND objid = {key} AND objsubid = 1"
    )
    return found[-1].ntuples > 0
