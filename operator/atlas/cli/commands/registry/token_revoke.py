"""``atlas registry token revoke``: refuse a token from now on, also in a registry that runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door
from atlas.errors import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry token revoke 3 --data ./registry", "by the number of the list")
    add_data_flags(parser)
    parser.add_argument("id", help="the number in 'atlas registry token list'")


def run(arguments: Namespace, context: Context) -> int:
    """Revoke one token."""
    if not arguments.id.isdigit():
        raise UsageError(
            f"\"{arguments.id}\" is no token: expected the number in 'atlas registry token list'"
        )
    registry_door().revoke_token(data_of(arguments), int(arguments.id))
    context.out(f"Token {arguments.id} is revoked.")
    return 0
