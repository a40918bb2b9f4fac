"""Plans of a registry, or those of a backup while it cannot be reached; approvals and removals go to both."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from atlas.cli.registry.access import registry_address
from atlas.cli.registry.backups import backups_of, spared
from atlas.cli.registry.reads import registry_name
from atlas.errors import NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.cli.context import Context
    from atlas.cli.urls.states import States
    from atlas.client.plans import PlanQuery, StoredPlan
    from atlas.engine.backups import BackedUpPlan, BackedUpPlans, Missed, Target
    from atlas.engine.plan_file import Transition
    from atlas.project import Project
    from atlas.wire.reference import PlanReference
    from atlas.wiring import Effort


class FoundPlans(NamedTuple):
    """Plans of a schema; ``unasked`` says which backup they are of and why the registry was not asked, '' where it was."""

    plans: tuple[StoredPlan, ...] = ()
    unasked: str = ""


def stored_plans(states: States, slug: str, transition: Transition) -> FoundPlans:
    """The plans that lead from one state of a schema to another, whatever their status.

    Raises ``Unavailable`` where neither the registry nor a backup can say: a plan that was approved may be among them.
    """
    from atlas.wiring import Effort, plans_of_transition

    effort = effort_of(states.project)

    def ask() -> tuple[StoredPlan, ...]:
        address = registry_address(states.context, states.project, effort)
        return plans_of_transition(address, slug, *transition, effort)

    return _found(states, slug, transition, ask) if effort is not Effort.FULL else FoundPlans(ask())


def listed_plans(states: States, query: PlanQuery) -> tuple[StoredPlan, ...]:
    """The plans of a schema in order of their making, as ``query`` narrows them."""
    from atlas.engine.plan_file import Transition
    from atlas.wiring import Effort, list_plans

    effort = effort_of(states.project)

    def ask() -> tuple[StoredPlan, ...]:
        return list_plans(registry_address(states.context, states.project, effort), query, effort)

    if effort is Effort.FULL:
        return ask()
    transition = Transition(query.current_hash, query.desired_hash)
    return _found(states, query.slug, transition, ask, status=query.status).plans


def pulled_plan(reference: PlanReference, context: Context, project: Project | None) -> StoredPlan:
    """The plan at an address; a backup that answered is its ``source``, and told on stderr."""
    from atlas.wiring import Effort, open_backups_later, pull_plan

    effort = effort_of(project)

    def ask() -> StoredPlan:
        return pull_plan(registry_address(context, project, effort), reference, effort)

    if effort is Effort.FULL:
        return ask()
    from atlas.engine.backups import BackedUpPlan, Primary, plan_or_fall_back
    from atlas.wiring import SystemClock

    backups = backups_of(project)
    primary = spared(Primary(registry_name(context, project), ask), context)
    found, fallback = plan_or_fall_back(
        primary, open_backups_later(backups.schemas, backups.project), reference
    )
    if fallback:
        context.err(fallback.told(SystemClock().now()))
    if isinstance(found, BackedUpPlan):
        return _stored(reference.slug, found, fallback.source if fallback else "")
    return found


def approval_told(stored: StoredPlan, context: Context, project: Project | None) -> StoredPlan:
    """Have the backups know that the registry has approved a plan; those that do not are told on stderr."""
    from dataclasses import replace

    from atlas.cli.registry.backups import now_text
    from atlas.engine.backups import copy_of_plan, plan_to_copy
    from atlas.engine.plan_file import print_plan_file
    from atlas.wiring import system_pace

    text = print_plan_file(stored.file).encode()
    copy = copy_of_plan(
        plan_to_copy(stored.slug, stored.file, stored.status, text, now_text()), system_pace()
    )
    took, missed = _told(lambda target: copy.record(target, copy.stage(target), stored), context, project)
    return replace(stored, backups=tuple(took), missed=tuple(f"{each.url}: {each.error}" for each in missed))


def removal_told(reference: PlanReference, context: Context, project: Project | None) -> bool:
    """Take a plan out of the backups; whether one of them had it."""
    from atlas.engine.backups import forget_plan
    from atlas.wiring import system_pace

    had: list[bool] = []
    _told(lambda target: had.append(forget_plan(target, reference, system_pace())), context, project)
    return any(had)


def undecided(what: str, outage: Unavailable) -> Unavailable:
    """The error of a decision that nobody can take while the registry is away."""
    return Unavailable(
        f"plans are {what} by the registry alone, which cannot be asked, and nothing was changed: {outage}"
    )


def removed_everywhere(reference: PlanReference, context: Context, project: Project | None) -> None:
    """Remove a plan from the registry and from the backups. Raises ``NotFound`` where nobody has it."""
    from atlas.wiring import remove_plan

    refusal = None
    try:
        effort = effort_of(project)
        remove_plan(registry_address(context, project, effort), reference, effort)
    except NotFound as error:
        refusal = error
    except Unavailable as outage:
        raise undecided("removed", outage) from outage
    if not removal_told(reference, context, project) and refusal:
        raise refusal


def _told(
    tell: Callable[[Target], object], context: Context, project: Project | None
) -> tuple[Sequence[str], Sequence[Missed]]:
    backups = backups_of(project)
    targets = backups.opened(backups.schemas)
    if not targets:
        return (), ()
    from atlas.engine.backups import tell_each
    from atlas.wiring import system_pace

    took, missed = tell_each(targets, tell, system_pace())
    for each in missed:
        context.err(f"Warning: {each.url} was not told, run 'atlas backup resync' later: {each.error}")
    return took, missed


def effort_of(project: Project | None) -> Effort:
    """What asking the registry for plans may cost, by whether backups stand in."""
    from atlas.wiring import Effort

    return Effort.BRIEF if backups_of(project).schemas else Effort.FULL


def _found(
    states: States,
    slug: str,
    transition: Transition,
    ask: Callable[[], tuple[StoredPlan, ...]],
    *,
    status: str = "",
) -> FoundPlans:
    from atlas.engine.backups import BackedUpPlans, Primary, plans_or_fall_back
    from atlas.wiring import open_backups_later

    backups = backups_of(states.project)
    found: tuple[StoredPlan, ...] | BackedUpPlans = plans_or_fall_back(
        spared(Primary(registry_name(states.context, states.project), ask), states.context),
        open_backups_later(backups.schemas, backups.project),
        slug,
        transition,
        status=status,
    )
    if not isinstance(found, BackedUpPlans):
        return FoundPlans(found)
    states.context.err(f"Plans of {found.source}, {found.reason}")
    plans = tuple(_stored(slug, each, found.source) for each in found.plans)
    return FoundPlans(plans, f"{found.source} has none: {found.reason}")


def _stored(slug: str, plan: BackedUpPlan, source: str) -> StoredPlan:
    from atlas.client.plans import StoredPlan
    from atlas.wire.reference import PlanReference

    return StoredPlan(
        name=plan.file.name,
        slug=slug,
        status=plan.status,
        current_hash=plan.file.current_hash,
        desired_hash=plan.file.desired_hash,
        migration=plan.file.migration,
        url=str(PlanReference(slug, plan.file.name)),
        link="",
        source=source,
    )
