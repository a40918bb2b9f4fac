"""``atlas schema diff``: the SQL that makes one state of another. Runs nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.urls.states import NO_DATABASES, States, add_dev_flag, add_scope_flags, parse_dev_url, scope_of
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.plan import Plan
    from atlas.engine.scope import Scope


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas schema diff --from sqlite://app.db --to file://schema.sql --dev-url 'sqlite://dev?mode=memory'",
        "from a database to a file",
    )
    parser.example(
        "atlas schema diff --from atlas://app --to file://schema.hcl --env local",
        "from the registry's latest to a file",
    )
    parser.repeated("-f", "--from", text="the current state: a database, file://, atlas:// or env:// URL")
    parser.repeated("--to", text="the desired state, in the same forms")
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag("--format", text="Go template for the answer, as '{{ sql . \"  \" }}' or '{{ json . }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Print the plan, and on stderr what it deletes; the exit code is 0 whether or not there is a difference."""
    from atlas.cli.render.schema_text import ALL_SYNCED, unsupported_lines

    arguments, project = filled(arguments, context)
    states = States(arguments, context, project)
    current, desired = states.urls(getattr(arguments, "from")), states.urls(arguments.to)
    missing = [f'"{name}"' for name, urls in (("from", current), ("to", desired)) if not urls]
    if missing:
        raise UsageError(f"required flag(s) {', '.join(missing)} not set")
    plan = _planned(states, current, desired)
    for line in unsupported_lines(plan.current.unmodelled):
        context.err(line)
    _warn(plan, context)
    if not arguments.format:
        from atlas.engine.inspect_documents import plan_text

        context.out(plan_text(plan.statements) if plan.statements else f"{ALL_SYNCED}\n", end="")
        return 0
    from atlas.cli.render.schema_documents import diff_document, plan_functions
    from atlas.gotemplate import render

    document = diff_document(plan.statements, plan.current, plan.desired, states.provenance)
    context.out(render(arguments.format, document, plan_functions(plan.statements)), end="")
    return 0


def _warn(plan: Plan, context: Context) -> None:
    """Data that would be gone, and drops that look like renames. On stderr: programs compare what is on stdout."""
    from atlas.cli.render.schema_text import losses, rename_hints
    from atlas.engine.plan.renames import likely_renames

    warning = losses(plan.statements) + rename_hints(likely_renames(plan.changes))
    if warning:
        context.err(warning.rstrip("\n"))


def _planned(states: States, current: tuple[str, ...], desired: tuple[str, ...]) -> Plan:
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.wiring import schema_driver

    scope, dialect = frame_of(states, (*current, *desired))
    states.refuse_dev_among((*current, *desired))
    before = states.normalized(states.read(current, scope), scope, dialect).realm
    after = states.normalized(states.read(desired, scope), scope.like(before), dialect)
    policy = states.project.diff if states.project else PlanOptions().policy
    options = PlanOptions(bound=scope.bound, renames=after.renames, policy=policy)
    return make_plan(schema_driver(dialect), before, after.realm, options)


def frame_of(states: States, urls: tuple[str, ...]) -> tuple[Scope, str]:
    """The scope and the dialect: those of the first database of the two, else of the dev database."""
    from atlas.engine.database_url import parse_database_url
    from atlas.engine.desired_state.normalize import NO_DEV_DATABASE
    from atlas.wiring import open_dev

    text = next(
        (url for url in urls if url.partition("://")[0] not in NO_DATABASES), states.arguments.dev_url
    )
    if not text:
        raise UsageError(NO_DEV_DATABASE)
    url = parse_database_url(text) if text in urls else parse_dev_url(text)
    with open_dev(url) as opened:
        return scope_of(states.arguments, opened.bound), opened.dialect
