"""How plans change a repository's index: made, approved, removed. Each may be asked for twice."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from atlas.errors import Conflict, NotFound
from atlas.wire.contract import APPROVED, PENDING
from atlas.wire.index import PlanRecord

if TYPE_CHECKING:
    from atlas.wire.contract import PlanStatus
    from atlas.wire.digest import Digest
    from atlas.wire.index import RepositoryIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan that arrives, and whose word it is; ``at`` is RFC 3339 in UTC."""

    name: str
    status: PlanStatus
    current_hash: str
    desired_hash: str
    digest: Digest
    at: str
    by: str


def record_plan(index: RepositoryIndex, new: NewPlan) -> RepositoryIndex:
    """The index with a plan. The same plan again changes nothing, but that it may be approved by it.

    Raises ``Conflict`` where the name is one of another plan.
    """
    known = find_plan(index, new.name)
    if known is None:
        return _with(index, _made(index, new))
    if known.digest != new.digest:
        raise Conflict(
            f'plan "{new.name}" of "{index.key.slug}" exists and holds another migration: plans do not change, push '
            "under another name, or remove it with 'atlas schema plan rm'"
        )
    return approve_plan(index, new.name, at=new.at, by=new.by) if new.status == APPROVED else index


def approve_plan(index: RepositoryIndex, name: str, *, at: str, by: str, digest: str = "") -> RepositoryIndex:
    """The index with a plan approved; one that was, stays as it is.

    ``digest`` is that of the file which was looked at, '' where nobody says: a name may be given anew after ``rm``.

    Raises:
        NotFound: There is no such plan.
        Conflict: It is not the one that was looked at.
    """
    known = needed_plan(index, name)
    if digest not in {"", known.digest}:
        raise Conflict(
            f'plan "{name}" of "{index.key.slug}" is {known.digest}, and {digest} was to be approved: nothing was '
            "approved; look at what it is now with 'atlas schema plan pull'"
        )
    if known.status == APPROVED:
        return index
    return _with(index, replace(known, status=APPROVED, approved_at=at, approved_by=by))


def remove_plan(index: RepositoryIndex, name: str) -> RepositoryIndex:
    """The index without a plan; its file stays in the bucket. Raises ``NotFound``."""
    known = needed_plan(index, name)
    return replace(index, plans=tuple(plan for plan in index.plans if plan is not known))


def find_plan(index: RepositoryIndex, name: str) -> PlanRecord | None:
    """The plan of a name."""
    return next((plan for plan in index.plans if plan.name == name), None)


def needed_plan(index: RepositoryIndex, name: str) -> PlanRecord:
    """The plan of a name; raises ``NotFound``."""
    found = find_plan(index, name)
    if found is None:
        raise NotFound(f'plan "{name}" of "{index.key.slug}" not found')
    return found


def _made(index: RepositoryIndex, new: NewPlan) -> PlanRecord:
    is_approved = new.status == APPROVED
    return PlanRecord(
        number=index.plans_made + 1,
        name=new.name,
        status=APPROVED if is_approved else PENDING,
        current_hash=new.current_hash,
        desired_hash=new.desired_hash,
        digest=new.digest,
        created_at=new.at,
        created_by=new.by,
        approved_at=new.at if is_approved else "",
        approved_by=new.by if is_approved else "",
    )


def _with(index: RepositoryIndex, plan: PlanRecord) -> RepositoryIndex:
    others = (each for each in index.plans if each.number != plan.number)
    plans = tuple(sorted((*others, plan), key=lambda each: each.number))
    return replace(index, plans=plans, plans_made=max(index.plans_made, plan.number))
