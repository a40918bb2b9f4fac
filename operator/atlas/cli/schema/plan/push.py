"""``atlas schema plan push``: store the file of a plan in the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project_file import filled
from atlas.cli.registry_access import registry_address
from atlas.cli.schema.plan.planning import add_format_flag, add_state_flags
from atlas.cli.states import States
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.client.plans import StoredPlan
    from atlas.engine.plan_file import PlanFile
    from atlas.wire.contract import RegistryAddress


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema plan push --env local --file file://20240101000000.plan.hcl --pending",
        "to be approved in the registry",
    )
    parser.flag("--file", text="the plan, as file://NAME.plan.hcl")
    add_state_flags(parser)
    parser.switch("--pending", text="store it for somebody else to approve")
    parser.switch("--auto-approve", text="approve the plan without asking")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Check the plan against the states that are named, store it, and print where it is."""
    from atlas.cli.schema.plan.files import read_plan
    from atlas.cli.schema.plan.planning import repository_of

    typed = arguments.file
    arguments, project = filled(arguments, context)
    if not typed:
        raise UsageError('required flag(s) "file" not set')
    states = States(arguments, context, project)
    address = registry_address(context, project)
    file = read_plan(typed, lambda: address).file
    _check(states, file)
    if not _is_approved(arguments):
        return 0
    tell(send(states, repository_of(states), file, address), arguments.format, context)
    return 0


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


def _check(states: States, file: PlanFile) -> None:
    """Hold the plan against both states, where they are named."""
    from atlas.cli.schema.plan.checking import check_transition
    from atlas.cli.schema.plan.examining import examined
    from atlas.cli.schema.plan.planning import given_states, planned_states

    if not all(given_states(states)):
        states.context.err(
            "Warning: the plan was not tried out: give --from and --to, or --env with a url and a src"
        )
        return
    planned = planned_states(states)
    check_transition(planned.transition, file)
    if doubt := examined(states, planned, file).doubt:
        states.context.err(f"Warning: the plan was not tried out: {doubt}")


def _is_approved(arguments: Namespace) -> bool:
    from atlas.cli.prompt import is_interactive, select
    from atlas.cli.schema.plan.make import ABORT, APPROVE

    if arguments.auto_approve or arguments.pending:
        return True
    if arguments.format or not is_interactive():
        raise UsageError(
            "nobody can be asked here: expected --auto-approve to push an approved plan, or --pending to leave the "
            "approval to somebody else"
        )
    return select("Approve or abort the plan", (APPROVE, ABORT)) == APPROVE
