"""``atlas cloud database describe``: one database, once for each repository that it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_format_flag, number_flag, print_each, selected
from atlas.cli.commands.cloud.database.tables import database_document, database_text
from atlas.cli.registry.connection import opened_registry

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas cloud database describe --id 1", "by the number of the list")
    parser.flag("--id", text="its number, as lists show it")
    parser.flag("--ext-id", text="the UUID that the database keeps of itself")
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the databases that the one selector names."""
    from atlas.client.databases import describe_databases

    name, value = selected(arguments, ("id", "ext-id"))
    selector: dict[str, object] = {"id": number_flag("id", value)} if name == "id" else {"extID": value}
    with opened_registry(arguments, context) as transport:
        found = describe_databases(transport, selector)
    print_each(arguments, context, found, text=database_text, document=database_document)
    return 0
