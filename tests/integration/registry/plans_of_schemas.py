"""Plans of the schema ``app``, with the words that a client has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.client.plans import PlanPush, StoredPlan, approve_plan, pull_plan, push_plan, remove_plan
from atlas.engine.plan_file import print_plan_file
from atlas.wire.content_store import digest_of_plan
from atlas.wire.contract import PENDING, PlanStatus
from atlas.wire.reference import PlanReference

if TYPE_CHECKING:
    from tests.integration.registry.conftest import Served

SQL = "-- Add column\nALTER TABLE `users` ADD COLUMN `email` text; -- ü ${x} %{y}\n"
ONE = PlanReference("app", "one")


def push(
    served: Served, name: str = "one", *, status: PlanStatus = PENDING, sql: str = SQL, slug: str = "app"
) -> StoredPlan:
    wanted = PlanPush(
        slug=slug, name=name, status=status, current_hash="aaa=", desired_hash="bbb=", migration=sql
    )
    with served.transport() as transport:
        return push_plan(transport, wanted)


def pull(served: Served, reference: PlanReference = ONE) -> StoredPlan:
    with served.transport() as transport:
        return pull_plan(transport, reference)


def approve(served: Served, reference: PlanReference = ONE, digest: str = "") -> StoredPlan:
    with served.transport() as transport:
        return approve_plan(transport, reference, digest)


def digest(plan: StoredPlan) -> str:
    return digest_of_plan(print_plan_file(plan.file).encode())


def remove(served: Served, reference: PlanReference = ONE) -> None:
    with served.transport() as transport:
        remove_plan(transport, reference)
