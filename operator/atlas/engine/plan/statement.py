"""One statement of a plan, with everything that is known of it before it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from atlas.engine.plan.hazard import Hazard
    from atlas.schema import Change


@dataclass(frozen=True, slots=True)
class SqlText:
    """SQL without its final semicolon, that may be shown on one line or indented.

    ``CREATE TABLE "t" (`` is the head, a column or constraint an item, ``) PARTITION BY …`` the tail. A text
    without items is its head alone.
    """

    head: str
    items: tuple[str, ...] = ()
    tail: str = ""

    def text(self, indent: str = "") -> str:
        """On one line, or with each item on a line of its own behind ``indent``."""
        if not self.items:
            return self.head + self.tail
        if not indent:
            return f"{self.head}{', '.join(self.items)}{self.tail}"
        lines = ",\n".join(f"{indent}{item}" for item in self.items)
        return f"{self.head}\n{lines}\n{self.tail}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedStatement:
    """A statement.

    Attributes:
        sql: What is run.
        comment: As the Go tools word it, in lower case at the start: ``create "t" table``.
        changes: The changes that it makes or helps to make; () for a frame such as SQLite's PRAGMAs.
        hazards: What it can cost.
        reverse: Statements that undo it, run in this order; () where nothing can bring back what it takes.
        in_transaction: False for what the server refuses inside of one.
        with_next: It takes effect together with the statement behind it, whatever the transactions of a run: between
            the two, rows or objects that stay are under another name, or nowhere.
        leaves_trace: False for what a person does to rows: no schema tells afterwards whether it ran.
        lock_timeout_s: How long to wait for a lock before giving up; None leaves the server's setting.
        statement_timeout_s: How long it may run; None leaves the server's setting.
    """

    sql: SqlText
    comment: str
    changes: tuple[Change, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    reverse: tuple[SqlText, ...] = ()
    in_transaction: bool = True
    with_next: bool = False
    leaves_trace: bool = True
    lock_timeout_s: float | None = None
    statement_timeout_s: float | None = None

    def text(self, indent: str = "") -> str:
        """The SQL without its semicolon."""
        return self.sql.text(indent)
