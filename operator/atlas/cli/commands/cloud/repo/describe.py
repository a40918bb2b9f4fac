"""``atlas cloud repo describe``: one repository, or two where a schema and a directory share a slug."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_format_flag, number_flag, print_each, selected
from atlas.cli.commands.cloud.repo.tables import repository_document, repository_text
from atlas.cli.registry.connection import opened_registry

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas cloud repo describe --slug payments", "by its slug")
    parser.flag("--id", text="the number in the repository's URL")
    parser.flag("--slug", text="its slug, as in atlas://slug")
    parser.flag("--name", text="its name: the slug or the title")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the repositories that the one selector names."""
    from atlas.client.repos import describe_repositories

    name, value = selected(arguments, ("id", "slug", "name"))
    selector: dict[str, object] = {name: number_flag("id", value) if name == "id" else value}
    with opened_registry(arguments, context) as transport:
        found = describe_repositories(transport, selector)
    print_each(arguments, context, found, text=repository_text, document=repository_document)
    return 0
