"""Which plan ``schema apply`` runs: the one that is named, an approved one of the registry, or none made before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.errors import ApprovalPending, LoginRequired, PlanError

if TYPE_CHECKING:
    from collections.abc import Callable

    from atlas.cli.commands.schema.plan.backed_up import FoundPlans
    from atlas.cli.urls.states import States
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan import Plan
    from atlas.engine.plan_file import PlanFile, Transition
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.schema import Realm


@dataclass(frozen=True, slots=True)
class PrePlanned:
    """A plan that was made before.

    Attributes:
        plan: The states as they are now, with the statements of its text.
        fresh: What the planner says now.
        stored: How the registry has it; None for a file.
    """

    file: PlanFile
    plan: Plan
    fresh: Plan
    stored: StoredPlan | None

    @property
    def is_approved(self) -> bool:
        from atlas.wire.contract import APPROVED

        return self.stored is not None and self.stored.status == APPROVED

    @property
    def is_as_planned(self) -> bool:
        """The text is what the planner would write today."""
        now = [each.text() for each in self.fresh.statements]
        return [each.text() for each in self.plan.statements] == now


@dataclass(frozen=True, slots=True)
class Choice:
    """The plan to run, if one was made before, and the addresses of those that wait for an approval.

    ``unasked`` says why nobody knows whether the registry has an approved one; '' where it was asked, or one was found.
    """

    chosen: PrePlanned | None = None
    waiting: tuple[str, ...] = ()
    unasked: str = ""


def choose(
    states: States,
    urls: tuple[str, ...],
    fresh: Plan,
    desired: Realm,
    *,
    driver: SchemaDriver,
    scope: Scope,
) -> Choice:
    """The plan for what ``fresh`` leads from and to; ``desired`` is the state before a policy left parts of it out.

    Raises:
        ApprovalPending: The plan that is named was not approved.
        Drifted, PlanError: The plan that is named is for other states, or several are approved.
        RegistryError: The registry does not answer. Without an answer nobody knows whether there is a plan.
    """
    if not fresh.statements:
        return Choice()

    def transition() -> Transition:
        from atlas.engine.plan_file import transition_of

        return transition_of(fresh.current, desired, driver.types, bound=scope.bound)

    if states.arguments.plan:
        return Choice(_named(states, fresh, transition()))
    found = _stored(states, urls, transition)
    approved = [plan for plan in found.plans if plan.status == "APPROVED"]
    waiting = tuple(plan.url for plan in found.plans if plan not in approved)
    if len(approved) > 1:
        from atlas.cli.render.plan_text import several_plans

        raise PlanError(several_plans(transition(), [plan.url for plan in approved]))
    if not approved:
        return Choice(None, waiting, found.unasked)
    return Choice(_of_registry(approved[0], fresh), waiting)


def _named(states: States, fresh: Plan, found: Transition) -> PrePlanned:
    from atlas.cli.commands.schema.plan.checking import check_transition
    from atlas.cli.commands.schema.plan.files import read_plan

    read = read_plan(states.arguments.plan, states.context, states.project)
    check_transition(found, read.file)
    if read.stored is None:
        return _with_text(read.file, fresh, None)
    made = _of_registry(read.stored, fresh)
    if not made.is_approved and not states.arguments.dry_run:
        where = f" in {read.stored.source}, and the registry cannot be asked" if read.stored.source else ""
        raise ApprovalPending(
            f"plan {read.stored.url} is PENDING{where}: it has to be approved before it is run, by 'atlas schema plan approve "
            f"--url {read.stored.url}'"
        )
    return made


def _stored(states: States, urls: tuple[str, ...], transition: Callable[[], Transition]) -> FoundPlans:
    """The registry's plans for this change; none where nobody is logged in, or no repository is named."""
    from atlas.cli.commands.schema.plan.backed_up import FoundPlans, stored_plans
    from atlas.wire.reference import parse_reference

    env = states.project.env if states.project else None
    slug = env.schema.repo_name if env else ""
    slug = slug or next((parse_reference(url).slug for url in urls if url.startswith("atlas:")), "")
    if not slug or (env and env.schema.repo_url):  # storage in the place of a registry holds no plans
        return FoundPlans()
    try:
        return stored_plans(states, slug, transition())
    except LoginRequired:
        return FoundPlans()


def _of_registry(stored: StoredPlan, fresh: Plan) -> PrePlanned:
    return _with_text(stored.file, fresh, stored)


def _with_text(file: PlanFile, fresh: Plan, stored: StoredPlan | None) -> PrePlanned:
    from atlas.engine.plan_file import plan_by_text
    from atlas.engine.scan import options_for

    return PrePlanned(file, plan_by_text(fresh, file, options_for(fresh.current.dialect)), fresh, stored)
