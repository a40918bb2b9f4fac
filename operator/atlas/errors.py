"""Every error that Atlas raises on purpose, in one tree.

Each class says what to do next, not where it broke: ``reason`` is the CamelCase word that goes to a
condition, a report and the runbook page of the same name; ``retry`` says whether trying again can help.

    AtlasError                        never raised itself
    ├── UsageError                    a command line that cannot be understood
    ├── SpecError                     a resource or project file that cannot be understood
    ├── DesiredStateError
    │   ├── ParseError                a text (SQL, HCL, template) that does not parse
    │   ├── DirectoryError            a migration directory that is missing or malformed
    │   └── Unsupported               understood, and not served by this version
    ├── PlanError
    │   ├── CyclicChanges             changes that wait for each other in a circle
    │   ├── PolicyRefused
    │   ├── ApprovalPending           a person has to say yes first
    │   └── ProtectedFlow             going down needs a word of the resource's owner
    ├── ApplyError
    │   ├── StatementFailed           the server refused a statement
    │   ├── CheckFailed               a question that a file asks before it runs was not answered with true
    │   ├── StatementInterrupted      nobody knows whether a statement ran
    │   ├── LockNotAcquired
    │   │   ├── NoRoom                we have as many dev databases open as we may
    │   │   └── DevInUse              another run is in the dev database
    │   ├── Drifted                   the target is no longer what the plan was made for
    │   ├── NotVerified               read back after the run, the target is not where it should be
    │   └── Stopped                   asked to stop between two statements
    ├── HistoryError
    │   ├── ChecksumMismatch
    │   ├── NonLinear
    │   ├── HistoryChanged            an applied statement was edited
    │   └── Dirty                     a first run on a database that is not empty
    ├── TargetError
    │   ├── ConnectFailed
    │   └── AccessDenied
    └── RegistryError
        ├── NotFound
        ├── Conflict
        ├── Unauthorized
        ├── Forbidden                 the token is known, and may not do this
        ├── LoginRequired             no registry or token is configured
        ├── Rejected                  the registry refused the request for its content
        └── Unavailable

A message names the object, says what was expected and gives the next step. It never holds a password
or the values of a row. Doors map errors once each: the exit code in ``cli``, the HTTP status in
``server``, conditions and delays in ``handlers``.
"""

from __future__ import annotations

from enum import Enum
from typing import ClassVar


class Retry(Enum):
    """What trying again is worth."""

    NEVER = "never"
    """Only a change of the input can help."""
    BACKOFF = "backoff"
    """Counted in ``failed``, retried with growing delays up to ``backoffLimit``."""
    AFTER = "after"
    """An outage or contention: retried for ever, never counted as terminal."""


class AtlasError(Exception):
    """The root of the tree; catch it at a door, never raise it."""

    reason: ClassVar[str] = "Error"
    retry: ClassVar[Retry] = Retry.BACKOFF


class UsageError(AtlasError):
    reason = "Usage"
    retry = Retry.NEVER


class SpecError(AtlasError):
    reason = "ReadingMigrationData"


class DesiredStateError(AtlasError):
    reason = "ReadingMigrationData"


class ParseError(DesiredStateError):
    """A text that does not parse; the message has ``line:column`` where the place is known."""


class DirectoryError(DesiredStateError):
    """A migration directory that is missing, empty where it must not be, or malformed."""


class Unsupported(DesiredStateError):
    reason = "Unsupported"
    retry = Retry.NEVER


class PlanError(AtlasError):
    reason = "Planning"


class PolicyRefused(PlanError):
    reason = "PolicyRefused"
    retry = Retry.NEVER


class CyclicChanges(PlanError):
    reason = "CyclicChanges"
    retry = Retry.NEVER


class ApprovalPending(PlanError):
    reason = "ApprovalPending"
    retry = Retry.AFTER


class ProtectedFlow(PlanError):
    reason = "ProtectedFlowError"
    retry = Retry.BACKOFF


class ApplyError(AtlasError):
    reason = "Migrating"


class StatementFailed(ApplyError):
    """The server refused a statement; the driver's message is in ``text``, the SQL in ``statement``."""

    def __init__(self, message: str, *, statement: str, text: str) -> None:
        super().__init__(message)
        self.statement = statement
        self.text = text


class CheckFailed(ApplyError):
    """A check of a migration file did not hold, and nothing of the file ran.

    ``statement`` is the first check that did not, ``text`` what is to be said of all of them.
    """

    reason = "CheckFailed"

    def __init__(self, message: str, *, statement: str, text: str) -> None:
        super().__init__(message)
        self.statement = statement
        self.text = text


class StatementInterrupted(ApplyError):
    reason = "StatementInterrupted"
    retry = Retry.NEVER


class LockNotAcquired(ApplyError):
    reason = "LockNotAcquired"
    retry = Retry.AFTER


class NoRoom(LockNotAcquired):
    """We ourselves have as many dev databases open on a server as we may: come back soon, it is no failure."""


class DevInUse(LockNotAcquired):
    """Another run is in the dev database, which says nothing about the lock of runs in the target."""


class Drifted(ApplyError):
    reason = "Drifted"


class NotVerified(ApplyError):
    reason = "NotVerified"


class Stopped(ApplyError):
    reason = "Stopped"
    retry = Retry.AFTER


class HistoryError(AtlasError):
    reason = "Migrating"


class ChecksumMismatch(HistoryError):
    """``atlas.sum`` is missing or does not match the files. ``detail`` is the line for a person, or ''."""

    reason = "ChecksumMismatch"

    def __init__(self, message: str, *, detail: str = "") -> None:
        super().__init__(message)
        self.detail = detail


class NonLinear(HistoryError):
    pass


class HistoryChanged(HistoryError):
    pass


class Dirty(HistoryError):
    pass


class TargetError(AtlasError):
    reason = "Connecting"


class ConnectFailed(TargetError):
    reason = "ConnectFailed"
    retry = Retry.AFTER


class AccessDenied(TargetError):
    reason = "AccessDenied"


class RegistryError(AtlasError):
    """``is_foreign``: what answered is no registry, or not a path of one, so that another address may help."""

    reason = "Registry"

    def __init__(self, message: str, *, is_foreign: bool = False) -> None:
        super().__init__(message)
        self.is_foreign = is_foreign


class NotFound(RegistryError):
    reason = "NotFound"


class Conflict(RegistryError):
    reason = "Conflict"


class Unauthorized(RegistryError):
    reason = "Unauthorized"


class Forbidden(RegistryError):
    reason = "Forbidden"


class LoginRequired(RegistryError):
    reason = "LoginRequired"


class Rejected(RegistryError):
    """The registry answered 4xx (other than the ones above) or with GraphQL errors."""

    reason = "Rejected"


class Unavailable(RegistryError):
    reason = "Unavailable"
    retry = Retry.AFTER
