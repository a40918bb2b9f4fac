"""``atlas schema apply``: bring a database to a desired state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.schema.running import Running, add_run_flags, check_run_flags
from atlas.cli.flags.lists import values_of
from atlas.cli.project.file import filled_for_each
from atlas.cli.project.flag_values import with_scheme
from atlas.cli.urls.states import States, add_dev_flag, add_scope_flags, scope_of
from atlas.cli.urls.targets import opened_target
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.plan import Plan
    from atlas.project import Project
    from atlas.schema import Key, Realm


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema apply --env local", "an env's database to its desired state, after a yes")
    parser.example(
        "atlas schema apply --url sqlite://app.db --to file://schema.sql --dev-url 'sqlite://dev?mode=memory' --dry-run",
        "the plan alone",
    )
    parser.example("atlas schema apply --env prod --auto-approve", "without a question")
    parser.flag("-u", "--url", text="the database, as driver://user:password@host:port/database?key=value")
    parser.repeated("--to", text="the desired state: file://, a database, atlas:// or env:// URL")
    parser.repeated("-f", "--file", text="the desired state, as --to; a path is meant as file://path")
    add_dev_flag(parser)
    add_scope_flags(parser)
    add_run_flags(parser)
    parser.flag("--plan", text="run this plan: atlas://SCHEMA/plans/NAME, or file://NAME.plan.hcl")


def run(arguments: Namespace, context: Context) -> int:
    """Plan, ask, apply, verify, on each target of the env in turn. The exit code is 1 when a statement failed."""
    check_run_flags(arguments)
    arguments.to = [*arguments.to, *_files(arguments.file)]
    from atlas.cli.project.many_targets import run_in_turn

    targets = filled_for_each(arguments, context)
    return run_in_turn(targets, context, lambda each, project: _run_one(each, context, project))


def _run_one(arguments: Namespace, context: Context, project: Project | None) -> int:
    states = States(arguments, context, project)
    urls = states.urls(arguments.to)
    arguments.url = next(iter(states.urls([arguments.url] if arguments.url else [])), "")
    if not arguments.url:
        raise UsageError('required flag(s) "url" not set')
    if not urls:
        raise UsageError('one of flag(s) "file" or "to" is required')
    from dataclasses import replace

    from atlas.cli.commands.schema.plan.choosing import choose
    from atlas.cli.render.schema_text import SYNCED
    from atlas.wiring import schema_driver

    with opened_target(arguments) as database:
        driver = schema_driver(database.dialect.name)
        running = Running(
            arguments, context, project, database, driver, scope_of(arguments, database.url.schema)
        )
        plan, desired = _planned(running, states, urls)
        choice = choose(states, urls, plan, desired, driver=driver, scope=running.scope)
        chosen = choice.chosen.plan if choice.chosen else plan
        running = replace(running, choice=choice, provenance=states.provenance)
        return running.carry_out(chosen, nothing_to_do=SYNCED)


def _files(words: list[str]) -> Iterator[str]:
    """URLs of what ``--file`` names: paths, between which commas stand, and URLs as they are."""
    for word in words:
        yield from (word,) if "://" in word else map(with_scheme, values_of([word], "--file"))


def _planned(running: Running, states: States, urls: tuple[str, ...]) -> tuple[Plan, Realm]:
    """The plan, with the renames that the state or a person tells, and the desired state as it was read."""
    from atlas.engine.desired_state import refuse_silence
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.engine.restrict import inspect_realm

    dialect, scope = running.database.dialect.name, running.scope
    current = inspect_realm(running.driver, running.database, scope)
    state = states.read(urls, scope)
    desired = states.normalized(state, scope.like(current), dialect, running.database)
    policy = running.project.diff if running.project else PlanOptions().policy
    options = PlanOptions(bound=scope.bound, renames=desired.renames, policy=policy)
    plan = make_plan(running.driver, current, desired.realm, options)
    if running.arguments.auto_approve:
        refuse_silence(state, plan, running.database.dialect.scan_options)
    told = _renames_told(plan, running)
    if not told:
        return plan, desired.realm
    options = PlanOptions(bound=scope.bound, renames=(*desired.renames, *told), policy=policy)
    return make_plan(running.driver, current, desired.realm, options), desired.realm


def _renames_told(plan: Plan, running: Running) -> tuple[tuple[Key, Key], ...]:
    """What a person at the terminal says of changes that look like renames."""
    from atlas.cli.terminal.prompt import is_interactive, select
    from atlas.engine.plan.renames import likely_renames

    arguments = running.arguments
    if arguments.auto_approve or arguments.format or not is_interactive():
        return ()
    return tuple(
        (current, desired)
        for current, desired in likely_renames(plan.changes)
        if select(f"Did you rename {current} to {desired.name}?", ("Yes", "No")) == "Yes"
    )
