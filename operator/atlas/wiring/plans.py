"""Plans of registries, each call with its address."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.client.plans import PlanPush, PlanQuery, StoredPlan
    from atlas.wire.contract import RegistryAddress
    from atlas.wire.reference import PlanReference


def push_plan(address: RegistryAddress, push: PlanPush) -> StoredPlan:
    """Store a plan; the answer says what became of it. Raises ``RegistryError``."""
    from atlas.client.plans import push_plan as send
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return send(transport, push)


def plans_of_transition(
    address: RegistryAddress,
    slug: str,
    current_hash: str,
    desired_hash: str,
    *,
    wait: Callable[[float], None] = time.sleep,
) -> tuple[StoredPlan, ...]:
    """The plans from one state of a schema to another, whatever their status; () for an unknown schema.

    ``wait`` passes the time between tries.
    """
    from atlas.client.plans import plans_of_transition as find
    from atlas.client.transport import Transport

    with Transport(address, wait=wait) as transport:
        return find(transport, slug, current_hash, desired_hash)


def list_plans(address: RegistryAddress, query: PlanQuery) -> tuple[StoredPlan, ...]:
    """The plans of a schema in order of their making. Raises ``RegistryError``."""
    from atlas.client.plans import list_plans as find
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return find(transport, query)


def pull_plan(address: RegistryAddress, reference: PlanReference) -> StoredPlan:
    """The plan at an address. Raises ``RegistryError``."""
    from atlas.client.plans import pull_plan as read
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return read(transport, reference)


def approve_plan(address: RegistryAddress, reference: PlanReference) -> StoredPlan:
    """Approve the plan at an address. Raises ``RegistryError``."""
    from atlas.client.plans import approve_plan as send
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        return send(transport, reference)


def remove_plan(address: RegistryAddress, reference: PlanReference) -> None:
    """Remove the plan at an address. Raises ``RegistryError``."""
    from atlas.client.plans import remove_plan as send
    from atlas.client.transport import Transport

    with Transport(address) as transport:
        send(transport, reference)
