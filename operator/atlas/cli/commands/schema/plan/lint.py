"""``atlas schema plan lint``: the text of a plan through the analyzers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.plan.planning import (
    add_file_flag,
    add_format_flag,
    add_state_flags,
    described,
    typed_file,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema plan lint --env local --file file://20240101000000.plan.hcl", "after it was edited"
    )
    add_file_flag(parser)
    add_state_flags(parser)
    parser.switch("--auto-approve", text="accepted for clients that send it; nobody is asked here")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Lint. With a template the exit code is 0 whatever was found: clients read the answer."""
    from atlas.cli.commands.schema.plan.checking import check_transition
    from atlas.cli.commands.schema.plan.examining import examined
    from atlas.cli.commands.schema.plan.files import read_plan
    from atlas.cli.commands.schema.plan.planning import environment_of, named_repository, planned_states
    from atlas.cli.render.plan_documents import plan_file_document, schema_plan_document
    from atlas.cli.render.plan_text import analysis_text

    typed, states = typed_file(arguments, context)
    arguments = states.arguments
    read = read_plan(typed, context, states.project)
    planned = planned_states(states)
    check_transition(planned.transition, read.file)
    tried = examined(states, planned, read.file)
    if tried.doubt:
        context.err(f"Warning: the plan was not tried out: {tried.doubt}")
    if not arguments.format:
        context.out(analysis_text(tried.report, len(tried.plan.statements)), end="")
        return int(tried.report.is_error)
    from atlas.gotemplate import render

    places = (described(planned.current_urls), described(planned.desired_urls))
    url = "" if read.stored else typed
    file = plan_file_document(read.file, tried.written, places=places, stored=read.stored, url=url)
    slug = read.stored.slug if read.stored else named_repository(states, planned.desired_urls)
    env = environment_of(states, planned)
    context.out(render(arguments.format, schema_plan_document(env, slug, file, lint=tried.report)))
    return 0
