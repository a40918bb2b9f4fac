"""MY11x to MY14x: ALTERs that copy or rebuild a table, or keep writers away meanwhile.

See https://dev.mysql.com/doc/refman/8.0/en/innodb-online-ddl-operations.html; MariaDB's list is alike:
https://mariadb.com/kb/en/innodb-online-ddl-overview/.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.lint.value_lists import value_list_changes
from atlas.drivers.mysql.lint.widths import is_in_place
from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Drop, Key, Kind, Modify
from atlas.schema.table import Column, ForeignKey, Index, PrimaryKey, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change

_COPY = "copies the table and blocks writes meanwhile"
_REBUILD = "rebuilds the table"
_BLOCKED = "blocks writes to the table meanwhile"

_Found = tuple[str, str]


def blocking_change() -> Analyzer:
    """The analyzer."""
    return Analyzer("blocking_change", "blocking table changes detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    for statement, change in view.changes():
        for code, text in (
            *_of_column(view, statement, change),
            *_of_keys(statement, change),
            *_of_table(change),
        ):
            yield Finding(code, text, statement.position, (change.key,))


def _of_column(view: FileView, statement: LintStatement, change: Change) -> Iterator[_Found]:
    name, table = quote(change.key.name), quote(change.key.relation)
    match change:
        case Modify(current=Column() as current, desired=Column() as desired) if "type" in change.fields:
            listed = value_list_changes(current.type, desired.type)
            for code, what in listed or ():
                yield code, f"{what} column {name} of table {table} {_COPY}"
            if listed is None and not is_in_place(current.type, desired.type):
                kinds = f"from {quote(current.type)} to {quote(desired.type)}"
                yield "MY130", f"Changing column {name} of table {table} {kinds} {_COPY}"
        case Add(desired=Column() as column):
            if column.generated is not None and column.generated.stored:
                yield "MY140", f"Adding stored generated column {name} to table {table} {_COPY}"
            elif column.auto_increment:
                yield (
                    "MY141",
                    f"Adding AUTO_INCREMENT column {name} to table {table} {_REBUILD} and blocks writes meanwhile",
                )
            elif view.dialect == "mysql" and not _is_last(statement, change.key):
                yield (
                    "MY142",
                    f"Adding column {name} before other columns of table {table} is not instant before MySQL 8.0.29",
                )
        case _:
            pass


def _is_last(statement: LintStatement, key: Key) -> bool:
    """Whether only other new columns follow."""
    added = {
        change.key.name
        for change in statement.changes
        if isinstance(change, Add) and change.key.kind is Kind.COLUMN and change.key.relation == key.relation
    }
    for table in statement.after.tables:
        if (table.schema, table.name) == (key.schema, key.relation):
            names = [column.name for column in table.columns]
            return set(names[names.index(key.name) :]) <= added
    return True


def _of_keys(statement: LintStatement, change: Change) -> Iterator[_Found]:
    table = quote(change.key.relation)
    match change:
        case Add(desired=ForeignKey() as foreign_key):
            text = f"Adding foreign-key constraint {quote(foreign_key.name)} on table {table} {_BLOCKED}"
            yield "MY131", f"{text}, unless foreign_key_checks is off"
        case Add(desired=PrimaryKey()):
            yield "MY132", f"Adding a primary key to table {table} {_REBUILD}"
        case Drop(current=PrimaryKey()):
            if not any(isinstance(each, Add) and each.key == change.key for each in statement.changes):
                yield "MY133", f"Dropping the primary key of table {table} without adding one {_COPY}"
        case Modify(current=PrimaryKey()):
            yield "MY137", f"Changing the primary key of table {table} {_REBUILD} and its secondary indexes"
        case Add(desired=Index(method="fulltext") as index):
            yield "MY134", f"Adding FULLTEXT index {quote(index.name)} on table {table} {_BLOCKED}"
        case Add(desired=Index(method="spatial") as index):
            yield "MY135", f"Adding SPATIAL index {quote(index.name)} on table {table} {_BLOCKED}"
        case _:
            pass


def _of_table(change: Change) -> Iterator[_Found]:
    match change:
        case Modify(current=Table(), desired=Table() as table):
            name = quote(table.name)
            if change.fields & {"charset", "collation"}:
                yield "MY136", f"Changing the character set or collation of table {name} {_REBUILD}"
            if "engine" in change.fields:
                yield "MY138", f"Changing the engine of table {name} {_COPY}"
            if "partition_by" in change.fields:
                yield "MY139", f"Changing the partitions of table {name} {_COPY}"
        case _:
            pass
