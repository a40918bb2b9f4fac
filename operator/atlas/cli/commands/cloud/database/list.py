"""``atlas cloud database list``: a page of the databases that deployments were reported of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_page_flags, page_flags, print_each
from atlas.cli.commands.cloud.database.tables import page_document, page_text
from atlas.cli.registry.connection import opened_registry
from atlas.wire.contract import DatabasesInput

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas cloud database list --env-name prod", "where production is")
    parser.example(
        "atlas cloud database list --repo app --format '{{ json . }}' | jq -r '.Databases[] | select(.Status != \"SYNCED\").Name'",
        "databases of a repository that are not where they should be",
    )
    parser.flag("--repo", text="only databases of this repository, by its slug")
    parser.flag("--env-name", text="only databases of this environment")
    add_page_flags(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the page."""
    from atlas.client.databases import list_databases

    number, size = page_flags(arguments)
    wanted = DatabasesInput(repo=arguments.repo, env=arguments.env_name, page=number, pageSize=size)
    with opened_registry(arguments, context) as transport:
        page = list_databases(transport, wanted)
    print_each(arguments, context, [page], text=page_text, document=page_document)
    return 0
