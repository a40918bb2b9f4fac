"""What the commands of plans share: two states and what leads from one to the other, and the registry's names."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from atlas.cli.urls.states import States, add_dev_flag, add_scope_flags, parse_dev_url
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.lint import LintPolicy
    from atlas.engine.plan import Plan
    from atlas.engine.plan_file import Transition
    from atlas.engine.schema_ports import SchemaDriver
    from atlas.engine.scope import Scope
    from atlas.wiring import OpenedDev


def add_state_flags(parser: Parser) -> None:
    """The flags that name both states, and the repository of their plans."""
    parser.repeated(
        "-f",
        "--from",
        text="the current state: env://url, a database, file:// or atlas:// (default env://url)",
    )
    parser.repeated("--to", text="the desired state, in the same forms (default the src of the env)")
    add_dev_flag(parser)
    add_scope_flags(parser)
    add_repository_flag(parser)
    parser.flag("--context", text="the commit this comes from, as JSON")


def add_repository_flag(parser: Parser) -> None:
    """``--repo``."""
    parser.flag(
        "--repo",
        text="the schema's name in the registry, or atlas://name (default schema.repo.name of the env)",
    )


def add_file_flag(parser: Parser) -> None:
    """``--file``, a plan that is looked at; see ``typed_file``."""
    parser.flag("--file", text="the plan, as file://NAME.plan.hcl or atlas://SCHEMA/plans/NAME")


def typed_file(arguments: Namespace, context: Context) -> tuple[str, States]:
    """The plan that was typed, and the states of the command; atlas.hcl has no say in which plan is meant.

    Raises:
        UsageError: None was typed.
    """
    from atlas.cli.project.file import filled

    typed = arguments.file
    arguments, project = filled(arguments, context)
    if not typed:
        raise UsageError('required flag(s) "file" not set')
    return typed, States(arguments, context, project)


def add_format_flag(parser: Parser) -> None:
    """``--format``."""
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


@dataclass(frozen=True, slots=True)
class Planned:
    """Two states and the planner's way between them, within one scope.

    Attributes:
        current_urls, desired_urls: Where the states were read.
        scope: As it was for the desired state.
    """

    plan: Plan
    transition: Transition
    current_urls: tuple[str, ...]
    desired_urls: tuple[str, ...]
    scope: Scope
    driver: SchemaDriver

    @property
    def dialect(self) -> str:
        return self.plan.current.dialect


def given_states(states: States) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The URLs of the current and the desired state, of flags or else of the env; () where there is none."""
    arguments, env = states.arguments, states.project.env if states.project else None
    current = getattr(arguments, "from") or (["env://url"] if env and env.url else [])
    return states.urls(current), states.urls(arguments.to)


def planned_states(states: States) -> Planned:
    """Read both states and plan.

    Raises:
        UsageError: One of the states is not named.
    """
    current, desired = given_states(states)
    missing = [f'"{name}"' for name, urls in (("from", current), ("to", desired)) if not urls]
    if missing:
        raise UsageError(f"required flag(s) {', '.join(missing)} not set")
    return _planned(states, current, desired)


def _planned(states: States, current: tuple[str, ...], desired: tuple[str, ...]) -> Planned:
    from atlas.cli.commands.schema.diff import frame_of
    from atlas.cli.render.schema_text import unsupported_lines
    from atlas.engine.plan import PlanOptions, make_plan
    from atlas.engine.plan_file import transition_of
    from atlas.wiring import schema_driver

    scope, dialect = frame_of(states, (*current, *desired))
    states.refuse_dev_among((*current, *desired))
    driver = schema_driver(dialect)
    before = states.normalized(states.read(current, scope), scope, dialect).realm
    alike = scope.like(before)
    after = states.normalized(states.read(desired, scope), alike, dialect)
    policy = states.project.diff if states.project else PlanOptions().policy
    options = PlanOptions(bound=scope.bound, renames=after.renames, policy=policy)
    plan = make_plan(driver, before, after.realm, options)
    for line in unsupported_lines(before.unmodelled):
        states.context.err(line)
    transition = transition_of(before, after.realm, driver.types, bound=scope.bound)
    return Planned(plan, transition, current, desired, alike, driver)


@contextmanager
def dev_of(states: States, dialect: str) -> Iterator[OpenedDev | None]:
    """The dev database of a command for a block; None where it has none."""
    from atlas.wiring import DEFAULT_DEV_URLS, open_dev

    url = states.arguments.dev_url or DEFAULT_DEV_URLS.get(dialect, "")
    if not url:
        yield None
        return
    with open_dev(parse_dev_url(url)) as opened:
        yield opened


def policy_of(states: States) -> LintPolicy:
    """The lint policy of the project."""
    from atlas.engine.lint import LintPolicy

    return states.project.lint if states.project else LintPolicy()


def repository_of(states: States, desired: Sequence[str] = ()) -> str:
    """The slug that plans are stored under: of ``--repo``, of the env, or of an ``atlas://`` state.

    Raises:
        UsageError: None of them names one.
    """
    named = named_repository(states, desired)
    if not named:
        raise UsageError(
            'no repository is named: expected --repo NAME, or --env with schema { repo { name = "NAME" } } in atlas.hcl'
        )
    return named


def named_repository(states: States, desired: Sequence[str] = ()) -> str:
    """As ``repository_of``, '' where nothing names one."""
    from atlas.wire.reference import checked_slug, parse_reference

    env = states.project.env if states.project else None
    given = str(states.arguments.repo)
    named = states.urls([given])[0] if "://" in given else given
    named = named or (env.schema.repo_name if env else "")
    named = named or next((url for url in desired if url.startswith("atlas:")), "")
    if not named:
        return ""
    return checked_slug(parse_reference(named).slug if named.startswith("atlas:") else named)


def described(urls: Sequence[str]) -> str:
    """The places of a state for a reader, without passwords."""
    from atlas.cli.urls.states import NO_DATABASES
    from atlas.engine.database_url import parse_database_url

    return ", ".join(
        url if url.partition("://")[0] in NO_DATABASES else str(parse_database_url(url)) for url in urls
    )


def plan_url_of(arguments: Namespace) -> str:
    """``--url`` as it was typed: the URL of an env is that of its database, and no plan's.

    Raises:
        UsageError: It was not given.
    """
    if not arguments.url:
        raise UsageError('required flag(s) "url" not set')
    return str(arguments.url)


def environment_of(states: States, planned: Planned) -> dict[str, object]:
    """``Env`` of an answer: the database of the current state, else the dev database."""
    from atlas.cli.urls.states import NO_DATABASES
    from atlas.engine.database_url import parse_database_url

    named = (*planned.current_urls, states.arguments.dev_url)
    url = next((each for each in named if each and each.partition("://")[0] not in NO_DATABASES), "")
    shown = {"URL": parse_database_url(url).as_json()} if url else {}
    return {"Driver": planned.dialect, **shown, **states.provenance}


def hashes_of(states: States, current: tuple[str, ...], desired: tuple[str, ...]) -> Transition:
    """The hashes of the states that are named; '' for one that is not."""
    from atlas.cli.commands.schema.diff import frame_of
    from atlas.engine.plan_file import Transition, state_hash
    from atlas.wiring import schema_driver

    if not current and not desired:
        return Transition("", "")
    scope, dialect = frame_of(states, (*current, *desired))
    types = schema_driver(dialect).types
    found = {"current": "", "desired": ""}
    for word, urls in (("current", current), ("desired", desired)):
        if urls:
            realm = states.normalized(states.read(urls, scope), scope, dialect).realm
            scope = scope.like(realm)
            found[word] = state_hash(realm, types, bound=scope.bound)
    return Transition(found["current"], found["desired"])
