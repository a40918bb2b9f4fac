"""``apply_plan``: the lock, a second look, the statements, and the proof that they did what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.engine.apply_plan.options import PlanApplyOptions
    from atlas.engine.apply_plan.report import PlanReport
    from atlas.engine.plan import Plan, PlannedStatement
    from atlas.engine.ports import Clock, Database
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope


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

    ``observe`` is told each statement before it runs, ``should_stop`` is asked between two of them.

    Raises:
        LockNotAcquired: Another run holds the lock.
        Drifted: The target is no longer what the plan was made for; nothing ran.
        PlanError: ``tx_mode`` ALL, and a statement that cannot run inside of a transaction; nothing ran.
    """
    raise NotImplementedError
