"""MY102: a REFERENCES behind a column, which MySQL reads and forgets. MariaDB 10.5 and later make a key of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.analyzer import Analyzer
from atlas.engine.lint.findings import Finding, SuggestedFix
from atlas.engine.scan.quote import quote
from atlas.schema import Add, Key, Modify
from atlas.schema.table import Column, ForeignKey, Table
from atlas.schema.walk import child_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from atlas.engine.lint.file import FileView, LintStatement
    from atlas.engine.lint.policy import AnalyzerSettings
    from atlas.schema import Change

_STRING = re.compile(r"'(?:[^'\\]|\\.|'')*'")
_FIX = SuggestedFix("Write FOREIGN KEY (…) REFERENCES … (…) as an element of its own")


def inline_references() -> Analyzer:
    """The analyzer; the catalog decides: a column that has a foreign key afterwards is no finding."""
    return Analyzer("inline_references", "inline REFERENCES detected", _check)


def _check(view: FileView, _settings: AnalyzerSettings) -> Iterator[Finding]:
    for statement, change in view.all_changes():
        if "references" not in statement.text.lower():
            continue
        for key in _columns(change):
            if _has_inline(statement.text, key.name) and not _has_key(view, statement, key):
                text = f"Defining column {quote(key.name)} with inline REFERENCES is ignored by MySQL"
                yield Finding("MY102", text, statement.position, (key,), (_FIX,))


def _columns(change: Change) -> Iterator[Key]:
    match change:
        case Add(desired=Table() as table):
            yield from (child_key(table, column) for column in table.columns)
        case Add(desired=Column()) | Modify(desired=Column()):
            yield change.key
        case _:
            pass


def _has_inline(text: str, name: str) -> bool:
    """The column's own definition goes on to the next comma that is in no parentheses."""
    text = _STRING.sub("''", text)
    found = re.search(
        rf"(?:[(,]|COLUMN|ADD|MODIFY)\s*`?{re.escape(name)}`?\s+(?P<rest>\w.*)",
        text,
        re.IGNORECASE | re.DOTALL,
    )
    if not found:
        return False
    definition, depth = [], 0
    for char in found["rest"]:
        depth += (char == "(") - (char == ")")
        if depth < 0 or (char == "," and not depth):
            break
        definition.append(char)
    return re.search(r"\bREFERENCES\b", "".join(definition), re.IGNORECASE) is not None


def _has_key(view: FileView, statement: LintStatement, key: Key) -> bool:
    return any(
        isinstance(item, ForeignKey)
        and key.name in item.columns
        and (found.schema, found.relation) == (key.schema, key.relation)
        for found, item in view.objects(statement.after).items()
    )
