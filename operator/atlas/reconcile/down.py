"""The way back of an AtlasMigration: allowed by its owner, and from a directory that still has the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.directory import from_entries, to_entries
from atlas.engine.migrate_plan.down import plan_down, run_down
from atlas.engine.migrate_plan.down_options import DownOptions, DownPorts
from atlas.engine.scope import Scope
from atlas.errors import AtlasError, HistoryError, LockNotAcquired, PolicyRefused, ProtectedFlow
from atlas.errors import Stopped as StoppedEarly
from atlas.reconcile.deploy import announce, is_ahead, read_back
from atlas.reconcile.dev import find_dev, opened_dev
from atlas.reconcile.outcome import Contended, Failed, Ready, Stopped, failed_by
from atlas.wire.archive import pack, unpack
from atlas.wire.reference import Reference

if TYPE_CHECKING:
    from atlas.engine.directory import Directory
    from atlas.engine.migrate_plan.down_report import DownReport
    from atlas.engine.schema_ports import DevDatabase, SchemaDriver
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.passing import Pass

STORING = "StoringDirState"
_SERVER_WIDE_LOCKS = frozenset({"mysql", "mariadb"})


def go_down(run: Pass) -> Outcome | None:
    """Take back what the database has and the directory lacks.

    Raises:
        ProtectedFlow: The directory is empty.
        HistoryError: Nothing knows the files that are to be taken back.
        PolicyRefused: A table or column that would go holds rows; nothing ran.
    """
    if not is_ahead(run):
        return None
    if not run.status.available:
        raise ProtectedFlow(
            "the directory is empty, and going down would take back everything: leave the first file in it"
        )
    full = _full_directory(run)
    waiting = find_dev(run)
    if waiting is not None:
        return waiting
    driver = run.ports.dialects.schema_driver(run.database.dialect.name)
    with opened_dev(run, driver) as dev:
        return _go(run, full, driver, dev)


def with_directory_kept(run: Pass, outcome: Outcome) -> Outcome:
    """Keep the directory that was applied, for the way back. Failing to is a failure only where that is allowed."""
    states = run.ports.directory_states
    if not isinstance(outcome, Ready) or run.reference is not None or states is None:
        return outcome
    try:
        states.store(run.resource, pack(to_entries(run.directory)))
    except AtlasError as error:
        if run.spec.down.allow:
            return Failed(STORING, f"the directory was applied, and could not be kept: {error}", error.retry)
        run.ports.warn(
            f"the directory of {run.resource.name} was not kept, so there is no way down from it: {error}"
        )
    return outcome


def _full_directory(run: Pass) -> Directory:
    """The latest directory of the repository, or the one that was kept after the last success."""
    if run.reference is not None:
        return run.ports.registry.pull(run.registry, Reference(run.reference.slug))
    states = run.ports.directory_states
    archive = states.load(run.resource) if states else None
    if archive is None:
        raise HistoryError(
            "unable to downgrade, no dir-state found: the operator keeps the directory of each success, and has none "
            "of this resource; give the directory with the later files once more, or go down by 'atlas migrate down'"
        )
    return from_entries(unpack(archive))


def _go(run: Pass, full: Directory, driver: SchemaDriver, dev: DevDatabase) -> Outcome:
    ports = DownPorts(
        driver=driver,
        dev=dev,
        scope=Scope(bound=run.target.schema),
        probe=run.ports.dialects.row_probe(run.database),
        clock=run.ports.clock,
    )
    options = DownOptions(
        to_version=run.status.available[-1].version,
        revisions_schema=run.spec.revisions_schema,
        lock_timeout_s=0,
        operator_version=run.ports.operator_version,
    )
    plan = plan_down(full, run.database, options, ports)
    run.session = run.database.session
    announce(run)
    try:
        report = run_down(plan, run.database, options, ports, should_stop=run.progress.should_stop)
    except PolicyRefused as error:
        raise PolicyRefused(f"{error} of 'atlas migrate down'") from error
    except LockNotAcquired as error:
        return Contended() if run.target.driver in _SERVER_WIDE_LOCKS else failed_by(error)
    return _outcome(run, report)


def _outcome(run: Pass, report: DownReport) -> Outcome:
    if isinstance(report.error, StoppedEarly):
        return Stopped()
    return failed_by(report.error, pending=0) if report.error else read_back(run, "")
