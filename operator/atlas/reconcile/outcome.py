"""How a pass over a resource may end: a closed family that ``conditions`` turns into a status.

No Kubernetes words here and no delays: what to write is ``conditions``, when to come back is ``retries``.
"""

from __future__ import annotations

from dataclasses import dataclass

from atlas.errors import (
    AtlasError,
    ChecksumMismatch,
    DevInUse,
    LockNotAcquired,
    Retry,
    StatementInterrupted,
)
from atlas.reconcile import resource

APPLIED = "Applied"
RECONCILING = "Reconciling"
SUSPENDED = "Suspended"


@dataclass(frozen=True, slots=True)
class Source:
    """Where the desired state came from.

    Attributes:
        url: The registry's address, that of a backup as people are shown it, ``local`` or ``configmap/NAME``.
        pushed_at: Of a backup: when what it gave was pushed, RFC 3339 in UTC.
        reason: Of a backup: why it was asked.
    """

    url: str
    pushed_at: str = ""
    reason: str = ""

    @property
    def is_backup(self) -> bool:
        """A backup stood in for the registry."""
        return bool(self.pushed_at)


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A ready resource whose input and database are as the status says: nothing is written, but where the input came from.

    Attributes:
        doubt: Why the check could not be made, '' when it was. An outage alone does not end readiness.
    """

    doubt: str = ""
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Rehashed:
    """A ready resource whose input looks different and needs no work: only the hash is written."""

    observed_hash: str
    source: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The database has every file of the directory.

    Attributes:
        version: Version of the last applied file, '' for an empty directory.
        applied_at_s: When that file was applied, in seconds since 1970; 0 when there is none.
        deployment_url: Page of this run in the registry, '' when it was not reported.
    """

    version: str
    applied_at_s: int
    observed_hash: str
    source: Source | None = None
    deployment_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemaReady:
    """The database has the desired schema.

    Attributes:
        schema_hash: Fingerprint of the schema as it was read afterwards.
        applied_at_s: When something was last changed, in seconds since 1970.
        message: What was done, for a person; masked.
        news: What to tell in an Event, '' for nothing.
        plan_url, plan_link: The approved plan that was run, and its page; '' for a plan of our own.
        source: Only of a pushed state.
        pushed_state: Which pushed state it was, as ``slug@sha256:…``; '' for any other.
    """

    observed_hash: str
    schema_hash: str
    applied_at_s: int
    message: str
    news: str = ""
    plan_url: str = ""
    plan_link: str = ""
    source: Source | None = None
    pushed_state: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something else has to be there first: not counted, looked at again soon, for ever.

    Attributes:
        news: Reason and message of Events that tell what was done about it.
        plan_url, plan_link: The plan that a person has to approve, and its page; '' for other waits.
    """

    reason: str
    message: str
    news: tuple[tuple[str, str], ...] = ()
    plan_url: str = ""
    plan_link: str = ""


@dataclass(frozen=True, slots=True)
class Contended:
    """Somebody else holds the lock of the target: come back soon, count nothing, hold no thread meanwhile."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Asked to stop between two statements; the next pass carries on from there."""


@dataclass(frozen=True, slots=True)
class Suspended:
    """``spec.suspend`` is set: nothing is read and nothing is done."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The resource is being deleted: the database stays as it is."""


@dataclass(frozen=True, slots=True)
class Failed:
    """The pass ended early. ``message`` is masked; ``pending`` is None when it is not known.

    ``is_locked_out`` where the lock of runs in the target is in other hands.
    """

    reason: str
    message: str
    retry: Retry
    pending: int | None = None
    is_locked_out: bool = False


Outcome = (
    Unchanged | Rehashed | Ready | SchemaReady | Waiting | Contended | Stopped | Suspended | Gone | Failed
)


def failed_by(error: AtlasError, *, pending: int | None = None) -> Failed:
    """The outcome of an error raised on purpose. Bytes that are no text are replaced: a status must be JSON."""
    message = str(error).strip()
    if isinstance(error, ChecksumMismatch) and error.detail:
        message = f"{message}: {error.detail}"
    if isinstance(error, StatementInterrupted):
        message = f"{message}; then give the annotation {resource.REQUESTED_AT} a new value"
    readable = message.encode(errors="replace").decode()
    is_locked_out = isinstance(error, LockNotAcquired) and not isinstance(error, DevInUse)
    return Failed(error.reason, readable, error.retry, pending, is_locked_out)
