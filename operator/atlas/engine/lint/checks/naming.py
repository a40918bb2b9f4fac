"""NM: names that do not follow the rules of a project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Key, Kind, Rename
from atlas.schema.table import Table
from atlas.schema.walk import child_key, children

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change

_CODES = {
    Kind.SCHEMA: ("NM101", "Schema"),
    Kind.TABLE: ("NM102", "Table"),
    Kind.COLUMN: ("NM103", "Column"),
    Kind.INDEX: ("NM104", "Index"),
    Kind.UNIQUE: ("NM104", "Index"),
    Kind.FOREIGN_KEY: ("NM105", "Foreign-key constraint"),
    Kind.CHECK: ("NM106", "Check constraint"),
}
_GIVEN_BY_SQLITE = re.compile(r"\d+$|\(|sqlite_autoindex_")


def naming() -> Analyzer:
    """The analyzer; it finds nothing where no rule is given."""
    return Analyzer("naming", "naming violations detected", _check)


def _check(view: FileView, settings: AnalyzerSettings) -> Iterator[Finding]:
    if not settings.names:
        return
    for statement, change in view.all_changes():
        for key in _named(change):
            found = _violation(key, settings, view.dialect)
            if found:
                code, text = found
                yield Finding(code, text, statement.position, (key,))


def _named(change: Change) -> Iterator[Key]:
    match change:
        case Add(desired=Table() as table):
            yield change.key
            yield from (child_key(table, child) for child in children(table))
        case Add() | Rename():
            yield change.key
        case _:
            pass


def _violation(key: Key, settings: AnalyzerSettings, dialect: str) -> tuple[str, str] | None:
    if key.kind not in _CODES or not key.name or (dialect == "sqlite" and _GIVEN_BY_SQLITE.match(key.name)):
        return None
    kind = Kind.INDEX if key.kind is Kind.UNIQUE else key.kind
    rule = settings.names.get(kind.value) or settings.names.get("")
    if rule is None or re.search(rule.match, key.name):
        return None
    code, word = _CODES[key.kind]
    reason = f": {rule.message}" if rule.message else ""
    return code, f"{word} named {quote(key.name)} violates the naming policy{reason}"
