"""Timeouts of one statement. MySQL itself has one for SELECT alone; MariaDB has one for all statements.

https://dev.mysql.com/doc/refman/8.0/en/server-system-variables.html#sysvar_lock_wait_timeout
https://mariadb.com/kb/en/aborting-statements/
"""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from atlas.engine.ports import Timeout

if TYPE_CHECKING:
    from collections.abc import Callable


def timeouts_of(dialect: str) -> Callable[[float | None, float | None], tuple[Timeout, ...]]:
    """The timeouts of ``mysql`` or ``mariadb``."""
    return partial(_timeouts, dialect)


def _timeouts(
    dialect: str, lock_timeout_s: float | None, statement_timeout_s: float | None
) -> tuple[Timeout, ...]:
    limits: list[Timeout] = []
    if lock_timeout_s is not None:
        limits.append(_timeout("lock_wait_timeout", str(max(1, ceil(lock_timeout_s)))))
    if statement_timeout_s is not None and dialect == "mariadb":
        limits.append(_timeout("max_statement_time", f"{max(0.001, statement_timeout_s):.3f}"))
    return tuple(limits)


def _timeout(name: str, value: str) -> Timeout:
    return Timeout(f"SET SESSION {name} = {value}", f"SET SESSION {name} = DEFAULT")
