"""One connection to a SQLite file: statements, transactions, and foreign keys held back until the commit.

A table is rebuilt by dropping it, which deletes rows that others refer to; so, as in the Go tools, a
transaction runs with ``foreign_keys`` off and a commit is refused when it would add a violation.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from atlas.drivers.sqlite.errors import translated
from atlas.errors import StatementFailed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from atlas.drivers.sqlite.lock import Lock

_Violation = tuple[object, ...]
_GAP = r"(?:\s|;|--[^\n]*(?:\n|\Z)|/\*.*?\*/)"
_ENDS = re.compile(
    rf"{_GAP}*+(?:COMMIT|END|ROLLBACK)\b(?!{_GAP}+(?:TRANSACTION{_GAP}+)?TO\b)", re.IGNORECASE | re.DOTALL
)
_WOULD_END = (
    "the statement would end the transaction that the file runs in, with no revision written, and was not run: take it "
    "out, or put `-- atlas:txmode none` at the head of a file that has its own BEGIN and COMMIT"
)


class SqliteSession:
    """A session; ``lock`` is let go of when it is closed."""

    def __init__(self, connection: sqlite3.Connection, lock: Lock, begin: str = "BEGIN") -> None:
        self.connection = connection
        self.lock = lock
        self._begin = begin
        self._is_open = False
        self._is_enforcing = False
        self._known_violations: frozenset[_Violation] = frozenset()

    @property
    def has_foreign_transaction(self) -> bool:
        """A transaction is open that a person's statement began."""
        return self.connection.in_transaction and not self._is_open

    def execute(self, statement: str) -> None:
        """Run one statement to its end; rows it gives are read and dropped."""
        if self._is_open and _ENDS.match(statement):
            raise StatementFailed(f"sqlite: {_WOULD_END}", statement=statement, text=_WOULD_END)
        with translated(statement):
            for _ in self.connection.execute(statement):
                pass
        if self._is_open and not self.connection.in_transaction:
            raise StatementFailed(
                "sqlite: the statement ended the transaction of its file",
                statement=statement,
                text="the statement ended the transaction of its file: remove it, or run the file outside of one",
            )

    def query(self, statement: str, values: Sequence[object] = ()) -> list[tuple[object, ...]]:
        """Run a query of the driver and return its rows."""
        with translated(statement):
            return self.connection.execute(statement, values).fetchall()

    def identifier(self, name: str) -> str:
        """A name in backticks, which no setting takes for a string."""
        return "`" + name.replace("`", "``") + "`"

    def begin(self) -> None:
        with translated(self._begin):
            self._is_enforcing = bool(self.query("PRAGMA foreign_keys")[0][0])
            if self._is_enforcing:
                self.connection.execute("PRAGMA foreign_keys = off")
            self.connection.execute(self._begin)
            self._is_open = True
            if self._is_enforcing:
                self._look_at_violations()

    def commit(self) -> None:
        """Commit.

        Raises:
            StatementFailed: A row refers to nothing that did refer to something before, or the library
                refuses; nothing of the transaction is left.
        """
        try:
            if self._is_enforcing:
                self._check_references()
            with translated("COMMIT"):
                self.connection.execute("COMMIT")
        except BaseException:
            self.rollback()
            raise
        self._ended()

    def rollback(self) -> None:
        with translated("ROLLBACK"):
            if self.connection.in_transaction:  # some errors end a transaction by themselves
                self.connection.execute("ROLLBACK")
        self._ended()

    def cancel(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.interrupt()

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self.connection.close()
        self.lock.release()

    def _ended(self) -> None:
        self._is_open = False
        if self._is_enforcing:
            self._is_enforcing = False
            self.query("PRAGMA foreign_keys = on")

    def _check_references(self) -> None:
        broken = sorted(self._violations() - self._known_violations, key=str)
        if broken:
            shown = " ".join(
                f"{{tbl:{table} ref:{parent} row:{row} index:{index}}}"
                for table, row, parent, index in broken
            )
            raise StatementFailed(
                f"sqlite: foreign key mismatch: [{shown}]",
                statement="COMMIT",
                text=f"sql/sqlite: foreign key mismatch: [{shown}]",
            )

    def _look_at_violations(self) -> None:
        """A foreign key without a unique parent breaks the check itself; the transaction may be there to mend it."""
        try:
            self._known_violations = self._violations()
        except StatementFailed:
            self._known_violations = frozenset()

    def _violations(self) -> frozenset[_Violation]:
        return frozenset(self.query("PRAGMA foreign_key_check"))
