"""Databases that the registry knows from reports: list, describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.client.paging import asked, page_of
from atlas.wire.operations import DATABASES, DESCRIBE_DATABASE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.paging import Page
    from atlas.client.transport import Transport
    from atlas.wire.contract import DatabasesInput


@dataclass(frozen=True, slots=True)
class DatabaseSummary:
    """A database and how it stands to what it follows. ``ext_id`` is the UUID that it keeps of itself."""

    id: int
    ext_id: str
    repository: str
    name: str
    environment: str
    status: str
    current_version: str
    last_deployment_time: str


def list_databases(transport: Transport, wanted: DatabasesInput) -> Page[DatabaseSummary]:
    """One page, in order of the databases' first reports."""
    return page_of(asked(transport, DATABASES, wanted), "databases", _summary, wanted)


def describe_databases(transport: Transport, selector: Mapping[str, object]) -> tuple[DatabaseSummary, ...]:
    """The databases with one ``id`` or ``extID``; raises ``NotFound``."""
    return tuple(_summary(item) for item in asked(transport, DESCRIBE_DATABASE, selector))


def _summary(item: Mapping[str, Any]) -> DatabaseSummary:
    return DatabaseSummary(
        id=item.get("id") or 0,
        ext_id=item.get("extID") or "",
        repository=item.get("repo") or "",
        name=item.get("name") or "",
        environment=item.get("env") or "",
        status=item.get("status") or "",
        current_version=item.get("currentVersion") or "",
        last_deployment_time=item.get("lastDeploymentTime") or "",
    )
