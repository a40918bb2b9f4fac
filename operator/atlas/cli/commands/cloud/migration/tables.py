"""Deployments as text and as the documents behind ``--format``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import dashed, footer, page_info, shown_time
from atlas.cli.render.columns import columns

if TYPE_CHECKING:
    from atlas.client.deployments import DeployedDatabase, DeploymentSummary
    from atlas.client.paging import Page

_HEADS = ("ID", "REPO", "TYPE", "ENV", "DATABASE", "TARGETS", "VERSION", "STATUS")
_ERROR = "Error: "  # which some clients write before it already
_DATABASE_HEADS = ("DATABASE", "ENV", "VERSION", "STATUS")


def page_text(page: Page[DeploymentSummary]) -> str:
    """A page of deployments."""
    return f"{columns([_HEADS, *(dashed(_row(one)) for one in page.entries)])}\n{footer(page)}"


def deployment_text(one: DeploymentSummary) -> str:
    """One deployment, a field a line; below them its databases, where there are several."""
    fields = [
        ("ID", str(one.id)),
        ("Repo", one.repository),
        ("Type", one.type),
        ("Env", one.environment),
        ("Database", one.database),
        ("Targets", _targets(one)),
        ("Version", one.version),
        ("Status", one.status),
        ("Completed At", shown_time(one.completed_at)),
    ]
    parts = [columns(fields)]
    if len(one.targets) > 1:
        parts.append(columns([_DATABASE_HEADS, *(dashed(_database_row(target)) for target in one.targets)]))
    parts.extend(_errors(one))
    return "\n\n".join(parts)


def deployment_document(one: DeploymentSummary) -> dict[str, object]:
    """One deployment for a template."""
    return {
        **_listed_document(one),
        "Error": one.error,
        "Databases": [
            {
                "ExtID": target.ext_id,
                "Name": target.name,
                "EnvName": target.environment,
                "CurrentVersion": target.version,
                "Status": target.status,
                "Error": target.error,
            }
            for target in one.targets
        ],
    }


def page_document(page: Page[DeploymentSummary]) -> dict[str, object]:
    """A page for a template."""
    return {
        "Migrations": [_listed_document(one) for one in page.entries],
        "PageInfo": page_info(page),
    }


def _listed_document(one: DeploymentSummary) -> dict[str, object]:
    return {
        "ID": one.id,
        "RepoName": one.repository,
        "Type": one.type,
        "EnvName": one.environment,
        "DatabaseName": one.database,
        "Targets": {"Succeeded": one.succeeded, "Total": one.planned},
        "Version": one.version,
        "Status": one.status,
        "StartedAt": one.started_at,
        "CompletedAt": one.completed_at,
    }


def _row(one: DeploymentSummary) -> tuple[str, ...]:
    return (
        str(one.id),
        one.repository,
        one.type,
        one.environment,
        one.database,
        _targets(one),
        one.version,
        one.status,
    )


def _errors(one: DeploymentSummary) -> list[str]:
    """What went wrong: of each database, and of the run where that is something else."""
    of_targets = {target.name: target.error.removeprefix(_ERROR) for target in one.targets if target.error}
    lines = [f"{_ERROR}{name}: {error}" for name, error in of_targets.items() if len(one.targets) > 1]
    error = one.error.removeprefix(_ERROR)
    if error and (error not in of_targets.values() or not lines):
        lines.append(f"{_ERROR}{error}")
    return ["\n".join(lines)] if lines else []


def _targets(one: DeploymentSummary) -> str:
    return f"{one.succeeded}/{one.planned}"


def _database_row(target: DeployedDatabase) -> tuple[str, ...]:
    return (target.name, target.environment, target.version, target.status)
