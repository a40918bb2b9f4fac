"""``apply_pending``: the lock, the decision, the files one after another, the report."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from atlas.engine.apply.events import RunStarted, ignore
from atlas.engine.apply.file_run import FileRun, Surroundings
from atlas.engine.apply.rehearsal import limited, rehearse
from atlas.engine.apply.report import ApplyReport
from atlas.engine.apply.script import Preparation
from atlas.engine.apply.transaction import Transaction
from atlas.engine.directory import validate
from atlas.engine.history.pending import pending_files
from atlas.engine.history.revisions import TABLE_NAME, Revision, RevisionType
from atlas.engine.lock import check_held, held_lock
from atlas.engine.mask import masker
from atlas.errors import ApplyError, AtlasError, StatementFailed, Stopped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.apply.events import Observer
    from atlas.engine.apply.options import ApplyOptions
    from atlas.engine.apply.report import AppliedFile
    from atlas.engine.apply.script import Script
    from atlas.engine.directory import Directory, MigrationFile, SumFile
    from atlas.engine.history.pending import Pending
    from atlas.engine.ports import Clock, Database, RevisionStore

    _Done = tuple[tuple[AppliedFile, ...], AtlasError | None]


def never() -> bool:
    """The answer to ``should_stop`` of a caller who waits for the end."""
    return False


def apply_pending(
    directory: Directory,
    database: Database,
    options: ApplyOptions,
    *,
    clock: Clock,
    observe: Observer = ignore,
    should_stop: Callable[[], bool] = never,
) -> ApplyReport:
    """Run the files that a target lacks, under the lock, and record them in its revisions.

    Safe to call again after any end, a kill included: it goes on where the last run stopped, or raises
    ``StatementInterrupted`` where nobody can know. A dry run takes no lock and writes nothing. The session
    stays open, unless the run is left by an exception that is not an ``AtlasError`` (Ctrl-C): then the
    running statement is cancelled, its transaction rolled back and the session closed.

    Raises:
        LockNotAcquired: Another run holds the lock.
        HistoryError, DirectoryError, ParseError, SpecError, StatementInterrupted: Before the first file.
    """
    run = _Run(directory, database, options, clock, observe, should_stop, masker(database.url.secrets))
    sum_file = validate(directory)
    if options.dry_run:
        return run.execute(sum_file)
    with held_lock(database, options.lock_name, timeout_s=options.lock_timeout_s, clock=clock):
        return run.execute(sum_file)


@dataclass(frozen=True, slots=True)
class _Run:
    directory: Directory
    database: Database
    options: ApplyOptions
    clock: Clock
    observe: Observer
    should_stop: Callable[[], bool]
    mask: Callable[[str], str]

    def execute(self, sum_file: SumFile) -> ApplyReport:
        """Decide, prepare everything, and only then write."""
        started_at = self.clock.now()
        store = self.database.revisions(self.options.revisions_schema or None)
        revisions = store.read()
        pending = pending_files(self.directory, revisions, options=self.options, dirt=self._dirt)
        scripts = Preparation(
            sum_file=sum_file, options=self.options, dialect=self.database.dialect, mask=self.mask
        ).scripts(pending)
        current = _current(revisions, pending)
        target = pending.files[-1].version if pending.files else current
        if scripts:
            self.observe(RunStarted(current, target, len(scripts)))
        applied, error = self._carried_out(scripts, pending.baseline, store)
        return ApplyReport(
            current=current,
            target=target,
            reached=self._reached(current, applied, error, store),
            pending=pending.files,
            applied=applied,
            started_at=started_at,
            ended_at=self.clock.now(),
            error=error,
        )

    def _carried_out(
        self, scripts: Sequence[Script], baseline: MigrationFile | None, store: RevisionStore
    ) -> _Done:
        if self.options.dry_run:
            ask = limited(self.database, self.clock)
            return rehearse(scripts, ask, clock=self.clock, observe=self.observe)
        transaction = Transaction(self.database.session)
        try:
            self._ready_table(scripts, baseline, store)
            return self._run_all(scripts, self._surroundings(store, transaction))
        except AtlasError:
            raise
        except BaseException:
            self._abandon(transaction)
            raise

    def _ready_table(
        self, scripts: Sequence[Script], baseline: MigrationFile | None, store: RevisionStore
    ) -> None:
        """Make the table where something is to be written to it; a target with nothing pending is only read."""
        if scripts or baseline:
            self._ensure(store)
        if baseline:
            store.write(
                Revision(
                    version=baseline.version,
                    description=baseline.description,
                    type=RevisionType.BASELINE,
                    executed_at=self.clock.now(),
                    operator_version=self.options.operator_version,
                )
            )

    def _ensure(self, store: RevisionStore) -> None:
        try:
            store.ensure()
        except StatementFailed as refused:
            raise ApplyError(
                f"sql/migrate: write revision: the table {TABLE_NAME} cannot be made ready: {self.mask(refused.text)}"
            ) from refused

    def _run_all(self, scripts: Sequence[Script], around: Surroundings) -> _Done:
        applied: list[AppliedFile] = []
        for script in scripts:
            if self.should_stop():
                return tuple(applied), _undone(around.transaction, _stopped_before(script.file))
            if applied and (lost := _lost_lock(scripts[len(applied) - 1], around)):
                return tuple(applied), lost
            run = FileRun(script, around)
            error = run.execute()
            applied.append(run.applied_file())
            if error is not None:
                return tuple(applied), error
        return tuple(applied), self._committed(around.transaction)

    def _committed(self, transaction: Transaction) -> AtlasError | None:
        """Commit the transaction of all files, where there is one."""
        try:
            transaction.commit()
        except StatementFailed as refused:
            text = self.mask(refused.text)
            return StatementFailed(f"sql/migrate: committing: {text}", statement=refused.statement, text=text)
        except AtlasError as broken:
            return broken
        return None

    def _reached(
        self, current: str, applied: Sequence[AppliedFile], error: AtlasError | None, store: RevisionStore
    ) -> str:
        """Where the target is now. After a failure only it knows: servers differ in what they roll back."""
        if self.options.dry_run:
            return current
        if error is None:
            return max(current, *(file.file.version for file in applied), "")
        with suppress(AtlasError):
            return max((row.version for row in store.read() if not row.is_partial), default="")
        return current

    def _surroundings(self, store: RevisionStore, transaction: Transaction) -> Surroundings:
        return Surroundings(
            session=self.database.session,
            ask=self.database.ask,
            check_lock=partial(check_held, self.database, self.options.lock_name),
            store=store,
            transaction=transaction,
            clock=self.clock,
            options=self.options,
            observe=self.observe,
            should_stop=self.should_stop,
        )

    def _abandon(self, transaction: Transaction) -> None:
        self.database.session.cancel()
        with suppress(AtlasError):
            transaction.rollback()
        self.database.session.close()

    def _dirt(self) -> str | None:
        return self.database.dirt(self.options.revisions_schema or None)


def _current(revisions: Sequence[Revision], pending: Pending) -> str:
    if pending.baseline:
        return pending.baseline.version
    return max((row.version for row in revisions), default="")


def _stopped_before(file: MigrationFile) -> Stopped:
    return Stopped(
        f'stopped as asked before version "{file.version}" (file "{file.name}"); the next run starts there'
    )


def _lost_lock(before: Script, around: Surroundings) -> AtlasError | None:
    """Why the next file must not begin. A file that had something to commit at its end has asked already."""
    try:
        if before.ends_alone:
            around.check_lock()
    except AtlasError as lost:
        return lost
    return None


def _undone(transaction: Transaction, stopped: Stopped) -> Stopped:
    with suppress(AtlasError):  # a broken session has rolled back by itself
        transaction.rollback()
    return stopped
