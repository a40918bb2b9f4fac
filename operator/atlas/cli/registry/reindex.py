"""``atlas registry reindex``: build the index anew from the content store, after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.registry import add_data_flags, data_of, registry_door

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry reindex --data ./registry", "after a backup was put back")
    add_data_flags(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Reindex and say how many repositories there are."""
    count = registry_door().reindex(data_of(arguments))
    context.out(f"Indexed {count} {'repository' if count == 1 else 'repositories'}.")
    return 0
