"""``atlas cloud repo create``: an empty repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_format_flag, print_each
from atlas.cli.commands.cloud.repo.tables import repository_document, repository_text
from atlas.cli.registry.connection import opened_registry
from atlas.errors import Conflict, UsageError
from atlas.wire.contract import DIRECTORY, SCHEMA, CreateRepoInput, RepositoryType, driver_name

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser
    from atlas.client.repos import RepositorySummary
    from atlas.client.transport import Transport

_TYPES: dict[str, RepositoryType] = {
    "schema": SCHEMA,
    "s": SCHEMA,
    "migration_directory": DIRECTORY,
    "m": DIRECTORY,
}


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas cloud repo create --type migration_directory --name myapp --driver postgres",
        "before anything is pushed",
    )
    parser.example(
        "atlas cloud repo create --type schema --name app --driver mysql --skip-if-exists",
        "in a script that may run twice",
    )
    parser.flag("--driver", text="postgres, mysql, mariadb, sqlite or another", required=True)
    parser.flag("--name", text="letters, digits, dashes and underscores", required=True)
    parser.flag("--type", text="schema (s) or migration_directory (m)", required=True)
    parser.set_defaults(need=parser.need)
    parser.flag("--title", text="what people call it (default: the name in title case)")
    parser.flag("--description", text="what it is for")
    parser.switch("--skip-if-exists", text="a repository that exists is no error")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Create the repository and print it."""
    arguments.need(arguments)
    type_ = _TYPES.get(arguments.type)
    if type_ is None:
        raise UsageError(f'invalid --type "{arguments.type}": expected schema or migration_directory')
    wanted = CreateRepoInput(
        type=type_,
        name=arguments.name,
        title=arguments.title,
        driver=arguments.driver,
        description=arguments.description,
    )
    with opened_registry(arguments, context) as transport:
        repository = _created(transport, wanted, arguments, context)
    print_each(arguments, context, [repository], text=repository_text, document=repository_document)
    return 0


def _created(
    transport: Transport, wanted: CreateRepoInput, arguments: Namespace, context: Context
) -> RepositorySummary:
    from atlas.client.repos import create_repository, describe_repositories

    try:
        return create_repository(transport, wanted)
    except Conflict:
        if not arguments.skip_if_exists:
            raise
    found = describe_repositories(transport, {"slug": arguments.name})
    there = next(repository for repository in found if repository.type == wanted["type"])
    kept = f" with driver {there.driver}" if there.driver != driver_name(arguments.driver) else ""
    context.err(f'Repository "{arguments.name}" already exists{kept}, skipping.')
    return there
