"""An AtlasSchema, top to bottom: the steps of its spec page, in order. The first outcome ends the pass.

``spec`` and ``desired`` say what is asked for, ``compare`` plans, ``policy`` refuses, ``approval`` asks a person, ``deploy`` runs and
``message`` words the success.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.errors import AtlasError
from atlas.reconcile import dev, dev_pod, resolve
from atlas.reconcile.backups import find_backups
from atlas.reconcile.outcome import SchemaReady, Unchanged, failed_by
from atlas.reconcile.schema import approval, compare, deploy, desired, over_spec, policy, registry_state
from atlas.reconcile.steps import first_outcome, masked, undecided_by

if TYPE_CHECKING:
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.schema.passing import SchemaPass, Step

RESOLVE: tuple[Step, ...] = (
    resolve.stop_if_deleted,
    resolve.stop_if_suspended,
    desired.find_spec,
    over_spec.find_project,
    resolve.find_target,
    resolve.find_registry,
    find_backups,
    registry_state.find_storage,
    desired.find_desired,
    registry_state.stop_if_backup_is_behind,
)
DEPLOY: tuple[Step, ...] = (
    compare.inspect_target,
    compare.stop_if_as_left,
    dev.find_dev,
    compare.normalize_desired,
    compare.plan,
    compare.stop_if_synced,
    policy.refuse_silence,
    approval.find_plan,
    policy.stop_if_plans_are_unsure,
    policy.refuse_first_run,
    policy.refuse_destructive,
    policy.refuse_unreviewed,
    deploy.announce,
    deploy.apply,
)
REASONS = {"ReadingMigrationData": "ReadSchema", "Migrating": "ApplyingSchema"}
"""The words that the Go operator uses for this kind."""


def resolve_schema(run: SchemaPass) -> Outcome | None:
    """Find what the resource asks for; an outcome says why that cannot be known. No database is touched."""
    return first_outcome(RESOLVE, run, ended_by)


def deploy_schema(run: SchemaPass) -> Outcome:
    """Bring the target of a resolved pass to its desired state."""
    try:
        run.database = run.ports.targets.open(run.target)
    except AtlasError as error:
        return ended_by(error, run)
    run.session = run.database.session
    try:
        outcome = first_outcome(DEPLOY, run, ended_by) or Unchanged()
    finally:
        run.session = None
        run.database.session.close()
    if isinstance(outcome, SchemaReady):
        dev_pod.put_to_rest(run)
    return outcome


def reconcile_schema(run: SchemaPass) -> Outcome:
    """Both halves."""
    return resolve_schema(run) or deploy_schema(run)


def ended_by(error: AtlasError, run: SchemaPass) -> Outcome:
    """What an error makes of the pass."""
    if undecided := undecided_by(error, run):
        return undecided
    outcome = failed_by(error)
    reason = REASONS.get(outcome.reason, outcome.reason)
    return masked(replace(outcome, reason=reason), run.secrets)
