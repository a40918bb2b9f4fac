"""DS: rows, or values of rows, that are gone afterwards."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding, SuggestedFix
from atlas.engine.lint.narrowing import Loss, narrowing
from atlas.engine.lint.words import quoted
from atlas.engine.scan.quote import quote
from atlas.schema import Drop, Kind, Modify
from atlas.schema.table import Column, PartitionBy, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change, Key


def destructive() -> Analyzer:
    """The analyzer; it fails the command unless a policy says otherwise."""
    return Analyzer("destructive", "destructive changes detected", _check, is_error=True)


def is_stored(column: Column) -> bool:
    """Whether a column holds values of its own: a computed one can be made again."""
    return column.generated is None or column.generated.stored


def _check(view: FileView, settings: AnalyzerSettings) -> Iterator[Finding]:
    gone = {
        change.key.name
        for _, change in view.all_changes()
        if isinstance(change, Drop) and change.key.kind is Kind.SCHEMA
    }
    for _, pairs in groupby(view.changes(), key=lambda pair: id(pair[0])):
        found = list(pairs)
        statement = found[0][0]
        changes = [change for _, change in found if not _is_allowed(change.key, settings)]
        for change in changes:
            yield from _schema_or_table(statement, change, gone)
            yield from _modified(view, statement, change)
        yield from _columns(statement, changes)


def _is_allowed(key: Key, settings: AnalyzerSettings) -> bool:
    """``allow_table`` and ``allow_column`` name what may go."""
    table = settings.names.get("allow_table")
    if table and key.kind in {Kind.TABLE, Kind.COLUMN}:
        name = key.name if key.kind is Kind.TABLE else key.relation
        if re.search(table.match, name):
            return True
    column = settings.names.get("allow_column")
    return bool(column and key.kind is Kind.COLUMN and re.search(column.match, key.name))


def _schema_or_table(statement: LintStatement, change: Change, gone: set[str]) -> Iterator[Finding]:
    if not isinstance(change, Drop):
        return
    key = change.key
    if key.kind is Kind.SCHEMA:
        tables = sum(1 for table in statement.before.tables if table.schema == key.name)
        size = f" with {tables} table{'' if tables == 1 else 's'}" if tables else ""
        text = f"Dropping {'non-empty ' if tables else ''}schema {quote(key.name)}{size}"
        yield Finding("DS101", text, statement.position, (key,))
    elif key.kind is Kind.TABLE and key.schema not in gone:
        name = quote(key.name)
        fix = SuggestedFix(f"Add a pre-migration check to ensure table {name} is empty before dropping it")
        yield Finding("DS102", f"Dropping table {name}", statement.position, (key,), (fix,))


def _columns(statement: LintStatement, changes: list[Change]) -> Iterator[Finding]:
    dropped = [
        change
        for change in changes
        if isinstance(change, Drop) and isinstance(change.current, Column) and is_stored(change.current)
    ]
    for _, of_table in groupby(dropped, key=lambda change: (change.key.schema, change.key.relation)):
        keys = tuple(change.key for change in of_table)
        names = [key.name for key in keys]
        fixes = tuple(
            SuggestedFix(
                f"Add a pre-migration check to ensure column {quote(name)} is NULL before dropping it"
            )
            for name in names
        )
        word = "column" if len(names) == 1 else "columns"
        yield Finding(
            "DS103", f"Dropping non-virtual {word} {quoted(names)}", statement.position, keys, fixes
        )


def _modified(view: FileView, statement: LintStatement, change: Change) -> Iterator[Finding]:
    match change:
        case Modify(current=Column() as current, desired=Column() as desired) if "type" in change.fields:
            if narrowing(current.type, desired.type, view.dialect) is Loss.SILENT:
                text = (
                    f"Changing column {quote(desired.name)} from {quote(current.type)} to {quote(desired.type)} "
                    "rounds or cuts its values"
                )
                yield Finding("DS104", text, statement.position, (change.key,))
        case Modify(current=Table(partition_by=PartitionBy() as current), desired=Table() as table):
            kept = {each.name for each in table.partition_by.partitions} if table.partition_by else set()
            gone = [each.name for each in current.partitions if each.name not in kept]
            # Hash partitions hold no rows of their own: fewer of them share the same rows.
            if gone and kept and current.partitions[0].values:
                text = f"Dropping partition {quoted(gone)} of table {quote(table.name)}"
                yield Finding("DS105", text, statement.position, (change.key,))
        case _:
            pass
