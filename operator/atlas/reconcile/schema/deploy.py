"""The end of a pass: say that work begins, run the plan under the lock, and look at what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.apply_plan import PlanApplyOptions, apply_plan
from atlas.engine.restrict import inspect_realm
from atlas.errors import LockNotAcquired
from atlas.errors import Stopped as StoppedEarly
from atlas.reconcile.outcome import Contended, Failed, SchemaReady, Stopped, failed_by
from atlas.reconcile.schema.message import changed, success
from atlas.reconcile.schema.registry_state import pushed_state, source
from atlas.schema import fingerprint

if TYPE_CHECKING:
    from atlas.engine.apply_plan import PlanReport
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.schema.passing import SchemaPass

_SERVER_WIDE_LOCKS = frozenset({"mysql", "mariadb"})


def announce(run: SchemaPass) -> None:
    """Say that work begins, before the first statement is sent."""
    total = len(run.plan.statements)
    run.progress.announce(f"{total} statement{'s' if total > 1 else ''} for {changed(run.plan)}")
    run.has_announced = True


def apply(run: SchemaPass) -> Outcome:
    """Run the plan; the engine checks before and after it that the schema is what it should be."""
    done, total = 0, len(run.plan.statements)

    def observe(_: object) -> None:
        nonlocal done
        run.progress.statements(done, total)
        done += 1

    try:
        report = apply_plan(
            run.plan,
            run.database,
            run.driver,
            run.scope,
            PlanApplyOptions(tx_mode=run.spec.tx_mode, lock_timeout_s=0),
            clock=run.ports.clock,
            observe=observe,
            should_stop=run.progress.should_stop,
        )
    except LockNotAcquired as error:
        # NB: GET_LOCK spans the whole server: one resource waits for all others there, which is no failure.
        return Contended() if run.database.dialect.name in _SERVER_WIDE_LOCKS else failed_by(error)
    if isinstance(report.error, StoppedEarly):
        return Stopped()
    return _failed(report) if report.error else _ready(run, report)


def _failed(report: PlanReport) -> Failed:
    assert report.error is not None  # noqa: S101 - asked by the caller
    outcome = failed_by(report.error)
    if not report.applied:
        return outcome
    total = len(report.applied) + len(report.pending)
    partly = f"{len(report.applied)} of {total} statements are in effect, the next run goes on from there"
    return Failed(outcome.reason, f"{outcome.message}; {partly}", outcome.retry)


def _ready(run: SchemaPass, report: PlanReport) -> SchemaReady:
    reverted = run.has_drifted
    news = f"Applied schema, changes made by hand were reverted: {changed(run.plan)}"
    return SchemaReady(
        observed_hash=run.observed_hash,
        schema_hash=fingerprint(inspect_realm(run.driver, run.database, run.scope)),
        applied_at_s=int(report.end.timestamp()),
        message=success(run.plan, report, run.database.dialect.name, has_drifted=reverted),
        news=news if reverted else "Applied schema",
        plan_url=run.approved.url if run.approved else "",
        plan_link=run.approved.link if run.approved else "",
        source=source(run),
        pushed_state=pushed_state(run),
    )
