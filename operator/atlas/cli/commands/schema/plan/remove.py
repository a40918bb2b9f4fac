"""``atlas schema plan rm``: take a plan out of the registry."""

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
        "atlas schema plan rm --url atlas://app/plans/add_users", "one that is not wanted any more"
    )
    parser.flag("-u", "--url", text="the plan, as atlas://SCHEMA/plans/NAME")


def run(arguments: Namespace, context: Context) -> int:
    """Remove a plan, whether it was approved or not."""
    from atlas.cli.commands.schema.plan.backed_up import removed_everywhere
    from atlas.wire.reference import parse_plan_reference

    reference = parse_plan_reference(plan_url_of(arguments))
    arguments, project = filled(arguments, context)
    removed_everywhere(reference, context, project)
    context.out(f"Plan removed: {reference}")
    return 0
