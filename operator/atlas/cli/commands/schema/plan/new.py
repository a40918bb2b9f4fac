"""``atlas schema plan new``: the file of a plan whose migration a person writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_state_flags
from atlas.cli.project.file import filled
from atlas.cli.urls.states import States

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_EMPTY = "-- Write the statements that lead from the current state to the desired one.\n-- 'atlas schema plan validate' tries them out.\n"


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan new --env local --name add_users", "to be filled by hand")
    add_state_flags(parser)
    parser.flag("--name", text="name the plan (default: the time)")


def run(arguments: Namespace, context: Context) -> int:
    """Write ``NAME.plan.hcl`` with the hashes of both states into the working directory."""
    from atlas.cli.commands.schema.plan.files import save_plan
    from atlas.cli.commands.schema.plan.planning import planned_states
    from atlas.cli.render.plan_text import saved_text
    from atlas.engine.directory import generated_version
    from atlas.engine.plan_file import PlanFile
    from atlas.wire.reference import checked_plan_name
    from atlas.wiring import SystemClock

    arguments, project = filled(arguments, context)
    current, desired = planned_states(States(arguments, context, project)).transition
    name = checked_plan_name(arguments.name or generated_version(SystemClock().now()))
    file = PlanFile(name=name, current_hash=current, desired_hash=desired, migration=_EMPTY)
    context.out(saved_text(save_plan(file)), end="")
    return 0
