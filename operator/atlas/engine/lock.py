"""Holding a database's named lock: polling, giving up, and letting go. How a server locks is its driver's."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from atlas.errors import ApplyError, LockNotAcquired, TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.ports import Clock, Database

FIRST_PAUSE_S = 0.025
LONGEST_PAUSE_S = 1.0


@contextmanager
def held_lock(database: Database, name: str, *, timeout_s: float, clock: Clock) -> Iterator[None]:
    """Hold the lock for the block; with a timeout of 0 it is tried once.

    Raises:
        LockNotAcquired: Somebody else has held it all the time.
    """
    _acquire(database, name, timeout_s, clock)
    try:
        yield
    finally:
        # A session that ended has let go of the lock already, and the run's own error must stay in sight.
        with suppress(TargetError, ApplyError):
            database.unlock(name)


def check_held(database: Database, name: str) -> None:
    """Look again, before something is made permanent that rests on the lock.

    Raises:
        ApplyError: A statement let go of it, so that another run may be at work.
    """
    if not database.holds_lock(name):
        raise ApplyError(
            f'the lock of this run ("{name}") is gone: a statement let go of it (DISCARD ALL, pg_advisory_unlock_all(), '
            "RELEASE_ALL_LOCKS()), and another run may have begun. What was not committed is undone; take that statement "
            "out, or make it the last of a file outside of a transaction, and run again"
        )


def _acquire(database: Database, name: str, timeout_s: float, clock: Clock) -> None:
    deadline = clock.monotonic() + timeout_s
    pause = FIRST_PAUSE_S
    while not database.try_lock(name):
        left = deadline - clock.monotonic()
        if left <= 0:
            raise LockNotAcquired(
                "acquiring database lock: sql/schema: lock is held by other session: "
                f'"{name}" was not free within {timeout_s:g}s; wait for that run to end, then try again'
            )
        clock.sleep(min(pause, left))
        pause = min(pause * 2, LONGEST_PAUSE_S)
