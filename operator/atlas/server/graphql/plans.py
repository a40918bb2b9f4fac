"""Plans of schemas on the wire: made, found, approved and removed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from atlas.engine.plan_file import PlanFile
from atlas.errors import NotFound, Rejected
from atlas.server.graphql.inputs import FILE_LIMIT, input_of, needed, text
from atlas.server.store.plans import (
    FoundPlan,
    PlanFilter,
    approve,
    create_plan,
    file_of,
    find_plan,
    list_plans,
    remove,
    schema_of,
)
from atlas.server.store.registry import plan_path
from atlas.wire.contract import APPROVED, PENDING
from atlas.wire.reference import PlanReference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.contract import PlanStatus

_STATUSES: dict[str, PlanStatus] = {"": APPROVED, PENDING: PENDING, APPROVED: APPROVED}


def create_declarative_plan(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Store a plan; without a status it is approved."""
    fields = input_of(arguments)
    given = text(fields, "status")
    status = _STATUSES.get(given)
    if status is None:
        raise Rejected(f'invalid status "{given}" of a plan: expected PENDING or APPROVED')
    file = PlanFile(
        name=needed(fields, "name"),
        current_hash=needed(fields, "fromHash"),
        desired_hash=needed(fields, "toHash"),
        migration=needed(fields, "migration", most=FILE_LIMIT),
    )
    if not file.migration.strip():
        raise Rejected("variable.input.migration holds no statement")
    if len(file.migration) > registry.limits.total_bytes:
        raise Rejected(f"the plan is larger than {registry.limits.total_bytes} bytes")
    found = create_plan(registry, principal, needed(fields, "schemaSlug", "slug"), file, status)
    return _document(registry, found)


def declarative_plan_by_hashes(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The plans for one transition; none for a schema that was never pushed."""
    fields = input_of(arguments)
    wanted = PlanFilter("", needed(fields, "fromHash"), needed(fields, "toHash"))
    try:
        repository = schema_of(registry, principal, needed(fields, "schemaSlug", "slug"))
    except NotFound:
        return []
    return [_document(registry, plan) for plan in list_plans(registry, repository, wanted)]


def declarative_plan_by_name(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """The plan of a name."""
    return _document(registry, find_plan(registry, principal, _reference(arguments)))


def declarative_plans(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The plans of a schema, narrowed by status and hashes."""
    fields = input_of(arguments)
    wanted = PlanFilter(text(fields, "status"), text(fields, "fromHash"), text(fields, "toHash"))
    repository = schema_of(registry, principal, needed(fields, "schemaSlug", "slug"))
    return [_document(registry, plan) for plan in list_plans(registry, repository, wanted)]


def approve_declarative_plan(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Approve a plan, or exactly the file of a digest."""
    digest = text(input_of(arguments), "digest")
    return _document(registry, approve(registry, principal, _reference(arguments), digest))


def delete_declarative_plan(
    registry: Registry, principal: Principal, arguments: Mapping[str, Any]
) -> dict[str, Any]:
    """Remove a plan."""
    remove(registry, principal, _reference(arguments))
    return {"success": True}


def _reference(arguments: Mapping[str, Any]) -> PlanReference:
    fields = input_of(arguments)
    return PlanReference(needed(fields, "schemaSlug", "slug"), needed(fields, "name"))


def _document(registry: Registry, found: FoundPlan) -> dict[str, Any]:
    repository, plan = found
    return {
        "id": plan.number,
        "name": plan.name,
        "schemaSlug": repository.slug,
        "status": plan.status,
        "fromHash": plan.current_hash,
        "toHash": plan.desired_hash,
        "migration": lambda: file_of(registry, found).migration,
        "link": registry.public_url + plan_path(repository.id, plan.number),
        "url": str(PlanReference(repository.slug, plan.name)),
    }
