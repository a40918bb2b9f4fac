"""What the engine needs of the world: one protocol for each, and no implementation.

``drivers`` implement them for databases; fakes implement them for tests; a contract suite keeps both honest.
Everything is synchronous. A thread cannot be cancelled, so a session has ``cancel``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from atlas.record import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from atlas.engine.answer import Answer
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.history.revisions import Revision
    from atlas.engine.scan import ScanOptions


class Timeout(NamedTuple):
    """A setting of a session: the statement that sets it, and the one that gives the server's own value back."""

    set: str
    reset: str


def no_timeouts(_lock_timeout_s: float | None, _statement_timeout_s: float | None) -> tuple[Timeout, ...]:
    """Of a server on which a statement has no timeouts of its own."""
    return ()


def nothing_set(_statements: Sequence[str]) -> tuple[str, ...]:
    """Of a server whose sessions have no settings that a statement changes."""
    return ()


@dataclass(frozen=True, slots=True)
class Dialect:
    """What the executor must know of a kind of server.

    Attributes:
        name: ``postgres``, ``mysql``, ``mariadb`` or ``sqlite``: the words of reports.
        scan_options: How its scripts are cut into statements.
        commits_implicitly: Whether this statement may end a transaction on this server by itself (DDL on
            MySQL). It may say True too often, never too seldom.
        timeouts: What sets a timeout for locks and one for statements, each in seconds, None for neither.
        settings_of: Of the statements of a file that are complete, those that another session needs again (``USE``,
            ``SET``), in order: none does anything but set how its session reads what follows. It may leave out one too
            many, never take in one that was undone or is another thing the second time.
    """

    name: str
    scan_options: ScanOptions
    commits_implicitly: Callable[[str], bool]
    timeouts: Callable[[float | None, float | None], tuple[Timeout, ...]] = no_timeouts
    settings_of: Callable[[Sequence[str]], tuple[str, ...]] = nothing_set


class Session(Protocol):
    """One session of a database server; the lock, the statements and the revision rows share it.

    Errors are translated at this wall: ``StatementFailed`` when the *server answered* with a refusal (the
    statement did not take effect), ``ConnectFailed`` when the connection broke (nobody knows).
    """

    def execute(self, statement: str) -> None:
        """Run one statement of a person, as written. No timeout unless one is configured."""

    def begin(self) -> None:
        """Start a transaction; without one, each statement commits by itself. May wait for the first statement."""

    def commit(self) -> None:
        """Commit; when the server refuses, nothing of the transaction is left and none is open."""

    def rollback(self) -> None:
        """Undo; harmless when the server has ended the transaction by itself."""

    def cancel(self) -> None:
        """Ask the server, from another thread, to end the running statement. Never raises."""

    def close(self) -> None:
        """Close the connection; session locks go with it. Never raises, may be called twice."""


class RevisionStore(Protocol):
    """The table ``atlas_schema_revisions`` in one schema of the target, through the same session."""

    def ensure(self) -> None:
        """Create the table, or add the columns it lacks. Writes nothing when it is as it should be."""

    def read(self) -> tuple[Revision, ...]:
        """All revisions by version (code points), without the identifier row; () when there is no table."""

    def write(self, revision: Revision) -> None:
        """Insert or replace the row of this version; inside a transaction it may wait for the commit.

        Outside a transaction it is permanent on return: an announcement must be, before its statement is sent.
        """

    def delete(self, versions: Sequence[str]) -> None:
        """Remove the rows of these versions; a version without a row is no error."""

    def target_id(self) -> str:
        """The UUID of the target, made and stored on the first call; needs the table."""


class Database(Protocol):
    """An open target. ``drivers.open_driver`` makes one; close its session to let go of it."""

    @property
    def url(self) -> DatabaseURL: ...

    @property
    def dialect(self) -> Dialect: ...

    @property
    def session(self) -> Session: ...

    def revisions(self, schema: str | None) -> RevisionStore:
        """The store in ``schema``; None means the schema of the URL, else ``atlas_schema_revisions``.

        Raises:
            SpecError: SQLite has no such schema, or the table is ambiguous (found elsewhere).
        """

    def try_lock(self, name: str) -> bool:
        """Take the named lock for this session, at once or not at all. Released by ``unlock`` or the session's end."""

    def unlock(self, name: str) -> None: ...

    def holds_lock(self, name: str) -> bool:
        """Whether this session still holds the named lock: a person's statement may have let go of it."""

    def ask(self, question: str) -> Answer:
        """Put one query of a person in the transaction that is open, else in one of its own, and change nothing.

        Whatever it writes is refused by the server or undone.

        Raises:
            StatementFailed: The server refused it; an open transaction goes on as it was.
            ConnectFailed: The connection broke.
        """

    def dirt(self, revisions_schema: str | None) -> str | None:
        """Why this database is not clean for a first run (``found table "t" in schema "s"``), None when it is."""


class Clock(Protocol):
    """Time, passed in so that tests can hold it."""

    def now(self) -> datetime:
        """The current time, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds of a clock that never goes back."""

    def sleep(self, seconds: float) -> None: ...
