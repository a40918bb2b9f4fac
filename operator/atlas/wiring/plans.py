"""Plans of registries, each call with its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.wiring.effort import Effort, connected

if TYPE_CHECKING:
    from atlas.client.plans import PlanPush, PlanQuery, StoredPlan
    from atlas.wire.contract import RegistryAddress
    from atlas.wire.reference import PlanReference


def push_plan(address: RegistryAddress, push: PlanPush, effort: Effort = Effort.FULL) -> StoredPlan:
    """Store a plan; the answer says what became of it. Raises ``RegistryError``."""
    from atlas.client.plans import push_plan as send

    with connected(address, effort) as transport:
        return send(transport, push)


def plans_of_transition(
    address: RegistryAddress,
    slug: str,
    current_hash: str,
    desired_hash: str,
    effort: Effort = Effort.FULL,
) -> tuple[StoredPlan, ...]:
    """The plans from one state of a schema to another, whatever their status; () for an unknown schema."""
    from atlas.client.plans import plans_of_transition as find

    with connected(address, effort) as transport:
        return find(transport, slug, current_hash, desired_hash)


def list_plans(
    address: RegistryAddress, query: PlanQuery, effort: Effort = Effort.FULL
) -> tuple[StoredPlan, ...]:
    """The plans of a schema in order of their making. Raises ``RegistryError``."""
    from atlas.client.plans import list_plans as find

    with connected(address, effort) as transport:
        return find(transport, query)


def pull_plan(address: RegistryAddress, reference: PlanReference, effort: Effort = Effort.FULL) -> StoredPlan:
    """The plan at an address. Raises ``RegistryError``."""
    from atlas.client.plans import pull_plan as read

    with connected(address, effort) as transport:
        return read(transport, reference)


def approve_plan(
    address: RegistryAddress, reference: PlanReference, effort: Effort = Effort.FULL, *, digest: str = ""
) -> StoredPlan:
    """Approve the plan at an address, or only the file of ``digest``. Raises ``RegistryError``."""
    from atlas.client.plans import approve_plan as send

    with connected(address, effort) as transport:
        return send(transport, reference, digest)


def remove_plan(address: RegistryAddress, reference: PlanReference, effort: Effort = Effort.FULL) -> None:
    """Remove the plan at an address. Raises ``RegistryError``."""
    from atlas.client.plans import remove_plan as send

    with connected(address, effort) as transport:
        send(transport, reference)
