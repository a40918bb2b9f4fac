"""An AtlasMigration, top to bottom: the steps of its spec page, in order. The first outcome ends the pass.

The pass has two halves, so that its caller can wait in between, without a thread, until the server of the
target has room. Neither half raises an ``AtlasError``; both may die anywhere, and the next pass carries on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.errors import AtlasError, ChecksumMismatch, DirectoryError
from atlas.reconcile import deploy, dev_pod, down, over_spec, resolve
from atlas.reconcile.backups import find_backups
from atlas.reconcile.directory import find_directory
from atlas.reconcile.outcome import Unchanged, failed_by
from atlas.reconcile.steps import first_outcome, masked, undecided_by

if TYPE_CHECKING:
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.passing import Pass, Step

RESOLVE: tuple[Step, ...] = (
    resolve.stop_if_deleted,
    resolve.stop_if_suspended,
    resolve.find_spec,
    over_spec.find_project,
    resolve.find_target,
    resolve.find_registry,
    find_backups,
    find_directory,
)
DEPLOY: tuple[Step, ...] = (
    deploy.compare,
    deploy.stop_if_nothing_pending,
    deploy.stop_if_backup_is_behind,
    deploy.refuse_down,
    down.go_down,
    deploy.announce,
    deploy.apply_files,
)


def resolve_migration(run: Pass) -> Outcome | None:
    """Find what the resource asks for; an outcome says why that cannot be known. No database is touched."""
    return first_outcome(RESOLVE, run, ended_by)


def deploy_migration(run: Pass) -> Outcome:
    """Bring the target of a resolved pass to its directory."""
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
    dev_pod.put_to_rest(run)
    return down.with_directory_kept(run, outcome)


def reconcile_migration(run: Pass) -> Outcome:
    """Both halves."""
    return resolve_migration(run) or deploy_migration(run)


def ended_by(error: AtlasError, run: Pass) -> Outcome:
    """What an error makes of the pass."""
    if undecided := undecided_by(error, run):
        return undecided
    outcome = failed_by(error)
    if isinstance(error, DirectoryError | ChecksumMismatch) and run.source:
        outcome = replace(outcome, message=f"{run.directory_name}: {outcome.message}")
    return masked(outcome, run.secrets)
