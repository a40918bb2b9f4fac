"""A lock on a dev database: two commands that fill and empty one and the same would see each other's tables."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.database_url import DatabaseURL


@contextmanager
def dev_lock(url: DatabaseURL, name: str, timeout: str) -> Iterator[None]:
    """Hold ``name`` for the block, in a session of its own; ``timeout`` is a duration, '' for 10s.

    Raises:
        LockNotAcquired: Another command holds it.
    """
    from atlas.cli.flags.choices import duration_s
    from atlas.engine.lock import held_lock
    from atlas.wiring import SystemClock, open_target

    timeout_s = duration_s(timeout or "10s", "--lock-timeout")
    database = open_target(url)
    try:
        with held_lock(database, name, timeout_s=timeout_s, clock=SystemClock()):
            yield
    finally:
        database.session.close()
