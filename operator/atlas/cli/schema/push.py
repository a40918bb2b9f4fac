"""``atlas schema push``: store a schema in the registry, as the HCL of what a server makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project_file import filled
from atlas.cli.registry_access import registry_address
from atlas.cli.states import States, add_dev_flag, add_scope_flags
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.client.schemas import PushedSchema
    from atlas.project import Env


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema push app --env local", "the desired state of an env")
    parser.example(
        "atlas schema push app --url file://schema.sql --dev-url sqlite://dev?mode=memory --tag v1",
        "with a tag",
    )
    parser.repeated("-u", "--url", text="the schema: file://schema.sql, file://schema.hcl, or a database")
    add_dev_flag(parser)
    add_scope_flags(parser)
    parser.flag("--tag", text="tag the version that is pushed")
    parser.flag("--version", text="name the version that is pushed (default: the time)")
    parser.flag("--desc", text="what the version is, for people")
    parser.flag("--lock-timeout", text="accepted for scripts that pass it; the registry needs no lock")
    parser.flag("--context", text="the commit this comes from, as JSON")
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")
    parser.add_argument("name", nargs="?", default="", metavar="name[:tag]", help="repository to push to")


def run(arguments: Namespace, context: Context) -> int:
    """Read the schema, push it, and print where it is."""
    from atlas.cli.migrate.apply import deploy_context
    from atlas.cli.schema.inspect import inspected
    from atlas.client.schemas import SchemaPush
    from atlas.engine.hcl_schema import print_schema, schema_hash
    from atlas.engine.plan import refuse_unmodelled
    from atlas.wiring import push_schema, schema_driver

    urls = tuple(arguments.url)
    arguments, project = filled(arguments, context)
    env = project.env if project else None
    refuse_backup(env)
    name, tag = _repository(arguments, env)
    address = registry_address(context, project)
    states = States(arguments, context, project)
    found = states.urls(urls or _source(env))
    realm = inspected(states, found)[0]
    refuse_unmodelled(realm)
    types = schema_driver(realm.dialect).types
    push = SchemaPush(
        name=name,
        hcl=print_schema(realm, types),
        hash=schema_hash(realm, types),
        driver=realm.dialect,
        tag=tag,
        version=arguments.version,
        description=arguments.desc,
        context=deploy_context(arguments.context) or {},
    )
    pushed = push_schema(address, push)
    if arguments.version and pushed.version != arguments.version:
        context.err(
            f'the content is that of version "{pushed.version}": no version "{arguments.version}" was made'
        )
    _print(pushed, arguments.format, context)
    return 0


def _print(pushed: PushedSchema, template: str, context: Context) -> None:
    if not template:
        context.out(f"Schema: {pushed.slug}\n  -- Atlas URL: {pushed.url}\n  -- Cloud URL: {pushed.link}")
        return
    from atlas.gotemplate import render

    context.out(render(template, {"Link": pushed.link, "Slug": pushed.slug, "URL": pushed.url}))


def _repository(arguments: Namespace, env: Env | None) -> tuple[str, str]:
    name, _, tag = arguments.name.partition(":")
    name = name or (env.schema.repo_name if env else "")
    if not name:
        raise UsageError(
            "missing the name of the repository: expected 'atlas schema push NAME[:TAG]', or --env with "
            'schema { repo { name = "NAME" } } in atlas.hcl'
        )
    if tag and arguments.tag and tag != arguments.tag:
        raise UsageError(f'two tags were given, "{tag}" and "{arguments.tag}": leave one of them out')
    return name, tag or arguments.tag


def _source(env: Env | None) -> tuple[str, ...]:
    if env is None or not env.src:
        raise UsageError('required flag(s) "url" not set')
    return ("env://src",)


def refuse_backup(env: Env | None) -> None:
    """A copy that is asked for and not made is worse than none."""
    given = {"url": env.schema.repo_url, "backup": env.schema.backup} if env else {}
    for name, value in given.items():
        if value and env:
            raise Unsupported(
                f'env "{env.name}": schema.repo.{name} is not supported by this version, and nothing was pushed: '
                "take it out of the block, or keep a copy of the registry's data folder instead"
            )
