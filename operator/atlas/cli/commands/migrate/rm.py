"""``atlas migrate rm``: take files out of a directory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atlas.cli.commands.migrate.changing import (
    add_changing_flags,
    add_files_argument,
    chosen_to_change,
    refuse_applied,
)

if TYPE_CHECKING:
    from argparse import Namespace

    from atlas.cli.context import Context
    from atlas.cli.flags.parser import Parser


def define(parser: Parser) -> None:
    """Flags of the command."""
    parser.example(
        "atlas migrate rm 20240101000000", "a file that is not wanted any more, and its line in atlas.sum"
    )
    add_changing_flags(parser)
    add_files_argument(parser)


def run(arguments: Namespace, context: Context) -> int:
    """Delete the files and write ``atlas.sum``, both or neither. Silent when it worked."""
    from atlas.engine.directory import without_files
    from atlas.sources.local import change_files

    meant = chosen_to_change(arguments, context, "rm")
    refuse_applied(meant, "nothing could tell any more what it did")
    change_files(meant.path, without_files(meant.directory, meant.files))
    return 0
