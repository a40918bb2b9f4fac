"""One file on one session: its statements, its revision row, and the order in which the two are written.

The rule of the house is that no statement runs twice blindly. Inside a transaction the row is written once,
at the end, and commits with the statements. A statement outside one is announced in the row before it is
sent; the write that records its end announces the next one, so the care costs no extra round trip.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.engine.apply.checks import ChecksRun
from atlas.engine.apply.events import FileDone, FileFailed, FileStarted, StatementStarted
from atlas.engine.apply.options import Interrupted, TxMode
from atlas.engine.apply.report import AppliedFile, FailedStatement
from atlas.engine.history.revisions import Revision, RevisionType
from atlas.engine.scan.quote import quote
from atlas.errors import ApplyError, AtlasError, CheckFailed, StatementFailed, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.answer import Answer
    from atlas.engine.apply.events import Observer
    from atlas.engine.apply.options import ApplyOptions
    from atlas.engine.apply.script import Script
    from atlas.engine.apply.transaction import Transaction
    from atlas.engine.ports import Clock, RevisionStore, Session

_NANOSECONDS = 1_000_000_000
_BYTE_ORDER_MARK = "\ufeff"
"""What some editors put before a file: part of its hash, and a syntax error to every server but SQLite."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the files of one run share; ``ask`` puts a check to the target, ``check_lock`` raises when the lock is gone."""

    session: Session
    ask: Callable[[str], Answer]
    check_lock: Callable[[], None]
    store: RevisionStore
    transaction: Transaction
    clock: Clock
    options: ApplyOptions
    observe: Observer
    should_stop: Callable[[], bool]


class FileRun:
    """Runs a script once. ``execute`` acts; ``applied_file`` tells afterwards what was done."""

    def __init__(self, script: Script, around: Surroundings) -> None:
        self._script = script
        self._around = around
        self._stored = script.row  # as committed: what the next process would find
        self._is_announced = False
        self._sent: list[str] = []
        self._failure: FailedStatement | None = None
        self._started_at = around.clock.now()
        self._started = around.clock.monotonic()
        self._checks = ChecksRun(
            script, around.ask, clock=around.clock, observe=around.observe, mask=script.mask
        )

    def execute(self) -> AtlasError | None:
        """Run what is left of the file; return why it did not get to its end.

        A refused file leaves nothing of its open transaction behind, and its row, where one is stored,
        names the statement. After a broken connection the row stays as it is: nobody knows more.
        """
        file = self._script.file
        try:
            self._ask_checks()
            self._around.observe(FileStarted(file.name, file.version, self._script.total, self._script.start))
            self._run_statements()
            self._complete()
        except AtlasError as error:
            return self._given_up(error)
        self._around.observe(FileDone(file.version, self._elapsed_s()))
        return None

    def applied_file(self) -> AppliedFile:
        """What this run did of the file, up to now."""
        return AppliedFile(
            file=self._script.file,
            started_at=self._started_at,
            ended_at=self._around.clock.now(),
            skipped=self._script.start,
            statements=tuple(self._sent),
            error=self._failure,
            checks=tuple(self._checks.done),
        )

    def _ask_checks(self) -> None:
        if self._script.checks and self._script.mode is not TxMode.NONE and not any(self._script.alone[:1]):
            self._around.transaction.open()
        self._checks.execute()

    def _run_statements(self) -> None:
        row = self._script.row
        if row is not None and row.is_interrupted and self._around.options.interrupted is Interrupted.APPLIED:
            self._store(self._script.start)
        for setting in self._script.settings:
            self._around.session.execute(setting.removeprefix(_BYTE_ORDER_MARK))
        stop = False
        for index in range(self._script.start, self._script.total):
            if stop:
                raise Stopped(self._stop_message(index))
            if self._script.alone[index]:
                stop = self._run_alone(index)
            else:
                self._around.transaction.open()
                self._send(index)
                stop = self._is_stopping(index + 1)

    def _run_alone(self, index: int) -> bool:
        if not self._is_announced:
            self._store(index, announced=index)
        self._send(index)
        following = index + 1
        stop = self._is_stopping(following)
        continues_alone = not stop and following < self._script.total and self._script.alone[following]
        self._store(following, announced=following if continues_alone else None)
        return stop

    def _send(self, index: int) -> None:
        text = self._script.statements[index]
        shown = self._script.mask(text)
        self._around.observe(StatementStarted(self._script.file.version, index + 1, shown))
        self._sent.append(shown)
        self._around.session.execute(text.removeprefix(_BYTE_ORDER_MARK))

    def _complete(self) -> None:
        stored = self._stored
        if stored is not None and stored.applied == stored.total == self._script.total:
            return
        self._around.check_lock()
        if self._script.mode is TxMode.ALL:
            self._around.transaction.open()
            self._write(self._row(self._script.total))
        else:
            self._store(self._script.total)

    def _store(self, applied: int, *, announced: int | None = None) -> None:
        """Write the row and make it, and what it counts, permanent."""
        row = self._row(applied, announced)
        self._write(row)
        self._around.transaction.commit()
        self._stored = row
        self._is_announced = announced is not None

    def _write(self, row: Revision) -> None:
        try:
            self._around.store.write(row)
        except StatementFailed as refused:
            raise ApplyError(f"sql/migrate: write revision: {refused.text}") from refused

    def _row(self, applied: int, announced: int | None = None) -> Revision:
        script = self._script
        before = script.row
        return Revision(
            version=script.file.version,
            description=script.file.description,
            type=before.type if before else RevisionType.EXECUTE,
            applied=applied,
            total=script.total,
            executed_at=self._around.clock.now(),
            execution_time_ns=self._spent_ns(),
            error_stmt="" if announced is None else self._script.mask(script.statements[announced]),
            hash=script.hash,
            partial_hashes=script.hashes[:applied] if 0 < applied < script.total else None,
            operator_version=self._around.options.operator_version,
        )

    def _given_up(self, error: AtlasError) -> AtlasError:
        """Undo what is open, record what is known, and put the error into the words of the report."""
        if isinstance(error, CheckFailed):
            self._failure = FailedStatement(error.statement, error.text)
            self._roll_back(error)
            return error
        if isinstance(error, StatementFailed):
            failure = FailedStatement(self._script.mask(error.statement), self._script.mask(error.text))
            error = self._recorded(failure, error)
        else:
            statement = "" if isinstance(error, Stopped) or not self._sent else self._sent[-1]
            failure = FailedStatement(statement, self._script.mask(str(error)))
            self._roll_back(error)
        self._failure = failure
        self._around.observe(FileFailed(self._script.file.version, failure.statement, failure.text))
        return error

    def _recorded(self, failure: FailedStatement, refusal: StatementFailed) -> StatementFailed:
        """Roll back, write the refusal into the row where one is stored, and word it.

        A setting that is refused leaves the row of a statement that nobody knows the end of as it is.
        """
        message = (
            f"sql/migrate: executing statement {quote(failure.statement)} "
            f"from version {quote(self._script.file.version)}: {failure.text}"
        )
        try:
            self._around.transaction.rollback()
            if self._stored is not None and (self._sent or not self._stored.is_interrupted):
                self._write(self._failed_row(self._stored, failure))
        except AtlasError as unrecorded:
            message = f"{unrecorded}: {message}"
        refused = StatementFailed(message, statement=failure.statement, text=failure.text)
        refused.__cause__ = refusal
        return refused

    def _failed_row(self, stored: Revision, failure: FailedStatement) -> Revision:
        return replace(
            stored,
            executed_at=self._around.clock.now(),
            execution_time_ns=self._spent_ns(),
            error=failure.text,
            error_stmt=failure.statement,
            operator_version=self._around.options.operator_version,
        )

    def _roll_back(self, error: AtlasError) -> None:
        try:
            self._around.transaction.rollback()
        except AtlasError as broken:
            error.add_note(f"rolling back: {broken}")

    def _is_stopping(self, following: int) -> bool:
        return following < self._script.total and self._around.should_stop()

    def _stop_message(self, index: int) -> str:
        file = self._script.file
        return (
            f'stopped as asked before statement {index + 1} of version "{file.version}" (file "{file.name}"); '
            "the next run goes on from there"
        )

    def _spent_ns(self) -> int:
        before = self._script.row.execution_time_ns if self._script.row else 0
        return before + int(self._elapsed_s() * _NANOSECONDS)

    def _elapsed_s(self) -> float:
        return self._around.clock.monotonic() - self._started
