"""``atlas registry token create``: the token is printed once, alone on the last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas registry token create --data ./registry --project acme --name ci", "a token that may push"
    )
    parser.example(
        "atlas registry token create --data ./registry --project acme --name operator --scope read",
        "one that may read and report",
    )
    add_data_flags(parser)
    parser.flag("--project", text="the project that the token sees; made if it is new", default="default")
    parser.flag("--name", text="what the audit log calls it", default="cli")
    parser.flag(
        "--scope", text="read (pull, list and report) or push (all of it; the default)", default="push"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Make a token and print it."""
    token = registry_door().create_token(
        data_of(arguments), project=arguments.project, name=arguments.name, scope=arguments.scope
    )
    context.out(token)
    return 0
