"""PG3: changes that rewrite or scan a table while a lock keeps its readers or writers away.

Which change does what is in https://www.postgresql.org/docs/current/sql-altertable.html, under Notes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.postgres.lint.rewrites import keeps_rows
from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding, SuggestedFix
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Key, Kind, Modify
from atlas.schema.objects import Routine
from atlas.schema.table import Check, Column, ForeignKey, PrimaryKey, Table, Trigger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change, Realm

_EXCLUSIVE = "while an ACCESS EXCLUSIVE lock blocks reads and writes"
_VOLATILE = re.compile(
    r"\b(random|random_normal|gen_random_uuid|uuidv4|uuidv7|uuid_generate_v1|uuid_generate_v1mc|uuid_generate_v4|"
    r"clock_timestamp|timeofday|nextval|setseed|gen_random_bytes|gen_salt)\s*\(",
    re.IGNORECASE,
)
_NOT_VALID_TEXT = re.compile(r"\bNOT\s+VALID\b", re.IGNORECASE)
_SET_NOT_NULL = re.compile(r"\bSET\s+NOT\s+NULL\b", re.IGNORECASE)
_SERIAL = frozenset({"smallserial", "serial", "bigserial"})
_STEPWISE = SuggestedFix("Add the column without it, fill it in batches, and set the default afterwards")
_NOT_VALID = SuggestedFix("Add the constraint with NOT VALID, and VALIDATE it in a later file")
_CHECKED = SuggestedFix(
    "Add CHECK (… IS NOT NULL) NOT VALID, VALIDATE it in a later file, and set NOT NULL after that"
)


def blocking_change() -> Analyzer:
    """The analyzer."""
    return Analyzer("blocking_change", "blocking table changes detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    for statement, change in view.changes():
        for code, text, fixes in _found(view, statement, change):
            yield Finding(code, text, statement.position, (change.key,), fixes)


_Found = tuple[str, str, tuple[SuggestedFix, ...]]


def _found(view: FileView, statement: LintStatement, change: Change) -> Iterator[_Found]:
    key, table = change.key, quote(change.key.relation or change.key.name)
    match change:
        case Add(desired=Column() as column):
            yield from _added(column, table, statement.after)
        case Modify(current=Column() as current, desired=Column() as desired):
            yield from _modified(view, statement, key, current, desired)
        case Add(desired=PrimaryKey() as primary):
            yield from _primary_key(view, statement, key, primary)
        case Add(desired=Check(validated=True) as check) if not _is_later(statement):
            text = (
                f"Adding check constraint {quote(check.name)} on table {table} scans the table {_EXCLUSIVE}"
            )
            yield "PG305", text, (_NOT_VALID,)
        case Add(desired=ForeignKey(validated=True) as foreign_key) if not _is_later(statement):
            text = (
                f"Adding foreign-key constraint {quote(foreign_key.name)} on table {table} scans the table while "
                f"writes to it and to {quote(foreign_key.ref_table)} are blocked"
            )
            yield "PG306", text, (_NOT_VALID,)
        case Modify(desired=Table()) if "unlogged" in change.fields:
            yield "PG307", f"Changing the logging of table {table} rewrites it {_EXCLUSIVE}", ()
        case Add(desired=Trigger() as trigger):
            text = f"Creating trigger {quote(trigger.name)} acquires a SHARE ROW EXCLUSIVE lock on table {table}, blocking writes"
            yield "PG308", text, ()
        case _:
            pass


def _is_later(statement: LintStatement) -> bool:
    """The statement of a plan that only announces the change: rows are looked at by one that lets others work."""
    return bool(_NOT_VALID_TEXT.search(statement.text)) and not _SET_NOT_NULL.search(statement.text)


def _added(column: Column, table: str, after: Realm) -> Iterator[_Found]:
    name = quote(column.name)
    if column.generated is not None and column.generated.stored:
        yield "PG309", f"Adding stored generated column {name} rewrites table {table} {_EXCLUSIVE}", ()
    elif column.identity is not None:
        yield "PG310", f"Adding identity column {name} rewrites table {table} {_EXCLUSIVE}", ()
    elif column.type in _SERIAL or _is_volatile(column.default, after):
        text = f"Adding column {name} with a volatile default rewrites table {table} {_EXCLUSIVE}"
        yield "PG302", text, (_STEPWISE,)


def _is_volatile(expression: str | None, after: Realm) -> bool:
    if not expression:
        return False
    if _VOLATILE.search(expression):
        return True
    return any(
        routine.volatility == "VOLATILE" and re.search(rf"\b{re.escape(routine.name)}\"?\s*\(", expression)
        for routine in after.of(Routine)
    )


def _modified(
    view: FileView, statement: LintStatement, key: Key, current: Column, desired: Column
) -> Iterator[_Found]:
    table = quote(key.relation)
    if current.type != desired.type and not keeps_rows(current.type, desired.type):
        text = (
            f"Changing column {quote(key.name)} from {quote(current.type)} to {quote(desired.type)} rewrites table "
            f"{table} and its indexes {_EXCLUSIVE}"
        )
        yield "PG301", text, ()
    if current.null and not (desired.null or _is_later(statement) or _is_checked(view, statement, key)):
        text = f"Modifying nullable column {quote(key.name)} to non-nullable scans table {table} {_EXCLUSIVE}"
        yield "PG303", text, (_CHECKED,)


def _primary_key(view: FileView, statement: LintStatement, key: Key, primary: PrimaryKey) -> Iterator[_Found]:
    before = view.objects(statement.before)
    for part in primary.parts:
        column_key = Key(Kind.COLUMN, key.schema, key.relation, part.column)
        column = before.get(column_key)
        if isinstance(column, Column) and column.null and not _is_checked(view, statement, column_key):
            text = (
                f"Adding a PRIMARY KEY on nullable column {quote(part.column)} implicitly sets it to NOT NULL, which "
                f"scans table {quote(key.relation)} {_EXCLUSIVE}"
            )
            yield "PG304", text, (_CHECKED,)


def _is_checked(view: FileView, statement: LintStatement, key: Key) -> bool:
    """A validated check says that the column is never NULL: PostgreSQL 12 and later believe it."""
    says_so = re.compile(rf"(?<![\w\"])\"?{re.escape(key.name)}\"?\s+IS\s+NOT\s+NULL\b", re.IGNORECASE)
    return any(
        isinstance(item, Check)
        and item.validated
        and (found.schema, found.relation) == (key.schema, key.relation)
        and says_so.search(item.expr)
        and not re.search(r"\bOR\b", item.expr, re.IGNORECASE)
        for found, item in view.objects(statement.before).items()
    )
