"""``apply_plan``: the lock, a second look, the statements, and the proof that they did what was planned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.apply.options import TxMode
from atlas.engine.apply_plan.report import PlanReport
from atlas.engine.apply_plan.statements import StatementsRun
from atlas.engine.diff import diff
from atlas.engine.lock import held_lock
from atlas.engine.mask import masker
from atlas.engine.restrict import inspect_realm
from atlas.errors import AtlasError, Drifted, NotVerified, PlanError, PolicyRefused, StatementFailed
from atlas.schema import fingerprint

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.apply_plan.options import PlanApplyOptions
    from atlas.engine.plan import Plan, PlannedStatement
    from atlas.engine.ports import Clock, Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Change

_SHOWN = 5
"""So many differences are named in a message; the next plan shows all."""


def apply_plan(  # noqa: PLR0913  the plan, its target, and what a run needs
    plan: Plan,
    database: Database,
    driver: SchemaDriver,
    scope: Scope,
    options: PlanApplyOptions,
    *,
    clock: Clock,
    observe: Callable[[PlannedStatement], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> PlanReport:
    """Run a plan under the lock; what happens after the first statement is in the report, never raised.

    ``observe`` is told each statement before it runs, ``should_stop`` is asked between two of them. A plan without
    statements does nothing. When the run is left by an exception that is not an ``AtlasError`` (Ctrl-C), the running
    statement is cancelled, its transaction rolled back and the session closed.

    Raises:
        LockNotAcquired: Another run holds the lock.
        Drifted: The target is no longer what the plan was made for; nothing ran.
        PlanError: ``tx_mode`` ALL, and a statement that cannot run inside of a transaction; nothing ran.
        PolicyRefused: A statement about rows would be in another transaction than the rest; nothing ran.
    """
    run = _Run(plan, database, driver, scope)
    statements = StatementsRun(plan.statements, database, options.tx_mode, observe, should_stop)
    if options.tx_mode is TxMode.ALL:
        _refuse_what_stays_outside(statements)
    _refuse_rows_apart(statements)
    started_at = clock.now()
    if not plan.statements:
        return PlanReport(start=started_at, end=started_at, applied=(), pending=())
    with held_lock(database, options.lock_name, timeout_s=options.lock_timeout_s, clock=clock):
        run.check_current()
        error = statements.execute() or run.verified()
    mask = masker(database.url.secrets)
    texts = [mask(statement.text()) for statement in plan.statements]
    return PlanReport(
        start=started_at,
        end=clock.now(),
        applied=tuple(texts[: statements.in_effect]),
        pending=tuple(texts[statements.in_effect :]),
        error=error,
        failed_statement=mask(error.statement) if isinstance(error, StatementFailed) else "",
    )


def _refuse_what_stays_outside(statements: StatementsRun) -> None:
    for statement in statements.planned:
        if not statements.can_be_undone(statement):
            raise PlanError(
                f'tx-mode "all": {statement.comment}: this statement cannot run inside of a transaction here; choose '
                f'"file" or "none": {statement.text()}'
            )


def _refuse_rows_apart(statements: StatementsRun) -> None:
    """After a kill between two transactions nobody could tell whether the rows were changed: it would be lost, or done twice."""
    if statements.is_one_transaction:
        return
    for statement in statements.planned:
        if not statement.leaves_trace:
            raise PolicyRefused(
                f"{statement.comment}: this statement changes rows, and the plan runs in more than one transaction here, "
                "so that after an interruption nobody could tell whether it ran; nothing was run. Take it out of the plan, "
                f"and run it by 'atlas migrate apply', which remembers each statement: {statement.text()}"
            )


@dataclass(frozen=True, slots=True)
class _Run:
    plan: Plan
    database: Database
    driver: SchemaDriver
    scope: Scope

    def check_current(self) -> None:
        """Refuse a target that is not in the state that the plan leads from."""
        found = inspect_realm(self.driver, self.database, self.scope)
        if fingerprint(found) != self.plan.current_hash:
            changes = diff(self.plan.current, found, differs=self.driver.differs)
            raise Drifted(
                f"the database has changed since the plan was made{_named(changes)}; nothing was run, plan again"
            )

    def verified(self) -> AtlasError | None:
        """Read back what the statements did; None when it is what was planned."""
        try:
            found = inspect_realm(self.driver, self.database, self.scope)
        except AtlasError as error:
            return error
        left = diff(found, self.plan.desired, differs=self.driver.differs)
        if not left:
            return None
        return NotVerified(
            f"every statement succeeded, and yet the database is not in the desired state{_named(left)}; somebody "
            "else may be changing it: plan again"
        )


def _named(changes: Sequence[Change]) -> str:
    if not changes:
        return ""
    names = ", ".join(f"{change.key} ({_verb(change)})" for change in changes[:_SHOWN])
    more = f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else ""
    return f": {names}{more}"


def _verb(change: Change) -> str:
    return type(change).__name__.lower()
