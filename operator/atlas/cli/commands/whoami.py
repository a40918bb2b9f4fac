"""``atlas whoami``: the organization (a project of the registry) that the token belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry.connection import opened_registry

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas whoami --format '{{ json . }}'", "as JSON")
    parser.flag("--format", text="Go template for the answer, as '{{ json . }}'")


def run(arguments: Namespace, context: Context) -> int:
    """Ask the registry and print its answer; people are told beside it which registry that is."""
    from atlas.client.auth import whoami

    with opened_registry(arguments, context) as transport:
        identity = whoami(transport)
    if arguments.format:
        from atlas.gotemplate import render

        context.out(render(arguments.format, {"Org": identity.org}))
    else:
        context.out(identity.org)
        context.aside(f"Registry: {transport.address.url}")
    return 0
