"""``atlas logout``: forget what ``atlas login`` stored."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """No flags of its own."""
    parser.example("atlas logout", "on a machine that you leave")


def run(_arguments: Namespace, context: Context) -> int:
    """Forget every stored token; having none is no error."""
    from atlas.client.auth import LoginStore

    LoginStore(context.settings.home).forget()
    context.out("You are now logged out.")
    return 0
