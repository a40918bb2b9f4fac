"""Deployments that the registry was told of: list, describe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from atlas.client.paging import asked, page_of
from atlas.wire.operations import DEPLOYMENTS, DESCRIBE_DEPLOYMENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.paging import Page
    from atlas.client.transport import Transport
    from atlas.wire.contract import DeploymentsInput


@dataclass(frozen=True, slots=True)
class DeployedDatabase:
    """One database of a deployment."""

    ext_id: str
    name: str
    environment: str
    version: str
    status: str
    error: str


@dataclass(frozen=True, slots=True)
class DeploymentSummary:
    """A run: ``succeeded`` of ``planned`` databases. ``error`` and ``targets`` are empty in a list."""

    id: int
    repository: str
    type: str
    environment: str
    database: str
    planned: int
    succeeded: int
    version: str
    status: str
    started_at: str
    completed_at: str
    error: str = ""
    targets: tuple[DeployedDatabase, ...] = ()


def list_deployments(transport: Transport, wanted: DeploymentsInput) -> Page[DeploymentSummary]:
    """One page, the newest first."""
    return page_of(asked(transport, DEPLOYMENTS, wanted), "deployments", _summary, wanted)


def describe_deployment(transport: Transport, deployment_id: int) -> DeploymentSummary:
    """One deployment with its databases; raises ``NotFound``."""
    return _summary(asked(transport, DESCRIBE_DEPLOYMENT, {"id": deployment_id}))


def _summary(item: Mapping[str, Any]) -> DeploymentSummary:
    return DeploymentSummary(
        id=item.get("id") or 0,
        repository=item.get("repo") or "",
        type=item.get("type") or "",
        environment=item.get("env") or "",
        database=item.get("database") or "",
        planned=item.get("planned") or 0,
        succeeded=item.get("succeeded") or 0,
        version=item.get("version") or "",
        status=item.get("status") or "",
        started_at=item.get("startedAt") or "",
        completed_at=item.get("completedAt") or "",
        error=item.get("error") or "",
        targets=tuple(_target(target) for target in item.get("targets") or ()),
    )


def _target(item: Mapping[str, Any]) -> DeployedDatabase:
    return DeployedDatabase(
        ext_id=item.get("extID") or "",
        name=item.get("database") or "",
        environment=item.get("env") or "",
        version=item.get("version") or "",
        status=item.get("status") or "",
        error=item.get("error") or "",
    )
