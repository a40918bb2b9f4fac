"""Running pending files on a target: options in, events meanwhile, a report out."""

from atlas.engine.apply.events import (
    CheckAsked,
    ChecksDone,
    ChecksFailed,
    ChecksStarted,
    Event,
    FileDone,
    FileFailed,
    FileStarted,
    Observer,
    RunStarted,
    StatementStarted,
    ignore,
)
from atlas.engine.apply.options import LOCK_NAME, ApplyOptions, ExecOrder, Interrupted, TxMode
from atlas.engine.apply.report import AppliedFile, ApplyReport, AskedCheck, AskedChecks, FailedStatement
from atlas.engine.apply.run import apply_pending, never

__all__ = [
    "LOCK_NAME",
    "AppliedFile",
    "ApplyOptions",
    "ApplyReport",
    "AskedCheck",
    "AskedChecks",
    "CheckAsked",
    "ChecksDone",
    "ChecksFailed",
    "ChecksStarted",
    "Event",
    "ExecOrder",
    "FailedStatement",
    "FileDone",
    "FileFailed",
    "FileStarted",
    "Interrupted",
    "Observer",
    "RunStarted",
    "StatementStarted",
    "TxMode",
    "apply_pending",
    "ignore",
    "never",
]
