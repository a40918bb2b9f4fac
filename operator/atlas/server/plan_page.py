"""The page of a plan, which the link of a review opens: where it leads, who said yes, and its statements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import NotFound
from atlas.server.html import Markup, document, element, moment, table, way_home
from atlas.server.store.plans import FoundPlan, PlanFilter, file_of, list_plans, plan_by_number
from atlas.server.store.registry import page_path, plan_path
from atlas.wire.contract import PENDING, SCHEMA
from atlas.wire.reference import PlanReference

if TYPE_CHECKING:
    from atlas.server.store.registry import Principal, Registry
    from atlas.server.store.repositories import Repository

_SHOWN_LINES = 5_000
_SHOWN_PLANS = 100


def plan_page(registry: Registry, principal: Principal | None, repository_id: int, number: int) -> str:
    """The page of a plan; without a principal (public pages) of any project.

    Raises ``NotFound`` for another project's plan too: a stranger learns nothing from the number.
    """
    found = plan_by_number(registry, repository_id, number)
    if principal is not None and found.repository.project != principal.project:
        raise NotFound(f"plan {number} of repository {repository_id} not found")
    repository, plan = found
    return document(
        f"{plan.name} of {repository.title}",
        *([] if principal is None else [way_home()]),
        element("h1", f"Plan {plan.name}"),
        _summary(found),
        element("h2", "Migration"),
        *_migration(registry, found),
        *_how_to_approve(found),
    )


def plan_table(registry: Registry, repository: Repository) -> tuple[Markup, ...]:
    """The plans of a schema for its own page, the newest first; nothing where there is none."""
    found = list_plans(registry, repository, PlanFilter())
    rows = [
        (
            element("a", plan.name, href=plan_path(repository.id, plan.number)),
            plan.status,
            moment(plan.created_at),
            plan.created_by,
        )
        for _, plan in reversed(found[-_SHOWN_PLANS:])
    ]
    return (element("h2", "Plans"), table(("Name", "Status", "Made", "By"), rows)) if rows else ()


def _summary(found: FoundPlan) -> Markup:
    repository, plan = found
    rows = [
        ("Status", plan.status),
        ("Address", element("code", str(PlanReference(repository.slug, plan.name)))),
        ("Schema", element("a", repository.title, href=page_path(SCHEMA, repository.id))),
        ("From", element("code", plan.current_hash)),
        ("To", element("code", plan.desired_hash)),
        ("Digest", element("code", plan.digest)),
        ("Made", f"{plan.created_at} by {plan.created_by}"),
    ]
    if plan.approved_at:
        rows.append(("Approved", f"{plan.approved_at} by {plan.approved_by}"))
    return table(("", ""), rows)


def _migration(registry: Registry, found: FoundPlan) -> tuple[Markup, ...]:
    lines = file_of(registry, found).migration.splitlines()
    shown = element("pre", element("code", "\n".join(lines[:_SHOWN_LINES])))
    rest = len(lines) - _SHOWN_LINES
    return (shown, element("p", f"… and {rest:,} more lines")) if rest > 0 else (shown,)


def _how_to_approve(found: FoundPlan) -> tuple[Markup, ...]:
    if found.record.status != PENDING:
        return ()
    address = PlanReference(found.repository.slug, found.record.name)
    command = f"atlas schema plan approve --url '{address}' --digest {found.record.digest}"
    return (
        element("h2", "Approve"),
        element("p", "This page is read-only. To say yes:"),
        element("pre", command),
    )
