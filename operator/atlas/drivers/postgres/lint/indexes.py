"""PG1: indexes and their constraints that block a table while they are built or dropped.

Locks are those of https://www.postgresql.org/docs/current/explicit-locking.html.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.checks.transactions import head
from atlas.engine.lint.findings import Finding, SuggestedFix
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Drop
from atlas.schema.table import Index, PrimaryKey, Unique

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change

_CONCURRENTLY = re.compile(r"\b(?:CREATE\s+(?:UNIQUE\s+)?|DROP\s+)INDEX\s+CONCURRENTLY\b", re.IGNORECASE)
_DROP_INDEX = re.compile(r"DROP\s+INDEX\b", re.IGNORECASE)
_USING_INDEX = re.compile(r"\bUSING\s+INDEX\b(?!\s+TABLESPACE\b)", re.IGNORECASE)
_NO_TRANSACTION = SuggestedFix("Put `-- atlas:txmode none` and an empty line at the head of the file")


def concurrent_index() -> Analyzer:
    """The analyzer; ``check_create``, ``check_drop`` and ``check_txmode`` switch its parts off."""
    return Analyzer("concurrent_index", "concurrent index violations detected", _check)


def _check(view: FileView, settings: AnalyzerSettings) -> Iterator[Finding]:
    concurrent = any(_CONCURRENTLY.match(head(statement.text)) for statement in view.file.statements)
    if concurrent and view.file.in_transaction and settings.is_on("check_txmode"):
        text = (
            "Indexes cannot be created or deleted concurrently within a transaction. Add the `atlas:txmode none` "
            "directive to the header to prevent this file from running in a transaction"
        )
        yield Finding("PG103", text, 0, fixes=(_NO_TRANSACTION,))
    for statement, change in view.changes():
        if settings.is_on("check_create"):
            yield from _created(statement, change)
        if settings.is_on("check_drop"):
            yield from _dropped(statement, change)


def _created(statement: LintStatement, change: Change) -> Iterator[Finding]:
    table = quote(change.key.relation)
    match change:
        case Add(desired=Index() as index) if not index.attached_to and not _is_concurrent(statement):
            text = (
                f"Creating index {quote(index.name)} non-concurrently causes write locks on the {table} table"
            )
            yield Finding("PG101", text, statement.position, (change.key,), (_fix("Create", index.name),))
        case Add(desired=PrimaryKey()) if not _USING_INDEX.search(statement.text):
            text = (
                f"Adding a PRIMARY KEY constraint on table {table} acquires an ACCESS EXCLUSIVE lock, blocking reads "
                "and writes while its index is built"
            )
            yield Finding("PG104", text, statement.position, (change.key,), (_constraint_fix("PRIMARY KEY"),))
        case Add(desired=Unique() as unique) if not _USING_INDEX.search(statement.text):
            text = (
                f"Adding UNIQUE constraint {quote(unique.name)} on table {table} acquires an ACCESS EXCLUSIVE lock, "
                "blocking reads and writes while its index is built"
            )
            yield Finding("PG105", text, statement.position, (change.key,), (_constraint_fix("UNIQUE"),))
        case _:
            pass


def _dropped(statement: LintStatement, change: Change) -> Iterator[Finding]:
    match change:
        case Drop(current=Index() as index) if _DROP_INDEX.match(head(statement.text)):
            if not _is_concurrent(statement):
                text = (
                    f"Dropping index {quote(index.name)} non-concurrently causes write locks on the "
                    f"{quote(change.key.relation)} table"
                )
                yield Finding("PG102", text, statement.position, (change.key,), (_fix("Drop", index.name),))
        case _:
            pass


def _is_concurrent(statement: LintStatement) -> bool:
    return _CONCURRENTLY.match(head(statement.text)) is not None


def _fix(verb: str, name: str) -> SuggestedFix:
    return SuggestedFix(
        f"{verb} index {quote(name)} with CONCURRENTLY, in a file of its own with `-- atlas:txmode none`"
    )


def _constraint_fix(kind: str) -> SuggestedFix:
    return SuggestedFix(
        f"Create a unique index CONCURRENTLY first, then add the constraint with {kind} USING INDEX"
    )
