"""The SQL rows of plans, as the index of their repository says they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select

from atlas.server.store.tables import plans
from atlas.wire.digest import Digest
from atlas.wire.index import PlanRecord

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

    from atlas.wire.index import RepositoryIndex


def store_plans(connection: Connection, index: RepositoryIndex) -> None:
    """Make the rows of a repository's plans equal to its index."""
    here = plans.c.repository_id == index.id
    stored = {row.number: plan_of(row) for row in connection.execute(select(plans).where(here))}
    wanted = {plan.number: plan for plan in index.plans}
    for number in [number for number, plan in stored.items() if wanted.get(number) != plan]:
        connection.execute(delete(plans).where(here, plans.c.number == number))
    fresh = [plan for number, plan in wanted.items() if stored.get(number) != plan]
    if fresh:
        connection.execute(insert(plans), [_values(index.id, plan) for plan in fresh])


def plan_of(row: Row[tuple[object, ...]]) -> PlanRecord:
    """The plan of a row of the table."""
    return PlanRecord(
        number=row.number,
        name=row.name,
        status=row.status,
        current_hash=row.current_hash,
        desired_hash=row.desired_hash,
        digest=Digest(row.digest),
        created_at=row.created_at,
        created_by=row.created_by,
        approved_at=row.approved_at,
        approved_by=row.approved_by,
    )


def _values(repository_id: int, plan: PlanRecord) -> dict[str, object]:
    return {
        "repository_id": repository_id,
        "number": plan.number,
        "name": plan.name,
        "status": plan.status,
        "current_hash": plan.current_hash,
        "desired_hash": plan.desired_hash,
        "digest": plan.digest,
        "created_at": plan.created_at,
        "created_by": plan.created_by,
        "approved_at": plan.approved_at,
        "approved_by": plan.approved_by,
    }
