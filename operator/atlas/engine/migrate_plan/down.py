"""``migrate down``: what a target has, made into what it had at an earlier version.

The plan starts from the target as it is, whatever its last run left behind, and leads to what the files make in a
dev room. Objects that no file has made are left alone. Nothing that holds rows is dropped unless told.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.engine.apply.options import TxMode
from atlas.engine.apply_plan.statements import StatementsRun
from atlas.engine.diff import diff
from atlas.engine.directory import validate
from atlas.engine.lock import check_held, held_lock
from atlas.engine.mask import masker
from atlas.engine.migrate_plan.down_plan import DownPlan, first_to_revert, plan_steps
from atlas.engine.migrate_plan.down_report import DownReport, RevertedFile
from atlas.engine.migrate_plan.history import replay_history
from atlas.engine.migrate_plan.row_checks import check_rows, refuse_data_loss
from atlas.engine.migrate_plan.row_guard import RowGuard
from atlas.engine.restrict import inspect_realm
from atlas.errors import AtlasError, Drifted, NotVerified
from atlas.schema import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.directory import Directory
    from atlas.engine.history.revisions import Revision
    from atlas.engine.migrate_plan.down_options import DownOptions, DownPorts
    from atlas.engine.migrate_plan.down_plan import DownStep
    from atlas.engine.migrate_plan.row_checks import RowCheck, RowProbe
    from atlas.engine.plan import PlannedStatement
    from atlas.engine.ports import Database, RevisionStore


def plan_down(directory: Directory, database: Database, options: DownOptions, ports: DownPorts) -> DownPlan:
    """Plan; the target is only read.

    Raises:
        ChecksumMismatch: The files are not those of ``atlas.sum``.
        SpecError: The version was not applied, or fewer revisions than asked for.
        HistoryError: A revision without a file, or a baseline that would have to go.
        DesiredStateError: A file that does not run in the dev database.
        Unsupported: A change that cannot be planned.
    """
    validate(directory)
    rows = _rows(database, options)
    start = first_to_revert(rows, amount=options.amount, to_version=options.to_version)
    if start == len(rows):
        version = rows[-1].version if rows else ""
        return DownPlan(current=version, target=version, rows=rows, steps=())
    current = inspect_realm(ports.driver, database, ports.scope)
    history = replay_history(
        directory, rows, start, driver=ports.driver, dev=ports.dev, scope=ports.scope.like(current)
    )
    return plan_steps(directory, rows, start, current, history, driver=ports.driver, bound=ports.scope.bound)


def ask_for_rows(plan: DownPlan, probe: RowProbe) -> tuple[RowCheck, ...]:
    """What of the objects that a plan drops holds rows."""
    return check_rows((key for step in plan.steps for key in step.checks), probe)


def run_down(
    plan: DownPlan,
    database: Database,
    options: DownOptions,
    ports: DownPorts,
    *,
    observe: Callable[[DownStep, PlannedStatement], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> DownReport:
    """Run a plan under the lock; what happens after the first statement is in the report, never raised.

    A step and the end of its revision row commit together where the server can do that. Elsewhere the last row says
    beforehand that the target is on its way down: until a run of ``migrate down`` gets to its end,
    ``migrate apply`` refuses to go on with ``StatementInterrupted``.

    Raises:
        LockNotAcquired: Another run holds the lock.
        Drifted: The target is no longer what the plan was made for; nothing ran.
        PolicyRefused: Something that would be dropped holds rows; nothing ran.
    """
    started_at = ports.clock.now()
    if not plan.steps:
        return DownReport(plan=plan, reached=plan.current, start=started_at, end=started_at)
    with held_lock(database, options.lock_name, timeout_s=options.lock_timeout_s, clock=ports.clock):
        run = _Run(plan, database, options, ports, observe, should_stop)
        run.check_current()
        checks = ask_for_rows(plan, ports.probe)
        if not options.allow_data_loss:
            refuse_data_loss(checks)
        reverted, error = run.execute()
    return DownReport(
        plan=plan,
        reached=_reached(plan, reverted),
        start=started_at,
        end=ports.clock.now(),
        checks=checks,
        reverted=reverted,
        error=error,
    )


def _rows(database: Database, options: DownOptions) -> tuple[Revision, ...]:
    store = database.revisions(options.revisions_schema or None)
    return tuple(sorted(store.read(), key=lambda row: row.version))


def _reached(plan: DownPlan, reverted: tuple[RevertedFile, ...]) -> str:
    gone = {each.step.revision.version for each in reverted if not each.error}
    return max((row.version for row in plan.rows if row.version not in gone), default="")


@dataclass(frozen=True, slots=True)
class _Run:
    plan: DownPlan
    database: Database
    options: DownOptions
    ports: DownPorts
    observe: Callable[[DownStep, PlannedStatement], None] | None
    should_stop: Callable[[], bool] | None

    def check_current(self) -> None:
        """Refuse a target that is not what the plan was made for."""
        found = inspect_realm(self.ports.driver, self.database, self.ports.scope)
        same = fingerprint(found) == self.plan.steps[0].plan.current_hash
        if not same or _rows(self.database, self.options) != self.plan.rows:
            raise Drifted("the database has changed since the plan was made; nothing was run, plan again")

    def execute(self) -> tuple[tuple[RevertedFile, ...], AtlasError | None]:
        """Run the steps; the first failure ends the run."""
        store = self.database.revisions(self.options.revisions_schema or None)
        reverted: list[RevertedFile] = []
        for step in self.plan.steps:
            done, error = self._step(step, store)
            reverted.append(done)
            if error is not None:
                return tuple(reverted), error
        return tuple(reverted), self._verified()

    def _step(self, step: DownStep, store: RevisionStore) -> tuple[RevertedFile, AtlasError | None]:
        start = self.ports.clock.now()
        version = step.revision.version
        run = StatementsRun(
            step.plan.statements,
            self.database,
            TxMode.FILE,
            (lambda statement: self.observe(step, statement) if self.observe else None),
            self.should_stop,
            at_end=lambda: self._forget(version, store),
        )
        is_whole = all(run.can_be_undone(statement) for statement in step.plan.statements)
        if not self.options.allow_data_loss:
            run.before_each = RowGuard(step.drops, self.ports.probe, is_whole=is_whole).look
        if not is_whole:
            store.write(_on_its_way(step.revision, self.plan.target))
        error = run.execute()
        if error is not None and not any(each.changes for each in step.plan.statements[: run.in_effect]):
            _restore(store, step.revision)
        mask = masker(self.database.url.secrets)
        failed = mask(getattr(error, "statement", ""))
        texts = [mask(statement.text()) for statement in step.plan.statements[: run.in_effect]]
        done = RevertedFile(
            step=step,
            start=start,
            end=self.ports.clock.now(),
            statements=tuple([*texts, failed] if failed else texts),
            error=str(error) if error else "",
            error_statement=failed,
        )
        return done, error

    def _forget(self, version: str, store: RevisionStore) -> None:
        check_held(self.database, self.options.lock_name)
        store.delete([version])

    def _verified(self) -> AtlasError | None:
        try:
            found = inspect_realm(self.ports.driver, self.database, self.ports.scope)
        except AtlasError as error:
            return error
        left = diff(found, self.plan.steps[-1].plan.desired, differs=self.ports.driver.differs)
        if not left:
            return None
        names = ", ".join(str(change.key) for change in left[:5])
        return NotVerified(
            f'every statement succeeded, and yet the database is not as it was at version "{self.plan.target}": '
            f"{names}; somebody else may be changing it"
        )


def _on_its_way(row: Revision, target: str) -> Revision:
    """The row as an announcement that nobody but ``migrate down`` goes on from: see ``Revision.is_interrupted``."""
    return replace(
        row,
        applied=0,
        total=max(row.total, 1),
        error="",
        error_stmt=f'atlas migrate down to version "{target}"',
        partial_hashes=None,
    )


def _restore(store: RevisionStore, row: Revision) -> None:
    from contextlib import suppress

    with suppress(AtlasError):  # a broken session writes nothing; the announcement stays, and is true
        store.write(row)
