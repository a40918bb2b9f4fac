"""``atlas migrate push``: store a directory in the registry and print where it can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.project.file import filled
from atlas.cli.registry.access import registry_address
from atlas.cli.urls.directories import add_directory_flags, opened_directory
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.engine.backups import Copy
    from atlas.engine.directory import Directory
    from atlas.project import Project
    from atlas.wiring import PushOrder

_IMAGES = {"maria": "mariadb", "pgvector": "postgres", "postgis": "postgres"}


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate push app --dev-url 'sqlite://dev?mode=memory'", "a new version of the repository app"
    )
    parser.example("atlas migrate push app:v1 --env ci", "with a tag")
    add_directory_flags(parser)
    parser.flag("--tag", text="tag the version that is pushed")
    parser.flag("--dev-url", text="a database of the kind the directory is for; only its driver is used")
    parser.flag("--lock-timeout", text="accepted for scripts that pass it; the registry needs no lock")
    parser.flag("--context", text="the commit this comes from, as JSON")
    parser.add_argument(
        "repository", nargs="?", default="", metavar="name[:tag]", help="repository to push to"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Push the directory whose sum is right, to all backups too, and print its URL."""
    from atlas.cli.flags.deploy_context import deploy_context
    from atlas.wiring import PushOrder

    arguments, project = filled(arguments, context)
    name, tag = _target(arguments)
    source = opened_directory(arguments, context, project)
    order = PushOrder(name, _driver(arguments, project), tag, deploy_context(arguments.context) or {})
    context.out(_pushed(source.directory, order, context, project))
    return 0


def _pushed(directory: Directory, order: PushOrder, context: Context, project: Project | None) -> str:
    """Where the directory is to be found: its page, or its address where only backups took it."""
    from atlas.cli.registry.backups import backups_of, replicated
    from atlas.wiring import Effort, push_directory

    backups = backups_of(project)
    targets = backups.opened(backups.directories)
    effort = Effort.BRIEF_PUSH if targets else Effort.FULL

    def send() -> str:
        return push_directory(registry_address(context, project, effort), directory, order, effort)

    if not targets:
        return send()
    from atlas.cli.registry.reads import registry_name
    from atlas.engine.backups import Primary
    from atlas.wire.reference import Reference

    primary = Primary(registry_name(context, project), send)
    answer = replicated(primary, targets, _copy(directory, order), context).answer
    return str(Reference(order.name, tag=order.tag)) if answer is None else answer


def _copy(directory: Directory, order: PushOrder) -> Copy:
    from atlas.cli.registry.backups import now_text
    from atlas.engine.backups import VersionToCopy, copy_of_version
    from atlas.engine.directory import to_entries
    from atlas.wire.archive import Entry
    from atlas.wire.contract import DIRECTORY
    from atlas.wire.reference import checked_slug, checked_tag
    from atlas.wiring import system_pace

    version = VersionToCopy(
        type=DIRECTORY,
        slug=checked_slug(order.name),
        driver=order.driver,
        entries=tuple(Entry(*entry) for entry in to_entries(directory)),
        name=directory.files[-1].version if directory.files else "",
        at=now_text(),
        tag=checked_tag(order.tag),
    )
    return copy_of_version(version, system_pace())


def _target(arguments: Namespace) -> tuple[str, str]:
    name, _, tag = arguments.repository.partition(":")
    if not name:
        raise UsageError(
            "missing the name of the repository: expected 'atlas migrate push NAME[:TAG]', or --env with "
            'migration { repo { name = "NAME" } } in atlas.hcl'
        )
    if tag and arguments.tag and tag != arguments.tag:
        raise UsageError(f'two tags were given, "{tag}" and "{arguments.tag}": leave one of them out')
    return name, tag or arguments.tag


def _driver(arguments: Namespace, project: Project | None) -> str:
    """The driver of the dev URL, else of the env's target; '' leaves it to a repository that exists."""
    url = arguments.dev_url or (project.env.url if project and project.env else "")
    return driver_of(url) if url else ""


def driver_of(url: str) -> str:
    """The driver that a URL is for; it is not opened, so a container URL will do: ``docker://postgres/15/dev``."""
    from atlas.engine.database_url import parse_database_url

    scheme, _, rest = url.partition("://")
    if scheme == "docker":
        image = rest.partition("/")[0]
        return _IMAGES.get(image, image)
    if scheme.startswith("docker+"):
        return _IMAGES.get(scheme[len("docker+") :], scheme[len("docker+") :])
    return parse_database_url(url).driver
