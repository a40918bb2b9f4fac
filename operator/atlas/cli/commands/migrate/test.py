"""``atlas migrate test``: cases of test files, each in an empty room in which the directory can be applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.testing.cases import add_case_flags, chosen_cases
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.cli.urls.states import add_dev_flag, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.directory import Directory
    from atlas.engine.testing import MigrateTo
    from atlas.project import Project


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas migrate test --env local", "the test files of an env")
    parser.example(
        "atlas migrate test --dev-url 'sqlite://dev?mode=memory' --run seed migrate.test.hcl",
        "cases of one file that are called so",
    )
    add_directory_flags(parser)
    add_dev_flag(parser)
    add_case_flags(parser)
    parser.flag("--revisions-schema", text="the schema of the revisions table")
    parser.repeated("-s", "--schema", text="only these schemas of a dev database that names none")


def run(arguments: Namespace, context: Context) -> int:
    """Run the cases; the exit code is 1 when one failed, and stderr stays empty then."""
    from atlas.cli.testing.running import Rooms, run_cases
    from atlas.wiring import open_dev

    arguments, project = filled(arguments, context)
    if not arguments.dev_url:
        raise UsageError('required flag(s) "dev-url" not set')
    cases = chosen_cases(arguments, context, project, "migrate")
    directory = opened_directory(arguments, context, project).directory
    arguments.exclude = arguments.include = []
    with open_dev(parse_dev_url(arguments.dev_url)) as opened:
        scope = scope_of(arguments, opened.bound)
        said = ";\n".join(file.text for file in directory.files)
        rooms = Rooms(opened, scope, said=lambda _commands: said, is_history=True)
        return run_cases(cases, rooms, context, _migrate_to(directory, arguments, project))


def _migrate_to(directory: Directory, arguments: Namespace, project: Project | None) -> MigrateTo:
    from atlas.cli.flags.choices import choice
    from atlas.engine.apply import TxMode
    from atlas.engine.testing import MigrateTo
    from atlas.settings import OPERATOR_VERSION
    from atlas.wiring import SystemClock

    mode = project.env.tx_mode if project and project.env else ""
    return MigrateTo(
        directory=directory,
        clock=SystemClock(),
        operator_version=OPERATOR_VERSION,
        revisions_schema=arguments.revisions_schema,
        tx_mode=choice(TxMode, mode or "file", "unknown tx-mode "),
    )
