"""What a caller may ask of a run of pending files: plain values with the defaults of ``atlas migrate apply``."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from atlas.engine.history.exec_order import ExecOrder

__all__ = ["LOCK_NAME", "ApplyOptions", "ExecOrder", "Interrupted", "TxMode"]


class TxMode(Enum):
    """Where transactions begin and end."""

    FILE = "file"
    ALL = "all"
    NONE = "none"


class Interrupted(Enum):
    """What a person has found out about a statement whose end nobody recorded."""

    STOP = "stop"
    """Nothing: stop with ``StatementInterrupted``."""
    APPLIED = "applied"
    """It did run: record it and go on with the next one."""
    RERUN = "rerun"
    """It did not run: run it."""


LOCK_NAME = "atlas_migrate_execute"
"""The name that the Go tools lock, so that the two never apply side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyOptions:
    """How to run.

    Attributes:
        amount: At most this many files; 0 means all of them.
        to_version: The last version to run; '' means no bound.
        baseline: On a first run: this version and all before it count as applied.
        revisions_schema: Where the revisions table lives; '' leaves it to the URL.
        lock_timeout_s: How long to wait for the lock, in seconds; 0 tries once.
        operator_version: Who wrote the row, as ``Atlas CLI v1.3.0``.
    """

    amount: int = 0
    to_version: str = ""
    exec_order: ExecOrder = ExecOrder.LINEAR
    tx_mode: TxMode = TxMode.FILE
    baseline: str = ""
    allow_dirty: bool = False
    dry_run: bool = False
    revisions_schema: str = ""
    lock_name: str = LOCK_NAME
    lock_timeout_s: float = 10.0
    interrupted: Interrupted = Interrupted.STOP
    operator_version: str
