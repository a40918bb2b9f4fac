"""What ``migrate down`` did: the files that were taken back, and where the target is now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.engine.migrate_plan.down_plan import DownPlan, DownStep
    from atlas.engine.migrate_plan.row_checks import RowCheck
    from atlas.errors import AtlasError


@dataclass(frozen=True, slots=True, kw_only=True)
class RevertedFile:
    """One file that was taken back, or on which the run ended.

    Attributes:
        statements: Those that are in effect; with an error the one that was refused is the last.
        error: The server's words, '' when there is none.
    """

    step: DownStep
    start: datetime
    end: datetime
    statements: tuple[str, ...]
    error: str = ""
    error_statement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownReport:
    """The end of a run. ``checks`` were asked before it."""

    plan: DownPlan
    reached: str
    start: datetime
    end: datetime
    checks: tuple[RowCheck, ...] = ()
    reverted: tuple[RevertedFile, ...] = ()
    error: AtlasError | None = None
