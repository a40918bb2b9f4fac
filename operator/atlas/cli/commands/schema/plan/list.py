"""``atlas schema plan list``: plans of a schema in the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import add_format_flag, add_state_flags, repository_of
from atlas.cli.project.file import filled
from atlas.cli.urls.states import States

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.client.plans import StoredPlan


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan list --env local --pending", "what waits for a yes")
    add_state_flags(parser)
    parser.switch("--pending", text="only plans that wait for an approval")
    parser.switch("--auto-approve", text="accepted for clients that send it; nobody is asked here")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """List the plans of the schema; with --from or --to only those that lead from or to that state."""
    from atlas.cli.render.plan_text import NO_PLANS, stored_text

    typed = (list(getattr(arguments, "from")), list(arguments.to))
    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    found = _found(states, *map(states.urls, typed))
    if arguments.format:
        from atlas.cli.render.plan_documents import stored_plan_document
        from atlas.gotemplate import render

        context.out(render(arguments.format, [stored_plan_document(each) for each in found]))
        return 0
    context.out("\n".join(stored_text(each) for each in found) or f"{NO_PLANS}\n", end="")
    return 0


def _found(states: States, current: tuple[str, ...], desired: tuple[str, ...]) -> tuple[StoredPlan, ...]:
    from atlas.cli.commands.schema.plan.backed_up import listed_plans
    from atlas.cli.commands.schema.plan.planning import hashes_of
    from atlas.client.plans import PlanQuery
    from atlas.wire.contract import PENDING

    slug = repository_of(states, desired)
    hashes = hashes_of(states, current, desired)
    query = PlanQuery(
        slug=slug,
        status=PENDING if states.arguments.pending else "",
        current_hash=hashes.current_hash,
        desired_hash=hashes.desired_hash,
    )
    return listed_plans(states, query)
