"""Plans of a schema while the registry cannot be reached: those that a backup holds, each checked against its digest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

from atlas.engine.backups.fallback import index_of
from atlas.engine.mask import mask_text
from atlas.engine.plan_file import PlanFile, parse_plan_file
from atlas.errors import AtlasError, Unavailable
from atlas.wire.contract import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.backups.fallback import Primary
    from atlas.engine.backups.target import Target
    from atlas.engine.plan_file import Transition
    from atlas.wire.contract import PlanStatus
    from atlas.wire.index import PlanRecord, RepositoryIndex

T = TypeVar("T")


class BackedUpPlan(NamedTuple):
    """A plan as a backup has it; it may have been approved since."""

    file: PlanFile
    status: PlanStatus


class BackedUpPlans(NamedTuple):
    """What the backup at ``source`` holds for a transition, and why it was asked."""

    plans: tuple[BackedUpPlan, ...]
    source: str
    reason: str


def plans_or_fall_back(
    primary: Primary[T], backups: Sequence[Callable[[], Target]], slug: str, transition: Transition
) -> T | BackedUpPlans:
    """The registry's plans, else those of the first backup that has the schema and can prove them.

    Raises ``Unavailable`` where nobody can say whether there are plans, and whatever the registry refuses.
    """
    try:
        return primary.ask()
    except Unavailable as outage:
        failures: list[tuple[str, AtlasError]] = [(primary.name, outage)]
        for opened in backups:
            url = "a backup"
            try:
                target = opened()
                url = target.url
                plans = _plans(target, slug, transition)
            except AtlasError as error:
                failures.append((url, error))
                continue
            reason = f"the registry at {primary.name} did not answer: {mask_text(str(outage))}"
            return BackedUpPlans(plans, url, reason)
        if not backups:
            raise
        listed = "".join(f"\n  {name}: {mask_text(str(error))}" for name, error in failures)
        raise Unavailable(f'nobody can say which plans of "{slug}" there are:{listed}') from outage


def _plans(target: Target, slug: str, transition: Transition) -> tuple[BackedUpPlan, ...]:
    index = index_of(target, target.key(SCHEMA, slug))
    wanted = (transition.current_hash, transition.desired_hash)
    return tuple(
        BackedUpPlan(proved_plan(target, index, plan), plan.status)
        for plan in index.plans
        if (plan.current_hash, plan.desired_hash) == wanted
    )


def proved_plan(target: Target, index: RepositoryIndex, plan: PlanRecord) -> PlanFile:
    """A plan that an index names; raises ``Unavailable`` where its file is damaged or gone."""
    try:
        return parse_plan_file(target.content.plan(index.key, plan.digest).decode(), plan.name)
    except Unavailable:
        raise
    except (AtlasError, ValueError) as error:
        raise Unavailable(f'plan "{plan.name}" of "{index.key.slug}" is damaged: {error}') from error
