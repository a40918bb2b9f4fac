"""A plan on its way into the registry: may it be stored as approved, the push itself, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.states import States
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan_file import PlanFile
    from atlas.wire.contract import RegistryAddress

_APPROVE, _ABORT = "Approve and push", "Abort"


def ask_approval(arguments: Namespace, *, otherwise: str) -> bool:
    """Whether the person at the terminal approves the plan.

    Raises:
        UsageError: Nobody can be asked; ``otherwise`` are the flags that say what is wanted.
    """
    from atlas.cli.prompt import is_interactive, select

    if arguments.format or not is_interactive():
        raise UsageError(f"nobody can be asked here: expected {otherwise}")
    return select("Approve or abort the plan", (_APPROVE, _ABORT)) == _APPROVE


def send(states: States, slug: str, file: PlanFile, address: RegistryAddress) -> StoredPlan:
    """Store a plan: pending where the command says so, else approved."""
    from atlas.cli.migrate.apply import deploy_context
    from atlas.cli.schema.push import refuse_backup
    from atlas.client.plans import PlanPush
    from atlas.wire.contract import APPROVED, PENDING
    from atlas.wire.reference import checked_plan_name
    from atlas.wiring import push_plan

    refuse_backup(states.project.env if states.project else None)
    push = PlanPush(
        slug=slug,
        name=checked_plan_name(file.name),
        status=PENDING if states.arguments.pending else APPROVED,
        current_hash=file.current_hash,
        desired_hash=file.desired_hash,
        migration=file.migration,
        context=deploy_context(states.arguments.context) or {},
    )
    return push_plan(address, push)


def tell(stored: StoredPlan, template: str, context: Context) -> None:
    """Where a plan is, and how it stands."""
    if not template:
        from atlas.cli.render.plan_text import stored_text

        context.out(stored_text(stored), end="")
        return
    from atlas.cli.render.plan_documents import approval_document
    from atlas.gotemplate import render

    context.out(render(template, approval_document(stored)))
