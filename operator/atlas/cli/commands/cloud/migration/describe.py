"""``atlas cloud migration describe``: one deployment with its databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.cloud.answers import add_format_flag, number_flag, print_each
from atlas.cli.commands.cloud.migration.tables import deployment_document, deployment_text
from atlas.cli.registry.connection import opened_registry

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas cloud migration describe --id 1", "with its databases and errors")
    parser.flag("--id", text="its number, as lists show it", required=True)
    parser.set_defaults(need=parser.need)
    add_format_flag(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Print the deployment."""
    from atlas.client.deployments import describe_deployment

    arguments.need(arguments)
    number = number_flag("id", arguments.id)
    with opened_registry(arguments, context) as transport:
        found = describe_deployment(transport, number)
    print_each(arguments, context, [found], text=deployment_text, document=deployment_document)
    return 0
