"""``atlas schema plan approve``: say yes to a plan of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_format_flag, plan_url_of
from atlas.cli.project.file import filled
from atlas.cli.registry.access import registry_address
from atlas.errors import Unavailable, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan approve --url atlas://app/plans/add_users", "so that it may be applied")
    parser.flag("-u", "--url", text="the plan, as atlas://SCHEMA/plans/NAME")
    parser.flag(
        "--digest",
        text="approve only the file of this digest, as sha256:…, and nothing that was pushed since",
    )
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Approve; a plan that was approved before stays so.

    Raises:
        UsageError: ``--digest`` is none.
        Conflict: The registry holds another file under the name.
    """
    from atlas.cli.commands.schema.plan.backed_up import approval_told, effort_of, undecided
    from atlas.cli.commands.schema.plan.storing import tell
    from atlas.wire.digest import is_digest
    from atlas.wire.reference import parse_plan_reference
    from atlas.wiring import approve_plan

    reference = parse_plan_reference(plan_url_of(arguments))
    digest = arguments.digest
    if "digest" in arguments.given and not is_digest(digest):
        raise UsageError(
            f'invalid --digest "{digest}": expected sha256: and 64 hexadecimal digits, as sha256sum has them of the file '
            "that 'atlas schema plan pull' prints"
        )
    arguments, project = filled(arguments, context)
    try:
        effort = effort_of(project)
        address = registry_address(context, project, effort)
        approved = approve_plan(address, reference, effort, digest=digest)
    except Unavailable as outage:
        raise undecided("approved", outage) from outage
    tell(approval_told(approved, context, project), arguments.format, context)
    return 0
