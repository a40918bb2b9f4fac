"""Lint of MySQL and MariaDB: what all databases share, values that rows are given unasked, and ALTERs that copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.drivers.mysql.lint.blocking import blocking_change
from atlas.drivers.mysql.lint.references import inline_references
from atlas.drivers.mysql.lint.zero_values import add_not_null
from atlas.engine.lint.checks.constraints import condrop
from atlas.engine.lint.checks.data_depend import data_depend
from atlas.engine.lint.checks.destructive import destructive
from atlas.engine.lint.checks.incompatible import incompatible
from atlas.engine.lint.checks.linearity import non_linear
from atlas.engine.lint.checks.naming import naming
from atlas.engine.lint.checks.transactions import nested_transactions

if TYPE_CHECKING:
    from atlas.engine.lint import Analyzer


def analyzers() -> tuple[Analyzer, ...]:
    """In the order of reports."""
    return (
        destructive(),
        condrop(),
        data_depend(add_not_null=add_not_null),
        incompatible(),
        inline_references(),
        blocking_change(),
        naming(),
        nested_transactions(),
        non_linear(),
    )
