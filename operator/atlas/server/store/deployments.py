"""Deployments: runs that were reported, one row each, listed with filters and described from their report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import func, insert, select

from atlas.errors import NotFound
from atlas.server.store.runs import MANY, RunSet, one_of, run_set
from atlas.server.store.tables import deployments, reports, repositories
from atlas.wire.contract import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection, Select

    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.window import Window
    from atlas.wire.contract import DeploymentStatus, RepositoryType


class NewDeployment(NamedTuple):
    """Where a deployment belongs."""

    project_id: int
    repository_id: int | None
    report_id: int


class Deployment(NamedTuple):
    """A row of the list. ``target`` is the database's name, ``(multiple)`` for several."""

    id: int
    repository: str
    type: RepositoryType
    environment: str
    target: str
    planned: int
    succeeded: int
    version: str
    status: DeploymentStatus
    started_at: str
    ended_at: str


class DeploymentFilter(NamedTuple):
    """What a list is narrowed to; empty is everything. ``name`` is a part of a database's name, in any case."""

    statuses: Sequence[DeploymentStatus] = ()
    repository: str = ""
    environment: str = ""
    name: str = ""


_COLUMNS = (
    deployments.c.id,
    deployments.c.repository,
    func.coalesce(repositories.c.type, DIRECTORY).label("type"),
    deployments.c.environment,
    deployments.c.target,
    deployments.c.planned,
    deployments.c.succeeded,
    deployments.c.version,
    deployments.c.status,
    deployments.c.started_at,
    deployments.c.ended_at,
)


def store_deployment(connection: Connection, new: NewDeployment, told: RunSet) -> None:
    """Add the row of a report."""
    runs = told.runs
    values = {
        "repository": one_of([run.directory for run in runs]),
        "environment": one_of([run.environment for run in runs]),
        "target": runs[0].name if len(runs) == 1 == told.planned else (MANY if runs else ""),
        "names": "\n".join(run.name.lower() for run in runs),
        "version": one_of([run.wanted or run.version for run in runs]),
        "planned": told.planned,
        "succeeded": told.succeeded,
        "status": told.status,
        "started_at": told.started_at,
        "ended_at": told.ended_at,
    }
    connection.execute(insert(deployments).values(**new._asdict(), **values))


def list_deployments(
    registry: Registry, principal: Principal, wanted: DeploymentFilter, window: Window
) -> tuple[list[Deployment], int]:
    """A page of the project's deployments, the newest first, and how many match in all."""
    matching = _matching(_query(principal), wanted)
    page = matching.order_by(deployments.c.id.desc()).offset(window.offset).limit(window.size)
    counted = select(func.count()).select_from(deployments)
    total = _matching(counted.where(deployments.c.project_id == principal.project_id), wanted)
    with registry.database.reading() as connection:
        found = [Deployment._make(row) for row in connection.execute(page)]
        return found, connection.execute(total).scalar_one()


def describe_deployment(
    registry: Registry, principal: Principal, deployment_id: int
) -> tuple[Deployment, RunSet]:
    """One deployment and what its report says; raises ``NotFound``."""
    query = (
        _query(principal)
        .add_columns(reports.c.received_at, reports.c.payload)
        .join(reports, reports.c.id == deployments.c.report_id)
        .where(deployments.c.id == deployment_id)
    )
    with registry.database.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound("migration not found")
    *columns, received_at, payload = row
    return Deployment._make(columns), run_set(json.loads(payload), received_at)


def _query(principal: Principal) -> Select[Any]:
    return (
        select(*_COLUMNS)
        .outerjoin(repositories, repositories.c.id == deployments.c.repository_id)
        .where(deployments.c.project_id == principal.project_id)
    )


def _matching(query: Select[Any], wanted: DeploymentFilter) -> Select[Any]:
    if wanted.statuses:
        query = query.where(deployments.c.status.in_(wanted.statuses))
    if wanted.repository:
        query = query.where(deployments.c.repository == wanted.repository)
    if wanted.environment:
        query = query.where(deployments.c.environment == wanted.environment)
    if wanted.name:
        query = query.where(deployments.c.names.contains(wanted.name.lower(), autoescape=True))
    return query
