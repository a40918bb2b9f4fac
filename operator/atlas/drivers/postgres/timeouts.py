"""Timeouts of one statement: https://www.postgresql.org/docs/15/runtime-config-client.html."""

from __future__ import annotations

from math import ceil

from atlas.engine.ports import Timeout

_MILLISECONDS = 1000


def timeouts(lock_timeout_s: float | None, statement_timeout_s: float | None) -> tuple[Timeout, ...]:
    """RESET gives back what the connection began with. A timeout of 0 would mean none, so there is at least 1 ms."""
    wanted = {"lock_timeout": lock_timeout_s, "statement_timeout": statement_timeout_s}
    return tuple(
        Timeout(f"SET {name} = {max(1, ceil(seconds * _MILLISECONDS))}", f"RESET {name}")
        for name, seconds in wanted.items()
        if seconds is not None
    )
