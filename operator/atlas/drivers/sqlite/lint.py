"""Lint of SQLite: what all databases share, in SQLite's words where a column becomes NOT NULL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.engine.lint.checks.constraints import condrop
from atlas.engine.lint.checks.data_depend import data_depend
from atlas.engine.lint.checks.destructive import destructive
from atlas.engine.lint.checks.incompatible import incompatible
from atlas.engine.lint.checks.linearity import non_linear
from atlas.engine.lint.checks.naming import naming
from atlas.engine.lint.checks.transactions import nested_transactions
from atlas.engine.lint.findings import Finding
from atlas.engine.scan.quote import quote

if TYPE_CHECKING:
    from atlas.engine.lint import Analyzer
    from atlas.engine.lint.file import LintStatement
    from atlas.schema import Key
    from atlas.schema.table import Column

# https://www.sqlite.org/lang_vacuum.html
_REFUSED_INSIDE = re.compile(r"VACUUM\b", re.IGNORECASE)


def analyzers() -> tuple[Analyzer, ...]:
    """In the order of reports."""
    return (
        destructive(),
        condrop(),
        data_depend(set_not_null=_set_not_null),
        incompatible(),
        naming(),
        nested_transactions(_REFUSED_INSIDE),
        non_linear(),
    )


def _set_not_null(statement: LintStatement, key: Key, column: Column) -> Finding | None:
    """LT101; rows are copied into a new table, where a default can stand for their NULLs."""
    if column.default is not None:
        return None
    text = (
        f"Modifying nullable column {quote(column.name)} to non-nullable without default value might fail in case it "
        "contains NULL values"
    )
    return Finding("LT101", text, statement.position, (key,))
