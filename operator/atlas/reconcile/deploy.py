"""The second half of a pass: the open database against the directory, and the pending files run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.apply.events import FileDone, RunStarted
from atlas.engine.apply.options import ApplyOptions, ExecOrder
from atlas.engine.apply.run import apply_pending
from atlas.engine.deployment import Deployment, deployment_report
from atlas.engine.history.status import read_status
from atlas.engine.mask import mask_text
from atlas.errors import AtlasError, LockNotAcquired, NotVerified, ProtectedFlow, Unavailable
from atlas.errors import Stopped as StoppedEarly
from atlas.reconcile.backups import source_of
from atlas.reconcile.outcome import Contended, Failed, Ready, Rehashed, Stopped, Unchanged, failed_by

if TYPE_CHECKING:
    from atlas.engine.apply.events import Event
    from atlas.engine.apply.report import ApplyReport
    from atlas.reconcile.outcome import Outcome, Source
    from atlas.reconcile.passing import Pass

_SERVER_WIDE_LOCKS = frozenset({"mysql", "mariadb"})


def compare(run: Pass) -> None:
    """Read where the target stands: one query."""
    run.status = read_status(run.directory, run.database, run.spec.revisions_schema)


def stop_if_nothing_pending(run: Pass) -> Outcome | None:
    """Nothing to run is a success; what was ready before is not even written again, unless it names another version."""
    if not _is_complete(run) or is_ahead(run):
        return None
    if not run.resource.is_settled:
        return _ready(run, url="")
    found = _ready(run, url="")
    if run.resource.status.get("lastAppliedVersion", "") != found.version:
        return found
    return Unchanged(source=found.source) if run.is_unchanged else Rehashed(run.observed_hash, found.source)


def stop_if_backup_is_behind(run: Pass) -> Unchanged | None:
    """A backup may lack what was pushed last, so it never takes a database back: that waits for the registry.

    Raises:
        Unavailable: Nobody knows which files there should be.
    """
    if run.fallback is None or not is_ahead(run):
        return None
    message = (
        f"{run.fallback.source} has fewer files than the database, and a backup never takes a database back: this waits for "
        f"the registry. {run.fallback.reason}"
    )
    if run.resource.is_settled:
        return Unchanged(doubt=mask_text(message, run.secrets))
    raise Unavailable(message)


def refuse_down(run: Pass) -> Failed | None:
    """More applied than available: files are gone, and only a way back could make the two agree."""
    if not is_ahead(run) or run.spec.down.allow:
        return None
    message = "migrate down is not allowed, set `migrateDown.allow` to true to allow downgrade"
    return failed_by(ProtectedFlow(message), pending=0)


def announce(run: Pass) -> None:
    """Say that work begins, before the first statement is sent."""
    run.progress.announce()
    run.has_announced = True


def apply_files(run: Pass) -> Outcome:
    """Run what is pending under the lock, and read back what the target says afterwards."""
    done = _Counter(run)
    try:
        report = apply_pending(
            run.directory,
            run.database,
            _options(run),
            clock=run.ports.clock,
            observe=done.see,
            should_stop=run.progress.should_stop,
        )
    except LockNotAcquired as error:
        # NB: GET_LOCK spans the whole server: one resource waits for all others there, which is no failure.
        return Contended() if run.target.driver in _SERVER_WIDE_LOCKS else failed_by(error)
    url = _reported(run, report)
    if isinstance(report.error, StoppedEarly):
        return Stopped()
    if report.error:
        return failed_by(report.error, pending=done.left)
    return read_back(run, url)


class _Counter:
    """Counts complete files for the progress of a run."""

    def __init__(self, run: Pass) -> None:
        self._progress = run.progress
        self._done = 0
        self._total = len(run.status.pending)

    @property
    def left(self) -> int:
        return self._total - self._done

    def see(self, event: Event) -> None:
        match event:
            case RunStarted():
                self._total = event.files
            case FileDone():
                self._done += 1
            case _:
                return
        self._progress.files(self._done, self._total)


def read_back(run: Pass, url: str) -> Outcome:
    """Ready, if the target says so."""
    compare(run)
    if _is_complete(run):
        return _ready(run, url)
    lacking = (*run.status.pending, *run.status.out_of_order)
    left = ", ".join(file.name for file in lacking[:3])
    return failed_by(
        NotVerified(
            f"the run succeeded, and read back from the database it still lacks {left}: "
            "make sure that nothing else changes atlas_schema_revisions or takes the place of the database"
        ),
        pending=len(lacking),
    )


def _is_complete(run: Pass) -> bool:
    missed = run.status.out_of_order if run.spec.exec_order is not ExecOrder.LINEAR_SKIP else ()
    return not run.status.pending and not missed


def is_ahead(run: Pass) -> bool:
    """The database has files that the directory lacks."""
    status = run.status
    return not status.pending and len(status.available) < len(status.applied)


def _ready(run: Pass, url: str) -> Ready:
    last = run.status.applied[-1] if run.status.applied else None
    return Ready(
        version=last.version if last else "",
        applied_at_s=int(last.executed_at.timestamp()) if last else 0,
        observed_hash=run.observed_hash,
        source=_source(run),
        deployment_url=url,
    )


def _source(run: Pass) -> Source:
    return source_of(run.source, run.fallback)


def _options(run: Pass) -> ApplyOptions:
    return ApplyOptions(
        exec_order=run.spec.exec_order,
        tx_mode=run.spec.tx_mode,
        baseline=run.spec.baseline,
        allow_dirty=run.spec.allow_dirty,
        revisions_schema=run.spec.revisions_schema,
        lock_timeout_s=0,
        operator_version=run.ports.operator_version,
    )


def _reported(run: Pass, report: ApplyReport) -> str:
    """Tell the registry that the files came from; a registry that does not listen changes nothing."""
    slug = run.reference.slug if run.reference else run.spec.repository
    if not slug or not run.registry.url:
        return ""
    try:
        deployment = Deployment(
            project=run.registry.project,
            env=run.spec.environment,
            directory=slug,
            tag=run.reference.tag if run.reference else "",
            target_id=run.database.revisions(run.spec.revisions_schema or None).target_id(),
            url=run.target,
            version=run.ports.operator_version,
            context={"triggerType": "KUBERNETES", "triggerVersion": run.ports.operator_version},
        )
        return run.ports.registry.report(run.registry, deployment_report(report, deployment))
    except AtlasError as error:
        run.ports.warn(f"the run was not reported to {run.registry.url}: {error}")
        return ""
