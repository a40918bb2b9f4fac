"""``atlas cloud repo list``: a page of repositories with the state of their databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_page_flags, page_flags, print_each
from atlas.cli.commands.cloud.repo.tables import page_document, page_text
from atlas.cli.registry.connection import opened_registry

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas cloud repo list", "with the state of their databases")
    parser.example("atlas cloud repo list --page 2 --page-size 50", "more of them")
    parser.example(
        "atlas cloud repo list --format '{{ json . }}' | jq -r '.Repos[] | select(.Databases.Failed > 0).Slug'",
        "those with databases that failed",
    )
    add_page_flags(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the page."""
    from atlas.client.repos import list_repositories

    number, size = page_flags(arguments)
    with opened_registry(arguments, context) as transport:
        page = list_repositories(transport, page=number, page_size=size)
    print_each(arguments, context, [page], text=page_text, document=page_document)
    return 0
