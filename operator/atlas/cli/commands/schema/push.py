"""``atlas schema push``: store a schema in the registry, as the HCL of what a server makes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.registry.access import registry_address
from atlas.cli.registry.backups import backups_of
from atlas.cli.registry.reads import registry_name
from atlas.cli.urls.states import States, add_dev_flag, add_scope_flags
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.cli.registry.backups import BackupsOf
    from atlas.client.schemas import PushedSchema, SchemaPush
    from atlas.engine.backups import Primary, VersionToCopy
    from atlas.project import Env, Project


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas schema push app --env local", "the desired state of an env")
    parser.example(
        "atlas schema push app --url file://schema.sql --dev-url 'sqlite://dev?mode=memory' --tag v1",
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
    from atlas.cli.commands.schema.inspect import inspected
    from atlas.cli.flags.deploy_context import deploy_context
    from atlas.client.schemas import SchemaPush
    from atlas.engine.hcl_schema import print_schema, schema_hash
    from atlas.engine.plan import refuse_unmodelled
    from atlas.wiring import schema_driver

    urls = tuple(arguments.url)
    arguments, project = filled(arguments, context)
    env = project.env if project else None
    name, tag = _repository(arguments, env)
    if not backups_of(project).schema_url:
        registry_name(context, project)  # whether there is one is told before any work
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
    pushed = _pushed(push, context, project)
    if arguments.version and pushed.version != arguments.version:
        context.err(
            f'the content is that of version "{pushed.version}": no version "{arguments.version}" was made'
        )
    _print(pushed, arguments.format, context)
    return 0


def _pushed(push: SchemaPush, context: Context, project: Project | None) -> PushedSchema:
    """Push to the registry, or to the storage in its place, and to all backups."""
    from dataclasses import replace

    from atlas.cli.registry.backups import replicated
    from atlas.client.schemas import PushedSchema
    from atlas.engine.backups import Primary, copy_of_version
    from atlas.wire.reference import Reference
    from atlas.wiring import Effort, push_schema, system_pace

    backups = backups_of(project)
    targets = backups.opened(backups.schemas)
    effort = Effort.BRIEF_PUSH if targets else Effort.FULL

    def send() -> PushedSchema:
        return push_schema(registry_address(context, project, effort), push, effort)

    if not targets and not backups.schema_url:
        return send()
    version, url = _version(push), str(Reference(push.name, tag=push.tag))
    primary = (
        Primary(registry_name(context, project), send)
        if not backups.schema_url
        else _storage(backups, version)
    )
    done = replicated(
        primary, targets, copy_of_version(version, system_pace(), lambda answer: answer.version), context
    )
    answer = done.answer or PushedSchema(link="", slug=push.name, url=url, version=version.name)
    missed = tuple(f"{each.url}: {each.error}" for each in done.missed)
    return replace(answer, backups=done.backups, missed=missed)


def _storage(backups: BackupsOf, version: VersionToCopy) -> Primary[PushedSchema]:
    """The storage of ``schema.repo.url``, which is pushed to as a registry is."""
    from atlas.client.schemas import PushedSchema
    from atlas.engine.backups import Primary, store_version
    from atlas.wire.reference import Reference
    from atlas.wiring import system_pace

    [storage] = backups.opened([backups.schema_url])

    def send() -> PushedSchema:
        stored = store_version(storage, version, system_pace())
        url = str(Reference(version.slug, tag=version.tag))
        return PushedSchema(storage.url, version.slug, url, stored.name, is_storage=True)

    return Primary(storage.url, send)


def _version(push: SchemaPush) -> VersionToCopy:
    """What a registry would make of a push."""
    from atlas.cli.registry.backups import now_text
    from atlas.engine.backups import VersionToCopy
    from atlas.wire.archive import Entry
    from atlas.wire.contract import SCHEMA
    from atlas.wire.layout import SCHEMA_FILE
    from atlas.wire.reference import LATEST, checked_slug, checked_tag
    from atlas.wiring import SystemClock

    return VersionToCopy(
        type=SCHEMA,
        slug=checked_slug(push.name),
        driver=push.driver,
        entries=(Entry(SCHEMA_FILE, push.hcl.encode()),),
        name=push.version or SystemClock().now().strftime("%Y%m%d%H%M%S"),
        at=now_text(),
        tag="" if push.tag == LATEST else checked_tag(push.tag),
        description=push.description,
        is_name_chosen=bool(push.version),
    )


def _print(pushed: PushedSchema, template: str, context: Context) -> None:
    if not template:
        context.out(f"Schema: {pushed.slug}\n  -- Atlas URL: {pushed.url}")
        if pushed.link:
            context.out(f"  -- {'Registry' if pushed.is_storage else 'Cloud'} URL: {pushed.link}")
        return
    from atlas.cli.render.documents import Document
    from atlas.gotemplate import render

    fields = {
        "Link": pushed.link,
        "Slug": pushed.slug,
        "URL": pushed.url,
        "Backups": list(pushed.backups),
        "Warnings": list(pushed.missed),
    }
    context.out(render(template, Document(fields, keep=("Link", "Slug", "URL"))))


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
