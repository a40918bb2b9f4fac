"""Deployments on the wire: ``deployments`` and ``describeDeployment``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from atlas.errors import Rejected
from atlas.server.graphql.inputs import input_of, items, number, text
from atlas.server.graphql.paging import page_info, window_of
from atlas.server.store.deployments import (
    Deployment,
    DeploymentFilter,
    describe_deployment,
    list_deployments,
)
from atlas.wire.contract import DeploymentStatus

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.runs import Run

_STATUSES = get_args(DeploymentStatus)


def deployments(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the runs that were reported, the newest first."""
    fields = input_of(arguments)
    window = window_of(fields)
    wanted = DeploymentFilter(
        statuses=_statuses(fields),
        repository=text(fields, "repo"),
        environment=text(fields, "env"),
        name=text(fields, "name"),
    )
    found, total = list_deployments(registry, principal, wanted, window)
    return {"deployments": [_document(one) for one in found], "pageInfo": page_info(window, total)}


def describe_run(registry: Registry, principal: Principal, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """One run with its databases."""
    fields = input_of(arguments)
    if fields.get("id") is None:
        raise Rejected("variable.input.id is required")
    found, told = describe_deployment(registry, principal, number(fields, "id", 1))
    targets = [_target(run) for run in told.runs]
    return {**_document(found), "error": told.error, "targets": targets}


def _statuses(fields: Mapping[str, Any]) -> tuple[DeploymentStatus, ...]:
    given = items(fields, "status")
    for status in given:
        if status not in _STATUSES:
            raise Rejected(f'invalid status "{status}": expected one of {", ".join(_STATUSES)}')
    return tuple(given)


def _document(one: Deployment) -> dict[str, Any]:
    return {
        "id": one.id,
        "repo": one.repository,
        "type": one.type,
        "env": one.environment,
        "database": one.target,
        "planned": one.planned,
        "succeeded": one.succeeded,
        "version": one.version,
        "status": one.status,
        "startedAt": one.started_at,
        "completedAt": one.ended_at,
    }


def _target(run: Run) -> dict[str, Any]:
    return {
        "extID": run.target,
        "database": run.name,
        "env": run.environment,
        "version": run.version,
        "status": run.status,
        "error": run.error,
    }
