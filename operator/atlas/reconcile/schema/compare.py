"""The target and its desired state side by side: both read from servers, and what leads from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.desired_state import normalize
from atlas.engine.plan import PlanOptions, make_plan
from atlas.engine.restrict import inspect_realm
from atlas.reconcile.dev import opened_dev
from atlas.reconcile.outcome import Rehashed, SchemaReady, Unchanged
from atlas.reconcile.schema.message import success
from atlas.reconcile.schema.registry_state import pushed_state, source
from atlas.schema import fingerprint

if TYPE_CHECKING:
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.schema.passing import SchemaPass


def inspect_target(run: SchemaPass) -> None:
    """Read what the target is now."""
    run.driver = run.ports.dialects.schema_driver(run.database.dialect.name)
    run.current = inspect_realm(run.driver, run.database, run.scope)


def stop_if_as_left(run: SchemaPass) -> Unchanged | None:
    """The same input, and the schema as the last run left it: no dev database is needed to see that."""
    left = run.resource.observed.schema_hash
    is_as_left = run.has_drifted and left and fingerprint(run.current) == left
    return Unchanged(source=source(run)) if is_as_left else None


def normalize_desired(run: SchemaPass) -> None:
    """Have a server of the target's kind say what the desired state is.

    Raises:
        DesiredStateError: A statement that it refuses, with file and line.
        SpecError: The dev database is of another kind than the target.
    """
    with opened_dev(run, run.driver) as dev:
        run.desired = normalize(
            run.state,
            driver=run.driver,
            dev=dev,
            scope=run.scope.like(run.current),
            dialect=run.database.dialect.name,
        )


def plan(run: SchemaPass) -> None:
    """Work out what is to be run."""
    options = PlanOptions(bound=run.scope.bound, renames=run.desired.renames, policy=run.spec.diff)
    run.plan = make_plan(run.driver, run.current, run.desired.realm, options)


def stop_if_synced(run: SchemaPass) -> Outcome | None:
    """Nothing to run is a success; what was ready before is not even written again."""
    if run.plan.statements:
        return None
    if run.is_unchanged:
        return Unchanged(source=source(run))
    if run.resource.is_settled and run.resource.observed.pushed_state in ("", pushed_state(run)):
        return Rehashed(run.observed_hash, source(run))
    return SchemaReady(
        observed_hash=run.observed_hash,
        schema_hash=run.plan.current_hash,
        applied_at_s=run.resource.observed.applied_at_s or int(run.ports.clock.now().timestamp()),
        message=success(run.plan, None, run.database.dialect.name),
        news="Applied schema",
        source=source(run),
        pushed_state=pushed_state(run),
    )
