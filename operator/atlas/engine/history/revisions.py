"""The rows of ``atlas_schema_revisions``: what a target remembers of its own history.

Only the data and what can be read off one row. Storing rows is a port (``engine.ports.RevisionStore``);
deciding what follows from them is ``engine.pending``. The table is byte-compatible with the Go tools, so
that either side can continue where the other stopped.
"""

from __future__ import annotations

from enum import IntFlag
from typing import TYPE_CHECKING

from atlas.errors import ApplyError
from atlas.record import dataclass

if TYPE_CHECKING:
    from datetime import datetime

TABLE_NAME = "atlas_schema_revisions"
IDENTIFIER_VERSION = ".atlas_cloud_identifier"
"""Version of the one row that is no revision: its description is the UUID of the target."""
AMBIGUOUS_TABLE = """\
We couldn't find a revision table in the connected schema but found one in
the schema 'atlas_schema_revisions' and cannot determine the desired behavior.

As a safety guard, we require you to specify whether to use the existing
table in 'atlas_schema_revisions' or create a new one in the connected schema
by providing the '--revisions-schema' flag or deleting the 'atlas_schema_revisions'
schema if it is unused.

ambiguous revision table"""
"""What a store says of a schema-bound target whose table is where an unbound URL would have put it."""


class RevisionType(IntFlag):
    """How a row came to be; the numbers are stored."""

    BASELINE = 1
    EXECUTE = 2
    RESOLVED = 4

    @property
    def text(self) -> str:
        """The word that ``migrate status`` prints, as the Go tools spell it."""
        words = {1: "baseline", 2: "applied", 4: "manually set", 6: "applied + manually set"}
        return words.get(int(self), f"unknown ({int(self):04b})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One row. ``version`` is the key and rows are ordered by it as text.

    Attributes:
        applied: Statements known to be complete, counted from the start of the file.
        total: Statements of the file when its last run began.
        execution_time_ns: Nanoseconds spent on the file, over all its runs.
        error: The server's message for a statement that failed, else ''.
        error_stmt: The failed statement; with an empty ``error`` the statement that was *announced* before
            it ran outside a transaction, and whose completion is not recorded yet.
        hash: The file's entry of ``atlas.sum`` without ``h1:``.
        partial_hashes: ``h1:``-prefixed cumulative statement hashes up to ``applied``; None once complete.
    """

    version: str
    description: str
    type: RevisionType = RevisionType.EXECUTE
    applied: int = 0
    total: int = 0
    executed_at: datetime
    execution_time_ns: int = 0
    error: str = ""
    error_stmt: str = ""
    hash: str = ""
    partial_hashes: tuple[str, ...] | None = None
    operator_version: str

    @property
    def is_partial(self) -> bool:
        """Some statements of the file are not recorded as complete."""
        return self.applied != self.total

    @property
    def is_interrupted(self) -> bool:
        """A statement was announced and nobody recorded its end: it ran, or it did not."""
        return self.is_partial and bool(self.error_stmt) and not self.error


def left_open(version: str) -> ApplyError:
    """The error of a file that is at its end inside a transaction of its own: a complete row would be a lie."""
    return ApplyError(
        f"version {version} ends with a transaction open that one of its statements began: "
        "add the COMMIT that it lacks; nothing of it is recorded as complete"
    )
