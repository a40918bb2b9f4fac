"""What a caller may ask of the run of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from atlas.engine.apply.options import TxMode

LOCK_NAME: Final = "atlas_migrate_execute"
"""The name that versioned runs lock too: a target has one run at a time, of whatever kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanApplyOptions:
    """How to run.

    Attributes:
        tx_mode: ``FILE`` runs each stretch of statements that allow it in one transaction; ``ALL`` refuses a plan
            that does not fit into one; ``NONE`` lets each statement commit by itself, but for those that
            only take effect together (``PlannedStatement.with_next``).
        lock_timeout_s: How long to wait for the lock, in seconds; 0 tries once.
    """

    tx_mode: TxMode = TxMode.FILE
    lock_name: str = LOCK_NAME
    lock_timeout_s: float = 10.0
