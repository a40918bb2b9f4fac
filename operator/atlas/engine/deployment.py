"""A run as the registry is told of it: the input of ``ReportMigration``, the same from the CLI and the operator.

Pure: sending it is the client's work. File contents go along, as existing clients send them; messages are
masked by whoever raised them, and the URL is in its redacted form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.engine.mask import mask_text
from atlas.engine.sensitive import shown_content

if TYPE_CHECKING:
    from datetime import datetime

    from atlas.engine.apply.report import AppliedFile, ApplyReport, AskedChecks
    from atlas.engine.database_url import DatabaseURL
    from atlas.wire.contract import ReportMigrationInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """Who ran what where.

    Attributes:
        project: Label of the report, ``atlas { cloud { project } }``.
        directory: Slug of the repository the files came from.
        tag: The tag that the target follows, '' for the latest content.
        target_id: UUID that the target keeps in its revisions table.
        log: What a person saw.
    """

    project: str
    env: str
    directory: str
    tag: str
    target_id: str
    url: DatabaseURL
    version: str
    log: str = ""
    context: dict[str, object] | None = None
    dry_run: bool = False


def deployment_report(report: ApplyReport, deployment: Deployment) -> ReportMigrationInput:
    """The input of the mutation. ``currentVersion`` is what the database has now."""
    fields: ReportMigrationInput = {
        "projectName": deployment.project,
        "envName": deployment.env,
        "dirName": deployment.directory,
        "tag": deployment.tag,
        "atlasVersion": deployment.version,
        "target": {
            "id": deployment.target_id,
            "schema": deployment.url.schema,
            "url": str(deployment.url),
        },
        "startTime": _time(report.started_at),
        "endTime": _time(report.ended_at),
        "fromVersion": report.current,
        "toVersion": report.target,
        "currentVersion": report.reached,
        "error": str(report.error) if report.error else None,
        "files": [_file(file) for file in report.applied],
        "log": deployment.log,
    }
    if deployment.context:
        fields["context"] = deployment.context
    if deployment.dry_run:
        fields["dryRun"] = True
    return fields


def _file(file: AppliedFile) -> dict[str, object]:
    failed = file.error
    return {
        "name": file.file.name,
        "content": mask_text(shown_content(file.file.text)),
        "startTime": _time(file.started_at),
        "endTime": _time(file.ended_at),
        "skipped": file.skipped,
        "applied": len(file.statements) - (1 if failed and not file.has_failed_check else 0),
        "checks": [_checks(each) for each in file.checks],
        "error": {"stmt": failed.statement, "text": failed.text} if failed else None,
    }


def _checks(section: AskedChecks) -> dict[str, object]:
    failed = section.error
    return {
        "name": section.name,
        "start": _time(section.started_at),
        "end": _time(section.ended_at),
        "checks": [{"stmt": check.statement, "error": check.error or None} for check in section.checks],
        "error": {"stmt": failed.statement, "text": failed.text} if failed else None,
    }


def _time(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")
