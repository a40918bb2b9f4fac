"""``atlas schema plan test``: cases of test files about plans, each in an empty room of the dev database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.testing.cases import add_case_flags, chosen_cases
from atlas.cli.urls.states import States, add_dev_flag, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.plan_file import PlanFile


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema plan test --env local plan.test.hcl", "the cases of one file")
    add_dev_flag(parser)
    add_case_flags(parser)
    parser.repeated("-s", "--schema", text="only these schemas of a dev database that names none")


def run(arguments: Namespace, context: Context) -> int:
    """Run the cases; the exit code is 1 when one failed, and stderr stays empty then."""
    from atlas.cli.commands.schema.plan.files import read_plan
    from atlas.cli.testing.running import Rooms, run_cases
    from atlas.engine.testing import PlanSteps
    from atlas.wiring import open_dev, schema_driver

    arguments, project = filled(arguments, context)
    if not arguments.dev_url:
        raise UsageError('required flag(s) "dev-url" not set')
    cases = chosen_cases(arguments, context, project, "plan")
    states = States(arguments, context, project)
    arguments.exclude = arguments.include = []

    def plan_at(url: str) -> PlanFile:
        return read_plan(url, context, project).file

    with open_dev(parse_dev_url(arguments.dev_url)) as opened:
        scope = scope_of(arguments, opened.bound)
        steps = PlanSteps(
            driver=schema_driver(opened.dialect),
            scope=scope,
            dialect=opened.dialect,
            read_state=lambda urls: states.read(states.urls(urls), scope),
            read_plan=plan_at,
        )
        rooms = Rooms(opened, scope, said=steps.said)
        return run_cases(cases, rooms, context, steps)
