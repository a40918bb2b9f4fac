"""Plans of schemas: made, found by transition, name or number, approved and removed.

The file of a plan is put into the bucket first, then the repository's index, then the rows that follow from it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from atlas.engine.plan_file import PlanFile, parse_plan_file, print_plan_file
from atlas.errors import NotFound
from atlas.server.store.audit import record
from atlas.server.store.plan_rows import plan_of, store_plans
from atlas.server.store.repositories import Repository, find_repository, repository_by_id
from atlas.server.store.tables import plans, repositories
from atlas.wire.contract import SCHEMA
from atlas.wire.plans import NewPlan, approve_plan, needed_plan, record_plan, remove_plan
from atlas.wire.reference import PlanReference, Reference, checked_plan_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection

    from atlas.server.store.registry import Principal, Registry
    from atlas.wire.contract import PlanStatus
    from atlas.wire.index import PlanRecord, RepositoryIndex

_LARGEST_NUMBER = 2**63 - 1  # of a database's integers


class FoundPlan(NamedTuple):
    """A plan and the repository of its schema."""

    repository: Repository
    record: PlanRecord


class PlanFilter(NamedTuple):
    """What a list is narrowed to; empty is everything."""

    status: str = ""
    current_hash: str = ""
    desired_hash: str = ""


def create_plan(
    registry: Registry, principal: Principal, slug: str, file: PlanFile, status: PlanStatus
) -> FoundPlan:
    """Store a plan of a schema. Idempotent: the same plan again changes nothing, but that it may be approved by it.

    Raises ``NotFound`` for a schema that was never pushed, ``Conflict`` for a name of another plan.
    """
    principal.need("push")
    checked_plan_name(file.name)
    repository = schema_of(registry, principal, slug)
    digest = registry.content.put_plan(repository.key, print_plan_file(file).encode())
    new = NewPlan(
        name=file.name,
        status=status,
        current_hash=file.current_hash,
        desired_hash=file.desired_hash,
        digest=digest,
        at=registry.now(),
        by=principal.token_name,
    )
    changed = _changed(registry, principal, repository, partial(record_plan, new=new))
    return FoundPlan(repository, needed_plan(changed, file.name))


def approve(
    registry: Registry, principal: Principal, reference: PlanReference, digest: str = ""
) -> FoundPlan:
    """Approve a plan; one that was, stays as it is.

    Raises ``NotFound``, ``Conflict`` where its file has another ``digest`` ('' for any).
    """
    principal.need("push")
    repository = schema_of(registry, principal, reference.slug)
    change = partial(
        approve_plan, name=reference.name, at=registry.now(), by=principal.token_name, digest=digest
    )
    changed = _changed(registry, principal, repository, change)
    return FoundPlan(repository, needed_plan(changed, reference.name))


def remove(registry: Registry, principal: Principal, reference: PlanReference) -> None:
    """Remove a plan, whatever its status; its file stays in the bucket. Raises ``NotFound``."""
    principal.need("push")
    repository = schema_of(registry, principal, reference.slug)
    _changed(registry, principal, repository, partial(remove_plan, name=reference.name))


def list_plans(registry: Registry, repository: Repository, wanted: PlanFilter) -> list[FoundPlan]:
    """The plans of a schema in order of their making."""
    conditions = [plans.c.repository_id == repository.id]
    conditions += [plans.c[name] == value for name, value in wanted._asdict().items() if value]
    query = select(plans).where(*conditions).order_by(plans.c.number)
    with registry.database.reading() as connection:
        return [FoundPlan(repository, plan_of(row)) for row in connection.execute(query)]


def schema_of(registry: Registry, principal: Principal, slug: str) -> Repository:
    """The repository of a schema. Raises ``NotFound``, with what makes one."""
    try:
        return find_repository(registry, principal, Reference(slug), type_=SCHEMA)
    except NotFound as error:
        raise NotFound(f"{error}: plans belong to a schema, run 'atlas schema push {slug}' first") from error


def find_plan(registry: Registry, principal: Principal, reference: PlanReference) -> FoundPlan:
    """The plan at an address. Raises ``NotFound``."""
    repository = schema_of(registry, principal, reference.slug)
    query = select(plans).where(plans.c.repository_id == repository.id, plans.c.name == reference.name)
    with registry.database.reading() as connection:
        row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(f'plan "{reference.name}" of "{reference.slug}" not found')
    return FoundPlan(repository, plan_of(row))


def plan_by_number(registry: Registry, repository_id: int, number: int) -> FoundPlan:
    """The plan of a page, of any project. Raises ``NotFound``."""
    repository = repository_by_id(registry, repository_id)
    query = select(plans).where(plans.c.repository_id == repository.id, plans.c.number == number)
    row = None
    if number <= _LARGEST_NUMBER:
        with registry.database.reading() as connection:
            row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFound(f"plan {number} of repository {repository_id} not found")
    return FoundPlan(repository, plan_of(row))


def file_of(registry: Registry, found: FoundPlan) -> PlanFile:
    """The text of a plan, checked against its digest."""
    data = registry.content.plan(found.repository.key, found.record.digest)
    return parse_plan_file(data.decode(), found.record.name)


def _changed(
    registry: Registry,
    principal: Principal,
    repository: Repository,
    change: Callable[[RepositoryIndex], RepositoryIndex],
) -> RepositoryIndex:
    """Change the index of a repository, and what is known of it in SQL, with one record of the audit log."""

    def write(connection: Connection) -> RepositoryIndex:
        locked = select(repositories.c.id).where(repositories.c.id == repository.id).with_for_update()
        connection.execute(locked)
        loaded = registry.content.known_index(repository.key)
        changed = change(loaded.index)
        if changed != loaded.index:
            registry.content.save_index(changed, replacing=loaded)
            told = _told(loaded.index, changed)
            record(connection, registry.now(), principal.project_id, principal.token_name, told)
        store_plans(connection, changed)
        return changed

    return registry.database.retried(write)


def _told(before: RepositoryIndex, after: RepositoryIndex) -> tuple[str, str, str]:
    """Action, subject and detail of a change of one plan."""
    known, now = ({plan.number: plan for plan in index.plans} for index in (before, after))
    number = next(number for number in known | now if known.get(number) != now.get(number))
    plan = now.get(number) or known[number]
    verb = "remove" if number not in now else "approve" if number in known else "create"
    return f"plan.{verb}", before.key.slug, f"{plan.name} {plan.status} {plan.digest}"
