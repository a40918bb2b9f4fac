"""Repositories as text and as the documents behind ``--format``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import footer, page_info
from atlas.cli.render.columns import GAP, columns, widths

if TYPE_CHECKING:
    from atlas.client.paging import Page
    from atlas.client.repos import RepositorySummary

_HEADS = ("SLUG", "TYPE", "SYNCED", "FAILED", "PENDING")
_BAND = "────── DATABASES ──────"


def repository_text(repository: RepositorySummary) -> str:
    """One repository, a field a line."""
    return columns(
        [
            ("Slug", repository.slug),
            ("Title", repository.title),
            ("Type", repository.type),
            ("URL", repository.url),
            ("Driver", repository.driver),
            ("Databases Synced", str(repository.synced)),
            ("Databases Failed", str(repository.failed)),
            ("Databases Pending", str(repository.pending)),
        ]
    )


def page_text(page: Page[RepositorySummary]) -> str:
    """A page of repositories; the band stands over the last three columns."""
    rows = [_HEADS, *(_row(repository) for repository in page.entries)]
    indent = sum(widths(rows)[:2]) + 2 * GAP
    return "\n".join([" " * indent + _BAND, columns(rows), footer(page)])


def repository_document(repository: RepositorySummary) -> dict[str, object]:
    """One repository for a template."""
    return {
        "ID": repository.id,
        "Slug": repository.slug,
        "Title": repository.title,
        "Type": repository.type,
        "URL": repository.url,
        "Driver": repository.driver,
        "Databases": {
            "Synced": repository.synced,
            "Failed": repository.failed,
            "Pending": repository.pending,
        },
    }


def page_document(page: Page[RepositorySummary]) -> dict[str, object]:
    """A page for a template."""
    return {
        "Repos": [repository_document(repository) for repository in page.entries],
        "PageInfo": page_info(page),
    }


def _row(repository: RepositorySummary) -> tuple[str, ...]:
    counts = (repository.synced, repository.failed, repository.pending)
    return (repository.slug, repository.type, *(str(count) for count in counts))
