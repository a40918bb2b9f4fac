"""Plans of a schema while the registry cannot be reached: those that a backup holds, each checked against its digest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from atlas.engine.backups.fallback import Fallback, index_of
from atlas.engine.backups.target import Seen, change_index
from atlas.engine.mask import mask_text
from atlas.engine.plan_file import PlanFile, parse_plan_file
from atlas.errors import AtlasError, NotFound, Unavailable
from atlas.wire.contract import SCHEMA
from atlas.wire.plans import find_plan, needed_plan

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from atlas.engine.backups.fallback import Primary
    from atlas.engine.backups.target import Pace, Target
    from atlas.engine.plan_file import Transition
    from atlas.wire.contract import PlanStatus
    from atlas.wire.index import PlanRecord, RepositoryIndex
    from atlas.wire.reference import PlanReference

T = TypeVar("T")
U = TypeVar("U")


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
    primary: Primary[T],
    backups: Sequence[Callable[[], Target]],
    slug: str,
    transition: Transition,
    *,
    status: str = "",
) -> T | BackedUpPlans:
    """The registry's plans, else those of the first backup that has the schema and can prove them.

    An empty hash of ``transition``, and an empty ``status``, do not matter. Raises ``Unavailable`` where nobody can say
    whether there are plans, and whatever the registry refuses.
    """

    def found(target: Target) -> BackedUpPlans:
        return BackedUpPlans(_plans(target, slug, transition, status), target.url, "")

    try:
        return primary.ask()
    except Unavailable as outage:
        answer = _of_first(primary, backups, outage, found, f'which plans of "{slug}" there are')
        return answer._replace(reason=_reason(primary, outage))


def plan_or_fall_back(
    primary: Primary[T], backups: Sequence[Callable[[], Target]], reference: PlanReference
) -> tuple[T | BackedUpPlan, Fallback | None]:
    """The registry's plan of a name, else that of the first backup that has it and can prove it.

    "Not found" is believed, but for a plan that a backup marks as missed by the registry. Raises ``Unavailable`` where
    nobody can serve it, and whatever the registry refuses.
    """

    def found(target: Target) -> tuple[BackedUpPlan, Fallback]:
        return _named(target, reference)

    try:
        return primary.ask(), None
    except NotFound as refusal:
        missed = _missed_by_registry(backups, reference)
        if missed is None:
            raise
        plan, fallback = missed
        why = f"the registry at {primary.name} does not have it yet: {mask_text(str(refusal))}"
        return plan, Fallback(fallback.source, fallback.created_at, why)
    except Unavailable as outage:
        plan, fallback = _of_first(primary, backups, outage, found, f'what "{reference}" is')
        return plan, Fallback(fallback.source, fallback.created_at, _reason(primary, outage))


def _of_first(
    primary: Primary[T],
    backups: Sequence[Callable[[], Target]],
    outage: Unavailable,
    found: Callable[[Target], U],
    what: str,
) -> U:
    """What ``found`` makes of the first backup that can prove it."""
    if not backups:
        raise outage
    failures: list[tuple[str, AtlasError]] = [(primary.name, outage)]
    for opened in backups:
        url = "a backup"
        try:
            target = opened()
            url = target.url
            return found(target)
        except AtlasError as error:
            failures.append((url, error))
    listed = "".join(f"\n  {name}: {mask_text(str(error))}" for name, error in failures)
    raise Unavailable(f"nobody can say {what}:{listed}") from outage


def _reason(primary: Primary[T], outage: Unavailable) -> str:
    return f"the registry at {primary.name} did not answer: {mask_text(str(outage))}"


def _named(target: Target, reference: PlanReference) -> tuple[BackedUpPlan, Fallback]:
    index = index_of(target, target.key(SCHEMA, reference.slug))
    plan = needed_plan(index, reference.name)
    file = proved_plan(target, index, plan)
    return BackedUpPlan(file, plan.status), Fallback(target.url, plan.created_at, "")


def _missed_by_registry(
    backups: Sequence[Callable[[], Target]], reference: PlanReference
) -> tuple[BackedUpPlan, Fallback] | None:
    for opened in backups:
        try:
            target = opened()
            index = index_of(target, target.key(SCHEMA, reference.slug))
            if reference.name in index.unsynced_plans:
                return _named(target, reference)
        except AtlasError:  # the registry did answer: whatever is wrong with a backup is no news
            continue
    return None


def _plans(target: Target, slug: str, transition: Transition, status: str) -> tuple[BackedUpPlan, ...]:
    index = index_of(target, target.key(SCHEMA, slug))
    wanted = (status, *transition)
    return tuple(
        BackedUpPlan(proved_plan(target, index, plan), plan.status)
        for plan in index.plans
        if all(
            word in {"", held}
            for word, held in zip(wanted, (plan.status, plan.current_hash, plan.desired_hash), strict=True)
        )
    )


def forget_plan(target: Target, reference: PlanReference, pace: Pace) -> bool:
    """Take a plan that the registry has removed out of a backup, its file stays; whether the backup had it."""
    key = target.key(SCHEMA, reference.slug)
    loaded = target.content.load_index(key)
    if loaded is None or find_plan(loaded.index, reference.name) is None:
        return False

    def without(index: RepositoryIndex | None) -> RepositoryIndex:
        if index is None:
            raise NotFound(f'the index of "{key.slug}" has gone')
        marks = tuple(name for name in index.unsynced_plans if name != reference.name)
        plans = tuple(plan for plan in index.plans if plan.name != reference.name)
        return replace(index, plans=plans, unsynced_plans=marks)

    change_index(target, key, without, pace, seen=Seen(loaded))
    return True


def proved_plan(target: Target, index: RepositoryIndex, plan: PlanRecord) -> PlanFile:
    """A plan that an index names; raises ``Unavailable`` where its file is damaged, gone, or for other states."""
    try:
        file = parse_plan_file(target.content.plan(index.key, plan.digest).decode(), plan.name)
        if (file.current_hash, file.desired_hash) != (plan.current_hash, plan.desired_hash):
            raise Unavailable(f'plan "{plan.name}" of "{index.key.slug}" is damaged: it is for other states')
    except Unavailable:
        raise
    except (AtlasError, ValueError) as error:
        raise Unavailable(f'plan "{plan.name}" of "{index.key.slug}" is damaged: {error}') from error
    return file
