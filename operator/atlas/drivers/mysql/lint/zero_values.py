"""MY101: a new column that is NOT NULL and has no default gives rows that exist a value that nobody wrote.

See https://dev.mysql.com/doc/refman/8.0/en/data-type-defaults.html. Dates have no such value in the modes that are
on by default, so a table with rows refuses them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.engine.lint.checks.data_depend import fails_when_not_empty
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote

if TYPE_CHECKING:
    from atlas.engine.lint.file import LintStatement
    from atlas.schema import Key
    from atlas.schema.table import Column

_NUMBERS = frozenset(
    [
        "tinyint",
        "smallint",
        "mediumint",
        "int",
        "integer",
        "bigint",
        "decimal",
        "numeric",
        "float",
        "double",
        "real",
        "bit",
        "bool",
        "boolean",
        "year",
    ]
)
_TEXTS = frozenset(
    [
        "char",
        "varchar",
        "binary",
        "varbinary",
        "tinytext",
        "text",
        "mediumtext",
        "longtext",
        "tinyblob",
        "blob",
        "mediumblob",
        "longblob",
        "set",
    ]
)
_FIRST_VALUE = re.compile(r"enum\s*\('((?:[^']|'')*)'", re.IGNORECASE)


def add_not_null(statement: LintStatement, key: Key, column: Column) -> Finding:
    """MY101 with the value, or MF103 where there is none."""
    word = re.split(r"[(\s]", column.type.lower(), maxsplit=1)[0]
    value = _zero(word, column.type)
    if value is None:
        return fails_when_not_empty(statement, key, replace(column, type=word))
    text = (
        f"Adding a non-nullable {quote(word)} column {quote(column.name)} on table {quote(key.relation)} without a "
        f"default value implicitly sets existing rows with {value}"
    )
    return Finding("MY101", text, statement.position, (key,))


def _zero(word: str, type_text: str) -> str | None:
    if word in _NUMBERS:
        return "0"
    if word in _TEXTS:
        return quote("")
    first = _FIRST_VALUE.match(type_text)
    return quote(first[1].replace("''", "'")) if first else None
