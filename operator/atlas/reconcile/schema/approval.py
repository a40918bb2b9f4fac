"""Plans that a person says yes to: an approved one is run as it is written, a new one waits in the registry.

Plans are looked for where the resource names a repository (``spec.cloud.repo``, or that of its ``atlas://`` state) and
there is a registry with a token. Our own are stored there only where the resource asks for approvals: that needs a
token that may push.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.engine.backups import BackedUpPlans, Primary, plans_or_fall_back
from atlas.engine.directory import generated_version
from atlas.engine.hcl_schema import print_schema, schema_hash
from atlas.engine.plan_file import PlanFile, plan_by_text, rehearse, text_of_plan, transition_of
from atlas.errors import NotVerified, Retry, Unavailable, Unsupported
from atlas.reconcile.backups import backups_with
from atlas.reconcile.dev import opened_dev
from atlas.reconcile.outcome import Failed, Waiting
from atlas.reconcile.ports import PushedSchema, RegistryPlan
from atlas.wire.contract import APPROVED, SCHEMA
from atlas.wire.reference import checked_slug, parse_reference

if TYPE_CHECKING:
    from atlas.engine.plan_file import Transition
    from atlas.reconcile.outcome import Outcome
    from atlas.reconcile.schema.passing import SchemaPass

PENDING = "ApprovalPending"
LISTING = "ListingPlans"
WAITING = "Schema plan is waiting for approval"


def repository_of(run: SchemaPass) -> str:
    """Where plans for this resource are kept; '' where there is no such place."""
    if run.storage or not (run.registry.url and run.registry.token):
        return ""
    if run.spec.cloud.repo:
        return checked_slug(run.spec.cloud.repo)
    url = run.spec.desired.url if run.is_registry_state else ""
    return parse_reference(url).slug if url.startswith("atlas:") else ""


def can_ask(run: SchemaPass) -> bool:
    """Whether a plan of our own may be stored for a person to approve."""
    return bool(repository_of(run)) and bool(run.spec.cloud.repo or run.spec.lint.review)


def find_plan(run: SchemaPass) -> Outcome | None:
    """Take the approved plan for this change in the place of our own; wait for one that was not approved yet.

    Raises:
        RegistryError: The registry does not answer: nobody knows whether there is a plan.
    """
    repository = repository_of(run)
    if not repository:
        return None
    transition = transition_of(run.plan.current, run.desired.realm, run.driver.types, bound=run.scope.bound)
    found = _plans(run, repository, transition)
    approved = [plan for plan in found if plan.is_approved]
    choice = approved or list(found)
    if len(choice) > 1:
        urls = ", ".join(plan.url for plan in choice)
        hint = "keep one of them, and remove the others by 'atlas schema plan rm --url'"
        return Failed(LISTING, f"multiple schema plans found: {urls}; {hint}", Retry.BACKOFF)
    if not approved:
        return _waiting(choice[0], run.plans_from) if choice else None
    run.approved = approved[0]
    fresh = run.plan.statements
    run.plan = plan_by_text(run.plan, approved[0].file, run.database.dialect.scan_options)
    if [each.text() for each in run.plan.statements] != [each.text() for each in fresh]:
        _prove(run, approved[0].file)
    return None


def ask(run: SchemaPass) -> Waiting:
    """Store our plan in the registry, for a person to say yes to.

    Raises:
        RegistryError: The registry does not answer, or refuses it. Nobody is asked, so nothing runs.
    """
    try:
        return _asked(run)
    except Unavailable as outage:
        raise Unavailable(
            f"a person has to approve this change in the registry, which cannot be reached, so nothing was run: {outage}"
        ) from outage


def _asked(run: SchemaPass) -> Waiting:
    repository = repository_of(run)
    types = run.driver.types
    transition = transition_of(run.plan.current, run.desired.realm, types, bound=run.scope.bound)
    if not run.is_registry_state:
        run.ports.registry.push_schema(run.registry, _schema(run, repository))
    file = PlanFile(
        name=generated_version(run.ports.clock.now()),
        current_hash=transition.current_hash,
        desired_hash=transition.desired_hash,
        migration=text_of_plan(run.plan, run.database.dialect.scan_options),
    )
    made = run.ports.registry.propose(run.registry, repository, file)
    return _waiting(made)


def _schema(run: SchemaPass, repository: str) -> PushedSchema:
    """The desired state, so that the plan has a schema to belong to; the tag is named after what it holds."""
    types, realm = run.driver.types, run.desired.realm
    digest = schema_hash(realm, types)
    short = digest.translate(str.maketrans("+/", "-_"))[:8].lower()
    return PushedSchema(
        slug=repository,
        hcl=print_schema(realm, types),
        hash=digest,
        driver=run.database.dialect.name,
        tag=f"operator-plan-{short}",
    )


def _plans(run: SchemaPass, repository: str, transition: Transition) -> tuple[RegistryPlan, ...]:
    """The registry's plans, or while it cannot be reached those that a backup holds."""
    primary = Primary(
        run.registry.url, lambda: run.ports.registry.plans(run.registry, repository, transition)
    )
    found = plans_or_fall_back(primary, backups_with(run, SCHEMA, repository), repository, transition)
    if not isinstance(found, BackedUpPlans):
        return found
    run.plans_from = found
    return tuple(
        RegistryPlan(each.file, each.status == APPROVED, f"atlas://{repository}/plans/{each.file.name}", "")
        for each in found.plans
    )


def _waiting(plan: RegistryPlan, backup: BackedUpPlans | None = None) -> Waiting:
    shown = plan.link or plan.url
    told = f" (as {backup.source} has it: {backup.reason})" if backup else ""
    return Waiting(PENDING, f"{WAITING}: {shown}{told}", plan_url=plan.url, plan_link=plan.link)


def _prove(run: SchemaPass, file: PlanFile) -> None:
    """Try a text that is not ours out before it runs on rows; the run is read back in any case.

    Raises:
        NotVerified: It does not lead to the desired state.
    """
    with opened_dev(run, run.driver) as dev:
        try:
            rehearse(run.plan, name=file.name, driver=run.driver, dev=dev, scope=run.scope)
        except Unsupported as doubt:
            run.ports.warn(f"the plan was not tried out before the run: {doubt}")
        except NotVerified as refused:
            raise NotVerified(f"{refused}; nothing was run") from refused
