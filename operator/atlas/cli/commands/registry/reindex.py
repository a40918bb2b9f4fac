"""``atlas registry reindex``: build the index anew from the content store, after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.registry.door import add_data_flags, data_of, registry_door, repositories
from atlas.errors import SpecError, Unavailable

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example("atlas registry reindex --data ./registry", "after a backup was put back")
    add_data_flags(parser)
    parser.switch(
        "--reset-lost", text="let repositories whose index the content store has lost begin anew, empty"
    )


def run(arguments: Namespace, context: Context) -> int:
    """Reindex and say how many repositories there are; exit code 1 where the content store has lost or damaged some."""
    count, lost, damage = registry_door().reindex(data_of(arguments), resets_lost=arguments.reset_lost)
    for name in lost:
        context.out(f"{name}: {'begins anew, empty' if arguments.reset_lost else 'not in the content store'}")
    context.out(f"Indexed {repositories(count)}.")
    if damage and lost and not arguments.reset_lost:
        context.err(f"Error: {damage}")
    elif damage:
        raise SpecError(damage)
    if lost and not arguments.reset_lost:
        raise Unavailable(
            "the database knows repositories that the content store has lost: bring them back by 'atlas backup restore', "
            "or let them begin anew by 'atlas registry reindex --reset-lost'"
        )
    return 0
