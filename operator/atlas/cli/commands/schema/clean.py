"""``atlas schema clean``: drop everything in a database, the history of its migrations too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from atlas.cli.commands.schema.running import Running, add_run_flags, check_run_flags
from atlas.cli.project.file import filled
from atlas.cli.urls.states import States, add_scope_flags, scope_of
from atlas.cli.urls.targets import opened_target
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.plan import Plan

_KEPT_SCHEMA = "public"
"""PostgreSQL's databases come with it, and programs expect to find it."""


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema clean --url sqlite://app.db --dry-run", "what would be dropped")
    parser.flag("-u", "--url", text="the database, as driver://user:password@host:port/database?key=value")
    add_scope_flags(parser)
    add_run_flags(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Plan, ask, drop. The exit code is 1 when a statement failed."""
    from atlas.cli.render.schema_text import NOTHING_TO_DROP
    from atlas.wiring import schema_driver

    check_run_flags(arguments)
    arguments, project = filled(arguments, context)
    urls = States(arguments, context, project).urls([arguments.url] if arguments.url else [])
    if not urls:
        raise UsageError('required flag(s) "url" not set')
    arguments.url = urls[0]
    with opened_target(arguments) as database:
        driver = schema_driver(database.dialect.name)
        # A history of a database that holds nothing would say that everything was applied: it goes as well.
        scope = replace(scope_of(arguments, database.url.schema), with_revisions=True)
        running = Running(arguments, context, project, database, driver, scope)
        return running.carry_out(_planned(running), nothing_to_do=NOTHING_TO_DROP)


def _planned(running: Running) -> Plan:
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.engine.restrict import inspect_realm

    current = inspect_realm(running.driver, running.database, running.scope)
    kept = tuple(schema for schema in current.schemas if schema.name in {running.scope.bound, _KEPT_SCHEMA})
    empty = replace(current, schemas=kept, objects=(), dependencies=frozenset(), unmodelled=())
    return make_plan(running.driver, current, empty, PlanOptions(bound=running.scope.bound))
