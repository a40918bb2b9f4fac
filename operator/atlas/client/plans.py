"""Plans of the registry: storing, finding, approving and removing them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from atlas.errors import Conflict
from atlas.wire.contract import (
    APPROVED,
    PENDING,
    CreateDeclarativePlanInput,
    DeclarativePlanInput,
    DeclarativePlansInput,
)
from atlas.wire.operations import (
    APPROVE_DECLARATIVE_PLAN,
    CREATE_DECLARATIVE_PLAN,
    DECLARATIVE_PLAN_BY_HASHES,
    DECLARATIVE_PLAN_BY_NAME,
    DECLARATIVE_PLANS,
    DELETE_DECLARATIVE_PLAN,
)
from atlas.wire.reference import PlanReference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from atlas.client.transport import Transport
    from atlas.engine.plan_file import PlanFile
    from atlas.wire.contract import PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A plan of the registry.

    ``migration`` is SQL, hashes are of ``engine.plan_file``; ``url`` is the ``atlas://`` address, ``link`` opens in a
    browser. ``backups`` took a push of it too, ``missed`` did not, each with the reason. ``source`` is the backup that it
    was read from, '' for the registry.
    """

    name: str
    slug: str
    status: PlanStatus
    current_hash: str
    desired_hash: str
    migration: str = field(repr=False)
    url: str
    link: str
    backups: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    source: str = ""

    @property
    def file(self) -> PlanFile:
        """The plan as a file has it."""
        from atlas.engine.plan_file import PlanFile

        return PlanFile(
            name=self.name,
            current_hash=self.current_hash,
            desired_hash=self.desired_hash,
            migration=self.migration,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanQuery:
    """Which plans of the schema ``slug``; '' does not matter."""

    slug: str
    status: str = ""
    current_hash: str = ""
    desired_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPush:
    """What to store; ``context`` is the RunContext (who pushed, from which repository and commit)."""

    slug: str
    name: str
    status: PlanStatus
    current_hash: str
    desired_hash: str
    migration: str = field(repr=False)
    context: Mapping[str, object] = field(default_factory=dict)


def push_plan(transport: Transport, push: PlanPush) -> StoredPlan:
    """Store a plan. Pushing it again changes nothing.

    Raises ``NotFound`` for a schema that was never pushed, ``Conflict`` where the name is one of another plan.
    """
    wanted = CreateDeclarativePlanInput(
        schemaSlug=push.slug,
        name=push.name,
        status=push.status,
        fromHash=push.current_hash,
        toHash=push.desired_hash,
        migration=push.migration,
        context=dict(push.context),
    )
    answer = transport.execute(CREATE_DECLARATIVE_PLAN, {"input": wanted}) or {}
    return _plan({**wanted, **{name: value for name, value in answer.items() if value is not None}})


def unsent_plan(push: PlanPush) -> StoredPlan:
    """A plan as it will be in the registry that could not be asked."""
    return StoredPlan(
        name=push.name,
        slug=push.slug,
        status=push.status,
        current_hash=push.current_hash,
        desired_hash=push.desired_hash,
        migration=push.migration,
        url=str(PlanReference(push.slug, push.name)),
        link="",
    )


def plans_of_transition(
    transport: Transport, slug: str, current_hash: str, desired_hash: str
) -> tuple[StoredPlan, ...]:
    """The plans that lead from one state of a schema to another, whatever their status; () for an unknown schema."""
    wanted = DeclarativePlansInput(schemaSlug=slug, fromHash=current_hash, toHash=desired_hash)
    answer = transport.execute(DECLARATIVE_PLAN_BY_HASHES, {"input": wanted}) or ()
    return tuple(_plan(each) for each in answer)


def list_plans(transport: Transport, query: PlanQuery) -> tuple[StoredPlan, ...]:
    """The plans of a schema in order of their making; raises ``NotFound`` for an unknown schema."""
    wanted = DeclarativePlansInput(
        schemaSlug=query.slug,
        status=query.status,
        fromHash=query.current_hash,
        toHash=query.desired_hash,
    )
    return tuple(_plan(each) for each in transport.execute(DECLARATIVE_PLANS, {"input": wanted}) or ())


def pull_plan(transport: Transport, reference: PlanReference) -> StoredPlan:
    """The plan at an address; raises ``NotFound``."""
    return _plan(transport.execute(DECLARATIVE_PLAN_BY_NAME, {"input": _input(reference)}) or {})


def approve_plan(transport: Transport, reference: PlanReference, digest: str = "") -> StoredPlan:
    """Approve the plan at an address.

    With a ``digest`` only the file that has it: a registry that does not know the word is asked for the file before.

    Raises ``NotFound``, ``Conflict`` where the file has another digest.
    """
    wanted = _input(reference)
    if digest:
        _refuse_another(pull_plan(transport, reference), digest)
        wanted["digest"] = digest
    return _plan(transport.execute(APPROVE_DECLARATIVE_PLAN, {"input": wanted}) or {})


def _refuse_another(stored: StoredPlan, digest: str) -> None:
    from atlas.engine.plan_file import print_plan_file
    from atlas.wire.content_store import digest_of_plan

    held = digest_of_plan(print_plan_file(stored.file).encode())
    if held != digest:
        raise Conflict(
            f"{stored.url} is {held}, and {digest} was to be approved: nothing was approved; look at what it is now "
            "with 'atlas schema plan pull'"
        )


def remove_plan(transport: Transport, reference: PlanReference) -> None:
    """Remove the plan at an address; raises ``NotFound``."""
    transport.execute(DELETE_DECLARATIVE_PLAN, {"input": _input(reference)})


def _input(reference: PlanReference) -> DeclarativePlanInput:
    return DeclarativePlanInput(schemaSlug=reference.slug, name=reference.name)


def _plan(answer: Mapping[str, Any]) -> StoredPlan:
    slug, name = str(answer.get("schemaSlug") or ""), str(answer.get("name") or "")
    return StoredPlan(
        name=name,
        slug=slug,
        status=APPROVED if answer.get("status") == APPROVED else PENDING,
        current_hash=str(answer.get("fromHash") or ""),
        desired_hash=str(answer.get("toHash") or ""),
        migration=str(answer.get("migration") or ""),
        url=str(answer.get("url") or f"atlas://{slug}/plans/{name}"),
        link=str(answer.get("link") or ""),
    )
