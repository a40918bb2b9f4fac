"""Databases as text and as the documents behind ``--format``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import dashed, footer, page_info, shown_time
from atlas.cli.render.columns import columns

if TYPE_CHECKING:
    from atlas.client.databases import DatabaseSummary
    from atlas.client.paging import Page

_HEADS = ("ID", "REPO", "NAME", "ENV", "STATUS", "CURRENT VERSION", "LAST DEPLOYMENT")


def page_text(page: Page[DatabaseSummary]) -> str:
    """A page of databases."""
    return f"{columns([_HEADS, *(dashed(_row(database)) for database in page.entries)])}\n{footer(page)}"


def database_text(database: DatabaseSummary) -> str:
    """One database, a field a line."""
    return columns(
        [
            ("ID", str(database.id)),
            ("Ext ID", database.ext_id),
            ("Repo", database.repository),
            ("Name", database.name),
            ("Env", database.environment),
            ("Status", database.status),
            ("Current Version", database.current_version),
            ("Last Deployment", shown_time(database.last_deployment_time)),
        ]
    )


def database_document(database: DatabaseSummary) -> dict[str, object]:
    """One database for a template."""
    return {
        "ID": database.id,
        "ExtID": database.ext_id,
        "RepoName": database.repository,
        "Name": database.name,
        "EnvName": database.environment,
        "Status": database.status,
        "CurrentVersion": database.current_version,
        "LastDeploymentTime": database.last_deployment_time,
    }


def page_document(page: Page[DatabaseSummary]) -> dict[str, object]:
    """A page for a template."""
    return {
        "Databases": [database_document(database) for database in page.entries],
        "PageInfo": page_info(page),
    }


def _row(database: DatabaseSummary) -> tuple[str, ...]:
    return (
        str(database.id),
        database.repository,
        database.name,
        database.environment,
        database.status,
        database.current_version,
        shown_time(database.last_deployment_time),
    )
