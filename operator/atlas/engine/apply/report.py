"""What a run did, as data; the doors turn it into text, JSON, status and registry reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.engine.directory import MigrationFile
    from atlas.errors import AtlasError


@dataclass(frozen=True, slots=True)
class FailedStatement:
    """The statement and the server's words for its refusal."""

    statement: str
    text: str


@dataclass(frozen=True, slots=True)
class AskedCheck:
    """One check of a section; ``error`` is '' where its answer was good enough."""

    statement: str
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedChecks:
    """One section of checks.

    Attributes:
        was_asked: False in a dry run.
        error: The first check that did not hold, with what is to be said of all of them.
    """

    name: str
    checks: tuple[AskedCheck, ...]
    started_at: datetime
    ended_at: datetime
    was_asked: bool = True
    error: FailedStatement | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedFile:
    """One file of the run.

    Attributes:
        skipped: Statements complete before this run.
        statements: Texts that were sent in this run, the failing one last.
        checks: Sections that came before the first statement; the last may have failed, and then nothing was sent.
    """

    file: MigrationFile
    started_at: datetime
    ended_at: datetime
    skipped: int = 0
    statements: tuple[str, ...] = ()
    error: FailedStatement | None = None
    checks: tuple[AskedChecks, ...] = ()

    @property
    def has_failed_check(self) -> bool:
        """It ended before its first statement."""
        return any(each.error for each in self.checks)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyReport:
    """The whole run.

    Attributes:
        current: Version before the run; '' when nothing was applied.
        target: Version of the last pending file that was asked for; ``current`` when there was none.
        pending: Files that were to run, in order.
        reached: Version the target is at after the run, as far as its rows are complete; '' when none is.
        applied: Files that were begun, in order; only the last one may have an error.
        error: Why the run ended early, None on success. Errors before the first file are raised instead.
    """

    current: str
    target: str
    reached: str
    pending: tuple[MigrationFile, ...]
    applied: tuple[AppliedFile, ...]
    started_at: datetime
    ended_at: datetime
    error: AtlasError | None = None
