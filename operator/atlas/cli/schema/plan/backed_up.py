"""The plans of a registry for a change, or those of a backup while it cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.backups import backups_of, spared

if TYPE_CHECKING:
    from atlas.cli.states import States
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan_file import Transition
    from atlas.wire.contract import RegistryAddress


def stored_plans(
    states: States, address: RegistryAddress, slug: str, transition: Transition
) -> tuple[StoredPlan, ...]:
    """The plans that lead from one state of a schema to another, whatever their status.

    Raises ``Unavailable`` where neither the registry nor a backup can say: a plan that was approved may be among them.
    """
    from atlas.wiring import plans_of_transition

    backups = backups_of(states.project)
    if not backups.schemas:
        return plans_of_transition(address, slug, *transition)
    from atlas.client.plans import StoredPlan
    from atlas.engine.backups import BackedUpPlans, Primary, plans_or_fall_back
    from atlas.wire.reference import PlanReference
    from atlas.wiring import open_backups_later, wait_briefly

    found = plans_or_fall_back(
        spared(
            Primary(address.url, lambda: plans_of_transition(address, slug, *transition, wait=wait_briefly)),
            states.context,
        ),
        open_backups_later(backups.schemas, backups.project),
        slug,
        transition,
    )
    if not isinstance(found, BackedUpPlans):
        return found
    states.context.err(f"Plans of {found.source}, {found.reason}")
    return tuple(
        StoredPlan(
            name=file.name,
            slug=slug,
            status=status,
            current_hash=file.current_hash,
            desired_hash=file.desired_hash,
            migration=file.migration,
            url=str(PlanReference(slug, file.name)),
            link="",
        )
        for file, status in found.plans
    )
