"""``atlas version``: clients gate on its first line, ``atlas version v1.3.0``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas import version_text

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """No flags of its own."""
    parser.example("atlas version", "for a report of a bug")


def run(_arguments: Namespace, context: Context) -> int:
    """Print the version."""
    context.out(version_text())
    return 0
