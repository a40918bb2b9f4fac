"""``atlas schema test``: cases of test files, each in a room of the dev database that holds the tested schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.testing.cases import add_case_flags, chosen_cases
from atlas.cli.urls.states import NO_DATABASES, States, add_dev_flag, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.testing.running import Rooms
    from atlas.engine.database_url import DatabaseURL
    from atlas.engine.desired_state import DesiredState
    from atlas.engine.schema_ports import DevRoom
    from atlas.engine.scope import Scope
    from atlas.engine.testing import CaseRoom, Step
    from atlas.wiring import OpenedDev


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema test --env local", "the test files of an env")
    parser.repeated("-u", "--url", text="the tested schema: a database, file://, atlas:// or env:// URL")
    add_dev_flag(parser)
    add_case_flags(parser)
    parser.repeated("-s", "--schema", text="only these schemas of URLs that name none")


def run(arguments: Namespace, context: Context) -> int:
    """Run the cases; the exit code is 1 when one failed, and stderr stays empty then."""
    from atlas.cli.testing.running import run_cases
    from atlas.wiring import open_dev

    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    urls = states.urls(arguments.url)
    if not urls:
        raise UsageError('required flag(s) "url" not set')
    cases = chosen_cases(arguments, context, project, "schema")
    states.refuse_dev_among(urls)
    with open_dev(_dev_url(arguments, urls)) as opened:
        rooms = _rooms(states, urls, opened)
        return run_cases(cases, rooms, context, _no_step)


def _dev_url(arguments: Namespace, urls: tuple[str, ...]) -> DatabaseURL:
    from atlas.engine.database_url import parse_database_url
    from atlas.engine.desired_state.normalize import NO_DEV_DATABASE
    from atlas.wiring import DEFAULT_DEV_URLS

    if arguments.dev_url:
        return parse_dev_url(arguments.dev_url)
    databases = [parse_database_url(url) for url in urls if url.partition("://")[0] not in NO_DATABASES]
    default = DEFAULT_DEV_URLS.get(databases[0].driver, "") if databases else ""
    if not default:
        raise UsageError(NO_DEV_DATABASE)
    return parse_database_url(default)


def _rooms(states: States, urls: tuple[str, ...], opened: OpenedDev) -> Rooms:
    from atlas.cli.testing.running import Rooms
    from atlas.engine.desired_state.normalize import text_of

    states.arguments.exclude = states.arguments.include = []
    scope = scope_of(states.arguments, opened.bound)
    state = states.read(urls, scope)
    said = text_of(state)
    fill = _filler(state, scope, opened.dialect, states.context)
    return Rooms(opened, scope, said=lambda _commands: said, fill=fill)


def _filler(state: DesiredState, scope: Scope, dialect: str, context: Context) -> Callable[[DevRoom], None]:
    from atlas.engine.desired_state.normalize import fill
    from atlas.wiring import schema_driver

    driver = schema_driver(dialect)
    told: set[str] = set()

    def make(room: DevRoom) -> None:
        read = fill(state, room, driver=driver, scope=scope, dialect=dialect)
        for warning in read.warnings if read else ():
            if warning not in told:
                told.add(warning)
                context.err(f"Warning: {warning}")

    return make


def _no_step(_room: CaseRoom, _step: Step) -> str:
    return "a case of a schema has no such step"
