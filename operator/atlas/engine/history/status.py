"""Where a target stands in a directory: what ``migrate status`` shows, as data. Nothing is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.history.interrupted import explain
from atlas.engine.history.pending import Remaining, files_from_last_checkpoint, non_linear, remaining
from atlas.engine.history.revisions import RevisionType
from atlas.engine.scan.options import DEFAULT
from atlas.errors import HistoryError
from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.engine.directory import Directory, MigrationFile
    from atlas.engine.history.revisions import Revision
    from atlas.engine.ports import Database
    from atlas.engine.scan.options import ScanOptions

NO_MIGRATION_APPLIED = "No migration applied yet"
ALREADY_LATEST = "Already at latest version"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusReport:
    """One target against one directory.

    Attributes:
        available: All files; on a first run those from the last checkpoint on.
        pending: Files a run would execute, those out of order left out.
        applied: All revisions, by version.
        current: The last version, or ``No migration applied yet``.
        next: The first pending version, ``Already at latest version``, or '' when it depends on a choice.
        count: Statements of a partial last revision that are complete; 0 unless it had an error.
        total: Statements of its file now; 0 unless it had an error.
        status: ``OK`` or ``PENDING``.
        error: What keeps the target from going on, in one line.
        sql: The statement that failed or was interrupted, in one line.
    """

    available: tuple[MigrationFile, ...]
    pending: tuple[MigrationFile, ...]
    out_of_order: tuple[MigrationFile, ...] = ()
    applied: tuple[Revision, ...] = ()
    current: str = NO_MIGRATION_APPLIED
    next: str = ALREADY_LATEST
    count: int = 0
    total: int = 0
    status: str = "OK"
    error: str = ""
    sql: str = ""

    @property
    def left(self) -> int:
        """Statements of a partial last revision that are not complete."""
        return self.total - self.count

    @property
    def from_checkpoint(self) -> bool:
        """The next file is a checkpoint."""
        return bool(self.pending) and self.pending[0].is_checkpoint


@dataclass(frozen=True, slots=True)
class _Attempt:
    """How far the last file got, when it did not get to its end."""

    count: int = 0
    total: int = 0
    error: str = ""
    sql: str = ""


def read_status(directory: Directory, database: Database, revisions_schema: str) -> StatusReport:
    """Read the revisions of a target and compare; a missing table means that nothing was applied.

    Raises:
        HistoryError: A partially applied file is not in the directory.
        TargetError: The revisions cannot be read.
    """
    return status_of(
        directory, database.revisions(revisions_schema or None).read(), database.dialect.scan_options
    )


def status_of(
    directory: Directory, revisions: Sequence[Revision], scan_options: ScanOptions = DEFAULT
) -> StatusReport:
    """Compare a directory with the rows of a target; ``scan_options`` cut a partial file into statements."""
    if not revisions:
        files = files_from_last_checkpoint(directory.files)
        return StatusReport(available=files, pending=files, next=_next(files), status=_word(files))
    rows = tuple(sorted(revisions, key=lambda row: row.version))
    left = remaining(directory.files, rows)
    attempt = _last_attempt(directory, rows[-1], scan_options)
    return StatusReport(
        available=directory.files,
        pending=left.ahead,
        out_of_order=left.out_of_order,
        applied=rows,
        current=rows[-1].version,
        next="" if left.out_of_order else _next(left.ahead),
        count=attempt.count,
        total=attempt.total,
        status=_word((*left.out_of_order, *left.ahead)),
        error=attempt.error or _disorder(left),
        sql=attempt.sql,
    )


def _last_attempt(directory: Directory, last: Revision, scan_options: ScanOptions) -> _Attempt:
    if not last.is_partial or RevisionType.RESOLVED in last.type:
        return _Attempt()
    file = next((file for file in reversed(directory.files) if file.version == last.version), None)
    if file is None:
        raise HistoryError(f'migration file with version "{last.version}" not found')
    error = explain(last) if last.is_interrupted else last.error
    statements = file.statements(scan_options)
    return _Attempt(last.applied, len(statements), _one_line(error), _one_line(last.error_stmt))


def _next(files: Sequence[MigrationFile]) -> str:
    return files[0].version if files else ALREADY_LATEST


def _word(waiting: Sequence[MigrationFile]) -> str:
    return "PENDING" if waiting else "OK"


def _disorder(left: Remaining) -> str:
    return str(non_linear(left.out_of_order)) if left.out_of_order else ""


def _one_line(text: str) -> str:
    return text.replace("\n", " ")
