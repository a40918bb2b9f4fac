"""The document of ``migrate down``, as the Go clients decode it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.documents import Document, file_document, file_fields
from atlas.gotemplate.encode_json import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from atlas.engine.migrate_plan import DownPlan, DownReport, RevertedFile, RowCheck

APPLIED = "APPLIED"


def down_document(report: DownReport, env: Mapping[str, object]) -> Document:
    """The result of a run; ``Status`` is what callers wait for."""
    fields = _common(report.plan, report.checks, env, report.start, report.end)
    fields["Current"] = report.reached
    fields["Reverted"] = [_reverted(each) for each in report.reverted]
    fields["Status"] = "" if report.error else APPLIED
    fields["Error"] = str(report.error) if report.error else ""
    return Document(fields, keep=("Total",))


def planned_document(
    plan: DownPlan, checks: Sequence[RowCheck], env: Mapping[str, object], now: datetime
) -> Document:
    """The result of a dry run: ``Reverted`` has what would be run."""
    fields = _common(plan, checks, env, now, now)
    fields["Reverted"] = [
        Document(
            {
                **file_fields(step.file),
                "Start": rfc3339(now),
                "End": rfc3339(now),
                "Applied": [statement.text() for statement in step.plan.statements],
            },
            keep=("Applied",),
        )
        for step in plan.steps
    ]
    return Document(fields, keep=("Total",))


def _common(
    plan: DownPlan, checks: Sequence[RowCheck], env: Mapping[str, object], start: datetime, end: datetime
) -> dict[str, object]:
    return {
        **env,
        "Planned": [file_document(step.file) for step in plan.steps],
        "Reverted": [],
        "Current": plan.current,
        "Target": plan.target,
        "Total": len(plan.steps),
        "Checks": [
            Document({"Stmt": check.question, "Error": None if check.is_empty else "it holds data"})
            for check in checks
        ],
        "Kept": [str(key) for key in plan.kept],
        "Start": rfc3339(start),
        "End": rfc3339(end),
        "Status": "",
        "Error": "",
    }


def _reverted(file: RevertedFile) -> Document:
    error = {"Stmt": file.error_statement, "Text": file.error} if file.error else None
    return Document(
        {
            **file_fields(file.step.file),
            "Start": rfc3339(file.start),
            "End": rfc3339(file.end),
            "Applied": list(file.statements),
            "Error": Document(error) if error else None,
        },
        keep=("Applied",),
    )
