"""The documents behind ``--format``: field names, order and omissions as the Go clients decode them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.render.apply_text import NOTHING_PENDING
from atlas.gotemplate.encode_json import rfc3339

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.engine.apply.report import AppliedFile, ApplyReport, AskedChecks
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.directory import MigrationFile
    from atlas.engine.history.revisions import Revision
    from atlas.engine.history.status import StatusReport


class Document(dict[str, object]):
    """A struct as a template sees it: its JSON leaves empty fields out, its fields can be asked for all the same."""

    def __init__(
        self,
        fields: Mapping[str, object],
        *,
        keep: tuple[str, ...] = (),
        unprinted: Mapping[str, object] | None = None,
    ) -> None:
        """``keep`` are fields that stay when empty, ``unprinted`` fields and methods that are in no JSON."""
        super().__init__({key: value for key, value in fields.items() if key in keep or not _is_empty(value)})
        self._all = {**fields, **(unprinted or {})}

    def __missing__(self, name: str) -> object:
        return self._all[name]


def _is_empty(value: object) -> bool:
    return value is None or value is False or value in ("", 0, (), [])


def file_document(file: MigrationFile) -> Document:
    """``Name``, ``Version``, ``Description``."""
    return Document(file_fields(file))


def file_fields(file: MigrationFile) -> dict[str, object]:
    """The same for a document that has more: also those that are empty, for a template may ask for them."""
    return {"Name": file.name, "Version": file.version, "Description": file.description}


def environment(url: DatabaseURL, driver: str, directory: str) -> dict[str, object]:
    """``Driver``, ``URL``, ``Dir``: at the top of an apply document, below ``Env`` elsewhere."""
    return {"Driver": driver, "URL": url.as_json(), "Dir": directory}


def apply_document(report: ApplyReport, env: Mapping[str, object]) -> Document:
    """The result of ``migrate apply`` for one target."""
    pending = [file_document(file) for file in report.pending]
    fields = {
        **env,
        "Pending": pending,
        "Applied": [_applied(file) for file in report.applied],
        "Current": report.current,
        "Target": report.target,
        "Start": rfc3339(report.started_at),
        "End": rfc3339(report.ended_at),
        "Error": str(report.error) if report.error else "",
        "Message": "" if report.error else _message(report),
    }
    return Document(fields)


def _message(report: ApplyReport) -> str:
    if not report.pending:
        return NOTHING_PENDING
    start = f" from {report.current}" if report.current else ""
    return f"Migrated to version {report.target}{start} ({len(report.pending)} migrations in total)"


def _applied(file: AppliedFile) -> Document:
    error = file.error
    return Document(
        {
            **file_fields(file.file),
            "Start": rfc3339(file.started_at),
            "End": rfc3339(file.ended_at),
            "Skipped": file.skipped,
            "Applied": list(file.statements),
            "Checks": [_checks(each) for each in file.checks],
            "Error": Document({"Stmt": error.statement, "Text": error.text}) if error else None,
        },
        keep=("Applied",),
    )


def _checks(section: AskedChecks) -> Document:
    error = section.error
    return Document(
        {
            "Name": section.name,
            "Stmts": [
                Document({"Stmt": check.statement, "Error": check.error or None}) for check in section.checks
            ],
            "Error": Document({"Stmt": error.statement, "Text": error.text}) if error else None,
            "Start": rfc3339(section.started_at),
            "End": rfc3339(section.ended_at),
        }
    )


def status_document(report: StatusReport, env: Mapping[str, object]) -> Document:
    """The result of ``migrate status``."""
    fields = {
        "Env": Document(env),
        "Available": [file_document(file) for file in report.available],
        "OutOfOrder": [file_document(file) for file in report.out_of_order],
        "Pending": [file_document(file) for file in report.pending],
        "Applied": [revision_document(revision) for revision in report.applied],
        "Current": report.current,
        "Next": report.next,
        "Count": report.count,
        "Total": report.total,
        "Status": report.status,
        "Error": report.error,
        "SQL": report.sql,
    }
    return Document(fields)


def revision_document(revision: Revision) -> Document:
    """One row of the revisions table as clients decode it."""
    fields = {
        "Version": revision.version,
        "Description": revision.description,
        "Type": revision.type.text,
        "Applied": revision.applied,
        "Total": revision.total,
        "ExecutedAt": rfc3339(revision.executed_at),
        "ExecutionTime": revision.execution_time_ns,
        "Error": revision.error,
        "ErrorStmt": revision.error_stmt,
        "OperatorVersion": revision.operator_version,
    }
    return Document(
        fields,
        keep=(
            "Version",
            "Description",
            "Type",
            "Applied",
            "Total",
            "ExecutedAt",
            "ExecutionTime",
            "OperatorVersion",
        ),
    )
