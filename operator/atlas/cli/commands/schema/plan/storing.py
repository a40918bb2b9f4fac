"""A plan on its way into the registry: may it be stored as approved, the push itself, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.urls.states import States
    from atlas.client.plans import PlanPush, StoredPlan
    from atlas.engine.backups import Copy
    from atlas.engine.plan_file import PlanFile

_APPROVE, _ABORT = "Approve and push", "Abort"


def ask_approval(arguments: Namespace, *, otherwise: str) -> bool:
    """Whether the person at the terminal approves the plan.

    Raises:
        UsageError: Nobody can be asked; ``otherwise`` are the flags that say what is wanted.
    """
    from atlas.cli.terminal.prompt import is_interactive, select

    if arguments.format or not is_interactive():
        raise UsageError(f"nobody can be asked here: expected {otherwise}")
    return select("Approve or abort the plan", (_APPROVE, _ABORT)) == _APPROVE


def send(states: States, slug: str, file: PlanFile) -> StoredPlan:
    """Store a plan: pending where the command says so, else approved."""
    from atlas.cli.flags.deploy_context import deploy_context
    from atlas.client.plans import PlanPush
    from atlas.wire.contract import APPROVED, PENDING
    from atlas.wire.reference import checked_plan_name

    _refuse_storage(states)
    push = PlanPush(
        slug=slug,
        name=checked_plan_name(file.name),
        status=PENDING if states.arguments.pending else APPROVED,
        current_hash=file.current_hash,
        desired_hash=file.desired_hash,
        migration=file.migration,
        context=deploy_context(states.arguments.context) or {},
    )
    return _sent(states, push, file)


def _sent(states: States, push: PlanPush, file: PlanFile) -> StoredPlan:
    """Push to the registry and to all backups."""
    from dataclasses import replace

    from atlas.cli.registry.access import registry_address
    from atlas.cli.registry.backups import backups_of, replicated
    from atlas.cli.registry.reads import registry_name
    from atlas.client.plans import unsent_plan
    from atlas.engine.backups import Primary
    from atlas.wiring import Effort, push_plan

    backups = backups_of(states.project)
    targets = backups.opened(backups.schemas)
    effort = Effort.BRIEF_PUSH if targets else Effort.FULL

    def ask() -> StoredPlan:
        return push_plan(registry_address(states.context, states.project, effort), push, effort)

    if not targets:
        return ask()
    primary = Primary(registry_name(states.context, states.project), ask)
    done = replicated(primary, targets, _copy(push, file), states.context)
    missed = tuple(f"{each.url}: {each.error}" for each in done.missed)
    return replace(done.answer or unsent_plan(push), backups=done.backups, missed=missed)


def _copy(push: PlanPush, file: PlanFile) -> Copy:
    from atlas.cli.registry.backups import now_text
    from atlas.engine.backups import copy_of_plan, plan_to_copy
    from atlas.engine.plan_file import print_plan_file
    from atlas.wiring import system_pace

    text = print_plan_file(file).encode()
    return copy_of_plan(plan_to_copy(push.slug, file, push.status, text, now_text()), system_pace())


def _refuse_storage(states: States) -> None:
    env = states.project.env if states.project else None
    if env and env.schema.repo_url:
        raise Unsupported(
            f'env "{env.name}": schema.repo.url is not supported for plans, and nothing was pushed: take it out of the '
            "block, or keep the plan as a file with --save"
        )


def tell(stored: StoredPlan, template: str, context: Context) -> None:
    """Where a plan is, and how it stands."""
    if not template:
        from atlas.cli.render.plan_text import stored_text

        context.out(stored_text(stored), end="")
        return
    from atlas.cli.render.plan_documents import approval_document
    from atlas.gotemplate import render

    context.out(render(template, approval_document(stored)))
