"""``atlas cloud migration list``: a page of the deployments that were reported, the newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from atlas.cli.commands.cloud.answers import add_page_flags, page_flags, print_each
from atlas.cli.commands.cloud.migration.tables import page_document, page_text
from atlas.cli.registry.connection import opened_registry
from atlas.errors import UsageError
from atlas.wire.contract import DeploymentsInput, DeploymentStatus

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser

_STATUSES: tuple[DeploymentStatus, ...] = get_args(DeploymentStatus)


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas cloud migration list --status FAILED --env-name prod", "what went wrong in production"
    )
    parser.example("atlas cloud migration list --repo app --name tenant_7", "what happened to one database")
    parser.repeated("--status", text=f"only these: {', '.join(_STATUSES)}; may be given several times")
    parser.flag("--repo", text="only deployments of this repository, by its slug")
    parser.flag("--env-name", text="only deployments to this environment")
    parser.flag("--name", text="only deployments to a database with this in its name")
    add_page_flags(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the page."""
    from atlas.client.deployments import list_deployments

    number, size = page_flags(arguments)
    wanted = DeploymentsInput(
        status=_statuses(arguments.status),
        repo=arguments.repo,
        env=arguments.env_name,
        name=arguments.name,
        page=number,
        pageSize=size,
    )
    with opened_registry(arguments, context) as transport:
        page = list_deployments(transport, wanted)
    print_each(arguments, context, [page], text=page_text, document=page_document)
    return 0


def _statuses(given: list[str]) -> list[DeploymentStatus]:
    words = [word.strip() for cell in given for word in cell.split(",")]
    for word in words:
        if word.upper() not in _STATUSES:
            raise UsageError(f'invalid --status value "{word}": expected one of {", ".join(_STATUSES)}')
    return [status for status in _STATUSES if status in {word.upper() for word in words}]
