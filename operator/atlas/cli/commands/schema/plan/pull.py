"""``atlas schema plan pull``: the file of a plan of the registry, on stdout."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import plan_url_of
from atlas.cli.project.file import filled

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema plan pull --url atlas://app/plans/add_users > add_users.plan.hcl", "to a file"
    )
    parser.flag("-u", "--url", text="the plan, as atlas://SCHEMA/plans/NAME")


def run(arguments: Namespace, context: Context) -> int:
    """Print the file as it would be saved."""
    from atlas.cli.commands.schema.plan.backed_up import pulled_plan
    from atlas.engine.plan_file import print_plan_file
    from atlas.wire.reference import parse_plan_reference

    reference = parse_plan_reference(plan_url_of(arguments))
    arguments, project = filled(arguments, context)
    stored = pulled_plan(reference, context, project)
    context.out(print_plan_file(stored.file), end="")
    return 0
