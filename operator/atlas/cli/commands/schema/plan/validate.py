"""``atlas schema plan validate``: does a plan lead from the current state exactly to the desired one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_file_flag, add_state_flags, typed_file
from atlas.errors import PlanError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema plan validate --env local --file file://20240101000000.plan.hcl", "after it was edited"
    )
    add_file_flag(parser)
    add_state_flags(parser)
    parser.flag("--name", text="the name that the plan must have")
    parser.switch("--auto-approve", text="accepted for clients that send it; nobody is asked here")


def run(arguments: Namespace, context: Context) -> int:
    """Run the plan in the dev database, on the current state, and compare what comes of it with the desired one."""
    from atlas.cli.commands.schema.plan.checking import check_transition
    from atlas.cli.commands.schema.plan.examining import examined
    from atlas.cli.commands.schema.plan.files import read_plan
    from atlas.cli.commands.schema.plan.planning import planned_states

    typed, states = typed_file(arguments, context)
    arguments = states.arguments
    file = read_plan(typed, context, states.project).file
    if arguments.name and arguments.name != file.name:
        raise PlanError(f'the plan is called "{file.name}": expected "{arguments.name}", as --name says')
    planned = planned_states(states)
    check_transition(planned.transition, file)
    if doubt := examined(states, planned, file).doubt:
        raise PlanError(f"nothing is known of the plan: {doubt}")
    context.out(f'Plan "{file.name}" leads from the current state to the desired state')
    return 0
