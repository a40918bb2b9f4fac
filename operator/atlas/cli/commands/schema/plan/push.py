"""``atlas schema plan push``: store the file of a plan in the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_format_flag, add_state_flags, typed_file
from atlas.cli.commands.schema.plan.storing import ask_approval, send, tell
from atlas.cli.registry.reads import registry_name

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.urls.states import States
    from atlas.engine.plan_file import PlanFile


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
    from atlas.cli.commands.schema.plan.files import read_plan
    from atlas.cli.commands.schema.plan.planning import repository_of

    typed, states = typed_file(arguments, context)
    arguments = states.arguments
    registry_name(context, states.project)  # whether there is one is told before any work
    file = read_plan(typed, context, states.project).file
    _check(states, file)
    if not _is_approved(arguments):
        return 0
    tell(send(states, repository_of(states), file), arguments.format, context)
    return 0


def _check(states: States, file: PlanFile) -> None:
    """Hold the plan against both states, where they are named."""
    from atlas.cli.commands.schema.plan.checking import check_transition
    from atlas.cli.commands.schema.plan.examining import examined
    from atlas.cli.commands.schema.plan.planning import given_states, planned_states

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
    return (
        arguments.auto_approve
        or arguments.pending
        or ask_approval(
            arguments,
            otherwise="--auto-approve to push an approved plan, or --pending to leave the approval to somebody else",
        )
    )
