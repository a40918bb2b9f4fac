"""CD: constraints that are no longer held to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote
from atlas.schema import Drop, Key, Kind
from atlas.schema.table import Check, ForeignKey, PrimaryKey

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings


def condrop() -> Analyzer:
    """The analyzer; a constraint that goes with its column is no finding."""
    return Analyzer("condrop", "constraint deletion detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    for statement, change in view.changes():
        if not isinstance(change, Drop):
            continue
        key = change.key
        match change.current:
            case ForeignKey() as foreign_key if _columns_stay(view, statement, key, foreign_key.columns):
                text = f"Dropping foreign-key constraint {quote(key.name)}"
                yield Finding("CD101", text, statement.position, (key,))
            case Check() as check if _check_columns_stay(statement, key):
                text = f"Dropping check constraint {quote(check.name or check.expr)}"
                yield Finding("CD102", text, statement.position, (key,))
            case PrimaryKey() as primary:
                parts = tuple(part.column for part in primary.parts)
                if _columns_stay(view, statement, key, parts):
                    text = f"Dropping the primary key of table {quote(key.relation)}"
                    yield Finding("CD103", text, statement.position, (key,))
            case _:
                pass


def _columns_stay(view: FileView, statement: LintStatement, key: Key, names: tuple[str, ...]) -> bool:
    objects = view.objects(statement.after)
    return all(Key(Kind.COLUMN, key.schema, key.relation, name) in objects for name in names if name)


def _check_columns_stay(statement: LintStatement, key: Key) -> bool:
    """Which columns a check names is not known; one that went in the same statement may have been among them."""
    return not any(
        isinstance(change, Drop)
        and change.key.kind is Kind.COLUMN
        and (change.key.schema, change.key.relation) == (key.schema, key.relation)
        for change in statement.changes
    )
