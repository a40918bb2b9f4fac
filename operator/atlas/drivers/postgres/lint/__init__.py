"""Lint of PostgreSQL: what all databases share, indexes that could be built online, and changes that block."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from atlas.drivers.postgres.lint.blocking import blocking_change
from atlas.drivers.postgres.lint.indexes import concurrent_index
from atlas.engine.lint.checks.constraints import condrop
from atlas.engine.lint.checks.data_depend import data_depend
from atlas.engine.lint.checks.destructive import destructive
from atlas.engine.lint.checks.incompatible import incompatible
from atlas.engine.lint.checks.linearity import non_linear
from atlas.engine.lint.checks.naming import naming
from atlas.engine.lint.checks.transactions import nested_transactions

if TYPE_CHECKING:
    from atlas.engine.lint import Analyzer

# PreventInTransactionBlock in the server's source; CONCURRENTLY has a finding of its own.
_REFUSED_INSIDE = re.compile(
    r"VACUUM\b|CREATE\s+DATABASE\b|DROP\s+DATABASE\b|CREATE\s+TABLESPACE\b|DROP\s+TABLESPACE\b|ALTER\s+SYSTEM\b|"
    r"REINDEX\s+(?:\([^)]*\)\s*)?(?:DATABASE|SYSTEM|SCHEMA)\b|(?:CREATE|DROP)\s+SUBSCRIPTION\b",
    re.IGNORECASE,
)


def analyzers() -> tuple[Analyzer, ...]:
    """In the order of reports."""
    return (
        destructive(),
        condrop(),
        data_depend(),
        incompatible(),
        concurrent_index(),
        blocking_change(),
        naming(),
        nested_transactions(_REFUSED_INSIDE),
        non_linear(),
    )
