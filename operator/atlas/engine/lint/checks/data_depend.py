"""MF: changes that succeed on an empty table, and may fail on one with rows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding
from atlas.engine.lint.narrowing import Loss, narrowing
from atlas.engine.lint.words import columns
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Key, Kind, Modify
from atlas.schema.table import Column, Index, Unique

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change

    NotNull = Callable[[LintStatement, Key, Column], Finding | None]

_SERIAL = re.compile(r"(small|big)?serial\d?$", re.IGNORECASE)


def data_depend(add_not_null: NotNull | None = None, set_not_null: NotNull | None = None) -> Analyzer:
    """The analyzer.

    Args:
        add_not_null: What the database makes of a new column that is NOT NULL and has no default.
        set_not_null: What it makes of a column that becomes NOT NULL.
    """
    added, modified = add_not_null or fails_when_not_empty, set_not_null or fails_on_nulls

    def check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
        for statement, change in view.changes():
            found = _unique(view, statement, change) or _column(view, statement, change, added, modified)
            if found is not None:
                yield found

    return Analyzer("data_depend", "data dependent changes detected", check)


def fails_when_not_empty(statement: LintStatement, key: Key, column: Column) -> Finding:
    """MF103."""
    # SQLite keeps some type names in capitals, whatever the statement says.
    kind = column.type.lower() if statement.after.dialect == "sqlite" else column.type
    text = (
        f"Adding a non-nullable {quote(kind)} column {quote(column.name)} will fail in case table "
        f"{quote(key.relation)} is not empty"
    )
    return Finding("MF103", text, statement.position, (key,))


def fails_on_nulls(statement: LintStatement, key: Key, column: Column) -> Finding:
    """MF104."""
    text = f"Modifying nullable column {quote(column.name)} to non-nullable might fail in case it contains NULL values"
    return Finding("MF104", text, statement.position, (key,))


def needs_value(column: Column) -> bool:
    """Whether rows that exist would need a value for this new column, and nothing gives them one."""
    return not (
        column.null
        or column.default is not None
        or column.generated is not None
        or column.identity is not None
        or column.auto_increment
        or _SERIAL.match(column.type)
    )


def _unique(view: FileView, statement: LintStatement, change: Change) -> Finding | None:
    match change:
        case Add(desired=Index(unique=True) as index) | Add(desired=Unique() as index):
            if _is_over_new_nulls(view, statement, change.key, index):
                return None
            where = columns(index.parts)
            verb = "contains" if where.startswith("column ") else "contain"
            name = quote(index.name)
            text = (
                f"Adding a unique index {name} on table {quote(change.key.relation)} might fail in case {where} "
                f"{verb} duplicate entries"
            )
            return Finding("MF101", text, statement.position, (change.key,))
        case Modify(current=Index(unique=False), desired=Index(unique=True) as index):
            text = (
                f"Modifying an index {quote(index.name)} on table {quote(change.key.relation)} might fail in case of "
                "duplicate entries"
            )
            return Finding("MF102", text, statement.position, (change.key,))
        case _:
            return None


def _is_over_new_nulls(view: FileView, statement: LintStatement, key: Key, index: Index | Unique) -> bool:
    """A column that the file made, without a default: all of its values are NULL, and no two NULLs are equal."""
    if not index.nulls_distinct:
        return False
    fresh, objects = view.fresh(statement), view.objects(statement.after)
    for part in index.parts:
        column_key = Key(Kind.COLUMN, key.schema, key.relation, part.column)
        column = objects.get(column_key)
        if column_key in fresh and isinstance(column, Column) and column.null and column.default is None:
            return True
    return False


def _column(
    view: FileView, statement: LintStatement, change: Change, added: NotNull, modified: NotNull
) -> Finding | None:
    match change:
        case Add(desired=Column() as column) if needs_value(column):
            return added(statement, change.key, column)
        case Modify(current=Column(null=True), desired=Column(null=False) as column):
            if is_filled(view, statement, change.key):
                return None
            return modified(statement, change.key, column)
        case Modify(current=Column() as current, desired=Column() as desired) if "type" in change.fields:
            if narrowing(current.type, desired.type, view.dialect) is not Loss.REFUSED:
                return None
            text = (
                f"Changing column {quote(desired.name)} from {quote(current.type)} to {quote(desired.type)} might fail "
                "in case it contains values that do not fit"
            )
            return Finding("MF105", text, statement.position, (change.key,))
        case _:
            return None


def is_filled(view: FileView, statement: LintStatement, key: Key) -> bool:
    """An UPDATE before the statement sets the column of this table: the file takes care of NULLs."""
    name, table = re.escape(key.name), re.escape(key.relation)
    update = re.compile(
        rf"\s*UPDATE\b[^;]*?[\s\"`.\[]?{table}[\"`\]]?\s[^;]*?\bSET\b.*?[\s\"`\[,]{name}[\"`\]]?\s*=",
        re.IGNORECASE | re.DOTALL,
    )
    return any(update.match(each.text) for each in view.earlier(statement))
