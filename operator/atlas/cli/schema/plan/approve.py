"""``atlas schema plan approve``: say yes to a plan of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project_file import filled
from atlas.cli.registry_access import registry_address
from atlas.cli.schema.plan.planning import add_format_flag, plan_url_of
from atlas.errors import Unavailable

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan approve --url atlas://app/plans/add_users", "so that it may be applied")
    parser.flag("-u", "--url", text="the plan, as atlas://SCHEMA/plans/NAME")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Approve; a plan that was approved before stays so."""
    from atlas.cli.schema.plan.backed_up import approval_told, effort_of, undecided
    from atlas.cli.schema.plan.storing import tell
    from atlas.wire.reference import parse_plan_reference
    from atlas.wiring import approve_plan

    reference = parse_plan_reference(plan_url_of(arguments))
    arguments, project = filled(arguments, context)
    try:
        effort = effort_of(project)
        approved = approve_plan(registry_address(context, project, effort), reference, effort)
    except Unavailable as outage:
        raise undecided("approved", outage) from outage
    tell(approval_told(approved, context, project), arguments.format, context)
    return 0
