"""Statements of a person that may take rows away: what analyzers, which look at schemas, cannot see."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from atlas.engine.lint.findings import Finding, Report
from atlas.engine.plan_file.statements import without_comments

if TYPE_CHECKING:
    from atlas.engine.lint import FileReport
    from atlas.engine.plan import Plan

_SEEN: Final = re.compile(
    r"(?:CREATE|ALTER|DROP(?!.*\bIF\s+EXISTS\b)|RENAME|COMMENT|GRANT|REVOKE|SET|PRAGMA|ANALYZE|VACUUM|REINDEX|REFRESH|"
    r"INSERT(?!\s+OR\s+REPLACE\b|.*\bON\s+(?:CONFLICT|DUPLICATE)\b))\b",
    re.IGNORECASE | re.DOTALL,
)
"""Statements whose harm shows in the schema, and those that only add rows."""


def with_rows(report: FileReport, plan: Plan, fresh: Plan) -> FileReport:
    """The report with an error for each statement that may take rows away, and that ``fresh``, the planner's, does not have.

    The same goes for ``DROP … IF EXISTS`` of what the dev room does not have, and the target may.
    """
    planned = [each.text() for each in fresh.statements]
    texts = [each.text() for each in plan.statements if each.text() not in planned]
    found = tuple(Finding("", text, 0) for text in texts if not _SEEN.match(without_comments(text)))
    if not found:
        return report
    rows = Report("rows", "no analyzer sees what a statement does to rows", found, is_error=True)
    return replace(report, reports=(*report.reports, rows))
