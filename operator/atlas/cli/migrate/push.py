"""``atlas migrate push``: store a directory in the registry and print where it can be looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.directories import add_directory_flags, opened_directory
from atlas.cli.project_file import filled
from atlas.cli.registry_access import registry_address
from atlas.errors import Unsupported, UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser
    from atlas.project import Project

_IMAGES = {"maria": "mariadb", "pgvector": "postgres", "postgis": "postgres"}


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate push app --dev-url sqlite://dev?mode=memory", "a new version of the repository app"
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
    """Push the directory whose sum is right, and print its URL."""
    from atlas.cli.migrate.apply import deploy_context
    from atlas.wiring import PushOrder, push_directory

    arguments, project = filled(arguments, context)
    _refuse_backup(project)
    name, tag = _target(arguments)
    source = opened_directory(arguments, context, project)
    order = PushOrder(name, _driver(arguments, project), tag, deploy_context(arguments.context) or {})
    url = push_directory(registry_address(context, project), source.directory, order)
    context.out(url)
    return 0


def _refuse_backup(project: Project | None) -> None:
    """A backup that is asked for and not made is worse than none."""
    if project and project.env and project.env.migration.backup:
        raise Unsupported(
            f'env "{project.env.name}": migration.repo.backup is not supported by this version, and nothing was '
            "pushed: take it out of the block, or keep a copy of the registry's data folder instead"
        )


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
