"""Statements that were announced and whose end nobody recorded: saying so, and naming the two ways on.

A statement outside a transaction is announced in its revision row before it is sent. A process that dies
before the row is written again leaves the announcement: the statement ran, or it did not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import StatementInterrupted

if TYPE_CHECKING:
    from atlas.engine.history.revisions import Revision


def explain(row: Revision) -> str:
    """What is known of an interrupted row, and what a person can do."""
    return (
        f'statement {row.applied + 1} of version "{row.version}" was started, and a crash or a lost connection kept '
        f"its end from being recorded: {row.error_stmt} -- look in the database whether it took effect; "
        "if it did, continue with 'atlas migrate apply … --interrupted applied'; "
        "if it did not, with 'atlas migrate apply … --interrupted rerun'"
    )


def interrupted_error(row: Revision) -> StatementInterrupted:
    """The error that stops a run before it does anything."""
    return StatementInterrupted(explain(row))
